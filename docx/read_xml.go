package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/beevik/etree"

	"paraph/fault"
)

// prefixes are the names by which this package calls the namespaces that it
// knows, whatever a file calls them. Those of the strict form of the format
// (ISO/IEC 29500) have the same names as those of the transitional one.
var prefixes = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":        "w",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                    "w",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
	"http://purl.oclc.org/ooxml/officeDocument/relationships":             "r",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":         "mc",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":          "m",
	"http://purl.oclc.org/ooxml/officeDocument/math":                      "m",
	"http://schemas.microsoft.com/office/word/2010/wordml":                "w14",
	"http://schemas.microsoft.com/office/word/2012/wordml":                "w15",
	"http://schemas.openxmlformats.org/package/2006/relationships":        "rel",
	"http://schemas.openxmlformats.org/package/2006/content-types":        "ct",
	"http://www.w3.org/XML/1998/namespace":                                "xml",
	"urn:paraph:anchors":                                                  "paraph",
}

// walk reads the elements of a part that stand at a depth (0: the root) one after
// another, so that of a long document no more than one paragraph or table is held
// as a tree. What encloses them is passed over.
func (p *parcel) walk(name string, data []byte, depth int, do func(*etree.Element) error) error {
	w := walker{p: p, name: name, depth: depth, names: map[string]string{}}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && w.seen:
			return nil
		case err != nil:
			return fault.Invalid("the part %s of the file cannot be read: it is no well-formed XML", name).
				With("save the document again as .docx").Because(err)
		}
		if err := w.token(t, do); err != nil {
			return err
		}
	}
}

// walker is a walk under way.
type walker struct {
	p     *parcel
	name  string
	depth int // of the elements that are given
	at    int // how many elements are open
	seen  bool
	size  int // of the tree
	top   *etree.Element
	names map[string]string // every name once, however often it occurs
}

func (w *walker) token(t xml.Token, do func(*etree.Element) error) error {
	switch t := t.(type) {
	case xml.Directive:
		return fault.Invalid("the part %s of the file defines a document type, which no document needs", w.name).
			With("save it again as .docx")
	case xml.StartElement:
		w.seen = true
		if w.at++; w.at > MaxDepth {
			return fault.Invalid("the part %s of the file nests deeper than %d", w.name, MaxDepth).With("is this a document of a word processor?")
		}
		if w.top == nil && w.at != w.depth+1 {
			return w.spend(1 + len(t.Attr))
		}
		return w.start(t)
	case xml.EndElement:
		w.at--
		if w.top == nil {
			return nil
		}
		if w.at > w.depth {
			w.top = w.top.Parent()
			return nil
		}
		e := w.top
		w.top, w.size = nil, 0
		return do(e)
	case xml.CharData:
		if w.top == nil || len(t) == 0 {
			return nil
		}
		if (w.top.Space != "w" || w.top.Tag[0] != 't' && w.top.Tag[0] != 'd') && len(bytes.TrimSpace(t)) == 0 {
			return nil // what makes XML pretty
		}
		w.top.CreateText(string(t))
		return w.spend(1)
	}
	return nil
}

func (w *walker) start(t xml.StartElement) error {
	e := &etree.Element{Space: w.space(t.Name.Space), Tag: w.once(t.Name.Local)}
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || strings.HasPrefix(a.Name.Local, "rsid") {
			continue
		}
		space := ""
		if a.Name.Space != "" {
			space = w.space(a.Name.Space)
		}
		e.Attr = append(e.Attr, etree.Attr{Space: space, Key: w.once(a.Name.Local), Value: a.Value})
	}
	if w.top != nil {
		w.top.AddChild(e)
	}
	w.top = e
	return w.spend(1 + len(e.Attr))
}

// spend counts what was read against the limits.
func (w *walker) spend(n int) error {
	w.p.nodes -= n
	if w.top != nil {
		w.size += n
	}
	if w.p.nodes < 0 || w.size > maxTree {
		return tooMuch(w.name)
	}
	return nil
}

func tooMuch(part string) error {
	return fault.Invalid("the part %s of the file holds more than a document that is read here may", part).With("split the document")
}

// space gives the name of a namespace; "?" for one that is not known.
func (w *walker) space(uri string) string {
	if p, known := prefixes[uri]; known {
		return p
	}
	return "?"
}

func (w *walker) once(s string) string {
	if known, there := w.names[s]; there {
		return known
	}
	if len(w.names) < 1000 {
		w.names[s] = s
	}
	return s
}

// is tells whether an element has a name, as in "w:p".
func is(e *etree.Element, name string) bool {
	space, tag, _ := strings.Cut(name, ":")
	return e.Tag == tag && e.Space == space
}

// child gives the first child of a name; nil for none, and for none of nil.
func child(e *etree.Element, names ...string) *etree.Element {
	for _, name := range names {
		if e == nil {
			return nil
		}
		space, tag, _ := strings.Cut(name, ":")
		var found *etree.Element
		for _, t := range e.Child {
			if c, ok := t.(*etree.Element); ok && c.Tag == tag && c.Space == space {
				found = c
				break
			}
		}
		e = found
	}
	return e
}

// elements gives the children of an element that are elements.
func elements(e *etree.Element) []*etree.Element {
	if e == nil {
		return nil
	}
	return e.ChildElements()
}

// attr gives an attribute, as in "w:val"; empty when there is none. Some
// programs write the attributes of a part without their namespace.
func attr(e *etree.Element, name string) string {
	if e == nil {
		return ""
	}
	space, key, _ := strings.Cut(name, ":")
	if key == "" {
		space, key = "", space
	}
	for i := range e.Attr {
		if e.Attr[i].Key == key && (e.Attr[i].Space == space || e.Attr[i].Space == "") {
			return e.Attr[i].Value
		}
	}
	return ""
}

// on tells whether a property that is on or off is there and on.
func on(e *etree.Element) bool {
	if e == nil {
		return false
	}
	switch attr(e, "w:val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
