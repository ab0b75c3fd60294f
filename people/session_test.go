package people_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"paraph/fault"
	"paraph/people"
	"paraph/people/peopletest"
)

// The attacks. Each must end with the thief signed out, in the same words as
// who never signed in.
var attacks = map[string]func(t *testing.T, h *house, p *peopletest.Person) (token string){
	"a token that somebody chose before the sign-in": func(t *testing.T, h *house, p *peopletest.Person) string {
		chosen := strings.Repeat("A", 43)
		if h.in(t, chosen) || p.SignIn(t, h.Register) == chosen {
			t.Error("a token was taken over")
		}
		return chosen
	},
	"the digest of a token, from the disk": func(t *testing.T, h *house, p *peopletest.Person) string {
		sum := sha256.Sum256([]byte(p.Session))
		return base64.RawURLEncoding.EncodeToString(sum[:])
	},
	"the begin of a token":     func(t *testing.T, h *house, p *peopletest.Person) string { return p.Session[:42] },
	"a token with more behind": func(t *testing.T, h *house, p *peopletest.Person) string { return p.Session + "A" },
	"a token with one letter changed": func(t *testing.T, h *house, p *peopletest.Person) string {
		return changed(p.Session)
	},
	"a token that decodes to the same bytes": func(t *testing.T, h *house, p *peopletest.Person) string {
		const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
		last := strings.IndexByte(letters, p.Session[42]) // of its 6 bits the last 2 count for nothing
		same := p.Session[:42] + string(letters[last^1])
		if string(decode(t, same)) != string(decode(t, p.Session)) {
			t.Error("the test does not do what it says")
		}
		return same
	},
	"nothing": func(*testing.T, *house, *peopletest.Person) string { return "" },
	"after being idle": func(t *testing.T, h *house, p *peopletest.Person) string {
		h.pass(people.Idle)
		return p.Session
	},
	"after the longest, though never idle": func(t *testing.T, h *house, p *peopletest.Person) string {
		for range int(people.Longest / (20 * time.Minute)) {
			if !h.in(t, p.Session) {
				t.Error("it ended early")
			}
			h.pass(20 * time.Minute)
		}
		return p.Session
	},
	"after being idle and a restart": func(t *testing.T, h *house, p *peopletest.Person) string {
		h.pass(people.Idle)
		h.restart(t)
		return p.Session
	},
	"after the clock was set back": func(t *testing.T, h *house, p *peopletest.Person) string {
		h.pass(-2 * time.Minute)
		return p.Session
	},
	"after it was idle, and then the clock set back": func(t *testing.T, h *house, p *peopletest.Person) string {
		h.pass(people.Idle)
		must(t, h.Sweep(ctx))
		h.pass(-people.Idle)
		return p.Session
	},
	"after a restart with the clock set back": func(t *testing.T, h *house, p *peopletest.Person) string {
		h.pass(-time.Hour)
		h.restart(t)
		return p.Session
	},
	"after signing out": func(t *testing.T, h *house, p *peopletest.Person) string {
		must(t, h.SignOut(ctx, p.Session))
		return p.Session
	},
	"after signing out and a restart": func(t *testing.T, h *house, p *peopletest.Person) string {
		must(t, h.SignOut(ctx, p.Session))
		h.restart(t)
		return p.Session
	},
	"after all sessions were locked": func(t *testing.T, h *house, p *peopletest.Person) string {
		must(t, h.Lock(ctx, p.Account))
		return p.Session
	},
	"after it was ended from another one": func(t *testing.T, h *house, p *peopletest.Person) string {
		s, err := h.Session(ctx, p.Session)
		must(t, err)
		must(t, h.EndSession(ctx, p.Account, s.ID))
		return p.Session
	},
	"after its passkey was lost": func(t *testing.T, h *house, p *peopletest.Person) string {
		p.Add(t, h.Register, peopletest.NewAuthenticatorFor(h.Register))
		must(t, h.LosePasskey(ctx, p.Account, p.Passkeys()[0]))
		return p.Session
	},
	"after every passkey was lost": func(t *testing.T, h *house, p *peopletest.Person) string {
		must(t, h.LoseAll(ctx, p.Account))
		return p.Session
	},
	"after its account was closed": func(t *testing.T, h *house, p *peopletest.Person) string {
		must(t, h.CloseAccount(ctx, p.Account))
		return p.Session
	},
	"after its account was closed, and a restart": func(t *testing.T, h *house, p *peopletest.Person) string {
		must(t, h.CloseAccount(ctx, p.Account))
		h.restart(t)
		return p.Session
	},
	"the ceremony of a sign-in": func(t *testing.T, h *house, p *peopletest.Person) string {
		_, ceremony, err := h.BeginSignIn(ctx, "")
		must(t, err)
		return ceremony
	},
	"the secret of a token": func(t *testing.T, h *house, p *peopletest.Person) string {
		must(t, h.Take(ctx, people.Place{Process: "lake", Person: "p-1", Account: p.Account}))
		secret, _, err := h.MakeToken(ctx, p.Session, people.Token{Name: "program", Place: people.Place{Process: "lake"}})
		must(t, err)
		return strings.TrimPrefix(secret, "paraph_")
	},
	"the ticket of an invitation": func(t *testing.T, h *house, p *peopletest.Person) string {
		secrets, err := h.First(ctx)
		must(t, err)
		return peopletest.Enter(t, h.Register, secrets)
	},
}

