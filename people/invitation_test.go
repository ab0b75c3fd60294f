package people_test

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"paraph/fault"
	"paraph/people"
	"paraph/people/peopletest"
)

func linkToken(s people.Secrets) string { return strings.TrimPrefix(s.Link, "/invitation/") }

func spoken(s people.Secrets) string { return strings.Join(s.Words, " ") }

// An entry that must fail, always in the same words.
var badEntries = map[string]func(t *testing.T, h *house, i people.Invitation, s people.Secrets) (link, words string){
	"no link": func(_ *testing.T, _ *house, _ people.Invitation, s people.Secrets) (string, string) {
		return "", spoken(s)
	},
	"another link": func(_ *testing.T, _ *house, _ people.Invitation, s people.Secrets) (string, string) {
		return strings.Repeat("A", 59), spoken(s)
	},
	"a link with one letter changed": func(_ *testing.T, _ *house, _ people.Invitation, s people.Secrets) (string, string) {
		return changed(linkToken(s)), spoken(s)
	},
	"a link cut short": func(_ *testing.T, _ *house, _ people.Invitation, s people.Secrets) (string, string) {
		return linkToken(s)[:43], spoken(s)
	},
	"a ticket instead of the link": func(t *testing.T, h *house, _ people.Invitation, s people.Secrets) (string, string) {
		return peopletest.Enter(t, h.Register, s), spoken(s)
	},
	"withdrawn": func(t *testing.T, h *house, i people.Invitation, s people.Secrets) (string, string) {
		must(t, h.Withdraw(ctx, i.ID))
		return linkToken(s), spoken(s)
	},
	"over": func(_ *testing.T, h *house, _ people.Invitation, s people.Secrets) (string, string) {
		h.pass(people.InvitationTime)
		return linkToken(s), spoken(s)
	},
	"over and swept away": func(t *testing.T, h *house, _ people.Invitation, s people.Secrets) (string, string) {
		h.pass(people.InvitationTime)
		must(t, h.Sweep(ctx))
		return linkToken(s), spoken(s)
	},
	"made in the future": func(_ *testing.T, h *house, _ people.Invitation, s people.Secrets) (string, string) {
		h.pass(-time.Hour)
		return linkToken(s), spoken(s)
	},
	"used": func(t *testing.T, h *house, _ people.Invitation, s people.Secrets) (string, string) {
		peopletest.EnrolWith(t, h.Register, s)
		return linkToken(s), spoken(s)
	},
	"invited again": func(t *testing.T, h *house, i people.Invitation, s people.Secrets) (string, string) {
		_, _, err := h.Invite(ctx, "", i.For, i.Name)
		must(t, err)
		return linkToken(s), spoken(s)
	},
	"the place vacated": func(t *testing.T, h *house, i people.Invitation, s people.Secrets) (string, string) {
		must(t, h.Vacate(ctx, i.For.Place.Process, i.For.Place.Person))
		return linkToken(s), spoken(s)
	},
	"no words": func(_ *testing.T, _ *house, _ people.Invitation, s people.Secrets) (string, string) {
		return linkToken(s), ""
	},
	"five of the words": func(_ *testing.T, _ *house, _ people.Invitation, s people.Secrets) (string, string) {
		return linkToken(s), strings.Join(s.Words[:5], " ")
	},
	"the words turned": func(_ *testing.T, _ *house, _ people.Invitation, s people.Secrets) (string, string) {
		return linkToken(s), strings.Join(append(slices.Clone(s.Words[1:]), s.Words[0]), " ")
	},
	"far too many words": func(_ *testing.T, _ *house, _ people.Invitation, s people.Secrets) (string, string) {
		return linkToken(s), spoken(s) + strings.Repeat(" ", 1<<20)
	},
	"what is kept of them": func(_ *testing.T, _ *house, _ people.Invitation, s people.Secrets) (string, string) {
		return linkToken(s), "said"
	},
	"burnt": func(t *testing.T, h *house, _ people.Invitation, s people.Secrets) (string, string) {
		for range 5 {
			_, _, err := h.Enter(ctx, linkToken(s), "wrong")
			wantKind(t, "wrong words", err, fault.KindForbidden)
		}
		return linkToken(s), spoken(s)
	},
}

