package people

import (
	"cmp"
	"context"
	"time"
)

// Sweep ends every session whose time is over, and forgets what has expired. A
// program calls it about every minute; nothing that is over is taken before.
func (r *Register) Sweep(ctx context.Context) error {
	now := r.now()
	r.endSessions(func(s *session) bool { return !s.copy().alive(now) })
	r.mu.Lock()
	for d, until := range r.spent {
		if !now.Before(until) {
			delete(r.spent, d)
		}
	}
	r.mu.Unlock()

	r.turn.Lock()
	defer r.turn.Unlock()
	over := false
	find := func(p Pages) error {
		over = false
		return r.eachOver(p, now, func(string, string) error { over = true; return nil })
	}
	if err := r.book.View(ctx, find); err != nil || !over {
		return err
	}
	return r.changeInTurn(ctx, func(p Pages) error {
		return r.eachOver(p, now, p.Delete)
	}, func() {
		r.forgetTokens(func(t Token) bool { return !now.Before(t.Expires) })
	})
}

// eachOver gives the pages of what is over. Whoever calls it has the turn.
func (r *Register) eachOver(p Pages, now time.Time, do func(kind, key string) error) error {
	gone := func(until time.Time) bool { return !now.Before(until) }
	return cmp.Or(
		// A session that is not in memory has ended, however it did.
		each(p, kindSession, "", func(key string, s sessionDoc) error {
			d, err := parseDigest(key)
			if _, live := r.live(d); err == nil && live {
				return nil
			}
			return do(kindSession, key)
		}),
		each(p, kindInvitation, "", func(key string, i invitationDoc) error {
			if !gone(i.Expires) {
				return nil
			}
			err := cmp.Or(do(kindInvitation, key), do(kindLink, i.Link))
			if at := i.For.Place; at != (Place{}) {
				err = cmp.Or(err, do(kindInvited, takenKey(at.Process, at.Person)))
			}
			return err
		}),
		each(p, kindTicket, "", func(key string, t ticketDoc) error {
			if !gone(t.Expires) {
				return nil
			}
			return do(kindTicket, key)
		}),
		each(p, kindRecovery, "", func(key string, d recoveryDoc) error {
			if !gone(d.Expires) {
				return nil
			}
			return do(kindRecovery, key)
		}),
		each(p, kindToken, "", func(key string, t Token) error {
			if !gone(t.Expires) {
				return nil
			}
			return do(kindToken, key)
		}))
}
