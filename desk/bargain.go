package desk

import (
	"context"
	"fmt"
	"io"

	"paraph/bargain"
	"paraph/fault"
	"paraph/record"
	"paraph/text"
	"paraph/veto"
)

// Bargain does an act of the bargain room, as Do does, and then what follows of
// it by itself:
//
//   - in a sealed test, the seats whose secrets are kept here join as soon as it
//     is opened, and open as soon as all have answered. Each of these is an act of
//     its own under the mandate of that seat, decided by what that seat sees. It
//     may fail, as when a seat is suspended: then anybody of that seat can still do
//     it;
//   - when a seat takes back what it has lent, what stands of that in its log with
//     the chair is destroyed.
//
// Where an act needs chance and brings none, it is drawn here.
func (d *Desk) Bargain(ctx context.Context, p record.ProcessID, by record.Actor, key string, act bargain.Act) (Receipt, error) {
	act, err := d.chanced(key, act)
	if err != nil {
		return Receipt{}, err
	}
	if a, answers := act.(bargain.Answer); answers { // in case some could not join when it was opened
		d.attend(ctx, p, by, a.Test)
	}
	r, err := d.Do(ctx, p, by, key, act)
	if err != nil {
		return r, err
	}
	switch a := act.(type) {
	case bargain.OpenTest:
		d.attend(ctx, p, by, a.ID)
	case bargain.Join:
		d.attend(ctx, p, by, a.Test)
	case bargain.Answer:
		d.attend(ctx, p, by, a.Test)
	case bargain.Open:
		d.attend(ctx, p, by, a.Test)
	case bargain.Revoke:
		err = d.destroyLent(ctx, p, by.Seat)
	}
	return r, err
}

// chanced gives an act its chance, where it needs some and has none.
func (d *Desk) chanced(key string, act bargain.Act) (bargain.Act, error) {
	var err error
	switch a := act.(type) {
	case bargain.Join:
		if a.Share == nil && a.Chance == nil {
			a.Chance, err = d.dice(key, veto.ChanceSize)
		}
		return a, err
	case bargain.Answer:
		if a.Sealed == nil && a.Chance == nil {
			a.Chance, err = d.dice(key, veto.ChanceSize)
		}
		return a, err
	}
	return act, nil
}

func (d *Desk) draw(n int) ([]byte, error) {
	b := make([]byte, n)
	d.chance.Lock()
	defer d.chance.Unlock()
	if _, err := io.ReadFull(d.rand, b); err != nil {
		return nil, fault.Unavailable("there is no chance to draw from").Because(err)
	}
	return b, nil
}

// attend does for each seat that is asked in a test what follows by itself. What
// fails is left to the seat.
func (d *Desk) attend(ctx context.Context, p record.ProcessID, who record.Actor, id string) {
	if d.unattended {
		return
	}
	ctx = context.WithoutCancel(ctx)
	var test bargain.TestView
	err := d.LookAs(ctx, p, who, func(v View) error {
		test, _ = bargain.SeeTest(v.Bargain, id, Current(v))
		return nil
	})
	if err != nil {
		return
	}
	for _, seat := range test.Asked {
		by := record.Actor{By: record.By{Seat: seat, Capacity: record.Head}, Role: record.Party}
		switch test.Stage {
		case bargain.Joining:
			chance, err := d.dice("join:"+id+":"+string(seat), veto.ChanceSize)
			if err == nil {
				_, _ = d.Do(ctx, p, by, "join:"+id, bargain.Join{Test: id, Chance: chance})
			}
		case bargain.Opening:
			_, _ = d.Do(ctx, p, by, "open:"+id, bargain.Open{Test: id})
		}
	}
}

