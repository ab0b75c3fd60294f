package people

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"paraph/fault"
)

// Passkey is one authenticator of an account.
type Passkey struct {
	ID     string // no secret
	Label  string
	Made   time.Time
	Used   time.Time // last
	Locked bool      // its counter went back: it may have been copied, and signs nobody in any more
	Synced bool      // kept by a provider on several devices
}

// passkeyDoc is what is kept of a passkey: a credential of Web Authentication
// (https://www.w3.org/TR/webauthn-3/), without what attests its maker, which is
// not asked for.
type passkeyDoc struct {
	Account    string
	Credential []byte
	PublicKey  []byte // COSE
	Counter    uint32
	Eligible   bool     `json:",omitempty"` // may be kept on several devices; never changes
	Synced     bool     `json:",omitempty"` // is
	Transports []string `json:",omitempty"`
	Label      string
	Made       time.Time
	Used       time.Time
	Locked     bool `json:",omitempty"`
}

func passkeyKey(account, id string) string { return account + "/" + id }

func (k passkeyDoc) id() string { return encode(k.Credential) }

func (k passkeyDoc) credential() webauthn.Credential {
	c := webauthn.Credential{ID: k.Credential, PublicKey: k.PublicKey}
	c.Flags.BackupEligible, c.Flags.BackupState = k.Eligible, k.Synced
	c.Flags.UserPresent, c.Flags.UserVerified = true, true
	c.Authenticator.SignCount = k.Counter
	for _, t := range k.Transports {
		c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
	}
	return c
}

func newPasskey(account, label string, c *webauthn.Credential, now time.Time) passkeyDoc {
	k := passkeyDoc{Account: account, Credential: c.ID, PublicKey: c.PublicKey, Counter: c.Authenticator.SignCount,
		Eligible: c.Flags.BackupEligible, Synced: c.Flags.BackupState, Label: label, Made: now, Used: now}
	for _, t := range c.Transport {
		k.Transports = append(k.Transports, string(t))
	}
	return k
}

// keepNew writes a new passkey. One that any account has already is refused
// (https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential, step 26).
func (k passkeyDoc) keepNew(p Pages) error {
	id := k.id()
	_, there, err := find[string](p, kindCredential, id)
	if err != nil {
		return err
	}
	if there {
		return fault.Conflict("this passkey is in use already").With("use another one")
	}
	return cmp.Or(keep(p, kindCredential, id, k.Account), keep(p, kindPasskey, passkeyKey(k.Account, id), k))
}

// BeginPasskey begins adding a further passkey to the account of a session,
// which must be fresh (else forbidden). It gives the options for
// navigator.credentials.create as JSON, and the ceremony to hand to
// FinishPasskey within five minutes.
func (r *Register) BeginPasskey(ctx context.Context, session string) (options json.RawMessage, seal string, err error) {
	s, err := r.fresh(ctx, session)
	if err != nil {
		return nil, "", err
	}
	theirs, err := r.passkeysOf(ctx, s.Account)
	if err != nil {
		return nil, "", err
	}
	c := r.begin(addingPasskey, ceremonyTime)
	c.Account, c.Session = s.Account, digestOf(session).String()
	if options, err = r.creation(owner{s.Account, s.Name, theirs}, c.Challenge); err != nil {
		return nil, "", err
	}
	seal, err = r.sealed(c)
	return options, seal, err
}

// FinishPasskey adds the passkey that response holds, the JSON of the
// credential. All who have a session with the account get a notice. A refusal
// is forbidden; a passkey that is in use already is a conflict.
func (r *Register) FinishPasskey(ctx context.Context, session, seal string, response []byte, label string) (Passkey, error) {
	s, err := r.Session(ctx, session)
	if err != nil {
		return Passkey{}, err
	}
	c, d, ok := r.unseal(addingPasskey, seal)
	if !ok || c.Session != digestOf(session).String() || c.Account != s.Account {
		return Passkey{}, notMade(nil)
	}
	if label, err = checkLabel(label); err != nil {
		return Passkey{}, err
	}
	made, err := r.created(owner{s.Account, s.Name, nil}, c.Challenge, response)
	if err != nil {
		return Passkey{}, notMade(err)
	}
	if !r.spend(d, c.Until) {
		return Passkey{}, notMade(nil)
	}
	k := newPasskey(s.Account, label, made, r.now())
	err = r.change(ctx, func(p Pages) error {
		// It may have been closed, or its sessions locked, in the meantime.
		if _, ok := r.live(digestOf(session)); !ok {
			return noSession()
		}
		return cmp.Or(k.keepNew(p), r.tell(p, "A passkey was added to your account: "+label+".", s.Account))
	}, nil)
	if err != nil {
		return Passkey{}, err
	}
	return k.view(), nil
}

