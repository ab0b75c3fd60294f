package akn

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
)

// Write gives the document as an Akoma Ntoso bill named "negotiatingText",
// valid by the schema, the same characters each time. Read gives the text
// back as it was, to the character.
//
// An error (invalid) says that the ids do not fit the clauses, or that the
// date is none.
func Write(d Document) (string, error) {
	if d.Text == nil {
		return "", fault.Invalid("there is no text to write")
	}
	if d.Clauses != nil && len(d.Clauses) != len(d.Text.Clauses) {
		return "", fault.Invalid("the text has %d clauses, and %d ids are given for them", len(d.Text.Clauses), len(d.Clauses))
	}
	if d.Date != "" && !isDate(d.Date) {
		return "", fault.Invalid("%q is no date", d.Date).With("write it as 2026-11-23")
	}
	w := newWriter(d)
	w.content() // first: the metadata names its clauses
	content := w.String()
	w.Reset()
	w.open("akomaNtoso", attr{name: "xmlns", value: "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}, attr{name: "xmlns:par", value: NameSpace})
	w.line()
	w.open("bill", attr{name: "name", value: "negotiatingText"}, attr{name: "contains", value: contains(d)})
	w.line()
	w.meta()
	w.WriteString(content)
	w.close("bill")
	w.line()
	w.close("akomaNtoso")
	w.line()
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + w.String(), nil
}

// contains says whether one version of the words stands in the document, or
// several beside each other.
func contains(d Document) string {
	if len(d.Text.Brackets) > 0 {
		return "multipleVersions"
	}
	return "singleVersion"
}

// isDate tells whether s is a date as in 2026-11-23.
func isDate(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return false
	}
	for i := range len(s) {
		if i != 4 && i != 7 && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	month, day := s[5:7], s[8:]
	return s[:4] != "0000" && "01" <= month && month <= "12" && "01" <= day && day <= "28" ||
		s[:4] != "0000" && slices.Contains([]string{"01", "03", "05", "07", "08", "10", "12"}, month) && "29" <= day && day <= "31" ||
		s[:4] != "0000" && slices.Contains([]string{"04", "06", "09", "11"}, month) && "29" <= day && day <= "30"
}

// unknownDate stands where a date must stand and none is known.
const unknownDate = "0001-01-01"

// address is what names a document in the naming convention.
type address struct{ work, expression string }

func (d Document) address() address {
	var a address
	a.work = "/akn/un/bill/" + cmp.Or(safe(d.Process), "text")
	version := ""
	if d.Number > 0 {
		version = fmt.Sprintf(".%d", d.Number)
	}
	a.expression = a.work + "/" + threeLetters(d.Language) + "@" + cmp.Or(d.Date, unknownDate) + version
	return a
}

func (d Document) title() string  { return cmp.Or(d.Title, d.Text.Front.Title) }
func (d Document) symbol() string { return cmp.Or(d.Symbol, d.Text.Front.Symbol) }

// issuer is the id of who put the document out.
func (d Document) issuer() string {
	if d.Issuer != "" {
		return seatID(d.Issuer)
	}
	return "author"
}

// meta writes what is said about the text.
func (w *writer) meta() {
	w.open("meta")
	w.line()
	w.identification()
	w.analysis()
	w.references()
	w.proprietary()
	w.close("meta")
	w.line()
}

// identification writes the version as work, expression and manifestation.
func (w *writer) identification() {
	d, a := &w.doc, w.doc.address()
	by := attr{name: "href", value: "#" + d.issuer()}
	date := cmp.Or(d.Date, unknownDate)
	value := func(name, value string) { w.empty(name, attr{name: "value", value: value, meant: true}) }
	dated := func(name string) {
		w.empty("FRBRdate", attr{name: "date", value: date}, attr{name: "name", value: name})
		w.empty("FRBRauthor", by)
	}
	w.open("identification", attr{name: "source", value: "#" + d.issuer()})
	w.line()
	w.open("FRBRWork")
	value("FRBRthis", a.work+"/!main")
	value("FRBRuri", a.work)
	if title := d.title(); title != "" {
		w.empty("FRBRalias", attr{name: "name", value: "title"}, attr{name: "value", value: title})
	}
	dated("Generation")
	value("FRBRcountry", "un")
	w.close("FRBRWork")
	w.line()
	w.open("FRBRExpression")
	value("FRBRthis", a.expression+"/!main")
	value("FRBRuri", a.expression)
	if symbol := d.symbol(); symbol != "" {
		w.empty("FRBRalias", attr{name: "name", value: "symbol"}, attr{name: "value", value: symbol})
	}
	dated("version")
	if d.Number > 0 {
		value("FRBRversionNumber", strconv.Itoa(d.Number))
	}
	w.empty("FRBRlanguage", attr{name: "language", value: threeLetters(d.Language)})
	w.close("FRBRExpression")
	w.line()
	w.open("FRBRManifestation")
	value("FRBRthis", a.expression+"/!main.xml")
	value("FRBRuri", a.expression+".xml")
	dated("XML")
	w.close("FRBRManifestation")
	w.line()
	w.close("identification")
	w.line()
}

// references names the seats, and what clauses are said to be.
func (w *writer) references() {
	d := &w.doc
	w.open("references", attr{name: "source", value: "#" + d.issuer()})
	w.line()
	organization := func(id, code, name, declared string) {
		w.empty("TLCOrganization", attr{name: "eId", value: id}, attr{name: "href", value: "/akn/ontology/organization/un/" + strings.TrimPrefix(id, "seat_")},
			attr{name: "showAs", value: name, meant: true}, attr{name: "par:seat", value: coded(code), meant: true}, attr{name: "par:declared", value: declared})
		w.line()
	}
	if d.Issuer == "" {
		organization("author", "", "The author of this file", "")
	}
	for _, s := range w.seats {
		declared := ""
		if slices.Contains(d.Text.Front.Seats, s) {
			declared = "yes"
		}
		organization(seatID(s), string(s), cmp.Or(d.Names[s], string(s)), declared)
	}
	for _, concept := range []string{bracketed, clean} {
		w.empty("TLCConcept", attr{name: "eId", value: concept}, attr{name: "href", value: "/akn/ontology/concept/un/" + concept}, attr{name: "showAs", value: concept})
		w.line()
	}
	w.close("references")
	w.line()
}

// proprietary writes what Akoma Ntoso has no place for: the front matter as it was
// written, the fingerprint, the seats' positions.
func (w *writer) proprietary() {
	front := w.front()
	w.open("proprietary", attr{name: "source", value: "#" + w.doc.issuer()})
	w.empty("par:front", attr{name: "written", value: coded(front), meant: true})
	if w.doc.Fingerprint != "" {
		w.empty("par:fingerprint", attr{name: "method", value: "SHA-256"}, attr{name: "value", value: coded(w.doc.Fingerprint)})
	}
	for _, p := range w.doc.Positions {
		href := ""
		if i := slices.Index(w.doc.Clauses, p.Clause); i >= 0 && p.Clause != "" {
			href = "#" + w.named[i]
		}
		w.line()
		w.empty("par:position", attr{name: "href", value: href}, attr{name: "clause", value: coded(p.Clause), meant: true},
			attr{name: "refersTo", value: "#" + seatID(p.Seat)}, attr{name: "seat", value: coded(string(p.Seat)), meant: true},
			attr{name: "at", value: p.Time}, attr{name: "words", value: coded(p.Words), meant: true})
	}
	w.close("proprietary")
	w.line()
}

// front gives the front matter as it was written.
func (w *writer) front() string {
	var b strings.Builder
	for i := range w.t.Pieces {
		if w.t.Pieces[i].Kind == draft.FrontMatter {
			b.WriteString(w.t.Pieces[i].Src)
		}
	}
	return b.String()
}

// seatsOf lists the seats that a document names: those declared, the issuer,
// and those that hold words.
func seatsOf(d *Document) []record.Seat {
	seats := slices.Clone(d.Text.Front.Seats)
	add := func(s record.Seat) {
		if s != "" && !slices.Contains(seats, s) {
			seats = append(seats, s)
		}
	}
	add(d.Issuer)
	for _, p := range d.Positions {
		add(p.Seat)
	}
	for i := range d.Text.Alternatives {
		for _, h := range d.Text.Alternatives[i].Holders {
			add(h.Seat)
		}
	}
	return seats
}
