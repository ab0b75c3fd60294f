package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"paraph/papers"
)

// contract holds requests and answers to the document.
type contract struct {
	*hall
	document *openapi3.T
	router   routers.Router
	answered map[string]map[int]bool // operations, by the statuses that were seen
}

// promised reads the document that the running server gives. What it says of
// answers is read as closed, so that a field which it does not have is found.
func promised(h *hall) *contract {
	h.Helper()
	for _, f := range papers.Forms() {
		media, _, _ := strings.Cut(f.Media(), ";")
		if openapi3filter.RegisteredBodyDecoder(media) == nil {
			openapi3filter.RegisterBodyDecoder(media, openapi3filter.RegisteredBodyDecoder("text/plain"))
		}
	}
	w := h.get("", "/openapi.json")
	if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), h.server.Document()) {
		h.Fatalf("the document: %d", w.Code)
	}
	var raw map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &raw); err != nil {
		h.Fatal(err)
	}
	for _, s := range raw["components"].(map[string]any)["schemas"].(map[string]any) {
		if s := s.(map[string]any); s["type"] == "object" {
			s["additionalProperties"] = false
		}
	}
	closed, err := json.Marshal(raw)
	if err != nil {
		h.Fatal(err)
	}
	c := &contract{hall: h, answered: map[string]map[int]bool{}}
	if c.document, err = openapi3.NewLoader().LoadFromData(closed); err != nil {
		h.Fatal(err)
	}
	if err := c.document.Validate(context.Background(), openapi3.IsOpenAPI31OrLater()); err != nil {
		h.Fatal(err)
	}
	if c.router, err = legacy.NewRouter(c.document, openapi3.IsOpenAPI31OrLater()); err != nil {
		h.Fatal(err)
	}
	return c
}

