package squeeze

import (
	"cmp"
	"slices"
	"strings"
)

// markup are the phrases of tags that stand often on the same page, as they were
// counted on those of the demonstration. A phrase may begin at any tag and after
// any value in a line, and be as short as shortest. No line holds words, nor the
// value of an attribute that may come from people; a line may end with how the
// product itself begins one, of which the rest is written by the byte.
var markup = []string{
	`<div id="`,
	`</time></span></p><div class="specimen"><div class="comparison">`,
	`<div class="change change-changed" id="`,
	`"><p class="what"><bdi>`,
	`<span class="kind kind-changed">`,
	`</span><span class="when">`,
	`<span class="tag live">`,
	`<p class="reason" dir="auto">`,
	`<p class="item-head"><a href="`,
	`" role="`,
	`" name="`,
	`" title="`,
	`" data-live="`,
	`" class="unit" data-clause><div><div class="clause"><p dir="auto"><span class="label">`,
	`" class="unit heading" data-clause><div><div class="clause heading"><h3 dir="auto"><span class="label">`,
	`</p></div>`,
	`</div><div class="beside"><ul class="acts"><li><a href="clauses/`,
	`</a></li><li><a href="propose?kind=amend&amp;clause=`,
	`" aria-label="Clause page of `,
	`" aria-label="Propose for `,
	`</a></li></ul><ul class="marginal"></ul></div></div>`,
	`</a></li></ul><ul class="marginal"><li><bdi class="holder seat-`,
	`</bdi><span>`,
	`</span></li><li><bdi class="holder seat-`,
	`</span></li></ul></div></div>`,
	`<span class="bracket depth-1"><span class="alternative unattributed"><span class="said" dir="ltr">`,
	`<span class="alternative seat-`,
	`"><span class="said" dir="ltr">`,
	`</span><span class="holders" aria-hidden="true"><span class="first"><span class="mark">`,
	`</span><bdi class="holder seat-`,
	`</bdi></span></span><span class="w">`,
	`</span><span class="mark" aria-hidden="true">`,
	`</span><span class="w">`,
	`</span></span><span class="alternative unattributed">`,
	`<del><span class="said" dir="ltr">`,
	`</span></del><ins><span class="said" dir="ltr">`,
	`" aria-label="`,
	`</span></span><span class="said" dir="ltr">`,
	`</a></li><li><a href="`,
	`</option><option value="`,
	`<span class="seat-name" dir="auto">`,
	`</span><small>`,
	`</small></button><button name="seat" value="`,
	`</small></span></label><label><input type="radio" name="audience" value="`,
	`"><bdi class="holder seat-`,
	`</dd></div><div><dt><kbd>`,
	`</kbd></dt><dd>`,
	`</td></tr><tr><th scope="row"><bdi>`,
	`</span></span></td><td><span class="gauge"><svg viewBox="`,
	`" aria-hidden="true" focusable="false"><rect class="gauge-words" width="`,
	`" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="1.800" stroke-linejoin="round"><path d="`,
}

// runs are words of the product itself that stand often on the same page. They
// count only when they are all that stands between two tags.
var runs = []string{
	"bracket opens, alternative 1 of 2: ", " alternative 2 of 2: ", " bracket closes ",
	" deleted: ", " end of deletion ", " inserted: ", " end of insertion ", "Clause", "Propose", "nothing recorded",
}

// shortest is the least length of a phrase that is shorter by reference.
const shortest = 5

// Comment is what is put into a page for all phrases to be found there. No page
// holds it otherwise: what is escaped holds no "<".
var Comment = "<!-- Phrases of this page: see docs/decisions. " + strings.Join(markup, "|") + "|" + strings.Join(runs, "|") + " -->"

var comment = []byte(Comment)

// said gives the place of each of the runs in the comment.
var said = func() map[string]int {
	places := map[string]int{}
	at := len(Comment) - len(" -->") - len(strings.Join(runs, "|"))
	for _, run := range runs {
		places[run] = at
		at += len(run) + 1
	}
	return places
}()

// phrase is the rest of a line from where a phrase may begin.
type phrase struct {
	words string
	place int // in the comment
}

// phrases are all that may be referred to, sorted.
var phrases = func() (all []phrase) {
	at := strings.Index(Comment, markup[0])
	for _, line := range markup {
		for i := range len(line) {
			if len(line)-i >= shortest && (line[i] == '<' || line[i] == '"' && (i == 0 || line[i-1] != '=')) {
				all = append(all, phrase{line[i:], at + i})
			}
		}
		at += len(line) + 1
	}
	slices.SortFunc(all, func(a, b phrase) int { return cmp.Or(cmp.Compare(a.words, b.words), cmp.Compare(a.place, b.place)) })
	return all
}()

// starts gives the phrases whose first four bytes are the same, in their order.
var starts = func() map[[4]byte][]phrase {
	all := map[[4]byte][]phrase{}
	for low, high := 0, 0; low < len(phrases); low = high {
		first := phrases[low].words[:min(4, len(phrases[low].words))]
		for high = low; high < len(phrases) && strings.HasPrefix(phrases[high].words, first); high++ {
		}
		if len(first) == 4 {
			all[[4]byte([]byte(first))] = phrases[low:high]
		}
	}
	return all
}()

// find gives the longest beginning of s that is a phrase. What shares most with
// s stands right before or right behind it in the order.
func find(s []byte) (place, n int) {
	if len(s) < shortest {
		return 0, 0
	}
	alike := starts[[4]byte(s)]
	low, high := 0, len(alike)
	for low < high {
		middle := int(uint(low+high) >> 1)
		if less(alike[middle].words, s) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	for i := max(0, low-1); i < min(len(alike), low+1); i++ {
		if m := shared(alike[i].words, s); m > n {
			place, n = alike[i].place, m
		}
	}
	return place, n
}

func less(words string, s []byte) bool {
	m := shared(words, s)
	if m == len(words) || m == len(s) {
		return len(words) < len(s)
	}
	return words[m] < s[m]
}

// shared gives how many bytes two have in common at their beginning.
func shared(words string, s []byte) int {
	most := min(len(words), len(s), 258)
	for i := range most {
		if words[i] != s[i] {
			return i
		}
	}
	return most
}
