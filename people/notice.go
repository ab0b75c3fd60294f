package people

import (
	"cmp"
	"context"
	"encoding/hex"
	"slices"
	"time"
)

// Notice tells an account what happened to it.
type Notice struct {
	ID    string
	At    time.Time
	Words string
}

// Notices gives those of an account that were not dismissed, the latest first.
func (r *Register) Notices(ctx context.Context, account string) (notices []Notice, err error) {
	err = r.book.View(ctx, func(p Pages) error {
		notices = nil
		return each(p, kindNotice, account+"/", func(_ string, n Notice) error {
			notices = append(notices, n)
			return nil
		})
	})
	slices.SortFunc(notices, func(a, b Notice) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) })
	return notices, err
}

// Dismiss takes a notice of an account away. It is no error when there is none.
func (r *Register) Dismiss(ctx context.Context, account, id string) error {
	return r.change(ctx, func(p Pages) error { return p.Delete(kindNotice, account+"/"+id) }, nil)
}

// tell leaves a notice to each of some accounts.
func (r *Register) tell(p Pages, words string, accounts ...string) error {
	for _, account := range accounts {
		n := Notice{ID: hex.EncodeToString(r.random(16)), At: r.now(), Words: words}
		if err := keep(p, kindNotice, account+"/"+n.ID, n); err != nil {
			return err
		}
	}
	return nil
}
