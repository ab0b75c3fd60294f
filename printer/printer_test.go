package printer

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"paraph/fault"
)

// stand puts a program in the place of a renderer, as a shell script of its name.
func stand(t *testing.T, name, script string) *Printer {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	p, err := Find(path)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// left fails when anything is left of a printer's work.
func left(t *testing.T) {
	t.Helper()
	all, err := os.ReadDir(os.Getenv("TMPDIR"))
	if err != nil || len(all) > 0 {
		t.Errorf("left behind: %v %v", all, err)
	}
}

func TestFind(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Find(""); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("with nothing installed: %v", err)
	}
	if _, err := Find("weasyprint"); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("one that is not there: %v", err)
	}
	if _, err := Find("lp"); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("one that nobody knows: %v", err)
	}
}

func TestFileIsItsOwn(t *testing.T) {
	// The script writes what it can see into the PDF.
	p := stand(t, "weasyprint", `for last; do :; done
{ printf '%%PDF-1.7\n'; stat -c '%a' .; stat -c '%a' in.html; env; cat in.html; echo '/CreationDate (D:20261124155212+00'"'"'00'"'"')'; } > "$last"
`)
	t.Setenv("PARAPH_TOKEN_FILE", "/secret")
	pdf, err := p.Print(context.Background(), "one", "<p>Words</p>")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"700\n600\n", "<p>Words</p>", "/CreationDate (D:20000101000000+00'00')"} {
		if !strings.Contains(string(pdf), want) {
			t.Errorf("the program saw %s, without %q", pdf, want)
		}
	}
	if strings.Contains(string(pdf), "PARAPH") {
		t.Error("the program sees the environment of the server")
	}
	left(t)
}

func TestWhatFails(t *testing.T) {
	for script, words := range map[string]string{
		"exit 1": "made no PDF", ":": "made no PDF", `for last; do :; done; echo no > "$last"`: "no PDF",
	} {
		p := stand(t, "weasyprint", script)
		if _, err := p.Print(context.Background(), "one", "<p>"); fault.KindOf(err) != fault.KindUnavailable || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: %v", script, err)
		}
		left(t)
	}
}

// A program that hangs is killed with what it started when nobody waits any more,
// and meanwhile there is one for each caller and two in all.
func TestCancelKillsChildren(t *testing.T) {
	p := stand(t, "chromium", "sleep 600 & echo $! > ../child; echo > ../started; wait")
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() {
		_, err := p.Print(ctx, "one", "<p>")
		ended <- err
	}()
	started := filepath.Join(os.Getenv("TMPDIR"), "started")
	for {
		if _, err := os.Stat(started); err == nil {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if _, err := p.Print(context.Background(), "one", "<p>"); fault.KindOf(err) != fault.KindUnavailable || !strings.Contains(err.Error(), "for you already") {
		t.Errorf("a second one for the same caller: %v", err)
	}
	p.turns <- struct{}{} // another one's
	full, stop := context.WithCancel(context.Background())
	stop()
	if _, err := p.Print(full, "other", "<p>"); !errors.Is(err, context.Canceled) {
		t.Errorf("a third one: %v", err)
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	child, err := os.ReadFile(filepath.Join(os.Getenv("TMPDIR"), "child"))
	if err != nil {
		t.Fatal(err)
	}
	for range 200 { // it is reaped by whoever inherits it
		state, err := exec.Command("ps", "-o", "stat=", "-p", strings.TrimSpace(string(child))).Output()
		if err != nil || strings.HasPrefix(string(state), "Z") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("the child %s still runs", child)
}

func TestWeasyprintRefusesRightToLeft(t *testing.T) {
	p := stand(t, "weasyprint", "exit 1")
	_, err := p.Print(context.Background(), "one", "<p>The lake of العربية</p>")
	if err == nil || !strings.Contains(err.Error(), "right to left") {
		t.Errorf("%v", err)
	}
}
