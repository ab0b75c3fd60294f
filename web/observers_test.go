package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"paraph/consent"
	"paraph/desk/desktest"
	"paraph/papers"
	"paraph/record"
	"paraph/text"
)

// things are the ids of all that stands on a whole record, hidden or not, by
// noun; each kind has one more that never was.
type things struct {
	*rapid.T
	ids    map[string][]string
	prints map[string]string // fingerprints of clauses
}

const absent = "absent-from-the-record"

func (th things) all(noun string) []string { return append(slices.Clone(th.ids[noun]), absent) }

func (th things) one(noun string) string { return rapid.SampledFrom(th.all(noun)).Draw(th.T, noun) }

func (th things) of(label string, from ...string) string {
	return rapid.SampledFrom(from).Draw(th.T, label)
}

// gets makes requests for paths under the process of the twins.
func gets(paths ...string) (out []request) {
	for _, path := range paths {
		out = append(out, request{path: "/p/talks/" + path})
	}
	return out
}

// each makes one path of each thing of a kind.
func (th things) each(noun, format string) []request {
	var out []request
	for _, id := range th.all(noun) {
		out = append(out, gets(fmt.Sprintf(format, url.PathEscape(id)))...)
	}
	return out
}

// observers say what to ask on each route, of all things that there are. A
// route without an observer is not looked at, so it fails the test.
var observers = map[string]func(things) []request{
	"GET /{$}":           func(things) []request { return []request{{path: "/"}} },
	"GET /assets/{name}": func(things) []request { return []request{{path: "/assets/app.css"}, {path: "/assets/none"}} },
	"GET /live": func(th things) []request { // streams that open are listened to beside; these are refused
		return []request{{path: "/live"}, {path: "/live?page=/p/talks/versions/" + absent}, {path: "/live?page=/p/secret/text"}}
	},
	"GET /p/{process}/{$}": func(things) []request { return gets("", "?done=sent") },
	"GET /p/{process}/text": func(th things) []request {
		out := gets("text", "text?held=RU", "text?held=UA&depth=2", "text?reading=RU", "text?reading=UA", "text?reading=", "text?reading=XX")
		return append(out, th.each("version", "text?version=%s")...)
	},
	"GET /p/{process}/versions":           func(things) []request { return gets("versions") },
	"GET /p/{process}/versions/{version}": func(th things) []request { return th.each("version", "versions/%s") },
	"GET /p/{process}/clauses/{clause}":   func(th things) []request { return th.each("clause", "clauses/%s") },
	"GET /p/{process}/compare": func(th things) []request {
		out := gets("compare", "compare?old=base&new=rolling&all=yes", "compare?old=reading:RU&new=reading:UA&as=beside")
		return append(out, append(th.each("version", "compare?old=%s"), th.each("version", "compare?old=v1&new=%s")...)...)
	},
	"GET /p/{process}/proposals": func(things) []request { return gets("proposals", "proposals?seat=RU", "proposals?seat=XX") },
	"GET /p/{process}/propose": func(th things) []request {
		kind := th.of("kind", "amend", "insert", "delete", "move", "none")
		return append(th.each("clause", "propose?kind="+kind+"&clause=%s"), gets("propose", "propose?kind=insert&after="+th.one("clause"))...)
	},
	"GET /p/{process}/clauses/{clause}/position": func(th things) []request { return th.each("clause", "clauses/%s/position") },
	"GET /p/{process}/which":                     func(things) []request { return gets("which") },
	"GET /p/{process}/matrix":                    func(things) []request { return gets("matrix", "matrix?show=contested") },
	"GET /p/{process}/convergence":               func(things) []request { return gets("convergence") },
	"GET /p/{process}/sittings":                  func(things) []request { return gets("sittings") },
	"GET /p/{process}/sittings/{sitting}":        func(th things) []request { return th.each("sitting", "sittings/%s") },
	"GET /p/{process}/record": func(things) []request {
		return gets("record", "record?seat=RU", "record?seat=XX", "record?kind=claim", "record?kind=leak", "record?kind=condition")
	},
	"GET /p/{process}/bargain":        func(things) []request { return gets("bargain", "bargain?done=made") },
	"GET /p/{process}/bargain/issues": func(things) []request { return gets("bargain/issues") },
	"GET /p/{process}/bargain/preferences": func(things) []request {
		return gets("bargain/preferences", "bargain/preferences?method=swing", "bargain/preferences?method=pairs", "bargain/preferences?method=none")
	},
	"GET /p/{process}/bargain/preferences/review": func(things) []request {
		return gets("bargain/preferences/review", "bargain/preferences/review?w-0=10&w-1=90")
	},
	"GET /p/{process}/bargain/packages/new": func(th things) []request {
		return append(th.each("package", "bargain/packages/new?from=%s"), gets("bargain/packages/new", "bargain/packages/new?choice=0:"+url.QueryEscape(th.one("issue")))...)
	},
	"GET /p/{process}/bargain/packages/{package}": func(th things) []request { return th.each("package", "bargain/packages/%s") },
	"GET /p/{process}/bargain/tests/new": func(th things) []request {
		return append(th.each("package", "bargain/tests/new?package=%s"), gets("bargain/tests/new")...)
	},
	"GET /p/{process}/bargain/tests/{test}": func(th things) []request { return th.each("test", "bargain/tests/%s") },
	"GET /p/{process}/bargain/results":      func(things) []request { return gets("bargain/results") },
	"GET /p/{process}/papers":               func(things) []request { return gets("papers") },
	"GET /p/{process}/papers/{paper}":       func(th things) []request { return th.papers("/p/talks/papers/") },
	"GET /p/{process}/conditions":           func(things) []request { return gets("conditions") },
	"GET /p/{process}/messages":             func(things) []request { return gets("messages") },
	"GET /p/{process}/delegations":          func(things) []request { return gets("delegations", "delegations?done=struck") },
	"GET /p/{process}/versions/new":         func(things) []request { return gets("versions/new") },

	"POST /sit": func(th things) []request {
		return []request{{"/sit", url.Values{"process": {th.of("process", "talks", "secret", absent)}, "seat": {th.of("seat", "", "RU", "XX")}, "back": {"/p/talks/text"}}}}
	},
	"POST /p/{process}/preview": func(th things) []request {
		f := th.proposal()
		f.Set("part", th.of("part", "", "preview"))
		return []request{{"/p/talks/preview", f}}
	},
	"POST /p/{process}/which": func(th things) []request {
		return []request{{"/p/talks/which", url.Values{"copy": {th.of("copy", desktest.Draft, "1. The Parties shall", "none of it")}}}}
	},
	"POST /p/{process}/propose": func(th things) []request { return []request{{"/p/talks/propose", th.proposal()}} },
	"GET /p/{process}/import":   func(things) []request { return gets("import") },
	"POST /p/{process}/import": func(th things) []request {
		return []request{{"/p/talks/import", url.Values{"key": {th.key()}, "document": {th.of("document", document, documentOf(desktest.Draft), "none")}}}}
	},
	"POST /p/{process}/import/table": func(th things) []request {
		f := th.proposal()
		f.Set("take", "0")
		for _, name := range []string{"kind", "clause", "after", "words"} {
			f.Set(name+"-0", f.Get(name))
		}
		return []request{{"/p/talks/import/table", f}}
	},
	"POST /p/{process}/proposals/{proposal}/withdraw": func(th things) []request {
		return []request{{"/p/talks/proposals/" + th.one("proposal") + "/withdraw", url.Values{"reason": {"Because."}}}}
	},
	"POST /p/{process}/proposals/{proposal}/clear": func(th things) []request {
		return []request{{"/p/talks/proposals/" + th.one("proposal") + "/clear", url.Values{"audience": {th.audience()}}}}
	},
	"POST /p/{process}/clauses/{clause}/position": func(th things) []request {
		id := th.one("clause")
		f := url.Values{
			"key": {th.key()}, "fingerprint": {th.of("fingerprint", th.prints[id], th.prints[id], "none")}, "do": {th.of("do", "position", "consent")},
			"position": {th.of("position", string(consent.Supports), string(consent.Reserves), "none")}, "level": {string(consent.AdReferendum)},
			"on": {th.of("on", "", "clause/"+id, "proposal/"+th.one("proposal"), "version/"+th.one("version"))}, "audience": {th.audience()},
		}
		return []request{{"/p/talks/clauses/" + id + "/position", f}}
	},
	"POST /p/{process}/messages": func(th things) []request {
		return []request{{"/p/talks/messages", url.Values{
			"key": {th.key()}, "to": {th.of("to", "", "RU", "UA", "EU", "XX")}, "words": {th.of("words", "Well?", "")}, "may-pass": {"UA"}}}}
	},
	"POST /p/{process}/messages/{message}/carry": func(th things) []request {
		return []request{{"/p/talks/messages/" + th.one("message") + "/carry", url.Values{"to": {th.of("to", "RU", "UA", "EU")}}}}
	},
	"POST /p/{process}/versions/new":     func(th things) []request { return []request{{"/p/talks/versions/new", th.version()}} },
	"POST /p/{process}/versions/preview": func(th things) []request { return []request{{"/p/talks/versions/preview", th.version()}} },
	"POST /p/{process}/bargain/issues": func(th things) []request {
		f := url.Values{"key": {th.key()}, "audience": {th.audience()}, "do": {th.of("making", "plain", "brackets")}, "name": {"Flow"}, "options": {"much\nlittle"}, "together": {th.of("together", "", "yes")}}
		for _, id := range th.all("clause") {
			f.Set("tick-"+id+"-0", "yes")
		}
		return []request{{"/p/talks/bargain/issues", f}}
	},
	"POST /p/{process}/bargain/issues/{issue}/drop": func(th things) []request {
		return []request{{"/p/talks/bargain/issues/" + th.one("issue") + "/drop", url.Values{"reason": {"Because."}}}}
	},
	"POST /p/{process}/bargain/rules": func(th things) []request {
		return []request{{"/p/talks/bargain/rules", url.Values{
			"key": {th.key()}, "if": {"0:" + th.one("issue")}, "then": {"1:" + th.one("issue")}, "how": {th.of("how", "must", "never")}, "audience": {th.audience()}}}}
	},
	"POST /p/{process}/bargain/rules/{rule}/drop": func(th things) []request {
		return []request{{"/p/talks/bargain/rules/" + th.one("rule") + "/drop", url.Values{}}}
	},
	"POST /p/{process}/bargain/preferences": func(th things) []request {
		return []request{{"/p/talks/bargain/preferences", url.Values{
			"key": {th.key()}, "method": {th.of("method", "ranking", "swing", "weights", "pairs", "none")}, "issues": {th.issues()}, "do": {th.of("doing", "save", "review", "pick", "change")},
			"rank-0": {"1"}, "rank-0-0": {"1"}, "points-0": {th.of("points", "50", "20-30", "x")}, "left": {"0-0-1"}, "right": {"1-0-1"}, "answer": {"left"}, "floor-how": {"number"}, "floor": {"20"}}}}
	},
	"POST /p/{process}/bargain/lend": func(th things) []request {
		return []request{{"/p/talks/bargain/lend", url.Values{"key": {th.key()}, "grain": {th.of("grain", "0", "4", "8", "7", "x")}}}}
	},
	"POST /p/{process}/bargain/revoke": func(th things) []request {
		return []request{{"/p/talks/bargain/revoke", url.Values{"key": {th.key()}}}}
	},
	"POST /p/{process}/bargain/packages": func(th things) []request {
		return []request{{"/p/talks/bargain/packages", url.Values{
			"key": {th.key()}, "title": {"A basket"}, "issues": {th.issues()}, "option-0": {"0"}, "option-1": {th.of("option", "-1", "0", "9")}, "between": {"RU", "UA"},
			"if-clause": {th.of("if", "", th.one("clause"))}, "if-package": {th.of("rests", "", th.one("package"))}, "after-package": {th.of("betters", "", th.one("package"))}, "audience": {th.audience()}}}}
	},
	"POST /p/{process}/bargain/packages/{package}/amend": func(th things) []request {
		return []request{{"/p/talks/bargain/packages/" + th.one("package") + "/amend", url.Values{"key": {th.key()}, "issues": {th.issues()}, "option-0": {"1"}, "note": {"Better so."}}}}
	},
	"POST /p/{process}/bargain/packages/{package}/withdraw": func(th things) []request {
		return []request{{"/p/talks/bargain/packages/" + th.one("package") + "/withdraw", url.Values{"reason": {"Because."}}}}
	},
	"POST /p/{process}/bargain/packages/{package}/respond": func(th things) []request {
		return []request{{"/p/talks/bargain/packages/" + th.one("package") + "/respond", url.Values{
			"key": {th.key()}, "revision": {th.of("revision", "1", "2", "")}, "response": {th.of("response", "accept", "decline", "none")}, "audience": {th.audience()}}}}
	},
	"POST /p/{process}/bargain/packages/{package}/text": func(th things) []request {
		return []request{{"/p/talks/bargain/packages/" + th.one("package") + "/text", url.Values{"key": {th.key()}}}}
	},
	"POST /p/{process}/bargain/tests": func(th things) []request {
		return []request{{"/p/talks/bargain/tests", url.Values{
			"key": {th.key()}, "question": {"Could you live with it?"}, "package": {th.of("about", "", th.one("package"))}, "clause": {th.of("words of", "", th.one("clause"))},
			"if-clause": {th.of("stays", "", th.one("clause"))}, "asked": {"RU", "UA"}, "days": {th.of("days", "", "3", "x")}, "audience": {th.audience()}}}}
	},
	"POST /p/{process}/bargain/tests/{test}/answer": func(th things) []request {
		return []request{{"/p/talks/bargain/tests/" + th.one("test") + "/answer", url.Values{"key": {th.key()}, "answer": {th.of("said", "yes", "no", "")}}}}
	},
	"POST /p/{process}/seats": func(th things) []request {
		return []request{{"/p/talks/seats", url.Values{
			"key": {th.key()}, "seat": {th.of("new seat", "RU", "XX", "X Y")}, "name": {"A seat"}, "role": {th.of("role", "party", "observer", "king")},
			"audience": {th.of("shown to", "plenary", "public")}}}}
	},
	"POST /p/{process}/seats/suspend": func(th things) []request {
		return []request{{"/p/talks/seats/suspend", url.Values{"key": {th.key()}, "seat": {th.of("suspended", "EU", "CH", "XX")}}}}
	},
	"POST /p/{process}/seats/restore": func(th things) []request {
		return []request{{"/p/talks/seats/restore", url.Values{"key": {th.key()}, "seat": {th.of("restored", "EU", "UA", "XX")}}}}
	},
	"POST /p/{process}/people": func(th things) []request {
		return []request{{"/p/talks/people", url.Values{
			"key": {th.key()}, "seat": {th.seat()}, "name": {"Somebody"}, "capacity": {th.of("capacity", "head", "member", "none")}, "audience": {th.audience()}}}}
	},
	"POST /p/{process}/people/{person}/strike": func(th things) []request {
		return []request{{"/p/talks/people/" + th.one("person") + "/strike", url.Values{"key": {th.key()}, "seat": {th.seat()}}}}
	},
	"POST /p/{process}/messages/{message}/acknowledge": func(th things) []request {
		return []request{{"/p/talks/messages/" + th.one("message") + "/acknowledge", url.Values{}}}
	},
}

