package people

import (
	"cmp"
	"context"
	"slices"
	"time"

	"paraph/fault"
	"paraph/record"
)

// Invited is what accepting an invitation gives.
type Invited struct {
	Place         Place // its Account is not read; zero for none
	Administrator bool
	MayConvene    bool
}

// Invitation is what is shown of one; never its secrets.
type Invitation struct {
	ID      string
	For     Invited
	Name    string // whom it is for, as whoever invited wrote it; the account's name unless another is given
	By      string // id of the account that invited; empty for the machine itself
	Made    time.Time
	Expires time.Time
	Tries   int  // how often wrong words may still be given
	Words   bool // whether it asks for words; an administrator's first link does not
	// Recovery tells that members of the delegation let somebody back into the
	// place, which the account that has it then loses.
	Recovery bool
}

// Secrets open an invitation. They are shown once, to whoever made it: the link
// is sent, the words are read aloud.
type Secrets struct {
	Link  string   // the path "/invitation/<token>"; empty for the second who vouches
	Words []string // six; empty for an administrator's first link, and for the first who vouches
}

// How long things last that let a person in.
const (
	InvitationTime = 7 * 24 * time.Hour
	FirstTime      = 24 * time.Hour // of the link of an administrator
	TicketTime     = 15 * time.Minute

	triesOfAnInvitation = 5
	linkPath            = "/invitation/"
)

// invitationDoc is what is kept of an invitation.
type invitationDoc struct {
	Invitation
	Link string // digest of the link's token
	Salt []byte `json:",omitempty"`
	Said []byte `json:",omitempty"` // what is kept of the words, see stretch
	// Watchers are accounts of the delegation, told of what becomes of a recovery.
	Watchers []string `json:",omitempty"`
}

// Invite makes an invitation, valid for InvitationTime, for whoever "name" says.
// "by" is the account that invites, and not found when there is none; it may be
// empty. An earlier invitation to the same place is withdrawn. It is a conflict
// when the place is taken.
func (r *Register) Invite(ctx context.Context, by string, to Invited, name string) (Invitation, Secrets, error) {
	name, err := checkName("the name", name)
	if err != nil {
		return Invitation{}, Secrets{}, err
	}
	if to.Place != (Place{}) {
		to.Place.Account = ""
		if err := to.Place.check(); err != nil {
			return Invitation{}, Secrets{}, err
		}
	}
	now := r.now()
	doc := invitationDoc{Invitation: Invitation{ID: r.id(), For: to, Name: name, By: by, Made: now, Expires: now.Add(InvitationTime)}}
	secrets := Secrets{Link: r.link(&doc), Words: r.speak(&doc)}
	err = r.change(ctx, func(p Pages) error {
		if _, there := r.account(by); by != "" && !there {
			return noAccount() // it may have been closed in the meantime
		}
		if to.Place != (Place{}) {
			if _, taken := r.holder(to.Place.Process, to.Place.Person); taken {
				return fault.Conflict("this place is taken").
					With("who lost all passkeys is let back in by two members of the delegation")
			}
		}
		return cmp.Or(removeInvitationTo(p, to.Place), doc.keep(p))
	}, nil)
	if err != nil {
		return Invitation{}, Secrets{}, err
	}
	return doc.Invitation, secrets, nil
}

// First makes a one-time link for an administrator who may convene: the first,
// or the next when none can sign in any more. It asks for no words: whoever can
// write the book can make one. An earlier one is withdrawn.
func (r *Register) First(ctx context.Context) (Secrets, error) {
	now := r.now()
	doc := invitationDoc{Invitation: Invitation{ID: r.id(), For: Invited{Administrator: true, MayConvene: true},
		Name: "Administrator", Made: now, Expires: now.Add(FirstTime)}}
	secrets := Secrets{Link: r.link(&doc)}
	return secrets, r.change(ctx, func(p Pages) error {
		err := each(p, kindInvitation, "", func(_ string, earlier invitationDoc) error {
			if earlier.Words || earlier.Recovery {
				return nil
			}
			return earlier.remove(p)
		})
		return cmp.Or(err, doc.keep(p))
	}, nil)
}

// link gives an invitation a link.
func (r *Register) link(doc *invitationDoc) string {
	token := r.marked()
	doc.Link = digestOf(token).String()
	return linkPath + token
}

