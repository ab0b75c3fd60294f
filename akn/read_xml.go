package akn

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"unicode/utf8"

	"paraph/fault"
)

// node is an element, or a stretch of characters.
type node struct {
	name     string // local name; empty for characters
	space    string // name space
	attrs    []xml.Attr
	children []*node
	text     string
	line     int
}

// get gives an attribute without name space.
func (n *node) get(name string) string { return n.attr("", name) }

// own gives an attribute of Paraph's name space, decoded, and whether it is there.
func (n *node) own(name string) (string, bool) {
	for _, a := range n.attrs {
		if a.Name.Space == NameSpace && a.Name.Local == name {
			return decoded(a.Value), true
		}
	}
	return "", false
}

func (n *node) attr(space, name string) string {
	for _, a := range n.attrs {
		if a.Name.Space == space && a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child gives the first child of a name; nil for none.
func (n *node) child(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// parseXML reads a file into nodes. It refuses what could hurt: a document
// type, and with it every entity; too large or too deep a file; another
// encoding than UTF-8.
func parseXML(src []byte) (*node, error) {
	if len(src) > MaxBytes {
		return nil, fault.Invalid("the file is larger than %d MiB", MaxBytes>>20)
	}
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(src) {
		return nil, fault.Invalid("the file is not written in UTF-8").With("save it in UTF-8")
	}
	if at := longTag(src); at >= 0 {
		return nil, fault.Invalid("line %d: a tag of more than %d bytes", lineOf(src, at), maxTag)
	}
	p := xmlParser{src: src, d: xml.NewDecoder(bytes.NewReader(src)), line: 1}
	p.d.Strict = true
	p.d.CharsetReader = func(string, io.Reader) (io.Reader, error) {
		return nil, fault.Invalid("the file says that it is written in another encoding than UTF-8").With("save it in UTF-8")
	}
	return p.parse()
}

type xmlParser struct {
	src   []byte
	d     *xml.Decoder
	line  int
	upTo  int // lines are counted up to this offset
	nodes int
	open  []*node
	root  *node
}

func (p *xmlParser) parse() (*node, error) {
	for {
		at := int(p.d.InputOffset())
		token, err := p.d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, p.broken(err)
		}
		p.line += bytes.Count(p.src[p.upTo:at], []byte("\n"))
		p.upTo = at
		if err := p.token(token); err != nil {
			return nil, err
		}
	}
	if p.root == nil {
		return nil, fault.Invalid("the file holds no XML")
	}
	return p.root, nil
}

func (p *xmlParser) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		return fault.Invalid("line %d: the file has a document type, which can hide anything and is refused", p.line).With("save it without <!DOCTYPE …>")
	case xml.StartElement:
		if len(p.open) == MaxDepth {
			return fault.Invalid("line %d: elements nest deeper than %d", p.line, MaxDepth)
		}
		n := &node{name: t.Name.Local, space: t.Name.Space, attrs: t.Attr, line: p.line}
		if err := p.add(n); err != nil {
			return err
		}
		p.open = append(p.open, n)
	case xml.EndElement:
		p.open = p.open[:len(p.open)-1]
	case xml.CharData:
		if len(p.open) == 0 {
			return nil
		}
		return p.add(&node{text: string(t), line: p.line})
	}
	return nil
}

func (p *xmlParser) add(n *node) error {
	if p.nodes++; p.nodes > MaxNodes {
		return fault.Invalid("line %d: more than %d elements", p.line, MaxNodes)
	}
	if len(p.open) > 0 {
		parent := p.open[len(p.open)-1]
		parent.children = append(parent.children, n)
		return nil
	}
	if p.root != nil {
		return fault.Invalid("line %d: a second document in one file", p.line)
	}
	p.root = n
	return nil
}

// broken says that the file is no XML.
func (p *xmlParser) broken(err error) error {
	if f, ok := err.(*fault.Error); ok {
		return f
	}
	words := err.Error()
	if s, ok := err.(*xml.SyntaxError); ok {
		words = s.Msg
	}
	line, _ := p.d.InputPos()
	return fault.Invalid("line %d: this is not XML: %s", line, words).Because(err)
}

// longTag gives the offset of a tag that is too long; -1 for none.
func longTag(src []byte) int {
	for at := 0; at < len(src); {
		n := bytes.IndexByte(src[at:], '<')
		if n < 0 {
			return -1
		}
		at += n
		end := tagEnd(src[at:])
		if strings.HasPrefix(string(src[at:min(len(src), at+4)]), "<!") {
			at += max(end, 1)
			continue
		}
		if end > maxTag {
			return at
		}
		at += end
	}
	return -1
}

// tagEnd gives the length of the tag, comment or section at the start of src;
// of all of it when it does not end.
func tagEnd(src []byte) int {
	for _, section := range []struct{ open, close string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
		if bytes.HasPrefix(src, []byte(section.open)) {
			if n := bytes.Index(src[len(section.open):], []byte(section.close)); n >= 0 {
				return len(section.open) + n + len(section.close)
			}
			return len(src)
		}
	}
	quote := byte(0)
	for i, c := range src {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return len(src)
}

func lineOf(src []byte, at int) int { return 1 + bytes.Count(src[:at], []byte("\n")) }
