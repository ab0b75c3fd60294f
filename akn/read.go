package akn

import (
	"slices"
	"strconv"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
)

// maxDoubts is how many doubts are listed one by one.
const maxDoubts = 500

// Read reads an Akoma Ntoso document: one that Write wrote, to the character;
// one of others as far as it is understood. What is not, or only in part, is listed; its
// words are kept wherever it has any.
//
// Beside Text it gives what the document says of itself: ids, title, symbol,
// number, date, language, names. Errors are invalid and say the line: no XML,
// no Akoma Ntoso, a document type, beyond a limit.
func Read(src []byte) (Document, []Doubt, error) {
	root, err := parseXML(src)
	if err != nil {
		return Document{}, nil, err
	}
	if root.name != "akomaNtoso" || !strings.HasPrefix(root.space, "http://docs.oasis-open.org/legaldocml/ns/akn/3.0") {
		return Document{}, nil, fault.Invalid("this is XML, but no Akoma Ntoso 3.0: its first element is %q", root.name)
	}
	r := &reader{space: root.space, seatOf: map[string]record.Seat{}}
	r.doc.Names = map[record.Seat]string{}
	main := r.main(root)
	if main == nil {
		return Document{}, nil, fault.Invalid("the file holds no document with a text")
	}
	if meta := main.child("meta"); meta != nil {
		r.meta(meta)
	}
	r.document(main)
	r.endNotes()
	if err := r.parse(); err != nil {
		return Document{}, nil, err
	}
	if r.more > 0 {
		r.doubts = append(r.doubts, Doubt{r.moreLine, strconv.Itoa(r.more) + " more doubts"})
	}
	return r.doc, r.doubts, nil
}

// reader is a document being read.
type reader struct {
	doc      Document
	space    string
	out      strings.Builder
	front    string
	fronted  bool // the file keeps its front matter as it was written
	seats    []record.Seat
	seatOf   map[string]record.Seat // by the id of the reference
	notes    map[string]*node       // of others: by id
	ends     []endNote              // of others: to be written at the end
	ended    map[*node]string       // their markers
	markers  map[string]bool
	marks    []clauseMark
	doubts   []Doubt
	more     int
	moreLine int
}

// clauseMark is where a clause begins, in the notation.
type clauseMark struct {
	at int
	id string
}

// endNote is a note whose words are written behind the text.
type endNote struct {
	marker string
	n      *node
}

func (r *reader) doubt(n *node, words string) {
	if len(r.doubts) == maxDoubts {
		r.more, r.moreLine = r.more+1, n.line
		return
	}
	r.doubts = append(r.doubts, Doubt{n.line, words})
}

// main finds the document in the file.
func (r *reader) main(root *node) *node {
	var found *node
	for _, c := range root.children {
		switch {
		case c.name == "":
		case found == nil && c.space == r.space && (c.child("body") != nil || c.child("mainBody") != nil):
			found = c
		default:
			r.doubt(c, "<"+c.name+"> beside the document is not read")
		}
	}
	return found
}

// meta reads what the document says of itself.
func (r *reader) meta(meta *node) {
	for _, c := range meta.children {
		switch c.name {
		case "", "identification":
			r.identification(c)
		case "references":
			r.references(c)
		case "notes":
			for _, n := range c.children {
				if id := n.get("eId"); id != "" {
					if r.notes == nil {
						r.notes = map[string]*node{}
					}
					r.notes[id] = n
				}
			}
		case "proprietary":
			if f := c.child("front"); f != nil && f.space == NameSpace {
				r.proprietary(c)
				continue
			}
			r.doubt(c, "what another program keeps in <proprietary> is not read")
		case "analysis":
			if !r.ours(c) {
				r.doubt(c, "the analysis (modifications of other texts, or of earlier versions) is not read")
			}
		default:
			r.doubt(c, "<"+c.name+"> of the metadata is not read")
		}
	}
}

// proprietary reads what Write put there.
func (r *reader) proprietary(n *node) {
	for _, c := range n.children {
		switch {
		case c.name == "":
		case c.space == NameSpace && c.name == "front":
			r.front, r.fronted = decoded(c.get("written")), true
		case c.space == NameSpace && c.name == "fingerprint":
			r.doc.Fingerprint = decoded(c.get("value"))
		case c.space == NameSpace && c.name == "position":
			r.doc.Positions = append(r.doc.Positions, Position{
				decoded(c.get("clause")), record.Seat(decoded(c.get("seat"))), c.get("at"), decoded(c.get("words")),
			})
		default:
			r.doubt(c, "what another program keeps in <proprietary> is not read")
		}
	}
}

