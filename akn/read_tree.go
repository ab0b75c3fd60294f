package akn

import (
	"strconv"
	"strings"
)

// units are the elements of others that begin with a heading, and how high it is.
var units = map[string]int{
	"book": 1, "tome": 1, "part": 1, "title": 1, "chapter": 1, "subpart": 2, "subchapter": 2, "section": 2, "subsection": 3, "division": 2, "subdivision": 3,
	"article": 2, "rule": 2, "attachment": 1,
}

// document reads the text of a document, in order.
func (r *reader) document(doc *node) {
	for _, c := range doc.children {
		switch c.name {
		case "":
			r.stray(c)
		case "meta":
			if r.out.Len() > 0 {
				r.doubt(c, "the metadata of a part of the document is not read")
			}
		case "coverPage", "preface", "preamble", "body", "mainBody", "conclusions", "attachments":
			r.blocks(c, false, 1)
		default:
			r.doubt(c, "<"+c.name+"> is not read")
		}
	}
}

// stray lists characters that stand where none can.
func (r *reader) stray(n *node) {
	if strings.TrimSpace(n.text) != "" {
		r.doubt(n, "words outside of any paragraph: "+quoted(n.text))
		r.out.WriteString(strings.Join(strings.Fields(n.text), " ") + paragraphEnd)
	}
}

// keeps tells whether an element keeps white space, as those of Write do.
func keeps(n *node, above bool) bool {
	switch n.attr("xml", "space") + n.attr("http://www.w3.org/XML/1998/namespace", "space") {
	case "preserve":
		return true
	case "default":
		return false
	}
	return above
}

// blocks reads what stands in an element that holds no words of its own.
func (r *reader) blocks(n *node, kept bool, level int) {
	kept = keeps(n, kept)
	for _, c := range n.children {
		r.block(c, n, kept, level)
	}
}

// block reads a child of an element that holds no words of its own.
func (r *reader) block(c, n *node, kept bool, level int) {
	if c.name == "" {
		r.stray(c)
		return
	}
	if c.space != r.space {
		r.doubt(c, "<"+c.name+"> of another name space is not understood"+r.wordsOf(c))
		return
	}
	kept = keeps(c, kept)
	switch c.name {
	case "num", "heading", "subheading", "crossHeading", "p", "block", "li", "item", "formula", "listIntroduction", "listWrapUp", "docTitle", "docNumber", "docDate", "span":
		if hasBlocks(c) {
			r.blocks(c, kept, level)
			return
		}
		r.words(c, n, kept)
	case "meta", "FRBRWork":
		r.doubt(c, "the metadata of a part of the document is not read")
	case "doc", "documentCollection", "act", "bill":
		r.document(c)
	case "longTitle":
		if from, _ := c.own("from"); from != "" {
			return
		}
		if r.out.WriteString(r.unless(kept, "# ")); true {
			r.blocks(c, kept, level)
		}
	case "table":
		r.doubt(c, "a table is read row by row")
		r.rows(c, kept)
	case "toc", "componentRef", "documentRef", "foreign", "img":
		r.doubt(c, "<"+c.name+"> is not read"+r.wordsOf(c))
	default:
		r.unit(c, kept, level)
	}
}

func (r *reader) unless(kept bool, s string) string {
	if kept {
		return ""
	}
	return s
}

// hasBlocks tells whether an element that could hold words holds blocks.
func hasBlocks(n *node) bool {
	for _, c := range n.children {
		switch c.name {
		case "p", "block", "blockList", "ul", "ol", "table", "num", "heading":
			return true
		}
	}
	return false
}

// unit reads an element of the hierarchy, or a container.
func (r *reader) unit(c *node, kept bool, level int) {
	clause, ours := c.own("clause")
	switch {
	case ours:
		r.marks = append(r.marks, clauseMark{r.out.Len(), clause})
	case !kept && (c.get("wId") != "" || c.get("eId") != ""):
		if c.child("num") != nil || c.child("content") != nil || c.child("intro") != nil {
			id := c.get("wId")
			if id == "" {
				id = c.get("eId")
			}
			r.marks = append(r.marks, clauseMark{r.out.Len(), id})
		}
	}
	if before, ok := c.own("before"); ok {
		r.out.WriteString(before)
	}
	if mark, ok := c.own("mark"); ok {
		r.out.WriteString(mark)
	}
	if c.name == "hcontainer" && c.get("name") == "note" && r.noteWords(c, kept) {
		return
	}
	if at := units[c.name]; at > 0 && !kept {
		level = max(level, at)
		if c.child("num") != nil || c.child("heading") != nil {
			r.out.WriteString(strings.Repeat("#", min(level, 6)) + " ")
		}
		level++
	}
	if !kept && c.get("alternativeTo") != "" && c.get("name") != "option" {
		r.doubt(c, "<"+c.name+"> is an alternative to "+quoted(c.get("alternativeTo"))+": kept as a clause of its own")
	}
	r.blocks(c, kept, level)
}

