// Package peopletest is what tests need of people: the promise of a Book as
// tests, an authenticator in software, and people enrolled with it.
package peopletest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// Authenticator is a passkey provider in software (ES256, no attestation,
// https://www.w3.org/TR/webauthn-3/), together with the browser around it. It
// does as an honest one would, unless Before or After make it lie.
type Authenticator struct {
	RPID   string
	Origin string
	Step   uint32         // how much its counter rises with each use; 0 for one that does not count
	Before func(*Answer)  // changes what is signed; nil to be honest
	After  func(*Written) // changes what was signed; nil to be honest

	passkeys []passkey
}

type passkey struct {
	id, handle []byte
	key        *ecdsa.PrivateKey
	counter    uint32
}

// NewAuthenticator gives one without passkeys, in a browser that shows origin.
func NewAuthenticator(rpID, origin string) *Authenticator {
	return &Authenticator{RPID: rpID, Origin: origin, Step: 1}
}

// Answer is what an authenticator and its browser say, before it is signed.
type Answer struct {
	Type        string // "webauthn.create", "webauthn.get"
	Challenge   string // base64url
	Origin      string
	CrossOrigin bool
	TopOrigin   string
	RPID        string // its SHA-256 is sent
	Flags       byte
	Counter     uint32
	Credential  []byte // its id
	Handle      []byte // whose it is
	Key         *ecdsa.PrivateKey
	Kind        string // of the credential: "public-key"
}

// The flags of authenticator data.
const (
	UserPresent    byte = 1 << 0
	UserVerified   byte = 1 << 2
	BackupEligible byte = 1 << 3
	BackupState    byte = 1 << 4
	hasCredential  byte = 1 << 6
)

// Written is an answer as it is sent.
type Written struct {
	ClientData        []byte // JSON
	AuthenticatorData []byte
	Attestation       []byte // CBOR, of a new passkey; else nil
	Signature         []byte // of the use of one; else nil
}

// ErrExcluded is what Create gives when it has a passkey already that the
// options exclude.
var ErrExcluded = errors.New("this authenticator has a passkey there already")

type options struct {
	PublicKey struct {
		Challenge string
		RPID      string `json:"rpId"`
		RP        struct{ ID string }
		User      struct{ ID, Name string }
		Exclude   []descriptor `json:"excludeCredentials"`
		Allow     []descriptor `json:"allowCredentials"`
		UV        string       `json:"userVerification"`
		Selection struct {
			ResidentKey      string `json:"residentKey"`
			UserVerification string `json:"userVerification"`
		} `json:"authenticatorSelection"`
		Attestation string
	}
}

type descriptor struct{ ID string }

func (d descriptor) is(id []byte) bool { return d.ID == encode(id) }