// doors say what to ask of the routes of people, which stand apart from any
// process or lead into one. What would end the own session is asked for seldom:
// nothing is left to see after it.
var doors = map[string]func(things) []request{
	"GET /sign-in":        func(things) []request { return []request{{path: "/sign-in"}, {path: "/sign-in?back=/p/talks/text"}} },
	"POST /sign-in/first": func(things) []request { return []request{{"/sign-in/first", url.Values{}}} },
	"GET /sign-in/first":  func(things) []request { return []request{{path: "/sign-in/first?state=x&code=y"}} },
	"POST /sign-out":      func(th things) []request { return th.seldom(request{"/sign-out", url.Values{}}) },
	"POST /passkey/begin": func(th things) []request {
		return []request{{"/passkey/begin", url.Values{"for": {th.of("for", "sign-in", "fresh", "passkey", "enrolment", "none")}}}}
	},
	"POST /passkey/finish": func(th things) []request {
		return []request{{"/passkey/finish", url.Values{"for": {th.of("finished", "sign-in", "fresh", "passkey", "enrolment")}, "response": {"{}"}}}}
	},
	"GET /invitation/{token}": func(th things) []request {
		return []request{{path: "/invitation/" + absent}, {path: "/invitation/" + th.one("invitation")}}
	},
	"POST /invitation/{token}": func(things) []request {
		return []request{{"/invitation/" + absent, url.Values{"words": {"one two three four five six"}}}}
	},
	"POST /enrolment/accept": func(things) []request { return []request{{"/enrolment/accept", url.Values{}}} },

	"GET /account":        func(things) []request { return []request{{path: "/account"}} },
	"GET /account/second": func(things) []request { return []request{{path: "/account/second"}} },
	"POST /account/lost":  func(th things) []request { return th.seldom(request{"/account/lost", url.Values{}}) },
	"POST /account/lock":  func(th things) []request { return th.seldom(request{"/account/lock", url.Values{}}) },
	"POST /account/passkeys/{passkey}/lost": func(th things) []request {
		return th.seldom(request{"/account/passkeys/" + th.one("passkey") + "/lost", url.Values{}})
	},
	"POST /account/sessions/{session}/end": func(th things) []request {
		return th.seldom(request{"/account/sessions/" + th.one("session") + "/end", url.Values{}})
	},
	"POST /account/places/{process}/leave": func(th things) []request {
		return th.seldom(request{"/account/places/" + th.of("left", "talks", "secret", absent) + "/leave", url.Values{"key": {th.key()}}})
	},
	"POST /account/tokens": func(th things) []request {
		return []request{{"/account/tokens", url.Values{"process": {th.of("token for", "talks", "secret", absent)}, "name": {"A program"}, "days": {"1"}}}}
	},
	"POST /account/tokens/{token}/end":       func(things) []request { return []request{{"/account/tokens/" + absent + "/end", url.Values{}}} },
	"POST /account/notices/{notice}/dismiss": func(things) []request { return []request{{"/account/notices/" + absent + "/dismiss", url.Values{}}} },

	"GET /admin": func(things) []request { return []request{{path: "/admin"}} },
	"POST /admin/people/{account}": func(th things) []request {
		return []request{{"/admin/people/" + th.one("account"), url.Values{"convene": {"yes"}, "administrator": {th.of("administrator", "", "yes")}}}}
	},
	"POST /admin/people/{account}/close": func(th things) []request {
		return th.seldom(request{"/admin/people/" + th.one("account") + "/close", url.Values{"key": {th.key()}}})
	},
	"POST /admin/invitations": func(th things) []request {
		return []request{{"/admin/invitations", url.Values{"name": {th.of("invited", "", "A chair")}, "as": {"convene"}}}}
	},
	"POST /admin/invitations/{invitation}/withdraw": func(th things) []request {
		return []request{{"/admin/invitations/" + th.one("invitation") + "/withdraw", url.Values{}}}
	},

	"GET /new": func(things) []request { return []request{{path: "/new"}} },
	"POST /new": func(th things) []request {
		return []request{{"/new", url.Values{"key": {th.key()}, "title": {"Others"}, "seat": {"CH"}, "name": {"A chair"}, "regime": {"on the record"}}}}
	},

	"POST /p/{process}/people/{person}/invite": func(th things) []request {
		return []request{{"/p/talks/people/" + th.one("person") + "/invite", url.Values{"key": {th.key()}, "seat": {th.seat()}}}}
	},
	"POST /p/{process}/people/{person}/uninvite": func(th things) []request {
		return []request{{"/p/talks/people/" + th.one("person") + "/uninvite", url.Values{"key": {th.key()}, "seat": {th.seat()}}}}
	},
	"POST /p/{process}/people/{person}/vouch": func(th things) []request {
		return []request{{"/p/talks/people/" + th.one("person") + "/vouch", url.Values{"key": {th.key()}}}}
	},
	"POST /p/{process}/people/{person}/object": func(th things) []request {
		return []request{{"/p/talks/people/" + th.one("person") + "/object", url.Values{"key": {th.key()}}}}
	},
}