// speak gives an invitation words.
func (r *Register) speak(doc *invitationDoc) []string {
	six := r.draw()
	doc.Salt = r.random(saltLength)
	doc.Said = stretch(joined(six), doc.Salt)
	doc.Words, doc.Tries = true, triesOfAnInvitation
	return six
}

// open tells whether an invitation can be entered.
func (d invitationDoc) open(now time.Time) bool {
	return within(now, d.Made, d.Expires) && (!d.Words || d.Tries > 0) && (!d.Recovery || d.Words)
}

func (d invitationDoc) keep(p Pages) error {
	err := cmp.Or(keep(p, kindInvitation, d.ID, d), keep(p, kindLink, d.Link, d.ID))
	if at := d.For.Place; at != (Place{}) {
		err = cmp.Or(err, keep(p, kindInvited, takenKey(at.Process, at.Person), d.ID))
	}
	return err
}

func (d invitationDoc) remove(p Pages) error {
	err := cmp.Or(p.Delete(kindInvitation, d.ID), p.Delete(kindLink, d.Link))
	if at := d.For.Place; at != (Place{}) {
		err = cmp.Or(err, p.Delete(kindInvited, takenKey(at.Process, at.Person)))
		if d.Recovery {
			err = cmp.Or(err, p.Delete(kindRecovery, takenKey(at.Process, at.Person)))
		}
	}
	return err
}

// removeInvitationTo withdraws the invitation to a place, if there is one.
func removeInvitationTo(p Pages, at Place) error {
	if at == (Place{}) {
		return nil
	}
	id, there, err := find[string](p, kindInvited, takenKey(at.Process, at.Person))
	if err != nil || !there {
		return err
	}
	doc, there, err := find[invitationDoc](p, kindInvitation, id)
	if err != nil || !there {
		return err
	}
	return doc.remove(p)
}

// Withdraw ends an invitation; not found when there is none. A recovery is
// ended by CancelRecovery.
func (r *Register) Withdraw(ctx context.Context, id string) error {
	return r.change(ctx, func(p Pages) error {
		doc, there, err := find[invitationDoc](p, kindInvitation, id)
		if err != nil {
			return err
		}
		if !there || doc.Recovery {
			return fault.NotFound("there is no such invitation")
		}
		return doc.remove(p)
	}, nil)
}

// withdrawAll withdraws what lets somebody in by the word of an account: its
// invitations, and the recoveries that it vouched for.
func (r *Register) withdrawAll(p Pages, by string) error {
	return each(p, kindInvitation, "", func(_ string, doc invitationDoc) error {
		if !doc.Recovery {
			if doc.By != by {
				return nil
			}
			return doc.remove(p)
		}
		at := doc.For.Place
		recovery, _, err := find[recoveryDoc](p, kindRecovery, takenKey(at.Process, at.Person))
		if err != nil || !slices.Contains(recovery.Accounts, by) {
			return err
		}
		return r.cancel(p, doc)
	})
}

// Invitations gives the open invitations to a process, or all for "", the
// latest made first. Recoveries are not among them.
func (r *Register) Invitations(ctx context.Context, to record.ProcessID) (open []Invitation, err error) {
	now := r.now()
	err = r.book.View(ctx, func(p Pages) error {
		open = nil
		return each(p, kindInvitation, "", func(_ string, doc invitationDoc) error {
			if !doc.Recovery && doc.open(now) && (to == "" || doc.For.Place.Process == to) {
				open = append(open, doc.Invitation)
			}
			return nil
		})
	})
	slices.SortFunc(open, func(a, b Invitation) int { return cmp.Or(b.Made.Compare(a.Made), cmp.Compare(a.ID, b.ID)) })
	return open, err
}

// AsksWords tells whether a page must ask for words with a link. It must, also
// for a link that is unknown or over, unless it is the live link of an
// administrator: so it tells nothing of any other. No try is counted.
func (r *Register) AsksWords(ctx context.Context, link string) (bool, error) {
	d, ok := r.opens(link)
	if !ok {
		return true, nil
	}
	asks := true
	err := r.book.View(ctx, func(p Pages) error {
		asks = true
		id, there, err := find[string](p, kindLink, d.String())
		if err != nil || !there {
			return err
		}
		doc, there, err := find[invitationDoc](p, kindInvitation, id)
		if there && doc.open(r.now()) {
			asks = doc.Words
		}
		return err
	})
	return asks, err
}

