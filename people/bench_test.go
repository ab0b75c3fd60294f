package people_test

import (
	"strings"
	"testing"

	"paraph/people"
	"paraph/people/peopletest"
)

// What a guess costs the machine: a flood of them must be cheap to refuse.
func BenchmarkGuess(b *testing.B) {
	h := newHouse(b)
	p := h.enrol(b, "A")
	options, ceremony, err := h.BeginSignIn(ctx, "")
	must(b, err)
	response, err := p.Get(options)
	must(b, err)
	secrets, err := h.First(ctx)
	must(b, err)
	stranger := p.Authenticator.Copy()
	stranger.Before = func(a *peopletest.Answer) { a.Credential = []byte("never registered, and as long") }
	unknown, err := stranger.Get(options)
	must(b, err)
	long := strings.Repeat("A", 1<<16)
	for name, guess := range map[string]func() error{
		"sign in/a made-up ceremony":   func() error { _, err := h.FinishSignIn(ctx, changed(ceremony), response); return err },
		"sign in/no response":          func() error { _, err := h.FinishSignIn(ctx, ceremony, []byte("{}")); return err },
		"sign in/an unknown passkey":   func() error { _, err := h.FinishSignIn(ctx, ceremony, unknown); return err },
		"enter/a made-up link":         func() error { _, _, err := h.Enter(ctx, changed(linkToken(secrets)), "words"); return err },
		"enrolment/a made-up ticket":   func() error { _, err := h.FinishEnrolment(ctx, changed(linkToken(secrets)), response); return err },
		"session/a made-up token":      func() error { _, err := h.Session(ctx, changed(p.Session)); return err },
		"token/a made-up secret":       func() error { _, err := h.Token(ctx, "paraph_"+changed(p.Session)); return err },
		"token/far too long a secret":  func() error { _, err := h.Token(ctx, "paraph_"+long); return err },
		"sign in/far too long a guess": func() error { _, err := h.FinishSignIn(ctx, long, response); return err },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if guess() == nil {
					b.Fatal("a guess was right")
				}
			}
		})
	}
}

// What everybody's every request costs.
func BenchmarkRequest(b *testing.B) {
	h := newHouse(b)
	p := h.enrol(b, "A")
	at := people.Place{Process: "lake", Person: "a-1", Account: p.Account}
	must(b, h.Take(ctx, at))
	secret, _, err := h.MakeToken(ctx, p.Session, people.Token{Name: "x", Place: at})
	must(b, err)
	b.Run("session and place", func(b *testing.B) {
		for b.Loop() {
			s, err := h.Session(ctx, p.Session)
			if err != nil {
				b.Fatal(err)
			}
			if _, ok, err := h.PlaceOf(ctx, s.Account, "lake"); !ok || err != nil {
				b.Fatal(ok, err)
			}
		}
	})
	b.Run("token", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.Token(ctx, secret); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("begin sign in", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := h.BeginSignIn(ctx, ""); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("sign in", func(b *testing.B) {
		for b.Loop() {
			p.SignIn(b, h.Register)
		}
	})
}
