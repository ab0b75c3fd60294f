package register

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/draft"
)

func version(t testing.TB, symbol, src string) Version {
	t.Helper()
	x, err := draft.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	return Version{ID: "id-" + symbol, Symbol: symbol, Text: x}
}

const (
	rev1 = "---\ntitle: Lake\n---\n\n## Article 1\n\n1. The Parties *shall* share the waters of the lake fairly and in good faith, each by its needs[^1].\n\n" +
		"2. Data are exchanged [daily][weekly] between the Parties by their long-term stations.\n\n[^1]: As agreed.\n"
	rev2 = "## Article 1\n\n1. The Parties *shall* share the waters of the lake fairly and in good faith, each by its needs.\n\n" +
		"2. Data are exchanged daily between the Parties by their long-term stations.\n\n3. A commission meets twice a year.\n"
	rev3 = "## Article 1\n\n1. The Parties *shall* share the waters of the lake fairly and in good faith, each by its needs.\n\n" +
		"2. Data are exchanged [daily] between the Parties by their long-term stations.\n\n3. A commission meets twice a year.\n"
)

// TestAnswers holds single cases to what must be said of them.
func TestAnswers(t *testing.T) {
	r := New([]Version{version(t, "REV.1", rev1), version(t, "REV.2", rev2), version(t, "REV.3", rev3)})
	for _, c := range []struct {
		name, copy string
		verdict    Verdict
		versions   string
		told       string // of the runs, those that differ
		aside      string
	}{
		{"itself", rev2, Exact, "REV.2", "", ""},
		{"itself, with a footnote", rev1, Exact, "REV.1", "", ""},
		{"in capitals", strings.ToUpper(rev1), Exact, "REV.1", "", ""},
		{"brackets tell two apart", rev3, Exact, "REV.3", "", ""},
		{"brackets gone", strings.NewReplacer("[", "", "]", "").Replace(rev3), Exact, "REV.2", "", ""},
		{"a clause that all have", "1. The Parties shall share the waters of the lake fairly and in good faith, each by its needs.", Alike, "REV.1 REV.2 REV.3", "", ""},
		{"a clause of two", "3. A commission meets twice a year.", Alike, "REV.2 REV.3", "", ""},
		{"few words of one", "[daily][weekly] between", Exact, "REV.1", "", ""},
		{"a word changed", strings.Replace(rev1, "weekly", "monthly", 1), Nearest, "REV.1", "-[weekly] +[monthly]", ""},
		{"a word more", strings.Replace(rev2, "twice", "at least twice", 1), Alike, "REV.2 REV.3", "+at least", ""},
		{"a word less", strings.Replace(rev2, "twice ", "", 1), Alike, "REV.2 REV.3", "-twice", ""},
		{"a word more among brackets", strings.Replace(rev3, "twice", "at least twice", 1), Nearest, "REV.3", "+at least", ""},
		{"parted at a line's end", strings.Replace(rev2, "stations", "sta-\ntions", 1), Exact, "REV.2", "", ""},
		{"soft hyphens and ligatures", strings.Replace(strings.Replace(rev2, "exchanged", "ex\u00adchanged", 1), "fairly", "fairly", 1), Exact, "REV.2", "", ""},
		{"page numbers", strings.Replace(rev2, "2. Data", "Page 1 of 2\n\f\n2. Data", 1), Exact, "REV.2", "", "Page 1 of 2"},
		{"a page's end within a word", strings.Replace(rev2, "stations", "sta-\n\n1\n\fPage 2 of 2\ntions", 1), Exact, "REV.2", "", "1 Page 2 of 2"},
		{"a page's end before a mark", strings.Replace(rev1, "[daily]", "\n\n1\n\f2\n[daily]", 1), Exact, "REV.1", "", "1 2"},
		{"a page's head once", "Restricted circulation\nPage 1 of 2\n" + rev3, Nearest, "REV.3", "+Restricted circulation", "Page 1 of 2"},
		{"a sentence beside the page number", strings.Replace(rev2, "2. Data", "Agreed by all.\nPage 1 of 2\n\f\n2. Data", 1), Alike, "REV.2 REV.3", "+Agreed by all.", "Page 1 of 2"},
		{"another text", "The quick brown fox jumps over the lazy dog and runs away from all hunters into the deep forest where nobody finds it.", Unknown, "", "", ""},
		{"few words of none", "a fox", Unknown, "", "", ""},
		{"nothing", " \n", Unknown, "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := r.Which(c.copy)
			var names, told []string
			for _, v := range a.Versions {
				names = append(names, v.Symbol)
			}
			for _, run := range a.Runs {
				if run.Op != draft.Keep {
					told = append(told, string(run.Op)+run.Words)
				}
			}
			if a.Verdict != c.verdict || strings.Join(names, " ") != c.versions || strings.Join(told, " ") != c.told || strings.Join(a.Aside, " ") != c.aside {
				t.Errorf("said %s %q, differing %q, aside %q; want %s %q, %q, %q\n%+v", a.Verdict, names, told, a.Aside, c.verdict, c.versions, c.told, c.aside, a)
			}
		})
	}
}

