package people

import (
	"cmp"
	"context"
	"slices"
	"time"

	"paraph/fault"
	"paraph/record"
)

// Recovery is one under way: members of a delegation let somebody who lost all
// passkeys back into one place.
type Recovery struct {
	Place    Place    // with the account that has it still
	Vouchers []string // persons who vouched: one, or two
	Began    time.Time
	Expires  time.Time
}

// RecoveryTime is how long a recovery may take from the first who vouches to
// the taking of the place.
const RecoveryTime = 24 * time.Hour

// recoveryDoc is what is kept of a recovery.
type recoveryDoc struct {
	Recovery
	Accounts   []string // of those who vouched
	Invitation string
}

// Vouch says that somebody who lost all passkeys is the person of a place. Two
// members of the same delegation must, with two accounts: the first gets the
// link alone, the second the words alone, so that neither can enter by
// themselves. Who enters enrols a new account, which takes the place over; the
// account that had it loses it, and keeps its other places.
//
// by is the place of who vouches, and delegation the places of all in it,
// as the record of the process has them: by and lost must be among them
// (else forbidden). All who have one of them get a notice, the account that is
// to lose its place too; any of them may cancel. It is a conflict when nobody
// has the place, or by has vouched already.
func (r *Register) Vouch(ctx context.Context, by, lost Place, delegation []Place) (Secrets, error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	lost, err := r.parties(by, lost, delegation)
	if err != nil {
		return Secrets{}, err
	}
	watchers := r.accountsAt(delegation)
	var secrets Secrets
	err = r.changeInTurn(ctx, func(p Pages) error {
		doc, there, err := find[recoveryDoc](p, kindRecovery, takenKey(lost.Process, lost.Person))
		if err != nil {
			return err
		}
		if there && (!within(r.now(), doc.Began, doc.Expires) || doc.Place != lost) {
			if err := removeInvitationTo(p, lost); err != nil {
				return err
			}
			there = false
		}
		if !there {
			secrets, err = r.vouchFirst(p, by, lost, watchers)
			return err
		}
		if slices.Contains(doc.Accounts, by.Account) || slices.Contains(doc.Vouchers, by.Person) {
			return fault.Conflict("you have vouched already").With("another member of the delegation must vouch too")
		}
		if len(doc.Vouchers) > 1 {
			return fault.Conflict("two have vouched already").With("give the link and the words to the person; or cancel, and begin again")
		}
		secrets, err = r.vouchSecond(p, by, doc)
		return err
	}, nil)
	return secrets, err
}

// parties checks who takes part in a recovery, and gives the lost place with
// the account that has it.
func (r *Register) parties(by, lost Place, delegation []Place) (Place, error) {
	same := func(a Place) func(Place) bool {
		return func(b Place) bool { return a.Process == b.Process && a.Person == b.Person }
	}
	if at, ok := r.place(by.Account, by.Process); !ok || at != by {
		return Place{}, fault.Forbidden("you have no place there")
	}
	if !slices.ContainsFunc(delegation, same(by)) || !slices.ContainsFunc(delegation, same(lost)) {
		return Place{}, fault.Forbidden("only members of the same delegation let each other back in")
	}
	if same(by)(lost) {
		return Place{}, fault.Forbidden("nobody vouches for themselves").With("two others of your delegation must")
	}
	lost, ok := r.holder(lost.Process, lost.Person)
	if !ok {
		return Place{}, fault.Conflict("nobody has taken this place").With("invite the person")
	}
	return lost, nil
}

func (r *Register) vouchFirst(p Pages, by, lost Place, watchers []string) (Secrets, error) {
	a, _ := r.account(lost.Account)
	now := r.now()
	invitation := invitationDoc{Watchers: watchers, Invitation: Invitation{ID: r.id(), Name: a.Name, By: by.Account,
		For: Invited{Place: Place{Process: lost.Process, Person: lost.Person}}, Made: now, Expires: now.Add(RecoveryTime), Recovery: true}}
	secrets := Secrets{Link: r.link(&invitation)}
	doc := recoveryDoc{Recovery{lost, []string{by.Person}, now, invitation.Expires}, []string{by.Account}, invitation.ID}
	return secrets, cmp.Or(removeInvitationTo(p, lost), invitation.keep(p), doc.keep(p),
		r.tell(p, "A member of your delegation has begun to let "+a.Name+" back in, who lost every passkey. If that is not so, cancel it.", watchers...))
}