// ticketDoc is what is kept of a ticket: somebody who had the link and the
// words, and may enrol or accept within TicketTime.
type ticketDoc struct {
	Invitation string
	Made       time.Time
	Expires    time.Time
	// Of an enrolment that was begun:
	Challenge []byte  `json:",omitempty"`
	Account   string  `json:",omitempty"`
	Name      string  `json:",omitempty"`
	Subject   subject `json:",omitzero"`
}

// Enter takes the token of a link and the words that go with it, and gives a
// ticket for BeginEnrolment or Accept, good for TicketTime and one use. The
// refusal is the same (forbidden) for a link that is unknown, used, over or
// burnt and for wrong words; who has a live link is told how many tries are
// left, and after the last the invitation is burnt.
func (r *Register) Enter(ctx context.Context, link, guess string) (ticket string, i Invitation, err error) {
	d, ok := r.opens(link)
	if !ok {
		return "", Invitation{}, notEntered()
	}
	doc, err := r.try(ctx, d)
	if err != nil {
		return "", Invitation{}, err
	}
	if doc.Words {
		right, err := said(ctx, guess, doc.Salt, doc.Said)
		if err != nil {
			return "", Invitation{}, fault.Unavailable("too many enter at once").With("try again").Because(err)
		}
		if !right {
			return "", Invitation{}, r.wrong(ctx, doc)
		}
	}
	ticket = r.marked()
	now := r.now()
	err = r.change(ctx, func(p Pages) error {
		doc, there, err := find[invitationDoc](p, kindInvitation, doc.ID)
		if err != nil {
			return err
		}
		if !there {
			return notEntered()
		}
		doc.Tries++ // this one was right
		return cmp.Or(keep(p, kindInvitation, doc.ID, doc),
			keep(p, kindTicket, digestOf(ticket).String(), ticketDoc{Invitation: doc.ID, Made: now, Expires: now.Add(TicketTime)}))
	}, nil)
	if err != nil {
		return "", Invitation{}, err
	}
	return ticket, doc.Invitation, nil
}

// try counts a try before the words are looked at, so that many at once are no
// more than one after the other. Its Tries are those left when it was wrong.
func (r *Register) try(ctx context.Context, link digest) (doc invitationDoc, err error) {
	read := func(p Pages) error {
		id, there, err := find[string](p, kindLink, link.String())
		if err != nil {
			return err
		}
		if there {
			doc, there, err = find[invitationDoc](p, kindInvitation, id)
		}
		if err == nil && (!there || !doc.open(r.now())) {
			return notEntered()
		}
		return err
	}
	// A link that is over is refused by a read alone: nothing is written for it.
	if err := r.book.View(ctx, read); err != nil || !doc.Words {
		return doc, err
	}
	err = r.change(ctx, func(p Pages) error {
		if err := read(p); err != nil {
			return err
		}
		doc.Tries--
		return keep(p, kindInvitation, doc.ID, doc)
	}, nil)
	return doc, err
}

// wrong refuses, and burns an invitation whose last try this was.
func (r *Register) wrong(ctx context.Context, doc invitationDoc) error {
	if doc.Tries > 0 {
		if doc.Tries == 1 {
			return notEntered().With("check the words; one more try with this link")
		}
		return notEntered().With("check the words; %d more tries with this link", doc.Tries)
	}
	err := r.change(ctx, func(p Pages) error {
		told := doc.Watchers
		if doc.By != "" {
			told = append(slices.Clone(told), doc.By)
		}
		return cmp.Or(doc.remove(p), r.tell(p, "The invitation for "+doc.Name+" was burnt: wrong words were given too often.", told...))
	}, nil)
	return cmp.Or(err, error(notEntered()))
}

func joined(words []string) string {
	s := ""
	for _, w := range words {
		s += w + " "
	}
	return s
}

func notEntered() *fault.Error {
	return fault.Forbidden("this invitation cannot be entered so").
		With("check the words; if it was used, or is over, ask for another")
}