// ask asks the server, and holds the answer to the document; of a request that
// is answered well, the request too.
func (c *contract) ask(r *http.Request) *httptest.ResponseRecorder {
	c.Helper()
	sent, err := io.ReadAll(r.Body)
	if err != nil {
		c.Fatal(err)
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	w := c.hall.ask(r)
	if w.Body.Len() == 0 && r.Method != http.MethodHead {
		c.Errorf("%s %s: %d says nothing", r.Method, r.URL, w.Code)
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	route, path, err := c.router.FindRoute(r)
	if err != nil {
		c.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	options := &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true}
	input := &openapi3filter.RequestValidationInput{Request: r, PathParams: path, Route: route, Options: options}
	if w.Code == http.StatusOK {
		if err := openapi3filter.ValidateRequest(context.Background(), input); err != nil {
			c.Errorf("%s %s was taken: %v", r.Method, r.URL, err)
		}
	}
	answer := &openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: w.Code, Header: w.Header(), Options: options}
	answer.SetBodyBytes(w.Body.Bytes())
	if err := openapi3filter.ValidateResponse(context.Background(), answer); err != nil {
		c.Errorf("%s %s: %d %v", r.Method, r.URL, w.Code, err)
	}
	name := route.Operation.OperationID
	if c.answered[name] == nil {
		c.answered[name] = map[int]bool{}
	}
	c.answered[name][w.Code] = true
	return w
}

// exampleOf makes the request that the document shows for an operation.
func exampleOf(path, method string, item *openapi3.PathItem, token string) *http.Request {
	o := item.GetOperation(method)
	key := ""
	for _, p := range o.Parameters {
		switch example, _ := p.Value.Example.(string); p.Value.In {
		case "path":
			path = strings.ReplaceAll(path, "{"+p.Value.Name+"}", example)
		case "header":
			key = example
		}
	}
	body := ""
	if o.RequestBody != nil {
		b, _ := json.Marshal(o.RequestBody.Value.Content[jsonType].Example) // it was JSON before
		body = string(b)
	}
	return request(token, strings.TrimPrefix(path, Prefix), key, body)
}

func TestDocumentNamesEveryRouteAndNoOther(t *testing.T) {
	c := promised(open(t))
	var documented []string
	for path, item := range c.document.Paths.Map() {
		for method := range item.Operations() {
			documented = append(documented, method+" "+path)
		}
	}
	served := c.server.Patterns()
	slices.Sort(documented)
	slices.Sort(served)
	if !slices.Equal(documented, served) {
		t.Errorf("the document has\n%s\nand the server\n%s", strings.Join(documented, "\n"), strings.Join(served, "\n"))
	}
}

// TestExamplesOfTheDocument does every request that the document shows, in its
// order, on the worked example: each is answered well, and as it says.
func TestExamplesOfTheDocument(t *testing.T) {
	c := promised(open(t))
	for _, r := range c.server.routes() {
		if r.name == "live" {
			continue // a stream does not end; see live_test.go
		}
		item := c.document.Paths.Value(Prefix + r.path)
		tokens := []string{"KEL", "AOM", ""}
		if r.example.as != "" {
			tokens = []string{string(r.example.as)}
		}
		for _, token := range tokens {
			w := c.ask(exampleOf(Prefix+r.path, r.method, item, token))
			if w.Code != http.StatusOK && (token != "" || w.Code != http.StatusNotFound) {
				t.Errorf("the example of %s, with the token of %q: %d %s", r.name, token, w.Code, w.Body)
			}
		}
		if !r.key {
			continue
		}
		again := c.ask(exampleOf(Prefix+r.path, r.method, item, tokens[0]))
		var done Done
		if err := json.Unmarshal(again.Body.Bytes(), &done); err != nil || !done.Again || again.Code != http.StatusOK {
			t.Errorf("%s sent twice: %d %s", r.name, again.Code, again.Body)
		}
	}
	for _, r := range c.server.routes() {
		if !c.answered[r.name][http.StatusOK] && r.name != "live" {
			t.Errorf("nothing was seen of %s", r.name)
		}
	}
}

// TestEverythingThatIsSeen reads the worked example through every seat: what is
// there in lists, in every form, and through the chair's eyes every thing.
func TestEverythingThatIsSeen(t *testing.T) {
	c := promised(open(t))
	for _, token := range []string{"AOM", "KEL", ""} {
		paths := []string{
			"/openapi.json", "/processes", "/p/ukraine-december-2025", "/p/vesna/text?held=KEL", "/p/vesna/text?depth=2", "/p/vesna/text?as=text",
			"/p/vesna/reading?seat=KEL", "/p/vesna/reading?seat=XX", "/p/vesna/reading?seat=DOR&as=text", "/p/vesna/matrix?show=contested", "/p/vesna/compare?all=yes",
			"/p/vesna/compare?old=base&new=rolling", "/p/vesna/compare?old=reading:KEL&new=reading:DOR", "/p/vesna/compare?old=reading:XX",
			"/p/vesna/proposals?seat=DOR", "/p/vesna/record?kind=claim", "/p/vesna/record?seat=KEL",
		}
		for _, r := range c.server.routes() {
			if r.method == "GET" && len(r.variables()) == 1 && r.name != "live" {
				for _, p := range []string{"vesna", "ukraine-december-2025", "nothing"} {
					paths = append(paths, strings.ReplaceAll(r.path, "{process}", p))
				}
			}
		}
		for _, k := range papers.Kinds() {
			for _, form := range k.In() {
				paths = append(paths, "/p/vesna/papers/"+string(k)+"?as="+string(form)+"&sitting=first-round")
			}
		}
		if token == "AOM" {
			paths = append(paths, c.things(token)...)
		}
		for _, path := range paths {
			c.ask(request(token, path, "", ""))
		}
	}
	for _, r := range c.server.routes() {
		if r.method == "GET" && r.name != "live" && !c.answered[r.name][http.StatusOK] {
			t.Errorf("nothing was seen of %s", r.name)
		}
	}
}

// things lists the paths of all that a seat reads, thing by thing.
func (c *contract) things(token string) (paths []string) {
	var versions Versions
	c.into(token, "/p/vesna/versions", &versions)
	var whole Version
	for _, v := range versions.Versions {
		paths = append(paths, "/p/vesna/versions/"+v.ID, "/p/vesna/versions/"+v.ID+"?as=text", "/p/vesna/text?version="+v.ID)
		c.into(token, "/p/vesna/versions/"+v.ID, &whole)
	}
	for _, clause := range whole.Clauses {
		paths = append(paths, "/p/vesna/clauses/"+clause.ID)
	}
	var proposals Proposals
	c.into(token, "/p/vesna/proposals", &proposals)
	for i, p := range proposals.Proposals {
		if i%8 == 0 { // they stand in the list as they are
			paths = append(paths, "/p/vesna/proposals/"+p.ID)
		}
	}
	var sittings Sittings
	c.into(token, "/p/vesna/sittings", &sittings)
	for _, s := range sittings.Sittings {
		paths = append(paths, "/p/vesna/sittings/"+s.ID)
	}
	var bargained Bargain
	c.into(token, "/p/vesna/bargain", &bargained)
	for _, p := range bargained.Packages {
		paths = append(paths, "/p/vesna/packages/"+p.ID, "/p/vesna/packages/"+p.ID+"/improvements")
	}
	for _, t := range bargained.Tests {
		paths = append(paths, "/p/vesna/tests/"+t.ID)
	}
	if len(paths) < 60 {
		c.Fatalf("only %d things are there", len(paths))
	}
	return paths
}

// into reads an answer.
func (c *contract) into(token, path string, v any) {
	c.Helper()
	w := c.ask(request(token, path, "", ""))
	if err := json.Unmarshal(w.Body.Bytes(), v); err != nil {
		c.Fatalf("%s: %d %v", path, w.Code, err)
	}
}

// TestContractFindsWhatIsWrong spoils a good answer: the document must refuse it.
func TestContractFindsWhatIsWrong(t *testing.T) {
	c := promised(open(t))
	good := c.get("KEL", "/p/vesna").Body.String()
	schema := c.document.Components.Schemas["Process"].Value
	for name, spoil := range map[string][2]string{
		"nothing":                  {"", ""},
		"a field too many":         {`"title":`, `"more":1,"title":`},
		"a field too few":          {`"kept":false,`, ``},
		"null for a list":          {`"languages":["English","Dorvan","Ilmaric","Keldrish"]`, `"languages":null`},
		"a value that is none":     {`"role":"chair"`, `"role":"boss"`},
		"an audience that is none": {`"audience":"plenary"`, `"audience":"offices"`},
		"a number for words":       {`"note":"`, `"note":1,"office":"`},
	} {
		if name != "nothing" && !strings.Contains(good, spoil[0]) {
			t.Errorf("%s: there is no %s to spoil", name, spoil[0])
			continue
		}
		var v any
		if err := json.Unmarshal([]byte(strings.Replace(good, spoil[0], spoil[1], 1)), &v); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := schema.VisitJSON(v, openapi3.EnableJSONSchema2020(), openapi3.VisitAsResponse()); (err == nil) != (name == "nothing") {
			t.Errorf("an answer with %s: %v", name, err)
		}
	}
}
