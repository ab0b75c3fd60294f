package api

import (
	"net/http"
	"strings"

	"paraph/bargain"
	"paraph/consent"
	"paraph/record"
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
	files        bool // it answers with a file of several types
	example      example
	handler      http.Handler
}

// example is a request of the worked example that the document shows.
type example struct {
	as record.Seat       // whose token it needs; empty for anyone's
	at map[string]string // what stands in the path; what is left out is as always
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
	return append(s.onText(), s.onBargain()...)
}

// onText lists the routes of all rooms but that of the bargain.
func (s *Server) onText() []route {
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
		s.read("/p/{process}/papers", "papers", "The documents that you can take out, and in which forms.", Papers{}, seePapers),
		s.takeOut(paperForm, versionParameter, ofSeatParameter, oldParameter, newParameter, ofSitting, paperShow, sheetParameter, remarksParameter, changesParameter, movesParameter),
		{method: "GET", path: "/p/{process}/live", name: "live", about: "Server-sent events: one event \"move\" for all that has come since the cursor.",
			query: []parameter{cursorParameter}, handler: http.HandlerFunc(s.live)},

		s.pose(),
		s.importRoute(),
		s.which(),
		do(s, "/p/{process}/proposals", "propose", "Table a proposal.", propose, Tabling{
			Kind: text.Amend, Clause: "eaab212a8c23", Words: "*Determined* to share the lake fairly,", Reason: "Shorter."}, by("KEL")),
		do(s, "/p/{process}/proposals/{proposal}/withdraw", "withdraw", "Take an own proposal back, wherever it stands.", withdraw,
			Withdrawing{Reason: "Overtaken by the third round."}, by("KEL", "proposal", "kel-data-daily-draft")),
		do(s, "/p/{process}/proposals/{proposal}/clear", "clear", "Put an own proposal before a further audience. Needs a token that may bind.", clearTo,
			Clearing{Audience: record.Parties, Reason: "Ready to be read by the others."}, by("KEL", "proposal", "kel-data-recorded-draft")),
		do(s, "/p/{process}/clauses/{clause}/position", "takePosition", "Say what your seat thinks of a clause, or of a proposal on it.", takePosition,
			TakingPosition{Position: consent.Reserves, Fingerprint: examplePrint, Note: "Waiting for the capital."}, by("KEL", "clause", exampleClause)),
		do(s, "/p/{process}/clauses/{clause}/consent", "giveConsent", "Give consent to the exact words of a clause, or take it back. From agreed upwards, needs a token that may bind.",
			giveConsent, Giving{Level: consent.AdReferendum, Fingerprint: examplePrint}, by("DOR", "clause", exampleClause)),
		do(s, "/p/{process}/messages", "send", "Send a message.", send,
			Sending{Words: "Could the figure be read as a weekly mean?", MayPass: []record.Seat{"DOR"}, PassOn: "A weekly mean is not excluded."}, by("KEL")),
		do(s, "/p/{process}/messages/{message}/carry", "carry", "As the chair, pass a message on to another seat.", carry,
			Carrying{To: "DOR"}, by("AOM", "message", exampleKey("send"))),
		do(s, "/p/{process}/messages/{message}/acknowledge", "acknowledge", "Say that a message has arrived.", acknowledge,
			Acknowledging{}, by("KEL", "message", "word-for-shares-kel")),
		do(s, "/p/{process}/versions", "issue", "Put out a version of the text. For the public, needs a token that may bind.", issue,
			Issuing{Symbol: "LV/2026/NP.1", Class: text.NonPaper, Draft: "1. The lake is shared.\n", Note: "A thought, for our own delegation."}, by("KEL")),
		do(s, "/p/{process}/seats", "admit", "As the chair, give a seat at the table. Needs a token that may bind.", admit,
			Admitting{Seat: "LBC", Name: "Lake Basin Commission", Role: record.Observer}, by("AOM")),
		do(s, "/p/{process}/seats/{seat}/suspend", "suspend", "As the chair, take a seat away until it is restored. Needs a token that may bind.", suspend,
			Ending{Reason: "Its credentials are being looked at."}, by("AOM", "seat", "LBC")),
		do(s, "/p/{process}/seats/{seat}/restore", "restore", "As the chair, give a suspended seat back. Needs a token that may bind.", restore,
			Ending{Reason: "Its credentials are in order."}, by("AOM", "seat", "LBC")),
		do(s, "/p/{process}/people", "accredit", "Name a person of a delegation, and the capacity. Needs a token that may bind.", accredit,
			Accrediting{Seat: "KEL", Name: "Mira Tandel", Capacity: record.Adviser}, by("KEL")),
		do(s, "/p/{process}/people/{person}/strike", "strike", "End the accreditation of a person, or your own. Needs a token that may bind.", strike,
			Ending{Reason: "Recalled to the capital."}, by("KEL", "person", exampleKey("accredit"))),
	}
}

