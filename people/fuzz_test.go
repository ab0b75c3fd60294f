package people_test

import (
	"testing"

	"paraph/people/peopletest"
)

// Whatever a browser sends, it is no sign-in: an answer to another challenge
// does not become one to this by any change.
func FuzzAnswer(f *testing.F) {
	h := newHouse(f)
	p := h.enrol(f, "A")
	for _, lie := range []func(*peopletest.Answer){
		func(*peopletest.Answer) {},
		func(a *peopletest.Answer) { a.CrossOrigin, a.TopOrigin = true, address },
		func(a *peopletest.Answer) { a.Flags |= 1 << 7 },
		func(a *peopletest.Answer) { a.Flags |= 1 << 6 },
	} {
		options, _, err := h.BeginSignIn(ctx, "")
		must(f, err)
		p.Before = lie
		response, err := p.Get(options)
		must(f, err)
		f.Add(response)
	}
	_, ceremony, err := h.BeginSignIn(ctx, "")
	must(f, err)
	accepts, err := h.AnswerOf(p.Account, ceremony)
	must(f, err)
	f.Fuzz(func(t *testing.T, response []byte) {
		if accepts(response) == nil {
			t.Error("it is accepted")
		}
	})
}

// Whatever a browser sends as a new passkey, it is not accepted for another
// challenge than its own.
func FuzzNewPasskey(f *testing.F) {
	h := newHouse(f)
	p := h.enrol(f, "A")
	for _, lie := range []func(*peopletest.Answer){
		func(*peopletest.Answer) {},
		func(a *peopletest.Answer) { a.Flags |= 1 << 7 },
		func(a *peopletest.Answer) { a.Flags &^= 1 << 6 },
	} {
		options, _, err := h.BeginPasskey(ctx, p.Session)
		must(f, err)
		a := peopletest.NewAuthenticatorFor(h.Register)
		a.Before = lie
		response, err := a.Create(options)
		must(f, err)
		f.Add(response)
	}
	f.Fuzz(func(t *testing.T, response []byte) {
		if h.NewPasskeyOf(p.Account, response) == nil {
			t.Error("it is accepted")
		}
	})
}

// Whatever somebody sends as what the browser carried, it is no ceremony.
func FuzzSecrets(f *testing.F) {
	h := newHouse(f)
	p := h.enrol(f, "A")
	_, ceremony, err := h.BeginSignIn(ctx, "")
	must(f, err)
	secrets, err := h.First(ctx)
	must(f, err)
	for _, secret := range []string{ceremony, p.Session, linkToken(secrets), "paraph_" + p.Session, ""} {
		f.Add(changedSomewhere(secret))
	}
	options, _, err := h.BeginSignIn(ctx, "")
	must(f, err)
	response, err := p.Get(options)
	must(f, err)
	f.Fuzz(func(t *testing.T, guess string) {
		if _, err := h.FinishSignIn(ctx, guess, response); err == nil {
			t.Error("a guess signs in")
		}
		if _, err := h.Session(ctx, guess); err == nil && guess != p.Session {
			t.Error("a guess is a session")
		}
		if _, err := h.Token(ctx, guess); err == nil {
			t.Error("a guess is a token")
		}
		if _, _, err := h.Enter(ctx, guess, ""); err == nil && guess != linkToken(secrets) {
			t.Error("a guess is a link")
		}
		if _, err := h.BeginEnrolment(ctx, guess, "", ""); err == nil {
			t.Error("a guess is a ticket")
		}
	})
}

func changedSomewhere(s string) string {
	if len(s) < 12 {
		return s
	}
	return changed(s)
}
