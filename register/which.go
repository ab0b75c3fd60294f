package register

import (
	"cmp"
	"slices"
	"strings"

	"paraph/draft"
)

// Verdict is what a copy turned out to be.
type Verdict string

// The verdicts.
const (
	Exact   Verdict = "exact"   // every word of the copy, with its brackets, stands so in one version and in no other
	Nearest Verdict = "nearest" // one version is nearest: Runs tells what differs
	Alike   Verdict = "alike"   // several versions have these words equally
	Unknown Verdict = "unknown" // no version has half of these words
)

// Answer is what can be said of a copy.
type Answer struct {
	Verdict  Verdict    `json:"verdict"`
	Versions []Likeness `json:"versions"`            // one when exact or nearest, several when alike, none when unknown; by how much of the copy each has
	RunnerUp *Likeness  `json:"runner_up,omitempty"` // the next best; when unknown, the best
	Words    int        `json:"words"`               // of the copy, without those set aside
	Aside    []string   `json:"aside,omitempty"`     // lines of the copy that belong to its pages and not to the text: heads, numbers
	Runs     []Run      `json:"runs"`                // from the first version's words to the copy's, over what the copy covers; empty when unknown
}

// Likeness is how much a copy is like a version.
type Likeness struct {
	ID      string  `json:"id"`
	Symbol  string  `json:"symbol"`
	Share   float64 `json:"share"`   // of the copy's words that stand in the version, 0 to 1
	Covers  float64 `json:"covers"`  // of the version's words that the copy has, 0 to 1
	Deleted int     `json:"deleted"` // words of the covered part that the copy has not
	Added   int     `json:"added"`   // words of the copy that the covered part has not
	Marks   int     `json:"marks"`   // words that are the same but for brackets or punctuation beside them
}

// Run is a stretch of words as written: kept, only the version's, or only the
// copy's.
type Run struct {
	Op    draft.Op `json:"op"`
	Words string   `json:"words"`
}

// The bounds of a verdict.
const (
	leastShare = 0.5 // of a copy's words that a version must have to be named
	fewWords   = 12  // a copy of fewer is only looked for word by word
	candidates = 12  // versions that are compared in full; the others are further away
	longCopy   = 4000
	fewLong    = 4 // candidates for a long copy: there the shingles tell enough
	common     = 8 // a shingle that a version has more often says nothing
	slackWords = 3 // words beside the covered part
)

// Which says which version a copy is. The copy is plain text, as typed,
// pasted, scanned or taken out of a file.
func (r *Register) Which(copy string) Answer {
	c := r.read(copy)
	a := Answer{Verdict: Unknown, Words: len(c.words), Versions: []Likeness{}, Runs: []Run{}}
	if len(c.words) == 0 {
		return a
	}
	found := r.find(c)
	if len(found) == 0 {
		return a
	}
	best := found[0]
	if best.share(c) < leastShare {
		a.RunnerUp = best.likeness(r, c)
		return a
	}
	alike := 1
	for alike < len(found) && found[alike].against(best) == 0 {
		alike++
	}
	for _, f := range found[:alike] {
		a.Versions = append(a.Versions, *f.likeness(r, c))
	}
	switch {
	case alike > 1:
		a.Verdict = Alike
	case best.exact && best.brackets+best.points+best.lost == 0 && best.alone:
		a.Verdict = Exact
	default:
		a.Verdict = Nearest
	}
	if alike < len(found) {
		a.RunnerUp = found[alike].likeness(r, c)
	}
	a.Words -= len(best.aside)
	a.Aside, a.Runs = c.asideLines(best.aside), r.runs(c, best)
	return a
}

// copied is a copy as it is looked for.
type copied struct {
	row
	ids       []int32          // of its words; -1 for one that no version has
	repeats   map[string]int   // how often a line stands in it, numbers apart
	pages     map[int]bool     // words that look like heads and numbers of pages
	bracketed bool             // it has brackets
	numbers   map[string]int32 // of the words that some version has
}