func changed(token string) string {
	other := byte('A')
	if token[10] == other {
		other = 'B'
	}
	return token[:10] + string(other) + token[11:]
}

func TestAttacksOnSessions(t *testing.T) {
	for name, attack := range attacks {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.enrol(t, "B")
			p := h.enrol(t, "A")
			if !h.in(t, p.Session) {
				t.Fatal("the test does not begin signed in")
			}
			token := attack(t, h, p)
			for _, try := range []func() error{
				func() error { _, err := h.Session(ctx, token); return err },
				func() error { _, _, err := h.BeginFresh(ctx, token); return err },
				func() error { return h.FinishFresh(ctx, token, "", nil) },
				func() error { _, _, err := h.BeginPasskey(ctx, token); return err },
				func() error { return h.Accept(ctx, "", token) },
				func() error { _, _, err := h.MakeToken(ctx, token, people.Token{Name: "x"}); return err },
			} {
				const words = "you are not signed in (sign in again)"
				if err := try(); fault.KindOf(err) != fault.KindNotFound || err.Error() != words {
					t.Errorf("the thief is told %v, want %q", err, words)
				}
			}
			must(t, h.Sweep(ctx))
			if name != "after every passkey was lost" && !strings.HasPrefix(name, "after its account") && !strings.HasPrefix(name, "after its passkey") {
				p.SignIn(t, h.Register) // and the person still gets in
			}
		})
	}
}

// No token, ticket, link or words can be read from what is on the disk.
func TestStolenDisk(t *testing.T) {
	h := newHouse(t)
	p := h.enrol(t, "A")
	must(t, h.Take(ctx, people.Place{Process: "lake", Person: "p-1", Account: p.Account}))
	secret, _, err := h.MakeToken(ctx, p.Session, people.Token{Name: "program", Place: people.Place{Process: "lake"}})
	must(t, err)
	_, secrets, err := h.Invite(ctx, p.Account, people.Invited{}, "B")
	must(t, err)
	ticket := peopletest.Enter(t, h.Register, secrets)
	files, err := filepath.Glob(h.path + "*")
	must(t, err)
	disk := ""
	for _, f := range files {
		b, err := os.ReadFile(f)
		must(t, err)
		disk += string(b)
	}
	if !strings.Contains(disk, "program") {
		t.Fatal("the test does not find what is there")
	}
	link := strings.TrimPrefix(secrets.Link, "/invitation/")
	for _, secret := range []string{p.Session, secret, secret[len("paraph_"):], ticket, ticket[:43], link, link[:43], strings.Join(secrets.Words, " "), strings.Join(secrets.Words, "")} {
		if strings.Contains(disk, secret) || strings.Contains(disk, string(decodeAny(secret))) {
			t.Errorf("%q is on the disk", secret)
		}
	}
}

func decodeAny(secret string) string {
	b, err := base64.RawURLEncoding.DecodeString(secret)
	if err != nil || len(b) < 16 {
		return secret
	}
	return string(b)
}

