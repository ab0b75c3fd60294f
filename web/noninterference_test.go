package web

import (
	"context"
	"encoding/json"
	commandline "flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"paraph/bargain"
	"paraph/consent"
	"paraph/desk"
	"paraph/desk/desktest"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/record/roomtest"
	"paraph/sitting"
	"paraph/text"
)

// tally counts what the pairs held, so that a test which looked at nothing fails.
type tally struct {
	pairs, hidden, quiet, answers, missing, accepted, events int
}

// shards run beside each other, each with as many pairs as -rapid.checks says.
const shards = 2

// TestNoninterference holds what a lens is answered, on every route and stream,
// against the same on a record where all that the lens may not read never
// happened: not a byte may differ. One case is one pair of histories and one
// lens.
func TestNoninterference(t *testing.T) {
	b := &books{T: t, made: map[string]shelfOfBooks{}}
	for i := range shards {
		t.Run(fmt.Sprint("shard", i+1), func(t *testing.T) {
			t.Parallel()
			var sum tally
			rapid.Check(t, func(r *rapid.T) {
				v := rapid.SampledFrom(viewers()).Draw(r, "viewer")
				made := b.of(v)
				bubble(t, r, func(t *testing.T) { sum.pair(t, &twins{T: r, viewer: v, books: made}) })
			})
			sum.holds(t)
		})
	}
}

// holds fails when the pairs were fewer than asked for, or held too little to
// prove anything.
func (sum tally) holds(t *testing.T) {
	t.Logf("%+v", sum)
	if asked := commandline.Lookup("rapid.checks").Value.String(); !testing.Short() && fmt.Sprint(sum.pairs) != asked {
		t.Errorf("%d pairs of %s: give the test more time", sum.pairs, asked)
	}
	for what, least := range map[string][2]int{
		"hidden entries": {sum.hidden, 3 * sum.pairs}, "hidden acts beside open streams": {sum.quiet, sum.pairs / 2}, "answers": {sum.answers, 50 * sum.pairs},
		"answers that nothing is there": {sum.missing, 10 * sum.pairs}, "acts done alike": {sum.accepted, sum.pairs / 2}, "events": {sum.events, sum.pairs / 4},
	} {
		if least[0] < least[1] {
			t.Errorf("%d %s in %d pairs: too few to prove anything", least[0], what, sum.pairs)
		}
	}
}

func (sum *tally) pair(t *testing.T, tw *twins) {
	sum.pairs++
	r := tw.T
	tw.now = time.Date(2025, 12, 2, 9, 0, 0, 0, time.UTC)
	tw.late = rapid.SampledFrom([]time.Duration{0, 10 * time.Minute}).Draw(r, "late")
	tw.whole = tw.open(t, tw.books.all)
	d, th := tw.history()
	tw.purged = tw.open(t, tw.books.known)
	for _, p := range []record.ProcessID{talks, secret} {
		lens := tw.lens
		if p == secret {
			lens = record.Lens{}
		}
		hidden, err := desktest.Purge(context.Background(), tw.whole.log, tw.purged.log, p, lens)
		tw.must(err)
		sum.hidden += hidden
	}
	pages, forms := tw.requests(th)

	// Some pages are looked at before anything more happens, and stay open.
	var open []request
	for _, q := range some(r, pages, 8) {
		sum.ask(tw, q)
		if strings.HasPrefix(q.path, "/p/") {
			open = append(open, live(tw, q))
		}
	}
	s := tw.listen(t, append(open, programStreams(tw)...))
	s.alike("when they open")
	time.Sleep(2 * time.Second)
	for tries, quiet := 0, 0; tries < 30 && quiet < 3; tries++ {
		before := s.sent()
		if tw.beside(d) {
			quiet++
			sum.quiet++
			s.silent(before, "after an act")
		}
	}
	time.Sleep(beat - time.Second)
	s.alike("when a heartbeat has come") // on its own clock, not so long after the acts
	time.Sleep(beat)
	s.alike("when two heartbeats have come")

	// What the lens's own seat asks for is answered alike, and moves its pages alike.
	for _, q := range some(r, forms, len(forms)) {
		if w := sum.ask(tw, q); w.Code == http.StatusSeeOther || w.Code == http.StatusOK && w.Header().Get("Content-Type") == "application/json" {
			sum.accepted++
		}
		s.alike("after " + q.String())
	}
	sum.accepted += tw.own(d, s)
	s.end()
	for _, sent := range s.sent() {
		sum.events += strings.Count(sent, "event:")
	}
	for _, q := range pages {
		sum.ask(tw, q)
	}
	again := tw.listen(t, open) // from where the pages stood at first
	again.alike("when they are opened again")
	again.end()
}

