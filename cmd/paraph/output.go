package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"paraph/fault"
	"paraph/page"
)

// write puts content into a file, whole or not at all: it goes to a new file
// in the same folder, is synced, and then takes the place of what was there.
// A file that the command read is never overwritten. "-" is the standard
// output.
func (p *program) write(name, content string, inputs ...string) error {
	if name == "-" {
		_, err := p.out.WriteString(content)
		return err
	}
	target, err := p.target(name, inputs)
	if err != nil {
		return err
	}
	if target == "" { // a device or a pipe: nothing to replace
		return unwritable(name, os.WriteFile(name, []byte(content), 0o666))
	}
	return unwritable(name, replace(target, content))
}

// page renders a page and writes it into a file.
func (p *program) page(name string, c page.Component, inputs ...string) error {
	html, err := page.HTML(c)
	if err != nil {
		return placed(name, err)
	}
	return p.write(name, html, inputs...)
}

// target gives the file to replace, through symbolic links; empty when name is
// no regular file.
func (p *program) target(name string, inputs []string) (string, error) {
	if name == "" {
		return "", usagef("the name of an output file is empty")
	}
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return name, nil
	}
	if err != nil {
		return "", unwritable(name, err)
	}
	if info.IsDir() {
		return "", fault.Invalid("%s: is a folder", name).With("name a file in it")
	}
	if !info.Mode().IsRegular() {
		return "", nil
	}
	for _, input := range inputs {
		if other, err := os.Stat(input); err == nil && os.SameFile(info, other) {
			return "", fault.Conflict("%s: is an input of this command and stays as it is", name).With("write to another file")
		}
	}
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return "", unwritable(name, err)
	}
	return real, nil
}

// replace writes a new file beside target, syncs it, renames it over, and syncs
// the folder. Whatever fails, no part of a file stays.
func replace(target, content string) error {
	mode := fs.FileMode(0o666)
	if info, err := os.Stat(target); err == nil {
		mode = info.Mode().Perm()
	}
	folder := filepath.Dir(target)
	temp := filepath.Join(folder, ".paraph-"+rand.Text())
	err := writeNew(temp, content, mode)
	if err == nil {
		err = os.Rename(temp, target)
	}
	if err != nil {
		_ = os.Remove(temp) // it may never have been made
		return err
	}
	return syncFolder(folder)
}

func writeNew(name, content string, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	if _, err = f.WriteString(content); err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func syncFolder(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, errors.ErrUnsupported) {
		err = nil // some file systems cannot sync a folder
	}
	return errors.Join(err, f.Close())
}

func unwritable(name string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fault.NotFound("%s: its folder does not exist", name).Because(err)
	case errors.Is(err, fs.ErrPermission):
		return fault.Forbidden("%s: may not be written", name).With("look at the permissions of its folder").Because(err)
	}
	return fault.Unavailable("%s: could not be written: %v", name, cause(err)).Because(err)
}

// json prints a value as indented JSON.
func (p *program) json(v any) error {
	e := json.NewEncoder(p.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// note tells a person something on the error stream, which is not the output.
func (p *program) note(format string, args ...any) {
	fmt.Fprintf(p.err, format+"\n", args...)
}

// getenv looks a variable up in the environment that run was given.
func (p *program) getenv(name string) string {
	value := ""
	for _, pair := range p.env {
		if k, v, ok := strings.Cut(pair, "="); ok && k == name {
			value = v
		}
	}
	return value
}

// coloured tells whether the output is a terminal whose owner wants colour.
func (p *program) coloured() bool {
	return isTerminal(p.stdout) && p.getenv("NO_COLOR") == "" && p.getenv("TERM") != "dumb"
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// working shows on a terminal that long work goes on, from its second second.
// The function it gives ends that.
func (p *program) working(what string) (done func()) {
	if !isTerminal(p.err) {
		return func() {}
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for seconds := 1; ; seconds++ {
			select {
			case <-tick.C:
				fmt.Fprintf(p.err, "\rparaph: %s … %d s", what, seconds)
			case <-stop:
				if seconds > 1 {
					fmt.Fprint(p.err, "\r\x1b[K")
				}
				return
			}
		}
	}()
	return func() { close(stop); <-stopped }
}

// table is columns aligned for people: the first to the left, others to the
// right.
type table struct{ rows [][]string }

func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

// print writes the table with two spaces between columns.
func (t *table) print(p *program) {
	var widths []int
	for _, row := range t.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	for _, row := range t.rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-len([]rune(cell)))
			if i == 0 {
				line.WriteString(cell + pad)
			} else {
				line.WriteString("  " + pad + cell)
			}
		}
		fmt.Fprintln(p.out, strings.TrimRight(line.String(), " "))
	}
}

// sameName tells whether two output names are one, as far as names can tell.
func sameName(names ...string) bool {
	for i, n := range names {
		if n != "" && slices.ContainsFunc(names[i+1:], func(o string) bool { return o != "" && filepath.Clean(o) == filepath.Clean(n) }) {
			return true
		}
	}
	return false
}
