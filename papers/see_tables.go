package papers

import (
	"slices"
	"strconv"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
	"paraph/sitting"
	"paraph/text"
)

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
