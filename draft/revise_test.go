package draft

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/record"
)

var revisingSeats = []record.Seat{"US", "RU", "EU", "Group of 77"}

// unit is one block of a text under revision, mostly one that is read by itself.
func unit() *rapid.Generator[string] {
	words := rapid.SampledFrom([]string{
		"shall", "may", "[shall][should]", "[US: now][RU: then]", "[a [RU, EU: b] c]", "[no text]", "[X]", "water,", "and", "Article 5", "(a)", "[^1]",
		"\\[sic\\]", "النص", "é", "[and EU]", "[placeholder for x]", "{placement: y}", "**bold**", "[a](http://x)",
	})
	odd := rapid.SampledFrom([]string{
		"[", "]", "][", "[US: ", "Option 1: ", "**Option 2:** ", "[17] note", "word[17]", "[r]: http://y", "[b][r]", "{: .x}", "[\n", "]\n\n", "[\n\n",
		"\r\n\r\n", "\n", "\n\n\n", " \n", "---\n", "\t", "- ", "\ufeff",
	})
	return rapid.Custom(func(t *rapid.T) string {
		head := rapid.SampledFrom([]string{"", "1. ", "2 bis. ", "(a) ", "## ", "### Article 4 ", "    (i) ", "- ", "[5. ", "* "}).Draw(t, "head")
		body := strings.Join(rapid.SliceOfN(words, 1, 6).Draw(t, "words"), " ")
		if rapid.IntRange(0, 19).Draw(t, "odd") == 0 {
			body += odd.Draw(t, "mark")
		}
		return head + body
	})
}

// revise changes a few blocks of a text.
func revise(t *rapid.T, blocks []string) []string {
	blocks = slices.Clone(blocks)
	for range rapid.IntRange(1, 3).Draw(t, "changes") {
		i := rapid.IntRange(0, len(blocks)-1).Draw(t, "at")
		switch rapid.IntRange(0, 4).Draw(t, "change") {
		case 0:
			blocks = slices.Insert(blocks, i, unit().Draw(t, "new"))
		case 1:
			if len(blocks) > 1 {
				blocks = slices.Delete(blocks, i, i+1)
			}
		case 2:
			blocks[i] += " " + unit().Draw(t, "more")
		default:
			blocks[i] = unit().Draw(t, "other")
		}
	}
	return blocks
}

// A revision is what the text is when it is read anew, however it came about.
func TestRevise(t *testing.T) {
	taken, all := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		front := rapid.SampledFrom([]string{"", "---\nseats: US, CH\n---\n", "---\n", "\n\n", "\ufeff"}).Draw(t, "front")
		gap := rapid.SampledFrom([]string{"\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\n \n"})
		blocks := rapid.SliceOfN(unit(), 1, 12).Draw(t, "blocks")
		var r *Revision
		for range rapid.IntRange(2, 8).Draw(t, "revisions") {
			src := front + strings.Join(blocks, gap.Draw(t, "gap")) + rapid.SampledFrom([]string{"\n", "", "\n\n"}).Draw(t, "end")
			all++
			if r.revised(src, revisingSeats) != nil {
				taken++
			}
			var err error
			if r, err = Revise(r, src, revisingSeats...); err != nil {
				t.Fatal(err)
			}
			checkRevision(t, r, src)
			blocks = revise(t, blocks)
		}
	})
	t.Logf("%d of %d revisions were made of the ones before", taken, all)
	if taken*4 < all {
		t.Errorf("only %d of %d revisions were made of the ones before: too few to prove anything", taken, all)
	}
}

func checkRevision(t rapid.TB, r *Revision, src string) {
	want, err := Parse(src, revisingSeats...)
	if err != nil {
		t.Fatalf("%q is refused: %v", src, err)
	}
	if !reflect.DeepEqual(r.Text, want) {
		t.Fatalf("%q is\n%+v\nand as a revision\n%+v", src, want, r.Text)
	}
	if r.Counts != Count(want) {
		t.Fatalf("%q counts %+v and as a revision %+v", src, Count(want), r.Counts)
	}
}

func FuzzRevise(f *testing.F) {
	f.Add("---\nseats: US\n---\n\n1. One [US: a][b].\n\n2. Two.\n\n3. Three [c].\n", "1. One [US: a][b].\n\n2. Two [x\n\ny].\n\n3. Three [c].\n")
	f.Add("1. One.\n\n2. Two.\n\n3. Three.\n", "1. One.\n\n[\n\n2. Two.\n\n3. Three.]\n")
	f.Add("a\n\nb\n\nc\n\nd", "a\n\nb\n\n## c\n\nd")
	f.Fuzz(func(t *testing.T, one, two string) {
		r, err := Revise(nil, one, revisingSeats...)
		if err != nil {
			return
		}
		if r, err = Revise(r, two, revisingSeats...); err != nil {
			if _, plain := Parse(two, revisingSeats...); plain == nil {
				t.Fatalf("%q is refused as a revision of %q: %v", two, one, err)
			}
			return
		}
		checkRevision(t, r, two)
	})
}
