package peopletest

import (
	"net/url"
	"strings"
	"testing"

	"paraph/people"
)

// Person is somebody with an authenticator, an account and a session.
type Person struct {
	*Authenticator
	Account string // id
	Session string // token
}

// Enrol makes an account by an invitation, as a person with a link and words
// does.
func Enrol(t testing.TB, r *people.Register, to people.Invited, name string) *Person {
	t.Helper()
	_, secrets, err := r.Invite(ctx, "", to, name)
	if err != nil {
		t.Fatal(err)
	}
	return EnrolWith(t, r, secrets)
}

// EnrolFirst makes the first administrator's account.
func EnrolFirst(t testing.TB, r *people.Register) *Person {
	t.Helper()
	secrets, err := r.First(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return EnrolWith(t, r, secrets)
}

// EnrolWith makes an account with what opens an invitation.
func EnrolWith(t testing.TB, r *people.Register, secrets people.Secrets) *Person {
	t.Helper()
	ticket := Enter(t, r, secrets)
	p := &Person{Authenticator: NewAuthenticatorFor(r)}
	options, err := r.BeginEnrolment(ctx, ticket, "", "")
	if err != nil {
		t.Fatal(err)
	}
	response, err := p.Create(options)
	if err != nil {
		t.Fatal(err)
	}
	if p.Session, err = r.FinishEnrolment(ctx, ticket, response); err != nil {
		t.Fatal(err)
	}
	s, err := r.Session(ctx, p.Session)
	if err != nil {
		t.Fatal(err)
	}
	p.Account = s.Account
	return p
}

// Enter gives the ticket for what opens an invitation.
func Enter(t testing.TB, r *people.Register, secrets people.Secrets) string {
	t.Helper()
	ticket, _, err := r.Enter(ctx, strings.TrimPrefix(secrets.Link, "/invitation/"), strings.Join(secrets.Words, " "))
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

// NewAuthenticatorFor gives an authenticator in a browser that shows the pages
// of a register.
func NewAuthenticatorFor(r *people.Register) *Authenticator {
	u, err := url.Parse(r.Origin())
	if err != nil {
		panic(err) // an origin is a URL
	}
	return NewAuthenticator(u.Hostname(), r.Origin())
}

// SignIn begins a session with the person's authenticator, and gives its token.
func (p *Person) SignIn(t testing.TB, r *people.Register) string {
	t.Helper()
	token, err := p.TrySignIn(r)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// TrySignIn begins a session, or gives the refusal.
func (a *Authenticator) TrySignIn(r *people.Register) (token string, err error) {
	options, ceremony, err := r.BeginSignIn(ctx, "")
	if err != nil {
		return "", err
	}
	response, err := a.Get(options)
	if err != nil {
		return "", err
	}
	return r.FinishSignIn(ctx, ceremony, response)
}

// Refresh makes a session fresh with the person's authenticator.
func (p *Person) Refresh(t testing.TB, r *people.Register, session string) {
	t.Helper()
	options, ceremony, err := r.BeginFresh(ctx, session)
	if err != nil {
		t.Fatal(err)
	}
	response, err := p.Get(options)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.FinishFresh(ctx, session, ceremony, response); err != nil {
		t.Fatal(err)
	}
}

// Add adds a passkey of a further authenticator to the account.
func (p *Person) Add(t testing.TB, r *people.Register, a *Authenticator) people.Passkey {
	t.Helper()
	options, ceremony, err := r.BeginPasskey(ctx, p.Session)
	if err != nil {
		t.Fatal(err)
	}
	response, err := a.Create(options)
	if err != nil {
		t.Fatal(err)
	}
	k, err := r.FinishPasskey(ctx, p.Session, ceremony, response, "another")
	if err != nil {
		t.Fatal(err)
	}
	return k
}
