package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"paraph/record"
	"paraph/sitting"
)

// ledger is the messages that one lens may read: to a party those between it
// and the chair; to the chair all, and which carried which on.
type ledger struct {
	sight
	messages []sitting.MessageView // the newest first
}

// seeMessages is the ledger of messages.
func seeMessages(v sight, _ *http.Request) (*Page, error) {
	l := ledger{v, sitting.SeeMessages(v.Sitting)}
	slices.Reverse(l.messages)
	f := &Fragment{ID: "ledger", Name: "the messages", Body: messageLedger(l)}
	p := &Page{
		Title: "Messages", Section: "Messages", Areas: []string{"messages", "roster"},
		Live: []*Fragment{f}, Body: messagesPage(l, f),
	}
	if l.maySend() {
		s := sending{path: v.path("messages"), role: v.Lens.Role, others: l.others()}
		p.Form = func(f Form) templ.Component { return sendForm(s, f) }
	}
	return p, nil
}

// sending is what the form of a message offers.
type sending struct {
	path   string
	role   record.Role
	others []SeatName // to whom it may go
}

// maySend tells whether the lens's seat sends messages at all.
func (l ledger) maySend() bool { return l.Lens.Role == record.Chair || l.Lens.Role == record.Party }

// others lists the seats that a message may be meant for: for a party the other
// parties, by way of the chair; for the chair every other seat.
func (l ledger) others() []SeatName {
	var out []SeatName
	for _, s := range l.table.Seats {
		if s.Seat != l.Lens.Seat && (s.Role == record.Party || l.Lens.Role == record.Chair) {
			out = append(out, l.seat(s.Seat))
		}
	}
	return out
}

// find gives a message of the ledger by id.
func (l ledger) find(id string) (sitting.MessageView, bool) {
	i := slices.IndexFunc(l.messages, func(m sitting.MessageView) bool { return m.ID == id })
	if i < 0 {
		return sitting.MessageView{}, false
	}
	return l.messages[i], true
}

// onward lists the seats to which the chair may still carry a message: those
// that its sender named and that it has not reached.
func (l ledger) onward(m sitting.MessageView) []SeatName {
	if l.Lens.Role != record.Chair || m.From == l.Lens.Seat {
		return nil
	}
	var out []SeatName
	for _, seat := range l.seats() {
		if seat == l.Lens.Seat || seat == m.From || seat != m.To && !slices.Contains(m.MayPass, seat) {
			continue
		}
		reached := slices.ContainsFunc(m.Carried, func(id string) bool {
			carried, _ := l.find(id)
			return carried.To == seat
		})
		if !reached {
			out = append(out, l.seat(seat))
		}
	}
	return out
}

// passable gives the words that the chair may carry on.
func passable(m sitting.MessageView) string {
	if m.PassOn != "" {
		return m.PassOn
	}
	return m.Words
}

// unanswered tells whether the own seat received a message and has not yet said
// that it arrived.
func (l ledger) unanswered(m sitting.MessageView) bool {
	own := l.Lens.Seat
	return l.maySend() && m.From != own &&
		!slices.ContainsFunc(m.Acknowledged, func(r sitting.Receipt) bool { return r.Seat == own })
}

// send sends a message.
func (s *Server) send(w http.ResponseWriter, r *http.Request) {
	s.filled(w, r, seeMessages, func(ctx context.Context, st sitter, f url.Values) (string, error) {
		a := sitting.Send{
			ID: f.Get("key"), To: record.Seat(f.Get("to")), Words: f.Get("words"), PassOn: f.Get("pass-on"), Withhold: f.Get("withhold"),
		}
		for _, seat := range f["may-pass"] {
			a.MayPass = append(a.MayPass, record.Seat(seat))
		}
		_, err := s.desk.Do(ctx, st.process, st.actor(), f.Get("key"), a)
		return processPath(st.process, "messages?done=sent#message-"+a.ID), err
	})
}

// carry passes a message on, for the chair. The new message has an id of its
// own, so that nothing ties it to the old one but the chair's ledger.
func (s *Server) carry(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("message")
	s.filled(w, r, nil, func(ctx context.Context, st sitter, f url.Values) (string, error) {
		a := sitting.Carry{ID: s.options.Key(), Message: id, To: record.Seat(f.Get("to")), Words: f.Get("words")}
		_, err := s.desk.Do(ctx, st.process, st.actor(), "carry:"+id+":"+string(a.To), a)
		return processPath(st.process, "messages?done=carried#message-"+id), err
	})
}

// acknowledge says that a message has arrived.
func (s *Server) acknowledge(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("message")
	s.filled(w, r, nil, func(ctx context.Context, st sitter, _ url.Values) (string, error) {
		_, err := s.desk.Do(ctx, st.process, st.actor(), "acknowledge:"+id, sitting.Acknowledge{Message: id})
		return processPath(st.process, "messages?done=acknowledged#message-"+id), err
	})
}

// took tells whether one of several choices was taken.
func (f Form) took(name, value string) bool { return slices.Contains(f.filled[name], value) }
