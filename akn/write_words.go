package akn

import (
	"strings"

	"paraph/draft"
)

// flow writes pieces as mixed content, with the alternatives that begin in it.
func (w *writer) flow(first, last int) {
	for i := first; i < last; {
		a := w.opens[i]
		if a < 0 || w.form[a] != within || w.t.Alternatives[a].Last > last {
			i = w.piece(i, last)
			continue
		}
		br := &w.t.Brackets[w.t.Alternatives[a].Bracket]
		if n := len(br.Alternatives); n == 1 || br.Alternatives[0] != a || br.Options || w.t.Alternatives[br.Alternatives[n-1]].Last > last {
			i = w.alternative(a)
			continue
		}
		w.open("inline", attr{name: "name", value: "bracketGroup"})
		for _, other := range br.Alternatives {
			i = w.alternative(other)
		}
		w.close("inline")
	}
}

// alternative writes an alternative around its words and gives the piece after it.
func (w *writer) alternative(a int) int {
	alt := &w.t.Alternatives[a]
	name := "bracket"
	if w.t.Brackets[alt.Bracket].Options {
		name = "option"
	}
	w.open("inline", append([]attr{{name: "name", value: name}, {name: "eId", value: w.names[a]}}, w.said(a)...)...)
	w.piece(alt.First, alt.First+1)
	w.flow(alt.First+1, alt.Last)
	w.close("inline")
	return alt.Last
}

// said gives the attributes that say who holds an alternative, and what it is.
func (w *writer) said(a int) []attr {
	alt := &w.t.Alternatives[a]
	var attrs []attr
	if first := w.t.Brackets[alt.Bracket].Alternatives[0]; first != a {
		attrs = append(attrs, attr{name: "alternativeTo", value: w.names[first]})
	}
	refs, verbs := seatRefs(alt.Holders)
	switch {
	case alt.Inferred:
		attrs = append(attrs, attr{name: "par:inferred", value: refs})
	case refs != "":
		attrs = append(attrs, attr{name: "refersTo", value: refs}, attr{name: "par:held", value: "written"}, attr{name: "par:verbs", value: verbs})
	}
	what := ""
	switch {
	case alt.NoText:
		what = "no text"
	case alt.Placeholder:
		what = "placeholder"
	}
	return append(attrs, attr{name: "par:content", value: what})
}

// piece writes one piece, or a link that begins with it, and gives the piece after that.
func (w *writer) piece(i, last int) int {
	p, src := &w.t.Pieces[i], w.left[i]
	named := func(name string, attrs ...attr) {
		if src == "" {
			return
		}
		w.open("inline", append([]attr{{name: "name", value: name}}, attrs...)...)
		w.markup.words(src)
		w.close("inline")
	}
	switch p.Kind {
	case draft.Words:
		w.prose(src)
	case draft.Open:
		if a := w.opens[i]; a >= 0 && w.form[a] == spanning {
			named("bracketOpen", append([]attr{{name: "eId", value: w.names[a]}}, w.said(a)...)...)
			return i + 1
		}
		w.markup.words(src)
	case draft.Close:
		if a := p.Within; a >= 0 && w.form[a] == spanning {
			named("bracketClose", attr{name: "par:opens", value: w.names[a]})
			return i + 1
		}
		w.markup.words(src)
	case draft.Option:
		if a := w.opens[i]; a >= 0 && w.form[a] == spanning {
			named("optionOpen", append([]attr{{name: "eId", value: w.names[a]}}, w.said(a)...)...)
			return i + 1
		}
		if w.numbers {
			w.prose(src)
		} else {
			named("optionMark")
		}
	case draft.Holders:
		named("holders")
	case draft.Silence:
		named("noText")
	case draft.Label:
		if w.numbers {
			w.prose(src)
		} else {
			named("num")
		}
	case draft.Stray:
		named("strayBracket")
	case draft.Blank:
		if src != "" {
			w.open("placeholder", attr{name: "originalText", value: xmlOnly(src)})
			w.markup.words(src)
			w.close("placeholder")
		}
	case draft.NoteMark:
		return w.noteMark(i, last)
	default:
		w.markup.words(src)
	}
	return i + 1
}

// noteMark writes a footnote mark, or a link, and gives the piece after it.
func (w *writer) noteMark(i, last int) int {
	src := w.left[i]
	if src == "[" && i+2 < last && w.t.Pieces[i+1].Kind == draft.Words && w.t.Pieces[i+2].Kind == draft.NoteMark {
		if to, ok := target(w.left[i+2]); ok {
			w.open("a", attr{name: "href", value: to})
			w.prose(w.left[i+1])
			w.close("a")
			return i + 3
		}
	}
	if n := len(src); n > 2 && src[0] == '[' && src[n-1] == ']' {
		marker := strings.TrimPrefix(src[1:n-1], "^")
		if id := w.notes[marker]; id != "" && xmlOnly(marker) == marker {
			written := ""
			if src != "[^"+marker+"]" {
				written = coded(src)
			}
			w.empty("noteRef", attr{name: "href", value: "#" + id}, attr{name: "marker", value: marker}, attr{name: "par:written", value: written})
			return i + 1
		}
	}
	if src != "" {
		w.open("inline", attr{name: "name", value: "mark"})
		w.markup.words(src)
		w.close("inline")
	}
	return i + 1
}

// target reads "](http://…)": an address that can stand in an attribute as it is.
func target(src string) (string, bool) {
	to, opens := strings.CutPrefix(src, "](")
	to, closes := strings.CutSuffix(to, ")")
	if !opens || !closes || to == "" || coded(to) != to || strings.ContainsAny(to, " %\"<>{}|^`") {
		return "", false
	}
	return to, strings.HasPrefix(to, "http://") || strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "mailto:")
}

// prose writes words: emphasis as elements, escapes by what they stand for.
func (w *writer) prose(src string) {
	for src != "" {
		n := strings.IndexAny(src, `\*`)
		if n < 0 {
			break
		}
		w.markup.words(src[:n])
		src = src[n:]
		if src[0] == '\\' {
			if len(src) > 1 && strings.IndexByte(punctuation, src[1]) >= 0 {
				w.open("inline", attr{name: "name", value: "literal"})
				w.markup.words(src[1:2])
				w.close("inline")
				src = src[2:]
				continue
			}
			w.markup.words(src[:1])
			src = src[1:]
			continue
		}
		stars := len(src) - len(strings.TrimLeft(src, "*"))
		inner := emphasized(src, stars)
		if inner == 0 {
			w.markup.words(src[:stars])
			src = src[stars:]
			continue
		}
		name := [...]string{"i", "b"}[stars-1]
		w.open(name)
		w.markup.words(src[stars : stars+inner])
		w.close(name)
		src = src[2*stars+inner:]
	}
	w.markup.words(src)
}

const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

// emphasized gives the length of what stands between one or two stars and as
// many; 0 where that is no emphasis.
func emphasized(src string, stars int) int {
	if stars > 2 {
		return 0
	}
	inner := src[stars:]
	n := strings.IndexAny(inner, `*\`)
	if n <= 0 || inner[n] != '*' || strings.TrimSpace(inner[:n]) != inner[:n] || strings.Contains(inner[:n], "\n\n") {
		return 0
	}
	after := inner[n:]
	if len(after)-len(strings.TrimLeft(after, "*")) != stars {
		return 0
	}
	return n
}
