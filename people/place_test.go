package people_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"paraph/fault"
	"paraph/people"
	"paraph/people/peopletest"
	"paraph/record"
)

func placeIn(t *testing.T, h *house, p *peopletest.Person, process record.ProcessID) string {
	t.Helper()
	at, ok, err := h.PlaceOf(ctx, p.Account, process)
	must(t, err)
	if !ok {
		return ""
	}
	if at.Account != p.Account || at.Process != process {
		t.Errorf("the place of %s in %s is %+v", p.Account, process, at)
	}
	return at.Person
}

// A person sits in several processes, in one place of each.
func TestPlaces(t *testing.T) {
	h := newHouse(t)
	p, at := h.place(t, "lake", "a-1")
	invite := func(process record.ProcessID, person string) (people.Invitation, people.Secrets, error) {
		return h.Invite(ctx, "", people.Invited{Place: people.Place{Process: process, Person: person}}, "A")
	}
	_, _, err := invite("lake", "a-1")
	wantKind(t, "inviting to a place that is taken", err, fault.KindConflict)
	for _, to := range []people.Place{{Process: "lake"}, {Person: "a-1"}, {Process: "Lake", Person: "a"}, {Process: "lake", Person: "a/b"}} {
		_, _, err := h.Invite(ctx, "", people.Invited{Place: to}, "A")
		wantKind(t, "inviting to no place", err, fault.KindInvalid)
	}
	_, second, err := invite("lake", "a-2")
	must(t, err)
	ticket := peopletest.Enter(t, h.Register, second)
	wantKind(t, "a second place in one process", h.Accept(ctx, ticket, p.Session), fault.KindConflict)
	other := peopletest.EnrolWith(t, h.Register, second) // and the invitation stayed good

	_, river, err := invite("river", "r-9")
	must(t, err)
	ticket = peopletest.Enter(t, h.Register, river)
	must(t, h.Accept(ctx, ticket, p.Session))
	wantKind(t, "a ticket used already", h.Accept(ctx, ticket, other.Session), fault.KindForbidden)
	if placeIn(t, h, p, "lake") != "a-1" || placeIn(t, h, p, "river") != "r-9" || placeIn(t, h, other, "lake") != "a-2" || placeIn(t, h, other, "river") != "" {
		t.Error("the places are not those that were accepted")
	}
	wantKind(t, "taking a taken place", h.Take(ctx, people.Place{Process: "river", Person: "r-9", Account: other.Account}), fault.KindConflict)
	wantKind(t, "a place for nobody", h.Take(ctx, people.Place{Process: "river", Person: "r-1", Account: "nobody"}), fault.KindNotFound)
	h.restart(t)
	taken, err := h.Taken(ctx, "lake")
	must(t, err)
	if want := map[string]string{"a-1": p.Account, "a-2": other.Account}; !maps.Equal(taken, want) {
		t.Errorf("taken are %v, want %v", taken, want)
	}
	all, err := h.Places(ctx, p.Account)
	must(t, err)
	if want := []people.Place{at, {Process: "river", Person: "r-9", Account: p.Account}}; !slices.Equal(all, want) {
		t.Errorf("the places are %+v, want %+v", all, want)
	}
}

