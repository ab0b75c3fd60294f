package people

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"paraph/fault"
)

// Token lets a program act for one place.
type Token struct {
	ID      string
	Place   Place
	Name    string // what it is for, as its owner wrote it
	MayAct  bool   // may write; else it only reads
	MayBind bool   // may do what a page asks a fresh passkey for; at most for LongestBinding
	Made    time.Time
	Expires time.Time
}

// How long a token may last.
const (
	LongestToken   = 90 * 24 * time.Hour
	LongestBinding = time.Hour
)

// tokenPrefix lets people, and programs that look for lost secrets, know a
// token when they see one.
const tokenPrefix = "paraph_"

// MakeToken makes a token for the place that the account of a session has in
// t.Place.Process, and gives its secret, which is shown once. The session must be fresh
// (else forbidden). Of t, it reads the process, Name, MayAct, MayBind and
// Expires; a zero Expires is the latest allowed, and one that is later or past
// is invalid.
func (r *Register) MakeToken(ctx context.Context, session string, t Token) (secret string, made Token, err error) {
	s, err := r.fresh(ctx, session)
	if err != nil {
		return "", Token{}, err
	}
	if t.Name, err = checkName("the name of the token", t.Name); err != nil {
		return "", Token{}, err
	}
	now, most := r.now(), LongestToken
	if t.MayBind {
		most = LongestBinding
	}
	if t.Expires.IsZero() {
		t.Expires = now.Add(most)
	}
	if !t.Expires.After(now) || t.Expires.After(now.Add(most)) {
		return "", Token{}, fault.Invalid("a token must expire within %s", days(most)).
			With("one that may bind lasts an hour at most, any other 90 days")
	}
	if t.MayBind && !t.MayAct {
		return "", Token{}, fault.Invalid("a token that may bind must be one that may act")
	}
	r.turn.Lock()
	defer r.turn.Unlock()
	if _, ok := r.live(digestOf(session)); !ok {
		return "", Token{}, noSession()
	}
	at, ok := r.place(s.Account, t.Place.Process)
	if !ok {
		return "", Token{}, fault.NotFound("you have no place there")
	}
	made = Token{r.id(), at, t.Name, t.MayAct, t.MayBind, now, t.Expires.UTC().Truncate(time.Microsecond)}
	secret = tokenPrefix + r.secret()
	d := digestOf(secret)
	err = r.changeInTurn(ctx,
		func(p Pages) error { return keep(p, kindToken, d.String(), made) },
		func() { r.tokens[d] = made })
	if err != nil {
		return "", Token{}, err
	}
	return secret, made, nil
}

// Token gives what a secret opens. It is not found when it was never given
// out, is over, was ended, or its place is gone.
func (r *Register) Token(_ context.Context, secret string) (Token, error) {
	if len(secret) != len(tokenPrefix)+secretLength || !strings.HasPrefix(secret, tokenPrefix) {
		return Token{}, noToken()
	}
	d := digestOf(secret)
	r.mu.RLock()
	t, ok := r.tokens[d]
	h := r.places[t.Place.Account][t.Place.Process]
	r.mu.RUnlock()
	if !ok || h == nil || h.Place != t.Place || !within(r.now(), t.Made, t.Expires) {
		return Token{}, noToken()
	}
	return t, nil
}

// Tokens gives the tokens of an account that are not over, the latest made first.
func (r *Register) Tokens(_ context.Context, account string) ([]Token, error) {
	now := r.now()
	var theirs []Token
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, t := range r.tokens {
		if t.Place.Account == account && within(now, t.Made, t.Expires) {
			theirs = append(theirs, t)
		}
	}
	slices.SortFunc(theirs, func(a, b Token) int { return cmp.Or(b.Made.Compare(a.Made), cmp.Compare(a.ID, b.ID)) })
	return theirs, nil
}

// EndToken ends one token of an account; not found when there is none.
func (r *Register) EndToken(ctx context.Context, account, id string) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	one := func(t Token) bool { return t.Place.Account == account && t.ID == id }
	r.mu.Lock()
	n := r.forgetTokens(one)
	r.mu.Unlock()
	if n == 0 {
		return noToken()
	}
	return r.book.Update(ctx, func(p Pages) error { return removeTokens(p, one) })
}

func tokensOf(account string) func(Token) bool {
	return func(t Token) bool { return t.Place.Account == account }
}

func tokensAt(at Place) func(Token) bool { return func(t Token) bool { return t.Place == at } }

func removeTokens(p Pages, which func(Token) bool) error {
	return each(p, kindToken, "", func(key string, t Token) error {
		if which(t) {
			return p.Delete(kindToken, key)
		}
		return nil
	})
}

// forgetTokens takes tokens out of memory. Whoever calls it has mu.
func (r *Register) forgetTokens(which func(Token) bool) (n int) {
	for d, t := range r.tokens {
		if which(t) {
			delete(r.tokens, d)
			n++
		}
	}
	return n
}

func days(d time.Duration) string {
	if d >= 48*time.Hour {
		return strings.TrimSuffix(d.Round(time.Hour).String(), "0m0s")
	}
	return d.String()
}

func noToken() error { return fault.NotFound("there is no such token") }
