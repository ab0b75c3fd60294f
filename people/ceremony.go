package people

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"time"
)

// ceremony is one use of a passkey under way: what was asked, to be compared
// with what comes back. The browser carries it, sealed with a key that lives
// as long as the program: so those who begin and never finish cost no memory,
// however many they are, and cannot crowd out anybody.
type ceremony struct {
	Kind      kindOfCeremony
	Made      time.Time
	Until     time.Time
	Challenge []byte  // 32 random bytes
	Account   string  // whose passkey; empty where any may come
	Session   string  // digest of the session's token, where it must be the same
	Subject   subject // who passed the first step
	Ticket    string  // digest of the ticket of the first step
	State     string  // of the first step: what must come back
	Verifier  string  // of the first step: PKCE's secret
}

type kindOfCeremony string

const (
	signingIn       kindOfCeremony = "sign in"
	refreshing      kindOfCeremony = "fresh"
	addingPasskey   kindOfCeremony = "passkey"
	firstStep       kindOfCeremony = "first step"
	firstStepPassed kindOfCeremony = "first step passed"
)

const (
	ceremonyTime  = 5 * time.Minute
	firstStepTime = 10 * time.Minute

	longestCeremony = 4 << 10 // letters
)

func newSeal(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// begin makes a ceremony with a new challenge.
func (r *Register) begin(kind kindOfCeremony, lasts time.Duration) ceremony {
	now := r.now()
	return ceremony{Kind: kind, Made: now, Until: now.Add(lasts), Challenge: r.random(32)}
}

// sealed gives a ceremony for the browser to carry.
func (r *Register) sealed(c ceremony) (string, error) {
	plain, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	return encode(r.seal.Seal(nil, nil, plain, []byte(c.Kind))), nil
}

// unseal gives a ceremony of this kind that this program began, that is not
// over and was not used.
func (r *Register) unseal(kind kindOfCeremony, sealed string) (c ceremony, d digest, ok bool) {
	if sealed == "" || len(sealed) > longestCeremony {
		return ceremony{}, digest{}, false
	}
	// Strict, so that there is one way only to write each, and so one digest.
	b, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	if err != nil {
		return ceremony{}, digest{}, false
	}
	plain, err := r.seal.Open(nil, nil, b, []byte(kind))
	if err != nil || json.Unmarshal(plain, &c) != nil || c.Kind != kind || !within(r.now(), c.Made, c.Until) {
		return ceremony{}, digest{}, false
	}
	d = digestOf(sealed)
	r.mu.RLock()
	defer r.mu.RUnlock()
	_, used := r.spent[d]
	return c, d, !used
}

// spend uses a ceremony up, and tells whether it was still to be used. Only
// who has answered with a passkey that is known here gets so far: what is
// remembered stays small.
func (r *Register) spend(d digest, until time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, used := r.spent[d]; used {
		return false
	}
	r.spent[d] = until
	return true
}
