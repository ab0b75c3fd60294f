package papers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
	"paraph/sitting"
	"paraph/text"
)

// Ask says which paper is wanted. What a kind does not need is passed over.
type Ask struct {
	Kind      Kind
	Version   string      // id, for a version and what is made of one; empty for the latest
	Seat      record.Seat // for a reading; empty for what lies on the table
	Old, New  string      // for a comparison: the values of its sides
	Sitting   string      // id, for a minute
	Contested bool        // for a matrix: only the clauses on which something is open
	Own       bool        // for the record: also what is addressed to fewer than the public
}

// ParseAsk reads what is asked for in an address: the kind, which is its last
// part, and the query.
func ParseAsk(kind string, q url.Values) Ask {
	return Ask{
		Kind: Kind(kind), Version: q.Get("version"), Seat: record.Seat(q.Get("seat")), Old: q.Get("old"), New: q.Get("new"),
		Sitting: q.Get("sitting"), Contested: q.Get("show") == "contested", Own: q.Get("show") == "own",
	}
}

// Query gives what stands in the address beside the kind.
func (a Ask) Query() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	switch a.Kind {
	case Version, Clean, Provenance, Rolling:
		set("version", a.Version)
	case Reading:
		set("version", a.Version)
		set("seat", string(a.Seat))
	case Comparison:
		set("old", a.Old)
		set("new", a.New)
	case Minute:
		set("sitting", a.Sitting)
	case Matrix:
		if a.Contested {
			set("show", "contested")
		}
	case Record:
		if a.Own {
			set("show", "own")
		}
	}
	return q
}

// Gathered is what a paper is made of: values alone, so that it can be made when
// the look is over.
type Gathered struct{ make func() (Paper, error) }

// Paper makes the paper.
func (g Gathered) Paper() (Paper, error) { return g.make() }

// See gathers what a paper is made of, as the lens sees it. What is not there for
// the lens is not found, whatever the reason.
func See(s Sight, a Ask) (Gathered, error) {
	see := map[Kind]func(Sight, Ask) (func() (Paper, error), error){
		Version: seeVersion, Rolling: seeRolling, Reading: seeReading, Clean: seeClean, Comparison: seeComparison,
		Provenance: seeProvenance, Matrix: seeMatrix, Minute: seeMinute, Record: seeRecord,
	}[a.Kind]
	if see == nil {
		return Gathered{}, fault.NotFound("there is no such paper")
	}
	make, err := see(s, a)
	return Gathered{make}, err
}

// paper begins a paper with what all have.
func (s Sight) paper(k Kind) Paper {
	p := Paper{Kind: k, Process: s.Table.Title, Seats: s.Seats(), Names: s.Names()}
	p.Of.Process = s.ID
	if len(s.Table.Rules.Languages) > 0 {
		p.Lang = s.Table.Rules.Languages[0]
	}
	return p
}

// on begins a paper that shows a version, or is made of one.
func (s Sight) on(k Kind, v text.VersionView, state string) Paper {
	p := s.paper(k)
	p.Title, p.Symbol, p.Fingerprint, p.State = v.Title, v.Symbol, v.Fingerprint, state
	p.Lang, p.Of = langOf(v.Text, s.Table.Rules.Languages), s.basis(v)
	return p
}

// basis says which version a paper is made from. Its number counts the versions
// that it follows, which everybody reads who reads it.
func (s Sight) basis(v text.VersionView) Basis {
	b := Basis{Process: s.ID, Version: v.ID, Number: 1, Date: v.At.UTC().Format(time.DateOnly)}
	if day, err := time.Parse(time.DateOnly, v.Date); err == nil {
		b.Date = day.Format(time.DateOnly)
	}
	for seen := map[string]bool{v.ID: true}; v.Follows != "" && !seen[v.Follows]; b.Number++ {
		seen[v.Follows] = true
		before, there := text.SeeVersion(s.Text, v.Follows)
		if !there {
			break
		}
		v = before
	}
	return b
}

// issued says what the head of a version says: its class, its date, its note.
func issued(v text.VersionView) []string {
	first := string(v.Class)
	if v.Seat != "" {
		first += ", issued by " + string(v.Seat)
	}
	if v.Date != "" {
		first += ", " + v.Date
	}
	facts := []string{firstUpper(first) + "."}
	if v.Note != "" {
		facts = append(facts, v.Note)
	}
	return facts
}

