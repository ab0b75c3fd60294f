package people_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"paraph/fault"
	"paraph/people"
	"paraph/people/peopletest"
	"paraph/record"
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
	h.openWith(t, h.clock)
}

func (h *house) openWith(t testing.TB, clock func() time.Time) {
	t.Helper()
	var err error
	if h.book, err = sqlite.OpenBook(h.path); err != nil {
		t.Fatal(err)
	}
	if h.Register, err = people.New(h.book, people.Options{URL: address, Name: "Talks", Clock: clock}); err != nil {
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

// enrol makes an account that may nothing, by the link that asks for no words:
// to stretch them takes its time.
func (h *house) enrol(t testing.TB, name string) *peopletest.Person {
	t.Helper()
	p := peopletest.EnrolFirst(t, h.Register)
	must(t, h.Rename(ctx, p.Account, name))
	if all, err := h.Accounts(ctx); err != nil || len(all) > 1 {
		must(t, err)
		must(t, h.Empower(ctx, p.Account, false, false))
	}
	return p
}

// place makes an account with a place.
func (h *house) place(t testing.TB, process record.ProcessID, person string) (*peopletest.Person, people.Place) {
	t.Helper()
	at := people.Place{Process: process, Person: person}
	p := h.enrol(t, person)
	at.Account = p.Account
	must(t, h.Take(ctx, at))
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

func decode(t testing.TB, s string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(s)
	must(t, err)
	return b
}

func challengeIn(t testing.TB, options []byte) string {
	t.Helper()
	var o struct{ PublicKey struct{ Challenge string } }
	must(t, json.Unmarshal(options, &o))
	return o.PublicKey.Challenge
}
