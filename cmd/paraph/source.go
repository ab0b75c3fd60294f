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
	"paraph/intake"
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
	src, err := p.text(name)
	if err != nil {
		return source{}, err
	}
	t, err := draft.Parse(src, seats...)
	if err != nil {
		return source{}, placed(shownName(name), err)
	}
	return source{Name: shownName(name), Text: t, Src: src}, nil
}

// text gives the text of a file in Paraph's notation, whatever form the file has:
// it goes by what the file holds. What was not understood in it is told.
func (p *program) text(name string) (string, error) {
	file, err := p.read(name)
	if err != nil || intake.FormOf(file) == intake.Notation {
		return string(file), err
	}
	words, err := intake.Read(file)
	if err != nil {
		return "", placed(shownName(name), err)
	}
	for i, doubt := range words.Doubts {
		if i == fewDoubts {
			p.note("paraph: %s: and %d doubts more", shownName(name), len(words.Doubts)-i)
			break
		}
		p.note("paraph: %s: %s", shownName(name), oneLine(doubt))
	}
	return words.Text, nil
}

// fewDoubts is how many doubts about a file are told one by one.
const fewDoubts = 20

// read gives the bytes of a file; "@PROCESS" and "@PROCESS/VERSION" are on a
// server. A file that is too large is refused by its size, before it is read.
func (p *program) read(name string) ([]byte, error) {
	if at, remote := strings.CutPrefix(name, "@"); remote {
		text, err := p.fetch(at)
		return []byte(text), err
	}
	if name == "-" {
		if p.stdinTaken {
			return nil, usagef("the standard input (-) can be read once only")
		}
		p.stdinTaken = true
		return readUpTo(shownName(name), p.in)
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	if info.IsDir() {
		return nil, fault.Invalid("%s: is a folder, not a text", name).With("name the files in it")
	}
	if info.Mode().IsRegular() && info.Size() > intake.MaxBytes {
		return nil, tooLarge(name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	defer f.Close()
	return readUpTo(name, f)
}

// readUpTo reads a file as far as one of its sort may go.
func readUpTo(name string, r io.Reader) ([]byte, error) {
	var b bytes.Buffer
	if _, err := b.ReadFrom(io.LimitReader(r, intake.MaxBytes+1)); err != nil {
		return nil, unreadable(name, err)
	}
	if b.Len() > intake.MaxBytes || b.Len() > draft.MaxBytes && intake.FormOf(b.Bytes()) == intake.Notation {
		return nil, tooLarge(name)
	}
	return b.Bytes(), nil
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
