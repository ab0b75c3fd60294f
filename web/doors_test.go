package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"paraph/api"
	"paraph/people/peopletest"
)

// stale lets so much time go by that no passkey is fresh any more, while all are
// seen now and then.
func (h *hall) stale() {
	h.Helper()
	h.pass(6 * time.Minute)
	for _, v := range []*visitor{h.chair, h.north, h.south} {
		v.page("/account")
	}
}

// asked tells that an act is held back until the passkey is shown, and shows it.
func (v *visitor) asked(path string, form url.Values) (held url.Values) {
	v.Helper()
	w := v.post(path, form)
	body := w.Body.String()
	if w.Code != http.StatusForbidden || !strings.Contains(body, `data-passkey="fresh"`) {
		v.Fatalf("POST %s asks for no passkey: %d: %s", path, w.Code, said(w))
	}
	held = url.Values{}
	for _, f := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`).FindAllStringSubmatch(body, -1) {
		held.Add(f[1], f[2])
	}
	for name := range form {
		if held.Get(name) == "" && form.Get(name) != "" {
			v.Errorf("POST %s: the held form has lost %q", path, name)
		}
	}
	v.proves("fresh", nil)
	return held
}

// TestFreshPasskey holds back what no open window may do alone.
func TestFreshPasskey(t *testing.T) {
	h := newTown(t).opened("plenary")
	h.chair.done(h.at+"versions/new", keyed("symbol", "REV.1", "class", "chair's text", "draft", "---\nseats: NO, SO\n---\n\n1. The parties share the water.\n", "audience", "plenary"))
	clause := regexp.MustCompile(`id="c-([^"]+)"`).FindStringSubmatch(h.north.page(h.at + "text"))[1]
	print := regexp.MustCompile(`name="fingerprint" value="([^"]+)"`).FindStringSubmatch(h.north.page(h.at + "clauses/" + clause + "/position"))[1]
	version := regexp.MustCompile(`versions/([a-z-]{16,})"`).FindStringSubmatch(h.north.page(h.at + "versions"))[1]
	proposal := keyed("kind", "amend", "version", version, "clause", clause, "words", "1. The parties share it.", "audience", "internal:NO")
	h.north.done(h.at+"propose", proposal)

	nils := keyed("seat", "NO", "capacity", "member", "name", "Nils", "audience", "internal:NO")
	for _, act := range []struct {
		by   *visitor
		path string
		form url.Values
		want int
	}{
		{h.north, h.at + "proposals/" + proposal.Get("key") + "/clear", url.Values{"audience": {"plenary"}}, http.StatusSeeOther},
		{h.north, h.at + "clauses/" + clause + "/position", keyed("do", "consent", "level", "agreed", "fingerprint", print, "audience", "plenary"), http.StatusSeeOther},
		{h.north, h.at + "people", nils, http.StatusSeeOther},
		{h.north, h.at + "people/" + nils.Get("key") + "/invite", keyed(), http.StatusOK},
		{h.north, h.at + "people/" + nils.Get("key") + "/uninvite", keyed(), http.StatusSeeOther},
		{h.north, h.at + "people/" + nils.Get("key") + "/strike", keyed("seat", "NO"), http.StatusSeeOther},
		{h.chair, h.at + "seats", keyed("seat", "EU", "name", "Europe", "role", "observer"), http.StatusSeeOther},
		{h.chair, h.at + "seats/suspend", keyed("seat", "BA"), http.StatusSeeOther},
		{h.chair, h.at + "seats/restore", keyed("seat", "BA"), http.StatusSeeOther},
		{h.south, "/account/tokens", url.Values{"name": {"reader"}, "process": {string(h.id)}, "may": {"read"}, "for": {"day"}}, http.StatusOK},
	} {
		h.stale()
		held := act.by.asked(act.path, act.form)
		if w := act.by.post(act.path, held); w.Code != act.want {
			t.Errorf("POST %s, confirmed: %d, want %d: %s", act.path, w.Code, act.want, said(w))
		}
	}
	h.stale()
	h.north.done(h.at+"clauses/"+clause+"/position", keyed("do", "position", "on", "clause/"+clause, "position", "supports", "fingerprint", print, "audience", "plenary"))
	h.north.done(h.at+"clauses/"+clause+"/position", keyed("do", "consent", "level", "ad referendum", "fingerprint", print, "audience", "plenary"))
}

