package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
)

// source is a file that was read.
type source struct {
	Name string
	Text *draft.Text
	Src  string
}

// parse reads and parses a file; "-" is the standard input. Its errors name the
// file and, where there is one, the line and column.
func (p *program) parse(name string, seats ...record.Seat) (source, error) {
	src, err := p.read(name)
	if err != nil {
		return source{}, err
	}
	t, err := draft.Parse(src, seats...)
	if err != nil {
		return source{}, placed(shownName(name), err)
	}
	return source{Name: shownName(name), Text: t, Src: src}, nil
}

// read gives the characters of a file; "@PROCESS" and "@PROCESS/VERSION" are on a
// server. A file that is too large is refused by its size, before it is read.
func (p *program) read(name string) (string, error) {
	if at, remote := strings.CutPrefix(name, "@"); remote {
		return p.fetch(at)
	}
	if name == "-" {
		if p.stdinTaken {
			return "", usagef("the standard input (-) can be read once only")
		}
		p.stdinTaken = true
		return readUpTo(shownName(name), p.in)
	}
	info, err := os.Stat(name)
	if err != nil {
		return "", unreadable(name, err)
	}
	if info.IsDir() {
		return "", fault.Invalid("%s: is a folder, not a text", name).With("name the files in it")
	}
	if info.Mode().IsRegular() && info.Size() > draft.MaxBytes {
		return "", tooLarge(name)
	}
	f, err := os.Open(name)
	if err != nil {
		return "", unreadable(name, err)
	}
	defer f.Close()
	return readUpTo(name, f)
}

func readUpTo(name string, r io.Reader) (string, error) {
	var b bytes.Buffer
	if _, err := b.ReadFrom(io.LimitReader(r, draft.MaxBytes+1)); err != nil {
		return "", unreadable(name, err)
	}
	if b.Len() > draft.MaxBytes {
		return "", tooLarge(name)
	}
	return b.String(), nil
}

func tooLarge(name string) error {
	return fault.Invalid("%s: larger than %d MiB", name, draft.MaxBytes>>20).With("a text of a million words is smaller: is this the right file?")
}

// unreadable says in plain words why a file cannot be read.
func unreadable(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.NotFound("%s: no such file", name).Because(err)
	case errors.Is(err, fs.ErrPermission):
		return fault.Forbidden("%s: may not be read", name).With("look at its permissions").Because(err)
	}
	return fault.Unavailable("%s: could not be read: %v", name, cause(err)).Because(err)
}

// cause gives the innermost reason of an error, without paths and calls.
func cause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// shownName is how a file is called in output and errors.
func shownName(name string) string {
	if name == "-" {
		return "standard input"
	}
	return name
}

// place is how package draft says where in a text something stands.
var place = regexp.MustCompile(`^line (\d+), column (\d+): `)

// placed puts the file's name before an error of a text, and its place in the
// form FILE:LINE:COLUMN that editors follow.
func placed(name string, err error) error {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err
	}
	at := *e
	if m := place.FindStringSubmatch(at.Words); m != nil {
		at.Words = name + ":" + m[1] + ":" + m[2] + ": " + at.Words[len(m[0]):]
	} else {
		at.Words = name + ": " + at.Words
	}
	return &at
}

// seatsFlag is the flag --seats, the same for every command that has it.
type seatsFlag struct {
	Seats []string `placeholder:"US,RU,UA" help:"Seats that holder lists may name, beside those of the text's front matter."`
}

// declared gives the seats of the flag.
func (f seatsFlag) declared() ([]record.Seat, error) {
	var seats []record.Seat
	for _, s := range f.Seats {
		s = strings.TrimSpace(s)
		if s == "" {
			continue
		}
		if err := seatName(s); err != nil {
			return nil, err
		}
		seats = append(seats, record.Seat(s))
	}
	return seats, nil
}

// seatName refuses what could not be told from text in a holder list.
func seatName(s string) error {
	if strings.ContainsAny(s, "[]{}:;,=*_\\\"'\n\r\t") || strings.TrimSpace(s) == "" {
		return usagef("%q cannot be the name of a seat: use letters and digits, as in US or AOSIS", s)
	}
	return nil
}
