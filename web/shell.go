package web

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"paraph/record"
)

// Frame is what the frame of every page needs.
type Frame struct {
	Style, Script, Icon string // addresses; empty when not built
}

// Shell is a page with what stands around it for one person.
type Shell struct {
	Page    *Page
	Process ProcessName
	Menu    []Entry
	Sitting SeatName
	Seats   []SeatName // that may be taken; none outside a demonstration
	Here    string     // path and query of this page
	Note    string     // what was just done
	Form    templ.Component
	Demo    bool
	Who     Who // who is signed in
}

// ProcessName is a process as it is linked to.
type ProcessName struct {
	ID, Title string
}

// Path gives the path of a page of the process.
func (p ProcessName) Path(rest string) string { return processPath(record.ProcessID(p.ID), rest) }

// Entry is a line of a menu.
type Entry struct {
	Name, Path string
}

// SeatName is a seat as it is shown: its code, its name, its colour and pattern.
type SeatName struct {
	Code, Name, Class, Role string
}

// Identity says which version a page shows.
type Identity struct {
	Symbol      string
	Class       string
	State       string // "frozen", "rolling text with 12 proposals"
	Fingerprint string
	Date        string
	Reader      string // through whose eyes
}

// Short gives the start of the fingerprint in groups, enough to compare by eye.
func (i Identity) Short() string { return shortPrint(i.Fingerprint) }

func shortPrint(fingerprint string) string {
	if len(fingerprint) < 16 {
		return fingerprint
	}
	f := fingerprint[:16]
	return f[0:4] + " " + f[4:8] + " " + f[8:12] + " " + f[12:16]
}

// Form is what a page may ask to be filled in, for one person and once.
type Form struct {
	Key   string // idempotency key of the act; also the id of what it makes
	Wrong string // why it was refused
	Hint  string

	filled  url.Values      // nil for a form that nobody has filled in
	preview templ.Component // of what was filled in; nil for none
	table   *membership     // what the caller may do about the delegations; nil elsewhere
}

// or gives what was filled in, or else what the form begins from.
func (f Form) or(name, begin string) string {
	if f.filled.Has(name) {
		return f.filled.Get(name)
	}
	return begin
}

// chosen tells whether a choice is taken: as filled in, or else the first.
func (f Form) chosen(name, value string, first bool) bool {
	if f.filled.Has(name) {
		return f.filled.Get(name) == value
	}
	return first
}

// newKey makes the key of one form: 26 letters and digits that say nothing.
func newKey() string { return strings.ToLower(rand.Text()) }

func (s *Server) frame() Frame {
	return Frame{Style: s.assets.url("app.css"), Script: s.assets.url("app.js"), Icon: s.assets.url("icon.svg")}
}

// page answers GET of a page.
func (s *Server) page(l look) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if found, ok := r.Context().Value(watchKey{}).(*watched); ok {
			found.look, found.request = l, r
			return
		}
		s.show(w, r, l, http.StatusOK, Form{Key: s.options.Key()})
	})
}

// show answers with a page, as the one who asks sees it.
func (s *Server) show(w http.ResponseWriter, r *http.Request, l look, status int, form Form) {
	st, err := s.sitter(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	made, cursor, err := s.see(r.Context(), st, r, l)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	p := made.page
	v := Shell{
		Page: p, Process: ProcessName{string(st.process), p.process}, Menu: menu,
		Sitting: st.name, Seats: st.others, Here: r.URL.RequestURI(), Note: done[r.URL.Query().Get("done")], Demo: s.options.Demo,
		Who: s.who(st.caller),
	}
	if s.options.People != nil {
		v.Sitting = p.seat
		v.Sitting.Role = string(st.by.Capacity)
	}
	if p.personal {
		if form.table, err = s.membership(r.Context(), st); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	if p.Form != nil {
		v.Form = p.Form(form)
	}
	var attributes templ.Attributes
	if !p.Frozen {
		attributes = templ.Attributes{"data-live": liveURL(v.Here, cursor)}
	}
	s.answer(w, r, status, made, func(body templ.Component) templ.Component {
		whole := *p
		whole.Body = body
		v.Page = &whole
		return frame(s.frame(), p.Title+" · "+p.process, shell(v), attributes)
	})
}

// done says what was just done, by the word in the address after it.
var done = map[string]string{
	"proposed":  "Your proposal is on the record.",
	"withdrawn": "The proposal is withdrawn; the record keeps that it was made.",
	"cleared":   "The proposal is cleared for its new readers.",
	"position":  "Your position is on the record.",

	"made":      "The issues stand: packages can decide them.",
	"dropped":   "The issue is dropped; the record keeps that it was made.",
	"ruled":     "The rule stands.",
	"unruled":   "The rule is taken back.",
	"kept":      "Your preferences are kept, in your delegation's log alone.",
	"lent":      "Your preferences are lent to the chair's engine, as finely as you chose.",
	"revoked":   "What you had lent is not used any more.",
	"tabled":    "The package is on the table, for those whom you named.",
	"amended":   "The package is amended; answers to what it was are void.",
	"retired":   "The package is withdrawn; the record keeps that it was tabled.",
	"responded": "Your delegation's answer is on the record.",
	"put":       "The clauses of the package are proposals now.",
	"sealed":    "The test is open: those who are asked can answer.",
	"answered":  "Your answer is sealed. Others see that you have answered, and not what.",

	"sent":         "Your message is on the record.",
	"carried":      "The message is carried on; only you know where it came from.",
	"acknowledged": "The sender can see that the message has arrived.",

	"issued":     "The version is on the record, for those whom you named.",
	"opened":     "The process is open, and you hold its chair. Next: admit the seats, accredit their heads, and put a text on the table (Versions).",
	"admitted":   "The seat is at the table.",
	"accredited": "The accreditation is on the record.",
	"struck":     "The accreditation has ended.",
	"suspend":    "The seat is suspended.",
	"restore":    "The seat is restored.",
	"uninvited":  "The invitation is withdrawn.",
	"objected":   "Nobody is let back in that way. All of the delegation can read that it was stopped.",
	"taken":      "The place is yours.",
	"left":       "You have left that table.",

	"passkey":     "The passkey is added.",
	"lost":        "That passkey opens nothing any more, and what it had let in is out.",
	"ended":       "That session has ended.",
	"token-ended": "That token opens nothing any more.",
	"empowered":   "It is kept.",
	"closed":      "The account is closed. What its person did in a process stays on its record.",
}

// moment says a time as all seats read it alike.
func moment(t time.Time) string {
	if t.IsZero() {
		return "before anything was written"
	}
	return t.UTC().Format("2 January 2006, 15:04") + " UTC"
}
