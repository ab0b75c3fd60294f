package people_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"paraph/fault"
	"paraph/people"
	"paraph/people/peopletest"
)

// attempt is one sign-in that must fail.
type attempt struct {
	h        *house
	p        *peopletest.Person
	other    *peopletest.Person
	ceremony string
	options  json.RawMessage
	response []byte
}

// The negative cases. Each changes one thing in a sign-in that would succeed.
var badSignIns = map[string]struct {
	before func(*attempt, *peopletest.Answer)  // changes what is signed
	after  func(*attempt, *peopletest.Written) // changes what was signed
	finish func(*testing.T, *attempt)          // changes what is sent, or what happened in the meantime
}{
	"a wrong challenge": {before: func(_ *attempt, a *peopletest.Answer) { a.Challenge = strings.Repeat("A", 43) }},
	"no challenge":      {before: func(_ *attempt, a *peopletest.Answer) { a.Challenge = "" }},
	"a challenge of another ceremony": {finish: func(t *testing.T, a *attempt) {
		var err error
		_, a.ceremony, err = a.h.BeginSignIn(ctx, "")
		must(t, err)
	}},
	"a challenge used already": {finish: func(t *testing.T, a *attempt) {
		token, err := a.h.FinishSignIn(ctx, a.ceremony, a.response)
		must(t, err)
		must(t, a.h.SignOut(ctx, token))
	}},
	"a challenge used already, answered anew": {finish: func(t *testing.T, a *attempt) {
		token, err := a.h.FinishSignIn(ctx, a.ceremony, a.response)
		must(t, err)
		must(t, a.h.SignOut(ctx, token))
		a.response, err = a.p.Get(a.options)
		must(t, err)
	}},
	"a challenge that is over":          {finish: func(_ *testing.T, a *attempt) { a.h.pass(5 * time.Minute) }},
	"a challenge of the future":         {finish: func(_ *testing.T, a *attempt) { a.h.pass(-2 * time.Minute) }},
	"a challenge from before a restart": {finish: func(t *testing.T, a *attempt) { a.h.restart(t) }},
	"a ceremony for something else": {finish: func(t *testing.T, a *attempt) {
		options, ceremony, err := a.h.BeginFresh(ctx, a.p.Session)
		must(t, err)
		a.ceremony = ceremony
		a.response, err = a.p.Get(options)
		must(t, err)
	}},
	"a ceremony changed by one letter": {finish: func(_ *testing.T, a *attempt) {
		i := len(a.ceremony) / 2
		a.ceremony = a.ceremony[:i] + string('A'+(a.ceremony[i]-'A'+1)%26) + a.ceremony[i+1:]
	}},
	"no ceremony": {finish: func(_ *testing.T, a *attempt) { a.ceremony = "" }},

	"a wrong origin":                     {before: func(_ *attempt, a *peopletest.Answer) { a.Origin = "https://evil.example.org" }},
	"an origin that begins alike":        {before: func(_ *attempt, a *peopletest.Answer) { a.Origin = address + ".evil.example" }},
	"an origin with a path":              {before: func(_ *attempt, a *peopletest.Answer) { a.Origin = address + "/x" }},
	"an origin without TLS":              {before: func(_ *attempt, a *peopletest.Answer) { a.Origin = "http://talks.example.org" }},
	"another port":                       {before: func(_ *attempt, a *peopletest.Answer) { a.Origin = address + ":8443" }},
	"the same origin, otherwise written": {before: func(_ *attempt, a *peopletest.Answer) { a.Origin = "https://TALKS.example.org" }},
	"a wrong relying party":              {before: func(_ *attempt, a *peopletest.Answer) { a.RPID = "example.org" }},
	"no user verification":               {before: func(_ *attempt, a *peopletest.Answer) { a.Flags &^= peopletest.UserVerified }},
	"no user presence":                   {before: func(_ *attempt, a *peopletest.Answer) { a.Flags &^= peopletest.UserPresent }},
	"a passkey that became one of several devices": {before: func(_ *attempt, a *peopletest.Answer) {
		a.Flags |= peopletest.BackupEligible | peopletest.BackupState
	}},
	"from within a frame": {before: func(_ *attempt, a *peopletest.Answer) { a.CrossOrigin = true }},
	"from within a frame of a page that is named": {before: func(_ *attempt, a *peopletest.Answer) {
		a.CrossOrigin, a.TopOrigin = true, "https://evil.example.org"
	}},
	"a top origin alone":    {before: func(_ *attempt, a *peopletest.Answer) { a.TopOrigin = "https://evil.example.org" }},
	"the wrong type":        {before: func(_ *attempt, a *peopletest.Answer) { a.Type = "webauthn.create" }},
	"a type of no ceremony": {before: func(_ *attempt, a *peopletest.Answer) { a.Type = "payment.get" }},
	"the wrong kind":        {before: func(_ *attempt, a *peopletest.Answer) { a.Kind = "password" }},

	"a bad signature": {after: func(_ *attempt, w *peopletest.Written) { w.Signature[len(w.Signature)-1] ^= 1 }},
	"no signature":    {after: func(_ *attempt, w *peopletest.Written) { w.Signature = nil }},
	"a signature with another's key": {before: func(a *attempt, s *peopletest.Answer) {
		stolen := a.other.Authenticator.Copy()
		stolen.Before = func(other *peopletest.Answer) { s.Key = other.Key }
		if _, err := stolen.Get(a.options); err != nil {
			panic(err)
		}
	}},
	"a signature over another origin": {
		before: func(_ *attempt, a *peopletest.Answer) { a.Origin = "https://evil.example.org" },
		after: func(_ *attempt, w *peopletest.Written) {
			w.ClientData = []byte(strings.Replace(string(w.ClientData), "https://evil.example.org", address, 1))
		},
	},
	"authenticator data changed after signing": {after: func(_ *attempt, w *peopletest.Written) { w.AuthenticatorData[36]++ }},
	"authenticator data cut short":             {after: func(_ *attempt, w *peopletest.Written) { w.AuthenticatorData = w.AuthenticatorData[:36] }},
	"no authenticator data":                    {after: func(_ *attempt, w *peopletest.Written) { w.AuthenticatorData = nil }},
	"authenticator data with more behind":      {after: func(_ *attempt, w *peopletest.Written) { w.AuthenticatorData = append(w.AuthenticatorData, 0xa0) }},
	"extensions that are not CBOR": {after: func(_ *attempt, w *peopletest.Written) {
		w.AuthenticatorData[32] |= 1 << 7
		w.AuthenticatorData = append(w.AuthenticatorData, 0xbf, 0x61)
	}},
	"a passkey said to be in it, cut short": {after: func(_ *attempt, w *peopletest.Written) {
		w.AuthenticatorData[32] |= 1 << 6
		w.AuthenticatorData = append(w.AuthenticatorData, make([]byte, 17)...)
	}},
	"client data that is no JSON": {after: func(_ *attempt, w *peopletest.Written) { w.ClientData = []byte("{") }},

	"an unknown passkey":           {before: func(_ *attempt, a *peopletest.Answer) { a.Credential = []byte("never registered") }},
	"no passkey":                   {before: func(_ *attempt, a *peopletest.Answer) { a.Credential = nil }},
	"another account's handle":     {before: func(x *attempt, a *peopletest.Answer) { a.Handle = []byte(x.other.Account) }},
	"no handle":                    {before: func(_ *attempt, a *peopletest.Answer) { a.Handle = nil }},
	"a handle of nobody":           {before: func(_ *attempt, a *peopletest.Answer) { a.Handle = []byte("nobody") }},
	"a handle that is a key's end": {before: func(x *attempt, a *peopletest.Answer) { a.Handle = []byte(x.p.Account + "/") }},
	"another account's passkey": {before: func(x *attempt, a *peopletest.Answer) {
		stolen := x.other.Authenticator.Copy()
		stolen.Before = func(other *peopletest.Answer) { a.Credential = other.Credential }
		if _, err := stolen.Get(x.options); err != nil {
			panic(err)
		}
	}},

	"a counter that went back":        {before: func(_ *attempt, a *peopletest.Answer) { a.Counter = 1 }},
	"a counter that stands still":     {before: func(_ *attempt, a *peopletest.Answer) { a.Counter = 3 }},
	"a counter that stopped counting": {before: func(_ *attempt, a *peopletest.Answer) { a.Counter = 0 }},

	"a passkey that was lost": {finish: func(t *testing.T, a *attempt) {
		a.p.Add(t, a.h.Register, peopletest.NewAuthenticatorFor(a.h.Register))
		must(t, a.h.LosePasskey(ctx, a.p.Account, a.p.Passkeys()[0]))
	}},
	"every passkey was lost":     {finish: func(t *testing.T, a *attempt) { must(t, a.h.LoseAll(ctx, a.p.Account)) }},
	"an account that was closed": {finish: func(t *testing.T, a *attempt) { must(t, a.h.CloseAccount(ctx, a.p.Account)) }},

	"no JSON":         {finish: func(_ *testing.T, a *attempt) { a.response = []byte("passkey") }},
	"JSON of nothing": {finish: func(_ *testing.T, a *attempt) { a.response = []byte("{}") }},
	"nothing":         {finish: func(_ *testing.T, a *attempt) { a.response = nil }},
	"JSON cut short":  {finish: func(_ *testing.T, a *attempt) { a.response = a.response[:len(a.response)-2] }},
	"more than one":   {finish: func(_ *testing.T, a *attempt) { a.response = append(a.response, a.response...) }},
	"far too much":    {finish: func(_ *testing.T, a *attempt) { a.response = append(a.response, make([]byte, 1<<20)...) }},
	"an id that is not the raw id": {finish: func(_ *testing.T, a *attempt) {
		a.response = []byte(strings.Replace(string(a.response), `"id":"`, `"id":"AA`, 1))
	}},
}

