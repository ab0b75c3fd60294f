package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"paraph/consent"
	"paraph/desk"
	"paraph/draft"
	"paraph/fault"
	"paraph/record"
	"paraph/text"
)

func fold(words string) string { return strings.Join(strings.Fields(words), " ") }

func parse(t *testing.T, name string) *draft.Text {
	t.Helper()
	b, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	got, err := draft.Parse(string(b))
	if err != nil || len(got.Unbalanced) > 0 {
		t.Fatalf("%s: %v, %+v", name, err, got.Unbalanced)
	}
	return got
}

// The point-by-point case: a plan and its counter-text, compiled and rolled,
// come back word for word.
func TestPlanAndCounterTextComeBack(t *testing.T) {
	plan, counter := parse(t, "talks/plan.md"), parse(t, "talks/counter.md")
	want := map[record.Seat]string{
		"": draft.Reading(plan, ""), "US": draft.Reading(plan, "US"), "RU": draft.Reading(plan, "RU"), "EU": draft.Reading(counter, "EU"),
	}
	compiled, err := draft.Compile(plan, []draft.Submission{{Seat: "US", Text: plan}, {Seat: "EU", Text: counter}})
	if err != nil {
		t.Fatal(err)
	}
	_, d := played(t)
	look(t, d, talks, record.Lens{}, func(v desk.View) {
		rolling, err := text.SeeRolling(v.Text, "plan-28", consent.SeeSupporters(v.Consent))
		if err != nil {
			t.Fatal(err)
		}
		for seat, words := range want {
			for what, whole := range map[string]*draft.Text{"compilation": compiled, "rolling text": rolling.Text} {
				if got := draft.Reading(whole, seat); fold(got) != fold(words) {
					t.Errorf("the %s as %q reads it:\n%s\nwant:\n%s", what, seat, got, words)
				}
			}
		}
		if fold(want["EU"]) == fold(want["US"]) || rolling.Counts.Brackets < 8 {
			t.Error("the counter-text changes nothing")
		}
	})
}

// The rolling text of every version as each lens sees it: each seat reads its
// own proposals, put into the version by hand.
func TestReadingsOfTheRollingText(t *testing.T) {
	_, d := played(t)
	for _, l := range lenses(t, d, vesna) {
		if l.Role == record.Outsider {
			continue
		}
		look(t, d, vesna, l, func(v desk.View) {
			for _, version := range text.SeeVersions(v.Text) {
				r, err := text.SeeRolling(v.Text, version.ID, consent.SeeSupporters(v.Consent))
				if err != nil {
					t.Fatalf("%s through %v: %v", version.Symbol, l, err)
				}
				if len(r.Text.Unbalanced) > 0 {
					t.Errorf("%s through %v does not balance: %+v", version.Symbol, l, r.Text.Unbalanced)
				}
				for _, seat := range []record.Seat{"KEL", "ILM", "DOR"} {
					want := byHand(t, version, text.SeeProposals(v.Text), seat)
					if got := draft.Reading(r.Text, seat); fold(got) != fold(want) {
						t.Errorf("%s through %v as %s reads it:\n%s\nwant:\n%s", version.Symbol, l, seat, got, want)
					}
				}
			}
		})
	}
}

// byHand puts a seat's own live proposals into a version and reads the result.
func byHand(t *testing.T, v text.VersionView, all []text.ProposalView, seat record.Seat) string {
	t.Helper()
	own := slices.DeleteFunc(slices.Clone(all), func(p text.ProposalView) bool {
		return p.Seat != seat || p.Version != v.ID || p.Status != text.Live
	})
	slices.SortStableFunc(own, func(a, b text.ProposalView) int {
		return cmp.Compare(a.Widest().Width(), b.Widest().Width())
	})
	words, gone, after := map[string]string{}, map[string]bool{}, map[string][]string{}
	for _, p := range own { // the widest last, so that it counts
		switch p.Kind {
		case text.Amend:
			words[p.Clause] = p.Words
		case text.Delete:
			gone[p.Clause] = true
		case text.Insert:
			after[p.After] = append(after[p.After], p.Words)
		case text.Move:
			gone[p.Clause] = true
			i := slices.IndexFunc(v.Clauses, func(c text.Clause) bool { return c.ID == p.Clause })
			after[p.After] = append(after[p.After], clauseAt(v, i))
		}
	}
	var b strings.Builder
	for i, c := range v.Clauses {
		if w, amended := words[c.ID]; amended {
			fmt.Fprintf(&b, "%s\n\n", w)
		} else if !gone[c.ID] {
			fmt.Fprintf(&b, "%s\n\n", clauseAt(v, i))
		}
		for _, w := range after[c.ID] {
			fmt.Fprintf(&b, "%s\n\n", w)
		}
	}
	got, err := draft.Parse(b.String(), v.Text.Front.Seats...)
	if err != nil {
		t.Fatal(err)
	}
	return draft.Reading(got, seat)
}

