package akn

import (
	"strings"

	"paraph/draft"
)

// content writes the text: what stands before the preamble, the preamble, the
// body.
func (w *writer) content() {
	preamble, body := w.parts()
	w.preface(0, preamble)
	w.blocks("preamble", preamble, body)
	w.open("body", attr{name: "xml:space", value: "preserve"})
	w.line()
	if body == len(w.t.Clauses) {
		w.empty("hcontainer", attr{name: "name", value: "empty"}, attr{name: "eId", value: w.unique.unique("empty")})
		w.line()
	}
	w.hierarchy(body, len(w.t.Clauses))
	w.close("body")
	w.line()
}

// parts tells where the preamble begins and where the body does. There is a
// preamble where a heading says so, and what stands above it are headings and
// unnumbered lines.
func (w *writer) parts() (preamble, body int) {
	for i, c := range w.t.Clauses {
		switch {
		case c.IsHeading() && strings.EqualFold(strings.TrimSpace(c.Label+c.Heading), "preamble"):
			body = i + 1
			for body < len(w.t.Clauses) && !w.t.Clauses[body].IsHeading() {
				body++
			}
			if body == len(w.t.Clauses) {
				return 0, 0
			}
			return i, body
		case c.Label != "":
			return 0, 0
		}
	}
	return 0, 0
}

// preface writes the title, and what stands above the preamble.
func (w *writer) preface(first, last int) {
	if w.doc.title() == "" && first == last {
		return
	}
	w.open("preface", attr{name: "xml:space", value: "preserve"})
	w.line()
	if title := w.doc.title(); title != "" {
		w.open("longTitle", attr{name: "par:from", value: "front"})
		w.open("p")
		w.open("docTitle")
		w.markup.words(xmlOnly(title))
		w.close("docTitle")
		w.close("p")
		w.close("longTitle")
		w.line()
	}
	for i := first; i < last; i++ {
		w.container(i)
	}
	w.close("preface")
	w.line()
}

// blocks writes clauses that stand outside of the body.
func (w *writer) blocks(name string, first, last int) {
	if first == last {
		return
	}
	w.open(name, attr{name: "xml:space", value: "preserve"})
	w.line()
	for i := first; i < last; i++ {
		w.container(i)
	}
	w.close(name)
	w.line()
}

// hierarchy writes clauses, with what stands in each of them.
func (w *writer) hierarchy(first, last int) {
	for i := first; i < last; {
		switch {
		case len(w.starts[i]) > 0:
			i = w.whole(i)
		case w.t.Clauses[i].IsHeading():
			end := i + 1
			for end < last && (!w.t.Clauses[end].IsHeading() || w.t.Clauses[end].Level > w.t.Clauses[i].Level) {
				end++
			}
			w.clause(i, end, 0)
			i = end
		default:
			i = w.list(i, last, 0)
		}
	}
}

// list writes a clause with those that stand in its list, and gives the one
// after them.
func (w *writer) list(i, last, rank int) int {
	own, end := w.rank(i), i+1
	for end < last && rank < deepestRank && !w.t.Clauses[end].IsHeading() && w.rank(end) > own && len(w.starts[end]) == 0 {
		end++
	}
	w.clause(i, end, rank)
	return end
}

// rank tells how deep in lists a clause stands, by its label and indentation.
func (w *writer) rank(i int) int {
	c := &w.t.Clauses[i]
	rank := 0
	if l := w.labels[i]; l >= 0 && (strings.HasPrefix(c.Label, "(") || c.Label == "") {
		rank = 1
	}
	return max(rank, c.Indent)
}

// whole writes the outermost alternative that begins with a clause around the
// clauses that it holds, and gives the one after them.
func (w *writer) whole(first int) int {
	a := w.starts[first][0]
	w.starts[first] = w.starts[first][1:]
	alt := &w.t.Alternatives[a]
	last, kind, usual := w.last[a], "bracket", ""
	if w.t.Brackets[alt.Bracket].Options {
		kind, usual = "option", " "
	}
	at := alt.First
	before := w.space(w.at[first], at)
	for at++; at < alt.Last && w.t.Pieces[at].Within == a && (w.t.Pieces[at].Kind == draft.Holders || w.t.Pieces[at].Kind == draft.Option); at++ {
	}
	w.at[first] = at
	attrs := append([]attr{{name: "name", value: kind}, {name: "eId", value: w.names[a]}}, w.said(a)...)
	attrs = append(attrs, attr{name: "par:before", value: coded(before)})
	bare := len(w.starts[first]) == 0 && w.bare(first)
	mark := at
	if bare {
		attrs = append(attrs, w.permanent(first)...)
		mark, w.named[first] = w.end[first], w.names[a]
	}
	w.open("hcontainer", attrs...)
	w.line()
	w.block("num", alt.First, mark, usual)
	next := first
	if bare {
		next++
	}
	w.inside(w.names[a], func() { w.hierarchy(next, last+1) })
	if close := alt.Last - 1; w.t.Pieces[close].Kind == draft.Close {
		end := w.t.Clauses[last].Last
		if i := w.following(a, last); i >= 0 {
			end = w.t.Alternatives[i].Last - 1
		}
		w.open("wrapUp")
		w.block("p", close, end, paragraphEnd)
		w.close("wrapUp")
		w.line()
	}
	w.close("hcontainer")
	w.line()
	return last + 1
}

// following gives the alternative whose closing mark comes after that of a, at
// the end of the same clause; -1 for none.
func (w *writer) following(a, last int) int {
	after := false
	for _, other := range w.stops[last] {
		if after && w.t.Pieces[w.t.Alternatives[other].Last-1].Kind == draft.Close {
			return other
		}
		after = after || other == a
	}
	return -1
}

// bare tells whether nothing of a clause is left but white space.
func (w *writer) bare(clause int) bool {
	for i := w.at[clause]; i < w.end[clause]; i++ {
		if strings.TrimSpace(w.left[i]) != "" {
			return false
		}
	}
	return true
}

// space gives pieces that are white space.
func (w *writer) space(first, last int) string {
	return strings.Join(w.left[first:last], "")
}
