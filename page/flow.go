package page

import (
	"slices"
	"strconv"
	"strings"

	"paraph/draft"
)

// flow writes the pieces of one block. It keeps the alternatives that are open
// around the current piece and opens and closes their elements so that they
// nest, whatever the brackets of the text span.
type flow struct {
	m          *markup
	v          TextView
	first, end int   // the block's pieces
	open       []int // alternatives open here, outermost first
}

// hidden keeps marks and chips from screen readers, which are told the same in
// words; where no such words are written, they are read as they stand.
func (f *flow) hidden() literal {
	if f.v.Paper {
		return ""
	}
	return ` aria-hidden="true"`
}

// said writes words for screen readers alone.
func (f *flow) said(words string) {
	if !f.v.Paper {
		f.m.said(words)
	}
}

// pieces writes the pieces from first to the end of the block.
func (f *flow) pieces(first int) {
	f.first = first
	for i := first; i < f.end; i++ {
		p := f.v.Text.Pieces[i]
		f.enter(i, p.Within)
		f.piece(i, p)
	}
	f.leave(0, -1)
}

// deepest is how deep elements of brackets nest. Real texts go to 9; brackets
// beyond are shown by their marks and chips alone.
const deepest = 12

// enter makes the alternatives around "within" the open ones. at is the piece
// that comes next.
func (f *flow) enter(at, within int) {
	if n := len(f.open); n > 0 && f.open[n-1] == within || n == 0 && within < 0 {
		return
	}
	var path []int
	for a := within; a >= 0; a = f.v.outer(a) {
		path = append(path, a)
	}
	slices.Reverse(path)
	path = path[:min(len(path), deepest)]
	shared := 0
	for shared < len(path) && shared < len(f.open) && path[shared] == f.open[shared] {
		shared++
	}
	sibling := -1
	if shared < len(path) && shared < len(f.open) && f.bracket(path[shared]) == f.bracket(f.open[shared]) {
		sibling = f.bracket(path[shared])
	}
	f.leave(shared, sibling)
	for _, a := range path[shared:] {
		f.alternative(at, a, f.bracket(a) == sibling)
		f.open = append(f.open, a)
	}
}

func (f *flow) bracket(a int) int { return f.v.Text.Alternatives[a].Bracket }

// leave closes all open alternatives but the first keep, with their brackets,
// except that of the bracket kept for a further alternative.
func (f *flow) leave(keep, kept int) {
	for n := len(f.open); n > keep; n = len(f.open) {
		a := f.open[n-1]
		f.m.tag(`</span>`)
		if b := f.bracket(a); b != kept {
			alts := f.v.Text.Brackets[b].Alternatives
			if f.v.Text.Alternatives[alts[len(alts)-1]].Last <= f.end {
				f.said(" bracket closes ")
			}
			f.m.tag(`</span>`)
		}
		f.open = f.open[:n-1]
	}
}

// alternative opens the elements of an alternative, and of its bracket unless
// a sibling has opened that.
func (f *flow) alternative(at, index int, again bool) {
	a := f.v.Text.Alternatives[index]
	b := f.v.Text.Brackets[a.Bracket]
	continued := at > a.First
	if !again {
		f.m.tag(`<span`)
		class := "bracket depth-" + strconv.Itoa(min(b.Depth, 9))
		if b.Options {
			class += " options"
		}
		f.m.attr(`class`, class)
		f.m.tag(`>`)
	}
	f.m.tag(`<span`)
	f.m.attr(`class`, f.class(a, continued))
	f.m.tag(`>`)
	f.said(f.opening(index, a, b, continued))
	if continued {
		if b.Options {
			f.head(a, `option`, optionLabel(a.Label)+" …")
		} else {
			f.head(a, `mark`, "[…")
		}
	}
}

// class gives the classes of an alternative: its seat when one holds it,
// "several" when more do.
func (f *flow) class(a draft.Alternative, continued bool) string {
	class := "alternative "
	switch {
	case len(a.Holders) == 0 || a.Inferred:
		class += "unattributed"
	case len(a.Holders) == 1:
		class += SeatClass(seatsOf(f.v.Seats, f.v.Text), a.Holders[0].Seat)
	default:
		class += "several"
	}
	if a.NoText {
		class += " silent"
	}
	if a.Placeholder {
		class += " placeholder"
	}
	if continued {
		class += " again"
	}
	if f.v.Held != "" && f.v.holds(a) {
		class += " held"
	}
	return class
}

// opening says in words what the marks and chips show.
func (f *flow) opening(index int, a draft.Alternative, b draft.Bracket, continued bool) string {
	var s strings.Builder
	place, _ := slices.BinarySearch(b.Alternatives, index)
	place++
	rivals := len(b.Alternatives) > 1
	switch {
	case b.Options:
		s.WriteString(optionLabel(a.Label))
	case rivals && (place > 1 || continued):
		s.WriteString(" alternative " + strconv.Itoa(place) + " of " + strconv.Itoa(len(b.Alternatives)))
	case rivals:
		s.WriteString("bracket opens, alternative 1 of " + strconv.Itoa(len(b.Alternatives)))
	default:
		s.WriteString("bracket")
		if !continued {
			s.WriteString(" opens")
		}
	}
	if continued {
		s.WriteString(" continued")
	}
	s.WriteString(f.heldBy(a))
	if a.Placeholder {
		s.WriteString(", to be written later")
	}
	s.WriteString(": ")
	return s.String()
}

