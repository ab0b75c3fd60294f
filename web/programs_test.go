package web

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"paraph/api"
	"paraph/desk"
	"paraph/desk/desktest"
	"paraph/fault"
	"paraph/people"
	"paraph/process"
	"paraph/record"
)

// bySeat lets a program be whoever it says, by the code of a seat: as its head,
// who may do all. What is no seat is the public, as is everybody in other processes.
func bySeat(d *desk.Desk, in ...record.ProcessID) func(*http.Request, record.ProcessID) (api.Caller, error) {
	return func(r *http.Request, p record.ProcessID) (api.Caller, error) {
		seat := record.Seat(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
		lens, err := d.Lens(r.Context(), p, seat)
		if lens == (record.Lens{}) || !slices.Contains(in, p) || fault.KindOf(err) == fault.KindNotFound {
			return api.Caller{}, nil
		}
		by := record.Actor{By: record.By{Seat: seat, Capacity: record.Head}, Role: lens.Role}
		return api.Caller{Actor: by, MayAct: true, MayBind: true}, err
	}
}

// inTalks says where the tokens of the twins are good.
func inTalks(*http.Request) ([]record.ProcessID, error) { return []record.ProcessID{talks}, nil }

// asProgram makes a request as a program of a seat does: its form holds the key
// and the body.
func asProgram(q request, seat record.Seat) *http.Request {
	r := httptest.NewRequest(http.MethodGet, q.path, nil)
	if q.form != nil {
		r = httptest.NewRequest(http.MethodPost, q.path, strings.NewReader(q.form.Get("body")))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", q.form.Get("key"))
	}
	r.Host = "localhost"
	r.Header.Set("Authorization", "Bearer "+string(seat))
	return r
}

// nowhere is where nothing is, on the side of pages or of programs.
func nowhere(path string) string {
	if strings.HasPrefix(path, api.Prefix) {
		return api.Prefix + "/nothing"
	}
	return "/nothing"
}

// programStreams lists the streams of programs at the twins.
func programStreams(tw *twins) []request {
	at := tw.whole.answer(tw.asked, tw.name, request{path: api.Prefix + "/p/talks"}).Header().Get("Paraph-Cursor")
	return []request{{path: api.Prefix + "/p/talks/live?cursor=" + at}, {path: api.Prefix + "/p/talks/live"}}
}

// asked makes requests for readings of programs under the process of the twins.
func askedFor(paths ...string) (out []request) {
	for _, path := range paths {
		out = append(out, request{path: api.Prefix + "/p/talks" + path})
	}
	return out
}

// eachAsked makes one request of each thing of a kind.
func (th things) eachAsked(noun, format string) (out []request) {
	for _, id := range th.all(noun) {
		out = append(out, askedFor(fmt.Sprintf(format, url.PathEscape(id)))...)
	}
	return out
}

// sent makes a request for an act of a program.
func (th things) sent(path string, fields map[string]any) []request {
	for name, value := range fields {
		if value == "" {
			delete(fields, name)
		}
	}
	b, err := json.Marshal(fields)
	if err != nil {
		th.Fatal(err)
	}
	return []request{{api.Prefix + "/p/talks" + path, url.Values{"key": {th.key()}, "body": {string(b)}}}}
}

// programPattern is the pattern of a route for programs.
func programPattern(method, path string) string { return method + " " + api.Prefix + path }

// programObservers say what to ask on each route for programs, of all things that
// there are.
var programObservers = map[string]func(things) []request{
	programPattern("GET", "/openapi.json"): func(things) []request { return []request{{path: api.Prefix + "/openapi.json"}} },
	programPattern("GET", "/processes"): func(things) []request {
		return []request{{path: api.Prefix + "/processes"}, {path: api.Prefix + "/processes?all=yes"}}
	},
	programPattern("GET", "/p/{process}"):          func(things) []request { return askedFor("", "?who=me") },
	programPattern("GET", "/p/{process}/standing"): func(things) []request { return askedFor("/standing") },
	programPattern("GET", "/p/{process}/text"): func(th things) []request {
		return append(askedFor("/text", "/text?held=RU", "/text?held=UA&depth=2", "/text?as=text"), th.eachAsked("version", "/text?version=%s")...)
	},
	programPattern("GET", "/p/{process}/reading"): func(th things) []request {
		return append(askedFor("/reading", "/reading?seat=RU", "/reading?seat=XX&as=text"), th.eachAsked("version", "/reading?seat=UA&version=%s")...)
	},
	programPattern("GET", "/p/{process}/versions"): func(things) []request { return askedFor("/versions") },
	programPattern("GET", "/p/{process}/versions/{version}"): func(th things) []request {
		return append(th.eachAsked("version", "/versions/%s"), th.eachAsked("version", "/versions/%s?as=text")...)
	},
	programPattern("GET", "/p/{process}/clauses/{clause}"): func(th things) []request { return th.eachAsked("clause", "/clauses/%s") },
	programPattern("GET", "/p/{process}/compare"): func(th things) []request {
		out := askedFor("/compare", "/compare?old=base&new=rolling&all=yes", "/compare?old=reading:RU&new=reading:UA")
		return append(out, append(th.eachAsked("version", "/compare?old=%s"), th.eachAsked("version", "/compare?old=v1&new=%s")...)...)
	},
	programPattern("GET", "/p/{process}/proposals"):            func(things) []request { return askedFor("/proposals", "/proposals?seat=RU", "/proposals?seat=XX") },
	programPattern("GET", "/p/{process}/proposals/{proposal}"): func(th things) []request { return th.eachAsked("proposal", "/proposals/%s") },
	programPattern("GET", "/p/{process}/matrix"):               func(things) []request { return askedFor("/matrix", "/matrix?show=contested") },
	programPattern("GET", "/p/{process}/convergence"):          func(things) []request { return askedFor("/convergence") },
	programPattern("GET", "/p/{process}/sittings"):             func(things) []request { return askedFor("/sittings") },
	programPattern("GET", "/p/{process}/sittings/{sitting}"):   func(th things) []request { return th.eachAsked("sitting", "/sittings/%s") },
	programPattern("GET", "/p/{process}/record"): func(things) []request {
		return askedFor("/record", "/record?seat=RU", "/record?kind=claim", "/record?kind=leak", "/record?kind=condition")
	},
	programPattern("GET", "/p/{process}/papers"):         func(things) []request { return askedFor("/papers") },
	programPattern("GET", "/p/{process}/papers/{paper}"): func(th things) []request { return th.papers(api.Prefix + "/p/talks/papers/") },
	programPattern("GET", "/p/{process}/conditions"):     func(things) []request { return askedFor("/conditions") },
	programPattern("GET", "/p/{process}/messages"):       func(things) []request { return askedFor("/messages") },
	programPattern("GET", "/p/{process}/live"): func(th things) []request { // streams that open are listened to beside; these are refused
		return []request{{path: api.Prefix + "/p/secret/live"}, {path: api.Prefix + "/p/talks/live?page=1"}}
	},

	programPattern("POST", "/p/{process}/preview"): func(th things) []request { return th.sent("/preview", th.tabling()) },
	programPattern("POST", "/p/{process}/import"): func(th things) []request {
		return th.sent("/import", map[string]any{
			"document": base64.StdEncoding.EncodeToString([]byte(th.of("document", document, documentOf(desktest.Draft), "none"))),
			"version":  th.of("made from", "", th.one("version")), "audience": th.audience()})
	},
	programPattern("POST", "/p/{process}/which"): func(th things) []request {
		return th.sent("/which", map[string]any{"words": th.of("copy", desktest.Draft, "1. The Parties shall", "none of it")})
	},
	programPattern("POST", "/p/{process}/proposals"): func(th things) []request { return th.sent("/proposals", th.tabling()) },
	programPattern("POST", "/p/{process}/proposals/{proposal}/withdraw"): func(th things) []request {
		return th.sent("/proposals/"+th.one("proposal")+"/withdraw", map[string]any{"reason": "Because."})
	},
	programPattern("POST", "/p/{process}/proposals/{proposal}/clear"): func(th things) []request {
		return th.sent("/proposals/"+th.one("proposal")+"/clear", map[string]any{"audience": th.audience(), "replaces": th.of("replaces", "", th.one("proposal"))})
	},
	programPattern("POST", "/p/{process}/clauses/{clause}/position"): func(th things) []request {
		id := th.one("clause")
		return th.sent("/clauses/"+id+"/position", map[string]any{
			"position": th.of("position", "supports", "reserves", "none"), "fingerprint": th.of("fingerprint", th.prints[id], th.prints[id], "none"),
			"on": th.of("on", "", "clause/"+id, "proposal/"+th.one("proposal"), "version/"+th.one("version")), "audience": th.audience()})
	},
	programPattern("POST", "/p/{process}/clauses/{clause}/consent"): func(th things) []request {
		id := th.one("clause")
		return th.sent("/clauses/"+id+"/consent", map[string]any{
			"level": th.of("level", "ad referendum", "agreed", "none"), "fingerprint": th.of("fingerprint", th.prints[id], th.prints[id], "none"),
			"linked": []string{th.one("clause")}, "audience": th.audience()})
	},
	programPattern("POST", "/p/{process}/messages"): func(th things) []request {
		return th.sent("/messages", map[string]any{"to": th.of("to", "", "RU", "UA", "EU", "XX"), "words": "Well?", "may_pass": []string{"UA"}})
	},
	programPattern("POST", "/p/{process}/messages/{message}/carry"): func(th things) []request {
		return th.sent("/messages/"+th.one("message")+"/carry", map[string]any{"to": th.of("to", "RU", "UA", "EU")})
	},
	programPattern("POST", "/p/{process}/messages/{message}/acknowledge"): func(th things) []request {
		return th.sent("/messages/"+th.one("message")+"/acknowledge", map[string]any{})
	},
	programPattern("POST", "/p/{process}/versions"): func(th things) []request {
		return th.sent("/versions", map[string]any{
			"symbol": "REV.X", "class": th.of("class", "non-paper", "chair's text"), "draft": th.of("draft", desktest.Draft, "1. An open [bracket."),
			"follows": th.of("follows", "", th.one("version")), "audience": th.audience()})
	},
	programPattern("POST", "/p/{process}/seats"): func(th things) []request {
		return th.sent("/seats", map[string]any{"seat": th.of("new seat", "RU", "XX", "X Y"), "name": "A seat", "role": th.of("role", "party", "observer", "king")})
	},
	programPattern("POST", "/p/{process}/seats/{seat}/suspend"): func(th things) []request {
		return th.sent("/seats/"+th.of("suspended", "EU", "CH", "XX")+"/suspend", map[string]any{})
	},
	programPattern("POST", "/p/{process}/seats/{seat}/restore"): func(th things) []request {
		return th.sent("/seats/"+th.of("restored", "EU", "UA", "XX")+"/restore", map[string]any{})
	},
	programPattern("POST", "/p/{process}/people"): func(th things) []request {
		return th.sent("/people", map[string]any{"seat": th.seat(), "name": "Somebody", "capacity": th.of("capacity", "head", "member", "none"), "audience": th.audience()})
	},
	programPattern("POST", "/p/{process}/people/{person}/strike"): func(th things) []request {
		return th.sent("/people/"+th.one("person")+"/strike", map[string]any{"reason": "Because."})
	},

	programPattern("GET", "/p/{process}/bargain"):            func(things) []request { return askedFor("/bargain") },
	programPattern("GET", "/p/{process}/results"):            func(things) []request { return askedFor("/results") },
	programPattern("GET", "/p/{process}/packages/{package}"): func(th things) []request { return th.eachAsked("package", "/packages/%s") },
	programPattern("GET", "/p/{process}/packages/{package}/improvements"): func(th things) []request {
		return th.eachAsked("package", "/packages/%s/improvements")
	},
	programPattern("GET", "/p/{process}/tests/{test}"): func(th things) []request { return th.eachAsked("test", "/tests/%s") },
	programPattern("POST", "/p/{process}/issues"): func(th things) []request {
		return th.sent("/issues", map[string]any{"name": "An issue", "audience": th.of("for", "", "plenary", "offices:RU"),
			"brackets": []map[string]any{{"clause": th.one("clause"), "place": 0}}})
	},
	programPattern("POST", "/p/{process}/issues/{issue}/drop"): func(th things) []request {
		return th.sent("/issues/"+th.one("issue")+"/drop", map[string]any{"reason": "Because."})
	},
	programPattern("POST", "/p/{process}/rules"): func(th things) []request {
		return th.sent("/rules", map[string]any{"if": th.choices(), "then": th.choices()})
	},
	programPattern("POST", "/p/{process}/rules/{rule}/drop"): func(th things) []request {
		return th.sent("/rules/"+th.one("rule")+"/drop", map[string]any{})
	},
	programPattern("POST", "/p/{process}/preferences"): func(th things) []request {
		return th.sent("/preferences", map[string]any{"issues": []string{th.one("issue")}, "worth": [][]string{{"1", "0"}}, "method": "weights"})
	},
	programPattern("POST", "/p/{process}/lending"): func(th things) []request { return th.sent("/lending", map[string]any{"grain": 4}) },
	programPattern("POST", "/p/{process}/lending/revoke"): func(th things) []request {
		return th.sent("/lending/revoke", map[string]any{})
	},
	programPattern("POST", "/p/{process}/packages"): func(th things) []request {
		return th.sent("/packages", map[string]any{"title": "A package", "choices": th.choices(), "if": []map[string]any{{"package": th.one("package")}}, "audience": th.audience()})
	},
	programPattern("POST", "/p/{process}/packages/{package}/amend"): func(th things) []request {
		return th.sent("/packages/"+th.one("package")+"/amend", map[string]any{"choices": th.choices()})
	},
	programPattern("POST", "/p/{process}/packages/{package}/respond"): func(th things) []request {
		return th.sent("/packages/"+th.one("package")+"/respond", map[string]any{"revision": 1, "response": th.of("response", "accept", "decline"), "audience": th.audience()})
	},
	programPattern("POST", "/p/{process}/packages/{package}/put"): func(th things) []request {
		return th.sent("/packages/"+th.one("package")+"/put", map[string]any{"clause": th.one("clause"), "audience": th.audience()})
	},
	programPattern("POST", "/p/{process}/packages/{package}/withdraw"): func(th things) []request {
		return th.sent("/packages/"+th.one("package")+"/withdraw", map[string]any{})
	},
	programPattern("POST", "/p/{process}/tests"): func(th things) []request {
		return th.sent("/tests", map[string]any{"question": "Could you?", "package": th.of("of", "", th.one("package")), "revision": 1, "asked": []string{"RU", "UA"}, "audience": th.audience()})
	},
	programPattern("POST", "/p/{process}/tests/{test}/join"): func(th things) []request {
		return th.sent("/tests/"+th.one("test")+"/join", map[string]any{})
	},
	programPattern("POST", "/p/{process}/tests/{test}/answer"): func(th things) []request {
		return th.sent("/tests/"+th.one("test")+"/answer", map[string]any{"yes": th.of("yes", "x", "") == "x"})
	},
	programPattern("POST", "/p/{process}/tests/{test}/open"): func(th things) []request {
		return th.sent("/tests/"+th.one("test")+"/open", map[string]any{})
	},
	programPattern("POST", "/p/{process}/secrets"): func(th things) []request { return th.sent("/secrets", map[string]any{"elsewhere": true}) },
}

// choices draws a choice of one issue.
func (th things) choices() []map[string]any {
	return []map[string]any{{"issue": th.one("issue"), "option": 0}}
}

// tabling draws the body of a proposal.
func (th things) tabling() map[string]any {
	f := th.proposal()
	f.Del("key")
	out := map[string]any{"replaces": th.of("replaces", "", th.one("proposal"))}
	for name := range f {
		out[name] = f.Get(name)
	}
	return out
}

// programAccess says by hand what each route for programs answers to whom, as the
// table of pages does.
var programAccess = []accessRow{
	{programPattern("GET", "/openapi.json"), "", nil, without, everybody, without, without, without},
	{programPattern("GET", "/processes"), "", nil, without, everybody, without, without, without},
	{programPattern("GET", "/p/{process}"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/standing"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/text"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/text"), "?version={version}", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/reading"), "?seat=NO&version={version}", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/versions"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/versions/{version}"), "", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/clauses/{clause}"), "", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/compare"), "?old={version}&new=two", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/compare"), "?old=two&new={version}", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/proposals"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/proposals/{proposal}"), "", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/matrix"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/convergence"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/sittings"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/sittings/{sitting}"), "", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/record"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/conditions"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/papers"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/papers/{paper}"), "version?version={version}&as=md", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/papers/{paper}"), "provenance?version={version}&as=txt", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/papers/{paper}"), "rolling?version={version}&as=json", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/papers/{paper}"), "reading?seat=NO&version={version}&as=html", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/papers/{paper}"), "comparison?old={version}&new=two&as=md", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/papers/{paper}"), "comparison?old=two&new={version}&as=txt", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/papers/{paper}"), "minute?sitting={sitting}&as=html", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/papers/{paper}"), "matrix?as=html", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/papers/{paper}"), "record?as=html", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/papers/{paper}"), "none", nil, without, nobody, without, nobody, nobody},
	// Theirs are clean texts; that of the plenary is none, and nothing here makes a PDF.
	{programPattern("GET", "/p/{process}/papers/{paper}"), "clean?version={version}&as=md", nil, owner, "404 409 409 409 409 404", otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/papers/{paper}"), "version?version={version}&as=pdf", nil, "404 404 503 404 404 404", "404 503 503 503 503 404", "404 404 404 503 404 404", nobody, nobody},
	{programPattern("GET", "/p/{process}/messages"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/live"), "", nil, without, atTable, without, nobody, nobody},

	// Only those who have a seat act, whatever it is: the public and the keeper are told so where they see the process, and here they do not.
	{programPattern("POST", "/p/{process}/preview"), "", bodied(`{"kind":"delete","version":"two","clause":"{clause}"}`),
		"404 404 404 404 403 404", "404 200 200 200 403 404", "404 404 404 404 403 404", "404 404 404 404 403 404", "404 404 404 404 403 404"},
	{programPattern("POST", "/p/{process}/import"), "?", bodied(`{"document":"` + base64.StdEncoding.EncodeToString([]byte(document)) + `","version":"{version}"}`),
		"404 404 200 404 403 404", "404 200 200 200 403 404", "404 404 404 200 403 404", "404 404 404 404 403 404", "404 404 404 404 403 404"},
	{programPattern("POST", "/p/{process}/which"), "", bodied(`{"words":"Thunder over NO alone."}`), without, "404 200 200 200 200 404", without, nobody, nobody},
	// The other party has an amendment of its own there, which it would have to replace.
	{programPattern("POST", "/p/{process}/proposals"), "", bodied(`{"kind":"delete","version":"two","clause":"{clause}"}`),
		"404 404 404 404 403 404", "404 200 200 409 403 404", "404 404 404 404 403 404", "404 404 404 404 403 404", "404 404 404 404 403 404"},
	{programPattern("POST", "/p/{process}/proposals/{proposal}/withdraw"), "", bodied(`{}`),
		"404 404 200 404 404 404", "404 403 200 403 403 404", "404 404 404 200 404 404", nobody, nobody},
	{programPattern("POST", "/p/{process}/proposals/{proposal}/clear"), "", bodied(`{"audience":"plenary"}`),
		"404 404 200 404 404 404", "404 403 409 403 403 404", "404 404 404 200 404 404", nobody, nobody},
	{programPattern("POST", "/p/{process}/clauses/{clause}/position"), "", bodied(`{"position":"supports","fingerprint":"{print}"}`),
		"404 404 200 404 404 404", "404 403 200 200 403 404", "404 404 404 200 404 404", nobody, nobody},
	{programPattern("POST", "/p/{process}/clauses/{clause}/consent"), "", bodied(`{"level":"ad referendum","fingerprint":"{print}"}`),
		"404 404 200 404 404 404", "404 403 200 200 403 404", "404 404 404 200 404 404", nobody, nobody},
	{programPattern("POST", "/p/{process}/messages"), "", bodied(`{"to":"NO","words":"Well?"}`), without, "404 200 400 200 200 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/messages/{message}/carry"), "", bodied(`{"to":"{onward}"}`),
		"404 200 403 403 403 404", without, "404 200 403 403 403 404", "404 404 403 403 403 404", "404 404 403 403 403 404"}, // nobody else carries, whatever it is
	{programPattern("POST", "/p/{process}/messages/{message}/acknowledge"), "", bodied(`{}`),
		"404 200 403 404 404 404", without, "404 200 404 403 404 404", nobody, nobody},
	{programPattern("POST", "/p/{process}/versions"), "", bodied(`{"symbol":"NP","class":"non-paper","draft":"1. Words.\n"}`),
		without, "404 200 200 200 403 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/seats"), "", bodied(`{"seat":"EU","name":"Europe","role":"observer"}`),
		without, "404 200 403 403 403 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/seats/{seat}/suspend"), "", bodied(`{}`),
		"404 200 403 403 403 404", "404 403 403 403 403 404", "404 200 403 403 403 404", without, without}, // the plenary's is the chair's own
	{programPattern("POST", "/p/{process}/seats/{seat}/restore"), "", bodied(`{}`),
		"404 409 403 403 403 404", "404 409 403 403 403 404", "404 409 403 403 403 404", without, without},
	{programPattern("POST", "/p/{process}/people"), "", bodied(`{"seat":"NO","name":"Anna","capacity":"member"}`),
		without, "404 403 200 403 403 404", without, nobody, nobody},
	// The plenary's is one of the chair's own seat, so that the chair alone strikes.
	{programPattern("POST", "/p/{process}/people/{person}/strike"), "", bodied(`{}`),
		"404 404 200 404 404 404", "404 200 403 403 403 404", "404 404 404 200 404 404", nobody, nobody},

	{programPattern("GET", "/p/{process}/bargain"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/results"), "", nil, without, atTable, without, nobody, nobody},
	{programPattern("GET", "/p/{process}/packages/{package}"), "", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/packages/{package}/improvements"), "", nil, owner, atTable, otherOne, nobody, nobody},
	{programPattern("GET", "/p/{process}/tests/{test}"), "", nil, without, "404 200 200 200 404 404", without, nobody, nobody}, // the parties' and the chair's
	// An observer bargains over nothing, whatever it is.
	{programPattern("POST", "/p/{process}/issues"), "", bodied(`{"name":"When","options":[{"name":"now"},{"name":"later"}]}`),
		without, "404 200 403 403 403 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/issues/{issue}/drop"), "", bodied(`{}`), without, "404 200 403 403 403 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/rules"), "", bodied(`{"if":[{"issue":"all","option":0}]}`), without, "404 200 403 403 403 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/rules/{rule}/drop"), "", bodied(`{}`), without, "404 200 403 403 403 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/preferences"), "", bodied(`{"issues":["all"],"worth":[["0","1"]],"method":"weights"}`),
		without, "404 403 200 200 403 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/lending"), "", bodied(`{"grain":4}`), without, "404 403 200 409 403 404", without, nobody, nobody}, // the other party has kept none
	{programPattern("POST", "/p/{process}/lending/revoke"), "", bodied(`{}`), without, "404 403 409 409 403 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/packages"), "", bodied(`{"title":"X","choices":[{"issue":"all","option":0}]}`),
		without, "404 200 200 200 403 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/packages/{package}/amend"), "", bodied(`{"choices":[{"issue":"all","option":0}],"if":[{"clause":"none","version":"none","fingerprint":"none"}]}`),
		"404 404 404 404 403 404", "404 404 403 403 403 404", "404 404 404 404 403 404", "404 404 404 404 403 404", "404 404 404 404 403 404"},
	{programPattern("POST", "/p/{process}/packages/{package}/respond"), "", bodied(`{"revision":1,"response":"decline"}`),
		"404 404 200 404 403 404", "404 403 200 200 403 404", "404 404 404 200 403 404", "404 404 404 404 403 404", "404 404 404 404 403 404"},
	{programPattern("POST", "/p/{process}/packages/{package}/put"), "", bodied(`{"clause":"{clause}"}`), nobody, nobody, nobody, nobody, nobody}, // it gives no clause words
	{programPattern("POST", "/p/{process}/packages/{package}/withdraw"), "", bodied(`{}`),
		"404 404 200 404 403 404", "404 200 403 403 403 404", "404 404 404 200 403 404", "404 404 404 404 403 404", "404 404 404 404 403 404"},
	{programPattern("POST", "/p/{process}/tests"), "", bodied(`{"question":"Well?"}`), without, "404 200 200 200 403 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/tests/{test}/join"), "", bodied(`{}`), without, "404 403 409 409 403 404", without, nobody, nobody}, // the host has joined for them already
	{programPattern("POST", "/p/{process}/tests/{test}/answer"), "", bodied(`{"yes":true}`), without, "404 403 200 200 403 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/tests/{test}/open"), "", bodied(`{}`), without, "404 403 409 409 403 404", without, nobody, nobody},
	{programPattern("POST", "/p/{process}/secrets"), "", bodied(`{"elsewhere":true}`), without, "404 403 200 200 403 404", without, nobody, nobody},
}

