package draft

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// drafting makes treaty-like texts and edited copies, counting the words that
// it changes; always the same ones for one seed.
type drafting struct {
	*rand.Rand
	deleted, inserted, movedWords, movedArticles int
}

var (
	subjects = list("Each Party|The Parties|Each developed country Party|The Conference of the Parties|The Secretariat|The Committee|A Party|Relevant organizations")
	modals   = list("shall|should|may|shall, as appropriate,|is encouraged to|undertakes to|shall endeavour to|shall, in accordance with its circumstances,")
	doings   = list("take|adopt|implement|promote|establish|communicate|review|strengthen|support|facilitate|monitor|submit|enhance|consider|ensure")
	kinds    = list("appropriate|effective|transparent|national|regional|global|technical|financial|scientific|timely|adequate|sustainable|voluntary|binding")
	things   = list("measures|policies|contributions|resources|mechanisms|guidelines|information|technologies|capacities|procedures|standards|targets|reports")
	links    = list("in order to|with a view to|taking into account|without prejudice to|in accordance with|subject to|recognizing|on the basis of")
	objects  = list("the objective of this Agreement|the provisions of Article %d|equity and the best available science|the needs of developing countries|" +
		"paragraph %d above|the rights of indigenous peoples and local communities|relevant international agreements|decisions adopted by the governing body")
	newWords   = list("should|[may]|strengthened|ambitious|progressively|equitable|XQ%d")
	newPhrases = list("as mutually agreed|on a grant basis|[where applicable]|in particular the least developed countries")
)

func list(s string) []string { return strings.Split(s, "|") }

func (d *drafting) pick(from []string) string {
	s := from[d.IntN(len(from))]
	if strings.Contains(s, "%d") {
		s = fmt.Sprintf(s, d.IntN(260))
	}
	return s
}

func (d *drafting) sentence() string {
	s := strings.Join([]string{d.pick(subjects), d.pick(modals), d.pick(doings), d.pick(kinds), d.pick(things), d.pick(links), d.pick(objects)}, " ")
	if d.Float64() < .4 {
		s += ", " + d.pick(links) + " " + d.pick(objects)
	}
	if d.Float64() < .15 {
		s = "[" + s + "]"
	}
	if d.Float64() < .1 {
		s = strings.Replace(s, "measures", "[measures][actions]", 1)
	}
	return s + "."
}

func (d *drafting) paragraph() string {
	s := d.sentence()
	for range d.IntN(3) + 1 {
		s += " " + d.sentence()
	}
	return s
}

// article is a heading and paragraphs, without the numbers.
type article []string

func (a article) words() int { return len(strings.Fields(strings.Join(a, " "))) }

func (d *drafting) text(words int) (out []article) {
	for n := 0; n < words; n += out[len(out)-1].words() {
		a := article{d.pick(kinds) + " " + d.pick(things)}
		for range d.IntN(6) + 4 {
			a = append(a, d.paragraph())
		}
		out = append(out, a)
	}
	return out
}

// edit changes the given share of words and moves some articles far away.
func (d *drafting) edit(text []article, rate float64, moves int) (out []article) {
	for _, a := range text {
		b := article{a[0]}
		for _, p := range a[1:] {
			if d.Float64() < .15*rate {
				d.deleted += len(strings.Fields(p))
				continue
			}
			b = append(b, d.editParagraph(strings.Fields(p), rate))
			if d.Float64() < .15*rate {
				b = append(b, d.paragraph())
				d.inserted += len(strings.Fields(b[len(b)-1]))
			}
		}
		out = append(out, b)
	}
	for k := range moves { // every other one of the first half to the end, in order
		a := out[1+k]
		out = append(append(out[:1+k:1+k], out[2+k:]...), a)
		d.movedArticles++
		d.movedWords += a.words()
	}
	return out
}

func (d *drafting) editParagraph(words []string, rate float64) string {
	var out []string
	for k := 0; k < len(words); k++ {
		switch r := d.Float64(); {
		case k > 0 && r < .5*rate:
			out = append(out, d.pick(newWords))
			d.deleted, d.inserted = d.deleted+1, d.inserted+1
		case k > 0 && r < .6*rate:
			phrase := d.pick(newPhrases)
			out = append(out, phrase, words[k])
			d.inserted += len(strings.Fields(phrase))
		case k > 0 && r < .7*rate:
			n := min(2+d.IntN(5), len(words)-k)
			d.deleted += n
			k += n - 1
		default:
			out = append(out, words[k])
		}
	}
	return strings.Join(out, " ")
}

// printed numbers articles and paragraphs anew.
func printed(text []article) string {
	var b strings.Builder
	for i, a := range text {
		fmt.Fprintf(&b, "## Article %d %s\n\n", i+1, a[0])
		for k, p := range a[1:] {
			fmt.Fprintf(&b, "%d. %s\n\n", k+1, p)
		}
	}
	return b.String()
}

func near(t *testing.T, what string, got, want int, share float64) {
	t.Helper()
	if d := float64(got - want); d > share*float64(want) || -d > share*float64(want) {
		t.Errorf("%s: %d, in truth %d", what, got, want)
	}
}

func TestCompareCountsTheTruth(t *testing.T) {
	for seed := range uint64(3) {
		for _, c := range []struct {
			name  string
			rate  float64
			moves int
		}{{"light", .02, 0}, {"heavy", .2, 0}, {"moves", .02, 6}} {
			t.Run(fmt.Sprint(c.name, seed), func(t *testing.T) {
				d := &drafting{Rand: rand.New(rand.NewPCG(seed, 0))}
				old := d.text(30_000)
				new := d.edit(old, c.rate, c.moves)
				got := Compare(textOf(t, printed(old)), textOf(t, printed(new)))
				near(t, "deleted", got.DeletedWords, d.deleted, .01)
				near(t, "inserted", got.InsertedWords, d.inserted, .01)
				near(t, "moved words", got.MovedWords, d.movedWords, .05)
				if len(got.Moves) != d.movedArticles {
					t.Errorf("%d moves, in truth %d: %+v", len(got.Moves), d.movedArticles, got.Moves)
				}
			})
		}
	}
}

func BenchmarkCompare(b *testing.B) {
	for _, c := range []struct {
		name    string
		rate    float64
		moves   int
		options CompareOptions
	}{
		{"light", .02, 0, CompareOptions{}}, {"heavy", .2, 0, CompareOptions{}}, {"moves", .02, 12, CompareOptions{}},
		{"light-words", .02, 0, CompareOptions{WordOnly: true}}, {"heavy-words", .2, 0, CompareOptions{WordOnly: true}},
	} {
		b.Run(c.name, func(b *testing.B) {
			d := &drafting{Rand: rand.New(rand.NewPCG(1, 0))}
			old := d.text(100_000)
			x, y := textOf(b, printed(old)), textOf(b, printed(d.edit(old, c.rate, c.moves)))
			b.ReportAllocs()
			for b.Loop() {
				CompareWith(x, y, c.options)
			}
		})
	}
}