// onBargain lists the routes of the bargain.
func (s *Server) onBargain() []route {
	choices := []Choice{{exampleKey("makeIssue"), 0}, {"issue-summer", 1}}
	worth := [][]string{{"30", "12", "0"}, {"0", "10", "20"}, {"0", "5"}, {"15", "0", "10"}, {"20", "0", "5"}, {"0", "5", "10"}, {"0", "5"}}
	issues := []string{"issue-winter", "issue-summer", "issue-spring", "issue-fund", "issue-disputes", "issue-data", exampleKey("makeIssue")}
	return []route{
		s.read("/p/{process}/bargain", "bargain", "What is to be settled, and what has become of it: issues, rules, packages, sealed tests, your own preferences.", Bargain{}, seeBargain),
		s.read("/p/{process}/results", "results", "What the engine finds of the preferences that were lent, and nothing finer.", Results{}, seeResults),
		s.read("/p/{process}/packages/{package}", "package", "A package, with the clauses that it gives beside each party's reading.", PackageWords{}, seePackage),
		s.read("/p/{process}/packages/{package}/improvements", "improvements", "For a second pass: what could be had beside a package at nobody's cost, by the preferences that were lent.", Improvements{}, seeImprovements),
		s.read("/p/{process}/tests/{test}", "test", "A sealed test, with all that is published in it.", Transcript{}, seeTest),

		do(s, "/p/{process}/issues", "makeIssue", "As the chair, make an issue out of brackets of the text, or without text.", makeIssue,
			MakingIssue{Name: "Centimetres in spring", Brackets: []PlacedBracket{{Clause: "ca3b4a56761a"}}}, by("AOM")),
		do(s, "/p/{process}/rules", "addRule", "As the chair, say which choices exclude or need each other.", addRule,
			Ruling{If: []Choice{{"issue-winter", 0}}, Then: []Choice{{"issue-disputes", 1}}, Reason: "No release without a limit unless an arbiter may set one."}, by("AOM")),
		do(s, "/p/{process}/rules/{rule}/drop", "dropRule", "As the chair, take a rule back.", dropRule, Dropping{Reason: "Too strict."}, by("AOM")),
		do(s, "/p/{process}/preferences", "prefer", "Keep what your own seat makes of the issues. Nobody else reads it.", prefer,
			Preferring{Issues: issues, Worth: worth, Reservation: "35", Method: "weights"}, by("KEL")),
		do(s, "/p/{process}/lending", "lend", "Let the chair's engine use your preferences at a grain. Needs a token that may bind.", lend, LendingAct{Grain: bargain.Middling}, by("KEL")),
		do(s, "/p/{process}/lending/revoke", "revoke", "End what you have lent; what was written of it to the chair is destroyed.", revoke, Acknowledging{}, by("KEL")),
		do(s, "/p/{process}/packages", "tablePackage", "Table a package.", tablePackage,
			PackageAct{Title: "Water for water", Choices: choices, Audience: record.Parties}, by("AOM")),
		do(s, "/p/{process}/packages/{package}/amend", "amendPackage", "Give an own package other choices; answers to what it was are void.", amendPackage,
			Amending{Choices: choices[:1], Note: "Without the rest."}, by("AOM", "package", exampleKey("tablePackage"))),
		do(s, "/p/{process}/packages/{package}/respond", "respondPackage", "Accept or decline a package as it stands now. To accept, needs a token that may bind.", respondPackage,
			Responding{Revision: 1, Response: bargain.Decline, Note: "Not with that arbiter."}, by("KEL")),
		do(s, "/p/{process}/packages/{package}/put", "putToText", "Propose the words that a package gives one clause.", putToText,
			Putting{Clause: "ca3b4a56761a", Reason: "As in the package."}, by("AOM", "package", exampleKey("tablePackage"))),
		do(s, "/p/{process}/packages/{package}/withdraw", "withdrawPackage", "Take an own package back.", withdrawPackage,
			Dropping{Reason: "Overtaken."}, by("AOM", "package", exampleKey("tablePackage"))),
		do(s, "/p/{process}/issues/{issue}/drop", "dropIssue", "As the chair, take an issue from what is to be settled.", dropIssue, Dropping{Reason: "Settled by the package."}, by("AOM")),
		do(s, "/p/{process}/tests", "openTest", "Ask seats under seal whether they could live with something.", openTest,
			Testing{Question: "Could you live with ten centimetres in spring?"}, by("AOM")),
		do(s, "/p/{process}/tests/{test}/join", "joinTest", "Give your seat's key in a sealed test: round one.", joinTest, JoiningTest{}, by("DOR")),
		do(s, "/p/{process}/tests/{test}/answer", "answerTest", "Answer a sealed test, once: round two.", answerTest, AnsweringTest{Yes: true}, by("DOR")),
		do(s, "/p/{process}/tests/{test}/open", "openAnswer", "Open your answer, once all have answered.", disclose, OpeningTest{}, by("DOR", "test", "vesna-winter-test")),
		do(s, "/p/{process}/secrets", "placeSecrets", "Say whether your seat keeps its secrets of sealed tests itself. Needs a token that may bind.", place, Placing{Elsewhere: true}, by("DOR")),
	}
}

