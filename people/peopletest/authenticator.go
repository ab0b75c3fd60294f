// Package peopletest is what tests need of people: the promise of a Book as
// tests, an authenticator in software, and people enrolled with it.
package peopletest

import (
	"context"
	"testing"

	"paraph/people"
)

// Authenticator is a passkey provider in software (ES256, no attestation),
// together with the browser around it.
type Authenticator struct {
	RPID   string
	Origin string
}

// NewAuthenticator gives one without passkeys, in a browser at origin.
func NewAuthenticator(rpID, origin string) *Authenticator { return &Authenticator{rpID, origin} }

// Create answers options for navigator.credentials.create: the JSON of the
// credential.
func (a *Authenticator) Create(options []byte) ([]byte, error) { return nil, nil }

// Get answers options for navigator.credentials.get.
func (a *Authenticator) Get(options []byte) ([]byte, error) { return nil, nil }

// Person is somebody enrolled, with the authenticator that signs in.
type Person struct {
	*Authenticator
	Account string
	Session string // token
}

// Enrol makes an account by an invitation.
func Enrol(t testing.TB, r *people.Register, to people.Invited, name string) Person {
	t.Helper()
	_, _, err := r.Invite(context.Background(), "", to, name)
	if err != nil {
		t.Fatal(err)
	}
	return Person{}
}
