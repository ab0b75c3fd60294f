package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"paraph/record"
)

// act is one proposal as it was made, and who reads it.
type act struct {
	mark     int64
	audience record.Audience
	by       int // seat
}

// reads tells whether a seat reads the act.
func (a act) reads(seat int) bool {
	lens := record.Lens{Seat: seats[seat], Role: role(seats[seat])}
	return lens.Reads(a.audience)
}

// next gives the next proposal: each by another party, on another clause.
func (t *table) next(audience func(record.Seat) record.Audience) (act, string) {
	t.done++
	by := 1 + t.done%10
	return act{mark: time.Now().UnixNano(), audience: audience(seats[by]), by: by}, t.clauses[t.done%len(t.clauses)]
}

// table puts a proposal through the form of the page.
func (t *table) table(a act, clause string) error {
	form := url.Values{
		"key": {strings.ToLower(rand.Text())}, "kind": {"amend"}, "clause": {clause}, "audience": {string(a.audience)},
		"words": {fmt.Sprintf("1. The Parties @@%019d share the waters of this basin.", a.mark)},
	}
	r, err := http.NewRequest(http.MethodPost, "http://"+t.Addr+"/p/"+string(talks)+"/propose", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Cookie", t.cookie(a.by, 0))
	answer, err := t.client.Do(r)
	if err != nil {
		return err
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther {
		return fmt.Errorf("a proposal was answered %s", answer.Status)
	}
	return nil
}

func toAll(record.Seat) record.Audience { return record.Plenary }

// plenary makes one proposal that all read.
func (t *table) plenary(mark int64, _ int) error {
	a, clause := t.next(toAll)
	a.mark = mark
	return t.table(a, clause)
}

// rush does 20 acts a second, of which a third each are for all, for the chair
// and for the own seat alone. Then it holds every stream against what its seat
// reads, and against a page that is loaded now.
func (t *table) rush(ctx context.Context, c *crowd, span time.Duration) error {
	w := newWaits()
	c.heard = w.heard
	reading, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); c.read(reading) }()
	audiences := []func(record.Seat) record.Audience{toAll, record.Offices, record.Internal}
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	var mu sync.Mutex
	var acts []act
	var wrong error
	var wg sync.WaitGroup
	for n := range int(span / (50 * time.Millisecond)) {
		<-tick.C
		a, clause := t.next(audiences[n%3])
		acts = append(acts, a)
		wg.Go(func() {
			if err := t.table(a, clause); err != nil {
				mu.Lock()
				defer mu.Unlock()
				wrong = err
			}
		})
	}
	wg.Wait()
	for before, quiet := int64(-1), 0; quiet < 4; {
		time.Sleep(500 * time.Millisecond)
		now := c.bytes.Load()
		if now == before {
			quiet++
		}
		before = now
	}
	stop()
	<-done
	if wrong != nil {
		return wrong
	}
	fmt.Printf("\n%d acts in %v: to each screen %s / %s\n", len(acts), span, ms(w.each, 50), ms(w.each, 99))
	return errors.Join(t.whole(c, acts), t.reloaded(ctx, c))
}

// whole looks for what was lost, said twice, or said to the wrong seat.
func (t *table) whole(c *crowd, acts []act) error {
	lost, leaked, twice := 0, 0, 0
	for _, m := range c.members {
		twice += m.twice
		for _, a := range acts {
			switch has := m.marks[a.mark]; {
			case a.reads(m.seat) && !has:
				lost++
			case !a.reads(m.seat) && has:
				leaked++
			}
		}
	}
	fmt.Printf("%d streams: %d lost, %d twice, %d to the wrong seat, %d broken\n", len(c.members), lost, twice, leaked, c.broken.Load())
	if lost+leaked+twice+int(c.broken.Load()) > 0 {
		return errors.New("the streams are not whole")
	}
	return nil
}

// reloaded holds what every stream shows against a page that is loaded now.
func (t *table) reloaded(ctx context.Context, c *crowd) error {
	type said struct {
		seat      int
		id        string
		sum, text uint64
	}
	known := map[said]bool{}
	differs, fragments := 0, 0
	var now []string
	var cursors []string
	for i := range seats {
		b, _, err := get(ctx, t.client, "http://"+t.Addr+page, t.cookie(i, 0))
		if err != nil {
			return err
		}
		at, err := url.Parse(string(liveAddress.FindSubmatch(b)[1]))
		if err != nil {
			return err
		}
		now, cursors = append(now, string(b)), append(cursors, at.Query().Get("cursor"))
	}
	for _, m := range c.members {
		if m.cursor != cursors[m.seat] {
			differs++
		}
		ids := []string{"figures", "outline"}
		for _, id := range t.clauses {
			ids = append(ids, "c-"+id)
		}
		for _, id := range ids {
			fragments++
			key := said{m.seat, id, m.last[id], m.last["text"]}
			same, looked := known[key]
			if !looked {
				same = m.shows(id, t.first[m.seat]) == element(now[m.seat], id)
				known[key] = same
			}
			if !same {
				differs++
			}
		}
	}
	fmt.Printf("%d fragments on %d screens: %d differ from the page loaded now\n", fragments, len(c.members), differs)
	if differs > 0 {
		return errors.New("what streams show is not the page")
	}
	return nil
}

// shows gives a fragment as a screen has it: as it was sent last, alone or within
// the whole text, or else as it was on the page at first.
func (m *member) shows(id, first string) string {
	if sent, found := bodies.Load(m.last[id]); found {
		return sent.(string)
	}
	if text, found := bodies.Load(m.last["text"]); found && strings.HasPrefix(id, "c-") {
		return element(text.(string), id)
	}
	return element(first, id)
}

// element gives the element of a page that has an id, with all that is in it.
func element(page, id string) string {
	at := strings.Index(page, `<div id="`+id+`"`)
	if at < 0 {
		return ""
	}
	depth := 0
	for i := at; i < len(page); i++ {
		switch {
		case strings.HasPrefix(page[i:], "<div"):
			depth++
		case strings.HasPrefix(page[i:], "</div>"):
			if depth--; depth == 0 {
				return page[at : i+len("</div>")]
			}
		}
	}
	return ""
}