func TestLosingADevice(t *testing.T) {
	h := newTown(t).opened("plenary")
	first, phone := h.north.device, peopletest.NewAuthenticatorFor(h.register)
	h.north.device = phone
	h.north.proves("further", url.Values{"label": {"telephone"}})
	other := h.north.other()
	other.proves("sign-in", nil)

	// The telephone is lost: what it let in is out, what the first let in is not.
	page := h.north.page("/account")
	lost := regexp.MustCompile(`<b>telephone</b>(?s:.*?)action="(/account/passkeys/[^"]+/lost)"`).FindStringSubmatch(page)[1]
	h.north.done(lost, nil)
	if w := other.get(h.at + "text"); w.Code != http.StatusNotFound {
		t.Errorf("a session of the lost telephone still reads: %d", w.Code)
	}
	if to, status := other.passkey("sign-in", nil); status == http.StatusOK {
		t.Errorf("the lost telephone signs in, to %s", to)
	}
	h.north.page(h.at + "text")
	h.north.device = first
	h.north.proves("fresh", nil)
}

func TestLockingAll(t *testing.T) {
	h := newTown(t).opened("plenary")
	other := h.north.other()
	other.proves("sign-in", nil)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r := httptest.NewRequest(http.MethodGet, "/live?"+url.Values{"page": {h.at + "text"}}.Encode(), nil).WithContext(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		other.send(r)
	}()
	time.Sleep(50 * time.Millisecond) // so that the stream stands, most of the time
	h.north.done("/account/lock", nil)
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("a stream of a locked session stays open")
	}
	for _, v := range []*visitor{h.north, other} {
		if w := v.get(h.at + "text"); w.Code != http.StatusNotFound {
			t.Errorf("after the lock: %d", w.Code)
		}
	}
	h.north.proves("sign-in", nil)
	h.north.page(h.at + "text")
}

func TestStrikingLeavingAndSuspending(t *testing.T) {
	h := newTown(t).opened("plenary")
	nils := h.joins(h.north, "NO", "member", "Nils", "internal:NO")
	nils.page(h.at + "text")
	absent := func(v *visitor, why string) {
		t.Helper()
		same(t, why, v.get(h.at+"text"), v.get("/p/absent/text"), http.StatusNotFound)
		if strings.Contains(v.page("/"), "river") || strings.Contains(v.page("/account"), "river") {
			t.Errorf("%s: the title still shows", why)
		}
	}
	h.north.done(h.at+"people/"+h.persons[nils]+"/strike", keyed("seat", "NO"))
	absent(nils, "struck")
	if strings.Contains(h.south.page(h.at+"delegations"), "Nils") {
		t.Error("who was known inside alone shows to others when struck")
	}

	h.chair.done(h.at+"seats/suspend", keyed("seat", "SO", "reason", "Until the credentials are settled."))
	absent(h.south, "suspended")
	if !strings.Contains(h.basin.page(h.at+"delegations"), "Until the credentials are settled.") {
		t.Error("the table does not read of the suspension")
	}
	h.chair.done(h.at+"seats/restore", keyed("seat", "SO"))
	h.south.page(h.at + "text")

	h.basin.done("/account/places/"+string(h.id)+"/leave", nil)
	absent(h.basin, "left")
	if page := h.chair.page(h.at + "delegations"); !strings.Contains(page, "left") {
		t.Error("the record does not show who left")
	}
	w := h.chair.post("/account/places/"+string(h.id)+"/leave", nil)
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Accredit another head first") {
		t.Errorf("the last of the chair leaves: %d", w.Code)
	}
}

