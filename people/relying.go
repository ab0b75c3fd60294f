package people

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
	"github.com/go-webauthn/webauthn/webauthn"

	"paraph/fault"
)

// relyingParty gives the origin that a URL names, and what checks passkeys
// bound to its host (https://www.w3.org/TR/webauthn-3/). A browser makes them
// for https only, and for http on localhost.
func relyingParty(address, name string) (origin string, rp *webauthn.WebAuthn, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", nil, fault.Invalid("%q is not the address of a machine", address).With("such as https://talks.example.org").Because(err)
	}
	host := strings.ToLower(u.Hostname())
	if u.Scheme != "https" && (u.Scheme != "http" || host != "localhost" && !strings.HasSuffix(host, ".localhost")) {
		return "", nil, fault.Invalid("passkeys need https, and %q has %q", address, u.Scheme).
			With("use https; http works for http://localhost alone")
	}
	origin = u.Scheme + "://" + host
	if port := u.Port(); port != "" && !(u.Scheme == "https" && port == "443") && !(u.Scheme == "http" && port == "80") {
		origin += ":" + port
	}
	if name == "" {
		name = "Paraph"
	}
	rp, err = webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: name, RPOrigins: []string{origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return "", nil, fault.Invalid("passkeys cannot be bound to %q", host).With("use a name, not a number").Because(err)
	}
	return origin, rp, nil
}

// Origin is where browsers see the pages: scheme, host and port.
func (r *Register) Origin() string { return r.origin }

// owner is an account as the library wants to see one. Its id is the user
// handle: 16 random bytes, so that a passkey says nothing of whose it is.
type owner struct {
	id, name string
	passkeys []passkeyDoc
}

func (o owner) WebAuthnID() []byte          { return []byte(o.id) }
func (o owner) WebAuthnName() string        { return o.name }
func (o owner) WebAuthnDisplayName() string { return o.name }
func (o owner) WebAuthnCredentials() (all []webauthn.Credential) {
	for _, k := range o.passkeys {
		all = append(all, k.credential())
	}
	return all
}

// algorithms are those that authenticators have and the standard recommends.
var algorithms = []protocol.CredentialParameter{
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgEdDSA},
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgES256},
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgRS256},
}

// creation gives the options for a new passkey, as JSON. An authenticator that
// has one of the owner's already will not make another.
func (r *Register) creation(o owner, challenge []byte) (json.RawMessage, error) {
	var theirs []protocol.CredentialDescriptor
	for _, c := range o.WebAuthnCredentials() {
		theirs = append(theirs, c.Descriptor())
	}
	options, _, err := r.rp.BeginRegistration(o, webauthn.WithCredentialParameters(algorithms), webauthn.WithExclusions(theirs),
		func(c *protocol.PublicKeyCredentialCreationOptions) error { c.Challenge = challenge; return nil })
	if err != nil {
		return nil, err
	}
	return json.Marshal(options)
}

// created checks the answer to creation.
func (r *Register) created(o owner, challenge, response []byte) (*webauthn.Credential, error) {
	if len(response) > longestResponse {
		return nil, errTooLong
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(response)
	if err != nil {
		return nil, err
	}
	if parsed.Response.CollectedClientData.Origin != r.origin {
		return nil, errOrigin
	}
	return r.rp.CreateCredential(o, webauthn.SessionData{
		Challenge: encode(challenge), UserID: []byte(o.id), UserVerification: protocol.VerificationRequired, CredParams: algorithms,
	}, parsed)
}

// request gives the options for the use of a passkey: one of these, or, for
// none, any that the person has.
func (r *Register) request(theirs []passkeyDoc, challenge []byte) (json.RawMessage, error) {
	var allowed []protocol.CredentialDescriptor
	for _, k := range theirs {
		c := k.credential()
		allowed = append(allowed, c.Descriptor())
	}
	options, _, err := r.rp.BeginDiscoverableLogin(webauthn.WithChallenge(challenge), webauthn.WithAllowedCredentials(allowed))
	if err != nil {
		return nil, err
	}
	return json.Marshal(options)
}

const longestResponse = 64 << 10 // bytes

var (
	errTooLong = errors.New("the response is too long")
	errOrigin  = errors.New("the response comes from another origin")
)
