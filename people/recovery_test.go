package people_test

import (
	"strings"
	"testing"
	"time"

	"paraph/fault"
	"paraph/people"
	"paraph/people/peopletest"
)

// delegation is four people of one seat, of whom the first has lost every
// passkey, and one of another seat.
type delegation struct {
	*house
	people []*peopletest.Person
	places []people.Place
	other  people.Place
}

func newDelegation(t *testing.T) *delegation {
	d := &delegation{house: newHouse(t)}
	for _, person := range []string{"a-1", "a-2", "a-3", "a-4"} {
		p, at := d.place(t, "lake", person)
		d.people, d.places = append(d.people, p), append(d.places, at)
	}
	_, d.other = d.place(t, "lake", "b-1")
	return d
}

func (d *delegation) vouch(by, lost int) (people.Secrets, error) {
	return d.Vouch(ctx, d.places[by], d.places[lost], d.places)
}

// notices counts those of each in the delegation, and of the one outside it.
func (d *delegation) notices(t *testing.T, words string) (n [5]int) {
	t.Helper()
	for i, at := range append(append([]people.Place{}, d.places...), d.other) {
		all, err := d.Notices(ctx, at.Account)
		must(t, err)
		for _, notice := range all {
			if strings.Contains(notice.Words, words) {
				n[i]++
			}
		}
	}
	return n
}

func TestRecovery(t *testing.T) {
	d := newDelegation(t)
	river := people.Place{Process: "river", Person: "r-1", Account: d.places[0].Account}
	must(t, d.Take(ctx, river))
	old := d.people[0]
	secretOfOld, _, err := d.MakeToken(ctx, old.Session, people.Token{Name: "x", Place: d.places[0]})
	must(t, err)

	first, err := d.vouch(1, 0)
	must(t, err)
	if first.Link == "" || len(first.Words) != 0 {
		t.Errorf("the first gets %+v, want the link alone", first)
	}
	if n := d.notices(t, "has begun to let a-1 back in"); n != [5]int{1, 1, 1, 1, 0} {
		t.Errorf("at the first vouch %v are told", n)
	}
	_, _, err = d.Enter(ctx, linkToken(first), "")
	wantKind(t, "the link of the first, before the second", err, fault.KindForbidden)
	_, err = d.vouch(1, 0)
	wantKind(t, "the same twice", err, fault.KindConflict)
	under, err := d.Recoveries(ctx, "lake")
	must(t, err)
	if len(under) != 1 || under[0].Place != d.places[0] || len(under[0].Vouchers) != 1 {
		t.Errorf("under way are %+v", under)
	}
	second, err := d.vouch(2, 0)
	must(t, err)
	if second.Link != "" || len(second.Words) != 6 {
		t.Errorf("the second gets %+v, want the words alone", second)
	}
	_, err = d.vouch(3, 0)
	wantKind(t, "a third", err, fault.KindConflict)
	if placeIn(t, d.house, old, "lake") != "a-1" {
		t.Error("the place is lost before anybody has taken it")
	}

	gone := d.Vacated(d.places[0])
	back := peopletest.EnrolWith(t, d.Register, people.Secrets{Link: first.Link, Words: second.Words})
	if placeIn(t, d.house, back, "lake") != "a-1" || placeIn(t, d.house, old, "lake") != "" || !isClosed(gone) {
		t.Error("the place was not taken over")
	}
	if placeIn(t, d.house, old, "river") != "r-1" || placeIn(t, d.house, back, "river") != "" {
		t.Error("another place moved too")
	}
	_, err = d.Token(ctx, secretOfOld)
	wantKind(t, "a token of the account before", err, fault.KindNotFound)
	if n := d.notices(t, "was let back into the place"); n != [5]int{1, 1, 1, 1, 0} {
		t.Errorf("at the taking %v are told", n)
	}
	if a, err := d.Account(ctx, back.Account); err != nil || a.Name != "a-1" {
		t.Errorf("who came back is %+v, %v", a, err)
	}
	back.SignIn(t, d.Register)
	back.SignIn(t, d.Register)
	if n := d.notices(t, "has signed in for the first time"); n != [5]int{1, 1, 1, 1, 0} {
		t.Errorf("at the first sign-in %v are told", n)
	}
	if under, err := d.Recoveries(ctx, "lake"); err != nil || len(under) != 0 {
		t.Errorf("under way are %+v, %v", under, err)
	}
	_, _, err = d.Enter(ctx, linkToken(first), spoken(second))
	wantKind(t, "a second time", err, fault.KindForbidden)
	d.restart(t)
	if placeIn(t, d.house, back, "lake") != "a-1" || placeIn(t, d.house, old, "lake") != "" {
		t.Error("a restart undid the taking")
	}
	// Who has a new account takes the place in another process with it.
	var rivers []people.Place
	for _, person := range []string{"r-2", "r-3"} {
		_, at := d.place(t, "river", person)
		rivers = append(rivers, at)
	}
	first, err = d.Vouch(ctx, rivers[0], river, append(rivers, river))
	must(t, err)
	second, err = d.Vouch(ctx, rivers[1], river, append(rivers, river))
	must(t, err)
	ticket := peopletest.Enter(t, d.Register, people.Secrets{Link: first.Link, Words: second.Words})
	must(t, d.Accept(ctx, ticket, back.SignIn(t, d.Register)))
	if placeIn(t, d.house, back, "river") != "r-1" || placeIn(t, d.house, old, "river") != "" {
		t.Error("the place in the other process was not taken over")
	}
}

