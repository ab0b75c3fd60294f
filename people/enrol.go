package people

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"paraph/fault"
)

// BeginEnrolment begins making an account with a passkey, for who has a ticket
// (see Enter). It gives the options for navigator.credentials.create as JSON.
// name is the account's; the invitation's when it is empty. Where there is a
// first step, "first" is the ticket that FinishFirst gave; otherwise it is
// empty. It may be called again for the same ticket: the latest counts.
func (r *Register) BeginEnrolment(ctx context.Context, ticket, name, first string) (options json.RawMessage, err error) {
	d, ok := r.opens(ticket)
	if !ok {
		return nil, noTicket()
	}
	who, _, err := r.passed(first)
	if err != nil {
		return nil, err
	}
	if name != "" {
		if name, err = checkName("your name", name); err != nil {
			return nil, err
		}
	}
	var doc ticketDoc
	err = r.change(ctx, func(p Pages) error {
		var i invitationDoc
		var err error
		if doc, i, err = r.admitted(p, d); err != nil {
			return err
		}
		doc.Challenge, doc.Account, doc.Subject = r.random(32), r.id(), who
		doc.Name = cmp.Or(name, i.Name)
		return keep(p, kindTicket, d.String(), doc)
	}, nil)
	if err != nil {
		return nil, err
	}
	return r.creation(owner{id: doc.Account, name: doc.Name}, doc.Challenge)
}

// FinishEnrolment makes the account, its passkey and what the invitation gives,
// all or nothing, and begins a session whose passkey counts as just used: so a
// second one can be added at once, which everybody should be asked to do.
// response is the JSON of the credential. The ticket and its invitation are
// used up.
func (r *Register) FinishEnrolment(ctx context.Context, ticket string, response []byte) (session string, err error) {
	d, ok := r.opens(ticket)
	if !ok {
		return "", noTicket()
	}
	var begun ticketDoc
	if err := r.book.View(ctx, func(p Pages) (err error) {
		begun, _, err = r.admitted(p, d)
		return err
	}); err != nil {
		return "", err
	}
	if begun.Account == "" {
		return "", notMade(nil)
	}
	made, err := r.created(owner{id: begun.Account, name: begun.Name}, begun.Challenge, response)
	if err != nil {
		return "", notMade(err)
	}
	k := newPasskey(begun.Account, "first passkey", made, r.now())
	token, open := r.newSession(begun.Account, k.id())
	account := accountDoc{Name: begun.Name, Made: r.now(), Subject: begun.Subject}
	err = r.accept(ctx, d, begun.Account, &account, func(p Pages, now ticketDoc) error {
		if !slices.Equal(now.Challenge, begun.Challenge) {
			return notMade(nil) // begun again in the meantime
		}
		return cmp.Or(k.keepNew(p), keep(p, kindSession, digestOf(token).String(), open))
	}, func() { r.open(digestOf(token), open) })
	if err != nil {
		return "", err
	}
	return token, nil
}

// Accept gives what was invited to the account of a session: who has an account
// takes a further place with it. It is a conflict when the account has a place in
// that process already. The ticket and its invitation are used up.
func (r *Register) Accept(ctx context.Context, ticket, session string) error {
	s, err := r.Session(ctx, session)
	if err != nil {
		return err
	}
	d, ok := r.opens(ticket)
	if !ok {
		return noTicket()
	}
	var account accountDoc
	return r.accept(ctx, d, s.Account, &account, func(Pages, ticketDoc) error {
		if _, ok := r.live(digestOf(session)); !ok {
			return noSession()
		}
		if account, ok = r.account(s.Account); !ok {
			return noSession()
		}
		return nil
	}, nil)
}

// accept uses up a ticket and gives what was invited to an account.
func (r *Register) accept(ctx context.Context, ticket digest, id string, account *accountDoc,
	first func(Pages, ticketDoc) error, then func()) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	var at, lost Place
	return r.changeInTurn(ctx, func(p Pages) error {
		at, lost = Place{}, Place{}
		doc, i, err := r.admitted(p, ticket)
		if err != nil {
			return err
		}
		if err := first(p, doc); err != nil {
			return err
		}
		account.Administrator = account.Administrator || i.For.Administrator
		account.MayConvene = account.MayConvene || i.For.MayConvene
		if err := cmp.Or(p.Delete(kindTicket, ticket.String()), i.remove(p)); err != nil {
			return err
		}
		if at = i.For.Place; at != (Place{}) {
			at.Account = id
			if i.Recovery {
				if lost, err = r.takeOver(p, at, account, i); err != nil {
					return err
				}
			} else if err := r.putPlace(p, at); err != nil {
				return err
			}
		}
		return keep(p, kindAccount, id, *account)
	}, func() {
		r.accounts[id] = *account
		if lost != (Place{}) {
			r.unsettle(lost)
		}
		if at != (Place{}) {
			r.settle(at)
		}
		if then != nil {
			then()
		}
	})
}

// admitted reads a ticket and its invitation; forbidden when either is over.
func (r *Register) admitted(p Pages, ticket digest) (doc ticketDoc, i invitationDoc, err error) {
	doc, there, err := find[ticketDoc](p, kindTicket, ticket.String())
	if err == nil && there {
		i, there, err = find[invitationDoc](p, kindInvitation, doc.Invitation)
	}
	if err != nil {
		return doc, i, err
	}
	now := r.now()
	// The words were right: further tries with the link do not shut out who has a ticket.
	if !there || !within(now, doc.Made, doc.Expires) || !within(now, i.Made, i.Expires) {
		return doc, i, noTicket()
	}
	return doc, i, nil
}

func noTicket() error {
	return fault.Forbidden("your invitation was used, or you took longer than a quarter of an hour").
		With("open the link again and give the words; if that fails, ask for another invitation")
}