// A session is made fresh only by its own ceremony, with a passkey of its own
// account, once, and for five minutes.
func TestFresh(t *testing.T) {
	h := newHouse(t)
	p, other := h.enrol(t, "A"), h.enrol(t, "B")
	fresh := func(token string) bool {
		t.Helper()
		s, err := h.Session(ctx, token)
		must(t, err)
		_, _, err = h.BeginPasskey(ctx, token)
		if fault.KindOf(err) == fault.KindForbidden == s.Fresh(h.clock()) {
			t.Errorf("the session says fresh=%v, and an act that needs it %v", s.Fresh(h.clock()), err)
		}
		return s.Fresh(h.clock())
	}
	if !fresh(p.Session) {
		t.Error("the passkey was used just now")
	}
	h.pass(people.FreshFor - time.Second)
	if !fresh(p.Session) {
		t.Error("fresh is over too early")
	}
	h.pass(time.Second)
	if fresh(p.Session) {
		t.Error("after five minutes it is still fresh")
	}
	theirs, second := other.SignIn(t, h.Register), p.SignIn(t, h.Register)
	h.pass(people.FreshFor)
	refuse := func(what, session, ceremony string, response []byte) {
		t.Helper()
		wantKind(t, what, h.FinishFresh(ctx, session, ceremony, response), fault.KindForbidden)
		for _, token := range []string{session, p.Session, second, theirs} {
			if fresh(token) {
				t.Errorf("%s: a session is fresh", what)
			}
		}
	}
	options, ceremony, err := h.BeginFresh(ctx, p.Session)
	must(t, err)
	response, err := p.Get(options)
	must(t, err)
	refuse("in another session of the same person", second, ceremony, response)
	refuse("in a session of somebody else", theirs, ceremony, response)
	otherOptions, otherCeremony, err := h.BeginFresh(ctx, theirs)
	must(t, err)
	otherResponse, err := other.Get(otherOptions)
	must(t, err)
	refuse("with somebody else's ceremony", p.Session, otherCeremony, otherResponse)
	refuse("with somebody else's passkey", p.Session, ceremony, otherResponse)
	loose := other.Authenticator.Copy()
	loose.Before = func(a *peopletest.Answer) { a.Challenge = challengeIn(t, options); a.Handle = []byte(p.Account) }
	forged, err := loose.Get(otherOptions)
	must(t, err)
	refuse("with somebody else's passkey under one's own handle", p.Session, ceremony, forged)
	signIn, signInCeremony, err := h.BeginSignIn(ctx, "")
	must(t, err)
	signInResponse, err := p.Get(signIn)
	must(t, err)
	refuse("with the ceremony of a sign-in", p.Session, signInCeremony, signInResponse)

	must(t, h.FinishFresh(ctx, p.Session, ceremony, response))
	if !fresh(p.Session) || fresh(second) || fresh(theirs) {
		t.Error("that session is fresh, and no other")
	}
	h.pass(people.FreshFor)
	refuse("a second time", p.Session, ceremony, response)
	options, ceremony, err = h.BeginFresh(ctx, p.Session)
	must(t, err)
	response, err = p.Get(options)
	must(t, err)
	h.pass(5 * time.Minute)
	refuse("after five minutes", p.Session, ceremony, response)
	p.Refresh(t, h.Register, p.Session)
	h.restart(t)
	if !fresh(p.Session) {
		t.Error("a restart forgot that the passkey was used")
	}
}