// TestPrintedCopies: what is printed around a version is told from its words, where
// whole lines of the copy are it, and nothing else is.
func TestPrintedCopies(t *testing.T) {
	v := version(t, "REV.3", rev3)
	v.Around = []string{"Lake", "REV.3", "as issued", "fingerprint 0123 4567", "KEL", "words not agreed, held by no named seat"}
	r := New([]Version{version(t, "REV.2", rev2), v})
	for _, c := range []struct {
		head    string
		verdict Verdict
		aside   string
	}{
		{"REV.3 as issued\nfingerprint 0123 4567\nKEL\n[words] not agreed, held by\n5\nno named seat\n", Exact, "REV.3 as issued, fingerprint 0123 4567, KEL, words] not agreed, held by, 5, no named seat"},
		{"REV.3\nNot agreed\n", Nearest, "REV.3"},
		{"Lake REV.3, agreed\n", Nearest, ""},
	} {
		a := r.Which(c.head + "\n" + rev3)
		if a.Verdict != c.verdict || strings.Join(a.Aside, ", ") != c.aside {
			t.Errorf("%q: %s, aside %q", c.head, a.Verdict, a.Aside)
		}
	}
}

// TestWholeVersionsAreExact: whatever versions there are, a copy of one that is no
// other's part is exact, and never exact for another.
func TestWholeVersionsAreExact(t *testing.T) {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"the", "Parties", "shall", "[may]", "share", "water", "each", "year,", "5", "fairly.", "(a)"}), 14, 60)
	rapid.Check(t, func(r *rapid.T) {
		var versions []Version
		var texts []string
		for i := range rapid.IntRange(1, 4).Draw(r, "versions") {
			src := strings.Join(words.Draw(r, "words"), " ")
			if i > 0 && rapid.Bool().Draw(r, "edited") {
				src = strings.Replace(texts[0], "shall", "should", 1)
			}
			x, err := draft.Parse(src)
			if err != nil {
				r.Fatal(err)
			}
			texts = append(texts, src)
			versions = append(versions, Version{ID: string(rune('a' + i)), Text: x})
		}
		reg := New(versions)
		for i, src := range texts {
			a := reg.Which(src)
			if a.Verdict != Exact {
				continue
			}
			want := " " + written(rowOf(versions[i].Text)) + " "
			for k, v := range versions {
				in := strings.Contains(" "+written(rowOf(v.Text))+" ", want)
				if k != i && in || a.Versions[0].ID != versions[i].ID {
					r.Fatalf("%q is said to be exactly %v, and stands in %d too", src, a.Versions, k)
				}
			}
		}
	})
}

// What is said of any copy holds together.
func FuzzWhich(f *testing.F) {
	reg := New([]Version{version(f, "REV.1", rev1), version(f, "REV.2", rev2), version(f, "REV.3", rev3)})
	for _, src := range []string{rev1, rev2, strings.ToUpper(rev3), "1. The Parties", "[[[", "\u00ad-\n-", "Page 1\n\fPage 2\n", "共享湖水"} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		a := reg.Which(src)
		n := len(a.Versions)
		if a.Verdict == Unknown && n != 0 || a.Verdict == Alike && n < 2 || (a.Verdict == Exact || a.Verdict == Nearest) && n != 1 {
			t.Fatalf("%s with %d versions", a.Verdict, n)
		}
		differing := 0
		for _, r := range a.Runs {
			if r.Words == "" {
				t.Fatal("a run without words")
			}
			if r.Op != draft.Keep {
				differing++
			}
		}
		for _, v := range a.Versions {
			if v.Share < leastShare || v.Share > 1 || v.Covers < 0 || v.Covers > 1 {
				t.Fatalf("likeness %+v", v)
			}
		}
		if a.Verdict == Exact && (differing > 0 || a.Versions[0].Share != 1 || a.Versions[0].Marks > 0) {
			t.Fatalf("exact, and yet %+v", a)
		}
	})
}