// heldBy says who holds an alternative, verb by verb.
func (f *flow) heldBy(a draft.Alternative) string {
	var s strings.Builder
	for _, group := range []struct {
		verb  draft.Verb
		words string
	}{
		{draft.Proposes, "held"}, {draft.Supports, "supported"},
		{draft.Opposes, "opposed"}, {draft.Reserves, "reserved"},
	} {
		var names []string
		for _, h := range a.Holders {
			if h.Verb == group.verb || h.Verb == "" && group.verb == draft.Proposes {
				names = append(names, f.v.name(h.Seat))
			}
		}
		if len(names) == 0 {
			continue
		}
		if a.Inferred {
			s.WriteString(", perhaps")
		} else {
			s.WriteString(",")
		}
		s.WriteString(" " + group.words + " by " + list(names))
	}
	return s.String()
}

// head writes what an alternative begins with: its mark and the chips of its
// holders. The first chip stays on the line of the mark.
func (f *flow) head(a draft.Alternative, class literal, mark string) {
	if len(a.Holders) == 0 {
		f.m.tag(`<span class="`, class, `"`, f.hidden(), `>`)
		f.m.words(mark)
		f.m.tag(`</span>`)
		if class == `option` {
			f.m.tag(` `)
		}
		return
	}
	f.m.tag(`<span class="holders"`, f.hidden(), `><span class="first"><span class="`, class, `">`)
	f.m.words(mark)
	f.m.tag(`</span>`)
	if class == `option` {
		f.m.tag(` `)
	}
	for i, h := range a.Holders {
		if i > 0 && f.v.Paper { // as it is written, and as who copies it from paper needs it
			f.m.tag(`,`)
		}
		if i > 0 {
			f.m.tag(` `)
		}
		f.v.chip(f.m, h, a.Inferred)
		if i == 0 {
			f.m.tag(`</span>`)
		}
	}
	if f.v.Paper {
		f.m.tag(`:`)
	}
	f.m.tag(`</span> `)
}

// piece writes one piece.
func (f *flow) piece(at int, p draft.Piece) {
	m := f.m
	switch p.Kind {
	case draft.FrontMatter:
	case draft.Words:
		if at == f.first && blank(p.Src) {
			return
		}
		if len(f.open) == 0 {
			m.prose(p.Src)
			return
		}
		m.tag(`<span class="w">`)
		m.prose(p.Src)
		m.tag(`</span>`)
	case draft.Open:
		f.head(f.v.Text.Alternatives[p.Within], `mark`, p.Src)
	case draft.Close:
		m.tag(`<span class="mark"`, f.hidden(), `>`)
		m.words(p.Src)
		m.tag(`</span>`)
	case draft.Holders:
		if len(f.v.Text.Alternatives[p.Within].Holders) == 0 {
			m.words(p.Src)
		}
	case draft.Option:
		if at > f.v.Text.Alternatives[p.Within].First {
			m.words(optionLabel(p.Src) + " ") // the rest of a mark that a note stands in
			return
		}
		f.head(f.v.Text.Alternatives[p.Within], `option`, optionLabel(p.Src))
	case draft.Silence:
		m.tag(`<span class="no-text">`)
		m.words(fold(p.Src))
		m.tag(`</span>`)
	case draft.Blank:
		m.tag(`<span class="blank">`)
		f.said("to be written later: ")
		m.words(p.Src)
		m.tag(`</span>`)
	case draft.NoteMark:
		f.noteMark(p.Src)
	case draft.Label:
		f.label(p.Src)
	case draft.Stray:
		m.tag(`<span class="stray">`)
		m.words(p.Src)
		f.said(" bracket without a partner ")
		m.tag(`</span>`)
	}
}

// noteMark writes a footnote mark as a raised number, and of a link the words
// with its target after them in small.
func (f *flow) noteMark(src string) {
	switch {
	case src == "[":
	case strings.HasPrefix(src, "]"):
		f.m.tag(`<span class="target">`)
		f.m.words(strings.TrimPrefix(src, "]"))
		f.m.tag(`</span>`)
	default:
		f.m.tag(`<sup class="note-mark">`)
		f.said("note ")
		f.m.words(strings.Trim(src, "[^]"))
		f.m.tag(`</sup>`)
	}
}

// label writes a clause's label as printed, without the marks of Markdown.
func (f *flow) label(src string) {
	shown := strings.TrimLeft(src, "# \t\r\n")
	if shown == "" {
		return
	}
	trimmed := strings.TrimRight(shown, " \t\r\n")
	f.m.tag(`<span class="label">`)
	f.m.prose(trimmed)
	f.m.tag(`</span>`)
	if trimmed != shown {
		f.m.tag(` `)
	}
}

// optionLabel gives "Option 1:" for "**Option 1:** ".
func optionLabel(src string) string {
	return strings.Trim(fold(strings.ReplaceAll(src, "*", "")), " ")
}
