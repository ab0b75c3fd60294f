package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"time"

	"paraph/draft"
	"paraph/fault"
	"paraph/intake"
)

// patience is how long another program may take for one file.
const patience = 30 * time.Second

// readCopy gives the words of a circulating copy. Of a PDF they are taken by
// pdftotext, where it is installed.
func (p *program) readCopy(name string) (string, error) {
	file, err := p.read(name)
	if err != nil {
		return "", err
	}
	if intake.FormOf(file) == intake.PDF {
		return p.pdfWords(name, file)
	}
	words, err := intake.Read(file)
	return words.Text, placed(shownName(name), err)
}

// pdfWords runs pdftotext (poppler-utils) on a file. It is given the file on its
// standard input and gives the words on its output: it names no file, and sees
// no part of the environment but where programs are.
func (p *program) pdfWords(name string, file []byte) (string, error) {
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		return "", fault.Unavailable("%s: is a PDF, and pdftotext, which takes the words out of one, is not installed", shownName(name)).
			With("install poppler-utils, or give the words as text")
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "-q", "-enc", "UTF-8", "-", "-")
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"}
	cmd.Stdin = bytes.NewReader(file)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return "", fault.Unavailable("%s: pdftotext could not be started", shownName(name)).Because(err)
	}
	words, readErr := io.ReadAll(io.LimitReader(out, draft.MaxBytes+1))
	if len(words) > draft.MaxBytes {
		cancel()
	}
	err = cmd.Wait()
	switch {
	case len(words) > draft.MaxBytes:
		return "", tooLarge(name)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "", fault.Unavailable("%s: pdftotext did not end within %s", shownName(name), patience).With("give the words as text")
	case err != nil || readErr != nil:
		return "", fault.Invalid("%s: pdftotext cannot read this PDF", shownName(name)).With("give the words as text").Because(errors.Join(err, readErr))
	}
	return string(words), nil
}