// bodied is the form of a program: a key and a body.
func bodied(body string) url.Values { return url.Values{"key": {key}, "body": {body}} }

// program is a program that acts for somebody, by a token.
type program struct {
	*hall
	secret string
}

func (h *hall) program(v *visitor, t people.Token) program {
	h.Helper()
	t.Place.Process = h.id
	t.Name = "a program"
	secret, _, err := h.register.MakeToken(context.Background(), v.cookies[sessionCookie].Value, t)
	h.must(err)
	return program{h, secret}
}

func (p program) request(path, body string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, api.Prefix+path, nil)
	if body != "" {
		r = httptest.NewRequest(http.MethodPost, api.Prefix+path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", nextKey())
	}
	r.Host = "localhost:8300"
	if p.secret != "" {
		r.Header.Set("Authorization", "Bearer "+p.secret)
	}
	return r
}

func (p program) ask(path, body string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	p.server.ServeHTTP(w, p.request(path, body))
	return w
}

func (p program) answers(what string, code int, path, body string) {
	p.Helper()
	if w := p.ask(path, body); w.Code != code {
		p.Errorf("%s: %d, want %d: %s", what, w.Code, code, w.Body)
	}
}

func TestTokensOfPrograms(t *testing.T) {
	h := newTown(t).opened("plenary")
	at, other := "/p/"+string(h.id), newTown(t).opened("plenary")
	reads := h.program(h.north, people.Token{})
	acts := h.program(h.north, people.Token{MayAct: true})
	binds := h.program(h.north, people.Token{MayAct: true, MayBind: true})
	none, wrong := program{h, ""}, program{h, "paraph_" + strings.Repeat("A", 43)}

	reads.answers("reading", 200, at, "")
	none.answers("reading without a token", 404, at, "")
	wrong.answers("reading with a wrong token", 401, at, "")
	wrong.answers("reading nothing with a wrong token", 401, "/p/nothing", "")
	wrong.answers("listing with a wrong token", 401, "/processes", "")
	none.answers("listing without a token", 200, "/processes", "")
	program{other, reads.secret}.answers("a token of another machine", 401, "/processes", "")
	if list := reads.ask("/processes", "").Body.String(); !strings.Contains(list, string(h.id)) || strings.Contains(none.ask("/processes", "").Body.String(), string(h.id)) {
		t.Errorf("the list is %s", list)
	}
	reads.answers("acting with a token that reads", 403, at+"/messages", `{"words":"Well?"}`)
	acts.answers("acting", 200, at+"/messages", `{"words":"Well?"}`)
	acts.answers("accrediting with a token that acts", 403, at+"/people", `{"seat":"NO","name":"Nils","capacity":"member"}`)
	binds.answers("accrediting with a token that binds", 200, at+"/people", `{"seat":"NO","name":"Nils","capacity":"member"}`)

	r := none.request(at, "")
	for _, c := range h.north.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, r)
	if w.Code != http.StatusNotFound {
		t.Errorf("a cookie counts for a program: %d", w.Code)
	}
	basic := none.request(at, "")
	basic.SetBasicAuth("paraph", reads.secret)
	w = httptest.NewRecorder()
	h.server.ServeHTTP(w, basic)
	if w.Code != http.StatusUnauthorized {
		t.Errorf("a token that is sent as a password: %d", w.Code)
	}

	h.pass(61 * time.Minute)
	binds.answers("a token that is over", 401, at, "")
	acts.answers("a token that is not over", 200, at, "")
	h.chair.proves("sign-in", nil)
	h.chair.done(h.at+"people/"+h.persons[h.north]+"/strike", keyed("seat", "NO", "reason", "Recalled."))
	want := wrong.ask(at, "")
	same(t, "the token of somebody who was struck", acts.ask(at, ""), want, http.StatusUnauthorized)
	same(t, "a token that is over", binds.ask(at, ""), want, http.StatusUnauthorized)
}

func TestStreamOfAProgramEndsWithTheSeat(t *testing.T) {
	h := newTown(t).opened("plenary")
	reads := h.program(h.north, people.Token{})
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	w, done := httptest.NewRecorder(), make(chan struct{})
	go func() {
		defer close(done)
		h.server.ServeHTTP(w, reads.request("/p/"+string(h.id)+"/live", "").WithContext(ctx))
	}()
	_, err := h.desk.Do(ctx, h.id, record.Actor{By: record.By{Seat: "CH", Person: h.personOfChair(), Capacity: record.Head}, Role: record.Chair},
		nextKey(), process.Strike{Seat: "NO", Person: h.persons[h.north]})
	h.must(err)
	<-done
	if ctx.Err() != nil {
		t.Error("the stream goes on")
	}
}

func (h *hall) personOfChair() string {
	at, _, err := h.register.PlaceOf(context.Background(), h.account(h.chair), h.id)
	h.must(err)
	return at.Person
}
