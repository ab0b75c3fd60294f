package api

import (
	"net/http"
	"strings"

	"paraph/consent"
	"paraph/record"
	"paraph/sitting"
	"paraph/text"
)

// route is one line of the list below: all that the document says of it, and
// what answers it.
type route struct {
	method, path string
	name         string // operationId
	about        string
	query        []parameter
	takes        any  // the body, as an example; nil for none
	gives        any  // the answer, as a zero value; nil for none of this package's
	key          bool // it does an act, and so needs a key
	handler      http.Handler
}

// pattern is the route as a ServeMux knows it.
func (r route) pattern() string { return r.method + " " + Prefix + r.path }

// variables gives the names of what stands in braces in the path.
func (r route) variables() []string {
	var out []string
	for part := range strings.SplitSeq(r.path, "/") {
		if strings.HasPrefix(part, "{") {
			out = append(out, strings.Trim(part, "{}"))
		}
	}
	return out
}

// routes lists all routes, in order. What a seat may read or do there is the
// business of the rooms; here stands only what a route takes and gives.
func (s *Server) routes() []route {
	return []route{
		{method: "GET", path: "/openapi.json", name: "document", about: "This document.", handler: http.HandlerFunc(s.documented)},
		{method: "GET", path: "/processes", name: "processes", about: "The processes of which you can read anything.",
			gives: Processes{}, handler: http.HandlerFunc(s.processes)},

		s.read("/p/{process}", "process", "A process with its ground rules, seats and people.", Process{}, seeProcess),
		s.read("/p/{process}/standing", "standing", "Where the text stands on the three axes.", Axes{}, seeStanding),
		s.read("/p/{process}/text", "rollingText", "The rolling text: the latest version with all live proposals on it that you read.",
			RollingText{}, seeRolling, versionParameter, heldParameter, depthParameter),
		s.read("/p/{process}/reading", "reading", "The plain text that one seat would have of the rolling text.",
			Reading{}, seeReading, readerParameter, versionParameter),
		s.read("/p/{process}/versions", "versions", "The register of versions.", Versions{}, seeVersions),
		s.read("/p/{process}/versions/{version}", "version", "One version as it was issued.", Version{}, seeVersion),
		s.read("/p/{process}/clauses/{clause}", "clause", "A clause: its words in every version, its proposals, positions and consents.", Clause{}, seeClause),
		s.read("/p/{process}/compare", "compare", "What became of one text in another, clause by clause and word by word.",
			Comparison{}, seeCompare, oldParameter, newParameter, allParameter),
		s.read("/p/{process}/proposals", "proposals", "The proposals that you read.", Proposals{}, seeProposals, bySeatParameter),
		s.read("/p/{process}/proposals/{proposal}", "proposal", "One proposal.", Proposal{}, seeProposal),
		s.read("/p/{process}/matrix", "matrix", "What the seats hold of each clause.", Matrix{}, seeMatrix, showParameter),
		s.read("/p/{process}/convergence", "convergence", "How the figures of the text ran over its versions.", Convergence{}, seeConvergence),
		s.read("/p/{process}/sittings", "sittings", "The sittings.", Sittings{}, seeSittings),
		s.read("/p/{process}/sittings/{sitting}", "sitting", "One sitting.", Sitting{}, seeSitting),
		s.read("/p/{process}/record", "record", "The public record: statements, claims, leaks and conditions.", PublicRecord{}, seeRecord, bySeatParameter, kindParameter),
		s.read("/p/{process}/conditions", "conditions", "The conditions for a next step.", Conditions{}, seeConditions),
		s.read("/p/{process}/messages", "messages", "The messages that you read.", Messages{}, seeMessages),
		{method: "GET", path: "/p/{process}/live", name: "live", about: "Server-sent events: one event \"move\" for all that has come since the cursor.",
			query: []parameter{cursorParameter}, handler: http.HandlerFunc(s.live)},

		s.pose(),
		do(s, "/p/{process}/proposals", "propose", "Table a proposal.", propose, Tabling{
			Kind: text.Amend, Clause: exampleClause, Words: "1. The Parties shall share the waters of the lake equitably.", Reason: "Shorter."}),
		do(s, "/p/{process}/proposals/{proposal}/withdraw", "withdraw", "Take an own proposal back, wherever it stands.", withdraw,
			Withdrawing{Reason: "Overtaken by the third round."}),
		do(s, "/p/{process}/proposals/{proposal}/clear", "clear", "Put an own proposal before a further audience. Needs a token that may bind.", clearTo,
			Clearing{Audience: record.Parties, Reason: "Ready to be read by the others."}),
		do(s, "/p/{process}/clauses/{clause}/position", "takePosition", "Say what your seat thinks of a clause, or of a proposal on it.", takePosition,
			TakingPosition{Position: consent.Reserves, Fingerprint: examplePrint, Note: "Waiting for the capital."}),
		do(s, "/p/{process}/clauses/{clause}/consent", "giveConsent", "Give consent to the exact words of a clause, or take it back. From agreed upwards, needs a token that may bind.", giveConsent,
			Giving{Level: consent.AdReferendum, Fingerprint: examplePrint}),
		do(s, "/p/{process}/messages", "send", "Send a message.", send,
			Sending{Words: "Could the figure be read as a weekly mean?", Withhold: "That we asked."}),
		do(s, "/p/{process}/messages/{message}/carry", "carry", "As the chair, pass a message on to another seat.", carry,
			Carrying{To: "DOR", Words: "A daily mean is not excluded."}),
		do(s, "/p/{process}/messages/{message}/acknowledge", "acknowledge", "Say that a message has arrived.", acknowledge, Acknowledging{}),
		do(s, "/p/{process}/versions", "issue", "Put out a version of the text. For the public, needs a token that may bind.", issue,
			Issuing{Symbol: "LV/2026/NP.1", Class: text.NonPaper, Draft: "1. The lake is shared.\n", Note: "A thought, for our own delegation."}),
		do(s, "/p/{process}/seats", "admit", "As the chair, give a seat at the table. Needs a token that may bind.", admit,
			Admitting{Seat: "LBC", Name: "Lake Basin Commission", Role: record.Observer}),
		do(s, "/p/{process}/people", "accredit", "Name a person of a delegation, and the capacity. Needs a token that may bind.", accredit,
			Accrediting{Seat: "KEL", Name: "Mira Tandel", Capacity: record.Adviser}),
	}
}

