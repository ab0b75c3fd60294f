package people

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
)

// digest is the SHA-256 of a secret as it was given out, and the key of what
// it opens. A secret has 256 random bits, so that its digest tells nothing of it
// and needs no salt.
type digest [sha256.Size]byte

func digestOf(secret string) digest { return sha256.Sum256([]byte(secret)) }

func (d digest) String() string { return encode(d[:]) }

func parseDigest(key string) (digest, error) {
	b, err := base64.RawURLEncoding.DecodeString(key)
	if err != nil || len(b) != sha256.Size {
		return digest{}, errors.New("a page is not named by a digest")
	}
	return digest(b), nil
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// secret makes 32 random bytes, as 43 letters.
func (r *Register) secret() string { return encode(r.random(32)) }

// id makes a name that says nothing.
func (r *Register) id() string { return encode(r.random(16)) }

const (
	secretLength = 43 // letters
	markLength   = 12 // bytes, 16 letters
)

// marked makes a secret of a link or a ticket. After its 32 bytes it carries a
// mark that only this machine can make: a guess is refused by that alone,
// without a read of the book, so that a flood of guesses costs those who do not
// guess next to nothing. The mark opens nothing; who knew its key could make
// guesses dear, and no more.
func (r *Register) marked() string {
	s := r.secret()
	return s + r.markOf(s)
}

// opens gives the key of what a marked secret opens, and whether it can be one.
func (r *Register) opens(secret string) (d digest, ok bool) {
	if len(secret) != secretLength+16 {
		return digest{}, false
	}
	s, mark := secret[:secretLength], secret[secretLength:]
	if !hmac.Equal([]byte(mark), []byte(r.markOf(s))) {
		return digest{}, false
	}
	return digestOf(secret), true
}

func (r *Register) markOf(s string) string {
	h := hmac.New(sha256.New, r.mark)
	h.Write([]byte(s))
	return encode(h.Sum(nil)[:markLength])
}

// readMark reads the key of the marks, or makes it: every program that opens
// the book has the same.
func (r *Register) readMark(ctx context.Context) error {
	const name = "mark"
	there := false
	read := func(p Pages) (err error) {
		r.mark, there, err = find[[]byte](p, kindKey, name)
		return err
	}
	if err := r.book.View(ctx, read); err != nil || there {
		return err
	}
	return r.book.Update(ctx, func(p Pages) error {
		if err := read(p); err != nil || there {
			return err
		}
		r.mark = r.random(32)
		return keep(p, kindKey, name, r.mark)
	})
}
