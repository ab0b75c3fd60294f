package docx

import (
	"slices"
	"strings"

	"paraph/record"
)

// byHand is the author of changes that are marked by letters alone.
const byHand = "\x00by hand"

// marked gives the runs of a paragraph; when bold and struck-out words are marks
// of changes, with these as changes.
func (w *textWriter) marked(l Line) []Run {
	runs := slices.Clone(l.Runs)
	if w.options.Changes != ChangesInBrackets {
		for i := range runs {
			runs[i].Changes = nil
		}
	}
	if !w.options.Marks {
		return runs
	}
	struck, bold, plain := false, false, false
	for _, r := range runs {
		if strings.TrimSpace(r.Text) == "" {
			continue
		}
		struck, bold, plain = struck || r.Struck, bold || r.Bold && !r.Struck, plain || !r.Bold && !r.Struck
	}
	if bold && !struck && (!plain || l.Heading > 0) {
		w.doubt(l, "all of it is bold, which was not read as inserted")
		bold = false
	} else if bold && !struck {
		w.doubt(l, "bold words were read as inserted, but nothing is struck out beside them: they may be mere emphasis")
	}
	for i := range runs {
		r := &runs[i]
		switch {
		case r.Struck:
			r.Changes = append(slices.Clip(r.Changes), Change{Kind: Deletion, Author: byHand})
		case r.Bold && bold:
			r.Changes = append(slices.Clip(r.Changes), Change{Kind: Insertion, Author: byHand})
		default:
			continue
		}
		r.Bold, r.strong, r.Struck = false, false, false
	}
	return runs
}

// changed writes runs: where changes cover them, beyond those of a depth, as one
// bracket for each place.
func (w *textWriter) changed(runs []Run, depth int, heading bool) string {
	var out strings.Builder
	for i := 0; i < len(runs); {
		end := i
		for end < len(runs) && (len(runs[end].Changes) > depth) == (len(runs[i].Changes) > depth) {
			end++
		}
		if len(runs[i].Changes) > depth {
			out.WriteString(w.bracket(runs[i:end], depth, heading))
		} else {
			out.WriteString(w.emphasised(runs[i:end], heading))
		}
		i = end
	}
	return out.String()
}

// bracket writes one place where authors differ: what was there, and what each of
// them would have there.
func (w *textWriter) bracket(runs []Run, depth int, heading bool) string {
	type alternative struct {
		words   string
		holders []record.Seat
	}
	var authors []string
	for _, r := range runs {
		if c := r.Changes[depth]; !slices.Contains(authors, c.Author) {
			authors = append(authors, c.Author)
		}
	}
	would := func(author string, all bool) string {
		var kept strings.Builder
		for i := 0; i < len(runs); {
			end := i + 1
			c := runs[i].Changes[depth]
			for end < len(runs) && runs[end].Changes[depth] == c {
				end++
			}
			if yes := all && c.Author == author; c.adds() && yes || c.takes() && !yes || c.Kind == Format {
				kept.WriteString(w.changed(runs[i:end], depth+1, heading))
			}
			i = end
		}
		return kept.String()
	}
	base := would("", false)
	var all []alternative
	if strings.TrimSpace(base) != "" {
		all = append(all, alternative{words: base})
	}
	for _, a := range authors {
		words := would(a, true)
		if words == base {
			continue
		}
		if a == byHand {
			all = append(all, alternative{words: words})
			continue
		}
		at := slices.IndexFunc(all, func(o alternative) bool { return len(o.holders) > 0 && o.words == words })
		if at < 0 {
			at = len(all)
			all = append(all, alternative{words: words})
		}
		all[at].holders = append(all[at].holders, w.seat(a))
	}
	if len(all) == 1 && len(all[0].holders) == 0 && all[0].words == base {
		return base
	}
	before, after := edges(base, all[len(all)-1].words)
	var out strings.Builder
	out.WriteString(before)
	for _, a := range all {
		out.WriteString("[")
		for i, s := range a.holders {
			out.WriteString([]string{"", ", "}[min(i, 1)] + string(s))
		}
		words := strings.TrimSpace(a.words)
		if words == "" {
			words = "no text"
		}
		if len(a.holders) > 0 {
			words = ": " + words
		}
		out.WriteString(words + "]")
	}
	return out.String() + after
}

// edges gives the white space around words that goes outside of a bracket.
func edges(a, b string) (before, after string) {
	for _, s := range []string{a, b} {
		if s == "" {
			continue
		}
		if before == "" && strings.TrimLeft(s, " \t\n") != s {
			before = " "
		}
		if after == "" && strings.TrimRight(s, " \t\n") != s {
			after = " "
		}
	}
	return before, after
}

// seat gives what an author is called in a holder list.
func (w *textWriter) seat(author string) record.Seat {
	s, named := w.options.Seats[author]
	if !named {
		name := strings.Map(func(r rune) rune {
			if strings.ContainsRune("[]{}:;,=*_\\\"'#\n\r\t", r) || r < ' ' {
				return ' '
			}
			return r
		}, author)
		if s = record.Seat(strings.Join(strings.Fields(name), " ")); s == "" {
			s = "unnamed"
		}
	}
	if !slices.Contains(w.seats, s) {
		w.seats = append(w.seats, s)
	}
	return s
}

// emphasised writes runs with the marks of Markdown around what is bold or
// italic by itself. Of a heading everything is bold.
func (w *textWriter) emphasised(runs []Run, heading bool) string {
	var e emphasis
	for _, r := range runs {
		if r.Note > 0 {
			if mark := w.markers[r.Note-1]; mark != "" {
				w.noted[r.Note-1] = true
				e.plain("[^" + mark + "]")
			}
			continue
		}
		words := strings.ReplaceAll(r.Text, "\t", " ")
		if r.style == "Editorial bracket" {
			words = strings.NewReplacer("[", `\[`, "]", `\]`).Replace(words)
		}
		e.write(words, r.strong && !heading, r.slant)
	}
	e.turn(false, false)
	e.flush()
	return e.out.String()
}

// emphasis writes words with stars around what is emphasised.
type emphasis struct {
	out           strings.Builder
	strong, slant bool
	blank         string // white space that is not written yet: it stands outside of emphasis
}

func (e *emphasis) write(words string, strong, slant bool) {
	trimmed := strings.TrimLeft(words, " \n")
	e.blank += words[:len(words)-len(trimmed)]
	core := strings.TrimRight(trimmed, " \n")
	if core == "" {
		return
	}
	e.turn(strong, slant)
	e.out.WriteString(e.blank + core)
	e.blank = trimmed[len(core):]
}

// plain writes a mark that no emphasis is about.
func (e *emphasis) plain(mark string) {
	e.turn(false, false)
	e.flush()
	e.out.WriteString(mark)
}

func (e *emphasis) flush() {
	e.out.WriteString(e.blank)
	e.blank = ""
}

// turn ends the emphasis that is no more and begins what comes.
func (e *emphasis) turn(strong, slant bool) {
	if e.strong == strong && e.slant == slant {
		return
	}
	for _, mark := range []struct {
		on    bool
		stars string
	}{{e.slant, "*"}, {e.strong, "**"}} {
		if mark.on {
			e.out.WriteString(mark.stars)
		}
	}
	e.flush()
	if strong {
		e.out.WriteString("**")
	}
	if slant {
		e.out.WriteString("*")
	}
	e.strong, e.slant = strong, slant
}