func (r *Register) vouchSecond(p Pages, by Place, doc recoveryDoc) (Secrets, error) {
	invitation, err := load[invitationDoc](p, kindInvitation, doc.Invitation)
	if err != nil {
		return Secrets{}, err
	}
	secrets := Secrets{Words: r.speak(&invitation)}
	doc.Vouchers, doc.Accounts = append(doc.Vouchers, by.Person), append(doc.Accounts, by.Account)
	return secrets, cmp.Or(invitation.keep(p), doc.keep(p))
}

func (d recoveryDoc) keep(p Pages) error {
	return keep(p, kindRecovery, takenKey(d.Place.Process, d.Place.Person), d)
}

func removeRecovery(p Pages, at Place) error {
	return p.Delete(kindRecovery, takenKey(at.Process, at.Person))
}

// takeOver gives a place to who comes back, and gives the place that is lost
// by it. Whoever calls it has the turn.
func (r *Register) takeOver(p Pages, at Place, account *accountDoc, i invitationDoc) (lost Place, err error) {
	lost, ok := r.holder(at.Process, at.Person)
	if !ok {
		return Place{}, noTicket()
	}
	if _, has := r.place(at.Account, at.Process); has {
		return Place{}, fault.Conflict("you have a place in this process already").With("come back with an account of its own")
	}
	account.Watchers = i.Watchers
	told := append(slices.Clone(i.Watchers), lost.Account)
	slices.Sort(told)
	return lost, cmp.Or(removePlace(p, lost),
		keep(p, kindPlace, at.key(), at), keep(p, kindTaken, takenKey(at.Process, at.Person), at.Account),
		r.tell(p, i.Name+" was let back into the place in your delegation with a new account ("+account.Name+"). The earlier account has lost it.",
			slices.Compact(told)...))
}

// CancelRecovery ends a recovery: by is the place of any of those who were
// told of it. It is not found when there is none, or by was not told.
func (r *Register) CancelRecovery(ctx context.Context, by, lost Place) error {
	none := fault.NotFound("nobody is being let back in there")
	r.turn.Lock()
	defer r.turn.Unlock()
	if at, ok := r.place(by.Account, by.Process); !ok || at != by || by.Process != lost.Process {
		return none
	}
	return r.changeInTurn(ctx, func(p Pages) error {
		doc, there, err := find[recoveryDoc](p, kindRecovery, takenKey(lost.Process, lost.Person))
		if err != nil {
			return err
		}
		var i invitationDoc
		if there {
			i, there, err = find[invitationDoc](p, kindInvitation, doc.Invitation)
		}
		if err != nil {
			return err
		}
		if !there || !slices.Contains(i.Watchers, by.Account) {
			return none
		}
		return r.cancel(p, i)
	}, nil)
}

// cancel ends a recovery, and tells all who were told of it.
func (r *Register) cancel(p Pages, i invitationDoc) error {
	return cmp.Or(i.remove(p), r.tell(p, "Letting "+i.Name+" back in was cancelled.", i.Watchers...))
}

// Recoveries gives the recoveries under way in a process, by person.
func (r *Register) Recoveries(ctx context.Context, to record.ProcessID) (under []Recovery, err error) {
	now := r.now()
	err = r.book.View(ctx, func(p Pages) error {
		under = nil
		return each(p, kindRecovery, string(to)+"/", func(_ string, doc recoveryDoc) error {
			if within(now, doc.Began, doc.Expires) {
				under = append(under, doc.Recovery)
			}
			return nil
		})
	})
	return under, err
}

// accountsAt gives the accounts that have these places, each once.
func (r *Register) accountsAt(places []Place) (accounts []string) {
	for _, at := range places {
		if h, ok := r.holder(at.Process, at.Person); ok && !slices.Contains(accounts, h.Account) {
			accounts = append(accounts, h.Account)
		}
	}
	return accounts
}
