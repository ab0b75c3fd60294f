package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"paraph/people"
	"paraph/people/peopletest"
	"paraph/process"
	"paraph/record"
	"paraph/store/sqlite"
)

// crowd is who asks in the table below, in its order, where people have accounts:
// somebody without session; one who runs the machine; one with an account and no
// place; a person of another process; the head of the chair's seat; the head of
// north; a member of north, who may not bind it; one who was struck from north; the
// head of the observer's seat, which is suspended; and the head of south.
var crowd = []string{"", "administrator", "placeless", "elsewhere", "head-ch", "head-no", "member-no", "struck-no", "head-ba", "head-so"}

// What the columns say, in the order of crowd.
const (
	all10       = "200 200 200 200 200 200 200 200 200 200"
	table10     = "404 404 404 404 200 200 200 404 404 200"
	north10     = "404 404 404 404 404 200 200 404 404 404"
	nobody10    = "404 404 404 404 404 404 404 404 404 404"
	strangers10 = "404 404 404 404 "
)

// accessOfPeople says by hand what each route answers to whom where people have
// accounts: about what the plenary has, what north alone has, and what never was.
// Being signed in, running the machine, or sitting elsewhere is worth nothing at a
// table; neither is a place that has ended. What stands apart from any process,
// and the ways in, are in townAccess.
var accessOfPeople = []struct {
	pattern, query         string
	form                   url.Values
	plenary, own, neverWas string
}{
	{"GET /{$}", "", nil, all10, without, without},
	{"GET /assets/{name}", "", nil, all10, without, nobody10},
	{"GET /live", "?page=/p/{process}/text", nil, table10, without, nobody10},
	{"GET /live", "?page=/p/river/versions/{version}", nil, table10, north10, nobody10},

	{"GET /p/{process}/{$}", "", nil, table10, without, nobody10},
	{"GET /p/{process}/text", "", nil, table10, without, nobody10},
	{"GET /p/{process}/versions", "", nil, table10, without, nobody10},
	{"GET /p/{process}/versions/new", "", nil, table10, without, nobody10},
	{"GET /p/{process}/versions/{version}", "", nil, table10, north10, nobody10},
	{"GET /p/{process}/clauses/{clause}", "", nil, table10, north10, nobody10},
	{"GET /p/{process}/compare", "?old={version}&new=two", nil, table10, north10, nobody10},
	{"GET /p/{process}/proposals", "", nil, table10, without, nobody10},
	{"GET /p/{process}/propose", "?clause={clause}", nil, table10, nobody10, nobody10},
	{"GET /p/{process}/import", "", nil, table10, without, nobody10},
	{"GET /p/{process}/clauses/{clause}/position", "", nil, table10, north10, nobody10},
	{"GET /p/{process}/matrix", "", nil, table10, without, nobody10},
	{"GET /p/{process}/convergence", "", nil, table10, without, nobody10},
	{"GET /p/{process}/sittings", "", nil, table10, without, nobody10},
	{"GET /p/{process}/sittings/{sitting}", "", nil, table10, north10, nobody10},
	{"GET /p/{process}/record", "", nil, table10, without, nobody10},
	{"GET /p/{process}/conditions", "", nil, table10, without, nobody10},
	{"GET /p/{process}/messages", "", nil, table10, without, nobody10},
	{"GET /p/{process}/delegations", "", nil, table10, without, nobody10},
	{"GET /p/{process}/papers", "", nil, table10, without, nobody10},
	{"GET /p/{process}/papers/{paper}", "version?version={version}&as=md", nil, table10, north10, nobody10},
	{"GET /p/{process}/papers/{paper}", "comparison?old={version}&new=two", nil, table10, north10, nobody10},
	{"GET /p/{process}/papers/{paper}", "minute?sitting={sitting}&as=txt", nil, table10, north10, nobody10},
	{"GET /p/{process}/papers/{paper}", "rolling?as=json", nil, table10, without, nobody10},
	{"GET /p/{process}/papers/{paper}", "matrix?as=html", nil, table10, without, nobody10},

	{"GET /p/{process}/bargain", "", nil, table10, without, nobody10},
	{"GET /p/{process}/bargain/issues", "", nil, table10, without, nobody10},
	{"GET /p/{process}/bargain/preferences", "", nil, table10, without, nobody10},
	{"GET /p/{process}/bargain/preferences/review", "", nil, table10, without, nobody10},
	{"GET /p/{process}/bargain/packages/new", "?from={package}", nil, table10, north10, nobody10},
	{"GET /p/{process}/bargain/packages/{package}", "", nil, table10, north10, nobody10},
	{"GET /p/{process}/bargain/tests/new", "?package={package}", nil, table10, north10, nobody10},
	{"GET /p/{process}/bargain/tests/{test}", "", nil, table10, strangers10 + "404 200 200 404 404 200", nobody10},
	{"GET /p/{process}/bargain/results", "", nil, table10, without, nobody10},

	{"POST /p/{process}/preview", "", filled("kind", "delete", "version", "two", "clause", "{clause}"), table10, nobody10, nobody10},
	{"POST /p/{process}/versions/preview", "", filled("draft", "1. Words.\n"), table10, without, nobody10},
	{"GET /p/{process}/which", "", nil, table10, without, nobody10},
	{"POST /p/{process}/which", "", url.Values{"copy": {"1. Words."}}, table10, without, nobody10},
	{"POST /p/{process}/propose", "", filled("kind", "delete", "version", "two", "clause", "{clause}"), strangers10 + "303 303 303 404 404 303", nobody10, nobody10},
	{"POST /p/{process}/import", "", filled("document", document), table10, without, nobody10},
	{"POST /p/{process}/import/table", "", filled("take", "0", "kind-0", "delete", "version", "two", "clause-0", "{clause}"), strangers10 + "303 303 303 404 404 303", nobody10, nobody10},
	{"POST /p/{process}/proposals/{proposal}/withdraw", "", url.Values{}, strangers10 + "403 303 303 404 404 403", strangers10 + "404 303 303 404 404 404", nobody10},
	{"POST /p/{process}/proposals/{proposal}/clear", "", url.Values{"audience": {"plenary"}}, strangers10 + "403 409 409 404 404 403", strangers10 + "404 303 303 404 404 404", nobody10},
	{"POST /p/{process}/clauses/{clause}/position", "", filled("do", "position", "position", "supports", "fingerprint", "{print}"), strangers10 + "403 303 303 404 404 303", strangers10 + "404 303 303 404 404 404", nobody10},
	{"POST /p/{process}/messages", "", filled("to", "NO", "words", "Well?"), strangers10 + "303 400 400 404 404 303", without, nobody10},
	{"POST /p/{process}/messages/{message}/carry", "", url.Values{"to": {"SO"}}, without, strangers10 + "303 403 403 404 404 403", strangers10 + "404 403 403 404 404 403"},
	{"POST /p/{process}/messages/{message}/acknowledge", "", url.Values{}, without, strangers10 + "303 403 403 404 404 404", nobody10},
	{"POST /p/{process}/versions/new", "", filled("symbol", "NP", "class", "non-paper", "draft", "1. Words.\n"), strangers10 + "303 303 303 404 404 303", without, nobody10},
	{"POST /p/{process}/bargain/issues", "", filled("do", "plain", "name", "Gauges", "options", "one\ntwo"), strangers10 + "303 403 403 404 404 403", without, nobody10},
	{"POST /p/{process}/bargain/issues/{issue}/drop", "", url.Values{}, strangers10 + "303 403 403 404 404 403", nobody10, nobody10},
	{"POST /p/{process}/bargain/rules", "", filled("if", "0:all", "then", "1:all", "how", "never"), strangers10 + "400 403 403 404 404 403", without, nobody10},
	{"POST /p/{process}/bargain/rules/{rule}/drop", "", url.Values{}, strangers10 + "303 403 403 404 404 403", nobody10, nobody10},
	{"POST /p/{process}/bargain/preferences", "", filled("method", "ranking", "issues", "all", "do", "save", "rank-0", "1"), strangers10 + "403 303 303 404 404 303", without, nobody10},
	{"POST /p/{process}/bargain/lend", "", filled("grain", "4"), strangers10 + "403 303 403 404 404 409", without, nobody10}, // a member may not bind the seat
	{"POST /p/{process}/bargain/revoke", "", filled(), strangers10 + "403 409 409 404 404 409", without, nobody10},
	{"POST /p/{process}/bargain/packages", "", filled("title", "Basket", "issues", "all", "option-0", "0", "between", "NO"), strangers10 + "303 303 303 404 404 303", without, nobody10},
	{"POST /p/{process}/bargain/packages/{package}/amend", "", filled("issues", "all", "option-0", "0"), strangers10 + "400 403 403 404 404 403", strangers10 + "404 400 400 404 404 404", nobody10},
	{"POST /p/{process}/bargain/packages/{package}/withdraw", "", url.Values{}, strangers10 + "303 403 403 404 404 403", strangers10 + "404 303 303 404 404 404", nobody10},
	{"POST /p/{process}/bargain/packages/{package}/respond", "", filled("revision", "1", "response", "accept"), strangers10 + "403 303 403 404 404 303", strangers10 + "404 303 403 404 404 404", nobody10},
	{"POST /p/{process}/bargain/packages/{package}/text", "", filled(), strangers10 + "403 403 403 404 404 403", strangers10 + "404 403 403 404 404 404", nobody10},
	{"POST /p/{process}/bargain/tests", "", filled("question", "Could you?", "asked", "NO", "package", "{package}"), strangers10 + "400 400 400 404 404 400", strangers10 + "404 400 400 404 404 404", nobody10},
	{"POST /p/{process}/bargain/tests/{test}/answer", "", filled("answer", "yes"), strangers10 + "403 303 303 404 404 303", strangers10 + "404 303 303 404 404 303", nobody10},
	{"POST /p/{process}/seats", "", filled("seat", "EU", "name", "Europe", "role", "observer"), strangers10 + "303 403 403 404 404 403", without, nobody10},
	{"POST /p/{process}/seats/suspend", "", filled("seat", "SO"), strangers10 + "303 403 403 404 404 403", without, nobody10},
	{"POST /p/{process}/seats/restore", "", filled("seat", "BA"), strangers10 + "303 403 403 404 404 403", without, nobody10},
	{"POST /p/{process}/people", "", filled("seat", "NO", "name", "Anna", "capacity", "member"), strangers10 + "403 303 403 404 404 403", without, nobody10},
	{"POST /p/{process}/people/{person}/strike", "", filled("seat", "{seat}"), strangers10 + "303 403 403 404 404 403", strangers10 + "404 303 403 404 404 404", nobody10},
}

