// Package printer makes PDFs of pages that Paraph made, by a program that is
// installed beside it: Debian's chromium, or WeasyPrint. It is a door: it starts
// that program and nothing else.
//
// A page comes in as HTML that stands alone; the program gets it as a file in a
// folder of its own, which nobody else may read and which goes when it is done.
// It reaches no network, is killed with its children when its time is up or nobody
// waits any more, and two run at once, one for the same caller. Where util-linux is
// installed each of its processes is held to bounds of processor time, of memory that it may
// write, and of files. Read this file
// first; dialect.go says how each program is asked.
package printer

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"paraph/fault"
)

// The limits of one PDF.
const (
	mostTime  = 2 * time.Minute
	mostWait  = 30 * time.Second // for a turn
	mostHTML  = 64 << 20
	mostPDF   = 256 << 20
	mostAtAll = 2 // run at once
)

// mostMemory is what each process may write, in bytes. Its address space is not
// bounded: a browser reserves far more of that than it ever uses.
const mostMemory = "--data=2147483648"

// Printer makes PDFs. It is safe for use by many. Find makes printers.
type Printer struct {
	dialect dialect
	path    string // of the program
	turns   chan struct{}

	mu   sync.Mutex
	busy map[string]bool // callers for whom one is being made
}

// Find finds the program that makes PDFs: by its name or path, or, for an empty
// name, chromium or else weasyprint, whichever is installed. What is not installed
// is not found.
func Find(name string) (*Printer, error) {
	names := []string{name}
	if name == "" {
		names = []string{"chromium", "chromium-browser", "google-chrome", "weasyprint"}
	}
	for _, n := range names {
		d, known := dialectOf(n)
		if !known {
			return nil, fault.Invalid("%q is no program that Paraph knows to print with", n).With("chromium, weasyprint, or a path to one of them")
		}
		if path, err := exec.LookPath(n); err == nil {
			if path, err = filepath.Abs(path); err != nil {
				return nil, err
			}
			return &Printer{dialect: d, path: path, turns: make(chan struct{}, mostAtAll), busy: map[string]bool{}}, nil
		}
	}
	if name == "" {
		return nil, fault.NotFound("nothing on this machine makes PDFs").With("apt-get install chromium (or weasyprint)")
	}
	return nil, fault.NotFound("%q, which is to make PDFs, is not installed", name).With("apt-get install chromium, or leave the setting out")
}

// Name says which program it is.
func (p *Printer) Name() string { return filepath.Base(p.path) }

// Print makes a PDF of a page that stands alone. Who asks is a name under which
// one is made at a time; a second one is unavailable meanwhile, and so is
// everything when others have all turns for too long.
//
// Nothing in the PDF says when it was made, as far as the program lets that be.
func (p *Printer) Print(ctx context.Context, who, html string) ([]byte, error) {
	if len(html) > mostHTML {
		return nil, fault.Invalid("the document makes a page of more than %d MiB", mostHTML>>20).With("take it in another form")
	}
	if err := p.dialect.refuses(html); err != nil {
		return nil, err
	}
	done, err := p.turn(ctx, who)
	if err != nil {
		return nil, err
	}
	defer done()
	ctx, cancel := context.WithTimeout(ctx, mostTime)
	defer cancel()
	pdf, err := p.run(ctx, html)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return nil, fault.Unavailable("the PDF took too long").With("try again, or take the HTML").Because(err)
	}
	return pdf, err
}

// turn waits until it is the caller's turn.
func (p *Printer) turn(ctx context.Context, who string) (done func(), err error) {
	p.mu.Lock()
	if p.busy[who] {
		p.mu.Unlock()
		return nil, fault.Unavailable("a PDF is being made for you already").With("wait until it is there")
	}
	p.busy[who] = true
	p.mu.Unlock()
	leave := func() {
		p.mu.Lock()
		delete(p.busy, who)
		p.mu.Unlock()
	}
	wait := time.NewTimer(mostWait)
	defer wait.Stop()
	select {
	case p.turns <- struct{}{}:
		return func() { <-p.turns; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	case <-wait.C:
		leave()
		return nil, fault.Unavailable("too many PDFs are being made").With("try again in a minute, or take the HTML")
	}
}

// run runs the program once, in a folder that is its own.
func (p *Printer) run(ctx context.Context, html string) (pdf []byte, err error) {
	dir, err := os.MkdirTemp("", "paraph-print-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, removeAll(dir)) }()
	in, out := filepath.Join(dir, "in.html"), filepath.Join(dir, "out.pdf")
	if err := os.WriteFile(in, []byte(html), 0o600); err != nil {
		return nil, err
	}
	args := append([]string{p.path}, p.dialect.args(dir, in, out)...)
	if limit, err := exec.LookPath("prlimit"); err == nil { // util-linux; where it is not, time is the limit
		args = append([]string{limit, "--cpu=120", mostMemory, "--fsize=536870912", "--core=0", "--"}, args...)
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "XDG_CACHE_HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "XDG_RUNTIME_DIR=" + dir,
		"LANG=C.UTF-8", "TZ=UTC", "SOURCE_DATE_EPOCH=0", "DBUS_SESSION_BUS_ADDRESS=disabled:",
	}
	cmd.WaitDelay = 5 * time.Second
	together(cmd)
	failed := cmd.Run()
	apart(cmd)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	info, err := os.Stat(out)
	if err != nil || failed != nil && !p.dialect.failsWell {
		return nil, fault.Unavailable("%s made no PDF", p.Name()).With("take the HTML and print it from a browser").Because(errors.Join(failed, err))
	}
	if info.Size() > mostPDF {
		return nil, fault.Invalid("the PDF is larger than %d MiB", mostPDF>>20).With("take it in another form")
	}
	if pdf, err = os.ReadFile(out); err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		return nil, fault.Unavailable("%s made something that is no PDF", p.Name()).With("take the HTML and print it from a browser")
	}
	return undated(pdf), nil
}

// removeAll removes a folder, again while something that was just killed in it
// still ends.
func removeAll(dir string) (err error) {
	for range 20 {
		if err = os.RemoveAll(dir); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

// hasRightToLeft tells whether any letter is of a script that runs from right to
// left: the blocks of Hebrew and Arabic and those around (Unicode, 0590 to 08FF,
// FB1D to FDFF, FE70 to FEFF, 10800 to 10FFF, 1E800 to 1EFFF).
func hasRightToLeft(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r >= 0x590 && r <= 0x8FF || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFE ||
			r >= 0x10800 && r <= 0x10FFF || r >= 0x1E800 && r <= 0x1EFFF
	})
}
