package docx

import (
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// styleBook is the styles of a document, by id.
type styleBook struct {
	all      map[string]paragraphStyle
	standard string // id of the paragraphs' own
	byName   map[string]string
}

// paragraphStyle is one style, with what it has from those that it is based on.
type paragraphStyle struct {
	id, name string
	outline  int // level of heading from 1; 0 for none
	indent   int
	list     numbering
	text     textStyle
}

// textStyle is how letters look.
type textStyle struct {
	bold, italic, struck, hidden bool
	colour                       string
}

// heading gives the level of the headings that have a style; 0 for none.
func (s paragraphStyle) heading() int { return s.outline }

// readStyles reads the part of the styles; of none, there are none.
func readStyles(p *parcel, part string) (styleBook, error) {
	s := styleBook{all: map[string]paragraphStyle{}, byName: map[string]string{}}
	if part == "" {
		return s, nil
	}
	root, err := p.tree(part)
	if err != nil {
		return s, err
	}
	raw := map[string]*etree.Element{}
	for _, e := range elements(root) {
		if !is(e, "w:style") {
			continue
		}
		id := attr(e, "w:styleId")
		raw[id] = e
		if attr(e, "w:type") == "paragraph" && on(&etree.Element{Attr: []etree.Attr{{Space: "w", Key: "val", Value: attr(e, "w:default")}}}) && attr(e, "w:default") != "" {
			s.standard = id
		}
	}
	for id := range raw {
		s.resolve(id, raw, 0)
	}
	for id, one := range s.all {
		if other, there := s.byName[one.name]; !there || id < other {
			s.byName[one.name] = id
		}
	}
	return s, nil
}

// resolve gives a style with what it is based on.
func (s *styleBook) resolve(id string, raw map[string]*etree.Element, depth int) paragraphStyle {
	if done, there := s.all[id]; there {
		return done
	}
	e := raw[id]
	if e == nil || depth > 50 {
		return paragraphStyle{}
	}
	one := s.resolve(attr(child(e, "w:basedOn"), "w:val"), raw, depth+1)
	one.id, one.name = id, attr(child(e, "w:name"), "w:val")
	if level, found := strings.CutPrefix(strings.ToLower(one.name), "heading "); found {
		if n, err := strconv.Atoi(level); err == nil && n >= 1 && n <= 9 {
			one.outline = n
		}
	} else if strings.EqualFold(one.name, "title") {
		one.outline = 1
	}
	pPr, rPr := child(e, "w:pPr"), child(e, "w:rPr")
	if n, err := strconv.Atoi(attr(child(pPr, "w:outlineLvl"), "w:val")); err == nil {
		one.outline = 0
		if n >= 0 && n < 9 {
			one.outline = n + 1
		}
	}
	for _, name := range []string{"w:left", "w:start"} {
		if n, err := strconv.Atoi(attr(child(pPr, "w:ind"), name)); err == nil {
			one.indent = n
		}
	}
	if num := child(pPr, "w:numPr"); num != nil {
		if v := child(num, "w:numId"); v != nil {
			one.list.list = attr(v, "w:val")
		}
		if v := child(num, "w:ilvl"); v != nil {
			one.list.level = level(attr(v, "w:val"))
		}
		one.list.style = id
	}
	toggle := func(to *bool, name string) {
		if c := child(rPr, name); c != nil {
			*to = on(c)
		}
	}
	toggle(&one.text.bold, "w:b")
	toggle(&one.text.italic, "w:i")
	toggle(&one.text.struck, "w:strike")
	toggle(&one.text.hidden, "w:vanish")
	if c := child(rPr, "w:color"); c != nil && one.outline == 0 {
		one.text.colour = colour(attr(c, "w:val"))
	}
	s.all[id] = one
	return one
}

// paragraph gives the style of a paragraph; for "" the standard one.
func (s styleBook) paragraph(id string) paragraphStyle {
	if id == "" {
		id = s.standard
	}
	return s.all[id]
}

// letters gives how letters look in a paragraph of a style and with one of their
// own.
func (s styleBook) letters(paragraph, own string) textStyle {
	t := s.all[s.byName[paragraph]].text
	if own == "" {
		return t
	}
	o := s.all[own].text
	t.bold, t.italic, t.struck, t.hidden = t.bold || o.bold, t.italic || o.italic, t.struck || o.struck, t.hidden || o.hidden
	if o.colour != "" && !strings.EqualFold(s.all[own].name, "hyperlink") {
		t.colour = o.colour
	}
	return t
}

func level(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n
}
