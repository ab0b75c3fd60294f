// Package intake gives the words of a file, in whatever form it comes: Paraph's
// own notation, plain text, Word, Akoma Ntoso, a page of HTML. It goes by what a file
// holds, never by its name.
//
// It is pure: bytes in, words out. What it cannot read it refuses in words that
// say what to do; what it reads only in part it says. Read this file first.
package intake

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"paraph/akn"
	"paraph/docx"
	"paraph/draft"
	"paraph/fault"
)

// MaxBytes is how large a file may be.
const MaxBytes = 25 << 20

// Form is what sort of file was read.
type Form string

// The forms.
const (
	Notation   Form = "text" // Paraph's notation, Markdown, plain text
	AkomaNtoso Form = "akn"
	Word       Form = "docx"
	HTML       Form = "html"
	PDF        Form = "pdf" // needs another program: Read refuses it
)

// Words are the words of a file, in Paraph's notation.
type Words struct {
	Form   Form
	Text   string
	Doubts []string // what was not understood, and where, in words
}

// FormOf says what sort of file it is, by its first bytes.
func FormOf(file []byte) Form {
	start := bytes.TrimPrefix(file[:min(len(file), 4096)], []byte("\xef\xbb\xbf"))
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PK\x05\x06")):
		return Word
	case bytes.HasPrefix(start, []byte("%PDF-")):
		return PDF
	}
	start = bytes.ToLower(bytes.TrimLeft(start, " \t\r\n"))
	switch {
	case bytes.HasPrefix(start, []byte("<!doctype html")), bytes.HasPrefix(start, []byte("<html")):
		return HTML
	case bytes.HasPrefix(start, []byte("<?xml")) && (bytes.Contains(start, []byte("<html")) || bytes.Contains(start, []byte("doctype html"))):
		return HTML
	case bytes.HasPrefix(start, []byte("<?xml")), bytes.HasPrefix(start, []byte("<akomantoso")), bytes.HasPrefix(start, []byte("<!doctype")):
		return AkomaNtoso
	}
	return Notation
}

// Read gives the words of a file. It refuses, as invalid, what is too large,
// what is broken, and what it does not know.
func Read(file []byte) (Words, error) {
	if len(file) > MaxBytes {
		return Words{}, fault.Invalid("the file is larger than %d MiB", MaxBytes>>20)
	}
	w := Words{Form: FormOf(file)}
	var err error
	switch w.Form {
	case AkomaNtoso:
		w.Text, w.Doubts, err = readAkomaNtoso(file)
	case Word:
		w.Text, w.Doubts, err = readWord(file)
	case HTML:
		w.Text, err = readHTML(file)
	case PDF:
		err = fault.Invalid("a PDF holds the places of letters, and no text to read").With("give the text, or the file it was made from")
	default:
		w.Text, err = string(file), plain(file)
	}
	if err == nil && len(w.Text) > draft.MaxBytes {
		err = fault.Invalid("the text is larger than %d MiB", draft.MaxBytes>>20)
	}
	return w, err
}

// plain refuses what is no text.
func plain(file []byte) error {
	if bytes.IndexByte(file, 0) >= 0 || !utf8.Valid(file) {
		if _, err := draft.Parse(string(file)); err != nil {
			return err
		}
	}
	return nil
}

func readAkomaNtoso(file []byte) (string, []string, error) {
	d, doubts, err := akn.Read(file)
	if err != nil {
		return "", nil, err
	}
	var said []string
	for _, doubt := range doubts {
		said = append(said, doubt.String())
	}
	return draft.Print(d.Text), said, nil
}

// readWord reads a document of a word processor as it would read with all its
// tracked changes accepted.
func readWord(file []byte) (string, []string, error) {
	d, err := docx.Read(file)
	if err != nil {
		return "", nil, err
	}
	text, doubts := d.Text(docx.TextOptions{Changes: docx.ChangesAccepted})
	var said []string
	for _, doubt := range doubts {
		words := doubt.What
		if doubt.Place != "" {
			words = strconv.Quote(doubt.Place) + ": " + words
		}
		said = append(said, words)
	}
	for _, u := range d.Unread {
		said = append(said, u.Part+": "+u.What)
	}
	return text, said, nil
}

// lines folds white space within lines and leaves at most one line empty
// between two paragraphs.
func lines(s string) string {
	var b strings.Builder
	empty := 0
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			empty++
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
			if empty > 0 {
				b.WriteByte('\n')
			}
		}
		b.WriteString(line)
		empty = 0
	}
	b.WriteByte('\n')
	return b.String()
}
