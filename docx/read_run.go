package docx

import (
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// field is a field under way: its code comes first, then what it shows.
type field struct{ shows bool }

// paragraph reads a paragraph; the paragraphs of text boxes in it follow it.
func (r *reading) paragraph(e *etree.Element) []Block {
	p := &Paragraph{}
	r.pieces++
	outer := r.boxes
	r.boxes = nil
	r.properties(child(e, "w:pPr"), p)
	for _, b := range r.marks {
		p.Anchors = append(p.Anchors, b.name)
	}
	r.inline(e, p, "w:p")
	p.settle()
	out := append([]Block{{Paragraph: p}}, r.boxes...)
	r.boxes = outer
	return out
}

// properties reads what a paragraph says of itself.
func (r *reading) properties(e *etree.Element, p *Paragraph) {
	id := attr(child(e, "w:pStyle"), "w:val")
	style := r.styles.paragraph(id)
	p.Style, p.Heading, p.Indent = style.name, style.heading(), style.indent
	p.number = r.lists.of(child(e, "w:numPr"), style)
	if level, err := strconv.Atoi(attr(child(e, "w:outlineLvl"), "w:val")); err == nil {
		p.Heading = 0
		if level >= 0 && level < 9 {
			p.Heading = level + 1
		}
	}
	if ind := child(e, "w:ind"); ind != nil {
		for _, name := range []string{"w:left", "w:start"} {
			if n, err := strconv.Atoi(attr(ind, name)); err == nil {
				p.Indent = n
			}
		}
	}
	for _, m := range elements(child(e, "w:rPr")) {
		if c, ok := change(m); ok && c.Kind != Format {
			if c.Kind == MoveFrom || c.Kind == MoveTo {
				if n := len(r.moves); n > 0 {
					c.Move = r.moves[n-1].name
				}
			}
			p.Mark = append(p.Mark, c)
		}
	}
	p.Mark = append(slices.Clip(r.changes), p.Mark...)
	if m := child(e, "w:pPrChange"); m != nil {
		c, _ := change(m)
		p.Format = append(p.Format, c)
	}
	for _, m := range elements(child(e, "w:numPr")) {
		if c, ok := change(m); ok {
			c.Kind = Format
			p.Format = append(p.Format, c)
		}
	}
	if s := child(e, "w:sectPr"); s != nil {
		r.section(s)
	}
}

// inline reads what stands in a paragraph.
func (r *reading) inline(e *etree.Element, p *Paragraph, path string) {
	for _, c := range elements(e) {
		r.piece(c, p, path)
	}
}

func (r *reading) piece(c *etree.Element, p *Paragraph, path string) {
	if c.Space == "w" {
		switch c.Tag {
		case "r":
			r.run(c, p)
			return
		case "pPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData":
			return
		case "ins", "del", "moveFrom", "moveTo":
			end, _ := r.covered(c)
			r.inline(c, p, path+"/"+c.FullTag())
			end()
			return
		case "hyperlink":
			outer := r.link
			if l, there := r.links[attr(c, "r:id")]; there && l.away {
				r.link = shortened(l.target, 2000)
			}
			r.inline(c, p, path+"/w:hyperlink")
			r.link = outer
			return
		case "fldSimple":
			r.instruction(attr(c, "w:instr"), path)
			r.inline(c, p, path+"/w:fldSimple")
			return
		case "sdt":
			r.inline(child(c, "w:sdtContent"), p, path)
			return
		case "smartTag", "customXml", "dir", "bdo":
			r.inline(c, p, path)
			return
		case "bookmarkStart":
			r.between(c)
			if n := len(r.marks); n > 0 && r.marks[n-1].id == attr(c, "w:id") && !slices.Contains(p.Anchors, r.marks[n-1].name) {
				p.Anchors = append(p.Anchors, r.marks[n-1].name)
			}
			return
		case "p": // some programs leave paragraphs within paragraphs
			r.boxes = append(r.boxes, r.paragraph(c)...)
			return
		}
	}
	switch {
	case is(c, "mc:AlternateContent"):
		r.alternative(c, func(choice *etree.Element) bool {
			runs, boxes := len(p.Runs), len(r.boxes)
			r.inline(choice, p, path)
			return len(p.Runs) > runs || len(r.boxes) > boxes
		})
	case is(c, "m:oMath"), is(c, "m:oMathPara"):
		var words strings.Builder
		letters(c, "m:t", &words)
		r.add(p, Run{Text: words.String()})
		r.note(path+"/"+c.FullTag(), "a formula: its letters were read without its shape")
	case r.between(c):
	default:
		r.strange(c, path)
	}
}

// letters gathers the characters of all elements of a name.
func letters(e *etree.Element, name string, out *strings.Builder) {
	for _, c := range elements(e) {
		if is(c, name) {
			out.WriteString(c.Text())
		} else {
			letters(c, name, out)
		}
	}
}

// run reads a run: one after another, its characters and marks.
func (r *reading) run(e *etree.Element, p *Paragraph) {
	like := r.look(child(e, "w:rPr"), p)
	for _, c := range elements(e) {
		r.glyph(c, p, like)
	}
}

func (r *reading) glyph(c *etree.Element, p *Paragraph, like Run) {
	put := func(s string) {
		like.Text = s
		r.add(p, like)
	}
	if c.Space != "w" {
		switch {
		case is(c, "mc:AlternateContent"):
			r.alternative(c, func(choice *etree.Element) bool {
				runs, boxes, unread := len(p.Runs), len(r.boxes), len(r.doc.Unread)
				for _, inner := range elements(choice) {
					r.glyph(inner, p, like)
				}
				return len(p.Runs) > runs || len(r.boxes) > boxes || len(r.doc.Unread) > unread
			})
		default:
			r.strange(c, "w:r")
		}
		return
	}
	switch c.Tag {
	case "t", "delText":
		words := c.Text()
		if attr(c, "xml:space") != "preserve" {
			words = strings.Trim(words, " \t\r\n") // so does Word
		}
		put(words)
	case "tab", "ptab":
		put("\t")
	case "br", "cr":
		put("\n")
	case "noBreakHyphen":
		put("\u2011")
	case "softHyphen":
		put("\u00ad")
	case "sym":
		put(r.symbol(c))
	case "footnoteReference", "endnoteReference":
		if at := r.noteAt(attr(c, "w:id"), c.Tag[0] == 'e'); at >= 0 {
			like.Note = at + 1
			put("")
		} else {
			r.note("w:r/"+c.FullTag(), "the mark of a note that is not there")
		}
	case "commentReference":
		r.remark(attr(c, "w:id"), p)
	case "fldChar":
		r.fieldMark(attr(c, "w:fldCharType"))
	case "instrText", "delInstrText":
		r.instruction(c.Text(), "w:r")
	case "drawing", "pict", "object":
		r.drawn(c)
	case "ruby":
		for _, inner := range elements(child(c, "w:rubyBase")) {
			r.piece(inner, p, "w:ruby")
		}
		r.note("w:r/w:ruby", "small letters above others")
	case "rPr", "lastRenderedPageBreak", "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator":
	default:
		r.strange(c, "w:r")
	}
}

// fieldMark takes the beginning, middle or end of a field.
func (r *reading) fieldMark(kind string) {
	n := len(r.fields)
	switch {
	case kind == "begin" && n < 1000:
		r.fields = append(r.fields, field{})
	case kind == "separate" && n > 0:
		r.fields[n-1].shows = true
	case kind == "end" && n > 0:
		r.fields = r.fields[:n-1]
	}
}

// hiddenByField tells whether words are part of a field's code: the result of a field
// within the code of another is.
func (r *reading) hiddenByField() bool {
	return !r.broken && slices.ContainsFunc(r.fields, func(f field) bool { return !f.shows })
}

// instruction looks at the code of a field: what would fetch something is noted.
func (r *reading) instruction(code, path string) {
	word, _, _ := strings.Cut(strings.TrimSpace(code), " ")
	switch strings.ToUpper(word) {
	case "DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "DATABASE", "MACROBUTTON":
		r.note(path, "a field "+strings.ToUpper(word)+", which was not carried out: what it showed last was read")
	case "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM":
		r.note(path, "a number by a field "+strings.ToUpper(word))
	}
}

// add puts a run into a paragraph, with what is around it.
func (r *reading) add(p *Paragraph, like Run) {
	if r.hiddenByField() || like.Text == "" && like.Note == 0 {
		return
	}
	like.Changes, like.Link = r.changes, r.link
	if len(like.Changes) == 0 {
		like.Changes = nil
	}
	if len(r.remarks) > 0 {
		like.Comments = r.remarks
	}
	if n := len(p.Runs); n > 0 && like.Note == 0 && sameLook(&p.Runs[n-1], &like) {
		p.tail = append(p.tail, like.Text...)
		return
	}
	p.settle()
	r.pieces++
	p.Runs = append(p.Runs, like)
}

// settle gives the last run what was read after it and is like it.
func (p *Paragraph) settle() {
	if len(p.tail) > 0 {
		p.Runs[len(p.Runs)-1].Text += string(p.tail)
		p.tail = nil
	}
}

// sameLook tells whether two runs are one, but for where a file cut them.
func sameLook(a, b *Run) bool {
	return a.Note == 0 && a.Bold == b.Bold && a.Italic == b.Italic && a.Underlined == b.Underlined && a.Struck == b.Struck &&
		a.strong == b.strong && a.slant == b.slant && a.style == b.style &&
		a.Hidden == b.Hidden && a.Colour == b.Colour && a.Link == b.Link &&
		slices.Equal(a.Changes, b.Changes) && slices.Equal(a.Comments, b.Comments)
}

// remark takes the mark of a comment. One without a range is about what stands
// before its mark.
func (r *reading) remark(id string, p *Paragraph) {
	at := r.comment(id)
	if at < 0 {
		r.note("w:r/w:commentReference", "the mark of a comment that is not there")
		return
	}
	if n := len(p.Runs); n > 0 && !r.ranged[at] {
		p.Runs[n-1].Comments = append(slices.Clone(p.Runs[n-1].Comments), at)
	}
}

// drawn reads the text boxes of a drawing, and notes what else it is.
func (r *reading) drawn(e *etree.Element) {
	boxes := r.box(e)
	what := map[string]string{"drawing": "a picture or drawing", "pict": "a picture or drawing", "object": "an embedded object"}[e.Tag]
	if !boxes || e.Tag == "object" {
		r.note("w:r/"+e.FullTag(), what)
	}
}

// box reads the text boxes anywhere in an element.
func (r *reading) box(e *etree.Element) bool {
	found := false
	for _, c := range elements(e) {
		switch {
		case is(c, "w:txbxContent"):
			found = true
			changes, fields := r.changes, r.fields
			r.fields = nil
			boxed := r.blocks(c, "w:txbxContent")
			r.changes, r.fields = changes, fields
			for _, b := range boxed {
				if b.Paragraph != nil {
					b.Paragraph.Boxed = true
				}
			}
			r.boxes = append(r.boxes, boxed...)
		case is(c, "mc:AlternateContent"):
			r.alternative(c, func(choice *etree.Element) bool {
				inner := r.box(choice)
				found = found || inner
				return inner
			})
		default:
			found = r.box(c) || found
		}
	}
	return found
}
