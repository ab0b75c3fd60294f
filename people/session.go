package people

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"paraph/fault"
)

// Session is a person signed in, in one browser.
type Session struct {
	ID            string // names it among the account's sessions; no secret
	Account       string
	Name          string
	Administrator bool
	MayConvene    bool
	Began         time.Time
	Seen          time.Time
	FreshUntil    time.Time       // until when the passkey counts as just used; see BeginFresh
	Ended         <-chan struct{} // closed the moment the session ends, for open streams
}

// Fresh tells whether the passkey counts as just used at a time.
func (s Session) Fresh(now time.Time) bool { return now.Before(s.FreshUntil) }

// How long a session lasts.
const (
	Idle     = 30 * time.Minute // since it was last seen
	Longest  = 12 * time.Hour   // since it began
	FreshFor = 5 * time.Minute  // since the passkey was used

	// seenEvery is how often it is written that a session was seen: after a
	// restart a session may be over by so much too early, and never too late.
	seenEvery = 5 * time.Minute
)

// session is one in memory.
type session struct {
	account string
	ended   chan struct{}
	timer   *time.Timer

	mu      sync.Mutex // guards what follows
	doc     sessionDoc
	written time.Time // Seen as the book has it
}

// sessionDoc is what is kept of a session.
type sessionDoc struct {
	ID         string
	Account    string
	Began      time.Time
	Seen       time.Time
	FreshUntil time.Time
	With       []string // passkeys it was begun or refreshed with
}

func (s sessionDoc) alive(now time.Time) bool {
	return within(now, s.Began, s.Began.Add(Longest)) && within(now, s.Seen, s.Seen.Add(Idle))
}

func (s sessionDoc) ends() time.Time {
	idle, longest := s.Seen.Add(Idle), s.Began.Add(Longest)
	if idle.Before(longest) {
		return idle
	}
	return longest
}

func (s *session) copy() sessionDoc {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.doc
}

// Session gives the session that a token opens, and notes that it was seen. It
// is not found when it was never begun or has ended: after Idle without being
// seen, after Longest in any case, or by an act.
func (r *Register) Session(ctx context.Context, token string) (Session, error) {
	if len(token) != secretLength {
		return Session{}, noSession()
	}
	d := digestOf(token)
	r.mu.RLock()
	s := r.sessions[d]
	r.mu.RUnlock()
	if s == nil {
		return Session{}, noSession()
	}
	now := r.now()
	s.mu.Lock()
	alive, late := s.doc.alive(now), now.Sub(s.written) >= seenEvery
	if alive && now.After(s.doc.Seen) {
		s.doc.Seen = now
	}
	doc := s.doc
	s.mu.Unlock()
	if !alive {
		// What is left of it in the book is not read again before Sweep takes it away.
		r.endSessions(func(other *session) bool { return other == s })
		return Session{}, noSession()
	}
	if late {
		r.writeSeen(ctx, d, s)
	}
	v, ok := r.viewSession(s, doc)
	if !ok {
		return Session{}, noSession()
	}
	return v, nil
}

func (r *Register) viewSession(s *session, doc sessionDoc) (Session, bool) {
	a, ok := r.account(doc.Account)
	return Session{doc.ID, doc.Account, a.Name, a.Administrator, a.MayConvene, doc.Began, doc.Seen, doc.FreshUntil, s.ended}, ok
}

// writeSeen writes that a session was seen. It may fail: the session is then
// over too early after a restart, and nothing worse.
func (r *Register) writeSeen(ctx context.Context, d digest, s *session) {
	r.turn.Lock()
	defer r.turn.Unlock()
	s.mu.Lock()
	doc := s.doc
	s.written = doc.Seen
	s.mu.Unlock()
	if r.holds(d, s) {
		_ = r.book.Update(ctx, func(p Pages) error { return keep(p, kindSession, d.String(), doc) })
	}
}