// Who leaves or is vacated has no place at once: open streams hear of it,
// tokens open nothing, and the place can be taken again.
func TestLeaveAndVacate(t *testing.T) {
	for name, end := range map[string]func(h *house, at people.Place) error{
		"leave":  func(h *house, at people.Place) error { return h.Leave(ctx, at.Account, at.Process) },
		"vacate": func(h *house, at people.Place) error { return h.Vacate(ctx, at.Process, at.Person) },
		"close":  func(h *house, at people.Place) error { return h.CloseAccount(ctx, at.Account) },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.enrol(t, "Administrator")
			p, at := h.place(t, "lake", "a-1")
			river := people.Place{Process: "river", Person: "r-1", Account: p.Account}
			must(t, h.Take(ctx, river))
			_, beside := h.place(t, "lake", "a-2")
			secret, _, err := h.MakeToken(ctx, p.Session, people.Token{Name: "x", Place: at})
			must(t, err)
			gone, stays, others := h.Vacated(at), h.Vacated(river), h.Vacated(beside)
			if isClosed(gone) || !isClosed(h.Vacated(people.Place{Process: "lake", Person: "a-2", Account: p.Account})) {
				t.Error("what is held is vacated, or what is not is held")
			}
			must(t, end(h, at))
			if !isClosed(gone) || !isClosed(h.Vacated(at)) || isClosed(others) || isClosed(stays) != (name == "close") {
				t.Error("not that place alone was vacated")
			}
			for range 2 {
				if placeIn(t, h, p, "lake") != "" {
					t.Error("the place is still there")
				}
				if taken, err := h.Taken(ctx, "lake"); err != nil || len(taken) != 1 {
					t.Errorf("taken are %v, %v", taken, err)
				}
				_, err = h.Token(ctx, secret)
				wantKind(t, "a token without its place", err, fault.KindNotFound)
				h.restart(t)
			}
			wantKind(t, "leaving twice", h.Leave(ctx, at.Account, "lake"), fault.KindNotFound)
			must(t, h.Vacate(ctx, "lake", "a-1"))
			_, secrets, err := h.Invite(ctx, "", people.Invited{Place: people.Place{Process: "lake", Person: "a-1"}}, "B")
			must(t, err)
			next := peopletest.EnrolWith(t, h.Register, secrets)
			if placeIn(t, h, next, "lake") != "a-1" {
				t.Error("the place cannot be taken again")
			}
			_, err = h.Token(ctx, secret)
			wantKind(t, "a token of the one before", err, fault.KindNotFound)
		})
	}
}

func TestTokens(t *testing.T) {
	h := newHouse(t)
	p, at := h.place(t, "lake", "a-1")
	other, _ := h.place(t, "lake", "a-2")
	now := h.clock()
	for name, bad := range map[string]struct {
		token people.Token
		want  fault.Kind
	}{
		"no name":              {people.Token{Place: at}, fault.KindInvalid},
		"too long":             {people.Token{Name: "x", Place: at, Expires: now.Add(people.LongestToken + time.Second)}, fault.KindInvalid},
		"too long to bind":     {people.Token{Name: "x", Place: at, MayAct: true, MayBind: true, Expires: now.Add(time.Hour + time.Second)}, fault.KindInvalid},
		"bind without act":     {people.Token{Name: "x", Place: at, MayBind: true}, fault.KindInvalid},
		"over already":         {people.Token{Name: "x", Place: at, Expires: now}, fault.KindInvalid},
		"a process elsewhere":  {people.Token{Name: "x", Place: people.Place{Process: "river"}}, fault.KindNotFound},
		"a process of no name": {people.Token{Name: "x"}, fault.KindNotFound},
	} {
		_, _, err := h.MakeToken(ctx, p.Session, bad.token)
		wantKind(t, name, err, bad.want)
	}
	asked := people.Token{Name: "reader", Place: people.Place{Process: "lake", Person: "a-2", Account: other.Account}}
	secret, made, err := h.MakeToken(ctx, p.Session, asked)
	must(t, err)
	if !strings.HasPrefix(secret, "paraph_") || made.Place != at || made.MayAct || made.MayBind || !made.Expires.Equal(now.Add(people.LongestToken)) {
		t.Errorf("the token is %+v", made)
	}
	binding, bound, err := h.MakeToken(ctx, p.Session, people.Token{Name: "binder", Place: at, MayAct: true, MayBind: true})
	must(t, err)
	if !bound.Expires.Equal(now.Add(time.Hour)) {
		t.Errorf("a token that may bind lasts until %v", bound.Expires)
	}
	got, err := h.Token(ctx, secret)
	must(t, err)
	if got != made {
		t.Errorf("it opens %+v, want %+v", got, made)
	}
	for name, guess := range map[string]string{
		"nothing": "", "without its prefix": secret[7:], "in capitals": "PARAPH_" + secret[7:], "cut short": secret[:len(secret)-1],
		"with more behind": secret + "A", "changed": changed(secret), "a session": p.Session, "a prefixed session": "paraph_" + p.Session,
	} {
		_, err := h.Token(ctx, guess)
		wantKind(t, name, err, fault.KindNotFound)
	}
	wantKind(t, "ending another's", h.EndToken(ctx, other.Account, made.ID), fault.KindNotFound)
	h.pass(time.Hour)
	if _, err := h.Token(ctx, binding); err == nil {
		t.Error("a token that may bind outlives its hour")
	}
	_, _, err = h.MakeToken(ctx, p.Session, people.Token{Name: "x", Place: at})
	if err == nil {
		t.Error("a session that is over makes tokens")
	}
	p.Session = p.SignIn(t, h.Register)
	h.pass(people.FreshFor)
	_, _, err = h.MakeToken(ctx, p.Session, people.Token{Name: "x", Place: at})
	wantKind(t, "without a fresh passkey", err, fault.KindForbidden)
	h.restart(t)
	if all, err := h.Tokens(ctx, p.Account); err != nil || len(all) != 1 || all[0] != made {
		t.Errorf("the tokens are %+v, %v", all, err)
	}
	if all, err := h.Tokens(ctx, other.Account); err != nil || len(all) != 0 {
		t.Errorf("another's tokens are %+v, %v", all, err)
	}
	must(t, h.EndToken(ctx, p.Account, made.ID))
	for range 2 {
		_, err = h.Token(ctx, secret)
		wantKind(t, "a token that was ended", err, fault.KindNotFound)
		h.restart(t)
	}
	secret, _, err = h.MakeToken(ctx, p.SignIn(t, h.Register), people.Token{Name: "x", Place: at})
	must(t, err)
	must(t, h.LoseAll(ctx, p.Account))
	for range 2 {
		_, err = h.Token(ctx, secret)
		wantKind(t, "a token of who lost every device", err, fault.KindNotFound)
		h.restart(t)
	}
}

