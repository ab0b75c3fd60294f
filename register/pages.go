package register

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"paraph/draft"
)

// pageNumber is a line that only says which page it stands on.
var pageNumber = regexp.MustCompile(`^(page |p |seite |pagina |página |стр |صفحة )?\d{1,4}( ?(of|sur|de|von|из|من) ?\d{1,4}| \d{1,4})?$`)

// furniture gives the words of the copy that belong to its pages: lines of
// which the version has no word, and that are a page's number, come again and
// again, or are what is printed around the words of the version.
func (c copied) furniture(steps []step, around [][]string) map[int]bool {
	added := make([]bool, len(c.words))
	for _, s := range steps {
		if s.op == draft.Add {
			for i := s.copy; i < s.copy+s.n; i++ {
				added[i] = true
			}
		}
	}
	var aside map[int]bool
	var block []int // first words of lines that follow one another and of which the version has no word
	settle := func() {
		for _, i := range c.printed(block, around) {
			if aside == nil {
				aside = map[int]bool{}
			}
			aside[i] = true
		}
		block = nil
	}
	for i := 0; i < len(c.words); {
		end := c.lineEnd(i)
		line := c.lines[c.words[i].line]
		switch {
		case slices.Contains(added[i:end], false):
			settle()
		case pageNumber.MatchString(line) || c.repeats[withoutDigits(line)] > 1:
			for k := i; k < end; k++ {
				if aside == nil {
					aside = map[int]bool{}
				}
				aside[k] = true
			}
		default:
			block = append(block, i)
		}
		i = end
	}
	settle()
	return aside
}

// lineEnd gives the place behind the last word of a word's line.
func (c copied) lineEnd(i int) int {
	end := i
	for end < len(c.words) && c.words[end].line == c.words[i].line {
		end++
	}
	return end
}

// printed gives the words of the lines in a block that are, whole line after whole line,
// what is printed around a version.
func (c copied) printed(block []int, around [][]string) []int {
	if len(block) == 0 || len(around) == 0 {
		return nil
	}
	var words []int // of the block
	starts, ends := map[int]bool{}, map[int]bool{}
	for _, i := range block {
		starts[len(words)] = true
		for k := i; k < c.lineEnd(i); k++ {
			words = append(words, k)
		}
		ends[len(words)] = true
	}
	var out []int
	for from := 0; from < len(words); from++ {
		if !starts[from] {
			continue
		}
		reached, last := map[int]bool{from: true}, from
		for at := from; at < len(words); at++ {
			if !reached[at] {
				continue
			}
			for _, piece := range around {
				if end := at + len(piece); end <= len(words) && c.says(words[at:end], piece) {
					reached[end] = true
					if ends[end] {
						last = max(last, end)
					}
				}
			}
		}
		out = append(out, words[from:last]...)
		from = max(from, last-1)
	}
	return out
}

func (c copied) says(words []int, piece []string) bool {
	for n, i := range words {
		if c.words[i].core != piece[n] {
			return false
		}
	}
	return true
}

// headsAndNumbers gives the words of lines that only number a page, and of
// lines beside them that come again and again.
func (c copied) headsAndNumbers() map[int]bool {
	lines := make([]bool, len(c.lines))
	var full []int
	for i, l := range c.lines {
		if l != "" {
			full = append(full, i)
			lines[i] = pageNumber.MatchString(l)
		}
	}
	numbers := slices.Clone(lines)
	for k, i := range full {
		beside := k > 0 && numbers[full[k-1]] || k+1 < len(full) && numbers[full[k+1]]
		lines[i] = lines[i] || beside && c.repeats[withoutDigits(c.lines[i])] > 1
	}
	var out map[int]bool
	for i, w := range c.words {
		if lines[w.line] {
			if out == nil {
				out = map[int]bool{}
			}
			out[i] = true
		}
	}
	return out
}

// without gives the words of the copy without those set aside, and the hits
// that stay. Brackets and points on other lines than the words set aside stay with
// what is beside them, and a word that a page's end parted is one again.
func (c copied) without(aside map[int]bool, hits []hit) ([]word, []int32, []hit) {
	if len(aside) == 0 {
		return c.words, c.ids, hits
	}
	words, ids, at := make([]word, 0, len(c.words)), make([]int32, 0, len(c.ids)), make([]int, len(c.words)+1)
	before := ""
	for i, w := range c.words {
		n := len(words) - 1
		at[i] = n + 1
		if aside[i] {
			before += w.before[:w.early]
			if n >= 0 {
				words[n].marks += w.marks[w.own:]
			}
			continue
		}
		w.before, before = before+w.before, ""
		if id, parted := c.parted(words, w, i > 0 && aside[i-1]); parted {
			at[i] = n
			words[n].core, words[n].marks, ids[n] = words[n].core+w.core, w.marks, id
			continue
		}
		words, ids = append(words, w), append(ids, c.ids[i])
	}
	var left []hit
	for _, h := range hits {
		if at[h.copy+shingle-1] == at[h.copy]+shingle-1 && !aside[h.copy] && !aside[h.copy+shingle-1] {
			left = append(left, hit{at[h.copy], h.version})
		}
	}
	return words, ids, left
}

