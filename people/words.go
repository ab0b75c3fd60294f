package people

import (
	"context"
	"crypto/subtle"
	_ "embed" // the list of words
	"strings"

	"golang.org/x/crypto/argon2"
)

//go:embed words/words.txt
var list string

// words are what an invitation's six are drawn from: 1,047, so that six are
// worth 60 bits. Where they come from says words/README.md.
var words = strings.Fields(list)

const wordsOfAnInvitation = 6

// draw gives six words, each by an even chance among all.
func (r *Register) draw() []string {
	var six []string
	for len(six) < wordsOfAnInvitation {
		b := r.random(2)
		// What lies above the last whole multiple is drawn again: the chances stay even.
		n, most := int(b[0])<<8|int(b[1]), 1<<16/len(words)*len(words)
		if n < most {
			six = append(six, words[n%len(words)])
		}
	}
	return six
}

// fold takes from words as somebody typed them whatever cannot be heard: case,
// spaces, hyphens, commas.
func fold(words string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return r
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		}
		return -1
	}, words)
}

// The cost of Argon2id (RFC 9106) is what OWASP's password storage cheat sheet
// names as its least: 19 MiB, two passes, one lane; about 20 ms.
const (
	stretchPasses = 2
	stretchMemory = 19 << 10 // KiB
	stretchLanes  = 1
	saltLength    = 16 // bytes
	longest       = 200
)

// stretch gives what is kept of the words.
func stretch(words string, salt []byte) []byte {
	return argon2.IDKey([]byte(fold(words)), salt, stretchPasses, stretchMemory, stretchLanes, 32)
}

// stretching lets one compute at a time, so that many who try at once can neither
// fill the memory nor take every core from those who are in.
var stretching = make(chan struct{}, 1)

// said tells whether somebody said the words that are kept.
func said(ctx context.Context, guess string, salt, kept []byte) (bool, error) {
	if len(guess) > longest || len(kept) == 0 {
		return false, nil
	}
	select {
	case stretching <- struct{}{}:
		defer func() { <-stretching }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	return subtle.ConstantTimeCompare(stretch(guess, salt), kept) == 1, nil
}
