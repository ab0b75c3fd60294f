package web

import (
	"net/http"

	"paraph/fault"
	"paraph/papers"
	"paraph/sitting"
)

// seeSittings lists the sittings that the lens reads of, the latest first.
func seeSittings(v sight, _ *http.Request) (*Page, error) {
	f := &Fragment{ID: "sittings", Name: "the sittings", Body: sittingList(v, v.lastSittings())}
	return &Page{
		Title: "Sittings", Section: "Sittings", Areas: []string{"sittings", "roster"},
		Live: []*Fragment{f}, Body: sittingsPage(f),
	}, nil
}

// meeting is one sitting with the names of who was there.
type meeting struct {
	sight
	papers.Meeting
}

// seeSitting is one sitting.
func seeSitting(v sight, r *http.Request) (*Page, error) {
	s, there := sitting.SeeSitting(v.Sitting, r.PathValue("sitting"))
	if !there {
		return nil, fault.NotFound("no such sitting")
	}
	m := meeting{v, papers.SeeMeeting(v.out(), s)}
	f := &Fragment{ID: "sitting", Name: "the sitting", Body: sittingBody(m)}
	return &Page{
		Title: s.Title, Section: "Sittings", Areas: []string{"sittings", "roster"},
		Live: []*Fragment{f}, Body: sittingPage(m, f),
	}, nil
}

// attended counts those who attended for each seat, in the table's order.
func (v sight) attended(s sitting.SittingView) []attendance {
	var out []attendance
	for _, seat := range append(v.seats(), "") {
		n := 0
		for _, a := range s.Attendance {
			if a.Seat == seat {
				n++
			}
		}
		if n > 0 {
			out = append(out, attendance{v.seat(seat), n})
		}
	}
	return out
}

// attendance is how many attended for a seat.
type attendance struct {
	Seat   SeatName
	People int
}
