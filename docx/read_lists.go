package docx

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"
)

// numbering says in which list a paragraph is numbered, and how deep.
type numbering struct {
	list  string // id; empty or "0" for none
	level int    // from 0
	style string // id of the style that says so; empty when the paragraph does
}

// lists are the lists of a document (numbering.xml: ISO/IEC 29500-1, 17.9).
type lists struct {
	byID map[string]*list
}

// list is one list: it counts together with those of the same scheme.
type list struct {
	scheme  string // id of what it counts with
	levels  [9]listLevel
	begin   [9]int // where it begins anew at a level; -1 for nowhere
	byStyle map[string]int
}

// listLevel is how one level of a list is numbered.
type listLevel struct {
	start   int
	format  string // "decimal", "lowerRoman", "bullet", …
	words   string // "%1.%2"
	after   int    // numbers anew after a number of this level or higher, from 1; 0 for never
	decimal bool   // all numbers in it are decimal
	there   bool
}

// readLists reads the part of the lists; of none, there are none.
func readLists(p *parcel, part string, s styleBook) (lists, error) {
	l := lists{byID: map[string]*list{}}
	if part == "" {
		return l, nil
	}
	root, err := p.tree(part)
	if err != nil {
		return l, err
	}
	schemes, linked := map[string]*etree.Element{}, map[string]string{}
	for _, e := range elements(root) {
		if is(e, "w:abstractNum") {
			id := attr(e, "w:abstractNumId")
			schemes[id] = e
			if name := attr(child(e, "w:styleLink"), "w:val"); name != "" {
				linked[name] = id
			}
		}
	}
	for _, e := range elements(root) {
		if !is(e, "w:num") || len(l.byID) > 20_000 {
			continue
		}
		scheme := attr(child(e, "w:abstractNumId"), "w:val")
		if name := attr(child(schemes[scheme], "w:numStyleLink"), "w:val"); name != "" && linked[name] != "" {
			scheme = linked[name]
		}
		l.byID[attr(e, "w:numId")] = readList(scheme, schemes[scheme], e)
	}
	return l, nil
}

func readList(scheme string, base, own *etree.Element) *list {
	n := &list{scheme: scheme, byStyle: map[string]int{}}
	for i := range n.begin {
		n.begin[i] = -1
		n.levels[i] = listLevel{start: 0, format: "decimal", after: i}
	}
	for _, e := range elements(base) {
		if is(e, "w:lvl") {
			n.level(e)
		}
	}
	for _, e := range elements(own) {
		if !is(e, "w:lvlOverride") {
			continue
		}
		if lvl := child(e, "w:lvl"); lvl != nil {
			n.level(lvl)
		}
		if v, err := strconv.Atoi(attr(child(e, "w:startOverride"), "w:val")); err == nil {
			n.begin[level(attr(e, "w:ilvl"))] = clampNumber(v)
		}
	}
	return n
}

func (n *list) level(e *etree.Element) {
	at := level(attr(e, "w:ilvl"))
	l := listLevel{format: "decimal", after: at, there: true}
	if v, err := strconv.Atoi(attr(child(e, "w:start"), "w:val")); err == nil {
		l.start = clampNumber(v)
	}
	if f := child(e, "w:numFmt"); f != nil {
		l.format = attr(f, "w:val")
	}
	l.words = attr(child(e, "w:lvlText"), "w:val")
	if len(l.words) > 200 {
		l.words = l.words[:200]
	}
	if v, err := strconv.Atoi(attr(child(e, "w:lvlRestart"), "w:val")); err == nil && v >= 0 && v <= at {
		l.after = v
	}
	l.decimal = child(e, "w:isLgl") != nil && on(child(e, "w:isLgl"))
	if s := attr(child(e, "w:pStyle"), "w:val"); s != "" {
		n.byStyle[s] = at
	}
	n.levels[at] = l
}

func clampNumber(n int) int { return max(0, min(n, 1_000_000)) }

