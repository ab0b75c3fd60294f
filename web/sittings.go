package web

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"paraph/fault"
	"paraph/process"
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
	sitting.SittingView
	At          *time.Location
	Local       bool // the zone is known: times are told by the clocks of the place
	Delegations []delegation
}

// delegation is who attended for one seat.
type delegation struct {
	Seat   SeatName
	People []attender
}

// attender is one person at a sitting, with what the accreditation says where
// the record of the sitting says nothing.
type attender struct {
	sitting.Attender
	Interprets string // between which languages
}

// seeSitting is one sitting.
func seeSitting(v sight, r *http.Request) (*Page, error) {
	s, there := sitting.SeeSitting(v.Sitting, r.PathValue("sitting"))
	if !there {
		return nil, fault.NotFound("no such sitting")
	}
	m := v.meeting(s)
	f := &Fragment{ID: "sitting", Name: "the sitting", Body: sittingBody(m)}
	return &Page{
		Title: s.Title, Section: "Sittings", Areas: []string{"sittings", "roster"},
		Live: []*Fragment{f}, Body: sittingPage(m, f),
	}, nil
}

func (v sight) meeting(s sitting.SittingView) meeting {
	m := meeting{sight: v, SittingView: s}
	m.At, m.Local = zone(cmp.Or(s.Zone, s.Start.Zone))
	for _, seat := range append(v.seats(), "") {
		d := delegation{Seat: v.seat(seat)}
		for _, a := range s.Attendance {
			if a.Seat == seat {
				d.People = append(d.People, m.attender(a))
			}
		}
		if len(d.People) > 0 {
			m.Delegations = append(m.Delegations, d)
		}
	}
	return m
}

func (m meeting) attender(a sitting.Attender) attender {
	out := attender{Attender: a}
	if p, there := process.SeePerson(m.Process, a.Person); there {
		out.Name, out.Office = cmp.Or(a.Name, p.Name), cmp.Or(a.Office, p.Office)
		out.Capacity = cmp.Or(a.Capacity, p.Capacity)
	}
	var between []string
	for _, i := range m.Interpretation {
		if i.Person != "" && i.Person == a.Person && len(i.Between) > 0 {
			between = append(between, strings.Join(i.Between, " – "))
		}
	}
	out.Interprets = strings.Join(between, "; ")
	return out
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