// Each is refused in the same words, and no session is begun.
func TestBadSignIns(t *testing.T) {
	for name, bad := range badSignIns {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			a := &attempt{h: h, other: h.enrol(t, "B"), p: h.enrol(t, "A")}
			for range 3 {
				a.p.SignIn(t, h.Register)
			}
			must(t, h.Lock(ctx, a.p.Account))
			if name == "a ceremony for something else" || name == "a passkey that was lost" {
				a.p.Session = a.p.SignIn(t, h.Register)
			}
			var err error
			a.options, a.ceremony, err = h.BeginSignIn(ctx, "")
			must(t, err)
			if bad.before != nil {
				a.p.Before = func(s *peopletest.Answer) { bad.before(a, s) }
			}
			if bad.after != nil {
				a.p.After = func(w *peopletest.Written) { bad.after(a, w) }
			}
			a.response, err = a.p.Get(a.options)
			must(t, err)
			if bad.finish != nil {
				bad.finish(t, a)
			}
			open := sessionsOf(t, h, a.p.Account, a.other.Account)
			token, err := h.FinishSignIn(ctx, a.ceremony, a.response)
			if token != "" || fault.KindOf(err) != fault.KindForbidden {
				t.Fatalf("gives %q and %v", token, err)
			}
			const words = "your passkey was not accepted (begin again, with the passkey of this site)"
			if err.Error() != words {
				t.Errorf("is refused with %q, want %q", err, words)
			}
			if now := sessionsOf(t, h, a.p.Account, a.other.Account); now > open {
				t.Errorf("%d sessions are open, %d were before", now, open)
			}
		})
	}
}