func (r *Register) read(src string) copied {
	c := copied{numbers: r.numbers}
	if t, err := draft.Parse(src); err == nil {
		c.row = rowOf(t)
	} else {
		c.row = rowOfWords(strings.ToValidUTF8(src[:min(len(src), draft.MaxBytes)], " "))
	}
	c.row = c.row.joinHyphens(func(core string) bool { _, known := r.numbers[core]; return known })
	c.ids = make([]int32, len(c.words))
	for i, w := range c.words {
		id, known := r.numbers[w.core]
		if !known {
			id = -1
		}
		c.ids[i] = id
	}
	c.repeats = make(map[string]int, len(c.lines))
	for _, l := range c.lines {
		c.repeats[withoutDigits(l)]++
	}
	c.bracketed = strings.Contains(c.src, "[")
	c.pages = c.headsAndNumbers()
	return c
}

// candidate is a version that a copy may be of.
type candidate struct {
	version  int
	chain    []hit
	from, to int // the part of the version that the copy covers, about
	steps    []step
	deleted  int
	added    int
	brackets int          // words that are the same but for brackets beside them
	points   int          // and those but for punctuation
	lost     int          // brackets that the copy would need, if it had any at all
	aside    map[int]bool // words of the copy that belong to its pages
	exact    bool         // the copy's words stand there without a gap
	alone    bool         // and in no other version
}

// against compares how near two candidates are: below 0 when k is nearer. Where
// the words say nothing, brackets do, and punctuation where no word differs. A
// copy without any bracket may have lost them: that says something only where
// one version needs none and no word differs.
func (k *candidate) against(o *candidate) int {
	points := 0
	if k.exact && o.exact {
		points = cmp.Or(min(k.lost, 1)-min(o.lost, 1), k.points-o.points)
	}
	return cmp.Or(k.deleted+k.added-o.deleted-o.added, k.added-o.added, k.brackets-o.brackets, points)
}

func (k *candidate) share(c copied) float64 {
	n := len(c.words) - len(k.aside)
	if n <= 0 {
		return 0
	}
	return float64(n-k.added) / float64(n)
}

func (k *candidate) likeness(r *Register, c copied) *Likeness {
	v := &r.versions[k.version]
	kept := len(c.words) - len(k.aside) - k.added
	return &Likeness{
		ID: v.ID, Symbol: v.Symbol, Share: k.share(c), Covers: float64(max(kept, 0)) / float64(max(len(v.words), 1)),
		Deleted: k.deleted, Added: k.added, Marks: k.brackets + k.points,
	}
}

// find gives the versions that the copy may be of, the nearest first.
func (r *Register) find(c copied) []*candidate {
	var found []*candidate
	if len(c.ids) < fewWords {
		found = r.findFew(c)
	} else {
		found = r.findMany(c)
	}
	for _, k := range found {
		r.judge(c, k)
	}
	slices.SortStableFunc(found, func(a, b *candidate) int { return a.against(b) })
	for i, k := range found { // of those that hold every word, one may have the brackets and points too
		k.alone = (i == 0 || found[i-1].against(k) != 0) && (i+1 == len(found) || found[i+1].against(k) != 0)
	}
	return found
}

// findFew looks for few words as they stand.
func (r *Register) findFew(c copied) []*candidate {
	var found []*candidate
	for i := range r.versions {
		if at := place(r.versions[i].ids, c.ids, 0, len(r.versions[i].ids)); at >= 0 {
			found = append(found, &candidate{version: i, from: at, to: at + len(c.ids)})
		}
	}
	return found
}

// place gives where a row of words stands in another, between two places; -1
// for nowhere.
func place(in, words []int32, from, to int) int {
	from, to = max(from, 0), min(to, len(in))
	for at := from; at+len(words) <= to; at++ {
		if in[at] == words[0] && slices.Equal(in[at:at+len(words)], words) {
			return at
		}
	}
	return -1
}

