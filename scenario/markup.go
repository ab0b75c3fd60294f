package scenario

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"paraph/fault"
)

// element is an element of a markup file, with the line on which it begins.
type element struct {
	name     string
	attrs    []xml.Attr
	children []*element
	line     int
}

// markup parses XML into elements. Text between elements means nothing in the
// files that are read here. A document type, which could define entities, is
// refused.
func (r *reader) markup(data []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = latin
	var open []*element
	var root *element
	for nodes := 0; ; nodes++ {
		line, _ := d.InputPos()
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, r.malformed(err)
		}
		if nodes > maxNodes || len(open) > maxDepth {
			return nil, r.wrong(line, "is too large or too deep").With("at most %d elements, %d deep", maxNodes, maxDepth)
		}
		switch t := token.(type) {
		case xml.Directive:
			return nil, r.wrong(line, "declares a document type, which could define entities").With("take the line out")
		case xml.StartElement:
			e := &element{name: t.Name.Local, attrs: append([]xml.Attr(nil), t.Attr...), line: line}
			if len(open) > 0 {
				parent := open[len(open)-1]
				parent.children = append(parent.children, e)
			} else if root == nil {
				root = e
			} else {
				return nil, r.wrong(line, "a second element begins after the end of the first").With("a file holds one scenario")
			}
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
	if root == nil {
		return nil, r.wrong(0, "has no element")
	}
	return root, nil
}

func (r *reader) malformed(err error) error {
	if e, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return r.wrong(e.Line, "is not well-formed: %s", e.Msg).With("mend the XML there")
	}
	return r.wrong(0, "is not well-formed: %v", err)
}

// latin reads the encodings that old tools declare; all others are refused.
func latin(charset string, input io.Reader) (io.Reader, error) {
	switch strings.ToLower(charset) {
	case "us-ascii", "ascii", "utf8":
		return input, nil
	case "iso-8859-1", "latin1", "windows-1252":
		data, err := io.ReadAll(io.LimitReader(input, MaxBytes))
		var b strings.Builder
		for _, c := range data {
			b.WriteRune(rune(c))
		}
		return strings.NewReader(b.String()), err
	}
	return nil, fault.Invalid("the encoding %q is not read: write it as UTF-8", charset)
}

// spaces are what attributes hold for a space (XML 1.0, 3.3.3).
var spaces = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

// attr gives an attribute, without white space around; empty when it is not there.
func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(spaces.Replace(a.Value))
		}
	}
	return ""
}

// all gives the children of a name.
func (e *element) all(name string) []*element {
	var out []*element
	for _, c := range e.children {
		if c.name == name {
			out = append(out, c)
		}
	}
	return out
}

// below gives the elements of a name among the children and, below objectives,
// among theirs.
func (e *element) below(name string) []*element {
	var out []*element
	for _, c := range e.children {
		switch c.name {
		case name:
			out = append(out, c)
		case "objective", "utility_space":
			out = append(out, c.below(name)...)
		}
	}
	return out
}