func sessionsOf(t *testing.T, h *house, accounts ...string) (n int) {
	t.Helper()
	for _, account := range accounts {
		open, err := h.Sessions(ctx, account)
		must(t, err)
		n += len(open)
	}
	return n
}

// The same sign-in with nothing changed succeeds: the cases above fail for
// what they change.
func TestGoodSignInOfTheBadOnes(t *testing.T) {
	h := newHouse(t)
	p := h.enrol(t, "A")
	for range 4 {
		p.SignIn(t, h.Register)
	}
	quiet := peopletest.NewAuthenticatorFor(h.Register)
	quiet.Step = 0 // does not count
	p.Add(t, h.Register, quiet)
	for range 2 {
		if _, err := quiet.TrySignIn(h.Register); err != nil {
			t.Errorf("an authenticator that does not count: %v", err)
		}
	}
}

// What a passkey has signed for one sign-in opens no other, even where the
// authenticator does not count its uses, as most passkeys do not.
func TestAnswerSignsInOnce(t *testing.T) {
	h := newHouse(t)
	p := h.enrol(t, "A")
	quiet := peopletest.NewAuthenticatorFor(h.Register)
	quiet.Step = 0
	p.Add(t, h.Register, quiet)
	options, ceremony, err := h.BeginSignIn(ctx, "")
	must(t, err)
	response, err := quiet.Get(options)
	must(t, err)
	if _, err := h.FinishSignIn(ctx, ceremony, response); err != nil {
		t.Fatal(err)
	}
	open := sessionsOf(t, h, p.Account)
	token, err := h.FinishSignIn(ctx, ceremony, response)
	wantKind(t, "the same answer again", err, fault.KindForbidden)
	if now := sessionsOf(t, h, p.Account); token != "" || now != open {
		t.Errorf("gives %q, and %d sessions are open, %d were before", token, now, open)
	}
}