// ask asks both houses, and counts.
func (sum *tally) ask(tw *twins, q request) *httptest.ResponseRecorder {
	w := tw.ask(q)
	sum.answers++
	if w.Code == http.StatusNotFound {
		sum.missing++
	}
	return w
}

// history lays a random history, and gives the draws that made it and all things
// that it holds.
func (tw *twins) history() (*desktest.Draws, things) {
	known := rapid.SampledFrom([]record.Audience{record.Public, record.Plenary}).Draw(tw.T, "known to")
	for p, to := range map[record.ProcessID]record.Audience{talks: known, secret: record.Plenary} {
		for _, act := range desktest.Opening(to) {
			_, err := tw.do(tw.whole, p, roomtest.Chair, act)
			tw.must(err)
		}
	}
	if tw.door {
		_, err := tw.do(tw.whole, talks, roomtest.RU, process.Accredit{ID: memberOfRU, Seat: "RU", Name: "A member", Capacity: record.Member})
		tw.must(err)
	}
	d, th := &desktest.Draws{T: tw.T}, things{T: tw.T, ids: map[string][]string{}, prints: map[string]string{}}
	for noun, ids := range tw.books.ids {
		th.ids[noun] = slices.Clone(ids)
	}
	tw.look(roomtest.Chair.Lens(), func(v desk.View) {
		version, _ := text.SeeVersion(v.Text, "v1")
		d.Clauses = version.Clauses
	})
	for range rapid.IntRange(10, 40).Draw(tw.T, "acts") {
		by, act := d.Act()
		tw.meet(by, act)
	}
	entries, err := desktest.Entries(context.Background(), tw.whole.log, talks)
	tw.must(err)
	for _, e := range entries {
		for _, ref := range e.Content.Makes {
			if ids := th.ids[ref.Noun()]; !slices.Contains(ids, ref.ID()) {
				th.ids[ref.Noun()] = append(ids, ref.ID())
			}
		}
	}
	for _, l := range desktest.Lenses() {
		tw.look(l, func(v desk.View) {
			for _, version := range text.SeeVersions(v.Text) {
				for _, c := range version.Clauses {
					th.prints[c.ID] = c.Fingerprint
				}
			}
		})
	}
	return d, th
}

// look looks at the whole record, if there is anything to see.
func (tw *twins) look(l record.Lens, see func(desk.View)) {
	_ = tw.whole.desk.Look(context.Background(), talks, l, func(v desk.View) error {
		see(v)
		return nil
	})
}

// do does an act at one house, under a key of its own.
func (tw *twins) do(h *house, p record.ProcessID, by record.Actor, act any) (desk.Receipt, error) {
	tw.tick()
	return h.desk.Do(context.Background(), p, by, fmt.Sprint("act-", tw.now.Unix()), act)
}

// meet does an act of the history, now and then under a key that others use too.
func (tw *twins) meet(by record.Actor, act any) {
	tw.tick()
	key := fmt.Sprint("act-", tw.now.Unix())
	if rapid.IntRange(0, 7).Draw(tw.T, "key of others") == 0 {
		key = rapid.SampledFrom(desktest.IDs).Draw(tw.T, "key")
	}
	_, _ = tw.whole.desk.Do(context.Background(), talks, by, key, act) // refusals are part of it
}