// TestComingBack lets somebody back in who has lost every device.
func TestComingBack(t *testing.T) {
	h := newTown(t).opened("plenary")
	nils, nora := h.joins(h.north, "NO", "member", "Nils", "internal:NO"), h.joins(h.north, "NO", "adviser", "Nina", "internal:NO")
	nils.done("/account/lost", nil)
	at := h.at + "people/" + h.persons[nils] + "/vouch"
	link, none := secretsOn(h.north.shown(at, keyed()))
	if link == "" || len(none) != 0 {
		t.Fatalf("the first who vouches is given %q and %q", link, none)
	}
	if w := h.north.post(at, keyed()); w.Code != http.StatusConflict {
		t.Errorf("one person vouches twice: %d", w.Code)
	}
	if w := h.south.post(at, keyed()); w.Code != http.StatusNotFound {
		t.Errorf("another delegation vouches: %d", w.Code)
	}
	if !strings.Contains(nora.page("/"), "Nils") && !strings.Contains(nora.page("/account"), "back") {
		t.Error("the delegation is not told")
	}
	_, words := secretsOn(nora.shown(at, keyed()))
	if len(words) != 6 {
		t.Fatalf("the second who vouches is given %q", words)
	}
	back := h.visitor()
	back.comes(link, words, "Nils again")
	back.page(h.at + "text")
}

func TestAdministrators(t *testing.T) {
	tn := newTown(t)
	h := tn.opened("public")
	admin := tn.administrator()
	page := admin.page("/admin")
	for _, secret := range []string{"river", "Northland", string(h.id), "/p/"} {
		if strings.Contains(page, secret) {
			t.Errorf("the administration shows %q", secret)
		}
	}
	same(t, "the administration for others", h.north.get("/admin"), h.north.get("/absent"), http.StatusNotFound)
	same(t, "opening for who may not", h.north.get("/new"), h.north.get("/absent"), http.StatusNotFound)
	account := regexp.MustCompile(`Nora North(?s:.*?)action="(/admin/people/[^"]+)"`).FindStringSubmatch(page)[1]
	admin.done(account, url.Values{"convene": {"yes"}})
	h.north.page("/new")
	admin.shown("/admin/invitations", url.Values{"name": {"Eve"}, "as": {"administrator"}})
	withdraw := regexp.MustCompile(`action="(/admin/invitations/[^"]+/withdraw)"`).FindStringSubmatch(admin.page("/admin"))[1]
	admin.done(withdraw, nil)
	if strings.Contains(admin.page("/admin"), "Eve") {
		t.Error("a withdrawn invitation still shows")
	}
	h.north.page(h.at + "text")
	admin.done(account+"/close", nil)
	same(t, "a page for whose account is closed", h.north.get("/account"), h.visitor().get("/account"), http.StatusSeeOther)
	if strings.Contains(admin.page("/admin"), "Nora North") {
		t.Error("a closed account still shows")
	}
}

// TestOpeningTwice sends one form twice, and tries to open what is another's.
func TestOpeningTwice(t *testing.T) {
	tn := newTown(t)
	carl, eve := tn.convener(), tn.convener()
	form := keyed("title", "The river talks", "regime", "without prejudice", "seat", "CH", "seat-name", "The Mediator", "audience", "plenary")
	first, again, others := carl.done("/new", form), carl.done("/new", form), eve.done("/new", form)
	if first != again || first == others {
		t.Errorf("the form opens %q, then %q; for another person %q", first, again, others)
	}
	form.Set("key", strings.Trim(strings.TrimSuffix(strings.TrimPrefix(first, "/p/"), "delegations?done=opened"), "/"))
	if stolen := eve.done("/new", form); stolen == first {
		t.Error("who knows the name of a process opens it for themselves")
	}
	bad := keyed("title", "X", "regime", "none", "seat", "CH", "seat-name", "The Mediator", "audience", "plenary")
	if w := carl.post("/new", bad); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `value="X"`) {
		t.Errorf("a slip: %d", w.Code)
	}
}

