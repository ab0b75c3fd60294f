package akn

import (
	"strings"

	"paraph/draft"
	"paraph/record"
)

type seat = record.Seat

// What follows a block when nothing else is said.
const (
	numberEnd    = " "
	paragraphEnd = "\n\n"
)

// longestSpace is how much white space is said in an attribute; more of it
// stays with the words.
const longestSpace = 4096

// clause writes a clause and those up to end that stand in it.
func (w *writer) clause(i, end, rank int) {
	if marker, length := w.definition(i); marker != "" {
		w.note(i, marker, length)
		w.hierarchy(i+1, end)
		return
	}
	name, kind := element(w.t.Clauses[i], rank)
	id := w.name(i, name, kind)
	attrs := append([]attr{{name: "name", value: kind}}, w.identity(i, id)...)
	w.open(name, append(attrs, w.notation(i)...)...)
	w.line()
	words := w.number(i)
	switch {
	case w.t.Clauses[i].IsHeading():
		w.block("heading", words, w.end[i], paragraphEnd)
	case words < w.end[i] && end == i+1:
		w.open("content")
		w.block("p", words, w.end[i], paragraphEnd)
		w.close("content")
		w.line()
	case words < w.end[i]:
		w.open("intro")
		w.block("p", words, w.end[i], paragraphEnd)
		w.close("intro")
		w.line()
	}
	if end > i+1 {
		w.inside(id, func() {
			if w.t.Clauses[i].IsHeading() {
				w.hierarchy(i+1, end)
				return
			}
			for k := i + 1; k < end; {
				k = w.list(k, end, rank+1)
			}
		})
	}
	w.close(name)
	w.line()
}

// container writes a clause of the preface or the preamble.
func (w *writer) container(i int) {
	id := w.name(i, "container", "clause")
	attrs := append([]attr{{name: "name", value: "clause"}}, w.identity(i, id)...)
	w.open("container", append(attrs, w.notation(i)...)...)
	w.block("p", w.at[i], w.end[i], paragraphEnd)
	w.close("container")
	w.line()
}

// note writes a clause that is the words of a note.
func (w *writer) note(i int, marker string, length int) {
	id := w.notes[marker]
	name := w.name(i, "hcontainer", "note")
	attrs := append([]attr{{name: "name", value: "note"}}, w.identity(i, name)...)
	attrs = append(attrs, w.notation(i)...)
	w.open("hcontainer", attrs...)
	w.open("content")
	w.open("p")
	mark := w.at[i]
	written := w.left[mark]
	rest := w.left[mark+1][:length]
	w.left[mark], w.left[mark+1] = "", w.left[mark+1][length:]
	if written += rest; written == "[^"+marker+"]: " {
		written = ""
	}
	if w.notes[marker] == id && !w.written(id) {
		attrs = []attr{{name: "eId", value: id}}
	} else {
		attrs = nil
	}
	attrs = append(attrs, attr{name: "marker", value: xmlOnly(marker)}, attr{name: "placement", value: "bottom"}, attr{name: "par:written", value: coded(written)})
	w.open("authorialNote", attrs...)
	w.block("p", mark, w.end[i], paragraphEnd)
	w.close("authorialNote")
	w.close("p")
	w.close("content")
	w.close("hcontainer")
	w.line()
}

// written tells whether an id of a note has been given to an element, and
// takes note that it is now.
func (w *writer) written(id string) bool {
	key := "written " + id
	w.unique[key]++
	return w.unique[key] > 1
}

// definition tells whether a clause is the words of a note: its marker, and how much of
// the piece after the mark belongs to the mark.
func (w *writer) definition(i int) (marker string, length int) {
	c := &w.t.Clauses[i]
	first := c.First
	for first < c.Last && strings.TrimSpace(w.t.Pieces[first].Src) == "" {
		first++
	}
	if first+1 >= c.Last || c.IsHeading() || w.t.Pieces[first].Kind != draft.NoteMark || w.t.Pieces[first+1].Kind != draft.Words {
		return "", 0
	}
	src, rest := w.t.Pieces[first].Src, w.t.Pieces[first+1].Src
	if !strings.HasPrefix(src, "[") || !strings.HasSuffix(src, "]") || first > c.First && w.t.Pieces[first-1].Kind != draft.Words {
		return "", 0
	}
	marker = strings.TrimPrefix(src[1:len(src)-1], "^")
	words := strings.TrimLeft(strings.TrimPrefix(rest, ":"), " ")
	if marker == "" || strings.TrimSpace(words) == "" || len(words) == len(rest) {
		return "", 0
	}
	return marker, len(rest) - len(words)
}

