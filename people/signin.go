package people

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"paraph/fault"
)

// BeginSignIn gives the options for navigator.credentials.get as JSON, and the
// ceremony to hand to FinishSignIn within five minutes. Where there is a first
// step, "first" is the ticket that FinishFirst gave (else forbidden); otherwise
// it is empty.
func (r *Register) BeginSignIn(_ context.Context, first string) (options json.RawMessage, seal string, err error) {
	c := r.begin(signingIn, ceremonyTime)
	if c.Subject, c.Ticket, err = r.passed(first); err != nil {
		return nil, "", err
	}
	if options, err = r.request(nil, c.Challenge); err != nil {
		return nil, "", err
	}
	seal, err = r.sealed(c)
	return options, seal, err
}

// FinishSignIn begins a session with a passkey, which counts as just used.
// response is the JSON of the credential. Every refusal is the same (forbidden):
// it does not tell what was wrong, and nothing is begun.
func (r *Register) FinishSignIn(ctx context.Context, seal string, response []byte) (session string, err error) {
	c, d, ok := r.unseal(signingIn, seal)
	if !ok {
		return "", refused(errCeremony)
	}
	answer, err := r.parseAnswer(response)
	if err != nil {
		return "", refused(err)
	}
	k, err := r.verify(ctx, "", c, d, answer)
	if err != nil {
		return "", err
	}
	token, doc := r.newSession(k.Account, k.id())
	first := digest{}
	if c.Ticket != "" {
		if first, err = parseDigest(c.Ticket); err != nil || !r.spend(first, c.Until.Add(firstStepTime)) {
			return "", refused(errCeremony)
		}
	}
	account := accountDoc{}
	err = r.change(ctx, func(p Pages) error {
		if err := r.use(p, k, answer); err != nil {
			return err
		}
		if account, err = load[accountDoc](p, kindAccount, k.Account); err != nil {
			return refused(err)
		}
		if r.first != nil && account.Subject != (subject{}) && account.Subject != c.Subject {
			return refused(errSubject)
		}
		account.Subject = cmp.Or(account.Subject, c.Subject)
		if len(account.Watchers) > 0 {
			if err := r.tell(p, account.Name+" has signed in for the first time since being let back in.", account.Watchers...); err != nil {
				return err
			}
			account.Watchers = nil
		}
		return cmp.Or(keep(p, kindAccount, k.Account, account), keep(p, kindSession, digestOf(token).String(), doc))
	}, func() {
		r.accounts[k.Account] = account
		r.open(digestOf(token), doc)
	})
	if err != nil {
		return "", r.lockCopied(ctx, k, err)
	}
	return token, nil
}

// BeginFresh asks the person of a session to use the passkey again. It gives
// the options for navigator.credentials.get as JSON, and the ceremony to hand
// to FinishFresh within five minutes.
func (r *Register) BeginFresh(ctx context.Context, session string) (options json.RawMessage, seal string, err error) {
	s, err := r.Session(ctx, session)
	if err != nil {
		return nil, "", err
	}
	theirs, err := r.passkeysOf(ctx, s.Account)
	if err != nil {
		return nil, "", err
	}
	theirs = slices.DeleteFunc(theirs, func(k passkeyDoc) bool { return k.Locked })
	if len(theirs) == 0 {
		return nil, "", fault.Forbidden("you have no passkey any more").
			With("two members of your delegation can let you back in")
	}
	c := r.begin(refreshing, ceremonyTime)
	c.Account, c.Session = s.Account, digestOf(session).String()
	if options, err = r.request(theirs, c.Challenge); err != nil {
		return nil, "", err
	}
	seal, err = r.sealed(c)
	return options, seal, err
}

// FinishFresh makes a session fresh for FreshFor. It takes only a ceremony
// that the same session began, and a passkey of its own account; every refusal
// is the same (forbidden).
func (r *Register) FinishFresh(ctx context.Context, session, seal string, response []byte) error {
	if _, err := r.Session(ctx, session); err != nil {
		return err
	}
	d := digestOf(session)
	c, spent, ok := r.unseal(refreshing, seal)
	if !ok || c.Session != d.String() {
		return refused(errCeremony)
	}
	answer, err := r.parseAnswer(response)
	if err != nil {
		return refused(err)
	}
	k, err := r.verify(ctx, c.Account, c, spent, answer)
	if err != nil {
		return err
	}
	var doc sessionDoc
	err = r.change(ctx, func(p Pages) error {
		if err := r.use(p, k, answer); err != nil {
			return err
		}
		// It may have ended in the meantime.
		if doc, ok = r.live(d); !ok {
			return noSession()
		}
		doc.FreshUntil = r.now().Add(FreshFor)
		if id := k.id(); !slices.Contains(doc.With, id) {
			doc.With = append(slices.Clone(doc.With), id)
		}
		return keep(p, kindSession, d.String(), doc)
	}, func() {
		if s := r.sessions[d]; s != nil {
			s.mu.Lock()
			s.doc.FreshUntil, s.doc.With = doc.FreshUntil, doc.With
			s.mu.Unlock()
		}
	})
	return r.lockCopied(ctx, k, err)
}

