package api

import (
	"cmp"
	"encoding/base64"
	"errors"
	"math"
	"net/http"
	"slices"

	"paraph/consent"
	"paraph/desk"
	"paraph/docx"
	"paraph/draft"
	"paraph/fault"
	"paraph/page"
	"paraph/record"
	"paraph/text"
)

// Importing asks what a document of a word processor amounts to.
type Importing struct {
	Document string          `json:"document" about:"The .docx, in base64."`
	Version  string          `json:"version,omitempty" about:"The id of the version that it was made from; when left out, the one that the document names, else the latest."`
	Audience record.Audience `json:"audience,omitempty" about:"To whom the proposals would be put, which decides what they replace; the own seat alone when left out."`
	Authors  []string        `json:"authors,omitempty" about:"Whose tracked changes are meant; everybody's when left out."`
}

// Import is what a document of a word processor amounts to: the proposals that
// would say the same, and the questions that are open. Nothing is written.
type Import struct {
	Version   string             `json:"version" about:"The id of the version that it was compared with."`
	Symbol    string             `json:"symbol"`
	Unchanged int                `json:"unchanged" about:"Clauses that stand as they were given out."`
	Edits     []ImportedEdit     `json:"edits" about:"In the order of the document; each can be put forward as it is."`
	Questions []ImportedQuestion `json:"questions" about:"What can be several things, or nothing."`
	Remarks   []ImportedRemark   `json:"remarks" about:"What stands in the document beside the clauses, and what is doubtful."`
	Authors   []string           `json:"authors" about:"Of tracked changes, as the document says."`
}

// ImportedEdit is one proposal that a document amounts to.
type ImportedEdit struct {
	Kind     text.Kind `json:"kind"`
	Clause   string    `json:"clause,omitempty"`
	After    string    `json:"after,omitempty"`
	Title    string    `json:"title" about:"What the clause is called, or the one that it follows."`
	Old      string    `json:"old,omitempty" about:"The clause as it was given out."`
	Words    string    `json:"words,omitempty"`
	Likeness int       `json:"likeness" about:"Of both wordings, in percent."`
	Authors  []string  `json:"authors" about:"Whose tracked changes it comes from, as the document says."`
	Replaces string    `json:"replaces,omitempty" about:"The id of the own live proposal that it would take the place of."`
	Refused  string    `json:"refused,omitempty" about:"Why it cannot be put forward as it is."`
	Hint     string    `json:"hint,omitempty"`
}

// ImportedQuestion is a place that can be several things.
type ImportedQuestion struct {
	What    string         `json:"what"`
	Words   string         `json:"words"`
	Answers []ImportedEdit `json:"answers" about:"The likeliest first."`
}

// ImportedRemark says something about a document.
type ImportedRemark struct {
	Place string `json:"place,omitempty" about:"The beginning of the paragraph, or the part of the file."`
	What  string `json:"what"`
}

// MaxImport bounds a body that holds a document in base64, in bytes.
const MaxImport = docx.MaxBytes/3*4 + 64<<10

// reading at once: a document may take 128 MiB while it is read.
const readAtOnce = 2

// Reader reads documents, a few at once.
type Reader chan struct{}

// NewReader makes a reader.
func NewReader() Reader { return make(Reader, readAtOnce) }