// version gives the version that is asked for.
func (s Sight) version(id string) (text.VersionView, error) {
	v, there := text.SeeVersion(s.Text, id)
	if !there {
		return v, fault.NotFound("there is no such version")
	}
	return v, nil
}

func ids(v text.VersionView) []string {
	out := make([]string, len(v.Clauses))
	for i, c := range v.Clauses {
		out[i] = c.ID
	}
	return out
}

func seeVersion(s Sight, a Ask) (func() (Paper, error), error) {
	v, err := s.version(a.Version)
	if err != nil {
		return nil, err
	}
	p := s.on(Version, v, "as issued")
	p.Facts, p.Frozen, p.Remarks = issued(v), true, s.remarks(v)
	p.Parts = []Part{{Text: v.Text, Clauses: ids(v)}}
	return done(p), nil
}

func done(p Paper) func() (Paper, error) { return func() (Paper, error) { return p, nil } }

func seeClean(s Sight, a Ask) (func() (Paper, error), error) {
	v, err := s.version(a.Version)
	if err != nil {
		return nil, err
	}
	p := s.on(Clean, v, "clean text")
	p.Facts, p.Frozen = append(issued(v), "No bracket is open in it. That says nothing of who agrees."), true
	p.Parts = []Part{{Text: v.Text, Clauses: ids(v)}}
	return func() (Paper, error) {
		if _, err := draft.PrintClean(v.Text); err != nil {
			return p, fault.Conflict("%s is no clean text: brackets are open in it", v.Symbol).
				With("take the version as it was issued, or a reading").Because(err)
		}
		return p, nil
	}, nil
}

func seeRolling(s Sight, a Ask) (func() (Paper, error), error) {
	p, roll, err := s.rollingPaper(Rolling, a.Version)
	if err != nil {
		return nil, err
	}
	return func() (Paper, error) {
		r, n, err := roll()
		if err != nil {
			return p, err
		}
		p.State = "rolling text with " + counted(n, "live proposal")
		part := Part{Text: r.Text, Clauses: make([]string, len(r.Text.Clauses))}
		for _, c := range r.Clauses {
			for i := c.First; i < c.Last; i++ {
				part.Clauses[i] = c.ID
			}
		}
		p.Parts = []Part{part}
		return p, nil
	}, nil
}

// rollingPaper begins a paper that is made of a rolling text, and gives what
// makes that text and counts the proposals in it.
func (s Sight) rollingPaper(k Kind, version string) (Paper, func() (text.RollingView, int, error), error) {
	u, err := s.Unrolled(version)
	if err != nil {
		return Paper{}, nil, err
	}
	v, _ := text.SeeVersion(s.Text, u.Version())
	p := s.on(k, v, "")
	p.Reader, p.Remarks = s.Reader(), s.remarks(v)
	left := s.after()
	return p, func() (text.RollingView, int, error) {
		r, err := left.Roll(u)
		return r, len(u.Proposals()), err
	}, nil
}

func seeReading(s Sight, a Ask) (func() (Paper, error), error) {
	if a.Seat != "" && !slices.Contains(s.Holders(), a.Seat) {
		return nil, fault.NotFound("there is no such seat, or it holds no words")
	}
	p, roll, err := s.rollingPaper(Reading, a.Version)
	if err != nil {
		return nil, err
	}
	return func() (Paper, error) {
		r, n, err := roll()
		if err != nil {
			return p, err
		}
		p.State = "what lies on the table"
		if a.Seat != "" {
			p.State = "reading of " + string(a.Seat)
			p.Facts = []string{"The plain text that " + string(a.Seat) + " would have of the rolling text with " + counted(n, "live proposal") + "."}
		} else {
			p.Facts = []string{"The rolling text with " + counted(n, "live proposal") + ", where no seat's own words are taken."}
		}
		t, err := draft.Parse(draft.Reading(r.Text, a.Seat))
		p.Parts = []Part{{Text: t}}
		return p, err
	}, nil
}