// ours tells whether Write wrote an analysis: it can be made again.
func (r *reader) ours(analysis *node) bool {
	for _, c := range analysis.children {
		for _, m := range c.children {
			if m.name != "" && m.name != "textualMod" {
				return false
			}
		}
		if c.name != "" && c.name != "activeModifications" {
			return false
		}
	}
	return true
}

func (r *reader) identification(n *node) {
	for _, level := range n.children {
		for _, c := range level.children {
			switch {
			case c.name == "FRBRalias" && c.get("name") == "title":
				r.doc.Title = c.get("value")
			case c.name == "FRBRalias" && c.get("name") == "symbol":
				r.doc.Symbol = c.get("value")
			case level.name == "FRBRExpression" && c.name == "FRBRversionNumber":
				r.doc.Number, _ = strconv.Atoi(c.get("value"))
			case level.name == "FRBRExpression" && c.name == "FRBRlanguage":
				r.doc.Language = shortTag(c.get("language"))
			case level.name == "FRBRExpression" && c.name == "FRBRdate":
				if date := c.get("date"); isDate(date) && date != unknownDate {
					r.doc.Date = date
				}
			case level.name == "FRBRWork" && c.name == "FRBRuri":
				if name, ok := strings.CutPrefix(c.get("value"), "/akn/un/bill/"); ok && name != "text" && !strings.Contains(name, "/") && safe(name) == name {
					r.doc.Process = name
				}
			}
		}
	}
}

func (r *reader) references(n *node) {
	for _, c := range n.children {
		if c.name != "TLCOrganization" {
			continue
		}
		id, name := c.get("eId"), c.get("showAs")
		code, ours := c.own("seat")
		if !ours {
			code = id
			if seatName(name) {
				code = name
			}
		}
		if code == "" {
			continue
		}
		s := record.Seat(code)
		r.seatOf[id] = s
		if declared, _ := c.own("declared"); !ours || declared != "" {
			r.declare(s)
		}
		if name != "" && name != code {
			r.doc.Names[s] = name
		}
	}
}

func (r *reader) declare(s record.Seat) {
	if !slices.Contains(r.seats, s) {
		r.seats = append(r.seats, s)
	}
}

// seatName tells whether a holder list could name a seat so.
func seatName(s string) bool {
	return s != "" && strings.TrimSpace(s) == s && !strings.ContainsAny(s, "[]{}:;,/=*_\\\"'\n\r\t") && len(s) < 60
}

// parse parses the notation and says which clause has which id.
func (r *reader) parse() error {
	front := r.front
	if !r.fronted {
		front = r.madeFront()
	}
	t, err := draft.Parse(front+r.out.String(), r.seats...)
	if err != nil {
		return err
	}
	r.doc.Text = t
	r.identify(front)
	if t.Front.Title == r.doc.Title {
		r.doc.Title = ""
	}
	if t.Front.Symbol == r.doc.Symbol {
		r.doc.Symbol = ""
	}
	if len(r.doc.Names) == 0 {
		r.doc.Names = nil
	}
	return nil
}

// identify gives the clauses the ids of the elements that begin in them.
func (r *reader) identify(front string) {
	t, at, next, any := r.doc.Text, 0, 0, false
	ids := make([]string, len(t.Clauses))
	for i := range t.Pieces {
		p := &t.Pieces[i]
		at += len(p.Src)
		for next < len(r.marks) && r.marks[next].at+len(front) < at {
			if p.Clause >= 0 && ids[p.Clause] == "" && r.marks[next].id != "" {
				ids[p.Clause], any = r.marks[next].id, true
			}
			next++
		}
	}
	if any {
		r.doc.Clauses = ids
	}
}

// madeFront makes the front matter of a document of others.
func (r *reader) madeFront() string {
	var b strings.Builder
	line := func(key, value string) {
		if value = strings.Join(strings.Fields(value), " "); value != "" {
			b.WriteString(key + ": " + value + "\n")
		}
	}
	var names []string
	for _, s := range r.seats {
		if seatName(string(s)) {
			names = append(names, string(s))
		}
	}
	line("seats", strings.Join(names, ", "))
	line("title", r.doc.Title)
	line("symbol", r.doc.Symbol)
	if b.Len() == 0 {
		return ""
	}
	return "---\n" + b.String() + "---\n\n"
}