func TestBadEntries(t *testing.T) {
	for name, bad := range badEntries {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			i, secrets, err := h.Invite(ctx, "", people.Invited{Place: people.Place{Process: "lake", Person: "a-1"}}, "A")
			must(t, err)
			link, words := bad(t, h, i, secrets)
			ticket, _, err := h.Enter(ctx, link, words)
			if ticket != "" || fault.KindOf(err) != fault.KindForbidden || !strings.HasPrefix(err.Error(), "this invitation cannot be entered so (check the words; ") {
				t.Errorf("gives %q and %v", ticket, err)
			}
		})
	}
}

// Words may be typed as they are heard.
func TestWordsAsTheyAreHeard(t *testing.T) {
	h := newHouse(t)
	_, s, err := h.Invite(ctx, "", people.Invited{}, "A")
	must(t, err)
	for _, typed := range []string{
		spoken(s), strings.ToUpper(spoken(s)), strings.Join(s.Words, "-"), strings.Join(s.Words, ", ") + ".", "  " + strings.Join(s.Words, "\n") + "\t", strings.Join(s.Words, ""),
	} {
		if _, _, err := h.Enter(ctx, linkToken(s), typed); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// Right words cost no try; wrong ones do, and the fifth burns the invitation,
// which whoever invited is told.
func TestTries(t *testing.T) {
	h := newHouse(t)
	by := h.enrol(t, "Chair")
	i, s, err := h.Invite(ctx, by.Account, people.Invited{}, "A")
	must(t, err)
	if i.Tries != 5 || !i.Words || i.Expires.Sub(i.Made) != 7*24*time.Hour {
		t.Errorf("the invitation is %+v", i)
	}
	for range 6 {
		peopletest.Enter(t, h.Register, s)
	}
	for _, hint := range []string{"4 more tries", "3 more tries", "2 more tries", "one more try", "ask for another"} {
		open, err := h.Invitations(ctx, "")
		must(t, err)
		if len(open) != 1 {
			t.Fatalf("%d are open before the last try", len(open))
		}
		if _, _, err := h.Enter(ctx, linkToken(s), "wrong"); err == nil || !strings.Contains(err.Error(), hint) {
			t.Errorf("%v, want %q", err, hint)
		}
	}
	open, err := h.Invitations(ctx, "")
	must(t, err)
	notices, err := h.Notices(ctx, by.Account)
	must(t, err)
	if len(open) != 0 || len(notices) != 1 || !strings.Contains(notices[0].Words, "The invitation for A was burnt") {
		t.Errorf("open are %+v, and the chair is told %+v", open, notices)
	}
}

// Many wrong guesses at once are no more than five.
func TestTriesAtOnce(t *testing.T) {
	h := newHouse(t)
	_, s, err := h.Invite(ctx, "", people.Invited{}, "A")
	must(t, err)
	told := make(chan string)
	for range 12 {
		go func() {
			_, _, err := h.Enter(ctx, linkToken(s), "wrong")
			told <- err.Error()
		}()
	}
	looked := 0
	for range 12 {
		if told := <-told; strings.Contains(told, "more tr") {
			looked++
		}
	}
	if looked > 4 {
		t.Errorf("%d guesses were looked at, and more were to come", looked)
	}
	_, _, err = h.Enter(ctx, linkToken(s), spoken(s))
	wantKind(t, "the right words, when it is burnt", err, fault.KindForbidden)
}

func TestTickets(t *testing.T) {
	h := newHouse(t)
	_, s, err := h.Invite(ctx, "", people.Invited{}, "A")
	must(t, err)
	begin := func(ticket, name string) ([]byte, error) {
		options, err := h.BeginEnrolment(ctx, ticket, name, "")
		if err != nil {
			return nil, err
		}
		return peopletest.NewAuthenticatorFor(h.Register).Create(options)
	}
	for _, ticket := range []string{"", "x", linkToken(s), strings.Repeat("A", 59)} {
		_, err := begin(ticket, "")
		wantKind(t, "no ticket", err, fault.KindForbidden)
		_, err = h.FinishEnrolment(ctx, ticket, nil)
		wantKind(t, "no ticket", err, fault.KindForbidden)
	}
	late := peopletest.Enter(t, h.Register, s)
	response, err := begin(late, "")
	must(t, err)
	h.pass(people.TicketTime)
	_, err = h.FinishEnrolment(ctx, late, response)
	wantKind(t, "a ticket that is over", err, fault.KindForbidden)

	ticket, second := peopletest.Enter(t, h.Register, s), peopletest.Enter(t, h.Register, s)
	_, err = h.FinishEnrolment(ctx, ticket, response)
	wantKind(t, "an enrolment that was not begun", err, fault.KindForbidden)
	earlier, err := begin(ticket, "")
	must(t, err)
	_, err = begin(ticket, "a\u202ename")
	wantKind(t, "a name that turns letters about", err, fault.KindInvalid)
	latest, err := begin(ticket, "A. Name")
	must(t, err)
	_, err = h.FinishEnrolment(ctx, ticket, earlier)
	wantKind(t, "an enrolment that was begun again", err, fault.KindForbidden)
	other, err := begin(second, "")
	must(t, err)
	_, err = h.FinishEnrolment(ctx, ticket, other)
	wantKind(t, "the answer to another ticket", err, fault.KindForbidden)
	token, err := h.FinishEnrolment(ctx, ticket, latest)
	must(t, err)
	if session, err := h.Session(ctx, token); err != nil || session.Name != "A. Name" {
		t.Errorf("the session is %+v, %v", session, err)
	}
	_, err = h.FinishEnrolment(ctx, ticket, latest)
	wantKind(t, "a ticket used already", err, fault.KindForbidden)
	_, err = h.FinishEnrolment(ctx, second, other)
	wantKind(t, "another ticket for an invitation that was used", err, fault.KindForbidden)
	if all, err := h.Accounts(ctx); err != nil || len(all) != 1 {
		t.Errorf("there are %d accounts, %v", len(all), err)
	}
}

// The words are about 60 bits, short, and told apart by their first letters.
func TestListOfWords(t *testing.T) {
	b, err := os.ReadFile("words/words.txt")
	must(t, err)
	words := strings.Fields(string(b))
	if bits := 6 * math.Log2(float64(len(words))); bits < 60 || len(words) > 2048 {
		t.Errorf("six of %d words are worth %.1f bits, want 60", len(words), bits)
	}
	begins := map[string]string{}
	for _, w := range words {
		if len(w) > 9 || len(w) < 3 || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is not a short plain word", w)
			continue
		}
		if other := begins[w[:3]]; other != "" {
			t.Errorf("%q begins as %q does", w, other)
		}
		begins[w[:3]] = w
	}
	h := newHouse(t)
	seen := map[string]bool{}
	for range 20 {
		_, s, err := h.Invite(ctx, "", people.Invited{}, "A")
		must(t, err)
		if len(s.Words) != 6 || seen[spoken(s)] {
			t.Errorf("%q is not six words of its own", s.Words)
		}
		seen[spoken(s)] = true
		for _, w := range s.Words {
			if !slices.Contains(words, w) {
				t.Errorf("%q is not of the list", w)
			}
		}
	}
}

// The first administrator's link asks for no words, is good for a day and one
// account, and a later one takes its place. Another program can make it.
func TestFirstLink(t *testing.T) {
	h := newHouse(t)
	earlier, err := h.First(ctx)
	must(t, err)
	beside := &house{path: h.path, now: h.clock()}
	beside.open(t)
	secrets, err := beside.First(ctx)
	must(t, err)
	beside.close(t)
	_, _, err = h.Enter(ctx, linkToken(earlier), "")
	wantKind(t, "an earlier link", err, fault.KindForbidden)
	if asks, err := h.AsksWords(ctx, linkToken(secrets)); asks || err != nil {
		t.Errorf("the link asks for words: %v, %v", asks, err)
	}
	for _, link := range []string{linkToken(earlier), "", "x", changed(linkToken(secrets))} {
		if asks, err := h.AsksWords(ctx, link); !asks || err != nil {
			t.Errorf("a link that is none asks for no words: %v", err)
		}
	}
	p := peopletest.EnrolWith(t, h.Register, secrets)
	if a, err := h.Account(ctx, p.Account); err != nil || !a.Administrator {
		t.Errorf("the account is %+v, %v", a, err)
	}
	_, _, err = h.Enter(ctx, linkToken(secrets), "")
	wantKind(t, "a link used already", err, fault.KindForbidden)
	secrets, err = h.First(ctx)
	must(t, err)
	h.pass(people.FirstTime)
	_, _, err = h.Enter(ctx, linkToken(secrets), "")
	wantKind(t, "a link after a day", err, fault.KindForbidden)
}