// Each way to end a session closes Ended at once, and that of no other one.
func TestEndedIsClosedAtOnce(t *testing.T) {
	h := newHouse(t)
	h.enrol(t, "C")
	for name, end := range map[string]func(p *peopletest.Person, token string, s people.Session) error{
		"sign out": func(_ *peopletest.Person, token string, _ people.Session) error { return h.SignOut(ctx, token) },
		"lock":     func(p *peopletest.Person, _ string, _ people.Session) error { return h.Lock(ctx, p.Account) },
		"end": func(p *peopletest.Person, _ string, s people.Session) error {
			return h.EndSession(ctx, p.Account, s.ID)
		},
		"lose passkey": func(p *peopletest.Person, _ string, _ people.Session) error {
			return h.LosePasskey(ctx, p.Account, p.Passkeys()[0])
		},
		"lose all":      func(p *peopletest.Person, _ string, _ people.Session) error { return h.LoseAll(ctx, p.Account) },
		"close account": func(p *peopletest.Person, _ string, _ people.Session) error { return h.CloseAccount(ctx, p.Account) },
		"sweep": func(*peopletest.Person, string, people.Session) error {
			h.pass(people.Idle)
			defer h.pass(-people.Idle)
			return h.Sweep(ctx)
		},
	} {
		t.Run(name, func(t *testing.T) {
			other := h.enrol(t, "B")
			p := h.enrol(t, "A")
			p.Add(t, h.Register, peopletest.NewAuthenticatorFor(h.Register))
			token := p.SignIn(t, h.Register)
			s, err := h.Session(ctx, token)
			must(t, err)
			theirs, err := h.Session(ctx, other.Session)
			must(t, err)
			if isClosed(s.Ended) {
				t.Fatal("it has ended before it was")
			}
			must(t, end(p, token, s))
			if !isClosed(s.Ended) {
				t.Error("it has not ended")
			}
			if name != "sweep" && isClosed(theirs.Ended) {
				t.Error("somebody else's ended too")
			}
		})
	}
	s := h.enrol(t, "D")
	err := h.EndSession(ctx, h.enrol(t, "E").Account, "no such session")
	wantKind(t, "ending none", err, fault.KindNotFound)
	view, err := h.Session(ctx, s.Session)
	must(t, err)
	wantKind(t, "ending another's", h.EndSession(ctx, h.enrol(t, "F").Account, view.ID), fault.KindNotFound)
}

// A session that nobody uses ends by itself: an open stream is closed when its
// time is over, though nobody asks.
func TestEndsByItself(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		h := &house{path: filepath.Join(dir, "people.paraph")}
		h.openWith(t, time.Now)
		defer h.close(t)
		p := peopletest.EnrolFirst(t, h.Register)
		idle, err := h.Session(ctx, p.Session)
		must(t, err)
		busyToken := p.SignIn(t, h.Register)
		busy, err := h.Session(ctx, busyToken)
		must(t, err)
		for range 3 {
			time.Sleep(people.Idle - time.Minute)
			synctest.Wait()
			_, err := h.Session(ctx, busyToken)
			must(t, err)
		}
		if !isClosed(idle.Ended) || isClosed(busy.Ended) {
			t.Errorf("the idle one has ended: %v; the busy one: %v", isClosed(idle.Ended), isClosed(busy.Ended))
		}
		time.Sleep(people.Idle)
		synctest.Wait()
		if !isClosed(busy.Ended) {
			t.Error("what was busy has not ended when idle")
		}
	})
}

// Many sign in, look and lock at once: nobody is left in by it.
func TestManyAtOnce(t *testing.T) {
	h := newHouse(t)
	p := h.enrol(t, "A")
	var all sync.WaitGroup
	var mu sync.Mutex
	var tokens []string
	var owns []*peopletest.Authenticator
	for range 8 {
		own := peopletest.NewAuthenticatorFor(h.Register)
		p.Add(t, h.Register, own)
		owns = append(owns, own)
	}
	for i, own := range owns {
		all.Go(func() {
			for range 5 {
				token, err := own.TrySignIn(h.Register)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				tokens = append(tokens, token)
				mu.Unlock()
				_, _ = h.Session(context.Background(), token) // it may be locked already
				if i == 0 {
					if err := h.Lock(ctx, p.Account); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
	must(t, h.Lock(ctx, p.Account))
	h.restart(t)
	for _, token := range tokens {
		if h.in(t, token) {
			t.Error("a session outlived the lock")
		}
	}
}

// A ceremony is good for one use, also for many that come with it at once.
func TestOneUseAtOnce(t *testing.T) {
	h := newHouse(t)
	p := h.enrol(t, "A")
	p.Step = 0 // so that the counter refuses none of them
	must(t, h.Lock(ctx, p.Account))
	options, ceremony, err := h.BeginSignIn(ctx, "")
	must(t, err)
	response, err := p.Get(options)
	must(t, err)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { _, _ = h.FinishSignIn(ctx, ceremony, response) })
	}
	all.Wait()
	if n := sessionsOf(t, h, p.Account); n != 1 {
		t.Errorf("%d sessions were begun with one ceremony", n)
	}
	_, ceremony, err = h.BeginSignIn(ctx, "")
	must(t, err)
	if n := h.Uses(ceremony); n != 1 {
		t.Errorf("one ceremony is good for %d uses", n)
	}
}
