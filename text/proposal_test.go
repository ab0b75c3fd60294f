package text

import (
	"testing"

	"paraph/fault"
	"paraph/record"
	"paraph/record/roomtest"
)

func TestWithdrawAndClear(t *testing.T) {
	r, clauses := issuedRoom(t)
	r.Must(t, roomtest.RU, Table{ID: "a", Kind: Delete, Clause: clauses[5], Reason: "our real worry"})
	r.Must(t, roomtest.RU, Clear{Proposal: "a", To: record.Offices("RU"), Reason: "in confidence"})
	both := []record.Audience{record.Internal("RU"), record.Offices("RU")}
	for _, c := range []roomtest.Case[Act]{
		{Name: "withdrawn wherever it stands", By: roomtest.RU, Act: Withdraw{Proposal: "a"}, Audience: both,
			Mentions: []record.Ref{"proposal/a"}},
		{Name: "withdrawn by the chair", By: roomtest.Chair, Act: Withdraw{Proposal: "a"},
			Kind: fault.KindForbidden, Words: "RU made it"},
		{Name: "withdrawn by who cannot see it", By: roomtest.UA, Act: Withdraw{Proposal: "a"},
			Kind: fault.KindNotFound, Words: `no proposal "a"`},
		{Name: "withdrawn by an adviser", By: roomtest.As(roomtest.RU, record.Adviser), Act: Withdraw{Proposal: "a"},
			Kind: fault.KindForbidden, Words: "own seat alone"},
		{Name: "cleared to the plenary", By: roomtest.RU, Act: Clear{Proposal: "a", To: record.Plenary},
			Audience: []record.Audience{record.Plenary}, Mentions: []record.Ref{"version/v-1"}},
		{Name: "cleared by the chair", By: roomtest.Chair, Act: Clear{Proposal: "a", To: record.Plenary},
			Kind: fault.KindForbidden, Words: "not yours to clear"},
		{Name: "cleared to nobody", By: roomtest.RU, Act: Clear{Proposal: "a"},
			Kind: fault.KindInvalid, Words: "name the further audience"},
		{Name: "cleared to where it stands", By: roomtest.RU, Act: Clear{Proposal: "a", To: record.Offices("RU")},
			Kind: fault.KindConflict, Words: "stands before offices:RU already"},
		{Name: "cleared to the public without source", By: roomtest.RU, Act: Clear{Proposal: "a", To: record.Public},
			Kind: fault.KindInvalid, Words: "needs its source"},
		{Name: "cleared where it is not read", By: roomtest.RU, Act: Clear{Proposal: "a", To: record.Offices("UA")},
			Kind: fault.KindForbidden, Words: "does not read"},
	} {
		r.Try(t, c)
	}

	chair, _ := SeeProposal(r.State(roomtest.Chair.Lens()), "a")
	if chair.Reason != "in confidence" || len(chair.Standing) != 1 || chair.Seat != "RU" || chair.Clause != clauses[5] {
		t.Errorf("the chair sees %+v", chair)
	}
	own, _ := SeeProposal(r.State(roomtest.RU.Lens()), "a")
	if own.Reason != "our real worry" || len(own.Standing) != 2 || !own.Standing[1].Cleared || own.Widest() != record.Offices("RU") {
		t.Errorf("the own seat sees %+v", own)
	}
	if _, there := SeeProposal(r.State(roomtest.UA.Lens()), "a"); there {
		t.Error("another seat sees it")
	}

	r.Must(t, roomtest.RU, Withdraw{Proposal: "a", Reason: "overtaken"})
	for _, who := range []record.Actor{roomtest.RU, roomtest.Chair} {
		if p, _ := SeeProposal(r.State(who.Lens()), "a"); p.Status != Withdrawn || p.Withdrawal != "overtaken" {
			t.Errorf("%s sees it %s: %q", who.Seat, p.Status, p.Withdrawal)
		}
	}
	r.Try(t, roomtest.Case[Act]{Name: "withdrawn twice", By: roomtest.RU, Act: Withdraw{Proposal: "a"},
		Kind: fault.KindConflict, Words: "withdrawn already"})
}

// What replaces a proposal is not read by all who read the old one: they see it
// withdrawn, and nothing of the new one.
func TestReplacedBeforeSomeIsWithdrawnBeforeOthers(t *testing.T) {
	r, clauses := issuedRoom(t)
	r.Must(t, roomtest.RU, Table{ID: "a", Kind: Delete, Clause: clauses[5], Audience: record.Bilateral("RU", "UA")})
	r.Must(t, roomtest.RU, Clear{Proposal: "a", To: record.Parties})
	r.Must(t, roomtest.RU, Table{ID: "x", Kind: Delete, Clause: clauses[4], Audience: record.Offices("RU")})
	r.Must(t, roomtest.RU, Clear{Proposal: "x", To: record.Bilateral("RU", "UA")})
	entries := r.Must(t, roomtest.RU, Table{ID: "y", Kind: Amend, Clause: clauses[4], Words: "2. New.",
		Audience: record.Bilateral("RU", "UA"), Replaces: "x"})
	if len(entries) != 2 || entries[1].Audience != record.Offices("RU") {
		t.Fatalf("written: %+v", entries)
	}
	for _, c := range []struct {
		who    record.Actor
		status Status
		next   string
	}{{roomtest.RU, Replaced, "y"}, {roomtest.UA, Replaced, "y"}, {roomtest.Chair, Withdrawn, ""}} {
		p, _ := SeeProposal(r.State(c.who.Lens()), "x")
		if p.Status != c.status || p.ReplacedBy != c.next {
			t.Errorf("%s sees it %s, by %q", c.who.Seat, p.Status, p.ReplacedBy)
		}
	}
	if got := SeeProposals(r.State(roomtest.Chair.Lens())); len(got) != 2 {
		t.Errorf("the chair sees %d proposals", len(got))
	}
}

// Two seats that by chance choose one id, out of each other's sight, do not act
// on each other's proposals.
func TestProposalsOfOneIDDoNotMeet(t *testing.T) {
	r, clauses := issuedRoom(t)
	r.Must(t, roomtest.RU, Table{ID: "a", Kind: Delete, Clause: clauses[5], Audience: record.Offices("RU")})
	r.Must(t, roomtest.UA, Table{ID: "a", Kind: Delete, Clause: clauses[4], Audience: record.Offices("UA")})
	r.Must(t, roomtest.UA, Withdraw{Proposal: "a"})
	p, _ := SeeProposal(r.State(roomtest.Chair.Lens()), "a")
	if p.Seat != "RU" || p.Status != Live || len(p.Standing) != 1 {
		t.Errorf("the chair sees %+v", p)
	}
}
