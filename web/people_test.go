package web

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"paraph/desk"
	"paraph/people"
	"paraph/people/peopletest"
	"paraph/record"
	"paraph/store/sqlite"
)

const home_ = "http://localhost:8300"

// town is a server where people have accounts, with its record and its register.
type town struct {
	*testing.T
	desk     *desk.Desk
	register *people.Register
	server   *Server

	mu  sync.Mutex
	now time.Time
}

func newTown(t *testing.T) *town {
	t.Helper()
	tn := &town{T: t, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	log, err := sqlite.Open(filepath.Join(t.TempDir(), "record"))
	tn.must(err)
	book, err := sqlite.OpenBook(filepath.Join(t.TempDir(), "people"))
	tn.must(err)
	tn.register, err = people.New(book, people.Options{Clock: tn.clock, URL: home_})
	tn.must(err)
	tn.desk = desk.New(log, desk.Options{Clock: tn.clock})
	tn.server = New(tn.desk, Options{
		People: tn.register, URL: home_, Clock: tn.clock, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	t.Cleanup(func() {
		if err := tn.desk.Check(context.Background()); err != nil {
			t.Errorf("the record does not hold: %v", err)
		}
		for _, close := range []func() error{tn.register.Close, book.Close, log.Close} {
			if err := close(); err != nil {
				t.Error(err)
			}
		}
	})
	return tn
}

func (tn *town) clock() time.Time {
	tn.mu.Lock()
	defer tn.mu.Unlock()
	tn.now = tn.now.Add(time.Millisecond)
	return tn.now
}

// pass lets time go by.
func (tn *town) pass(d time.Duration) {
	tn.mu.Lock()
	defer tn.mu.Unlock()
	tn.now = tn.now.Add(d)
}

func (tn *town) must(err error) {
	tn.Helper()
	if err != nil {
		tn.Fatal(err)
	}
}

// visitor is a person at a browser, with a device of their own.
type visitor struct {
	*town
	device  *peopletest.Authenticator
	cookies map[string]*http.Cookie
}

func (tn *town) visitor() *visitor {
	return &visitor{tn, peopletest.NewAuthenticatorFor(tn.register), map[string]*http.Cookie{}}
}

// on gives another browser of the same person, with the same device.
func (v *visitor) other() *visitor { return &visitor{v.town, v.device, map[string]*http.Cookie{}} }

func (v *visitor) send(r *http.Request) *httptest.ResponseRecorder {
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	v.server.ServeHTTP(w, v.dressed(r))
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 || c.Value == "" {
			delete(v.cookies, c.Name)
		} else {
			v.cookies[c.Name] = c
		}
	}
	return w
}

// dressed makes a request one of our own pages', unless it says otherwise.
func (v *visitor) dressed(r *http.Request) *http.Request {
	r.Host = "localhost:8300"
	if r.Method == http.MethodPost && len(r.Header["Sec-Fetch-Site"]) == 0 && r.Header.Get("Origin") == "" {
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	return r
}

func (v *visitor) get(path string) *httptest.ResponseRecorder {
	return v.send(httptest.NewRequest(http.MethodGet, path, nil))
}

func (v *visitor) post(path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.send(r)
}

// done posts what must be done, and gives where it leads.
func (v *visitor) done(path string, form url.Values) string {
	v.Helper()
	w := v.post(path, form)
	if w.Code != http.StatusSeeOther {
		v.Fatalf("POST %s: %d: %s", path, w.Code, said(w))
	}
	return w.Header().Get("Location")
}

// shown posts what is answered by a page right there, and gives the page.
func (v *visitor) shown(path string, form url.Values) string {
	v.Helper()
	w := v.post(path, form)
	if w.Code != http.StatusOK {
		v.Fatalf("POST %s: %d: %s", path, w.Code, said(w))
	}
	return w.Body.String()
}

// page gives a page that must be there.
func (v *visitor) page(path string) string {
	v.Helper()
	w := v.get(path)
	if w.Code != http.StatusOK {
		v.Fatalf("GET %s: %d: %s", path, w.Code, said(w))
	}
	return w.Body.String()
}

// passkey goes through a ceremony as the script does, and gives where it leads
// and the status of the refusal, if it was refused.
func (v *visitor) passkey(what string, fields url.Values) (to string, status int) {
	v.Helper()
	if fields == nil {
		fields = url.Values{}
	}
	fields.Set("for", what)
	w := v.post("/passkey/begin", fields)
	if w.Code != http.StatusOK {
		return w.Body.String(), w.Code
	}
	var asked struct {
		Options  json.RawMessage
		Ceremony string
	}
	v.must(json.Unmarshal(w.Body.Bytes(), &asked))
	use := v.device.Get
	if what == "enrolment" || what == "further" {
		use = v.device.Create
	}
	response, err := use(asked.Options)
	v.must(err)
	fields.Set("ceremony", asked.Ceremony)
	fields.Set("response", string(response))
	w = v.post("/passkey/finish", fields)
	var led struct{ To, Words string }
	v.must(json.Unmarshal(w.Body.Bytes(), &led))
	return led.To + led.Words, w.Code
}

// must passkey.
func (v *visitor) proves(what string, fields url.Values) string {
	v.Helper()
	to, status := v.passkey(what, fields)
	if status != http.StatusOK {
		v.Fatalf("the passkey for %s: %d: %s", what, status, to)
	}
	return to
}

// secretsOn reads a link and six words from a page that shows them once.
func secretsOn(page string) (link string, words []string) {
	if found := regexp.MustCompile(`id="link">` + home_ + `(/invitation/[^<]+)<`).FindStringSubmatch(page); found != nil {
		link = found[1]
	}
	for _, w := range regexp.MustCompile(`<li>([a-z]+)</li>`).FindAllStringSubmatch(page, -1) {
		words = append(words, w[1])
	}
	return link, words
}

// comes in through a link and words, and makes an account.
func (v *visitor) comes(link string, words []string, name string) {
	v.Helper()
	v.shown(link, url.Values{"words": {strings.Join(words, " ")}})
	v.proves("enrolment", url.Values{"name": {name}})
}

// administrator is the first of a machine.
func (tn *town) administrator() *visitor {
	tn.Helper()
	secrets, err := tn.register.First(context.Background())
	tn.must(err)
	v := tn.visitor()
	v.comes(secrets.Link, nil, "Ada Root")
	return v
}

// convener is somebody who may open processes.
func (tn *town) convener() *visitor {
	tn.Helper()
	link, words := secretsOn(tn.administrator().shown("/admin/invitations", url.Values{"name": {"Carl Mediator"}, "as": {"convener"}}))
	v := tn.visitor()
	v.comes(link, words, "Carl Mediator")
	return v
}

// hall is a process with a chair, two parties with a head each, and an observer.
type hall struct {
	*town
	at                         string // "/p/…/"
	id                         record.ProcessID
	chair, north, south, basin *visitor
	persons                    map[*visitor]string
}

var drawn = 0

func nextKey() string {
	drawn++
	return "key-of-a-form-" + strings.Repeat("x", 8) + string(rune('a'+drawn/26%26)) + string(rune('a'+drawn%26)) + string(rune('a'+drawn/676))
}

func keyed(pairs ...string) url.Values {
	f := url.Values{"key": {nextKey()}}
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

func (tn *town) opened(audience string) *hall {
	tn.Helper()
	h := &hall{town: tn, chair: tn.convener(), persons: map[*visitor]string{}}
	to := h.chair.done("/new", keyed("title", "The river talks", "question", "Whose is the water?", "regime", "without prejudice",
		"languages", "en fr", "seat", "CH", "seat-name", "The Mediator", "audience", audience))
	h.at = strings.TrimSuffix(to, "delegations?done=opened")
	h.id = record.ProcessID(strings.Trim(strings.TrimPrefix(h.at, "/p/"), "/"))
	for _, seat := range [][3]string{{"NO", "Northland", "party"}, {"SO", "Southmark", "party"}, {"BA", "Basin Commission", "observer"}} {
		h.chair.done(h.at+"seats", keyed("seat", seat[0], "name", seat[1], "role", seat[2], "audience", "plenary"))
	}
	h.north = h.joins(h.chair, "NO", "head", "Nora North", "plenary")
	h.south = h.joins(h.chair, "SO", "head", "Saul South", "plenary")
	h.basin = h.joins(h.chair, "BA", "head", "Bea Basin", "plenary")
	return h
}

// joins lets somebody be accredited and invited by another, and come in.
func (h *hall) joins(by *visitor, seat, capacity, name, audience string) *visitor {
	h.Helper()
	form := keyed("seat", seat, "capacity", capacity, "name", name, "audience", audience, "invite", "yes")
	link, words := secretsOn(by.shown(h.at+"people", form))
	if link == "" || len(words) != 6 {
		h.Fatalf("the invitation shows %q and %q", link, words)
	}
	v := h.visitor()
	h.persons[v] = form.Get("key")
	v.comes(link, words, name)
	return v
}

func (h *hall) account(v *visitor) string {
	h.Helper()
	s, err := h.register.Session(context.Background(), v.cookies[sessionCookie].Value)
	h.must(err)
	return s.Account
}

func TestFromTheFirstLinkToAProposal(t *testing.T) {
	h := newTown(t).opened("plenary")
	h.chair.done(h.at+"versions/new", keyed("symbol", "REV.1", "class", "chair's text", "draft", "---\nseats: NO, SO\n---\n\n1. The parties share the water.\n", "audience", "plenary"))
	text := h.north.page(h.at + "text")
	clause := regexp.MustCompile(`id="c-([^"]+)"`).FindStringSubmatch(text)[1]
	version := regexp.MustCompile(`versions/([a-z-]{16,})"`).FindStringSubmatch(h.north.page(h.at + "versions"))[1]
	h.north.done(h.at+"propose", keyed("kind", "amend", "version", version, "clause", clause, "words", "1. The parties share Kingfisher.", "audience", "offices:NO"))
	for v, sees := range map[*visitor]bool{h.chair: true, h.north: true, h.south: false, h.basin: false} {
		if got := strings.Contains(v.page(h.at+"text"), "Kingfisher"); got != sees {
			t.Errorf("%s sees the proposal: %v, want %v", h.persons[v], got, sees)
		}
	}
	for v, seat := range map[*visitor]string{h.chair: "CH", h.north: "NO", h.south: "SO", h.basin: "BA"} {
		if page := v.page("/"); !strings.Contains(page, "The river talks") || !strings.Contains(page, seat) {
			t.Errorf("%s does not find the process at /", seat)
		}
	}
	outsider := h.visitor()
	absent := outsider.get("/p/absent/text")
	same(t, "the process for nobody", outsider.get(h.at+"text"), absent, http.StatusNotFound)
	same(t, "the process for the administrator of the machine", h.administrator().get(h.at+"text"), h.administrator().get("/p/absent/text"), http.StatusNotFound)
	if page := outsider.page("/"); strings.Contains(page, "river") || !strings.Contains(page, "Sign in with a passkey") {
		t.Error("before signing in there is more than the sign-in page, or less")
	}
}

func TestSigningIn(t *testing.T) {
	h := newTown(t).opened("plenary")
	again := h.north.other()
	if to := again.proves("sign-in", url.Values{"back": {h.at + "text"}}); to != h.at+"text" {
		t.Errorf("signing in leads to %q", to)
	}
	if page := again.page(h.at + "delegations"); !strings.Contains(page, "Nora North") {
		t.Error("signed in again, the seat is not there")
	}
	for name, c := range again.cookies {
		if !strings.HasPrefix(name, "__Host-") || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("the cookie %s is %+v", name, c)
		}
	}
	stranger := h.visitor()
	stranger.device = peopletest.NewAuthenticatorFor(h.register)
	again.done("/sign-out", nil)
	same(t, "signed out", again.get(h.at+"text"), stranger.get("/p/absent/text"), http.StatusNotFound)
}

func TestSixWordsComeFirst(t *testing.T) {
	tn := newTown(t)
	h := tn.opened("plenary")
	form := keyed("seat", "NO", "capacity", "member", "name", "Nils", "audience", "internal:NO", "invite", "yes")
	link, words := secretsOn(h.north.shown(h.at+"people", form))
	guest := tn.visitor()
	asked, never := guest.get(link), guest.get("/invitation/"+strings.Repeat("A", 43))
	if a, b := strings.ReplaceAll(asked.Body.String(), link, ""), strings.ReplaceAll(never.Body.String(), "/invitation/"+strings.Repeat("A", 43), ""); a != b || asked.Code != never.Code {
		t.Error("a link that was made out can be told from one that never was")
	}
	wrong := slices.Clone(words)
	wrong[2] = "none"
	w := guest.post(link, url.Values{"words": {strings.Join(wrong, " ")}})
	if w.Code == http.StatusOK || strings.Contains(w.Body.String(), "river") || guest.cookies[ticketCookie] != nil {
		t.Errorf("wrong words: %d", w.Code)
	}
	page := guest.shown(link, url.Values{"words": {strings.ToUpper(strings.Join(words, "  "))}})
	for _, want := range []string{"The river talks", "Northland", "member", "Nils"} {
		if !strings.Contains(page, want) {
			t.Errorf("the invitation does not say %q", want)
		}
	}
	if to := guest.proves("enrolment", url.Values{"name": {"Nils Nord"}}); to != "/account/second" {
		t.Errorf("after the first passkey comes %q", to)
	}
	if !strings.Contains(guest.page("/"), "You have one passkey") {
		t.Error("no notice asks for a second passkey")
	}
	device := guest.device
	guest.device = peopletest.NewAuthenticatorFor(tn.register)
	guest.proves("further", url.Values{"label": {"key ring"}})
	if strings.Contains(guest.page("/"), "You have one passkey") || !strings.Contains(guest.page("/account"), "key ring") {
		t.Error("the second passkey is not there, or the notice stays")
	}
	guest.device = device
	late := tn.visitor()
	if w := late.post(link, url.Values{"words": {strings.Join(words, " ")}}); w.Code == http.StatusOK {
		t.Error("an invitation opens twice")
	}
}

func TestDelegationsOffer(t *testing.T) {
	h := newTown(t).opened("plenary")
	for v, wants := range map[*visitor][2][]string{
		h.chair: {{"Admit a seat", "Accredit somebody for NO", "Accredit somebody for CH", "Suspend SO", "has a passkey"}, {"Suspend CH"}},
		h.north: {{"Accredit somebody for NO", "Leave", "has a passkey"}, {"Admit a seat", "Suspend", "Accredit somebody for SO"}},
		h.basin: {{"Accredit somebody for BA"}, {"Admit a seat", "Accredit somebody for SO"}},
	} {
		page := v.page(h.at + "delegations")
		for _, want := range wants[0] {
			if !strings.Contains(page, want) {
				t.Errorf("%s is not offered %q", h.account(v), want)
			}
		}
		for _, want := range wants[1] {
			if strings.Contains(page, want) {
				t.Errorf("%s is offered %q", h.account(v), want)
			}
		}
	}
}