func TestAccounts(t *testing.T) {
	h := newHouse(t)
	first := h.enrol(t, "Zoë")
	wantKind(t, "no administrator left", h.Empower(ctx, first.Account, false, true), fault.KindConflict)
	wantKind(t, "no administrator left", h.CloseAccount(ctx, first.Account), fault.KindConflict)
	second := h.enrol(t, "Adam")
	must(t, h.Empower(ctx, second.Account, true, false))
	s, err := h.Session(ctx, second.Session)
	must(t, err)
	if !s.Administrator || s.MayConvene {
		t.Errorf("an open session is %+v", s)
	}
	must(t, h.Empower(ctx, first.Account, false, false))
	must(t, h.Rename(ctx, first.Account, " Zoë II "))
	for _, bad := range []string{"", " ", "a\nb", "a\x00", strings.Repeat("a", 201), "\xff", "a\u202eb"} {
		wantKind(t, "a bad name", h.Rename(ctx, first.Account, bad), fault.KindInvalid)
	}
	for _, err := range []error{h.Rename(ctx, "nobody", "A"), h.Empower(ctx, "nobody", true, true), h.CloseAccount(ctx, "nobody")} {
		wantKind(t, "nobody", err, fault.KindNotFound)
	}
	h.restart(t)
	all, err := h.Accounts(ctx)
	must(t, err)
	if len(all) != 2 || all[0].Name != "Adam" || !all[0].Administrator || all[1].Name != "Zoë II" || all[1].Administrator || all[1].Passkeys != 1 {
		t.Errorf("the accounts are %+v", all)
	}
	must(t, h.CloseAccount(ctx, first.Account))
	_, err = h.Account(ctx, first.Account)
	wantKind(t, "a closed account", err, fault.KindNotFound)
}

