package people_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"paraph/fault"
	"paraph/people"
	"paraph/people/peopletest"
)

// organisation is an issuer of OpenID Connect with one person, whose answers
// can be made wrong.
type organisation struct {
	*httptest.Server
	t       *testing.T
	key     *rsa.PrivateKey
	subject string
	clock   func() time.Time

	claims func(map[string]any) // changes what the id token says
	token  func(string) string  // changes the id token
	down   bool

	asked map[string]url.Values // what was asked, by code
}

func newOrganisation(t *testing.T, clock func() time.Time) *organisation {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	o := &organisation{t: t, key: key, subject: "person-1", clock: clock, asked: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		if o.down {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		o.send(w, map[string]any{"issuer": o.URL, "authorization_endpoint": o.URL + "/authorize", "token_endpoint": o.URL + "/token",
			"jwks_uri": o.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		o.send(w, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "kid": "k", "alg": "RS256", "use": "sig",
			"n": b64(key.N.Bytes()), "e": b64(big.NewInt(int64(key.E)).Bytes())}}})
	})
	mux.HandleFunc("POST /token", o.exchange)
	o.Server = httptest.NewServer(mux)
	t.Cleanup(o.Close)
	return o
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (o *organisation) send(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		o.t.Error(err)
	}
}

// authorize does what the browser and the issuer's pages would: it gives the
// query that the browser is sent back with.
func (o *organisation) authorize(to string) url.Values {
	u, err := url.Parse(to)
	must(o.t, err)
	q := u.Query()
	if !strings.HasPrefix(to, o.URL+"/authorize?") || q.Get("response_type") != "code" || q.Get("client_id") != "paraph" ||
		q.Get("redirect_uri") != address+"/sign-in/first" || q.Get("code_challenge_method") != "S256" || q.Get("scope") != "openid" {
		o.t.Errorf("the browser is sent to %s", to)
	}
	code := rand.Text()
	o.asked[code] = q
	return url.Values{"state": {q.Get("state")}, "code": {code}}
}

