package people

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"paraph/fault"
)

// FirstStep is the sign-in of an organisation (OpenID Connect) that everybody
// passes before a passkey is asked for. It is never enough alone.
type FirstStep struct {
	Issuer       string // URL of the issuer, exactly as its discovery document says
	ClientID     string
	ClientSecret string
	Redirect     string       // path that the issuer sends people back to; "/sign-in/first" when empty
	HTTP         *http.Client // nil for the usual one
}

// subject is who somebody is at an issuer.
type subject struct{ Issuer, Subject string }

// issuer is a first step in use. Its discovery document is read when the first
// person comes, so that a machine starts while the issuer does not answer.
type issuer struct {
	FirstStep
	redirect string

	mu       sync.Mutex
	provider *oidc.Provider
}

const (
	firstPath     = "/sign-in/first"
	issuerTimeout = 10 * time.Second
)

func newIssuer(o FirstStep, origin string) (*issuer, error) {
	u, err := url.Parse(o.Issuer)
	if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && isLoopback(u.Hostname())) {
		return nil, fault.Invalid("%q is not the address of an issuer", o.Issuer).With("such as https://login.example.org").Because(err)
	}
	if o.ClientID == "" {
		return nil, fault.Invalid("the first step needs the client id that the issuer gave to this machine")
	}
	path := o.Redirect
	if path == "" {
		path = firstPath
	}
	if !strings.HasPrefix(path, "/") {
		return nil, fault.Invalid("%q is not a path", path).With("such as %s", firstPath)
	}
	return &issuer{FirstStep: o, redirect: origin + path}, nil
}

func isLoopback(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// HasFirst tells whether people pass a first step.
func (r *Register) HasFirst() bool { return r.first != nil }

// BeginFirst begins the first step: where to send the browser, and a state to
// keep in a cookie of that browser alone, for FinishFirst within ten minutes. It
// asks for an authorization code with PKCE (RFC 7636, S256), a state and a nonce
// (OpenID Connect Core 1.0, §3.1). It is unavailable when the issuer does not answer.
func (r *Register) BeginFirst(ctx context.Context) (to, state string, err error) {
	if r.first == nil {
		return "", "", noFirst()
	}
	config, _, err := r.first.config(ctx)
	if err != nil {
		return "", "", err
	}
	c := r.begin(firstStep, firstStepTime)
	c.State, c.Verifier = r.secret(), r.secret()
	if state, err = r.sealed(c); err != nil {
		return "", "", err
	}
	return config.AuthCodeURL(c.State, oidc.Nonce(encode(c.Challenge)), oauth2.S256ChallengeOption(c.Verifier)), state, nil
}

// FinishFirst takes the state of the browser's cookie and the query that the
// issuer sent it back with, and gives a ticket for BeginSignIn or BeginEnrolment,
// good for ten minutes and one sign-in. The ticket is no session. Every refusal
// is the same (forbidden).
func (r *Register) FinishFirst(ctx context.Context, state string, query url.Values) (ticket string, err error) {
	if r.first == nil {
		return "", noFirst()
	}
	c, d, ok := r.unseal(firstStep, state)
	if !ok || subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(c.State)) != 1 {
		return "", notPassed(errCeremony)
	}
	// Another issuer's answer is refused before its code is shown to ours (RFC 9207).
	if from := query.Get("iss"); from != "" && from != r.first.Issuer {
		return "", notPassed(errors.New("the answer comes from another issuer"))
	}
	code := query.Get("code")
	if code == "" || !r.spend(d, c.Until) {
		return "", notPassed(errors.New("there is no code, or it was used"))
	}
	config, verifier, err := r.first.config(ctx)
	if err != nil {
		return "", err
	}
	ctx = r.first.client(ctx)
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(c.Verifier))
	if err != nil {
		return "", notPassed(err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return "", notPassed(errors.New("the issuer sent no id token"))
	}
	id, err := verifier(oidc.Config{ClientID: r.first.ClientID, Now: r.clock}).Verify(ctx, raw)
	if err != nil {
		return "", notPassed(err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(encode(c.Challenge))) != 1 || id.Subject == "" {
		return "", notPassed(errors.New("the id token is of another sign-in"))
	}
	passed := r.begin(firstStepPassed, firstStepTime)
	passed.Subject = subject{id.Issuer, id.Subject}
	return r.sealed(passed)
}

// passed gives who passed the first step, and the digest of the ticket. Where
// there is no first step, everybody has.
func (r *Register) passed(ticket string) (subject, string, error) {
	if r.first == nil {
		return subject{}, "", nil
	}
	c, d, ok := r.unseal(firstStepPassed, ticket)
	if !ok {
		return subject{}, "", notPassed(errCeremony)
	}
	return c.Subject, d.String(), nil
}

// config gives what asks the issuer, and what checks its id tokens.
func (i *issuer) config(ctx context.Context) (*oauth2.Config, func(oidc.Config) *oidc.IDTokenVerifier, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.provider == nil {
		// The provider keeps the context to fetch keys later on: it must not end with this request.
		provider, err := oidc.NewProvider(i.client(context.WithoutCancel(ctx)), i.Issuer)
		if err != nil {
			return nil, nil, fault.Unavailable("your organisation's sign-in does not answer").With("try again later").Because(err)
		}
		i.provider = provider
	}
	verifier := func(c oidc.Config) *oidc.IDTokenVerifier { return i.provider.Verifier(&c) }
	return &oauth2.Config{ClientID: i.ClientID, ClientSecret: i.ClientSecret, Endpoint: i.provider.Endpoint(),
		RedirectURL: i.redirect, Scopes: []string{oidc.ScopeOpenID}}, verifier, nil
}

func (i *issuer) client(ctx context.Context) context.Context {
	if i.HTTP == nil {
		return oidc.ClientContext(ctx, &http.Client{Timeout: issuerTimeout})
	}
	return oidc.ClientContext(ctx, i.HTTP)
}

func noFirst() error { return fault.NotFound("there is no first step on this machine") }

func notPassed(cause error) error {
	return fault.Forbidden("your organisation's sign-in was not passed").With("begin again there").Because(cause)
}