// gate is a table where people have accounts.
type gate struct {
	*table
	register *people.Register
	tokens   map[string]string
}

// newGate makes the accounts of the crowd; each row of the table then has a record
// of its own.
func newGate(t *testing.T) *gate {
	t.Helper()
	book, err := sqlite.OpenBook(filepath.Join(t.TempDir(), "people"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := people.New(book, people.Options{Clock: func() time.Time { return morning }, URL: home_})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, close := range []func() error{r.Close, book.Close} {
			if err := close(); err != nil {
				t.Error(err)
			}
		}
	})
	d := &gate{register: r, tokens: map[string]string{}}
	for _, name := range crowd[1:] {
		to := people.Invited{Administrator: name == "administrator"}
		switch name {
		case "administrator", "placeless":
		case "elsewhere":
			to.Place = people.Place{Process: empty, Person: "head-no"}
		default:
			to.Place = people.Place{Process: river, Person: name}
		}
		d.tokens[name] = peopletest.Enrol(t, r, to, name).Session
	}
	d.lay(t)
	return d
}

// lay lays a fresh record.
func (d *gate) lay(t *testing.T) map[string]*strings.Replacer {
	t.Helper()
	d.table = newTable(t)
	owned := d.owned()
	d.do(river, chair, process.Accredit{ID: "head-ch", Seat: chair, Name: "The head", Capacity: record.Head})
	for _, id := range []string{"member-no", "struck-no"} {
		d.do(river, north, process.Accredit{ID: id, Seat: north, Name: "One of north", Capacity: record.Member})
	}
	d.do(river, north, process.Strike{Seat: north, Person: "struck-no"})
	d.do(river, chair, process.Suspend{Seat: basin})
	assets := d.server.assets
	d.server = New(d.desk, Options{
		People: d.register, URL: home_, Clock: func() time.Time { return morning }, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	d.server.assets = assets
	return owned
}

// ask asks as somebody of the crowd, and hangs up on a stream as soon as it has
// said something.
func (d *gate) ask(name, path string, form url.Values) *httptest.ResponseRecorder {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if form != nil {
		r = httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	r.Host = "localhost:8300"
	if name != "" {
		r.AddCookie(&http.Cookie{Name: sessionCookie, Value: d.tokens[name]})
	}
	w := hangingUp{httptest.NewRecorder(), cancel}
	d.server.ServeHTTP(w, r.WithContext(ctx))
	return w.ResponseRecorder
}

func TestAccessOfPeople(t *testing.T) {
	d := newGate(t)
	looked := map[string]bool{}
	for _, row := range accessOfPeople {
		looked[row.pattern] = true
		for thing, want := range map[string]string{"plenary": row.plenary, "own": row.own, "neverWas": row.neverWas} {
			if want == without {
				continue
			}
			owned := d.lay(t)
			name := owned[thing]
			if thing == "neverWas" && row.own == without {
				name = strings.NewReplacer("{$}", "", "{process}", "absent", "{name}", "absent")
			}
			for _, i := range refusedFirst(strings.Fields(want)) {
				_, path, _ := strings.Cut(name.Replace(addressed(row.pattern, row.query)), " ")
				var sent url.Values
				if row.form != nil {
					sent = url.Values{}
					for k, v := range row.form {
						sent.Set(k, name.Replace(v[0]))
					}
					if sent.Has("key") {
						sent.Set("key", key+strconv.Itoa(i))
					}
				}
				if strings.Fields(want)[i] == "303" && row.form != nil { // each does it on a record of its own
					d.lay(t)
				}
				w := d.ask(crowd[i], path, sent)
				if got, wanted := strconv.Itoa(w.Code), strings.Fields(want)[i]; got != wanted {
					t.Errorf("%s%s of %s, asked by %q: %s, want %s: %s", row.pattern, row.query, thing, crowd[i], got, wanted, said(w))
				}
				if absent := d.ask(crowd[i], "/nothing/here", nil); w.Code == http.StatusNotFound && written(w) != written(absent) {
					t.Errorf("%s%s of %s, asked by %q: not found, but not as what never was", row.pattern, row.query, thing, crowd[i])
				}
			}
		}
	}
	for _, r := range d.server.atTable() {
		if !looked[r.pattern] {
			t.Errorf("%s is not in the table of access", r.pattern)
		}
	}
}
