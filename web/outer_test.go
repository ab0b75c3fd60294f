package web

import (
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"paraph/draft"
	"paraph/page"
	"paraph/people"
	"paraph/record"
)

// TestTemplatesOfPeople executes each with its zero view and with a full one.
func TestTemplatesOfPeople(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	seat := SeatName{Code: "NO", Name: "Northland", Class: "seat-1", Role: "party"}
	form := Form{Key: "k", Wrong: "that is wrong", Hint: "do it right", filled: map[string][]string{"name": {"X"}}}
	invitation := people.Invitation{ID: "i", Name: "Eve", Expires: at, For: people.Invited{Administrator: true}}
	who := Who{Door: true, Name: "Ada", Administrator: true, MayConvene: true}
	full := ownAccount{
		Account: people.Account{Name: "Ada"}, Form: form, Now: at, Here: "s",
		Passkeys: []people.Passkey{{ID: "p", Label: "key ring", Made: at, Locked: true, Synced: true}, {ID: "q"}},
		Sessions: []people.Session{{ID: "s"}, {ID: "o"}},
		Places:   []ownPlace{{Process: ProcessName{"talks", "Talks"}, Seat: seat, Capacity: record.Head}, {Gone: true}},
		Tokens:   []people.Token{{ID: "t", Name: "watcher", Place: people.Place{Process: "talks"}, MayBind: true}},
		Notices:  []people.Notice{{ID: "n", At: at, Words: "A passkey was added."}},
	}
	nils := member{Title: "Nils", Known: true, In: true, Invites: true, Strikes: true, Vouches: true, Objects: true, Mine: true, Invited: &invitation, Recovery: &people.Recovery{}}
	form.table = &membership{Path: "/p/talks/", Admits: true, Invites: true, To: []choice{{"plenary", "Plenary", ""}}, Seats: []seatMembers{{
		Seat: seat, Suspended: true, Suspends: true, Restores: true, Capacities: []record.Capacity{record.Head}, To: []choice{{"plenary", "Plenary", ""}},
		People: []member{nils, {Title: "Nina", Invites: true, Invited: &invitation}},
	}}}
	for name, all := range map[string][]templ.Component{
		"outer":      {outer(Outer{Body: plainWords("")}), outer(Outer{Title: "T", Note: "N", Who: who, Demo: true, Body: plainWords("B")})},
		"plea":       {plea("", nil, ""), plea("clear it", []field{{"a", "b"}}, "/p/talks/x")},
		"secrets":    {secretsPage(secrets{}), secretsPage(secrets{For: "Eve", Link: "http://x/invitation/y", Words: []string{"one"}, Expires: at, Back: "/"})},
		"vouch":      {vouchPage(secrets{}, ""), vouchPage(secrets{Link: "l"}, "Nils")},
		"sign in":    {signInPage(signingIn{}), signInPage(signingIn{Refused: "No.", First: "the ministry"}), signInPage(signingIn{First: "x", FirstDone: true})},
		"invitation": {invitationPage(invited{}), invitationPage(invited{Path: "/x", Wordless: true, Wrong: "no", Hint: "ask"})},
		"enrolment":  {enrolmentPage(enrolling{}), enrolmentPage(enrolling{What: "W", Name: "N", Process: "P", Seat: seat, Capacity: "head", Mine: "Ada"})},
		"second":     {secondPasskey(), elsewherePage("https://issuer.example/")},
		"account":    {accountPage(ownAccount{}), accountPage(full), tokenPage("", people.Token{}), tokenPage("paraph_x", people.Token{Name: "x", MayAct: true, Expires: at})},
		"admin":      {adminPage(administration{}), adminPage(administration{Form: form, People: []people.Account{{ID: "a", Name: "Ada", Administrator: true, MayConvene: true}}, Invitations: []people.Invitation{invitation, {}}})},
		"convene":    {convenePage("", Form{}), convenePage("Ada", form)},
		"membership": {membershipForms(Form{}), membershipForms(form)},
		"issue":      {issueForm(issuing{}, Form{}), issueForm(issuing{path: "/p/talks/versions", to: []choice{{"public", "Public", ""}}}, form), issuePreview(draft.Counts{}, page.TextView{Text: new(draft.Text)})},
		"home":       {processList(home{}), processList(home{who: who, alone: true, notices: full.Notices, cards: []processCard{{Sitting: seat, Held: []SeatName{seat}}}})},
	} {
		for i, c := range all {
			body := markup(c)
			if odd := leftover.FindString(body); odd != "" || strings.Contains(body, "&lt;nil&gt;") {
				t.Errorf("%s, view %d: shows %q", name, i, odd)
			}
		}
	}
}