// findMany finds candidates by the shingles that they share with the copy.
func (r *Register) findMany(c copied) []*candidate {
	hits := make([][]hit, len(r.versions))
	for at, hash := range shingles(c.ids) {
		postings := r.index[hash]
		for len(postings) > 0 {
			n := 1
			for n < len(postings) && postings[n].version == postings[0].version {
				n++
			}
			if n <= common {
				for _, p := range postings[:n] {
					hits[p.version] = append(hits[p.version], hit{at, int(p.at)})
				}
			}
			postings = postings[n:]
		}
	}
	var found []*candidate
	most := 0
	for i, h := range hits {
		if len(h) == 0 {
			continue
		}
		k := &candidate{version: i, chain: straighten(chain(h), r.versions[i].ids, c.ids)}
		most = max(most, len(k.chain))
		found = append(found, k)
	}
	slices.SortStableFunc(found, func(a, b *candidate) int { return len(b.chain) - len(a.chain) })
	limit := candidates
	if len(c.ids) > longCopy {
		limit = fewLong
	}
	for i, k := range found {
		if i > 0 && (i >= limit && len(k.chain) < len(found[i-1].chain) || len(k.chain) < most-max(8, most/16)) {
			found = found[:i+1] // one more, so that there is a runner-up
			break
		}
	}
	for _, k := range found {
		first, last := k.chain[0], k.chain[len(k.chain)-1]
		k.from = max(first.version-first.copy-first.copy/8-slackWords, 0)
		after := len(c.ids) - last.copy
		k.to = min(last.version+after+after/8+slackWords, len(r.versions[k.version].ids))
	}
	return found
}

// judge compares the copy with the part of a version that it covers: as it
// is, and without what looks like heads and numbers of pages. The nearer counts.
func (r *Register) judge(c copied, k *candidate) {
	whole := *k
	r.compare(c, &whole, nil)
	if whole.added > 0 {
		whole.aside = c.furniture(whole.steps, r.versions[k.version].around)
		r.compare(c, &whole, whole.aside)
	}
	if !whole.exact && len(c.pages) > 0 {
		bare := *k
		r.compare(c, &bare, c.pages)
		if aside := c.restored(&bare, r.versions[k.version].ids); len(aside) < len(c.pages) {
			r.compare(c, &bare, aside)
		}
		if bare.against(&whole) < 0 {
			whole = bare
		}
	}
	*k = whole
}

// compare compares the copy without the words set aside.
func (r *Register) compare(c copied, k *candidate, aside map[int]bool) {
	v := &r.versions[k.version]
	words, ids, hits := c.without(aside, k.chain)
	k.aside, k.deleted, k.added, k.brackets, k.points, k.lost = aside, 0, 0, 0, 0, 0
	if len(ids) == 0 {
		k.steps, k.added = nil, 0
		return
	}
	if at := place(v.ids, ids, k.from-slackWords, k.to+slackWords); at >= 0 {
		k.exact, k.steps = true, []step{{draft.Keep, at, 0, len(ids)}}
	} else {
		k.steps = align(v.ids, ids, k.from, k.to, hits)
	}
	for _, s := range k.steps {
		switch s.op {
		case draft.Cut:
			k.deleted += s.n
		case draft.Add:
			k.added += s.n
		default:
			for i := range s.n {
				at := s.copy + i
				k.marks(&v.words[s.version+i], &words[at], at == 0, at == len(words)-1, c.bracketed)
			}
		}
	}
}

// marks counts what differs beside a word that is the same. At the ends of a
// copy it may have been cut away.
func (k *candidate) marks(v, c *word, first, last, bracketed bool) {
	before := v.before == c.before || first && strings.HasSuffix(v.before, c.before)
	if v.marks == c.marks && before {
		return
	}
	vClose, vPoints := parted(v.marks)
	cClose, cPoints := parted(c.marks)
	if !bracketed && !before { // a parenthesis is not a bracket
		vOpen, vRound := parted(v.before)
		cOpen, cRound := parted(c.before)
		before, vPoints, cPoints = vOpen == cOpen, vRound+vPoints, cRound+cPoints
	}
	if !before || vClose != cClose && !(last && strings.HasPrefix(vClose, cClose)) {
		if bracketed {
			k.brackets++
		} else {
			k.lost++
		}
	}
	if vPoints != cPoints && !(last && strings.HasPrefix(vPoints, cPoints)) {
		k.points++
	}
}

// parted parts marks into brackets and points.
func parted(marks string) (brackets, points string) {
	for i := range len(marks) {
		if marks[i] == '[' || marks[i] == ']' {
			brackets += marks[i : i+1]
		} else {
			points += marks[i : i+1]
		}
	}
	return brackets, points
}
