package people

import (
	"context"
	"errors"
)

// AnswerOf gives what FinishSignIn does with a response before it looks into
// the book and after, for the first passkey of an account: fuzzing a database
// along with it would find out about the database.
func (r *Register) AnswerOf(account, seal string) (func(response []byte) error, error) {
	theirs, err := r.passkeysOf(context.Background(), account)
	c, _, ok := r.unseal(signingIn, seal)
	if err != nil || !ok || len(theirs) == 0 {
		return nil, errors.Join(err, errors.New("there is nothing to answer"))
	}
	return func(response []byte) error {
		answer, err := r.parseAnswer(response)
		if err != nil {
			return err
		}
		return r.check("", c, theirs[0], answer)
	}, nil
}

// NewPasskeyOf does what FinishPasskey does with a response before it writes.
func (r *Register) NewPasskeyOf(account string, response []byte) error {
	_, err := r.created(owner{id: account}, make([]byte, 32), response)
	return err
}

// Uses uses a ceremony of a sign-in for two who both came before either was
// done, and gives how many of them may go on.
func (r *Register) Uses(seal string) (n int) {
	first, d, ok := r.unseal(signingIn, seal)
	second, e, also := r.unseal(signingIn, seal)
	if ok && r.spend(d, first.Until) {
		n++
	}
	if also && r.spend(e, second.Until) {
		n++
	}
	return n
}