// A passkey whose counter went back is locked: it and its copy sign nobody in
// any more, what was begun with it ends at once, and its owner is told.
func TestCopiedPasskeyIsLocked(t *testing.T) {
	h := newHouse(t)
	p := h.enrol(t, "A")
	second := peopletest.NewAuthenticatorFor(h.Register)
	h.pass(time.Second)
	p.Add(t, h.Register, second)
	kept, err := second.TrySignIn(h.Register)
	must(t, err)
	thief := p.Authenticator.Copy()
	h.pass(time.Second)
	s, err := h.Session(ctx, p.SignIn(t, h.Register))
	must(t, err)
	if _, err := thief.TrySignIn(h.Register); err == nil {
		t.Error("the copy signed in")
	}
	if !isClosed(s.Ended) {
		t.Error("a session of the copied passkey goes on")
	}
	if !h.in(t, kept) {
		t.Error("a session of another passkey ended")
	}
	if _, err := p.TrySignIn(h.Register); err == nil {
		t.Error("the locked passkey signs in")
	}
	keys, err := h.Passkeys(ctx, p.Account)
	must(t, err)
	if len(keys) != 2 || !keys[0].Locked || keys[1].Locked {
		t.Errorf("the passkeys are %+v", keys)
	}
	notices, err := h.Notices(ctx, p.Account)
	must(t, err)
	if len(notices) != 2 || !strings.Contains(notices[0].Words, "was locked") {
		t.Errorf("the notices are %+v", notices)
	}
	// And the mend: it is removed, and the other one signs in.
	must(t, h.LosePasskey(ctx, p.Account, keys[0].ID))
	if _, err := second.TrySignIn(h.Register); err != nil {
		t.Error(err)
	}
}

func TestLosePasskey(t *testing.T) {
	h := newHouse(t)
	p := h.enrol(t, "A")
	wantKind(t, "the only one", h.LosePasskey(ctx, p.Account, p.Passkeys()[0]), fault.KindConflict)
	other := h.enrol(t, "B")
	second := peopletest.NewAuthenticatorFor(h.Register)
	added := p.Add(t, h.Register, second)
	wantKind(t, "another account's", h.LosePasskey(ctx, p.Account, other.Passkeys()[0]), fault.KindNotFound)
	bySecond, err := second.TrySignIn(h.Register)
	must(t, err)
	refreshed := p.SignIn(t, h.Register)
	(&peopletest.Person{Authenticator: second}).Refresh(t, h.Register, refreshed)
	must(t, h.LosePasskey(ctx, p.Account, added.ID))
	if h.in(t, bySecond) || h.in(t, refreshed) {
		t.Error("a session begun or refreshed with a lost passkey goes on")
	}
	if !h.in(t, p.Session) {
		t.Error("a session of another passkey ended")
	}
	// What was lost can be registered again, by whoever has it.
	third := p.Add(t, h.Register, second)
	if third.ID == added.ID {
		t.Error("the authenticator made the same passkey again")
	}
}

