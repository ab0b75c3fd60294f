package web

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// callers is who asks in the table below, in its order: nobody, the administrator
// of the machine, the chair, the head of a delegation, a member whom only that
// delegation knows, the head of another, and one who was struck.
var callers = []string{"nobody", "administrator", "chair", "north", "nils", "south", "struck"}

const (
	all200     = "200 200 200 200 200 200 200"
	all403     = "403 403 403 403 403 403 403"
	toTheDoor  = "303 200 200 200 200 200 200" // nobody is led to the door
	signedIn   = "403 303 303 303 303 303 303"
	ownThing   = "403 404 404 404 404 404 404" // there is no such thing of one's own
	theirs     = "403 404 404 404 404 404 404"
	seated_    = "404 404 200 200 200 200 404"
	absentHere = "404 404 404 404 404 404 404"
)

// townAccess says by hand what each route of people answers to whom, where all
// have just shown their passkeys. {nils} is the member, {south} the other head,
// {new} one accredited for the head's delegation alone who is not in yet.
var townAccess = []struct {
	pattern, path string
	form          url.Values
	want          string
}{
	{"GET /sign-in", "/sign-in", nil, all200},
	{"POST /sign-in/first", "/sign-in/first", url.Values{}, absentHere}, // no organisation is named
	{"GET /sign-in/first", "/sign-in/first?code=x&state=y", nil, absentHere},
	{"POST /sign-out", "/sign-out", url.Values{}, signedIn},
	{"POST /passkey/begin", "/passkey/begin", url.Values{"for": {"sign-in"}}, all200},
	{"POST /passkey/begin", "/passkey/begin", url.Values{"for": {"fresh"}}, "403 200 200 200 200 200 200"},
	{"POST /passkey/begin", "/passkey/begin", url.Values{"for": {"further"}}, "403 200 200 200 200 200 200"},
	{"POST /passkey/begin", "/passkey/begin", url.Values{"for": {"enrolment"}, "name": {"X"}}, all403}, // without a ticket
	{"POST /passkey/begin", "/passkey/begin", url.Values{"for": {"none"}}, "400 400 400 400 400 400 400"},
	{"POST /passkey/finish", "/passkey/finish", url.Values{"for": {"sign-in"}}, "400 400 400 400 400 400 400"},
	{"POST /passkey/finish", "/passkey/finish", url.Values{"for": {"sign-in"}, "response": {"{}"}}, all403},
	{"GET /invitation/{token}", "/invitation/absent", nil, all200}, // the same for what never was
	{"POST /invitation/{token}", "/invitation/absent", url.Values{"words": {"one two three four five six"}}, all403},
	{"POST /enrolment/accept", "/enrolment/accept", url.Values{}, all403},

	{"GET /account", "/account", nil, toTheDoor},
	{"GET /account/second", "/account/second", nil, toTheDoor},
	{"POST /account/passkeys/{passkey}/lost", "/account/passkeys/absent/lost", url.Values{}, ownThing},
	{"POST /account/lock", "/account/lock", url.Values{}, signedIn},
	{"POST /account/lost", "/account/lost", url.Values{}, signedIn},
	{"POST /account/sessions/{session}/end", "/account/sessions/absent/end", url.Values{}, ownThing},
	{"POST /account/places/{process}/leave", "/account/places/absent/leave", url.Values{}, ownThing},
	{"POST /account/places/{process}/leave", "/account/places/{process}/leave", url.Values{}, "403 404 409 303 303 303 404"}, // the last of the chair stays
	{"POST /account/tokens", "/account/tokens", url.Values{"name": {"X"}, "process": {"{process}"}, "may": {"read"}}, "403 404 200 200 200 200 404"},
	{"POST /account/tokens/{token}/end", "/account/tokens/absent/end", url.Values{}, ownThing},
	{"POST /account/notices/{notice}/dismiss", "/account/notices/absent/dismiss", url.Values{}, signedIn}, // gone is gone

	{"GET /admin", "/admin", nil, "303 200 404 404 404 404 404"},
	{"POST /admin/people/{account}", "/admin/people/absent", url.Values{}, theirs},
	{"POST /admin/people/{account}/close", "/admin/people/absent/close", url.Values{}, theirs},
	{"POST /admin/invitations", "/admin/invitations", url.Values{"name": {"X"}}, "403 200 404 404 404 404 404"},
	{"POST /admin/invitations/{invitation}/withdraw", "/admin/invitations/absent/withdraw", url.Values{}, theirs},

	{"GET /new", "/new", nil, "303 200 200 404 404 404 404"}, // the first administrator may convene too
	{"POST /new", "/new", keyed("title", "X", "regime", "on the record", "seat", "CH", "seat-name", "X", "audience", "plenary"), "403 303 303 404 404 404 404"},

	{"GET /p/{process}/delegations", "/p/{process}/delegations", nil, seated_},
	{"GET /p/{process}/versions/new", "/p/{process}/versions/new", nil, seated_},
	{"GET /p/{process}/text", "/p/absent/text", nil, absentHere},
	{"POST /p/{process}/people/{person}/invite", "/p/{process}/people/{new}/invite", keyed(), "404 404 404 200 403 404 404"},
	{"POST /p/{process}/people/{person}/invite", "/p/{process}/people/{nils}/invite", keyed(), "404 404 404 409 403 404 404"},  // in already
	{"POST /p/{process}/people/{person}/invite", "/p/{process}/people/{south}/invite", keyed(), "404 404 409 404 404 403 404"}, // heads are the chair's to invite
	{"POST /p/{process}/people/{person}/invite", "/p/{process}/people/absent/invite", keyed(), absentHere},
	{"POST /p/{process}/people/{person}/uninvite", "/p/{process}/people/{nils}/uninvite", keyed(), "404 404 404 403 403 404 404"}, // there is none
	{"POST /p/{process}/people/{person}/uninvite", "/p/{process}/people/absent/uninvite", keyed(), absentHere},
	{"POST /p/{process}/people/{person}/vouch", "/p/{process}/people/{nils}/vouch", keyed(), "404 404 404 200 409 404 404"}, // nobody vouches for oneself
	{"POST /p/{process}/people/{person}/vouch", "/p/{process}/people/{south}/vouch", keyed(), "404 404 409 404 404 409 404"},
	{"POST /p/{process}/people/{person}/vouch", "/p/{process}/people/absent/vouch", keyed(), absentHere},
	{"POST /p/{process}/people/{person}/object", "/p/{process}/people/{nils}/object", keyed(), "404 404 404 409 409 404 404"},
	{"POST /p/{process}/people/{person}/object", "/p/{process}/people/absent/object", keyed(), absentHere},
}