func TestTokens(t *testing.T) {
	h := newTown(t).opened("plenary")
	page := h.north.shown("/account/tokens", url.Values{"name": {"watcher"}, "process": {string(h.id)}, "may": {"act"}, "for": {"week"}})
	secret := regexp.MustCompile(`id="token">(paraph_[^<]+)<`).FindStringSubmatch(page)[1]
	found, err := h.register.Token(context.Background(), secret)
	if err != nil || !found.MayAct || found.MayBind || found.Place.Process != h.id {
		t.Errorf("the token is %+v: %v", found, err)
	}
	if strings.Contains(h.north.page("/account"), secret) {
		t.Error("a token is shown twice")
	}
	end := regexp.MustCompile(`action="(/account/tokens/[^"]+/end)"`).FindStringSubmatch(h.north.page("/account"))[1]
	if w := h.south.post(end, nil); w.Code != http.StatusNotFound {
		t.Errorf("another ends it: %d", w.Code)
	}
	h.north.done(end, nil)
	if _, err := h.register.Token(context.Background(), secret); err == nil {
		t.Error("an ended token opens something")
	}
}

// TestGuessersPayAlone lets an address guess until it is refused: a browser that
// is known gets in from the same address all the same, and so does everybody
// from elsewhere.
func TestGuessersPayAlone(t *testing.T) {
	tn := newTown(t)
	admin := tn.administrator()
	from := func(v *visitor, addr, what string) int {
		r := httptest.NewRequest(http.MethodPost, "/passkey/begin", strings.NewReader("for="+what))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = addr
		return v.send(r).Code
	}
	guesser, refused := tn.visitor(), 0
	for range 2000 {
		if from(guesser, "198.51.100.7:4000", "sign-in") == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused < 1000 {
		t.Errorf("of 2,000 guesses %d are refused", refused)
	}
	if code := from(admin, "198.51.100.7:4001", "sign-in"); code != http.StatusOK {
		t.Errorf("a known browser at the same address: %d", code)
	}
	if code := from(tn.visitor(), "198.51.100.8:4001", "sign-in"); code != http.StatusOK {
		t.Errorf("another address: %d", code)
	}
	for tn.server.limits.take("all of address 198.51.100.7", ofAddress) {
	}
	if code := from(admin, "198.51.100.7:4001", "sign-in"); code != http.StatusOK {
		t.Errorf("a known browser at an address that has sent all that it may: %d", code)
	}
	if code := from(guesser, "198.51.100.7:4001", "sign-in"); code != http.StatusTooManyRequests {
		t.Errorf("a guesser there: %d", code)
	}
	tn.pass(time.Minute)
	if code := from(guesser, "198.51.100.7:4000", "sign-in"); code != http.StatusOK {
		t.Errorf("a minute later: %d", code)
	}
	forged := tn.visitor()
	forged.cookies[knownCookie] = &http.Cookie{Name: knownCookie, Value: strings.Repeat("A", 26) + ".forged"}
	for range 400 {
		from(forged, "198.51.100.9:1", "sign-in")
	}
	if code := from(forged, "198.51.100.9:1", "sign-in"); code != http.StatusTooManyRequests {
		t.Errorf("a forged mark of a known browser: %d", code)
	}
}

// TestNothingFromElsewhere sends every form of every route as another site
// could: nothing changes, in the record and in the register.
func TestNothingFromElsewhere(t *testing.T) {
	h := newTown(t).opened("plenary")
	fill := strings.NewReplacer("{process}", string(h.id), "{person}", h.persons[h.south], "{proposal}", "p", "{clause}", "c", "{message}", "m",
		"{token}", "t", "{passkey}", "p", "{session}", "s", "{notice}", "n", "{account}", h.account(h.north), "{invitation}", "i")
	form := keyed("seat", "SO", "for", "sign-in", "title", "X", "name", "X", "capacity", "member", "regime", "on the record", "seat-name", "X", "audience", "plenary", "role", "party")
	state := func() string {
		all, err := h.desk.Entries(context.Background(), h.id, actor(chair).Lens())
		h.must(err)
		accounts, err := h.register.Accounts(context.Background())
		h.must(err)
		open, err := h.register.Invitations(context.Background(), "")
		h.must(err)
		sessions, err := h.register.Sessions(context.Background(), h.account(h.chair))
		h.must(err)
		for i := range sessions {
			sessions[i].Seen, sessions[i].Ended = time.Time{}, nil
		}
		return strconv.Itoa(len(all)) + "|" + strings.Join(strings.Fields(fmt.Sprint(accounts, open, sessions)), " ")
	}
	before, tried := state(), 0
	for _, pattern := range h.server.Patterns() {
		method, path, _ := strings.Cut(fill.Replace(pattern), " ")
		if method != http.MethodPost {
			continue
		}
		for what, headers := range map[string]map[string]string{
			"no word of where":  {},
			"another origin":    {"Origin": "https://elsewhere.example"},
			"a null origin":     {"Origin": "null"},
			"cross-site":        {"Origin": home_, "Sec-Fetch-Site": "cross-site"},
			"a sister site":     {"Origin": home_, "Sec-Fetch-Site": "same-site"},
			"a GET with fields": nil,
		} {
			tried++
			r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if headers == nil {
				r = httptest.NewRequest(http.MethodGet, path+"?"+form.Encode(), nil)
			}
			for name, value := range headers {
				r.Header.Set(name, value)
			}
			r.Host = "localhost:8300"
			for _, c := range h.chair.cookies {
				r.AddCookie(c)
			}
			w := httptest.NewRecorder()
			h.server.ServeHTTP(w, r)
			want := http.StatusForbidden
			if strings.HasPrefix(path, api.Prefix) { // from anywhere, but a cookie is nobody's there
				want = http.StatusNotFound
			}
			if headers != nil && w.Code != want {
				t.Errorf("%s, with %s: %d", pattern, what, w.Code)
			}
		}
	}
	if after := state(); after != before || tried < 100 {
		t.Errorf("after %d forms from elsewhere something changed:\n%s\n%s", tried, before, after)
	}
}

// TestHeadersOfTheDoor asks every route, signed in and not.
func TestHeadersOfTheDoor(t *testing.T) {
	h := newTown(t).opened("plenary")
	secure := New(h.desk, Options{People: h.register, URL: "https://talks.example.org", Clock: h.clock})
	for _, v := range []*visitor{h.chair, h.visitor()} {
		for _, pattern := range append(h.server.Patterns(), "GET /absent", "GET /assets/app.css") {
			method, path, _ := strings.Cut(strings.NewReplacer("{$}", "", "{process}", string(h.id), "{", "", "}", "").Replace(pattern), " ")
			if strings.Contains(path, "/lock") || strings.Contains(path, "sign-out") || strings.Contains(path, "account/lost") {
				continue
			}
			header := v.send(httptest.NewRequest(method, path, nil)).Header()
			for name, want := range map[string]string{
				"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Permissions-Policy": permissions,
				"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Strict-Transport-Security": "",
			} {
				if got := header.Get(name); got != want {
					t.Errorf("%s: %s is %q, want %q", pattern, name, got, want)
				}
			}
			if path != "/assets/app.css" && header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s may be kept: %q", pattern, header.Get("Cache-Control"))
			}
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Host = "talks.example.org"
	w := httptest.NewRecorder()
	secure.ServeHTTP(w, r)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Strict-Transport-Security"), "max-age=") {
		t.Errorf("over https: %d, %q", w.Code, w.Header().Get("Strict-Transport-Security"))
	}
	r.Host = "elsewhere.example"
	w = httptest.NewRecorder()
	if secure.ServeHTTP(w, r); w.Code != http.StatusMisdirectedRequest {
		t.Errorf("another name for this server: %d", w.Code)
	}
}

// TestNobodySitsByCookie tries what a demonstration allows.
func TestNobodySitsByCookie(t *testing.T) {
	h := newTown(t).opened("plenary")
	v := h.visitor()
	v.cookies["seat"] = &http.Cookie{Name: seatCookie(h.id), Value: "NO"}
	same(t, "a cookie of the demonstration", v.get(h.at+"text"), v.get("/p/absent/text"), http.StatusNotFound)
	same(t, "sitting down", v.post("/sit", url.Values{"process": {string(h.id)}, "seat": {"NO"}}), v.get("/absent"), http.StatusNotFound)
	if strings.Contains(h.north.page(h.at), `action="/sit"`) {
		t.Error("a page offers to sit as another")
	}
	if _, there, _ := h.register.PlaceOf(context.Background(), h.account(h.chair), "absent"); there {
		t.Error("a place in a process that is not there")
	}
}
