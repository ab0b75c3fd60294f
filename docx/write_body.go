package docx

import (
	"golang.org/x/text/unicode/bidi"

	"paraph/draft"
)

// body writes the paragraphs of a script.
type body struct {
	markup
	book   *book
	rtl    bool                  // of the paragraph
	ranges map[literalMarkup]int // of moves: the id of the one that is open
	notes  []footnote            // in the order of their marks
}

// paragraphs writes items; the last one ends a paragraph.
func (b *body) paragraphs(items []item) {
	for first := 0; first < len(items); {
		last := first
		for items[last].kind != paragraph {
			last++
		}
		b.paragraph(items[first:last], items[last])
		first = last + 1
	}
}

func (b *body) paragraph(items []item, end item) {
	sh := end.new
	if sh == nil {
		sh = end.old
	}
	for len(items) > 0 && items[0].kind == moveEnd {
		b.closeMove(items[0])
		items = items[1:]
	}
	b.rtl = sh.rtl
	b.tag(`<w:p>`)
	b.shape(end, sh)
	for _, it := range items {
		switch it.kind {
		case words:
			b.words(it)
		case anchorBegin:
			b.begin(it.anchor)
		case anchorEnd:
			b.end(it)
		case moveBegin:
			b.openMove(it)
		case moveEnd:
			b.closeMove(it)
		}
	}
	b.tag("</w:p>\n")
}

// shape writes the properties of a paragraph and of its mark.
func (b *body) shape(end item, sh *shape) {
	b.tag(`<w:pPr>`)
	b.shapeWithin(sh)
	switch name := changeName(end); {
	case name != "":
		b.tag(`<w:rPr><`, name)
		b.hand(end.by)
		b.tag(`/></w:rPr>`)
	case end.old != nil && end.new != nil && *end.old != *end.new:
		b.tag(`<w:pPrChange`)
		b.hand(end.by)
		b.tag(`><w:pPr>`)
		b.shapeWithin(end.old)
		b.tag(`</w:pPr></w:pPrChange>`)
	}
	b.tag(`</w:pPr>`)
}

// changeName gives the element of a tracked change; empty for what is kept.
func changeName(it item) literalMarkup {
	switch {
	case it.op == draft.Cut && it.move > 0:
		return `w:moveFrom`
	case it.op == draft.Cut:
		return `w:del`
	case it.op == draft.Add && it.move > 0:
		return `w:moveTo`
	case it.op == draft.Add:
		return `w:ins`
	}
	return ""
}

func (b *body) shapeWithin(sh *shape) {
	b.tag(`<w:pStyle`)
	b.attr(`w:val`, sh.style)
	b.tag(`/>`)
	if sh.rtl {
		b.tag(`<w:bidi/>`)
	}
	if sh.inset > 0 {
		b.tag(`<w:ind`)
		b.number(`w:left`, sh.inset)
		b.tag(`/>`)
	}
}

// hand writes the attributes of a tracked change.
func (b *body) hand(by int) {
	h := b.book.hands[by]
	b.number(`w:id`, b.book.next())
	b.attr(`w:author`, h.author)
	if h.date != "" {
		b.attr(`w:date`, h.date)
	}
}

// openMove and closeMove write the bounds of a moved clause.
func (b *body) openMove(it item) {
	h, name := b.book.hands[it.by], rangeName(it.op)
	b.ranges[name] = b.book.next()
	b.tag(`<`, name, `RangeStart`)
	b.number(`w:id`, b.ranges[name])
	b.attr(`w:author`, h.author)
	if h.date != "" {
		b.attr(`w:date`, h.date)
	}
	b.attr(`w:name`, "move"+itoa(it.move))
	b.tag(`/>`)
}

func (b *body) closeMove(it item) {
	name := rangeName(it.op)
	b.tag(`<`, name, `RangeEnd`)
	b.number(`w:id`, b.ranges[name])
	b.tag("/>")
}

func rangeName(op draft.Op) literalMarkup {
	if op == draft.Cut {
		return `w:moveFrom`
	}
	return `w:moveTo`
}

// words writes characters, within the change that they are part of.
func (b *body) words(it item) {
	name := changeName(it)
	if !shown(it.cells) {
		return
	}
	if name != "" {
		b.tag(`<`, name)
		b.hand(it.by)
		b.tag(`>`)
	}
	b.runs(it.cells, name == `w:del`)
	if name != "" {
		b.tag(`</`, name, `>`)
	}
}

func shown(row []cell) bool {
	for _, c := range row {
		if c.is&hidden == 0 {
			return true
		}
	}
	return false
}