// requests lists what to ask on every route, pages and forms apart.
func (tw *twins) requests(th things) (pages, forms []request) {
	for _, pattern := range tw.whole.server.Patterns() {
		observe := observers[pattern]
		if observe == nil {
			observe = doors[pattern]
		}
		if observe == nil {
			observe = programObservers[pattern]
		}
		if observe == nil {
			tw.Fatalf("nobody looks at %s: give it an observer", pattern)
		}
		all := observe(th)
		all = append(all, elsewhere(all[0])...)
		if strings.HasPrefix(pattern, "GET ") {
			pages = append(pages, all...)
		} else {
			forms = append(forms, all...)
		}
	}
	return pages, forms
}

// some draws a few of many, in any order.
func some(r *rapid.T, all []request, most int) []request {
	return rapid.Permutation(all).Draw(r, "order")[:min(most, len(all))]
}

// live gives the stream of a page, as the page asks for it.
func live(tw *twins, q request) request {
	page := tw.whole.answer(tw.asked, tw.name, q).Body.String()
	if found := liveURLs.FindStringSubmatch(page); found != nil {
		return request{path: liveURL(q.path, desk.Cursor(found[1]))}
	}
	return request{path: "/live?" + url.Values{"page": {q.path}}.Encode()}
}

// beside does an act that the lens can read nothing of, with others looking at
// their pages meanwhile, and tells whether it was done.
func (tw *twins) beside(d *desktest.Draws) bool {
	by, act := d.Act()
	unseen := false
	_ = tw.whole.desk.Look(context.Background(), talks, by.Lens(), func(v desk.View) error {
		events, err := decide(v, by, tw.now, act)
		unseen = err == nil && !slices.ContainsFunc(events, func(e record.Event) bool { return tw.lens.Reads(e.Audience) })
		return nil
	})
	if !unseen {
		return false
	}
	_, err := tw.do(tw.whole, talks, by, act)
	name := string(by.Seat)
	if tw.door {
		name = by.Person
	}
	for _, path := range []string{"/p/talks/text", "/p/talks/", "/"} {
		tw.whole.answer(0, name, request{path: path})
	}
	return err == nil
}

// own does acts of the lens's own seat at both houses, or of a keeper, who reads
// as the public does, and tells how many were done.
func (tw *twins) own(d *desktest.Draws, s *streams) (done int) {
	d.By = roomtest.Keeper
	for _, a := range []record.Actor{roomtest.Chair, roomtest.RU, roomtest.UA, roomtest.Observer} {
		if a.Lens() == tw.lens {
			d.By = a
		}
	}
	for range 8 {
		act := d.Own()
		before := tw.now
		whole, wrong := tw.do(tw.whole, talks, d.By, act)
		tw.now = before
		purged, alike := tw.do(tw.purged, talks, d.By, act)
		what := fmt.Sprintf("the act %#v", act)
		tw.alike(what, answered(whole, wrong), answered(purged, alike))
		s.alike("after " + what)
		if wrong == nil {
			done++
		}
	}
	return done
}

// answered is all that an actor learns from asking for an act, but for salts.
func answered(r desk.Receipt, err error) string {
	said := []any{fmt.Sprint(err)}
	for _, e := range r.Entries {
		said = append(said, e.Audience, e.Seq, e.At, e.Content)
	}
	b, wrong := json.Marshal(said)
	return fmt.Sprint(string(b), wrong)
}

// decide judges an act without doing it.
func decide(v desk.View, by record.Actor, now time.Time, act any) ([]record.Event, error) {
	switch a := act.(type) {
	case process.Act:
		return process.Decide(v.Process, by, now, a)
	case text.Act:
		return text.Decide(v.Text, by, now, a)
	case consent.Act:
		return consent.Decide(v.Consent, by, now, a)
	case sitting.Act:
		return sitting.Decide(v.Sitting, by, now, a)
	case press.Act:
		return press.Decide(v.Press, by, now, a)
	case bargain.Act:
		return bargain.Decide(v.Bargain, by, now, a)
	}
	panic(fmt.Sprintf("nobody judges a %T", act))
}