// What the examples speak of: the first clause of the worked example's text that
// holds operative words, and the words that it has.
const (
	exampleClause = "0"
	examplePrint  = "0"
)

var _ = sitting.Open

// read makes the route of a reading.
func (s *Server) read(path, name, about string, gives any, see func(sight, *http.Request) (any, error), query ...parameter) route {
	if _, ok := gives.(plainer); ok {
		query = append(query, asParameter)
	}
	return route{method: "GET", path: path, name: name, about: about, query: query, gives: gives, handler: s.reading(query, see)}
}

// pose makes the route of the one thing that is asked in a body and written nowhere.
func (s *Server) pose() route {
	return route{
		method: "POST", path: "/p/{process}/preview", name: "preview", about: "What a proposal would make of its clause, beside the others. Writes nothing.",
		query: []parameter{asParameter}, gives: Preview{},
		takes:   Tabling{Kind: text.Amend, Clause: exampleClause, Words: "1. The Parties shall share the waters of the lake."},
		handler: s.posing(func() any { return new(Tabling) }, func(v sight, b any) (any, error) { return seePreview(v, b.(*Tabling)) }),
	}
}

// do makes the route of an act, whose body is a B.
func do[B any](s *Server, path, name, about string, act func(sight, *http.Request, string, *B) (deed, error), example B) route {
	most := int64(maxBody)
	if _, whole := any(example).(Issuing); whole {
		most = maxDraft
	}
	return route{
		method: "POST", path: path, name: name, about: about, takes: example, gives: Done{}, key: true,
		handler: s.acting(most, func() any { return new(B) }, func(v sight, r *http.Request, key string, b any) (deed, error) {
			return act(v, r, key, b.(*B))
		}),
	}
}