func (o *organisation) exchange(w http.ResponseWriter, r *http.Request) {
	must(o.t, r.ParseForm())
	asked, ok := o.asked[r.Form.Get("code")]
	verifier := sha256.Sum256([]byte(r.Form.Get("code_verifier")))
	id, secret, basic := r.BasicAuth()
	if !ok || b64(verifier[:]) != asked.Get("code_challenge") || !basic || id != "paraph" || secret != "client-secret" {
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	delete(o.asked, r.Form.Get("code"))
	claims := map[string]any{"iss": o.URL, "aud": "paraph", "sub": o.subject, "nonce": asked.Get("nonce"),
		"iat": o.clock().Unix(), "exp": o.clock().Add(time.Minute).Unix()}
	if o.claims != nil {
		o.claims(claims)
	}
	token := o.sign(claims)
	if o.token != nil {
		token = o.token(token)
	}
	o.send(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": token})
}

// sign gives an id token (RFC 7515, RS256).
func (o *organisation) sign(claims map[string]any) string {
	body, err := json.Marshal(claims)
	must(o.t, err)
	text := b64([]byte(`{"alg":"RS256","kid":"k"}`)) + "." + b64(body)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, o.key, crypto.SHA256, sum[:])
	must(o.t, err)
	return text + "." + b64(signature)
}

// newHouseOf is a house whose people pass the sign-in of an organisation first.
func newHouseOf(t *testing.T) (*house, *organisation) {
	h := newHouse(t)
	must(t, h.Close())
	o := newOrganisation(t, h.clock)
	var err error
	h.Register, err = people.New(h.book, people.Options{URL: address, Clock: h.clock,
		First: &people.FirstStep{Issuer: o.URL, ClientID: "paraph", ClientSecret: "client-secret"}})
	must(t, err)
	return h, o
}

// pass passes the first step.
func (o *organisation) pass(h *house) string {
	o.t.Helper()
	to, state, err := h.BeginFirst(ctx)
	must(o.t, err)
	ticket, err := h.FinishFirst(ctx, state, o.authorize(to))
	must(o.t, err)
	return ticket
}

func enrolAfter(t *testing.T, h *house, first string) *peopletest.Person {
	t.Helper()
	secrets, err := h.First(ctx)
	must(t, err)
	ticket := peopletest.Enter(t, h.Register, secrets)
	p := &peopletest.Person{Authenticator: peopletest.NewAuthenticatorFor(h.Register)}
	options, err := h.BeginEnrolment(ctx, ticket, "A", first)
	must(t, err)
	response, err := p.Create(options)
	must(t, err)
	p.Session, err = h.FinishEnrolment(ctx, ticket, response)
	must(t, err)
	s, err := h.Session(ctx, p.Session)
	must(t, err)
	p.Account = s.Account
	return p
}

func signInAfter(h *house, p *peopletest.Person, first string) (string, error) {
	options, ceremony, err := h.BeginSignIn(ctx, first)
	if err != nil {
		return "", err
	}
	response, err := p.Get(options)
	if err != nil {
		return "", err
	}
	return h.FinishSignIn(ctx, ceremony, response)
}

func TestFirstStep(t *testing.T) {
	h, o := newHouseOf(t)
	if !h.HasFirst() {
		t.Error("there is no first step")
	}
	for _, ticket := range []string{"", "x", strings.Repeat("A", 400)} {
		_, _, err := h.BeginSignIn(ctx, ticket)
		wantKind(t, "sign-in without the first step", err, fault.KindForbidden)
	}
	p := enrolAfter(t, h, o.pass(h))
	ticket := o.pass(h)
	if h.in(t, ticket) {
		t.Error("the ticket is a session")
	}
	token, err := signInAfter(h, p, ticket)
	must(t, err)
	if !h.in(t, token) {
		t.Error("no session was begun")
	}
	_, err = signInAfter(h, p, ticket)
	wantKind(t, "a ticket used already", err, fault.KindForbidden)
	late := o.pass(h)
	h.pass(10 * time.Minute)
	_, err = signInAfter(h, p, late)
	wantKind(t, "a ticket that is over", err, fault.KindForbidden)

	o.subject = "person-2"
	_, err = signInAfter(h, p, o.pass(h))
	wantKind(t, "another person of the organisation with a stolen passkey", err, fault.KindForbidden)
	if h.in(t, token) != true {
		t.Error("the refusal ended a session")
	}
	o.subject = "person-1"
	if _, err = signInAfter(h, p, o.pass(h)); err != nil {
		t.Error(err)
	}
}

// Who enrolled before there was a first step is bound to whom passes it first
// with the passkey.
func TestFirstStepLater(t *testing.T) {
	h := newHouse(t)
	p := h.enrol(t, "A")
	must(t, h.Close())
	o := newOrganisation(t, h.clock)
	var err error
	h.Register, err = people.New(h.book, people.Options{URL: address, Clock: h.clock,
		First: &people.FirstStep{Issuer: o.URL, ClientID: "paraph", ClientSecret: "client-secret"}})
	must(t, err)
	if _, err := signInAfter(h, p, o.pass(h)); err != nil {
		t.Fatal(err)
	}
	o.subject = "person-2"
	_, err = signInAfter(h, p, o.pass(h))
	wantKind(t, "another person", err, fault.KindForbidden)
}

func TestBadFirstSteps(t *testing.T) {
	for name, bad := range map[string]struct {
		claims func(map[string]any)
		token  func(string) string
		finish func(h *house, o *organisation, state *string, q url.Values)
	}{
		"another nonce":       {claims: func(c map[string]any) { c["nonce"] = "other" }},
		"no nonce":            {claims: func(c map[string]any) { delete(c, "nonce") }},
		"another audience":    {claims: func(c map[string]any) { c["aud"] = "other" }},
		"another issuer":      {claims: func(c map[string]any) { c["iss"] = "https://evil.example.org" }},
		"nobody":              {claims: func(c map[string]any) { delete(c, "sub") }},
		"an expired id token": {claims: func(c map[string]any) { c["exp"] = 1 }},
		"no id token":         {token: func(string) string { return "" }},
		"a changed id token":  {token: func(s string) string { return s[:len(s)-10] + changed(s[len(s)-43:])[33:43] + "A" }},
		"an unsigned id token": {token: func(s string) string {
			return b64([]byte(`{"alg":"none"}`)) + "." + strings.Split(s, ".")[1] + "."
		}},
		"another state":    {finish: func(_ *house, _ *organisation, _ *string, q url.Values) { q.Set("state", "other") }},
		"no state":         {finish: func(_ *house, _ *organisation, _ *string, q url.Values) { q.Del("state") }},
		"no cookie":        {finish: func(_ *house, _ *organisation, state *string, _ url.Values) { *state = "" }},
		"another's cookie": {finish: func(h *house, _ *organisation, state *string, _ url.Values) { _, *state, _ = h.BeginFirst(ctx) }},
		"no code":          {finish: func(_ *house, _ *organisation, _ *string, q url.Values) { q.Del("code") }},
		"a made-up code":   {finish: func(_ *house, _ *organisation, _ *string, q url.Values) { q.Set("code", "x") }},
		"a refusal": {finish: func(_ *house, _ *organisation, _ *string, q url.Values) {
			q.Del("code")
			q.Set("error", "access_denied")
		}},
		"after ten minutes":  {finish: func(h *house, _ *organisation, _ *string, _ url.Values) { h.pass(10 * time.Minute) }},
		"an issuer mixed up": {finish: func(_ *house, _ *organisation, _ *string, q url.Values) { q.Set("iss", "https://evil.example.org") }},
		"another person's code": {finish: func(h *house, o *organisation, _ *string, q url.Values) {
			to, _, err := h.BeginFirst(ctx)
			must(o.t, err)
			q.Set("code", o.authorize(to).Get("code")) // PKCE: it was asked for by another browser
		}},
		"a second time": {finish: func(h *house, o *organisation, state *string, q url.Values) {
			_, err := h.FinishFirst(ctx, *state, maps.Clone(q))
			must(o.t, err)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			h, o := newHouseOf(t)
			o.claims, o.token = bad.claims, bad.token
			to, state, err := h.BeginFirst(ctx)
			must(t, err)
			query := o.authorize(to)
			if bad.finish != nil {
				bad.finish(h, o, &state, query)
			}
			ticket, err := h.FinishFirst(ctx, state, query)
			if ticket != "" || fault.KindOf(err) != fault.KindForbidden {
				t.Fatalf("gives %q and %v", ticket, err)
			}
			const words = "your organisation's sign-in was not passed (begin again there)"
			if err.Error() != words {
				t.Errorf("is refused with %q, want %q", err, words)
			}
		})
	}
}

// A machine starts while the organisation does not answer, and goes on once it
// does.
func TestFirstStepDown(t *testing.T) {
	h, o := newHouseOf(t)
	o.down = true
	_, _, err := h.BeginFirst(ctx)
	wantKind(t, "an organisation that does not answer", err, fault.KindUnavailable)
	o.down = false
	enrolAfter(t, h, o.pass(h))
	for _, bad := range []people.FirstStep{
		{Issuer: "http://login.example.org", ClientID: "x"}, {Issuer: "login", ClientID: "x"}, {Issuer: o.URL},
		{Issuer: o.URL, ClientID: "x", Redirect: "back"},
	} {
		_, err := people.New(h.book, people.Options{URL: address, First: &bad})
		wantKind(t, bad.Issuer, err, fault.KindInvalid)
	}
	plain := newHouse(t)
	_, _, err = plain.BeginFirst(ctx)
	wantKind(t, "no first step", err, fault.KindNotFound)
	_, err = plain.FinishFirst(ctx, "", nil)
	wantKind(t, "no first step", err, fault.KindNotFound)
}