// runs writes characters, those that look alike together.
func (b *body) runs(row []cell, deleted bool) {
	d := direction{rtl: b.rtl}
	for i := 0; i < len(row); {
		if row[i].is&(hidden|referred) != 0 {
			if row[i].is&hidden == 0 {
				b.refer(footnote{clause: int(row[i].r - noteCell)})
			}
			i++
			continue
		}
		l, rtl := row[i].look.shown(), d.at(row, i)
		end := i + 1
		for end < len(row) && row[end].is&referred == 0 && (row[end].is&hidden != 0 || row[end].look.shown() == l && d.at(row, end) == rtl) {
			end++
		}
		b.tag(`<w:r>`)
		b.look(l, rtl)
		b.chars(row[i:end], deleted)
		b.tag(`</w:r>`)
		i = end
	}
}

func (l look) shown() look {
	l.is &= bold | italic
	return l
}

// chars writes the characters of one run.
func (b *body) chars(row []cell, deleted bool) {
	name := literalMarkup(`w:t`)
	if deleted {
		name = `w:delText`
	}
	open := false
	shut := func() {
		if open {
			b.tag(`</`, name, `>`)
		}
		open = false
	}
	for _, c := range row {
		switch {
		case c.is&hidden != 0:
		case c.r == '\t':
			shut()
			b.tag(`<w:tab/>`)
		case c.r == lineBreak:
			shut()
			b.tag(`<w:br/>`)
		default:
			if !open {
				b.tag(`<`, name, ` xml:space="preserve">`)
				open = true
			}
			b.char(c.r)
		}
	}
	shut()
}

// look writes the properties of a run, in the order of the schema.
func (b *body) look(l look, rtl bool) {
	if l == (look{}) && !rtl {
		return
	}
	b.tag(`<w:rPr>`)
	if l.style != plain {
		b.tag(`<w:rStyle w:val="`, characterStyles[l.style], `"/>`)
	}
	if l.is&bold != 0 {
		b.tag(`<w:b/><w:bCs/>`)
	}
	if l.is&italic != 0 {
		b.tag(`<w:i/><w:iCs/>`)
	}
	if l.seat > 0 {
		b.tag(`<w:color w:val="`, seatColours[l.seat-1], `"/>`)
	}
	if rtl {
		b.tag(`<w:rtl/>`)
	}
	b.tag(`</w:rPr>`)
}

// direction tells which characters of a row are written from right to left:
// letters that are, and what stands between two of them, or in a paragraph that
// is, all but letters of the other kind and what stands between those.
type direction struct {
	rtl       bool // of the paragraph
	from, end int  // characters known to have one direction
	way       bool
}

func (d *direction) at(row []cell, i int) bool {
	if i >= d.from && i < d.end {
		return d.way
	}
	before := d.rtl
	if i > 0 && i == d.end && d.end > 0 {
		before = d.way
	}
	switch class(row[i].r) {
	case bidi.L:
		d.way = false
	case bidi.R, bidi.AL:
		d.way = true
	default: // neither: as what stands on both sides of it
		d.from, d.end = i, i+1
		for d.end < len(row) && !strong(row[d.end].r) {
			d.end++
		}
		after := d.rtl
		if d.end < len(row) {
			after = class(row[d.end].r) != bidi.L
		}
		if before == after {
			d.way = before
		} else {
			d.way = d.rtl
		}
		return d.way
	}
	d.from, d.end = i, i+1
	return d.way
}

func strong(r rune) bool {
	switch class(r) {
	case bidi.L, bidi.R, bidi.AL:
		return true
	}
	return false
}

// begin and end write the bounds of an anchor or a remark.
func (b *body) begin(n int) {
	s := b.book.spans[n]
	switch {
	case s.anchor != "":
		b.tag(`<w:bookmarkStart`)
		b.number(`w:id`, n+1)
		b.attr(`w:name`, s.anchor)
		b.tag(`/>`)
	case !b.book.Footnotes:
		b.tag(`<w:commentRangeStart`)
		b.number(`w:id`, s.remark)
		b.tag(`/>`)
	}
}

func (b *body) end(it item) {
	s := b.book.spans[it.anchor]
	if s.anchor != "" {
		b.tag(`<w:bookmarkEnd`)
		b.number(`w:id`, it.anchor+1)
		b.tag(`/>`)
		return
	}
	if !b.book.Footnotes {
		b.tag(`<w:commentRangeEnd`)
		b.number(`w:id`, s.remark)
		b.tag(`/>`)
	}
	name := changeName(it)
	if name != "" {
		b.tag(`<`, name)
		b.hand(it.by)
		b.tag(`>`)
	}
	if b.book.Footnotes {
		b.refer(footnote{s.remark, -1})
	} else {
		b.tag(`<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference`)
		b.number(`w:id`, s.remark)
		b.tag(`/></w:r>`)
	}
	if name != "" {
		b.tag(`</`, name, `>`)
	}
}
