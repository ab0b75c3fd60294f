package demo

import (
	"context"
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"paraph/consent"
	"paraph/desk"
	"paraph/fault"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/sitting"
	"paraph/store/sqlite"
	"paraph/text"
)

var ctx = context.Background()

const vesna, talks record.ProcessID = "vesna", "ukraine-december-2025"

// open opens an empty record that the test leaves no trace of.
func open(t testing.TB) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "record"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// played gives a desk on a record in which the example was played. At the end
// of the test the record must verify, and be what the desk holds.
func played(t testing.TB) (*sqlite.Store, *desk.Desk) {
	t.Helper()
	store := open(t)
	if err := Play(ctx, store); err != nil {
		t.Fatal(err)
	}
	d := desk.New(store, desk.Options{})
	t.Cleanup(func() {
		if err := d.Check(ctx); err != nil {
			t.Error(err)
		}
	})
	return store, d
}

// lenses gives everybody who looks at a process, the public first.
func lenses(t testing.TB, d *desk.Desk, p record.ProcessID) []record.Lens {
	t.Helper()
	seats, err := Seats(ctx, d, p)
	if err != nil {
		t.Fatal(err)
	}
	all := []record.Lens{{}}
	for _, s := range seats {
		l, err := d.Lens(ctx, p, s)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

func look(t testing.TB, d *desk.Desk, p record.ProcessID, l record.Lens, see func(desk.View)) {
	t.Helper()
	if err := d.Look(ctx, p, l, func(v desk.View) error { see(v); return nil }); err != nil {
		t.Fatalf("%s through %v: %v", p, l, err)
	}
}

// logs gives all entries of a process, by audience.
func logs(t testing.TB, log record.Log, p record.ProcessID) map[record.Audience][]record.Entry {
	t.Helper()
	audiences, err := log.Audiences(ctx, p)
	if err != nil {
		t.Fatal(err)
	}
	all := map[record.Audience][]record.Entry{}
	for _, a := range audiences {
		if all[a], err = log.Read(ctx, p, a, 0, 0); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestSeats(t *testing.T) {
	_, d := played(t)
	for p, want := range map[record.ProcessID][]record.Seat{
		vesna: {"AOM", "DOR", "ILM", "KEL", "TAB"},
		talks: {"US", "RU", "UA", "EU"},
	} {
		if got, err := Seats(ctx, d, p); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s seats %q: %v", p, got, err)
		}
	}
	if _, err := Seats(ctx, d, "tea"); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("a process that is not there: %v", err)
	}
}

// The example shows everything that the product has.
func TestHowMuchThereIs(t *testing.T) {
	_, d := played(t)
	atLeast := func(what string, got, want int) {
		if got < want {
			t.Errorf("%d %s, want %d at least", got, what, want)
		}
	}
	look(t, d, vesna, record.Lens{Seat: "AOM", Role: record.Chair}, func(v desk.View) {
		versions := text.SeeVersions(v.Text)
		if len(versions) != 3 {
			t.Errorf("%d versions of the lake's text", len(versions))
		}
		for _, w := range versions {
			atLeast("clauses in "+w.Symbol, w.Counts.Clauses, 24)
		}
		r, err := text.SeeRolling(v.Text, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		contested := 0
		for _, c := range r.Clauses {
			if len(c.Applied) > 0 {
				contested++
			}
		}
		atLeast("contested clauses", contested, 8)
		atLeast("proposals", len(text.SeeProposals(v.Text)), 40)
		audiences := map[string]int{}
		statuses := map[text.Status]int{}
		for _, p := range text.SeeProposals(v.Text) {
			audiences[p.Standing[0].Audience.Name()]++
			statuses[p.Status]++
		}
		atLeast("proposals in good offices", audiences["offices"], 6)
		atLeast("withdrawn proposals", statuses[text.Withdrawn], 3)
		positions := map[consent.Position]int{}
		for _, p := range consent.SeeAllPositions(v.Consent) {
			positions[p.Position]++
		}
		for _, p := range consent.Positions() {
			atLeast("positions "+string(p), positions[p], 1)
		}
		atLeast("sittings", len(sitting.SeeSittings(v.Sitting)), 3)
		atLeast("messages", len(sitting.SeeMessages(v.Sitting)), 8)
		atLeast("conditions", len(sitting.SeeConditions(v.Sitting)), 4)
		atLeast("statements", len(press.SeeStatements(v.Press)), 8)
		atLeast("claims", len(press.SeeClaims(v.Press)), 2)
		atLeast("leaks", len(press.SeeLeaks(v.Press)), 1)
		for _, s := range process.SeeProcess(v.Process).Seats {
			atLeast("people of "+string(s.Seat), len(s.People), 2)
		}
	})
	look(t, d, talks, record.Lens{}, func(v desk.View) {
		version, _ := text.SeeVersion(v.Text, "")
		if version.Counts.Clauses != 12 {
			t.Errorf("the plan has %d points", version.Counts.Clauses)
		}
		atLeast("proposals on the plan", len(text.SeeProposals(v.Text)), 8)
		atLeast("reported sittings", len(sitting.SeeSittings(v.Sitting)), 4)
		unresolved := 0
		for _, it := range press.SeeTimeline(v.Press) {
			if it.Unresolved {
				unresolved++
			}
		}
		atLeast("times left open", unresolved, 3)
	})
}

// What is said of a thing stands where the record has a place for it.
func TestPlacesOfTheRecord(t *testing.T) {
	_, d := played(t)
	look(t, d, vesna, record.Lens{Seat: "KEL", Role: record.Party}, func(v desk.View) {
		head, _ := process.SeePerson(v.Process, "ilse-varnhold")
		if want := "negotiate and initial; signature is reserved to the Prime Minister; from 10 February 2026 until 31 December 2026"; head.Powers != want || head.Note != "" {
			t.Errorf("the full powers of the head are %q, her note %q", head.Powers, head.Note)
		}
		if p, _ := process.SeePerson(v.Process, "marit-solvane"); !slices.Equal(p.Languages, []string{"Keldrish", "English"}) {
			t.Errorf("the interpreter works in %q", p.Languages)
		}
		round, _ := sitting.SeeSitting(v.Sitting, "second-round")
		want := sitting.Interpreting{Person: "greta-sollis", Between: []string{"Keldrish", "English"}}
		if len(round.Interpretation) != 3 || !reflect.DeepEqual(round.Interpretation[0], want) {
			t.Errorf("who interpreted: %+v", round.Interpretation)
		}
		for _, s := range sitting.SeeSittings(v.Sitting) {
			for _, i := range s.Interpretation {
				p, known := process.SeePerson(v.Process, i.Person)
				if !known || p.Capacity != record.Interpreter || !contains(p.Languages, i.Between) {
					t.Errorf("%s: %s interpreted between %q, accredited for %q", s.ID, i.Person, i.Between, p.Languages)
				}
			}
		}
		for _, m := range sitting.SeeMessages(v.Sitting) {
			if m.ID == "m13" && (m.PassOn != "Movement on the hourly limit is possible if arbitration stays voluntary." ||
				m.Withhold != "The figure of 60; the figure of 340." || !slices.Equal(m.MayPass, []record.Seat{"DOR"})) {
				t.Errorf("the message may be carried on as %+v", m)
			}
		}
		line, _ := press.SeeStatement(v.Press, "joint-line")
		if line.Kind != press.Line || len(line.Cleared) != 4 {
			t.Errorf("the joint line is %+v", line)
		}
		if l := press.SeeLeaks(v.Press)[0]; l.Where != "Castermouth Ledger, four pages of facsimile" {
			t.Errorf("the leak was found in %q", l.Where)
		}
	})
	look(t, d, talks, record.Lens{}, func(v desk.View) {
		var on []string
		for _, p := range consent.SeePositions(v.Consent, "") {
			on = append(on, string(p.Seat)+": "+p.Topic+": "+string(p.Position))
			if p.ReportedBy == "" || p.Note == "" || p.Said.Latest.IsZero() || p.Source.IsZero() {
				t.Errorf("of %s it is not told who reported it, what, when and where: %+v", p.Topic, p)
			}
		}
		want := []string{"EU: any peace framework: ", "UA: next steps: ", "RU: European demands in the drafts: opposes", "RU: the plan of the United States: "}
		if !slices.Equal(on, want) {
			t.Errorf("positions on %q", on)
		}
		for _, c := range sitting.SeeConditions(v.Sitting) {
			if c.StatedBy != "Volodymyr Zelensky" {
				t.Errorf("%s was stated by %q", c.ID, c.StatedBy)
			}
		}
		if v, _ := text.SeeVersion(v.Text, ""); len(v.Provenance) != 12 || len(v.Provenance[0].Reported) == 0 {
			t.Errorf("where the points were published: %+v", v.Provenance)
		}
	})
}

func contains(all, some []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}

// Whatever the public reads has a source.
func TestPublicEntriesHaveASource(t *testing.T) {
	store, _ := played(t)
	for _, p := range Processes() {
		public := logs(t, store, p)[record.Public]
		if len(public) < 20 {
			t.Errorf("%s has %d public entries", p, len(public))
		}
		for _, e := range public {
			var body struct{ Source record.Source }
			if err := json.Unmarshal(e.Content.Body, &body); err != nil {
				t.Fatal(err)
			}
			if body.Source.Outlet == "" {
				t.Errorf("%s: %s has no source: %s", p, e.Content.Kind, e.Content.Body)
			}
		}
	}
}

// Of real parties nothing is said that is not public, and nobody but the keeper
// says it.
func TestTheRealTalksAreKeptInPublicAlone(t *testing.T) {
	store, d := played(t)
	all := logs(t, store, talks)
	if len(all) != 1 || len(all[record.Public]) == 0 {
		t.Errorf("the talks have %d logs", len(all))
	}
	for _, e := range all[record.Public] {
		if e.Content.By != (record.By{}) {
			t.Errorf("%s was written by %+v", e.Content.Kind, e.Content.By)
		}
	}
	look(t, d, talks, record.Lens{}, func(v desk.View) {
		if p := process.SeeProcess(v.Process); !p.Rules.Kept {
			t.Error("the process is not kept from outside")
		}
		for _, c := range press.SeeClaims(v.Press) {
			if c.Standing != press.Contested || len(c.Denials) == 0 || len(c.Judgements) != 0 {
				t.Errorf("the claim %s: %+v", c.ID, c)
			}
		}
	})
}

// Every act stands at the time that its file gives.
func TestTimesOfTheStory(t *testing.T) {
	store, _ := played(t)
	for _, folder := range folders {
		script, err := write(folder)
		if err != nil {
			t.Fatal(err)
		}
		var want, got []time.Time
		for _, s := range script.steps {
			want = append(want, s.at)
		}
		for _, entries := range logs(t, store, script.process) {
			for _, e := range entries {
				got = append(got, e.At.Truncate(time.Second))
			}
		}
		slices.SortFunc(got, time.Time.Compare)
		got = slices.CompactFunc(got, time.Time.Equal)
		if !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Errorf("%s: %d times on the record, %d in the files, or not the same", folder, len(got), len(want))
		}
	}
}

func TestPlayedTwiceIsPlayedOnce(t *testing.T) {
	store, _ := played(t)
	before := map[record.ProcessID]any{}
	for _, p := range Processes() {
		before[p] = logs(t, store, p)
	}
	if err := Play(ctx, store); err != nil {
		t.Fatal(err)
	}
	for _, p := range Processes() {
		if !reflect.DeepEqual(before[p], any(logs(t, store, p))) {
			t.Errorf("playing %s again changed it", p)
		}
	}
}

// failing is a log that takes no more after a number of batches.
type failing struct {
	record.Log
	left int
}

func (f *failing) Append(b record.Batch) *record.Pending {
	if f.left--; f.left >= 0 {
		return f.Log.Append(b)
	}
	p, settle := record.NewPending()
	settle(nil, fault.Unavailable("the disk is full"))
	return p
}

// A play that breaks off is finished by the next, and nobody can tell.
func TestPlayGoesOn(t *testing.T) {
	store := open(t)
	for _, n := range []int{0, 3, 200} {
		err := Play(ctx, &failing{store, n})
		if fault.KindOf(err) != fault.KindUnavailable || !strings.Contains(err.Error(), "demo/vesna/") {
			t.Fatalf("a play on a full disk gives %v", err)
		}
	}
	if err := Play(ctx, store); err != nil {
		t.Fatal(err)
	}
	whole, d := played(t)
	for _, p := range Processes() {
		got, want := logs(t, store, p), logs(t, whole, p)
		if len(got) != len(want) {
			t.Errorf("%s has %d logs, want %d", p, len(got), len(want))
		}
		for a := range want {
			if !slices.EqualFunc(got[a], want[a], sameAct) {
				t.Errorf("%s, %s: %d entries, want %d, or not the same", p, a, len(got[a]), len(want[a]))
			}
		}
	}
	if err := d.Check(ctx); err != nil {
		t.Error(err)
	}
}

// sameAct tells whether two entries say the same at the same time; salts differ.
func sameAct(a, b record.Entry) bool {
	return a.At.Equal(b.At) && reflect.DeepEqual(a.Content, b.Content)
}

func TestPlayStopsWhenNobodyWaits(t *testing.T) {
	gone, leave := context.WithCancel(ctx)
	leave()
	if err := Play(gone, open(t)); fault.KindOf(err) != fault.KindUnavailable {
		t.Errorf("got %v", err)
	}
}

// What cannot be played says where it stands in the files.
func TestRefusalsNameFileAndItem(t *testing.T) {
	script, err := write("vesna")
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(script.steps, func(s step) bool { return s.item == "kel-winter-420" })
	script.steps[at].actor.Person, script.steps[at].actor.Capacity = "", record.Interpreter
	err = play(ctx, open(t), script)
	if err == nil || fault.KindOf(err) != fault.KindForbidden || !strings.HasPrefix(err.Error(), "demo/vesna/proposals.json, kel-winter-420: as interpreter") {
		t.Errorf("got %v", err)
	}
}

func BenchmarkPlay(b *testing.B) {
	for b.Loop() {
		if err := Play(ctx, open(b)); err != nil {
			b.Fatal(err)
		}
	}
}