func clauseAt(v text.VersionView, i int) string {
	var b strings.Builder
	for _, p := range v.Text.Pieces[v.Text.Clauses[i].First:v.Text.Clauses[i].Last] {
		b.WriteString(p.Src)
	}
	return strings.TrimSpace(b.String())
}

// The chair's table says where each clause of the consolidation comes from. One
// that comes from one clause alone is still that clause.
func TestClausesAreKnownAgain(t *testing.T) {
	versions, err := read[[]version]("vesna", "versions.json")
	if err != nil {
		t.Fatal(err)
	}
	table := versions[2].Provenance
	uses := map[string]int{}
	for _, row := range table {
		for _, s := range row.Sources {
			uses[s]++
		}
	}
	_, d := played(t)
	look(t, d, vesna, record.Lens{Seat: "TAB", Role: record.Observer}, func(v desk.View) {
		all := text.SeeVersions(v.Text)
		old, new := indexOf(all[1]), indexOf(all[2])
		known := 0
		for _, row := range table {
			if row.Clause == "" || len(row.Sources) != 1 || uses[row.Sources[0]] > 1 {
				continue
			}
			if row.Clause == "Article 14 / 3" {
				continue // its options were paragraphs of their own: it is the likest of them that goes on
			}
			was, err1 := old.find(row.Sources[0])
			is, err2 := new.find(row.Clause)
			if err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
			known++
			if was.ID != is.ID {
				t.Errorf("%s is not known to be what was %s", row.Clause, row.Sources[0])
			}
		}
		if known < 20 {
			t.Errorf("only %d clauses looked at", known)
		}
	})
}

// The chair's table is on the record with the version, and says what was dropped.
func TestProvenanceOfTheConsolidation(t *testing.T) {
	_, d := played(t)
	look(t, d, vesna, record.Lens{Seat: "TAB", Role: record.Observer}, func(v desk.View) {
		all := text.SeeVersions(v.Text)
		consolidation := all[len(all)-1]
		x, found := indexOf(consolidation), map[string]text.Provenance{}
		for _, p := range consolidation.Provenance {
			if p.Place == text.Dropped {
				found["dropped"] = p
			} else {
				found[x.paths[p.Place]] = p
			}
		}
		for path, want := range map[string]text.Provenance{
			"Article 4 / 3":   {Contributors: []record.Seat{"KEL", "ILM"}, Sources: []string{"Article 8, 1 of REV.1"}},
			"Article 1 / (e)": {Contributors: []record.Seat{"AOM"}},
			"Preamble / 6":    {Contributors: []record.Seat{"DOR", "ILM"}, Sources: []string{"Preamble, paragraph 6 of REV.1"}},
			"dropped":         {Contributors: []record.Seat{"KEL"}, Sources: []string{"Article 4, 3 of REV.1"}},
		} {
			got := found[path]
			if !slices.Equal(got.Contributors, want.Contributors) || !slices.Equal(got.Sources, want.Sources) || got.Reason == "" {
				t.Errorf("%s comes from %+v", path, got)
			}
		}
		if len(consolidation.Provenance) < 30 {
			t.Errorf("only %d rows", len(consolidation.Provenance))
		}
	})
}

