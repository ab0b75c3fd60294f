package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"
)

// documented gives the document. It is the same for everybody.
func (s *Server) documented(w http.ResponseWriter, _ *http.Request) {
	answer{status: http.StatusOK, kind: jsonType, body: s.document}.write(w)
}

const introduction = `Everything that a page of Paraph shows and does, for programs.

What you may not read is not there: the answer to what is hidden and to what never was is the same 404, byte for byte, and no count, number, gap or tag tells of the rest.

**Who you are.** Send a token of your own as ` + "`Authorization: Bearer paraph_…`" + `; you make it on your account's page, for one seat in one process. It reads; it acts if you said so; it binds (clears to a further audience, consents from *agreed* upwards, admits, accredits, strikes, suspends, restores) for an hour at most. Without a token you are the public. Cookies are not taken.

**Acts.** Each POST that does an act needs an ` + "`Idempotency-Key`" + `: ` + keyForm + `, drawn at random. It is the id of what the act makes. Sent again under the same key, an act is done once. An answer means that the act is durable.

**Words.** Names, values and audiences are those of the field. An audience is ` + "`public`, `plenary`, `parties`, `offices:SEAT`, `internal:SEAT` or `bilateral:SEAT+SEAT`" + ` (seats sorted). Times are RFC 3339, in UTC. Lists are whole: there are no pages. Fields may be added; ignore those that you do not know.

**What moves.** Answers carry a ` + "`Paraph-Cursor`" + `; the stream ` + "`/p/{process}/live`" + ` tells what has moved since.`

// document makes the OpenAPI 3.1 document of routes.
func document(routes []route) []byte {
	s := schemas{}
	problem := s.of(reflect.TypeFor[Problem]())
	paths := object{}
	for _, r := range routes {
		at, ok := paths[Prefix+r.path].(object)
		if !ok {
			at = object{}
			paths[Prefix+r.path] = at
		}
		at[strings.ToLower(r.method)] = s.operation(r)
	}
	responses := object{}
	for _, code := range refusals {
		responses[refusalName(code)] = object{
			"description": refusalWords[code], "content": object{problemType: object{"schema": problem}},
		}
	}
	s.of(reflect.TypeFor[Moved]())
	all := object{
		"openapi":           "3.1.0",
		"jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
		"info": object{
			"title": "Paraph", "version": "1", "summary": "One text, from rival drafts to initialled words.", "description": introduction,
			"license": object{"name": "Apache 2.0", "identifier": "Apache-2.0"},
		},
		"servers":  []any{object{"url": "/"}},
		"security": []any{object{"token": []string{}}, object{}},
		"paths":    paths,
		"components": object{
			"schemas": s, "responses": responses,
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer", "description": "A token of a person, for one seat in one process."}},
			"headers": object{"cursor": object{
				"description": "Where the view stood that the answer shows; opaque.", "schema": object{"type": "string"},
			}},
		},
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(all); err != nil {
		panic("api: the document cannot be written: " + err.Error()) // it is made of strings, lists and objects alone
	}
	return b.Bytes()
}

func (s schemas) operation(r route) object {
	o := object{"operationId": r.name, "summary": r.about, "responses": s.responses(r)}
	var parameters []any
	for _, name := range r.variables() {
		p := inPath[name]
		if at := r.example.at[name]; at != "" {
			p.example = at
		}
		parameters = append(parameters, p.document("path"))
	}
	for _, p := range r.query {
		parameters = append(parameters, p.document("query"))
	}
	if r.key {
		parameters = append(parameters, object{
			"name": keyHeader, "in": "header", "required": true, "description": "The act's key: " + keyForm + ". It is the id of what the act makes.",
			"schema": object{"type": "string", "pattern": "^[a-z0-9-]{16,64}$"}, "example": exampleKey(r.name),
		})
	}
	if r.name == "live" {
		parameters = append(parameters, object{
			"name": "Last-Event-ID", "in": "header", "description": "The id of the last event; goes before the cursor.", "schema": object{"type": "string"},
		})
	}
	if parameters != nil {
		o["parameters"] = parameters
	}
	if r.takes != nil {
		o["requestBody"] = object{"required": true, "content": object{
			jsonType: object{"schema": s.closed(reflect.TypeOf(r.takes)), "example": r.takes},
		}}
	}
	return o
}

func (p parameter) document(in string) object {
	schema := object{"type": "string"}
	if p.values != nil {
		schema["enum"] = p.values
	}
	o := object{"name": p.name, "in": in, "required": in == "path", "description": p.about, "schema": schema}
	if p.example != "" {
		o["example"] = p.example
	}
	return o
}

// responses lists what a route answers.
func (s schemas) responses(r route) object {
	content := object{}
	switch {
	case r.name == "live":
		content["text/event-stream"] = object{"schema": object{
			"type": "string", "description": "Events \"move\"; the id of each is a cursor, its data a Moved. Lines that begin with a colon are heartbeats.",
		}}
	case r.files:
		content = paperTypes()
	case r.gives == nil:
		content[jsonType] = object{"schema": object{"type": "object"}}
	default:
		content[jsonType] = object{"schema": s.of(reflect.TypeOf(r.gives))}
	}
	if _, ok := r.gives.(plainer); ok {
		content["text/plain"] = object{"schema": object{"type": "string"}}
	}
	good := object{"description": "What you asked for.", "content": content}
	if r.key {
		good["description"] = "The act is done, and durable."
	} else if len(r.variables()) > 0 && r.name != "live" {
		good["headers"] = object{cursorHeader: object{"$ref": "#/components/headers/cursor"}}
	}
	out := object{"200": good}
	for _, code := range refusals {
		if r.refuses(code) {
			out[strconv.Itoa(code)] = object{"$ref": "#/components/responses/" + refusalName(code)}
		}
	}
	return out
}

// The refusals that the document names.
var (
	refusals = []int{
		http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict,
		http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable,
	}
	refusalWords = map[int]string{
		http.StatusBadRequest:            "The request cannot be right: mend it.",
		http.StatusUnauthorized:          "The token is not accepted: unknown, expired and revoked ones get the same answer.",
		http.StatusForbidden:             "You see it, but may not do this.",
		http.StatusNotFound:              "Nothing there, or nothing for you: the same answer.",
		http.StatusConflict:              "Something else came first: look again.",
		http.StatusRequestEntityTooLarge: "The body is too large.",
		http.StatusUnsupportedMediaType:  "The body is not JSON.",
		http.StatusTooManyRequests:       "Too much at once: wait as long as Retry-After says.",
		http.StatusInternalServerError:   "Something went wrong here; nothing was recorded.",
		http.StatusServiceUnavailable:    "Try again later: an act is done only once.",
	}
)

func refusalName(code int) string {
	return strings.ReplaceAll(http.StatusText(code), " ", "")
}

// refuses tells whether a route can give a refusal.
func (r route) refuses(code int) bool {
	switch code {
	case http.StatusInternalServerError, http.StatusServiceUnavailable, http.StatusBadRequest, http.StatusUnauthorized:
		return r.name != "document"
	case http.StatusNotFound:
		return len(r.variables()) > 0
	case http.StatusForbidden:
		return r.method == http.MethodPost
	case http.StatusConflict:
		return r.key || r.files
	}
	return r.takes != nil
}