// live gives a session that has not ended, without noting that it was seen.
func (r *Register) live(d digest) (sessionDoc, bool) {
	r.mu.RLock()
	s := r.sessions[d]
	r.mu.RUnlock()
	if s == nil {
		return sessionDoc{}, false
	}
	doc := s.copy()
	return doc, doc.alive(r.now())
}

// holds tells whether a session has not ended.
func (r *Register) holds(d digest, s *session) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.sessions[d] == s
}

// Sessions gives the open sessions of an account, the latest seen first.
func (r *Register) Sessions(_ context.Context, account string) ([]Session, error) {
	now := r.now()
	r.mu.RLock()
	var theirs []*session
	for _, s := range r.sessions {
		if s.account == account {
			theirs = append(theirs, s)
		}
	}
	r.mu.RUnlock()
	var views []Session
	for _, s := range theirs {
		if doc := s.copy(); doc.alive(now) {
			if v, ok := r.viewSession(s, doc); ok {
				views = append(views, v)
			}
		}
	}
	slices.SortFunc(views, func(a, b Session) int { return cmp.Or(b.Seen.Compare(a.Seen), cmp.Compare(a.ID, b.ID)) })
	return views, nil
}

// SignOut ends the session that a token opens. It is no error when there is none.
func (r *Register) SignOut(ctx context.Context, token string) error {
	d := digestOf(token)
	r.mu.RLock()
	s := r.sessions[d]
	r.mu.RUnlock()
	if s == nil {
		return nil
	}
	_, err := r.end(ctx, func(other *session) bool { return other == s })
	return err
}

// Lock ends all sessions of an account.
func (r *Register) Lock(ctx context.Context, account string) error {
	_, err := r.end(ctx, func(s *session) bool { return s.account == account })
	return err
}

// EndSession ends one session of an account; not found when there is none.
func (r *Register) EndSession(ctx context.Context, account, id string) error {
	n, err := r.end(ctx, func(s *session) bool { return s.account == account && s.copy().ID == id })
	if err == nil && n == 0 {
		return noSession()
	}
	return err
}

// end ends sessions at once, and then in the book. When that fails they are
// ended all the same; only a restart before the next Sweep would find them.
func (r *Register) end(ctx context.Context, which func(*session) bool) (int, error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	over := r.endSessions(which)
	if len(over) == 0 {
		return 0, nil
	}
	return len(over), r.book.Update(ctx, func(p Pages) error { return removeSessions(p, over) })
}

// endSessions takes sessions out of memory and closes what waits for their
// end. Whoever calls it has the turn, if the book is to follow.
func (r *Register) endSessions(which func(*session) bool) (over []digest) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for d, s := range r.sessions {
		if which(s) {
			s.timer.Stop()
			close(s.ended)
			delete(r.sessions, d)
			over = append(over, d)
		}
	}
	return over
}

func removeSessions(p Pages, over []digest) error {
	for _, d := range over {
		if err := p.Delete(kindSession, d.String()); err != nil {
			return err
		}
	}
	return nil
}

// newSession makes a session that was begun with a passkey, and its token.
func (r *Register) newSession(account, passkey string) (token string, doc sessionDoc) {
	now := r.now()
	return r.secret(), sessionDoc{ID: r.id(), Account: account, Began: now, Seen: now, FreshUntil: now.Add(FreshFor), With: []string{passkey}}
}

// open takes a session into memory. Whoever calls it has mu, or the register
// to itself.
func (r *Register) open(d digest, doc sessionDoc) {
	s := &session{account: doc.Account, ended: make(chan struct{}), doc: doc, written: doc.Seen}
	r.sessions[d] = s
	s.timer = time.AfterFunc(max(doc.ends().Sub(r.now()), time.Millisecond), func() { r.look(s) })
}

// look ends a session whose time is over, or looks again when it may be.
func (r *Register) look(s *session) {
	now, doc := r.now(), s.copy()
	if !doc.alive(now) {
		r.endSessions(func(other *session) bool { return other == s })
		return
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	if !r.closed {
		s.timer.Reset(max(doc.ends().Sub(now), time.Millisecond))
	}
}

func noSession() error { return fault.NotFound("you are not signed in").With("sign in again") }