// destroyLent destroys what a seat's log with the chair holds of what it has
// lent. What was lent after the last revocation stays.
func (d *Desk) destroyLent(ctx context.Context, p record.ProcessID, seat record.Seat) error {
	to := record.Offices(seat)
	entries, err := d.log.Read(ctx, p, to, 0, 0)
	if err != nil {
		return err
	}
	last := uint64(0)
	for _, e := range entries {
		if e.Content.Kind == bargain.Revoked {
			last = e.Seq
		}
	}
	for _, e := range entries {
		if e.Seq < last && e.Content.Kind == bargain.Lent {
			if err := d.log.Destroy(ctx, p, to, e.Seq); err != nil {
				return err
			}
		}
	}
	return nil
}

// Current gives the words that clauses have now, as a lens sees them.
func Current(v View) bargain.Current {
	version, there := text.SeeVersion(v.Text, "")
	if !there {
		return func(string) string { return "" }
	}
	prints := make(map[string]string, len(version.Clauses))
	for _, c := range version.Clauses {
		prints[c.ID] = c.Fingerprint
	}
	return func(clause string) string { return prints[clause] }
}

// Brackets gives the brackets of the latest version out of which issues can be
// made, in the order of the text: those that stand in one clause alone.
func Brackets(v View) []bargain.BracketView {
	version, there := text.SeeVersion(v.Text, "")
	if !there {
		return nil
	}
	var all []bargain.BracketView
	for _, c := range version.Clauses {
		seen, _ := text.SeeClause(v.Text, c.ID)
		for _, w := range seen.Words {
			if w.Version != version.ID {
				continue
			}
			own, err := bargain.Brackets(c.ID, version.ID, w.Words, version.Text.Front.Seats)
			if err == nil && len(own) > 0 && own[0].Fingerprint == c.Fingerprint {
				all = append(all, own...)
			}
		}
	}
	return all
}

// Words turns choices back into words, beside what each of the seats would have
// of each clause now, its own proposals carried out.
func Words(v View, choices []bargain.Choice, seats []record.Seat) (bargain.WordsView, error) {
	return bargain.SeeWords(v.Bargain, choices, seats, Current(v), func(clause string, seat record.Seat) string {
		words, err := text.SeeWording(v.Text, "", clause, seat)
		if err != nil {
			return ""
		}
		return words
	})
}

// Proposals gives the acts that put choices to the text, clause by clause, as
// proposals of who does them, each on the latest version. Ids are made of the one
// given. Clauses that read so already are left out.
func Proposals(v View, choices []bargain.Choice, id, reason string, to record.Audience) ([]text.Table, error) {
	words, err := Words(v, choices, []record.Seat{v.Lens.Seat})
	if err != nil {
		return nil, err
	}
	var all []text.Table
	for _, c := range words.Clauses {
		if !c.Lapsed && c.Readings[0].Same {
			continue
		}
		a, err := Proposal(v, c, fmt.Sprint(id, "-", len(all)+1), reason, to)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// Proposal gives the act that puts one clause to the text as a package gives it,
// in the place of the own proposal that stands there, if any. Audience: the own
// seat by default.
func Proposal(v View, c bargain.ClauseWords, id, reason string, to record.Audience) (text.Table, error) {
	if c.Lapsed {
		return text.Table{}, fault.Conflict("the clause %s has other words now", c.Label).With("make the issue anew, of the words as they are")
	}
	if to == "" {
		to = record.Internal(v.Lens.Seat)
	}
	a := text.Table{
		ID: id, Kind: text.Amend, Clause: c.Clause, Words: c.Words, Reason: reason, Audience: to, Replaces: replaced(v, c.Clause, to),
	}
	if c.Words == "" { // nothing of the clause is left
		a.Kind = text.Delete
	}
	return a, nil
}

// replaced gives the own live amendment of a clause before an audience; empty
// for none.
func replaced(v View, clause string, to record.Audience) string {
	for _, id := range text.SeeLive(v.Text, "") {
		p, _ := text.SeeProposal(v.Text, id)
		if p.Clause == clause && p.Seat == v.Lens.Seat && (p.Kind == text.Amend || p.Kind == text.Delete) && p.Widest() == to {
			return id
		}
	}
	return ""
}
