package web

import (
	"net/http"
	"slices"
	"time"

	"paraph/papers"
	"paraph/press"
	"paraph/record"
	"paraph/sitting"
)

// timeline is the public side in the order of when things were said, with what
// was asked of it.
type timeline struct {
	sight
	seat record.Seat
	kind string
	days []timelineDay
}

// timelineDay is what was said on one day, by the clocks it was told by.
type timelineDay struct {
	Name  string // empty: the day is not known
	Items []timelineItem
}

// timelineItem is one thing on the timeline: just one of its fields is set, but
// for read-outs, which stand beside each other.
type timelineItem struct {
	papers.Item
	ReadOuts []press.StatementView
}

// The kinds by which the timeline can be filtered, beside those of statements.
const (
	kindClaim     = "claim"
	kindLeak      = "leak"
	kindCondition = "condition"
)

// timelineKinds lists the kinds, as the choice shows them.
func timelineKinds() []string {
	return []string{
		string(press.Statement), string(press.ReadOut), string(press.Line), string(press.JointStatement),
		kindClaim, kindCondition, kindLeak,
	}
}

// seeTimeline is the public record: ?seat=SEAT&kind=claim.
func seeTimeline(v sight, r *http.Request) (*Page, error) {
	q := r.URL.Query()
	t := timeline{sight: v, seat: record.Seat(q.Get("seat")), kind: q.Get("kind")}
	t.fill()
	f := &Fragment{ID: "record", Name: "the public record", Body: timelineBody(t)}
	return &Page{
		Title: "Public record", Section: "Public record", Areas: []string{"record", "conditions", "roster"},
		Live: []*Fragment{f}, Body: timelinePage(t, f),
	}, nil
}

func (t *timeline) fill() {
	var items []timelineItem
	for _, i := range t.out().Timeline() {
		if item := (timelineItem{Item: i}); t.asked(item) {
			items = append(items, item)
		}
	}
	for _, item := range beside(items) {
		day := papers.DayOf(item.When)
		if n := len(t.days); n == 0 || t.days[n-1].Name != day {
			t.days = append(t.days, timelineDay{Name: day})
		}
		last := &t.days[len(t.days)-1]
		last.Items = append(last.Items, item)
	}
}

// asked tells whether the filter lets an item through.
func (t *timeline) asked(i timelineItem) bool {
	kind, seats := i.about()
	return (t.kind == "" || t.kind == kind) && (t.seat == "" || slices.Contains(seats, t.seat))
}

// about gives the kind of an item and the seats that speak in it.
func (i timelineItem) about() (kind string, seats []record.Seat) {
	switch {
	case i.Statement != nil:
		return string(i.Statement.Kind), append([]record.Seat{i.Statement.Seat}, i.Statement.Cleared...)
	case i.Claim != nil:
		seats = []record.Seat{i.Claim.Seat}
		for _, d := range i.Claim.Denials {
			seats = append(seats, d.Seat)
		}
		return kindClaim, seats
	case i.Condition != nil:
		return kindCondition, []record.Seat{i.Condition.Seat}
	}
	return kindLeak, nil
}

// near is how far apart two read-outs may be said so that they are shown beside
// each other. They may be of different meetings all the same: the page says so.
const near = 24 * time.Hour

// beside puts read-outs that follow each other side by side: those on the same
// sitting, and those said within a day.
func beside(items []timelineItem) []timelineItem {
	var out []timelineItem
	for _, i := range items {
		n := len(out)
		if i.Statement == nil || i.Statement.Kind != press.ReadOut {
			out = append(out, i)
			continue
		}
		if n > 0 && len(out[n-1].ReadOuts) > 0 && together(out[n-1].ReadOuts[0], *i.Statement) {
			out[n-1].ReadOuts = append(out[n-1].ReadOuts, *i.Statement)
			continue
		}
		out = append(out, timelineItem{papers.Item{When: i.When}, []press.StatementView{*i.Statement}})
	}
	return out
}

func together(a, b press.StatementView) bool {
	if a.Sitting != "" && b.Sitting != "" {
		return a.Sitting == b.Sitting
	}
	known := !a.Said.Earliest.IsZero() && !b.Said.Earliest.IsZero()
	return known && b.Said.Earliest.Sub(a.Said.Earliest).Abs() <= near
}

// sittingTitle gives the title of a sitting that the lens reads of; empty for
// another.
func (v sight) sittingTitle(id string) string {
	if s, there := sitting.SeeSitting(v.Sitting, id); there && id != "" {
		return s.Title
	}
	return ""
}

// everySeat lists all seats, as a choice shows them.
func (v sight) everySeat() []SeatName {
	var out []SeatName
	for _, s := range v.seats() {
		out = append(out, v.seat(s))
	}
	return out
}