// Read reads a document; unavailable when too many are being read.
func (r Reader) Read(req *http.Request, data []byte) (*docx.Document, error) {
	select {
	case r <- struct{}{}:
		defer func() { <-r }()
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
	return docx.Read(data)
}

// tabled are the kinds of edits as kinds of proposals.
var tabled = map[docx.EditKind]text.Kind{docx.Amended: text.Amend, docx.Inserted: text.Insert, docx.Deleted: text.Delete, docx.Moved: text.Move}

// BringBack tells what a document amounts to, for one who looks at a process.
// Of the forms in which the seat may have taken the text away it takes the one of
// which most came back as it was.
func BringBack(v desk.View, by record.Actor, ask Importing, d *docx.Document) (Import, error) {
	version, there := text.SeeVersion(v.Text, cmp.Or(ask.Version, d.Origin.Version))
	if !there && ask.Version == "" {
		version, there = text.SeeVersion(v.Text, "")
	}
	if !there {
		return Import{}, missing()
	}
	forms, err := text.SeeHanded(v.Text, version.ID, by.Seat, consent.SeeSupporters(v.Consent))
	if err != nil {
		return Import{}, err
	}
	var best docx.Returned
	for i, form := range forms {
		given := each(form, func(h text.Handed) docx.Given { return docx.Given{Clause: h.Clause, Source: h.Words} })
		r := docx.Return(given, version.Text.Front.Seats, d, ask.Authors...)
		if i == 0 || r.Unchanged > best.Unchanged || r.Unchanged == best.Unchanged && len(r.Edits)+len(r.Questions) < len(best.Edits)+len(best.Questions) {
			best = r
		}
	}
	in := importing{v: v, by: by, version: version, audience: cmp.Or(ask.Audience, record.Internal(by.Seat))}
	out := Import{
		Version: version.ID, Symbol: version.Symbol, Unchanged: best.Unchanged,
		Edits: each(best.Edits, in.edit), Questions: each(best.Questions, in.question), Authors: list(best.Authors),
		Remarks: each(best.Remarks, func(r docx.Doubt) ImportedRemark { return ImportedRemark{r.Place, r.What} }),
	}
	for _, u := range best.Unread {
		out.Remarks = append(out.Remarks, ImportedRemark{u.Part, u.What})
	}
	if latest, _ := text.SeeVersion(v.Text, ""); latest.ID != version.ID {
		out.Remarks = append(out.Remarks, ImportedRemark{What: "It was compared with " + version.Symbol + ", which is not the latest version."})
	}
	return out, nil
}

// importing makes proposals of edits.
type importing struct {
	v        desk.View
	by       record.Actor
	version  text.VersionView
	audience record.Audience
	made     int
}

// mostTried is how many edits are tried before they are shown; those beyond are
// judged when they are put forward.
const mostTried = 200

func (in *importing) question(q docx.Question) ImportedQuestion {
	return ImportedQuestion{q.What, q.Words, each(q.Answers, in.edit)}
}

func (in *importing) edit(e docx.Edit) ImportedEdit {
	out := ImportedEdit{
		Kind: tabled[e.Kind], Clause: e.Clause, After: e.After, Old: e.Old, Words: e.New,
		Likeness: int(math.Round(100 * e.Likeness)), Authors: list(e.Authors), Title: in.title(cmp.Or(e.Clause, e.After)),
	}
	if out.Words != "" {
		out.Words = text.SeeOwn(in.version, out.Words, in.by.Seat)
	}
	a := text.Table{
		ID: "preview", Version: in.version.ID, Kind: out.Kind, Clause: out.Clause, After: out.After, Words: out.Words, Audience: in.audience,
	}
	out.Replaces = in.rival(a)
	if in.made++; in.made > mostTried {
		return out
	}
	if _, err := text.Preview(in.v.Text, in.by, a, consent.SeeSupporters(in.v.Consent)); err != nil {
		e, known := errors.AsType[*fault.Error](err)
		if !known || e.Kind == fault.KindInternal {
			e = &fault.Error{Words: "it could not be tried"}
		}
		out.Refused, out.Hint = e.Words, e.Hint
	}
	return out
}

// title gives what a clause is called; for none, the beginning of the text.
func (in *importing) title(id string) string {
	at := slices.IndexFunc(in.version.Clauses, func(c text.Clause) bool { return c.ID == id })
	if at < 0 {
		return "the beginning"
	}
	return page.Place(in.version.Text, at)
}

// rival gives the own live proposal that one on the same clause, to the same
// audience, must replace; empty for none.
func (in *importing) rival(a text.Table) string {
	worded := func(k text.Kind) bool { return k == text.Amend || k == text.Delete }
	for _, p := range slices.Backward(text.SeeProposals(in.v.Text)) {
		same := a.Clause != "" && p.Clause == a.Clause && p.Version == a.Version && (p.Kind == a.Kind || worded(p.Kind) && worded(a.Kind))
		if same && p.Seat == in.by.Seat && p.Status == text.Live && p.Widest() == in.audience {
			return p.ID
		}
	}
	return ""
}

// imported answers what a document amounts to. Who asks is known before the
// document is taken, and it is read before the process is looked at.
func (s *Server) imported(w http.ResponseWriter, r *http.Request) {
	p, c, asText, err := s.arrive(r, nil)
	if err == nil {
		err = s.look(r.Context(), p, c, func(v sight) error { return mayTable(v.caller.Actor) })
	}
	var ask Importing
	if err == nil {
		err = body(w, r, MaxImport, &ask)
	}
	var d *docx.Document
	if err == nil {
		var data []byte
		if data, err = base64.StdEncoding.DecodeString(ask.Document); err != nil {
			err = fault.Invalid("The document is not in base64.").Because(err)
		} else {
			ask.Document = ""
			d, err = s.reader.Read(r, data)
		}
	}
	var a answer
	if err == nil {
		a, err = s.seen(r.Context(), p, c, asText, func(v sight) (any, error) { return BringBack(v.View, c.Actor, ask, d) })
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	a.write(w)
}

// mayTable refuses those who table nothing.
func mayTable(by record.Actor) error {
	if by.Role != record.Party && by.Role != record.Chair {
		return fault.Forbidden("The seat does not propose here.").With("parties and the chair do")
	}
	return nil
}

// importRoute is the route of documents of word processors.
func (s *Server) importRoute() route {
	return route{
		method: "POST", path: "/p/{process}/import", name: "import", handler: http.HandlerFunc(s.imported), gives: Import{}, takes: Importing{Document: exampleDocument()},
		about:   "What a document of a word processor amounts to, as proposals clause by clause. Writes nothing: put those that are meant forward one by one.",
		example: by("KEL"),
	}
}

// exampleDocument gives a small document, in base64.
func exampleDocument() string {
	t, err := draft.Parse("1. The Parties shall share the waters of the lake.\n")
	if err != nil {
		panic(err)
	}
	data, err := docx.WriteText(t, docx.Copy{})
	if err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(data)
}