// What an account let others in by ends with it: its open invitations, and what
// it vouched for. Those of others stay.
func TestCloseAccountWithdraws(t *testing.T) {
	h := newHouse(t)
	h.enrol(t, "Administrator")
	chair, other := h.enrol(t, "Chair"), h.enrol(t, "Other")
	enters := func(s people.Secrets) bool {
		_, _, err := h.Enter(ctx, linkToken(s), spoken(s))
		return err == nil
	}
	_, entered, err := h.Invite(ctx, chair.Account, people.Invited{MayConvene: true}, "A")
	must(t, err)
	ticket := peopletest.Enter(t, h.Register, entered)
	var theirs []people.Secrets
	for _, person := range []string{"a-1", "a-2"} {
		_, s, err := h.Invite(ctx, chair.Account, people.Invited{Place: people.Place{Process: "lake", Person: person}}, person)
		must(t, err)
		theirs = append(theirs, s)
	}
	_, stays, err := h.Invite(ctx, other.Account, people.Invited{Place: people.Place{Process: "lake", Person: "a-3"}}, "a-3")
	must(t, err)

	must(t, h.CloseAccount(ctx, chair.Account))
	for i, s := range theirs {
		if enters(s) {
			t.Errorf("invitation %d of a closed account lets somebody in", i)
		}
	}
	_, err = h.BeginEnrolment(ctx, ticket, "", "")
	wantKind(t, "a ticket of a closed account's invitation", err, fault.KindForbidden)
	if !enters(stays) {
		t.Error("an invitation of another account was withdrawn too")
	}
	open, err := h.Invitations(ctx, "")
	must(t, err)
	if len(open) != 1 || open[0].By != other.Account {
		t.Errorf("open are %+v", open)
	}
	_, _, err = h.Invite(ctx, chair.Account, people.Invited{}, "B")
	wantKind(t, "an invitation by a closed account", err, fault.KindNotFound)
	if _, _, err := h.Invite(ctx, "", people.Invited{Place: people.Place{Process: "lake", Person: "a-1"}}, "a-1"); err != nil {
		t.Errorf("the place cannot be invited to again: %v", err)
	}
}

func TestCloseAccountEndsVouching(t *testing.T) {
	for _, closed := range []int{1, 2} { // who has the link, who has the words
		d := newDelegation(t)
		first, err := d.vouch(1, 0)
		must(t, err)
		second, err := d.vouch(2, 0)
		must(t, err)
		must(t, d.CloseAccount(ctx, d.people[closed].Account))
		if _, _, err := d.Enter(ctx, linkToken(first), spoken(second)); err == nil {
			t.Errorf("who was vouched for by the closed account %d comes in", closed)
		}
		under, err := d.Recoveries(ctx, "lake")
		must(t, err)
		if len(under) != 0 {
			t.Errorf("under way are %+v", under)
		}
		if n := d.notices(t, "was cancelled"); n[0] != 1 || n[3] != 1 || n[closed] != 0 || n[4] != 0 {
			t.Errorf("told are %v", n)
		}
		if _, err := d.vouch(3, 0); err != nil {
			t.Errorf("nobody can vouch again: %v", err)
		}
	}
}

func TestPlacesOfManyAccounts(t *testing.T) {
	h := newHouse(t)
	h.enrol(t, "Administrator")
	a, river := h.place(t, "river", "a-1")
	_, other := h.place(t, "lake", "b-1")
	lake := people.Place{Process: "lake", Person: "a-1", Account: a.Account}
	must(t, h.Take(ctx, lake))
	want := func(what, account string, places ...people.Place) {
		t.Helper()
		got, err := h.Places(ctx, account)
		must(t, err)
		if !slices.Equal(got, places) {
			t.Errorf("%s: the places are %+v, want %+v", what, got, places)
		}
	}
	for range 2 {
		want("both", a.Account, lake, river)
		want("the other's", other.Account, other)
		want("nobody's", "nobody")
		h.restart(t)
	}
	must(t, h.Leave(ctx, a.Account, "lake"))
	want("one left", a.Account, river)
	must(t, h.CloseAccount(ctx, a.Account))
	want("closed", a.Account)
	want("the other's", other.Account, other)
}

func TestAddresses(t *testing.T) {
	h := newHouse(t)
	for url, origin := range map[string]string{
		"https://talks.example.org":      "https://talks.example.org",
		"https://Talks.Example.org:443/": "https://talks.example.org",
		"https://talks.example.org:8443": "https://talks.example.org:8443",
		"http://localhost:8080":          "http://localhost:8080",
		"http://localhost":               "http://localhost",
	} {
		r, err := people.New(h.book, people.Options{URL: url})
		if err != nil || r.Origin() != origin {
			t.Errorf("%s: %v", url, err)
			continue
		}
		must(t, r.Close())
	}
	for _, url := range []string{"", "talks.example.org", "http://talks.example.org", "https://192.0.2.1", "https://talks.example.org/x",
		"https://talks.example.org?x", "https://u@talks.example.org", "ftp://localhost", "http://127.0.0.1:8080"} {
		_, err := people.New(h.book, people.Options{URL: url})
		wantKind(t, url, err, fault.KindInvalid)
	}
}