// fresh gives the session of a token, if its passkey counts as just used.
func (r *Register) fresh(ctx context.Context, token string) (Session, error) {
	s, err := r.Session(ctx, token)
	if err != nil {
		return Session{}, err
	}
	if !s.Fresh(r.now()) {
		return Session{}, fault.Forbidden("this needs your passkey once more").With("confirm with your passkey, then do it again")
	}
	return s, nil
}

// parseAnswer reads what a browser made of navigator.credentials.get.
func (r *Register) parseAnswer(response []byte) (*protocol.ParsedCredentialAssertionData, error) {
	if len(response) > longestResponse {
		return nil, errTooLong
	}
	answer, err := protocol.ParseCredentialRequestResponseBytes(response)
	if err != nil {
		return nil, err
	}
	if answer.Response.CollectedClientData.Origin != r.origin {
		return nil, errOrigin
	}
	return answer, nil
}

// verify gives the passkey that an answer was made with, after all that the
// standard asks for (https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion)
// but the counter. It must be one of the account, or, for "", of whom the answer
// names. The passkey is looked up by both at once: one of another account is not
// there.
func (r *Register) verify(ctx context.Context, account string, c ceremony, d digest, answer *protocol.ParsedCredentialAssertionData) (passkeyDoc, error) {
	handle := cmp.Or(account, string(answer.Response.UserHandle))
	var k passkeyDoc
	there := false
	err := r.book.View(ctx, func(p Pages) (err error) {
		k, there, err = find[passkeyDoc](p, kindPasskey, passkeyKey(handle, encode(answer.RawID)))
		return err
	})
	if err != nil {
		return passkeyDoc{}, err
	}
	if !there || k.Locked {
		return passkeyDoc{}, refused(errPasskey)
	}
	if !r.spend(d, c.Until) {
		return passkeyDoc{}, refused(errCeremony)
	}
	if err := r.check(account, c, k, answer); err != nil {
		return passkeyDoc{}, refused(err)
	}
	return k, nil
}

// check tells whether an answer to a ceremony was made with a passkey.
func (r *Register) check(account string, c ceremony, k passkeyDoc, answer *protocol.ParsedCredentialAssertionData) error {
	asked := webauthn.SessionData{Challenge: encode(c.Challenge), UserVerification: protocol.VerificationRequired}
	whose := owner{id: k.Account, passkeys: []passkeyDoc{k}}
	if account == "" {
		_, _, err := r.rp.ValidatePasskeyLogin(func(_, _ []byte) (webauthn.User, error) { return whose, nil }, asked, answer)
		return err
	}
	asked.UserID = []byte(account)
	_, err := r.rp.ValidateLogin(whose, asked, answer)
	return err
}

// use writes that a passkey was used. It is refused when it was lost, locked or
// used with a later counter in the meantime.
func (r *Register) use(p Pages, k passkeyDoc, answer *protocol.ParsedCredentialAssertionData) error {
	key := passkeyKey(k.Account, k.id())
	k, there, err := find[passkeyDoc](p, kindPasskey, key)
	if err != nil {
		return err
	}
	if !there || k.Locked {
		return refused(errPasskey)
	}
	data := answer.Response.AuthenticatorData
	// An authenticator that does not count says 0 always.
	if counts := data.Counter != 0 || k.Counter != 0; counts && data.Counter <= k.Counter {
		return refused(errCounter)
	}
	k.Counter, k.Synced, k.Used = data.Counter, data.Flags.HasBackupState(), r.now()
	return keep(p, kindPasskey, key, k)
}

// lockCopied locks a passkey whose counter went back, which one that was
// copied does: it is good for nothing from now on, what was begun with it ends,
// and its owner is told. It gives back the refusal.
func (r *Register) lockCopied(ctx context.Context, k passkeyDoc, refusal error) error {
	if !errors.Is(refusal, errCounter) {
		return refusal
	}
	r.turn.Lock()
	defer r.turn.Unlock()
	over := r.endSessions(func(s *session) bool { return s.account == k.Account && slices.Contains(s.copy().With, k.id()) })
	err := r.book.Update(ctx, func(p Pages) error {
		key := passkeyKey(k.Account, k.id())
		now, there, err := find[passkeyDoc](p, kindPasskey, key)
		if err != nil || !there {
			return err
		}
		now.Locked = true
		return cmp.Or(removeSessions(p, over), keep(p, kindPasskey, key, now),
			r.tell(p, "The passkey “"+k.Label+"” was locked: it may have been copied. Remove it, and add another one.", k.Account))
	})
	return cmp.Or(err, refusal)
}

var (
	errCeremony = errors.New("the ceremony is not one of this machine, is over, or was used")
	errPasskey  = errors.New("there is no such passkey")
	errCounter  = errors.New("the counter went back")
	errSubject  = errors.New("somebody else passed the first step")
)

// refused is what everybody is told whose passkey is not taken.
func refused(cause error) error {
	return fault.Forbidden("your passkey was not accepted").With("begin again, with the passkey of this site").Because(cause)
}
