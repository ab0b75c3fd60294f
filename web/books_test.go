package web

import (
	"encoding/binary"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"paraph/people"
	"paraph/people/peopletest"
	"paraph/record"
	"paraph/record/roomtest"
	"paraph/store/sqlite"
)

// viewer is who looks: through a seat of a demonstration, or, where people have
// accounts, with a session or without.
type viewer struct {
	name string // of the session in the books; in a demonstration the seat
	lens record.Lens
	door bool // people have accounts
}

// viewers lists the classes of those who look.
func viewers() []viewer {
	out := []viewer{{door: true}, {}}
	for _, a := range []record.Actor{roomtest.Chair, roomtest.RU, roomtest.UA, roomtest.Observer} {
		out = append(out, viewer{string(a.Seat), a.Lens(), false}, viewer{a.Person, a.Lens(), true})
	}
	return append(out, viewer{memberOfRU, roomtest.RU.Lens(), true}, viewer{placeless, record.Lens{}, true}, viewer{administrator, record.Lens{}, true})
}

// Those with accounts who are no heads of delegation.
const (
	memberOfRU    = "m-ru" // of RU, who may not bind it
	placeless     = "placeless"
	administrator = "administrator"
)

// seatOf gives the seat of a person in the books.
func seatOf(person string) record.Seat {
	for _, a := range []record.Actor{roomtest.Chair, roomtest.RU, roomtest.UA, roomtest.Observer} {
		if a.Person == person {
			return a.Seat
		}
	}
	if person == memberOfRU {
		return roomtest.RU.Seat
	}
	return ""
}

// knows tells whether a viewer may know that somebody has an account.
func (v viewer) knows(person string) bool {
	seat := seatOf(person)
	return person == v.name || v.name == administrator || seat != "" && seat == v.lens.Seat || v.lens.Role == record.Chair && person != memberOfRU && seat != ""
}

// books are the people of the twins, made once for each viewer: those whom the
// viewer may know, and all.
type books struct {
	*testing.T
	mu   sync.Mutex
	made map[string]shelfOfBooks
}

// shelfOfBooks is two books that agree in what one viewer may know, with the
// sessions in them.
type shelfOfBooks struct {
	known, all string            // files
	tokens     map[string]string // of sessions, by person
	programs   map[string]string // of programs, by person
	ids        map[string][]string
}

// when the sessions of the books began.
var morning = time.Date(2025, 12, 2, 8, 0, 0, 0, time.UTC)

// of gives the books for a viewer.
func (b *books) of(v viewer) shelfOfBooks {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s, done := b.made[v.name]; done || !v.door {
		return s
	}
	s := shelfOfBooks{tokens: map[string]string{}, programs: map[string]string{}, ids: map[string][]string{}}
	dir := b.TempDir()
	s.known, s.all = filepath.Join(dir, "known"), filepath.Join(dir, "all")
	everybody := []string{administrator, placeless, roomtest.Chair.Person, roomtest.RU.Person, roomtest.UA.Person, memberOfRU}
	b.write(s.known, func(r *people.Register) {
		for _, person := range everybody {
			if v.knows(person) {
				s.enrol(b.T, r, person)
			}
		}
		if v.knows(roomtest.Observer.Person) {
			s.enrol(b.T, r, roomtest.Observer.Person)
		}
	})
	content, err := os.ReadFile(s.known)
	if err == nil {
		err = os.WriteFile(s.all, content, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
	b.write(s.all, func(r *people.Register) {
		for _, person := range everybody {
			if !v.knows(person) {
				p := s.enrol(b.T, r, person)
				p.Add(b.T, r, peopletest.NewAuthenticatorFor(r))
				p.SignIn(b.T, r)
			}
		}
		if !v.knows(roomtest.Observer.Person) { // who is invited, and has not come yet
			i, _, err := r.Invite(b.Context(), "", people.Invited{Place: people.Place{Process: talks, Person: roomtest.Observer.Person}}, "The head of EU")
			if err != nil {
				b.Fatal(err)
			}
			s.ids["invitation"] = append(s.ids["invitation"], i.ID)
		}
	})
	b.made[v.name] = s
	return s
}

// write opens a book, lets it be written in, and closes it.
func (b *books) write(file string, in func(*people.Register)) {
	book, err := sqlite.OpenBook(file)
	if err != nil {
		b.Fatal(err)
	}
	r, err := people.New(book, people.Options{Clock: func() time.Time { return morning }, URL: home_})
	if err != nil {
		b.Fatal(err)
	}
	in(r)
	for _, close := range []func() error{r.Close, book.Close} {
		if err := close(); err != nil {
			b.Fatal(err)
		}
	}
}

// enrol makes an account for a person, with the person's place.
func (s shelfOfBooks) enrol(t *testing.T, r *people.Register, person string) *peopletest.Person {
	to := people.Invited{Administrator: person == administrator}
	if seatOf(person) != "" {
		to.Place = people.Place{Process: talks, Person: person}
	}
	p := peopletest.Enrol(t, r, to, "The person "+person)
	s.tokens[person] = p.Session
	s.ids["account"] = append(s.ids["account"], p.Account)
	s.ids["passkey"] = append(s.ids["passkey"], p.Passkeys()...)
	if session, err := r.Session(t.Context(), p.Session); err == nil {
		s.ids["session"] = append(s.ids["session"], session.ID)
	}
	if seatOf(person) != "" {
		secret, _, err := r.MakeToken(t.Context(), p.Session, people.Token{
			Place: people.Place{Process: talks}, Name: "A program", MayAct: true, MayBind: true, Expires: morning.Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		s.programs[person] = secret
	}
	return p
}

// dice are the chance of one house: for the same request the same.
type dice struct {
	mu   sync.Mutex
	from *rand.ChaCha8
}

func (d *dice) roll(request int) {
	var seed [32]byte
	binary.BigEndian.PutUint64(seed[:], uint64(request))
	d.mu.Lock()
	defer d.mu.Unlock()
	d.from = rand.NewChaCha8(seed)
}

func (d *dice) Read(b []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.from.Read(b)
}

var _ io.Reader = (*dice)(nil)

// open opens the people of a house, from a copy of a book.
func (h *house) people(t *testing.T, book string, clock func() time.Time) error {
	content, err := os.ReadFile(book)
	if err != nil {
		return err
	}
	file := filepath.Join(t.TempDir(), "people.paraph")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		return err
	}
	opened, err := sqlite.OpenBook(file)
	if err != nil {
		return err
	}
	h.register, err = people.New(opened, people.Options{Clock: clock, Rand: &h.dice, URL: home_})
	t.Cleanup(func() {
		for _, close := range slices.Backward([]func() error{opened.Close, h.register.Close}) {
			if err := close(); err != nil {
				t.Error(err)
			}
		}
	})
	return err
}