// Consent holds to words: what was agreed on and then changed is void, what was
// initialled last still stands.
func TestConsentToWords(t *testing.T) {
	_, d := played(t)
	look(t, d, vesna, record.Lens{Seat: "TAB", Role: record.Observer}, func(v desk.View) {
		latest, _ := text.SeeVersion(v.Text, "")
		x := indexOf(latest)
		stands := func(path string) map[record.Seat]consent.Level {
			c, err := x.find(path)
			if err != nil {
				t.Fatal(err)
			}
			found := map[record.Seat]consent.Level{}
			for _, g := range consent.SeeConsents(v.Consent, c.ID) {
				if _, newer := found[g.Seat]; !newer && g.Fingerprint == c.Fingerprint {
					found[g.Seat] = g.Level
				}
			}
			return found
		}
		if got := stands("Article 2 / 2"); got["KEL"] != consent.Initialled || got["ILM"] != consent.Initialled || got["DOR"] != consent.Initialled {
			t.Errorf("Article 2, paragraph 2: %v", got)
		}
		if got := stands("Article 4 / 2"); len(got) != 3 {
			t.Errorf("Article 4, paragraph 2, did not change: %v", got)
		}
		c, err := x.find("Preamble / 4")
		if err != nil {
			t.Fatal(err)
		}
		if got := stands("Preamble / 4"); len(got) != 0 || len(consent.SeeConsents(v.Consent, c.ID)) != 2 {
			t.Errorf("the fourth paragraph of the preamble was agreed in other words: %v", got)
		}
	})
}

func TestFindClauses(t *testing.T) {
	const words = "## Preamble\n\nThe Parties,\n\nHave agreed:\n\n## Article 1 (Terms)\n\nIn this text:\n\n(a) a term;\n\n(b) another.\n\n" +
		"## Article 2\n\n1. One.\n\n[2. Two:\n\n(a) a half.]\n\n2 bis. More.\n\n## Points\n\n10. Ten.\n\nA close.\n"
	tree, err := draft.Parse(words)
	if err != nil {
		t.Fatal(err)
	}
	v := text.VersionView{Symbol: "REV.1", Text: tree}
	for i, c := range tree.Clauses {
		v.Clauses = append(v.Clauses, text.Clause{ID: fmt.Sprint("c", i), Label: c.Label, Heading: c.Heading})
	}
	x := indexOf(v)
	for path, want := range map[string]string{
		"Preamble": "c0", "Preamble / 2": "c2", "Article 1": "c3", "Article 1 / 1": "c4", "Article 1 / (b)": "c6",
		"Article 2 / 1": "c8", "Article 2 / 2": "c9", "Article 2 / 2 / (a)": "c10", "Article 2 / 2 bis": "c11", "10": "c13",
	} {
		if c, err := x.find(path); err != nil || c.ID != want {
			t.Errorf("%q leads to %q, want %q: %v", path, c.ID, want, err)
		}
	}
	for _, path := range []string{"Article 3", "(a)", "Article 1 / (c)", ""} {
		if c, err := x.find(path); fault.KindOf(err) != fault.KindNotFound {
			t.Errorf("%q leads to %q: %v", path, c.ID, err)
		}
	}
}

func TestSpoken(t *testing.T) {
	for path, want := range map[string]string{
		"Article 6": "Article 6", "Article 6 / 2 / (b)": "Article 6, 2 (b)", "Article 5 bis / 3 bis": "Article 5 bis, 3 bis", "Preamble / 4": "Preamble, paragraph 4",
	} {
		if got := spoken(path); got != want {
			t.Errorf("%s is spoken %q, want %q", path, got, want)
		}
	}
}

func TestLabelled(t *testing.T) {
	for _, c := range []struct{ label, words, want string }{
		{"2", "Two.", "2. Two."}, {"3 bis", "More.", "3 bis. More."}, {"(a)", "one;", "(a) one;"}, {"", "*Recalling* it,", "*Recalling* it,"},
		{"Article 5 bis", "## Article 5 bis\n\n1. One.", "## Article 5 bis\n\n1. One."},
	} {
		if got := labelled(c.label, c.words); got != c.want {
			t.Errorf("%q", got)
		}
	}
}
