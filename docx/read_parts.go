package docx

import (
	"path"
	"strings"

	"paraph/fault"
)

// The kinds of relationships that lead from part to part, without the namespace
// before them, which has two forms.
const (
	relMain      = "officeDocument"
	relStyles    = "styles"
	relNumbering = "numbering"
	relComments  = "comments"
	relExtended  = "commentsExtended"
	relFootnotes = "footnotes"
	relEndnotes  = "endnotes"
	relCustom    = "customXml"
	relHyperlink = "hyperlink"
	relCore      = "core-properties"
)

// contentTypes says of what kind the parts are.
type contentTypes struct {
	byName, byExtension map[string]string
}

func (c contentTypes) of(name string) string {
	if t, there := c.byName[strings.ToLower("/"+name)]; there {
		return t
	}
	return c.byExtension[strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))]
}

// contents reads what the parts are, and refuses macros and files that are no
// document.
func (p *parcel) contents() error {
	root, err := p.tree("[Content_Types].xml")
	if err != nil {
		return err
	}
	if root == nil {
		if p.has("mimetype") && p.has("content.xml") {
			return fault.Invalid("the file is an OpenDocument text").With("save it as .docx")
		}
		return fault.Invalid("the file is no .docx: it does not say what its parts are").With("save it as .docx")
	}
	p.types = contentTypes{map[string]string{}, map[string]string{}}
	for _, e := range elements(root) {
		t := attr(e, "ContentType")
		if lower := strings.ToLower(t); strings.Contains(lower, "macroenabled") || strings.Contains(lower, "vbaproject") {
			return macros()
		}
		switch {
		case is(e, "ct:Override"):
			p.types.byName[strings.ToLower(attr(e, "PartName"))] = t
		case is(e, "ct:Default"):
			p.types.byExtension[strings.ToLower(attr(e, "Extension"))] = t
		}
	}
	return nil
}

// link is one relationship.
type link struct {
	kind   string // the last word of its type
	target string // the name of a part; of a hyperlink, its address
	away   bool   // it leads out of the file
}

// links reads the relationships of a part, of the file itself for "", by id. One
// that leads out of the file is refused, unless it is a hyperlink, which is
// words to show and never followed.
func (p *parcel) links(part string) (map[string]link, error) {
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	root, err := p.tree(name)
	if err != nil {
		return nil, err
	}
	out := map[string]link{}
	for _, e := range elements(root) {
		if !is(e, "rel:Relationship") {
			continue
		}
		l := link{kind: path.Base(attr(e, "Type")), target: attr(e, "Target"), away: strings.EqualFold(attr(e, "TargetMode"), "External")}
		if l.away && l.kind != relHyperlink {
			return nil, outward(l.kind)
		}
		if !l.away {
			if strings.HasPrefix(l.target, "/") {
				l.target = path.Clean(l.target)[1:]
			} else {
				l.target = path.Join(path.Dir(part), l.target)
			}
			if !plainName(l.target) {
				return nil, fault.Invalid("a part of the file points out of it").With("save the document again as .docx")
			}
		}
		out[attr(e, "Id")] = l
	}
	return out, nil
}

// outward refuses a relationship that would have something fetched.
func outward(kind string) error {
	hint := "break the links in it (in Word: File › Info › Edit Links to Files), and save it again"
	if kind == "attachedTemplate" {
		hint = "attach the template Normal to it (in Word: Developer › Document Template), and save it again"
	}
	return fault.Invalid("the document refers to something outside of it, which would have to be fetched (%s)", shortened(kind, 40)).With("%s", hint)
}

// outside looks at the relationships of all parts, those that are not read as
// well, for what leads out of the file.
func (p *parcel) outside() error {
	for _, name := range p.names {
		dir, base := path.Split(name)
		if strings.HasSuffix(dir, "_rels/") && strings.HasSuffix(base, ".rels") {
			part := path.Join(path.Dir(path.Clean(dir)), strings.TrimSuffix(base, ".rels"))
			if base == ".rels" {
				part = ""
			}
			if _, err := p.links(part); err != nil {
				return err
			}
		}
	}
	return nil
}

// main finds the part of the document itself.
func (p *parcel) main() (string, error) {
	top, err := p.links("")
	if err != nil {
		return "", err
	}
	for _, l := range top {
		if l.kind != relMain || !p.has(l.target) {
			continue
		}
		t := p.types.of(l.target)
		if strings.HasSuffix(t, "wordprocessingml.document.main+xml") || strings.HasSuffix(t, "wordprocessingml.template.main+xml") {
			return l.target, nil
		}
		return "", fault.Invalid("the file is no document of a word processor, but something like a table or slides").With("save a text as .docx")
	}
	return "", fault.Invalid("the file holds no document").With("save it again as .docx")
}

func shortened(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most]) + "…"
}