func (k passkeyDoc) view() Passkey {
	return Passkey{k.id(), k.Label, k.Made, k.Used, k.Locked, k.Synced}
}

// Passkeys gives the passkeys of an account, the oldest first.
func (r *Register) Passkeys(ctx context.Context, account string) ([]Passkey, error) {
	theirs, err := r.passkeysOf(ctx, account)
	if err != nil {
		return nil, err
	}
	var views []Passkey
	for _, k := range theirs {
		views = append(views, k.view())
	}
	slices.SortFunc(views, func(a, b Passkey) int { return cmp.Or(a.Made.Compare(b.Made), cmp.Compare(a.ID, b.ID)) })
	return views, nil
}

func (r *Register) passkeysOf(ctx context.Context, account string) (theirs []passkeyDoc, err error) {
	err = r.book.View(ctx, func(p Pages) error {
		theirs = nil
		return each(p, kindPasskey, account+"/", func(_ string, k passkeyDoc) error {
			theirs = append(theirs, k)
			return nil
		})
	})
	return theirs, err
}

// LosePasskey removes a passkey at once, and ends all sessions that were begun
// or refreshed with it. The only one that still signs in is not removed so (a
// conflict): nobody could come back by themselves. Add another one first; or,
// when every device is lost, LoseAll, and two of the delegation vouch.
func (r *Register) LosePasskey(ctx context.Context, account, id string) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	err := r.book.View(ctx, func(p Pages) error {
		k, there, err := find[passkeyDoc](p, kindPasskey, passkeyKey(account, id))
		if err != nil {
			return err
		}
		if !there {
			return fault.NotFound("there is no such passkey")
		}
		n, err := countPasskeys(p, account)
		if err == nil && n == 1 && !k.Locked {
			return fault.Conflict("this is your only passkey").
				With("add another one first; if every device is lost, say so, and two members of your delegation let you back in")
		}
		return err
	})
	if err != nil {
		return err
	}
	over := r.endSessions(func(s *session) bool { return s.account == account && slices.Contains(s.copy().With, id) })
	return r.book.Update(ctx, func(p Pages) error {
		return cmp.Or(removeSessions(p, over), p.Delete(kindPasskey, passkeyKey(account, id)), p.Delete(kindCredential, id),
			r.tell(p, "A passkey was removed from your account.", account))
	})
}

// LoseAll is for who lost every device: all passkeys, sessions and tokens of
// the account are gone at once. Its places stay, each to be given back by two
// members of its delegation; see Vouch.
func (r *Register) LoseAll(ctx context.Context, account string) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	over := r.endSessions(func(s *session) bool { return s.account == account })
	return r.changeInTurn(ctx, func(p Pages) error {
		return cmp.Or(removeSessions(p, over), removePasskeys(p, account), removeTokens(p, tokensOf(account)))
	}, func() { r.forgetTokens(tokensOf(account)) })
}

func removePasskeys(p Pages, account string) error {
	return each(p, kindPasskey, account+"/", func(key string, k passkeyDoc) error {
		return cmp.Or(p.Delete(kindPasskey, key), p.Delete(kindCredential, k.id()))
	})
}

// countPasskeys counts those that still sign in.
func countPasskeys(p Pages, account string) (n int, err error) {
	err = each(p, kindPasskey, account+"/", func(_ string, k passkeyDoc) error {
		if !k.Locked {
			n++
		}
		return nil
	})
	return n, err
}

func checkLabel(label string) (string, error) {
	if label == "" {
		return "passkey", nil
	}
	return checkName("the name of the passkey", label)
}

func notMade(cause error) error {
	return fault.Forbidden("the passkey was not accepted").With("begin again; it must ask for your finger, face or PIN").Because(cause)
}
