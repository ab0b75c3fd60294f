package intake

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"

	"paraph/fault"
)

// blocks are the elements that stand on lines of their own.
var blocks = map[string]bool{
	"p": true, "div": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "li": true, "ul": true, "ol": true, "dl": true, "dt": true,
	"dd": true, "table": true, "tr": true, "section": true, "article": true, "header": true, "footer": true, "main": true, "nav": true, "blockquote": true,
	"pre": true, "hr": true, "figure": true, "figcaption": true, "caption": true, "details": true, "summary": true, "address": true, "body": true,
}

// unseen are the elements whose words nobody reads on a page.
var unseen = map[string]bool{"head": true, "script": true, "style": true, "template": true, "noscript": true, "svg": true, "nav": true, "form": true}

const deepest = 512 // elements within each other

// readHTML gives the words of a page, each block on lines of its own; headings
// as headings. Words that are on a page for listeners only (class "said") are
// left out. encoding/xml reads it leniently: what is no HTML at all is refused.
func readHTML(file []byte) (string, error) {
	d := xml.NewDecoder(bytes.NewReader(file))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) {
		return nil, fault.Invalid("the page says that it is written in another encoding than UTF-8").With("save it in UTF-8")
	}
	var out strings.Builder
	depth, hidden := 0, 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", fault.Invalid("this page cannot be read as HTML").With("save it as plain text").Because(err)
		}
		switch t := token.(type) {
		case xml.Directive:
			if bytes.ContainsRune(t, '[') {
				return "", fault.Invalid("the page brings a document type of its own, which is refused")
			}
		case xml.StartElement:
			if depth++; depth > deepest {
				return "", fault.Invalid("elements nest deeper than %d", deepest)
			}
			name := strings.ToLower(t.Name.Local)
			if hidden > 0 || unseen[name] || forListeners(t) {
				hidden++
				continue
			}
			out.WriteString(opening(name))
		case xml.EndElement:
			depth--
			if hidden > 0 {
				hidden--
			} else if blocks[strings.ToLower(t.Name.Local)] {
				out.WriteString("\n\n")
			}
		case xml.CharData:
			if hidden == 0 {
				out.WriteString(breaks.Replace(string(t)))
			}
		}
	}
	return lines(out.String()), nil
}

// breaks makes blanks of what breaks lines in the file and not on the page.
var breaks = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

// opening gives what an element's beginning puts before its words.
func opening(name string) string {
	switch {
	case name == "br":
		return "\n"
	case name == "td" || name == "th":
		return " "
	case len(name) == 2 && name[0] == 'h' && '1' <= name[1] && name[1] <= '6':
		return "\n\n" + strings.Repeat("#", int(name[1]-'0')) + " "
	case blocks[name]:
		return "\n\n"
	}
	return ""
}

// forListeners tells whether words are on the page for screen readers only.
func forListeners(t xml.StartElement) bool {
	for _, a := range t.Attr {
		if a.Name.Local == "class" {
			for class := range strings.FieldsSeq(a.Value) {
				if class == "said" || class == "visually-hidden" {
					return true
				}
			}
		}
		if a.Name.Local == "hidden" {
			return true
		}
	}
	return false
}
