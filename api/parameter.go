package api

import (
	"net/url"
	"slices"
	"strings"

	"paraph/fault"
	"paraph/papers"
)

// parameter is one thing that a request may say in its address.
type parameter struct {
	name    string
	about   string
	values  []string // that it may have; any when empty
	example string
}

// The parameters of queries.
var (
	asParameter      = parameter{"as", "text: answer in Paraph's text format instead of JSON. An Accept header that prefers text/plain does the same.", []string{"text", "json"}, "json"}
	versionParameter = parameter{"version", "The id of a version; the latest when left out.", nil, "lv-2026-ct-1-rev-1"}
	heldParameter    = parameter{"held", "A seat: only the clauses in which it keeps a bracket open.", nil, "KEL"}
	depthParameter   = parameter{"depth", "Only the clauses with brackets of at least this depth.", []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, "1"}
	readerParameter  = parameter{"seat", "The seat whose reading is wanted; when left out, what lies on the table.", nil, "KEL"}
	bySeatParameter  = parameter{"seat", "Only what this seat said or made.", nil, "KEL"}
	showParameter    = parameter{"show", "contested: leave out the clauses on which nothing is open.", []string{"contested", "all"}, "contested"}
	kindParameter    = parameter{"kind", "Only items of this kind.", itemKinds, "statement"}
	oldParameter     = parameter{"old", "One side: the id of a version, rolling (the rolling text), base (what lies on the table) or reading:SEAT. When left out, the version that the latest one follows.", nil, "lv-2026-ct-1"}
	newParameter     = parameter{"new", "The other side, likewise. When left out, the latest version.", nil, "reading:KEL"}
	sheetParameter   = parameter{"sheet", "For html and pdf: the size of the paper; a4 when left out.", []string{"a4", "letter"}, "letter"}
	remarksParameter = parameter{"remarks", "For docx, of a version or the rolling text: the positions of the seats, as comments or as footnotes; left out when left out.", []string{papers.Comments, papers.Footnotes}, papers.Comments}
	changesParameter = parameter{"changes", "readings: for docx, of the rolling text: what lies on the table and, as tracked changes, what each seat would have.", []string{"readings"}, "readings"}
	movesParameter   = parameter{"moves", "native: for docx, of a comparison: what moved is tracked as moved, not as deleted and inserted.", []string{"native"}, "native"}
	ofSeatParameter  = parameter{"seat", "For a reading: the seat whose it is; when left out, what lies on the table.", nil, "KEL"}
	ofSitting        = parameter{"sitting", "For a minute: the id of the sitting.", nil, "first-round"}
	paperShow        = parameter{"show", "For a matrix, contested: leave out the clauses on which nothing is open. For the record, own: also what is addressed to fewer than the public.", []string{"contested", "own"}, "contested"}
	allParameter     = parameter{"all", "yes: name the clauses that stayed the same too.", []string{"yes", "no"}, "yes"}
	cursorParameter  = parameter{"cursor", "Where to go on: the Paraph-Cursor of an answer, or the id of an event. When left out, anything may have moved. A Last-Event-ID header goes before it.", nil, ""}
)

// inPath says what the names in the paths stand for.
var inPath = map[string]parameter{
	"process":  {"process", "The name of a process.", nil, "vesna"},
	"version":  {"version", "The id of a version.", nil, "lv-2026-ct-1-rev-1"},
	"clause":   {"clause", "The permanent id of a clause.", nil, exampleClause},
	"proposal": {"proposal", "The id of a proposal.", nil, "kel-winter-360"},
	"sitting":  {"sitting", "The id of a sitting.", nil, "first-round"},
	"paper":    {"paper", "The kind of a paper.", words(papers.Kinds()), "matrix"},
	"message":  {"message", "The id of a message.", nil, "word-for-shares-kel"},
	"issue":    {"issue", "The id of an issue.", nil, exampleKey("makeIssue")},
	"rule":     {"rule", "The id of a rule.", nil, exampleKey("addRule")},
	"package":  {"package", "The id of a package.", nil, "vesna-first-package"},
	"test":     {"test", "The id of a sealed test.", nil, "vesna-fund-test"},
	"seat":     {"seat", "The code of a seat.", nil, "KEL"},
	"person":   {"person", "The id of an accredited person.", nil, "ilse-varnhold"},
}

// admitted refuses a query that says what its route does not know, says it twice,
// or gives a value that it cannot have.
func admitted(q url.Values, known []parameter) error {
	names := make([]string, 0, len(q))
	for name := range q {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		at := slices.IndexFunc(known, func(p parameter) bool { return p.name == name })
		switch {
		case at < 0:
			return fault.Invalid("The parameter %q is not known here.", name).With("%s", knownNames(known))
		case len(q[name]) > 1:
			return fault.Invalid("The parameter %q is there twice.", name)
		case known[at].values != nil && !slices.Contains(known[at].values, q.Get(name)):
			return fault.Invalid("The parameter %q cannot be %q.", name, q.Get(name)).With("one of: %s", strings.Join(known[at].values, ", "))
		}
	}
	return nil
}

func knownNames(known []parameter) string {
	if len(known) == 0 {
		return "this address takes none"
	}
	names := make([]string, len(known))
	for i, p := range known {
		names[i] = p.name
	}
	return "known are: " + strings.Join(names, ", ")
}
