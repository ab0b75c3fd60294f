package web

import (
	"context"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"paraph/api"
	"paraph/bargain"
	"paraph/desk"
	"paraph/process"
	"paraph/record"
	"paraph/settle"
	"paraph/sitting"
	"paraph/text"
)

// rank is who asks in the table below, in its order: the public, the chair, the
// party that owns the thing, the other party, the observer, and a keeper, who
// has no seat and may claim what it likes.
var rank = []record.Seat{public, chair, north, south, basin, "KEEPER"}

// What the columns say, in the order of rank.
const (
	everybody   = "200 200 200 200 200 200"
	atTable     = "404 200 200 200 200 404"
	owner       = "404 404 200 404 404 404"
	otherOne    = "404 404 404 200 404 404"
	nobody      = "404 404 404 404 404 404"
	toObservers = "404 404 404 404 403 404" // who may not bargain is refused whatever it is about
	pair        = "404 404 200 200 404 404" // both parties, by themselves

	without = "" // there is no such thing on the route
)

// access says by hand what each route answers to whom about which thing: the
// owner's, told to nobody else; one told to the plenary; the other party's, told
// to nobody else; one that never was; and one that is no name at all. Messages
// lie between a party and the chair, so the chair has them too. Where a route
// is about a process, the only thing is the process.
var access = []accessRow{
	{"GET /{$}", "", nil, without, everybody, without, without, without},
	{"GET /assets/{name}", "", nil, without, everybody, without, nobody, nobody},
	{"GET /live", "?page=/p/{process}/text", nil, without, atTable, without, nobody, nobody},
	{"GET /live", "?page=/p/river/versions/{version}", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /live", "?page=/p/river/clauses/{clause}", nil, owner, atTable, otherOne, nobody, nobody},

	{"GET /p/{process}/{$}", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/text", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/text", "?version={version}", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/versions", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/versions/{version}", "", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/clauses/{clause}", "", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/compare", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/compare", "?old={version}&new=two", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/compare", "?old=two&new={version}", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/which", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/proposals", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/propose", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/import", "", nil, without, atTable, without, nobody, nobody},
	// One proposes on the text that all have, so not on a clause of one's own paper.
	{"GET /p/{process}/propose", "?clause={clause}", nil, nobody, atTable, nobody, nobody, nobody},
	{"GET /p/{process}/propose", "?kind=insert&after={clause}", nil, nobody, atTable, nobody, nobody, nobody},
	{"GET /p/{process}/clauses/{clause}/position", "", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/matrix", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/convergence", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/sittings", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/sittings/{sitting}", "", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/record", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/conditions", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/messages", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/delegations", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/bargain", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/bargain/issues", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/bargain/preferences", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/bargain/preferences/review", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/bargain/packages/new", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/bargain/packages/new", "?from={package}", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/bargain/packages/{package}", "", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/bargain/tests/new", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/bargain/tests/new", "?package={package}", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/bargain/tests/{test}", "", nil, pair, "404 200 200 200 404 404", pair, nobody, nobody},
	{"GET /p/{process}/bargain/results", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/papers", "", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/papers/{paper}", "version?version={version}&as=md", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/papers/{paper}", "provenance?version={version}&as=txt", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/papers/{paper}", "rolling?version={version}&as=json", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/papers/{paper}", "reading?seat=NO&version={version}&as=html", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/papers/{paper}", "comparison?old={version}&new=two&as=md", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/papers/{paper}", "comparison?old=two&new={version}&as=txt", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/papers/{paper}", "minute?sitting={sitting}&as=html", nil, owner, atTable, otherOne, nobody, nobody},
	{"GET /p/{process}/papers/{paper}", "matrix?as=html", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/papers/{paper}", "record?as=html", nil, without, atTable, without, nobody, nobody},
	{"GET /p/{process}/papers/{paper}", "none", nil, without, nobody, without, nobody, nobody},
	// Theirs are clean texts; that of the plenary is none, and nothing here makes a PDF.
	{"GET /p/{process}/papers/{paper}", "clean?version={version}&as=md", nil, owner, "404 409 409 409 409 404", otherOne, nobody, nobody},
	{"GET /p/{process}/papers/{paper}", "version?version={version}&as=pdf", nil, "404 404 503 404 404 404", "404 503 503 503 503 404", "404 404 404 503 404 404", nobody, nobody},
	{"GET /p/{process}/versions/new", "", nil, without, atTable, without, nobody, nobody},

	{"POST /sit", "", url.Values{"process": {"{process}"}, "seat": {"NO"}}, without, "303 303 303 303 303 303", without, nobody, nobody},
	{"POST /p/{process}/preview", "", filled("kind", "delete", "version", "two", "clause", "{clause}"),
		nobody, atTable, nobody, nobody, nobody},
	{"POST /p/{process}/propose", "", filled("kind", "delete", "version", "two", "clause", "{clause}"),
		nobody, "404 303 303 303 403 404", nobody, nobody, nobody},
	{"POST /p/{process}/import", "", filled("document", document), without, "404 200 200 200 403 404", without, nobody, nobody},
	{"POST /p/{process}/import/table", "", filled("take", "0", "kind-0", "delete", "version", "two", "clause-0", "{clause}"),
		"404 404 404 404 403 404", "404 303 303 303 403 404", "404 404 404 404 403 404", "404 404 404 404 403 404", "404 404 404 404 403 404"},
	{"POST /p/{process}/proposals/{proposal}/withdraw", "", url.Values{},
		"404 404 303 404 404 404", "404 403 303 403 403 404", "404 404 404 303 404 404", nobody, nobody},
	{"POST /p/{process}/proposals/{proposal}/clear", "", url.Values{"audience": {"plenary"}},
		"404 404 303 404 404 404", "404 403 409 403 403 404", "404 404 404 303 404 404", nobody, nobody},
	{"POST /p/{process}/clauses/{clause}/position", "", filled("do", "position", "position", "supports", "fingerprint", "{print}"),
		"404 404 303 404 404 404", "404 403 303 303 403 404", "404 404 404 303 404 404", nobody, nobody},
	{"POST /p/{process}/messages", "", filled("to", "NO", "words", "Well?"), without, "404 303 400 303 303 404", without, nobody, nobody},
	{"POST /p/{process}/messages/{message}/carry", "", url.Values{"to": {"{onward}"}},
		"404 303 403 403 403 404", without, "404 303 403 403 403 404", "404 404 403 403 403 404", "404 404 403 403 403 404"}, // nobody else carries, whatever it is
	{"POST /p/{process}/messages/{message}/acknowledge", "", url.Values{},
		"404 303 403 404 404 404", without, "404 303 404 403 404 404", nobody, nobody},
	{"POST /p/{process}/versions/new", "", filled("symbol", "NP", "class", "non-paper", "draft", "1. Words.\n"),
		without, "404 303 303 303 403 404", without, nobody, nobody},
	{"POST /p/{process}/which", "", url.Values{"copy": {"Thunder over NO alone."}}, without, atTable, without, nobody, nobody},
	{"POST /p/{process}/versions/preview", "", filled("draft", "1. Words.\n"), without, atTable, without, nobody, nobody},
	{"POST /p/{process}/bargain/issues", "", filled("do", "plain", "name", "Gauges", "options", "one\ntwo"),
		without, "404 303 403 403 403 404", without, nobody, nobody},
	{"POST /p/{process}/bargain/issues/{issue}/drop", "", url.Values{},
		toObservers, "404 303 403 403 403 404", toObservers, toObservers, toObservers},
	{"POST /p/{process}/bargain/rules", "", filled("if", "0:all", "then", "1:all", "how", "never"), without, "404 400 403 403 403 404", without, nobody, nobody}, // of one issue two options never stand together anyway
	{"POST /p/{process}/bargain/rules/{rule}/drop", "", url.Values{},
		toObservers, "404 303 403 403 403 404", toObservers, toObservers, toObservers},
	{"POST /p/{process}/bargain/preferences", "", filled("method", "ranking", "issues", "all", "do", "save", "rank-0", "1"),
		without, "404 403 303 303 403 404", without, nobody, nobody},
	{"POST /p/{process}/bargain/lend", "", filled("grain", "4"), without, "404 403 303 409 403 404", without, nobody, nobody},
	{"POST /p/{process}/bargain/revoke", "", filled(), without, "404 403 409 409 403 404", without, nobody, nobody},
	{"POST /p/{process}/bargain/packages", "", filled("title", "Basket", "issues", "all", "option-0", "0", "between", "NO"),
		without, "404 303 303 303 403 404", without, nobody, nobody},
	{"POST /p/{process}/bargain/packages/{package}/amend", "", filled("issues", "all", "option-0", "0"),
		"404 404 400 404 404 404", "404 400 403 403 403 404", "404 404 404 400 404 404", nobody, nobody}, // it changes nothing
	{"POST /p/{process}/bargain/packages/{package}/withdraw", "", url.Values{},
		"404 404 303 404 403 404", "404 303 403 403 403 404", "404 404 404 303 403 404", toObservers, toObservers},
	{"POST /p/{process}/bargain/packages/{package}/respond", "", filled("revision", "1", "response", "accept"),
		"404 404 303 404 404 404", "404 403 303 303 403 404", "404 404 404 303 404 404", nobody, nobody},
	{"POST /p/{process}/bargain/packages/{package}/text", "", filled(),
		"404 404 403 404 404 404", "404 403 403 403 403 404", "404 404 404 403 404 404", nobody, nobody},
	{"POST /p/{process}/bargain/tests", "", filled("question", "Could you?", "asked", "NO", "package", "{package}"),
		"404 404 400 404 404 404", "404 400 400 400 403 404", "404 404 404 400 404 404", nobody, nobody},
	{"POST /p/{process}/bargain/tests/{test}/answer", "", filled("answer", "yes"),
		"404 404 303 303 404 404", "404 403 303 303 404 404", "404 404 303 303 404 404", nobody, nobody},
	{"POST /p/{process}/seats", "", filled("seat", "EU", "name", "Europe", "role", "observer"),
		without, "404 303 403 403 403 404", without, nobody, nobody},
	{"POST /p/{process}/seats/suspend", "", filled("seat", "BA"), without, "404 303 403 403 403 404", without, nobody, nobody},
	{"POST /p/{process}/seats/restore", "", filled("seat", "BA"), without, "404 409 403 403 403 404", without, nobody, nobody},
	{"POST /p/{process}/people", "", filled("seat", "NO", "name", "Anna", "capacity", "member"),
		without, "404 403 303 403 403 404", without, nobody, nobody},
	// The plenary's is one of the chair's own seat, so that the chair alone strikes.
	{"POST /p/{process}/people/{person}/strike", "", filled("seat", "{seat}"),
		"404 404 303 404 404 404", "404 303 403 403 403 404", "404 404 404 303 404 404", nobody, nobody},
}

type accessRow struct {
	pattern, query                             string     // a query may begin with what stands for {paper}
	form                                       url.Values // with {version}, {clause}… for the thing
	own, plenary, others, neverWas, misspelled string
}

// filled is a form with its key.
func filled(pairs ...string) url.Values {
	f := url.Values{"key": {key}}
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

// over says the same by hand of things of the plenary that are withdrawn: an
// amendment that its seat took back, a member who was struck, a clause that the
// latest version has no more. They stay as readable as they were, and nothing is
// done to them any more. Every route on which one of them can be named is here.
var over = []struct {
	pattern, query string
	form           url.Values
	want           string
}{
	{"GET /live", "?page=/p/river/clauses/{clause}", nil, atTable},
	{"GET /p/{process}/clauses/{clause}", "", nil, atTable},
	{"GET /p/{process}/propose", "?clause={clause}", nil, nobody},
	{"GET /p/{process}/clauses/{clause}/position", "", nil, atTable},
	{"POST /p/{process}/preview", "", filled("kind", "delete", "version", "two", "clause", "{clause}"), nobody},
	{"POST /p/{process}/propose", "", filled("kind", "delete", "version", "two", "clause", "{clause}"), nobody},
	{"POST /p/{process}/import/table", "", filled("take", "0", "kind-0", "delete", "version", "two", "clause-0", "{clause}"), "404 404 404 404 403 404"},
	{"POST /p/{process}/proposals/{proposal}/withdraw", "", url.Values{}, "404 403 409 403 403 404"},
	{"POST /p/{process}/proposals/{proposal}/clear", "", url.Values{"audience": {"public"}}, "404 403 409 403 403 404"},
	{"POST /p/{process}/clauses/{clause}/position", "", filled("do", "position", "position", "supports", "fingerprint", "{print}"), "404 403 303 303 403 404"}, // of words that stood one may still speak
	{"POST /p/{process}/people/{person}/strike", "", filled("seat", "{seat}"), "404 409 409 403 403 404"},
	{"GET /p/{process}/bargain/packages/{package}", "", nil, atTable},
	{"GET /p/{process}/bargain/packages/new", "?from={package}", nil, atTable},
	{"GET /p/{process}/bargain/tests/new", "?package={package}", nil, nobody},
	{"POST /p/{process}/bargain/packages/{package}/amend", "", filled("issues", "all", "option-0", "0"), "404 409 403 403 403 404"},
	{"POST /p/{process}/bargain/packages/{package}/withdraw", "", url.Values{}, "404 409 403 403 403 404"},
	{"POST /p/{process}/bargain/packages/{package}/respond", "", filled("revision", "1", "response", "accept"), "404 403 409 409 403 404"},
	{"POST /p/{process}/bargain/packages/{package}/text", "", filled(), "404 403 403 403 403 404"},
	{"POST /p/{process}/bargain/issues/{issue}/drop", "", url.Values{}, "404 409 403 403 403 404"},
	{"POST /p/{process}/bargain/rules/{rule}/drop", "", url.Values{}, "404 409 403 403 403 404"},
	{programPattern("GET", "/p/{process}/packages/{package}"), "", nil, atTable},
	{programPattern("GET", "/p/{process}/packages/{package}/improvements"), "", nil, atTable},
	{programPattern("POST", "/p/{process}/packages/{package}/amend"), "", bodied(`{"choices":[{"issue":"all","option":1}]}`), "404 409 403 403 403 404"},
	{programPattern("POST", "/p/{process}/packages/{package}/respond"), "", bodied(`{"revision":1,"response":"decline"}`), "404 403 409 409 403 404"},
	{programPattern("POST", "/p/{process}/packages/{package}/put"), "", bodied(`{"clause":"{clause}"}`), nobody},
	{programPattern("POST", "/p/{process}/packages/{package}/withdraw"), "", bodied(`{}`), "404 409 403 403 403 404"},
	{programPattern("POST", "/p/{process}/issues/{issue}/drop"), "", bodied(`{}`), "404 409 403 403 403 404"},
	{programPattern("POST", "/p/{process}/rules/{rule}/drop"), "", bodied(`{}`), "404 409 403 403 403 404"},

	{programPattern("GET", "/p/{process}/clauses/{clause}"), "", nil, atTable},
	{programPattern("GET", "/p/{process}/proposals/{proposal}"), "", nil, atTable},
	{programPattern("POST", "/p/{process}/proposals/{proposal}/withdraw"), "", bodied(`{}`), "404 403 409 403 403 404"},
	{programPattern("POST", "/p/{process}/proposals/{proposal}/clear"), "", bodied(`{"audience":"public"}`), "404 403 409 403 403 404"},
	{programPattern("POST", "/p/{process}/clauses/{clause}/position"), "", bodied(`{"position":"supports","fingerprint":"{print}"}`), "404 403 200 200 403 404"},
	{programPattern("POST", "/p/{process}/clauses/{clause}/consent"), "", bodied(`{"level":"ad referendum","fingerprint":"{print}"}`), "404 403 200 200 403 404"},
	{programPattern("POST", "/p/{process}/people/{person}/strike"), "", bodied(`{}`), "404 409 409 403 403 404"},
}

// withdrawable is what in a pattern may name something that is withdrawn.
var withdrawable = regexp.MustCompile(`\{(proposal|person|clause|package|issue|rule)\}`)

func TestAccess(t *testing.T) {
	unknown := map[string]*strings.Replacer{ // where the thing is the process
		"neverWas":   strings.NewReplacer("{$}", "", "{process}", "absent", "{name}", "absent"),
		"misspelled": strings.NewReplacer("{$}", "", "{process}", "%FF", "{name}", "%FF"),
	}
	tb := newTable(t)
	owned := tb.owned()
	rows := slices.Concat(access, programAccess)
	for _, row := range rows {
		for thing, want := range map[string]string{"own": row.own, "plenary": row.plenary, "others": row.others, "neverWas": row.neverWas, "misspelled": row.misspelled} {
			name := owned[thing]
			if row.own == without && thing != "plenary" {
				name = unknown[thing]
			}
			tb.answers(row.pattern, row.query, row.form, thing, name, want)
		}
	}
	looked, ended := map[string]bool{}, map[string]bool{}
	for _, row := range rows {
		looked[row.pattern] = true
	}
	for _, row := range over {
		ended[row.pattern] = true
		tb.answers(row.pattern, row.query, row.form, "withdrawn", owned["withdrawn"], row.want)
	}
	for _, pattern := range tb.server.Patterns() {
		if !looked[pattern] {
			t.Errorf("%s is not in the table of access", pattern)
		}
		if withdrawable.MatchString(pattern) && !ended[pattern] {
			t.Errorf("%s is not in the table of what is withdrawn", pattern)
		}
	}
}

// answers holds what everybody is answered on a route about a thing to what is
// wanted. What is refused as not found is the same to the byte as what never was.
func (tb *table) answers(pattern, query string, form url.Values, thing string, name *strings.Replacer, want string) {
	tb.Helper()
	if strings.HasPrefix(pattern, "POST ") && !strings.HasSuffix(pattern, "/preview") && !strings.HasSuffix(pattern, "/import") && want != without {
		tb = newTable(tb.T)
		tb.owned()
	}
	var good []string // what says that something was done
	if strings.Contains(pattern, "POST "+api.Prefix) {
		good = []string{"200"}
	}
	for _, i := range refusedFirst(strings.Fields(want), good...) {
		wanted := strings.Fields(want)[i]
		_, path, _ := strings.Cut(name.Replace(addressed(pattern, query)), " ")
		var sent url.Values
		if form != nil {
			sent = url.Values{}
			for k, v := range form {
				sent.Set(k, name.Replace(v[0]))
			}
			if sent.Has("key") { // each asks with a form of its own
				sent.Set("key", key+strconv.Itoa(i))
			}
		}
		w := tb.hear(rank[i], path, sent)
		if got := strconv.Itoa(w.Code); got != wanted {
			tb.Errorf("%s%s of %s, asked by %q: %s, want %s: %s", pattern, query, thing, rank[i], got, wanted, said(w))
		}
		if w.Code == http.StatusNotFound {
			if absent := tb.hear(rank[i], nowhere(path), nil); written(w) != written(absent) {
				tb.Errorf("%s%s of %s, asked by %q: not found, but not as what never was:\n%s\n%s", pattern, query, thing, rank[i], written(w), written(absent))
			}
		}
	}
}

// addressed puts a pattern and a query together.
func addressed(pattern, query string) string {
	kind, rest, found := strings.Cut(query, "?")
	if found {
		rest = "?" + rest
	}
	return strings.Replace(pattern, "{paper}", kind, 1) + rest
}

// refusedFirst orders the columns of a row so that what is done changes nothing
// for those who are refused: it says so by 303, or by one of good.
func refusedFirst(want []string, good ...string) []int {
	var refused, done []int
	for i, code := range want {
		if code == "303" || slices.Contains(good, code) {
			done = append(done, i)
		} else {
			refused = append(refused, i)
		}
	}
	return append(refused, done...)
}

// owned lays the things of the table, and gives how each kind is named in it.
func (tb *table) owned() map[string]*strings.Replacer {
	tb.server.assets = assets{"there.css": {name: "there.css", kind: "text/css", url: "/assets/there.css"}}
	tb.do(river, chair, bargain.MakeIssue{ID: "all", Name: "Who pays", Options: []bargain.Option{{Name: "both"}, {Name: "a fund"}}, Audience: record.Plenary})
	tb.do(river, chair, bargain.AddRule{ID: "all", If: []bargain.Choice{{Issue: "all", Option: 1}}, Audience: record.Plenary})
	tb.do(river, north, bargain.Prefer{Issues: []string{"all"}, Party: settle.Party{Worth: [][]*big.Rat{{big.NewRat(1, 1), new(big.Rat)}}}, Method: "weights"})
	tb.bargain(chair, bargain.OpenTest{ID: "all", Question: "Could you?", Asked: []record.Seat{north, south}})
	names := map[string][]string{}
	name := func(thing, clause, print, version, sitting, proposal, message, onward, person, seat string) {
		names[thing] = []string{"{process}", "river", "{name}", "there.css", "{$}", "", "{clause}", clause, "{print}", print, "{version}", version,
			"{sitting}", sitting, "{package}", sitting, "{issue}", sitting, "{rule}", sitting, "{test}", sitting, "{proposal}", proposal, "{message}", message, "{onward}", onward, "{person}", person, "{seat}", seat}
	}
	for thing, seat := range map[string]record.Seat{"own": north, "others": south} {
		id, onward := "of-"+strings.ToLower(string(seat)), south
		if seat == south {
			onward = north
		}
		tb.do(river, seat, text.Issue{ID: id, Symbol: "NP", Class: text.NonPaper, Draft: "1. Thunder over " + string(seat) + " alone.\n"})
		tb.do(river, seat, sitting.Hold{ID: id, Title: "Caucus", Kind: sitting.Caucus})
		tb.do(river, seat, bargain.TablePackage{ID: id, Title: "Ours", Choices: []bargain.Choice{{Issue: "all"}}, Between: []record.Seat{north, south}})
		tb.do(river, seat, text.Table{ID: id, Version: "two", Kind: text.Amend, Clause: tb.clause("Nothing here"), Words: "2. All stands."})
		tb.do(river, seat, sitting.Send{ID: id, Words: "Well?", MayPass: []record.Seat{onward}})
		tb.do(river, seat, process.Accredit{ID: id, Seat: seat, Name: "Quiet", Capacity: record.Member, Audience: record.Internal(seat)})
		c := tb.clauseOf(seat, id)
		name(thing, c.ID, c.Fingerprint, id, id, id, id, string(onward), id, string(seat))
	}
	tb.do(river, chair, sitting.Hold{ID: "all", Title: "Opening", Kind: sitting.Plenary})
	tb.do(river, chair, bargain.TablePackage{ID: "all", Title: "A package", Choices: []bargain.Choice{{Issue: "all"}}, Between: []record.Seat{north, south}, Audience: record.Plenary})
	tb.do(river, chair, process.Accredit{ID: "of-ch", Seat: chair, Name: "Secretary", Capacity: record.Member})
	c := tb.latest("release water")
	name("plenary", c.ID, c.Fingerprint, "two", "all", "north-may", "none", "", "of-ch", "CH")
	tb.do(river, north, process.Accredit{ID: "gone-no", Seat: north, Name: "Gone", Capacity: record.Member})
	tb.do(river, north, process.Strike{Seat: north, Person: "gone-no"})
	gone := tb.gone()
	name("withdrawn", gone.ID, gone.Fingerprint, "two", "all", "north-gone", "none", "", "gone-no", "NO")
	name("neverWas", "absent", "absent", "absent", "absent", "absent", "absent", "NO", "absent", "NO")
	name("misspelled", "%FF%00", "x", "%FF%00", "%FF%00", "%FF%00", "%FF%00", "NO", "%FF%00", "NO")
	tb.bargained(names)
	out := map[string]*strings.Replacer{}
	for thing, pairs := range names {
		out[thing] = strings.NewReplacer(pairs...)
	}
	return out
}

// bargained lays what is bargained over beside the rest: tests that the parties
// have between themselves, and what is dropped or withdrawn.
func (tb *table) bargained(names map[string][]string) {
	both := []record.Seat{north, south}
	for _, id := range []string{"of-no", "of-so"} {
		tb.bargain(north, bargain.OpenTest{ID: id, Question: "Could you?", Asked: both, Audience: record.Bilateral(both...)})
	}
	taken := []bargain.Choice{{Issue: "all"}}
	tb.bargain(chair, bargain.MakeIssue{ID: "gone", Name: "Gone", Options: []bargain.Option{{Name: "much"}, {Name: "little"}}, Audience: record.Plenary})
	tb.bargain(chair, bargain.DropIssue{Issue: "gone"})
	tb.bargain(chair, bargain.AddRule{ID: "gone", Then: taken, Audience: record.Plenary})
	tb.bargain(chair, bargain.DropRule{Rule: "gone"})
	tb.bargain(chair, bargain.TablePackage{ID: "gone", Title: "Gone", Choices: taken, Between: both, Audience: record.Plenary})
	tb.bargain(chair, bargain.WithdrawPackage{Package: "gone"})
	names["withdrawn"] = append([]string{"{issue}", "gone", "{rule}", "gone", "{package}", "gone"}, names["withdrawn"]...)
}

// bargain does an act of bargaining, with all that follows of it.
func (tb *table) bargain(s record.Seat, act bargain.Act) {
	tb.Helper()
	tb.done++
	if _, err := tb.desk.Bargain(context.Background(), river, actor(s), fmt.Sprint("bargain-", tb.done), act); err != nil {
		tb.Fatal(err)
	}
}

// clauseOf gives the first clause of a version that a seat reads.
func (tb *table) clauseOf(s record.Seat, version string) (found text.Clause) {
	tb.Helper()
	err := tb.desk.Look(context.Background(), river, actor(s).Lens(), func(v desk.View) error {
		seen, _ := text.SeeVersion(v.Text, version)
		found = seen.Clauses[0]
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return found
}

// gone gives a clause that the latest version has no more.
func (tb *table) gone() (found text.Clause) {
	tb.Helper()
	tb.do(river, chair, text.Issue{ID: "zero", Symbol: "R/0", Class: text.NonPaper, Draft: "1. This goes.\n", Audience: record.Plenary})
	return tb.clauseOf(north, "zero")
}

// hear asks, and hangs up on a stream as soon as it has said something.
func (tb *table) hear(s record.Seat, path string, form url.Values) *httptest.ResponseRecorder {
	if form != nil && strings.HasPrefix(path, api.Prefix) {
		w := httptest.NewRecorder()
		tb.server.ServeHTTP(w, asProgram(request{path, form}, s))
		return w
	}
	if form != nil {
		return tb.post(s, path, form)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	w := hangingUp{httptest.NewRecorder(), cancel}
	r := tb.as(s, httptest.NewRequest("GET", path, nil).WithContext(ctx))
	r.Header.Set("Authorization", "Bearer "+string(s)) // which pages do not look at
	tb.server.ServeHTTP(w, r)
	return w.ResponseRecorder
}

// hangingUp takes an answer up to where it is first sent.
type hangingUp struct {
	*httptest.ResponseRecorder
	cancel context.CancelFunc
}

func (w hangingUp) Flush() { w.cancel() }

// said gives the words of a refusal.
func said(w *httptest.ResponseRecorder) string {
	_, rest, _ := strings.Cut(w.Body.String(), "<main")
	return rest[:min(len(rest), 600)]
}