// Create answers options for navigator.credentials.create, as JSON, with the
// JSON of a new passkey.
func (a *Authenticator) Create(optionsJSON []byte) ([]byte, error) {
	var o options
	if err := json.Unmarshal(optionsJSON, &o); err != nil {
		return nil, err
	}
	if o.PublicKey.Selection.ResidentKey != "required" || o.PublicKey.Selection.UserVerification != "required" {
		return nil, errors.New("the options do not require a passkey that stays and asks who one is")
	}
	for _, k := range a.passkeys {
		for _, d := range o.PublicKey.Exclude {
			if d.is(k.id) {
				return nil, ErrExcluded
			}
		}
	}
	if o.PublicKey.RP.ID != a.RPID {
		return nil, errors.New("the options are for " + o.PublicKey.RP.ID)
	}
	handle, err := decode(o.PublicKey.User.ID)
	if err != nil {
		return nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	id := make([]byte, 32)
	if _, err := rand.Read(id); err != nil {
		return nil, err
	}
	answer := Answer{Type: "webauthn.create", Challenge: o.PublicKey.Challenge, Origin: a.Origin, RPID: a.RPID,
		Flags: UserPresent | UserVerified | hasCredential, Credential: id, Handle: handle, Key: key, Kind: "public-key"}
	if a.Before != nil {
		a.Before(&answer)
	}
	w, err := answer.create()
	if err != nil {
		return nil, err
	}
	if a.After != nil {
		a.After(&w)
	}
	a.passkeys = append(a.passkeys, passkey{answer.Credential, handle, key, answer.Counter})
	return answer.json(map[string]any{
		"clientDataJSON": encode(w.ClientData), "attestationObject": encode(w.Attestation), "transports": []string{"internal"},
	})
}

// Get answers options for navigator.credentials.get, as JSON: with one of the
// passkeys that they allow, or, where they name none, the one made last.
func (a *Authenticator) Get(optionsJSON []byte) ([]byte, error) {
	var o options
	if err := json.Unmarshal(optionsJSON, &o); err != nil {
		return nil, err
	}
	k := a.pick(o.PublicKey.Allow)
	if k == nil || o.PublicKey.RPID != a.RPID {
		return nil, errors.New("this authenticator has no passkey for that")
	}
	k.counter += a.Step
	answer := Answer{Type: "webauthn.get", Challenge: o.PublicKey.Challenge, Origin: a.Origin, RPID: a.RPID,
		Flags: UserPresent | UserVerified, Counter: k.counter, Credential: k.id, Handle: k.handle, Key: k.key, Kind: "public-key"}
	if a.Before != nil {
		a.Before(&answer)
	}
	w := Written{ClientData: answer.clientData(), AuthenticatorData: answer.data()}
	hash := sha256.Sum256(w.ClientData)
	signed := sha256.Sum256(append(bytes.Clone(w.AuthenticatorData), hash[:]...))
	var err error
	if w.Signature, err = ecdsa.SignASN1(rand.Reader, answer.Key, signed[:]); err != nil {
		return nil, err
	}
	if a.After != nil {
		a.After(&w)
	}
	return answer.json(map[string]any{
		"clientDataJSON": encode(w.ClientData), "authenticatorData": encode(w.AuthenticatorData),
		"signature": encode(w.Signature), "userHandle": encode(answer.Handle),
	})
}

// Copy gives an authenticator with the same passkeys, as a thief of one might
// make.
func (a *Authenticator) Copy() *Authenticator {
	c := *a
	c.passkeys = append([]passkey(nil), a.passkeys...)
	return &c
}

// Passkeys gives the ids of its passkeys, as people.Passkey has them.
func (a *Authenticator) Passkeys() (ids []string) {
	for _, k := range a.passkeys {
		ids = append(ids, encode(k.id))
	}
	return ids
}

func (a *Authenticator) pick(allow []descriptor) *passkey {
	for i := len(a.passkeys) - 1; i >= 0; i-- {
		if len(allow) == 0 {
			return &a.passkeys[i]
		}
		for _, d := range allow {
			if d.is(a.passkeys[i].id) {
				return &a.passkeys[i]
			}
		}
	}
	return nil
}

func (a Answer) clientData() []byte {
	client := map[string]any{"type": a.Type, "challenge": a.Challenge, "origin": a.Origin, "crossOrigin": a.CrossOrigin}
	if a.TopOrigin != "" {
		client["topOrigin"] = a.TopOrigin
	}
	b, err := json.Marshal(client)
	if err != nil {
		panic(err) // strings and a bool
	}
	return b
}

// data gives authenticator data (§6.1 of the standard).
func (a Answer) data() []byte {
	hash := sha256.Sum256([]byte(a.RPID))
	return binary.BigEndian.AppendUint32(append(hash[:], a.Flags), a.Counter)
}

// create gives a new passkey (§6.5), with its key as COSE (RFC 9053, §7.1).
func (a Answer) create() (Written, error) {
	point, err := a.Key.PublicKey.Bytes()
	if err != nil {
		return Written{}, err
	}
	cose, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	if err != nil {
		return Written{}, err
	}
	data := append(a.data(), make([]byte, 16)...) // no make of authenticator
	data = binary.BigEndian.AppendUint16(data, uint16(len(a.Credential)))
	data = append(append(data, a.Credential...), cose...)
	attestation, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	return Written{ClientData: a.clientData(), AuthenticatorData: data, Attestation: attestation}, err
}

func (a Answer) json(response map[string]any) ([]byte, error) {
	return json.Marshal(map[string]any{
		"id": encode(a.Credential), "rawId": encode(a.Credential), "type": a.Kind, "authenticatorAttachment": "platform",
		"clientExtensionResults": map[string]any{}, "response": response,
	})
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func decode(s string) ([]byte, error) { return base64.RawURLEncoding.DecodeString(s) }
