package intake

import (
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

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

// programs are what a page runs and how it looks: they may hold any character.
var programs = regexp.MustCompile(`(?is)<script\b.*?</script\s*>|<style\b.*?</style\s*>|<!--.*?-->`)

// readHTML gives the words of a page, each block on lines of its own; headings
// as headings. Words that are on a page for listeners only (class "said") are
// left out. It reads token by token (encoding/xml, leniently), so that elements
// which are never closed do no harm.
func readHTML(file []byte) (string, error) {
	if !utf8.Valid(file) {
		return "", fault.Invalid("the page is not written in UTF-8").With("save it in UTF-8")
	}
	d := xml.NewDecoder(bytes.NewReader(programs.ReplaceAll(file, nil)))
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) {
		return nil, fault.Invalid("the page says that it is written in another encoding than UTF-8").With("save it in UTF-8")
	}
	var p htmlPage
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return lines(p.out.String()), nil
		}
		if err == nil {
			err = p.token(token)
		}
		if _, known := err.(*fault.Error); known {
			return "", err
		}
		if err != nil {
			return "", fault.Invalid("this page cannot be read as HTML").With("save it as plain text").Because(err)
		}
	}
}

// htmlPage is a page being read.
type htmlPage struct {
	out    strings.Builder
	hidden string // the element in which nothing is seen; empty for none
	within int    // elements of that name that are open
}

func (p *htmlPage) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		if bytes.ContainsRune(t, '[') {
			return fault.Invalid("the page brings a document type of its own, which is refused")
		}
	case xml.StartElement:
		name := strings.ToLower(t.Name.Local)
		switch {
		case p.hidden == name:
			p.within++
		case p.hidden != "":
		case (unseen[name] || forListeners(t)) && !void[name]:
			p.hidden, p.within = name, 1
		default:
			p.out.WriteString(opening(name))
		}
	case xml.EndElement:
		name := strings.ToLower(t.Name.Local)
		switch {
		case p.hidden == name:
			if p.within--; p.within == 0 {
				p.hidden = ""
			}
		case p.hidden == "" && blocks[name]:
			p.out.WriteString("\n\n")
		}
	case xml.CharData:
		if p.hidden == "" {
			p.out.WriteString(breaks.Replace(string(t)))
		}
	}
	return nil
}

// void are the elements that hold nothing and have no end.
var void = map[string]bool{"br": true, "hr": true, "img": true, "input": true, "meta": true, "link": true, "wbr": true, "col": true, "area": true, "base": true}

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