// An authenticator registers once with an account, and one passkey never with two.
func TestPasskeyTwice(t *testing.T) {
	h := newHouse(t)
	p := h.enrol(t, "A")
	options, _, err := h.BeginPasskey(ctx, p.Session)
	must(t, err)
	if _, err := p.Create(options); err != peopletest.ErrExcluded {
		t.Errorf("the authenticator says %v", err)
	}
	id := p.Passkeys()[0]
	thief := h.enrol(t, "B")
	forger := peopletest.NewAuthenticatorFor(h.Register)
	forger.Before = func(a *peopletest.Answer) { a.Credential = decode(t, id) }
	options, ceremony, err := h.BeginPasskey(ctx, thief.Session)
	must(t, err)
	response, err := forger.Create(options)
	must(t, err)
	_, err = h.FinishPasskey(ctx, thief.Session, ceremony, response, "stolen")
	wantKind(t, "the id of another's passkey", err, fault.KindConflict)
	p.SignIn(t, h.Register)
}

var badEnrolments = map[string]struct {
	before func(*peopletest.Answer)
	after  func(*peopletest.Written)
}{
	"a wrong challenge":     {before: func(a *peopletest.Answer) { a.Challenge = strings.Repeat("A", 43) }},
	"a wrong origin":        {before: func(a *peopletest.Answer) { a.Origin = "https://evil.example.org" }},
	"a wrong relying party": {before: func(a *peopletest.Answer) { a.RPID = "example.org" }},
	"no user verification":  {before: func(a *peopletest.Answer) { a.Flags &^= peopletest.UserVerified }},
	"no user presence":      {before: func(a *peopletest.Answer) { a.Flags &^= peopletest.UserPresent }},
	"within a frame":        {before: func(a *peopletest.Answer) { a.CrossOrigin = true }},
	"the wrong type":        {before: func(a *peopletest.Answer) { a.Type = "webauthn.get" }},
	"the wrong kind":        {before: func(a *peopletest.Answer) { a.Kind = "password" }},
	"CBOR cut short":        {after: func(w *peopletest.Written) { w.Attestation = w.Attestation[:len(w.Attestation)-9] }},
	"CBOR with more behind": {after: func(w *peopletest.Written) { w.Attestation = append(w.Attestation, 0xa0) }},
	"no CBOR":               {after: func(w *peopletest.Written) { w.Attestation = []byte("attestation") }},
	"nothing":               {after: func(w *peopletest.Written) { w.Attestation = nil }},
}

// A bad new passkey makes no account, and the invitation stays good.
func TestBadEnrolments(t *testing.T) {
	for name, bad := range badEnrolments {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			_, secrets, err := h.Invite(ctx, "", people.Invited{}, "A")
			must(t, err)
			ticket := peopletest.Enter(t, h.Register, secrets)
			options, err := h.BeginEnrolment(ctx, ticket, "", "")
			must(t, err)
			a := peopletest.NewAuthenticatorFor(h.Register)
			a.Before, a.After = bad.before, bad.after
			response, err := a.Create(options)
			must(t, err)
			_, err = h.FinishEnrolment(ctx, ticket, response)
			wantKind(t, name, err, fault.KindForbidden)
			all, err := h.Accounts(ctx)
			must(t, err)
			if len(all) != 0 {
				t.Errorf("there are accounts: %+v", all)
			}
			peopletest.EnrolWith(t, h.Register, secrets)
		})
	}
}