// parted tells whether a word is the second half of the last one, which was parted
// by a hyphen at the end of a page, and gives the number of the whole.
func (c copied) parted(words []word, w word, beyond bool) (int32, bool) {
	if !beyond || len(words) == 0 || w.before != "" {
		return -1, false
	}
	last := words[len(words)-1]
	if last.marks != "" {
		return -1, false
	}
	end := strings.IndexByte(c.src[last.end:], '\n')
	if end < 0 || !hyphens(c.src[last.end:int(last.end)+end]) {
		return -1, false
	}
	id, known := c.numbers[last.core+w.core]
	return id, known
}

// restored gives what is set aside without those lines whose words the version
// has just there: they are numbers of the text that stand alone on a line.
func (c copied) restored(k *candidate, ids []int32) map[int]bool {
	gaps := map[int][]int{} // by the word of what is left that comes next: the words set aside before it
	next := 0
	for i := range c.words {
		if k.aside[i] {
			gaps[next] = append(gaps[next], i)
		} else {
			next++
		}
	}
	left := maps.Clone(k.aside)
	for _, s := range k.steps {
		if s.op != draft.Cut {
			continue
		}
		gone, gap := ids[s.version:s.version+s.n], gaps[s.copy]
		for from := 0; from+len(gone) <= len(gap); from++ {
			of := gap[from : from+len(gone)]
			if c.wholeLines(of) && slices.EqualFunc(of, gone, func(i int, id int32) bool { return c.ids[i] == id }) {
				for _, i := range of {
					delete(left, i)
				}
				break
			}
		}
	}
	return left
}

// wholeLines tells whether words begin and end with their lines.
func (c copied) wholeLines(words []int) bool {
	first, last := words[0], words[len(words)-1]
	return (first == 0 || c.words[first-1].line != c.words[first].line) &&
		(last+1 == len(c.words) || c.words[last+1].line != c.words[last].line)
}

// withoutDigits gives a line so that page 3 and page 4 are one.
func withoutDigits(line string) string {
	return strings.Map(func(c rune) rune {
		if '0' <= c && c <= '9' {
			return -1
		}
		return c
	}, line)
}

// asideLines gives the lines that were set aside, each once.
func (c copied) asideLines(aside map[int]bool) []string {
	var out []string
	seen := map[string]bool{}
	for i := 0; i < len(c.words); i++ {
		if !aside[i] {
			continue
		}
		end := i
		for end+1 < len(c.words) && c.words[end+1].line == c.words[i].line {
			end++
		}
		line := strings.Join(strings.Fields(c.src[c.words[i].at:c.words[end].end]), " ")
		if !seen[line] {
			out, seen[line] = append(out, line), true
		}
		i = end
	}
	return out
}

// runs gives the steps in words, as they were written.
func (r *Register) runs(c copied, k *candidate) []Run {
	v := &r.versions[k.version]
	out := []Run{}
	add := func(op draft.Op, words string) {
		if words = strings.Join(strings.Fields(words), " "); words == "" {
			return
		}
		if n := len(out); n > 0 && out[n-1].Op == op {
			out[n-1].Words += " " + words
			return
		}
		out = append(out, Run{op, words})
	}
	words, _, _ := c.without(k.aside, nil)
	own, beyond := row{src: c.src, words: words}, c.beyond(k.aside)
	for _, s := range k.steps {
		if s.op == draft.Add {
			from := s.copy
			for i := from + 1; i <= s.copy+s.n; i++ {
				if i == s.copy+s.n || beyond[words[i].at] {
					add(s.op, own.passage(from, i))
					from = i
				}
			}
		} else {
			add(s.op, v.passage(s.version, s.version+s.n))
		}
	}
	return out
}

// beyond gives the offsets of the words before which something was set aside.
func (c copied) beyond(aside map[int]bool) map[int32]bool {
	out := map[int32]bool{}
	for i, w := range c.words {
		if i > 0 && aside[i-1] && !aside[i] {
			out[w.at] = true
		}
	}
	return out
}

// passage gives words as written, with the brackets and punctuation beside them.
func (r *row) passage(from, to int) string {
	if from >= to {
		return ""
	}
	at, end, before := int(r.words[from].at), int(r.words[to-1].end), 0
	if from > 0 {
		before = int(r.words[from-1].end)
	}
	if n := strings.LastIndexAny(r.src[before:max(at, before)], " \t\r\n]"); n >= 0 {
		before += n + 1
	}
	at = min(at, before)
	next := len(r.src)
	if to < len(r.words) {
		next = int(r.words[to].at)
	}
	if n := strings.IndexAny(r.src[end:next], " \t\r\n["); n >= 0 {
		next = end + n
	}
	return r.src[at:next]
}