// noteWords reads the words of a note that Write wrote in its place.
func (r *reader) noteWords(c *node, kept bool) bool {
	content := c.child("content")
	if content == nil || content.child("p") == nil || content.child("p").child("authorialNote") == nil {
		return false
	}
	note := content.child("p").child("authorialNote")
	written, ok := note.own("written")
	if !ok {
		written = "[^" + note.get("marker") + "]: "
	}
	r.out.WriteString(written)
	r.blocks(note, kept, 1)
	return true
}

// rows reads a table.
func (r *reader) rows(n *node, kept bool) {
	for _, c := range n.children {
		if c.name != "tr" {
			if c.name != "" {
				r.rows(c, kept)
			}
			continue
		}
		var cells []string
		for _, cell := range c.children {
			if cell.name != "" {
				cells = append(cells, strings.Join(strings.Fields(r.inner(cell, kept)), " "))
			}
		}
		r.out.WriteString(strings.Join(cells, " | ") + paragraphEnd)
	}
}

// words reads an element that holds words, with what follows it.
func (r *reader) words(c, parent *node, kept bool) {
	written := r.inner(c, kept)
	if !kept {
		written = strings.TrimSpace(written)
		if written == "" && c.name != "num" {
			return
		}
	}
	after, said := c.own("after")
	switch {
	case said:
	case c.name == "num" && parent.name == "hcontainer" && parent.get("name") == "bracket" && kept:
		after = ""
	case c.name == "num" && alone(parent, c):
		after = paragraphEnd
	case c.name == "num":
		after = numberEnd
	default:
		after = paragraphEnd
	}
	if !kept && c.name == "num" && parent.get("name") == "option" {
		written = r.optionMark(written, parent)
	}
	r.out.WriteString(written + after)
}

// alone tells whether nothing follows a number in its unit, in a file of others.
func alone(parent, num *node) bool {
	if _, ours := parent.own("status"); ours {
		return false
	}
	after := false
	for _, c := range parent.children {
		if after && c.name != "" {
			return parent.get("name") != "option" && units[parent.name] > 0 && c.name != "heading" && c.name != "subheading"
		}
		after = after || c == num
	}
	return true
}

// optionMark puts the holders into the mark of an option, where they are not said there.
func (r *reader) optionMark(written string, n *node) string {
	list := r.holders(n)
	if _, said := n.own("held"); said || list == "" || strings.Contains(written, "(") {
		return written
	}
	return strings.TrimRight(written, ": ") + " (" + list + "):"
}

// holders gives the seats to which an element refers as a holder list; empty
// for none.
func (r *reader) holders(n *node) string {
	var names []string
	for ref := range strings.FieldsSeq(n.get("refersTo")) {
		if s, ok := r.seatOf[strings.TrimPrefix(ref, "#")]; ok && seatName(string(s)) {
			r.declare(s)
			names = append(names, string(s))
		}
	}
	return strings.Join(names, ", ")
}

// quoted shows some words of a file.
func quoted(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if cut := []rune(s); len(cut) > 60 {
		s = string(cut[:59]) + "…"
	}
	return strconv.Quote(s)
}

// wordsOf says which words an element holds that are not read.
func (r *reader) wordsOf(n *node) string {
	var b strings.Builder
	plain(n, &b)
	if strings.TrimSpace(b.String()) == "" {
		return ""
	}
	return ": " + quoted(b.String())
}

func plain(n *node, b *strings.Builder) {
	b.WriteString(n.text)
	for _, c := range n.children {
		if b.Len() > 400 {
			return
		}
		plain(c, b)
	}
}