// papers asks for papers of all kinds, of all things that there are, in the forms
// in which they can be had.
func (th things) papers(at string) (out []request) {
	ask := func(k papers.Kind, query string) {
		form := rapid.SampledFrom(append(k.In(), "none")).Draw(th.T, "form of "+string(k))
		out = append(out, request{path: at + string(k) + "?as=" + string(form) + query})
	}
	for _, k := range papers.Kinds() {
		ask(k, "")
	}
	for _, id := range th.all("version") {
		for _, k := range []papers.Kind{papers.Version, papers.Clean, papers.Provenance, papers.Rolling} {
			ask(k, "&version="+url.QueryEscape(id))
		}
		ask(papers.Comparison, "&old="+url.QueryEscape(id)+"&new=rolling")
	}
	for _, id := range th.all("sitting") {
		ask(papers.Minute, "&sitting="+url.QueryEscape(id))
	}
	for _, seat := range []string{"RU", "UA", "EU", "XX"} {
		ask(papers.Reading, "&seat="+seat)
	}
	ask(papers.Comparison, "&old=reading:RU&new=reading:UA")
	ask(papers.Comparison, "&old=base&new=rolling")
	ask(papers.Matrix, "&show=contested")
	ask(papers.Record, "&show=own")
	return append(out, request{path: at + "none"})
}