func seeComparison(s Sight, a Ask) (func() (Paper, error), error) {
	pair, err := SeePair(s, a.Old, a.New)
	if err != nil {
		return nil, err
	}
	on, there := text.SeeVersion(s.Text, pair.New.Value)
	if !there {
		if on, err = s.version(""); err != nil {
			return nil, err
		}
	}
	old, older := text.SeeVersion(s.Text, pair.Old.Value)
	var before Basis
	if older {
		before = s.basis(old)
	}
	p := s.on(Comparison, on, pair.Old.Name+" against "+pair.New.Name)
	if pair.unrolled != nil {
		p.Reader = s.Reader()
	} else {
		p.Facts = []string{"Fingerprint of " + pair.Old.Name + ": " + old.Fingerprint}
		p.Frozen = true
	}
	return func() (Paper, error) {
		c, err := pair.Compare()
		c.OldOf = before
		p.Parts = []Part{{Compared: &c}}
		return p, err
	}, nil
}

func seeProvenance(s Sight, a Ask) (func() (Paper, error), error) {
	v, err := s.version(a.Version)
	if err != nil {
		return nil, err
	}
	p := s.on(Provenance, v, "where its clauses come from")
	p.Frozen = true
	if len(v.Provenance) == 0 {
		p.Parts = []Part{{Lines: []Line{{Plain, "The version was issued without saying where its clauses come from."}}}}
		return done(p), nil
	}
	p.Facts = []string{"In the words of who issued the version. A clause that is not named stands without comment."}
	p.Parts = []Part{{Table: provenanceTable(v)}}
	return done(p), nil
}

