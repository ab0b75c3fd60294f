// Package people keeps the people of one machine: their accounts, passkeys,
// sessions, invitations, places and tokens.
//
// It stands apart from the record of any process. It knows which account has
// taken which place (a process and the id of an accreditation in it), and never
// what a place may do: that follows from the process's own record. It is a door:
// it has a clock and chance, both given in Options, and keeps everything that
// must last in a Book. It may read no record and show no page.
//
// Secrets are 32 random bytes. Only their SHA-256 is kept, and it is the key of
// what they open: to look a secret up is one read by key, the same for one that
// was never given out as for one that is over.
//
// One program serves the people of a book. Accounts, sessions, places and
// tokens are held in memory and written through; another program may open the
// same book beside it, but only to make links (First).
//
// Read this file first, then session.go and signin.go; invitation.go and
// enrol.go for how a person comes in; recovery.go for how one comes back.
package people

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"io"
	"sync"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"paraph/record"
)

// Register is the people of one machine. It is safe for concurrent use.
type Register struct {
	book   Book
	clock  func() time.Time
	chance io.Reader
	origin string
	rp     *webauthn.WebAuthn // the relying party
	seal   cipher.AEAD        // of ceremonies, see ceremony.go
	mark   []byte             // key of the marks on links and tickets, see secret.go
	first  *issuer            // nil when there is no first step

	// turn is held while the book and what is in memory change together. It is
	// taken before mu, and never the other way round.
	turn sync.Mutex

	mu       sync.RWMutex // guards what follows; never held while anything is waited for
	closed   bool
	accounts map[string]accountDoc
	sessions map[digest]*session
	places   map[string]map[record.ProcessID]*held // by account
	taken    map[record.ProcessID]map[string]string
	tokens   map[digest]Token
	spent    map[digest]time.Time // ceremonies that were used, until they are over
}

// Options are what a Register is made with.
type Options struct {
	Clock func() time.Time // nil for the machine's clock
	Rand  io.Reader        // nil for the machine's chance
	// URL is how browsers reach the pages: https://talks.example.org[:port], or
	// http://localhost[:port]. Passkeys are bound to it: its host is the relying
	// party, and responses must come from exactly this origin.
	URL   string
	Name  string     // what a browser calls this machine when it asks for a passkey; "Paraph" when empty
	First *FirstStep // what everybody passes before a passkey is asked for; nil for nothing
}

// New opens the register kept in b. It is invalid when the URL cannot hold
// passkeys, and unavailable when the book cannot be read.
func New(b Book, o Options) (*Register, error) {
	r := &Register{book: b, clock: o.Clock, chance: o.Rand,
		accounts: map[string]accountDoc{}, sessions: map[digest]*session{}, places: map[string]map[record.ProcessID]*held{},
		taken: map[record.ProcessID]map[string]string{}, tokens: map[digest]Token{}, spent: map[digest]time.Time{}}
	if r.clock == nil {
		r.clock = time.Now
	}
	if r.chance == nil {
		r.chance = rand.Reader
	} else {
		r.chance = &shared{from: o.Rand}
	}
	var err error
	if r.origin, r.rp, err = relyingParty(o.URL, o.Name); err != nil {
		return nil, err
	}
	if o.First != nil {
		if r.first, err = newIssuer(*o.First, r.origin); err != nil {
			return nil, err
		}
	}
	if r.seal, err = newSeal(r.random(32)); err != nil {
		return nil, err
	}
	ctx := context.Background()
	if err := r.readMark(ctx); err != nil {
		return nil, err
	}
	if err := r.read(ctx); err != nil {
		return nil, err
	}
	return r, nil
}

// read takes into memory what is held there.
func (r *Register) read(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.book.View(ctx, func(p Pages) error {
		if err := each(p, kindAccount, "", func(id string, a accountDoc) error {
			r.accounts[id] = a
			return nil
		}); err != nil {
			return err
		}
		if err := each(p, kindPlace, "", func(_ string, at Place) error {
			r.settle(at)
			return nil
		}); err != nil {
			return err
		}
		if err := each(p, kindToken, "", func(key string, t Token) error {
			d, err := parseDigest(key)
			r.tokens[d] = t
			return err
		}); err != nil {
			return err
		}
		return each(p, kindSession, "", func(key string, s sessionDoc) error {
			d, err := parseDigest(key)
			if err == nil && s.alive(r.now()) {
				r.open(d, s)
			}
			return err
		})
	})
}

// Close writes when sessions were last seen and stops all timers. Sessions go
// on once the book is opened again; the book itself stays open.
func (r *Register) Close() error {
	r.turn.Lock()
	defer r.turn.Unlock()
	seen := map[digest]sessionDoc{}
	r.mu.Lock()
	r.closed = true
	for d, s := range r.sessions {
		s.timer.Stop()
		if doc := s.copy(); !doc.Seen.Equal(s.written) {
			seen[d], s.written = doc, doc.Seen
		}
	}
	r.mu.Unlock()
	if len(seen) == 0 {
		return nil
	}
	return r.book.Update(context.Background(), func(p Pages) error {
		for d, doc := range seen {
			if err := keep(p, kindSession, d.String(), doc); err != nil {
				return err
			}
		}
		return nil
	})
}

// change changes the book, and then what is in memory, before anybody else
// changes either.
func (r *Register) change(ctx context.Context, in func(Pages) error, then func()) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	return r.changeInTurn(ctx, in, then)
}

func (r *Register) changeInTurn(ctx context.Context, in func(Pages) error, then func()) error {
	if err := r.book.Update(ctx, in); err != nil {
		return err
	}
	if then != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		then()
	}
	return nil
}

// now is the time to the microsecond, as it is kept.
func (r *Register) now() time.Time { return r.clock().UTC().Truncate(time.Microsecond) }

// backward is how far the clock may be set back before what was made later
// than it says is refused. Otherwise a clock set back would lengthen the life
// of everything that should be over.
const backward = time.Minute

// within tells whether now is between two times.
func within(now, from, until time.Time) bool {
	return !now.Before(from.Add(-backward)) && now.Before(until)
}

// random gives n bytes of chance.
func (r *Register) random(n int) []byte {
	b := make([]byte, n)
	if _, err := io.ReadFull(r.chance, b); err != nil {
		// As in crypto/rand: nothing can be made safely from here on.
		panic("people: there is no chance to be had: " + err.Error())
	}
	return b
}

// shared is chance for many at once.
type shared struct {
	mu   sync.Mutex
	from io.Reader
}

func (s *shared) Read(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.from.Read(b)
}
