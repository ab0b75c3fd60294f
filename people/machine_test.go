package people_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"paraph/fault"
	"paraph/people"
	"paraph/people/peopletest"
)

// machine is what sessions should do, in the plainest terms, beside the
// register that does it.
type machine struct {
	t *testing.T
	*house
	people   []*peopletest.Person
	keys     [][]*peopletest.Authenticator // of each person, each with one passkey
	sessions []*expected
}

// expected is a session as it should be.
type expected struct {
	token       string
	whose       int
	began, seen time.Time
	fresh       time.Time
	with        []string // passkeys
	over        bool
	ended       <-chan struct{}
}

func (e *expected) alive(now time.Time) bool {
	return !e.over && now.Sub(e.seen) < people.Idle && now.Sub(e.began) < people.Longest
}

func newMachine(t *testing.T) *machine {
	dir, err := os.MkdirTemp(t.TempDir(), "")
	must(t, err)
	m := &machine{t: t, house: &house{path: dir + "/people.paraph", now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}}
	m.open(t)
	for _, name := range []string{"A", "B"} {
		p := m.enrol(t, name)
		m.people = append(m.people, p)
		m.keys = append(m.keys, []*peopletest.Authenticator{p.Authenticator})
		m.begun(len(m.people)-1, p.Session, p.Passkeys()[0])
	}
	return m
}

func (m *machine) begun(whose int, token, key string) {
	now := m.clock()
	s, err := m.Session(ctx, token)
	must(m.t, err)
	m.sessions = append(m.sessions, &expected{token: token, whose: whose, began: now, seen: now, fresh: now.Add(people.FreshFor), with: []string{key}, ended: s.Ended})
}

func (m *machine) any(r *rapid.T) *expected { return rapid.SampledFrom(m.sessions).Draw(r, "session") }

func (m *machine) person(r *rapid.T) int { return rapid.IntRange(0, len(m.people)-1).Draw(r, "person") }

func (m *machine) end(which func(*expected) bool) {
	for _, e := range m.sessions {
		if which(e) {
			e.over = true
			if e.ended != nil && !isClosed(e.ended) {
				m.t.Errorf("a session of %d has ended, and who waits for that is not told", e.whose)
			}
		}
	}
}

// look looks at a session as a request does.
func (m *machine) look(e *expected) {
	s, err := m.Session(ctx, e.token)
	now := m.clock()
	if alive := e.alive(now); alive != (err == nil) {
		m.t.Fatalf("a session begun at %v, seen at %v, over %v: at %v it gives %v", e.began, e.seen, e.over, now, err)
	}
	if err != nil {
		e.over = true
		wantKind(m.t, "a session that has ended", err, fault.KindNotFound)
		return
	}
	e.seen = now
	if s.Account != m.people[e.whose].Account || !s.FreshUntil.Equal(e.fresh) || !s.Began.Equal(e.began) || isClosed(s.Ended) {
		m.t.Fatalf("a session is %+v, want %+v", s, e)
	}
}

func (m *machine) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"sign in": func(r *rapid.T) {
			whose := m.person(r)
			key := rapid.SampledFrom(m.keys[whose]).Draw(r, "passkey")
			token, err := key.TrySignIn(m.Register)
			must(m.t, err)
			m.begun(whose, token, key.Passkeys()[0])
		},
		"look": func(r *rapid.T) { m.look(m.any(r)) },
		"pass": func(r *rapid.T) {
			m.pass(time.Duration(rapid.SampledFrom([]int{1, 10, 60, 299, 300, 600, 1799, 1800, 3600}).Draw(r, "seconds")) * time.Second)
		},
		"refresh": func(r *rapid.T) {
			e := m.any(r)
			key := rapid.SampledFrom(m.keys[e.whose]).Draw(r, "passkey")
			m.look(e)
			if e.over {
				_, _, err := m.BeginFresh(ctx, e.token)
				wantKind(m.t, "refreshing what has ended", err, fault.KindNotFound)
				return
			}
			(&peopletest.Person{Authenticator: key}).Refresh(m.t, m.Register, e.token)
			e.fresh = m.clock().Add(people.FreshFor)
			e.with = append(e.with, key.Passkeys()[0])
		},
		"sign out": func(r *rapid.T) {
			e := m.any(r)
			must(m.t, m.SignOut(ctx, e.token))
			m.end(func(other *expected) bool { return other == e })
		},
		"lock": func(r *rapid.T) {
			whose := m.person(r)
			must(m.t, m.Lock(ctx, m.people[whose].Account))
			m.end(func(e *expected) bool { return e.whose == whose })
		},
		"add a passkey": func(r *rapid.T) {
			e := m.any(r)
			m.look(e)
			if e.over || len(m.keys[e.whose]) > 2 {
				return
			}
			if _, _, err := m.BeginPasskey(ctx, e.token); !m.clock().Before(e.fresh) {
				wantKind(m.t, "adding without a fresh passkey", err, fault.KindForbidden)
				return
			}
			key := peopletest.NewAuthenticatorFor(m.Register)
			(&peopletest.Person{Session: e.token}).Add(m.t, m.Register, key)
			m.keys[e.whose] = append(m.keys[e.whose], key)
		},
		"lose a passkey": func(r *rapid.T) {
			whose := m.person(r)
			i := rapid.IntRange(0, len(m.keys[whose])-1).Draw(r, "passkey")
			key := m.keys[whose][i]
			err := m.LosePasskey(ctx, m.people[whose].Account, key.Passkeys()[0])
			if len(m.keys[whose]) == 1 {
				wantKind(m.t, "losing the only one", err, fault.KindConflict)
				return
			}
			must(m.t, err)
			m.keys[whose] = slices.Delete(m.keys[whose], i, i+1)
			m.end(func(e *expected) bool { return e.whose == whose && slices.Contains(e.with, key.Passkeys()[0]) })
			if _, err := key.TrySignIn(m.Register); err == nil {
				m.t.Fatal("a lost passkey signs in")
			}
		},
		"sweep": func(*rapid.T) {
			must(m.t, m.Sweep(ctx))
			m.end(func(e *expected) bool { return !e.alive(m.clock()) })
		},
		"restart": func(*rapid.T) {
			m.restart(m.t)
			for _, e := range m.sessions {
				e.ended = nil // of the program before
				if !e.alive(m.clock()) {
					e.over = true
				}
			}
		},
		"": func(*rapid.T) {
			now := m.clock()
			for whose, p := range m.people {
				open, err := m.Sessions(ctx, p.Account)
				must(m.t, err)
				want := 0
				for _, e := range m.sessions {
					if e.whose == whose && e.alive(now) {
						want++
					}
				}
				if len(open) != want {
					m.t.Fatalf("%d sessions of %d are open, want %d", len(open), whose, want)
				}
			}
		},
	}
}

// Whatever people do, in whatever order, a session is open as long as it
// should be, and not a moment longer.
func TestSessionsAsAMachine(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		m := newMachine(t)
		defer m.close(t)
		r.Repeat(m.actions())
	})
}