// identity gives the attributes that say which clause an element is, and where
// its text stands.
func (w *writer) identity(i int, id string) []attr {
	attrs := []attr{{name: "eId", value: id}}
	return append(attrs, w.permanent(i)...)
}

func (w *writer) permanent(i int) []attr {
	state := clean
	for k := w.t.Clauses[i].First; k < w.t.Clauses[i].Last; k++ {
		if w.t.Pieces[k].Within >= 0 {
			state = bracketed
			break
		}
	}
	attrs := []attr{{name: "refersTo", value: "#" + state}, {name: "par:status", value: state}}
	if w.doc.Clauses != nil && w.doc.Clauses[i] != "" {
		attrs = append(attrs, attr{name: "wId", value: "cl_" + safe(w.doc.Clauses[i])}, attr{name: "par:clause", value: coded(w.doc.Clauses[i])})
	} else {
		attrs = append(attrs, attr{name: "par:clause", meant: true})
	}
	return attrs
}

// notation takes the white space before a clause and the marks of a heading,
// and gives the attributes that say them.
func (w *writer) notation(i int) []attr {
	var before strings.Builder
	at := w.at[i]
	for ; at < w.end[i]; at++ {
		src := w.left[at]
		bare := strings.TrimSpace(src)
		n := len(src)
		if bare != "" {
			n = strings.Index(src, bare)
		}
		if w.t.Pieces[at].Kind != draft.Words || before.Len()+n > longestSpace {
			break
		}
		before.WriteString(src[:n])
		w.left[at] = src[n:]
		if bare != "" {
			break
		}
	}
	w.at[i] = at
	attrs := []attr{{name: "par:before", value: coded(before.String())}}
	if at < w.end[i] && w.t.Pieces[at].Kind == draft.Label && strings.HasPrefix(w.left[at], "#") {
		attrs = append(attrs, attr{name: "par:mark", value: coded(w.left[at])})
		w.at[i]++
	}
	return attrs
}

// number writes the number of a clause, if it has one that stands by itself,
// and gives the piece after it.
func (w *writer) number(i int) int {
	at, label := w.at[i], w.labels[i]
	if label < at {
		return at
	}
	end := label + 1
	if label > at {
		a := w.opens[at]
		if a < 0 || w.form[a] != within || w.t.Alternatives[a].Last != label+2 || w.t.Pieces[label+1].Kind != draft.Close ||
			len(w.t.Brackets[w.t.Alternatives[a].Bracket].Alternatives) > 1 {
			return at
		}
		for k := at + 1; k < label; k++ {
			if w.t.Pieces[k].Within != a {
				return at
			}
		}
		end = label + 2
	}
	if a := w.t.Pieces[label].Within; label == at && a >= 0 && w.form[a] == within {
		return at
	}
	w.block("num", at, end, numberEnd)
	return end
}

// block writes pieces as an element; the white space at their end is said by
// an attribute where it is not the usual one.
func (w *writer) block(name string, first, last int, usual string) {
	if first >= last {
		return
	}
	after := ""
	for k := last - 1; k >= first; k-- {
		src := w.left[k]
		bare := strings.TrimRightFunc(src, blank)
		if len(after)+len(src)-len(bare) > longestSpace {
			break
		}
		after = src[len(bare):] + after
		w.left[k] = bare
		if bare != "" {
			break
		}
	}
	var attrs []attr
	if after != usual {
		attrs = append(attrs, attr{name: "par:after", value: coded(after), meant: true})
	}
	w.open(name, attrs...)
	w.numbers = name == "num"
	w.flow(first, last)
	w.numbers = false
	w.close(name)
	w.line()
}