func TestWhoMayVouch(t *testing.T) {
	d := newDelegation(t)
	nobody := people.Place{Process: "lake", Person: "a-9"}
	for name, bad := range map[string]struct {
		by, lost   people.Place
		delegation []people.Place
		want       fault.Kind
	}{
		"for oneself":               {d.places[0], d.places[0], d.places, fault.KindForbidden},
		"of another delegation":     {d.other, d.places[0], d.places, fault.KindForbidden},
		"for another delegation":    {d.places[1], d.other, d.places, fault.KindForbidden},
		"with another's place":      {people.Place{Process: "lake", Person: "a-2", Account: d.places[2].Account}, d.places[0], d.places, fault.KindForbidden},
		"without a place":           {people.Place{Process: "lake", Person: "a-2", Account: "nobody"}, d.places[0], d.places, fault.KindForbidden},
		"from another process":      {people.Place{Process: "river", Person: "a-2", Account: d.places[1].Account}, d.places[0], d.places, fault.KindForbidden},
		"for a place nobody has":    {d.places[1], nobody, append([]people.Place{nobody}, d.places...), fault.KindConflict},
		"for an empty delegation":   {d.places[1], d.places[0], nil, fault.KindForbidden},
		"for the public's own seat": {people.Place{}, d.places[0], d.places, fault.KindForbidden},
	} {
		secrets, err := d.Vouch(ctx, bad.by, bad.lost, bad.delegation)
		wantKind(t, name, err, bad.want)
		if secrets.Link != "" || len(secrets.Words) != 0 {
			t.Errorf("%s gives %+v", name, secrets)
		}
	}
}

func TestRecoveryEnds(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, d *delegation){
		"cancelled by who is to lose the place": func(t *testing.T, d *delegation) { must(t, d.CancelRecovery(ctx, d.places[0], d.places[0])) },
		"cancelled by another":                  func(t *testing.T, d *delegation) { must(t, d.CancelRecovery(ctx, d.places[3], d.places[0])) },
		"over":                                  func(t *testing.T, d *delegation) { d.pass(people.RecoveryTime) },
		"over and swept away": func(t *testing.T, d *delegation) {
			d.pass(people.RecoveryTime)
			must(t, d.Sweep(ctx))
		},
		"the place vacated": func(t *testing.T, d *delegation) { must(t, d.Vacate(ctx, "lake", "a-1")) },
		"burnt": func(t *testing.T, d *delegation) {
			under, err := d.Recoveries(ctx, "lake")
			must(t, err)
			if len(under) != 1 || len(under[0].Vouchers) != 2 {
				t.Fatalf("under way are %+v", under)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDelegation(t)
			first, err := d.vouch(1, 0)
			must(t, err)
			second, err := d.vouch(2, 0)
			must(t, err)
			end(t, d)
			if name == "burnt" {
				for range 5 {
					_, _, err := d.Enter(ctx, linkToken(first), "wrong")
					wantKind(t, "wrong words", err, fault.KindForbidden)
				}
				if n := d.notices(t, "was burnt"); n[0] == 0 || n[4] != 0 {
					t.Errorf("%v are told that it was burnt", n)
				}
			}
			_, _, err = d.Enter(ctx, linkToken(first), spoken(second))
			wantKind(t, "entering", err, fault.KindForbidden)
			if under, err := d.Recoveries(ctx, "lake"); err != nil || len(under) != 0 {
				t.Errorf("under way are %+v, %v", under, err)
			}
			if name == "the place vacated" {
				return
			}
			if placeIn(t, d.house, d.people[0], "lake") != "a-1" {
				t.Error("the place was lost")
			}
			// And it can be begun again, by the same.
			first, err = d.vouch(1, 0)
			must(t, err)
			second, err = d.vouch(2, 0)
			must(t, err)
			peopletest.EnrolWith(t, d.Register, people.Secrets{Link: first.Link, Words: second.Words})
		})
	}
	d := newDelegation(t)
	wantKind(t, "cancelling none", d.CancelRecovery(ctx, d.places[1], d.places[0]), fault.KindNotFound)
	_, err := d.vouch(1, 0)
	must(t, err)
	wantKind(t, "cancelled from nowhere", d.CancelRecovery(ctx, people.Place{Process: "lake", Person: "x"}, d.places[0]), fault.KindNotFound)
	wantKind(t, "cancelled by another delegation", d.CancelRecovery(ctx, d.other, d.places[0]), fault.KindNotFound)
	d.pass(time.Minute)
	under, err := d.Recoveries(ctx, "lake")
	must(t, err)
	if len(under) != 1 {
		t.Errorf("under way are %+v", under)
	}
}

// A notice is of one account, and goes when it is dismissed.
func TestNotices(t *testing.T) {
	h := newHouse(t)
	p, other := h.enrol(t, "A"), h.enrol(t, "B")
	p.Add(t, h.Register, peopletest.NewAuthenticatorFor(h.Register))
	h.pass(time.Second)
	must(t, h.LosePasskey(ctx, p.Account, p.Passkeys()[0]))
	notices, err := h.Notices(ctx, p.Account)
	must(t, err)
	if len(notices) != 2 || !strings.Contains(notices[0].Words, "removed") || !strings.Contains(notices[1].Words, "added") {
		t.Fatalf("the notices are %+v", notices)
	}
	must(t, h.Dismiss(ctx, other.Account, notices[0].ID))
	must(t, h.Dismiss(ctx, p.Account, notices[1].ID))
	notices, err = h.Notices(ctx, p.Account)
	must(t, err)
	if len(notices) != 1 || !strings.Contains(notices[0].Words, "removed") {
		t.Errorf("the notices left are %+v", notices)
	}
}