// of tells where a paragraph is numbered.
func (l lists) of(own *etree.Element, s paragraphStyle) numbering {
	n := s.list
	if own != nil {
		if v := child(own, "w:numId"); v != nil {
			n.list, n.style = attr(v, "w:val"), ""
		}
		if v := child(own, "w:ilvl"); v != nil {
			n.level = level(attr(v, "w:val"))
			n.style = ""
		}
	}
	if found := l.byID[n.list]; found != nil && n.style != "" {
		if at, linked := found.byStyle[s.id]; linked {
			n.level = at
		}
	}
	return n
}

// counter counts through the lists of a document.
type counter struct {
	lists   lists
	counts  map[string]*[9]int  // by scheme: the last number of each level; -1 for none yet
	begun   map[string]*[9]bool // by list: levels at which it began anew
	strange func(format string)
}

func (l lists) counter(strange func(format string)) *counter {
	return &counter{l, map[string]*[9]int{}, map[string]*[9]bool{}, strange}
}

// next gives the label of the next paragraph of a list, and whether it is a
// bullet.
func (c *counter) next(n numbering) (label string, bullet bool) {
	l := c.lists.byID[n.list]
	if l == nil || n.list == "0" || !l.levels[n.level].there {
		return "", false
	}
	counts := c.counts[l.scheme]
	if counts == nil {
		counts = &[9]int{-1, -1, -1, -1, -1, -1, -1, -1, -1}
		c.counts[l.scheme] = counts
	}
	begun := c.begun[n.list]
	if begun == nil {
		begun = &[9]bool{}
		c.begun[n.list] = begun
	}
	at := n.level
	switch own := &l.levels[at]; {
	case l.begin[at] >= 0 && !begun[at]:
		counts[at], begun[at] = l.begin[at], true
	case counts[at] < 0:
		counts[at] = own.start
	default:
		counts[at]++
	}
	for deeper := at + 1; deeper < 9; deeper++ {
		if l.levels[deeper].after > at {
			counts[deeper] = -1
			if l.begin[deeper] >= 0 && begun[deeper] {
				counts[deeper] = -1
			}
		}
	}
	if l.levels[at].format == "bullet" {
		return bulletLabel(l.levels[at].words), true
	}
	return c.print(l, at, counts), false
}

// bulletLabel gives a bullet as a plain character.
func bulletLabel(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 || r == 'o' || r >= 0xe000 && r <= 0xf8ff {
		return "•"
	}
	return string(r)
}

// print writes the label of a level: "%1.%2" with the numbers in it.
func (c *counter) print(l *list, at int, counts *[9]int) string {
	own := l.levels[at]
	var out strings.Builder
	for i := 0; i < len(own.words); i++ {
		b := own.words[i]
		if b != '%' || i+1 >= len(own.words) || own.words[i+1] < '1' || own.words[i+1] > '9' {
			out.WriteByte(b)
			continue
		}
		i++
		of := int(own.words[i] - '1')
		n := counts[of]
		if n < 0 {
			n = l.levels[of].start
		}
		format := l.levels[of].format
		if own.decimal && format != "none" {
			format = "decimal"
		}
		words, known := number(n, format)
		if !known {
			c.strange(format)
		}
		out.WriteString(words)
	}
	return strings.TrimSpace(out.String())
}

// label works the labels of all paragraphs out, as they stand.
func (r *reading) label() {
	c := r.lists.counter(func(format string) {
		r.part = "word/numbering.xml"
		r.note("w:lvl/w:numFmt", "numbers in the form "+shortened(format, 40)+", which were written in digits")
	})
	each(r.doc.Blocks, func(p *Paragraph) { p.Label, p.Bullet = c.next(p.number) })
	r.doc.lists = r.lists
}

// each does something with all paragraphs, in order.
func each(blocks []Block, do func(*Paragraph)) {
	for _, b := range blocks {
		if b.Paragraph != nil {
			do(b.Paragraph)
		}
		if b.Table == nil {
			continue
		}
		for _, row := range b.Table.Rows {
			for _, cell := range row.Cells {
				each(cell.Blocks, do)
			}
		}
	}
}
