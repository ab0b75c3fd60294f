package docx

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// drafting makes texts and edited copies of them: headings, numbers, brackets
// with holders, options, emphasis, escapes, words from right to left; always the
// same ones for one seed.
type drafting struct{ *rand.Rand }

func newDrafting(seed int) drafting {
	return drafting{rand.New(rand.NewPCG(uint64(seed), 7))}
}

// block is one clause as written: what stands before its words, and those.
type block struct {
	head  string // "## ", "    ", ""
	label string // "5 bis. ", "Article 3 ", ""
	words []string
}

var (
	latin  = strings.Fields("the Parties shall should may cease fire withdraw exchange all prisoners within thirty days of signature and report to joint commission on lake waters 600,000 800,000 every month, without prejudice; as appropriate")
	arabic = strings.Fields("يلتزم الطرفان بوقف إطلاق النار فورا وتبادل جميع الأسرى خلال ثلاثين يوما من التوقيع وتقديم تقرير إلى اللجنة 30 NATO")
)

func (d drafting) phrase(from []string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = from[d.IntN(len(from))]
	}
	return out
}

// mark puts a mark of negotiation around some words, or before them.
func (d drafting) mark(words []string) []string {
	if len(words) < 4 {
		return words
	}
	i := d.IntN(len(words) - 2)
	j := i + 1 + d.IntN(len(words)-i-1)
	out := slices.Clone(words)
	open, shut := "[", "]"
	switch d.IntN(9) {
	case 0:
		open = "[US: "
	case 1:
		open, shut = "[RU, UA: ", "][US: no text]"
	case 2:
		open, shut = "*", "*"
	case 3:
		open, shut = "**", "**"
	case 4:
		open, shut = `\[`, `\]`
	case 5:
		shut = "][" + strings.Join(d.phrase(latin, 2), " ") + "]"
	case 6:
		out[i] = "a & <b> \"c\""
		return out
	case 7:
		out[i] = "[TBD]"
		return out
	}
	out[i], out[j] = open+out[i], out[j]+shut
	return out
}

func (d drafting) block() block {
	from := latin
	if d.IntN(5) == 0 {
		from = arabic
	}
	b := block{words: d.phrase(from, 3+d.IntN(25))}
	for range d.IntN(3) {
		b.words = d.mark(b.words)
	}
	d.name(&b)
	return b
}

func (d drafting) name(b *block) {
	switch d.IntN(8) {
	case 0:
		b.head, b.label = strings.Repeat("#", 1+d.IntN(3))+" ", fmt.Sprintf("Article %d ", 1+d.IntN(9))
		b.words = d.phrase(latin, 1+d.IntN(4))
	case 1:
		b.label = fmt.Sprintf("%d bis. ", 1+d.IntN(9))
	case 2:
		b.head, b.label = "    ", fmt.Sprintf("(%c) ", 'a'+d.IntN(5))
	case 3:
	case 4:
		b.label = fmt.Sprintf("**Option %d:** ", 1+d.IntN(3))
	default:
		b.label = fmt.Sprintf("%d. ", 1+d.IntN(9))
	}
}

func (d drafting) text() []block {
	out := make([]block, d.IntN(14))
	for i := range out {
		out[i] = d.block()
	}
	return out
}

// edit makes another text of one: words, whole clauses, moves, splits, merges,
// brackets, numbers.
func (d drafting) edit(text []block) []block {
	out := slices.Clone(text)
	for range 1 + d.IntN(8) {
		if len(out) == 0 || d.IntN(6) == 0 {
			out = slices.Insert(out, d.IntN(len(out)+1), d.block())
			continue
		}
		i := d.IntN(len(out))
		b := out[i]
		switch d.IntN(9) {
		case 0:
			out = slices.Delete(out, i, i+1)
		case 1: // moves
			out = slices.Delete(out, i, i+1)
			out = slices.Insert(out, d.IntN(len(out)+1), b)
		case 2: // splits
			if n := len(b.words); n > 8 {
				out[i].words = b.words[:n/2]
				out = slices.Insert(out, i+1, block{head: b.head, label: "7. ", words: b.words[n/2:]})
			}
		case 3: // merges
			if i+1 < len(out) {
				out[i].words = slices.Concat(b.words, out[i+1].words)
				out = slices.Delete(out, i+1, i+2)
			}
		case 4:
			out[i].words = d.mark(b.words)
		case 5:
			d.name(&out[i])
		default:
			at := d.IntN(len(b.words))
			out[i].words = slices.Concat(b.words[:at], d.phrase(latin, d.IntN(4)), b.words[min(len(b.words), at+d.IntN(3)):])
			if len(out[i].words) == 0 {
				out[i].words = []string{"nothing"}
			}
		}
	}
	return out
}

func sourceOf(text []block) string {
	var b strings.Builder
	b.WriteString("---\nseats: US, RU, UA\n---\n")
	for _, x := range text {
		b.WriteString("\n" + x.head + x.label + strings.Join(x.words, " ") + "\n")
	}
	return b.String()
}