func provenanceTable(v text.VersionView) *Table {
	sourced, reported := Sourced(v), Reported(v)
	t := &Table{Title: "Provenance of the clauses of " + v.Symbol, Columns: []string{"Clause", "Contributors"}}
	if sourced {
		t.Columns = append(t.Columns, "Made from")
	}
	t.Columns = append(t.Columns, "Reason")
	if reported {
		t.Columns = append(t.Columns, "Published in")
	}
	for _, o := range Origins(v) {
		row := []string{o.Title, joined(o.Contributors)}
		if o.Clause == "" {
			row[0] = "dropped"
		}
		if sourced {
			row = append(row, strings.Join(o.Sources, "; "))
		}
		row = append(row, o.Reason)
		if reported {
			var where []string
			for _, src := range o.Reported {
				where = append(where, published(src))
			}
			row = append(row, strings.Join(where, "\n"))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func seeMatrix(s Sight, a Ask) (func() (Paper, error), error) {
	grid, err := SeeGrid(s, a.Contested)
	if err != nil {
		return nil, err
	}
	v, err := s.version("")
	if err != nil {
		return nil, err
	}
	p := s.on(Matrix, v, "what each seat holds of each clause")
	p.Reader = s.Reader()
	p.Facts = []string{"What each seat has last said of each clause, what it has consented to, and what it proposes. Nothing is inferred from silence."}
	facts, elsewhere := p.Facts, s.elsewhereTable()
	return func() (Paper, error) {
		g, err := grid()
		if err != nil {
			return p, err
		}
		if g.Passed > 0 {
			p.Facts = append(slices.Clip(facts), counted(g.Passed, "clause")+" passed over: no brackets, no live proposal, and no seat that reserves or opposes.")
		}
		p.Parts = []Part{{Table: matrixTable(g, p.Names)}}
		if elsewhere != nil {
			p.Parts = append(p.Parts, Part{Heading: "On other things", Table: elsewhere})
		}
		return p, nil
	}, nil
}

// matrixTable says in words what the cells of a grid show.
func matrixTable(g Grid, names map[record.Seat]string) *Table {
	t := &Table{Title: "Positions, consent and proposals of the seats on the clauses of " + g.Version.Symbol, Columns: []string{"Clause", "Text"}}
	for _, seat := range g.Columns {
		name := string(seat)
		if names[seat] != "" && names[seat] != name {
			name += "\n" + names[seat]
		}
		t.Columns = append(t.Columns, name)
	}
	for _, r := range g.Rows {
		row := []string{r.Title, r.State()}
		if r.Opening != "" && !r.Heading {
			row[0] += "\n" + r.Opening
		}
		for _, c := range r.Cells {
			row = append(row, strings.Join(c.words(), "\n"))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// State says how open the words of a clause are; nothing of a heading without brackets.
func (r Row) State() string {
	switch n := r.Counts.Brackets - r.Counts.Marks; {
	case !Bracketed(r.Counts) && r.Heading:
		return ""
	case !Bracketed(r.Counts):
		return "clean"
	case n > 0:
		return "[ ] " + counted(n, "bracket")
	}
	return "[ ] within a bracket"
}

// words says what stands in a cell, line by line.
func (c Cell) words() []string {
	var out []string
	to := func(a record.Audience) string {
		if a == record.Plenary || a == record.Public {
			return ""
		}
		return " (" + Readers(a) + ")"
	}
	for _, s := range c.Positions {
		line := string(s.Position)
		if line == "" {
			line = s.Note
		} else if s.Note != "" {
			line += ": " + s.Note
		}
		if s.Past {
			line += ", on earlier words"
		}
		out = append(out, line+to(s.Audience))
	}
	for _, g := range c.Consents {
		line := "consent: " + string(g.Level)
		if g.Void {
			line += ", void: the words have changed"
		}
		out = append(out, line+to(g.Audience))
	}
	for _, p := range c.Proposals {
		out = append(out, "proposes to "+verbs[p.Kind]+to(p.Widest()))
	}
	return out
}

var verbs = map[text.Kind]string{text.Amend: "amend", text.Insert: "insert a clause", text.Delete: "delete", text.Move: "move"}

// elsewhereTable says what seats hold of other things than clauses and proposals.
func (s Sight) elsewhereTable() *Table {
	all := s.Elsewhere()
	if len(all) == 0 {
		return nil
	}
	t := &Table{Title: "What seats hold of other things than clauses", Columns: []string{"Seat", "On", "Position", "Note", "Readers"}}
	for _, p := range all {
		note := p.Note
		if p.ReportedBy != "" {
			note = strings.TrimSpace(note + "\nas reported by " + p.ReportedBy)
		}
		if !p.Source.IsZero() {
			note = strings.TrimSpace(note + "\n" + published(p.Source))
		}
		t.Rows = append(t.Rows, []string{string(p.Seat), s.Matter(p), string(p.Position), note, Readers(p.Audience)})
	}
	return t
}

func seeMinute(s Sight, a Ask) (func() (Paper, error), error) {
	held, there := sitting.SeeSitting(s.Sitting, a.Sitting)
	if !there || a.Sitting == "" {
		return nil, fault.NotFound("there is no such sitting")
	}
	p := s.paper(Minute)
	m := SeeMeeting(s, held)
	p.Title, p.State, p.Reader = held.Title, "minute of a sitting", s.Reader()
	p.Facts = []string{HeldAs(held) + "."}
	if held.Seat != "" {
		p.Facts = append(p.Facts, "As entered by "+string(held.Seat)+", for: "+Readers(held.Audience)+".")
	} else {
		p.Facts = append(p.Facts, "As entered from public reporting, for: "+Readers(held.Audience)+".")
	}
	p.Parts = m.parts()
	return done(p.printed()), nil
}

func seeRecord(s Sight, a Ask) (func() (Paper, error), error) {
	p := s.paper(Record)
	p.Title, p.State = "Public record", "what was said in public"
	if a.Own {
		p.State, p.Reader = "with what is addressed to fewer", s.Reader()
	}
	p.Facts = []string{"What was said in public, in the order in which it was said, each with its source. Nobody here judges a claim of fact; how it stands is what a named source says of it."}
	var shown []Item
	for _, i := range s.Timeline() {
		if a.Own || i.Audience() == record.Public {
			shown = append(shown, i)
		}
	}
	p.Parts = s.told(shown)
	if len(shown) == 0 {
		p.Parts = []Part{{Lines: []Line{{Plain, "Nothing public is on the record."}}}}
	}
	return done(p.printed()), nil
}

// printed gives a paper that shows no version the fingerprint of its own words.
func (p Paper) printed() Paper {
	p.Fingerprint = draft.Fingerprint(p.words())
	return p
}

func joined(seats []record.Seat) string {
	names := make([]string, len(seats))
	for i, s := range seats {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}

// counted says a number of things.
func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}

// published says where something was published.
func published(s record.Source) string {
	var out []string
	for _, words := range []string{s.Outlet, s.Title, s.Date, s.URL, s.Note} {
		if words != "" {
			out = append(out, words)
		}
	}
	return strings.Join(out, ", ")
}