// issues draws what a form says of the issues that it was made for.
func (th things) issues() string {
	return th.of("issues", "", th.one("issue"), strings.Join(th.ids["issue"], " "))
}

// seldom asks for something in one case of eight, and else for what is not there.
func (th things) seldom(q request) []request {
	if rapid.IntRange(0, 7).Draw(th.T, "seldom") > 0 {
		q.path = "/p/" + absent + "/none"
	}
	return []request{q}
}

// proposal draws a filled-in form of a proposal.
func (th things) proposal() url.Values {
	return url.Values{
		"key": {th.key()}, "kind": {th.of("kind", string(text.Amend), string(text.Amend), string(text.Insert), string(text.Delete), string(text.Move))},
		"version": {th.of("on version", "v1", "v1", "", th.one("version"))}, "clause": {th.one("clause")}, "after": {th.of("after", "", th.one("clause"))},
		"words": {th.of("words", "1. The dam is shared.", "2. The dam [is shared.")}, "audience": {th.audience()},
	}
}

// version draws a filled-in form of a version.
func (th things) version() url.Values {
	return url.Values{
		"key": {th.key()}, "symbol": {"REV.X"}, "class": {th.of("class", string(text.NonPaper), string(text.ChairsText))},
		"draft": {th.of("draft", desktest.Draft, "1. An open [bracket.", "")}, "audience": {th.audience()},
	}
}

func (th things) seat() string { return th.of("of seat", "CH", "RU", "UA", "EU", "XX") }

// key draws the key of a form, which names what it makes: fresh, or that of
// something that others may have made.
func (th things) key() string {
	return th.of("key", fmt.Sprintf("fresh-%016x", rapid.Uint64().Draw(th.T, "fresh")), desktest.IDs[0], desktest.IDs[1])
}

func (th things) audience() string {
	all := []string{"", string(record.Public), string(record.Plenary), string(record.Parties)}
	for _, s := range []record.Seat{"CH", "RU", "UA", "EU"} {
		all = append(all, string(record.Internal(s)), string(record.Offices(s)))
	}
	return th.of("audience", all...)
}

// elsewhere asks the same of a process that is hidden and of one that is not there.
func elsewhere(q request) (out []request) {
	door, rest, under := strings.Cut(q.path, "/p/talks")
	if !under {
		return nil
	}
	for _, p := range []string{string(secret), absent} {
		out = append(out, request{door + "/p/" + p + rest, q.form})
	}
	return out
}
