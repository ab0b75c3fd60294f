package akn

import (
	"strconv"
	"strings"
)

// inner reads what stands in an element that holds words.
func (r *reader) inner(n *node, kept bool) string {
	kept = keeps(n, kept)
	var b strings.Builder
	for _, c := range n.children {
		r.inline(&b, c, kept)
	}
	return b.String()
}

// inline reads words, or an element among words.
func (r *reader) inline(b *strings.Builder, c *node, kept bool) {
	if c.name == "" {
		if kept {
			b.WriteString(c.text)
		} else {
			b.WriteString(escaped(folded(c.text)))
		}
		return
	}
	if c.space != r.space {
		r.doubt(c, "<"+c.name+"> of another name space is not understood"+r.wordsOf(c))
		return
	}
	switch c.name {
	case "inline":
		r.named(b, c, kept)
	case "i", "em":
		r.emphasis(b, c, kept, "*")
	case "b", "strong":
		r.emphasis(b, c, kept, "**")
	case "a":
		words := r.inner(c, kept)
		if to := c.get("href"); kept && to != "" {
			words = "[" + words + "](" + to + ")"
		}
		b.WriteString(words)
	case "ins":
		r.change(b, c, kept, false)
	case "del":
		r.change(b, c, kept, true)
	case "placeholder", "fillIn":
		words := r.inner(c, kept)
		if words == "" {
			words = c.get("originalText")
		}
		b.WriteString(words)
	case "noteRef", "authorialNote":
		r.noteMark(b, c, kept)
	case "br", "eol":
		b.WriteByte('\n')
	case "eop", "marker":
	case "ref", "mref", "rref", "span", "def", "term", "docTitle", "docNumber", "docDate", "docProponent", "docType", "date", "quantity", "num", "party", "role",
		"organization", "person", "location", "concept", "entity", "object", "event", "process", "session", "shortTitle", "docStage", "docStatus", "docJurisdiction", "docketNumber", "quotedText":
		b.WriteString(r.inner(c, kept))
	case "img", "embeddedStructure", "quotedStructure", "popup", "subFlow":
		r.doubt(c, "<"+c.name+"> is not read"+r.wordsOf(c))
	default:
		r.doubt(c, "<"+c.name+"> is not understood; its words are kept")
		b.WriteString(r.inner(c, kept))
	}
}

// named reads an inline element by the name that it gives itself.
func (r *reader) named(b *strings.Builder, c *node, kept bool) {
	switch c.get("name") {
	case "character":
		written, _ := c.own("written")
		b.WriteString(written)
	case "literal":
		for _, ch := range r.plain(c) {
			if ch < 0x80 && strings.ContainsRune(punctuation, ch) {
				b.WriteByte('\\')
			}
			b.WriteRune(ch)
		}
	case "bracket":
		b.WriteString(r.bracket(c, kept))
	case "option":
		b.WriteString(r.inner(c, kept))
	case "bracketGroup", "bracketOpen", "bracketClose", "optionOpen", "optionMark", "holders", "noText", "num", "strayBracket", "mark":
		b.WriteString(r.inner(c, kept))
	default:
		r.doubt(c, "<inline name="+quoted(c.get("name"))+"> is not understood; its words are kept")
		b.WriteString(r.inner(c, kept))
	}
}

// plain gives the characters of an element.
func (r *reader) plain(n *node) string {
	var b strings.Builder
	plain(n, &b)
	return b.String()
}

// bracket reads an alternative: its brackets, which another program may have
// left out, and its holders, where they do not stand in the words.
func (r *reader) bracket(c *node, kept bool) string {
	words := r.inner(c, kept)
	if !kept {
		words = strings.TrimSpace(words)
	}
	list := ""
	if _, written := c.own("held"); !written {
		list = r.holders(c)
	}
	if list != "" {
		list += ": "
	}
	inner, opened := strings.CutPrefix(words, "[")
	if !opened {
		return "[" + list + words + "]"
	}
	return "[" + list + inner
}

// emphasis reads words that are emphasised.
func (r *reader) emphasis(b *strings.Builder, c *node, kept bool, mark string) {
	words := r.inner(c, kept)
	if !kept && (words == "" || strings.TrimSpace(words) != words) {
		b.WriteString(words)
		return
	}
	b.WriteString(mark + words + mark)
}

// change reads words that somebody wants in or out: an alternative.
func (r *reader) change(b *strings.Builder, c *node, kept, out bool) {
	words, list := strings.TrimSpace(r.inner(c, kept)), r.holders(c)
	if words == "" {
		return
	}
	switch {
	case out && list != "":
		b.WriteString("[" + words + "][" + list + ": no text]")
	case list != "":
		b.WriteString("[" + list + ": " + words + "]")
	default:
		r.doubt(c, "<"+c.name+"> names nobody who wants it: read as words in brackets")
		b.WriteString("[" + words + "]")
	}
}

// noteMark reads the mark of a note. The words of one in a file of others are written at
// the end.
func (r *reader) noteMark(b *strings.Builder, c *node, kept bool) {
	if written, ok := c.own("written"); ok {
		b.WriteString(written)
		return
	}
	marker := c.get("marker")
	if kept && c.name == "noteRef" {
		b.WriteString("[^" + marker + "]")
		return
	}
	note := c
	if c.name == "noteRef" {
		if note = r.notes[strings.TrimPrefix(c.get("href"), "#")]; note == nil {
			r.doubt(c, "the note "+quoted(c.get("href"))+" is not in the file")
			return
		}
	}
	if known, ok := r.ended[note]; ok {
		b.WriteString("[^" + known + "]")
		return
	}
	if r.ended == nil {
		r.ended, r.markers = map[*node]string{}, map[string]bool{}
	}
	marker = noteName(marker)
	for n := len(r.ends) + 1; marker == "" || r.markers[marker]; n++ {
		marker = strconv.Itoa(n)
	}
	r.ended[note], r.markers[marker] = marker, true
	r.ends = append(r.ends, endNote{marker, note})
	b.WriteString("[^" + marker + "]")
}

// noteName gives a marker as a footnote mark can hold it; empty where it cannot.
func noteName(marker string) string {
	if len(marker) > 40 || strings.ContainsAny(marker, "[]^ \t\n\r\\") {
		return ""
	}
	return marker
}

// endNotes writes the words of notes behind the text.
func (r *reader) endNotes() {
	for i := 0; i < len(r.ends); i++ { // a note may hold further ones
		e := r.ends[i]
		var b strings.Builder
		for _, c := range e.n.children {
			if c.name != "" {
				b.WriteString(" " + r.inner(c, false))
			}
		}
		r.out.WriteString("[^" + e.marker + "]: " + strings.Join(strings.Fields(b.String()), " ") + paragraphEnd)
	}
}

// folded makes every run of white space one blank.
func folded(s string) string {
	words := strings.Join(strings.Fields(s), " ")
	if words == "" {
		if s != "" {
			return " "
		}
		return ""
	}
	if strings.TrimLeft(s, " \t\r\n") != s {
		words = " " + words
	}
	if strings.TrimRight(s, " \t\r\n") != s {
		words += " "
	}
	return words
}

// escaped keeps characters of others from being read as notation; brackets mean
// in their files what they mean here.
func escaped(s string) string {
	return escapes.Replace(s)
}

var escapes = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`)
