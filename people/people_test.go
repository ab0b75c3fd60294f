package people_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"paraph/fault"
	"paraph/people"
	"paraph/people/peopletest"
	"paraph/store/sqlite"
)

var ctx = context.Background()

// house is a register with a clock that the test moves.
type house struct {
	*people.Register
	book *sqlite.Book
	path string

	mu  sync.Mutex
	now time.Time
}

const address = "https://talks.example.org"

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{path: filepath.Join(t.TempDir(), "people.paraph"), now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	h.open(t)
	t.Cleanup(func() { h.close(t) })
	return h
}

func (h *house) open(t testing.TB) {
	t.Helper()
	var err error
	if h.book, err = sqlite.OpenBook(h.path); err != nil {
		t.Fatal(err)
	}
	if h.Register, err = people.New(h.book, people.Options{URL: address, Name: "Talks", Clock: h.clock}); err != nil {
		t.Fatal(err)
	}
}

func (h *house) close(t testing.TB) {
	t.Helper()
	if err := h.Close(); err != nil {
		t.Error(err)
	}
	if err := h.book.Close(); err != nil {
		t.Error(err)
	}
}

// restart stops the program and starts it again.
func (h *house) restart(t testing.TB) {
	t.Helper()
	h.close(t)
	h.open(t)
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

func (h *house) enrol(t testing.TB, name string) *peopletest.Person {
	t.Helper()
	return peopletest.Enrol(t, h.Register, people.Invited{}, name)
}

// place makes an account with a place.
func (h *house) place(t testing.TB, process, person string) (*peopletest.Person, people.Place) {
	t.Helper()
	at := people.Place{Process: "lake", Person: person}
	p := peopletest.Enrol(t, h.Register, people.Invited{Place: at}, person)
	at.Account = p.Account
	return p, at
}

func (h *house) in(t testing.TB, token string) bool {
	t.Helper()
	_, err := h.Session(ctx, token)
	if err != nil && fault.KindOf(err) != fault.KindNotFound {
		t.Fatal(err)
	}
	return err == nil
}

func wantKind(t testing.TB, what string, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Errorf("%s: %v, want %s", what, err, want)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestEnrolAndSignIn(t *testing.T) {
	h := newHouse(t)
	first := peopletest.EnrolFirst(t, h.Register)
	a, err := h.Account(ctx, first.Account)
	must(t, err)
	if !a.Administrator || !a.MayConvene || a.Passkeys != 1 {
		t.Errorf("the first administrator is %+v", a)
	}
	_, secrets, err := h.Invite(ctx, first.Account, people.Invited{Place: people.Place{Process: "lake", Person: "a-1"}}, "A. Head")
	must(t, err)
	head := peopletest.EnrolWith(t, h.Register, secrets)
	at, ok, err := h.PlaceOf(ctx, head.Account, "lake")
	must(t, err)
	if !ok || at.Person != "a-1" {
		t.Errorf("the head has %+v, %v", at, ok)
	}
	token := head.SignIn(t, h.Register)
	s, err := h.Session(ctx, token)
	must(t, err)
	if s.Account != head.Account || s.Name != "A. Head" || s.Administrator || s.MayConvene || !s.Fresh(h.clock()) {
		t.Errorf("the session is %+v", s)
	}
	h.restart(t)
	if !h.in(t, token) || !h.in(t, head.Session) {
		t.Error("a restart ended sessions")
	}
	again := head.SignIn(t, h.Register)
	must(t, h.SignOut(ctx, again))
	if h.in(t, again) || !h.in(t, token) {
		t.Error("signing out ends that session and no other")
	}
}