// What the examples speak of: a clause of the worked example's text, and the
// words that it has.
const (
	exampleClause = "4867f2990713"
	examplePrint  = "5a867c73b0e7f3abe677e24cb630975d176115e0f92522cfbd789b9d74d2f887"
)

// exampleKey is the key of a route's example.
func exampleKey(name string) string { return "example-of-" + strings.ToLower(name) + "-0001" }

// by makes the example of a seat, with what stands in its path.
func by(seat record.Seat, pairs ...string) example {
	e := example{as: seat, at: map[string]string{}}
	for i := 0; i < len(pairs); i += 2 {
		e.at[pairs[i]] = pairs[i+1]
	}
	return e
}

// read makes the route of a reading.
func (s *Server) read(path, name, about string, gives any, see func(sight, *http.Request) (any, error), query ...parameter) route {
	if _, ok := gives.(plainer); ok {
		query = append(query, asParameter)
	}
	return route{method: "GET", path: path, name: name, about: about, query: query, gives: gives, handler: s.reading(query, see)}
}

// takeOut makes the route of a document, whose answer is a file.
func (s *Server) takeOut(query ...parameter) route {
	return route{
		method: "GET", path: "/p/{process}/papers/{paper}", name: "paper", about: "One document in one form, as a file.",
		query: query, files: true, handler: s.paper(query),
	}
}

// pose makes the route of the one thing that is asked in a body and written nowhere.
func (s *Server) pose() route {
	return route{
		method: "POST", path: "/p/{process}/preview", name: "preview", about: "What a proposal would make of its clause, beside the others. Writes nothing.",
		query: []parameter{asParameter}, gives: Preview{},
		takes: Tabling{Kind: text.Amend, Clause: exampleClause, Words: "1. The Parties shall share the waters of the lake."}, example: by("KEL"),
		handler: s.posing(maxBody, func() any { return new(Tabling) }, func(v sight, b any) (any, error) { return seePreview(v, b.(*Tabling)) }),
	}
}

// which makes the route that takes a copy, which may be as long as a draft.
func (s *Server) which() route {
	return route{
		method: "POST", path: "/p/{process}/which", name: "which", about: "Which version a circulating copy is, among those that you read. Writes nothing.",
		gives: Which{}, takes: Copy{Words: "The Parties shall exchange data on the level and the outflow of the lake."}, example: by("KEL"),
		handler: s.posing(maxDraft, func() any { return new(Copy) }, func(v sight, b any) (any, error) { return seeWhich(v, b.(*Copy)) }),
	}
}

// do makes the route of an act, whose body is a B.
func do[B any](s *Server, path, name, about string, act func(sight, *http.Request, string, *B) (deed, error), body B, e example) route {
	most := int64(maxBody)
	if _, whole := any(body).(Issuing); whole {
		most = maxDraft
	}
	return route{
		method: "POST", path: path, name: name, about: about, takes: body, gives: Done{}, key: true, example: e,
		handler: s.acting(most, func() any { return new(B) }, func(v sight, r *http.Request, key string, b any) (deed, error) {
			return act(v, r, key, b.(*B))
		}),
	}
}