// TestTownAccess holds every route of people to the table. What changes something
// is asked in a town of its own, and whoever is refused is asked first.
func TestTownAccess(t *testing.T) {
	looked := map[string]bool{}
	var calm *peopled
	for _, row := range townAccess {
		looked[row.pattern] = true
		if calm == nil {
			calm = newPeopled(t)
		}
		want := strings.Fields(row.want)
		for _, i := range refusedFirst(want) {
			form := url.Values{}
			for name := range row.form {
				form.Set(name, calm.fill.Replace(row.form.Get(name)))
			}
			v := calm.who[callers[i]]
			w := v.get(calm.fill.Replace(row.path))
			if row.form != nil {
				w = v.post(calm.fill.Replace(row.path), form)
			}
			if got := strconv.Itoa(w.Code); got != want[i] {
				t.Errorf("%s (%s %v), asked by %s: %s, want %s: %s", row.pattern, row.path, row.form, callers[i], got, want[i], said(w))
			}
		}
		if row.form != nil && (strings.Contains(row.want, "303") || strings.Contains(row.want, "200") && !strings.HasPrefix(row.path, "/passkey/")) {
			calm = nil
		}
	}
	for _, r := range append(calm.server.doors(), calm.server.waysIn()...) {
		if !looked[r.pattern] {
			t.Errorf("%s is not in the table of access", r.pattern)
		}
	}
}

// peopled is a table with one caller of each kind.
type peopled struct {
	*hall
	who  map[string]*visitor
	fill *strings.Replacer
}

func newPeopled(t *testing.T) *peopled {
	h := newTown(t).opened("plenary")
	nils, struck := h.joins(h.north, "NO", "member", "Nils", "internal:NO"), h.joins(h.north, "NO", "adviser", "Stina", "internal:NO")
	h.north.done(h.at+"people/"+h.persons[struck]+"/strike", keyed("seat", "NO"))
	guest := keyed("seat", "NO", "capacity", "member", "name", "Nanna", "audience", "internal:NO")
	h.north.done(h.at+"people", guest)
	return &peopled{h, map[string]*visitor{
		"nobody": h.visitor(), "administrator": h.administrator(), "chair": h.chair, "north": h.north, "nils": nils, "south": h.south, "struck": struck,
	}, strings.NewReplacer("{process}", string(h.id), "{nils}", h.persons[nils], "{south}", h.persons[h.south], "{new}", guest.Get("key"))}
}
