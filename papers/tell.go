package papers

import (
	"strings"
	"time"

	"paraph/press"
	"paraph/record"
	"paraph/sitting"
)

// parts gives what the minute of a sitting holds.
func (m Meeting) parts() []Part {
	parts := []Part{{Heading: "When it sat", Table: m.times()}}
	if m.Outcome != "" {
		lines := []Line{{Plain, m.Outcome}}
		parts = append(parts, Part{Heading: "Outcome", Lines: append(lines, sourceLines(m.OutcomeSource)...)})
	}
	if len(m.Delegations) > 0 {
		parts = append(parts, Part{Heading: "Who attended", Table: m.attendance()})
	} else {
		parts = append(parts, Part{Heading: "Who attended", Lines: []Line{{Plain, "Who attended is not recorded."}}})
	}
	if len(m.Agenda) > 0 {
		agenda := &Table{Title: "Agenda", Columns: []string{"Item", "Matter"}}
		for i, matter := range m.Agenda {
			agenda.Rows = append(agenda.Rows, []string{number(i + 1), matter})
		}
		parts = append(parts, Part{Heading: "Agenda", Table: agenda})
	}
	particulars := &Table{Title: "Particulars", Columns: []string{"Particular", "On the record"}, Rows: [][]string{
		{"Languages", or(strings.Join(m.Languages, ", "), "not recorded")},
		{"Interpretation", or(m.Interpreters(), "none recorded")},
		{"Confidentiality", or(m.Confidentiality, "nothing recorded")},
	}}
	if m.Note != "" {
		particulars.Rows = append(particulars.Rows, []string{"Note", m.Note})
	}
	if !m.Source.IsZero() {
		particulars.Rows = append(particulars.Rows, []string{"Source", published(m.Source)})
	}
	return append(parts, Part{Heading: "Particulars", Table: particulars})
}

// times says when a sitting began and ended, at the place and in UTC.
func (m Meeting) times() *Table {
	t := &Table{Title: "When it sat", Columns: []string{"", "UTC"}}
	if m.Local {
		t.Columns = []string{"", "At the place (" + m.Clocks.String() + ")", "UTC"}
	}
	row := func(name string, w record.When) {
		cells := []string{name}
		if m.Local {
			cells = append(cells, spelled(w, m.Clocks))
		}
		utc := spelled(w, time.UTC)
		if apart := DaysApart(w, m.Clocks); apart != "" {
			utc += "\nanother date: " + apart
		}
		cells = append(cells, utc)
		if doubt := doubted(w); doubt != "" {
			cells[1] += "\n" + doubt
		}
		t.Rows = append(t.Rows, cells)
	}
	row("began", m.Start)
	if !m.End.IsZero() {
		row("ended", m.End)
	}
	return t
}

func (m Meeting) attendance() *Table {
	t := &Table{Title: "Attendance by delegation", Columns: []string{"Name", "For", "Office", "Capacity"}}
	for _, d := range m.Delegations {
		for _, a := range d.People {
			capacity := string(a.Capacity)
			if a.Interprets != "" {
				capacity = strings.TrimPrefix(capacity+", "+a.Interprets, ", ")
			}
			if a.Remote {
				capacity = strings.TrimPrefix(capacity+", remote", ", ")
			}
			t.Rows = append(t.Rows, []string{a.Called(), or(string(d.Seat), "no seat"), a.Office, capacity})
		}
	}
	return t
}

func or(words, none string) string {
	if words == "" {
		return none
	}
	return words
}

// spelled says a time in a place as well as it is known.
func spelled(w record.When, at *time.Location) string {
	var b strings.Builder
	for _, s := range Known(w, at) {
		b.WriteString(s.Words)
	}
	return b.String()
}

// doubted says how the source tells a time, and what is not resolved.
func doubted(w record.When) string {
	var out []string
	if w.IsUnresolved() {
		out = append(out, "time not resolved")
	}
	if w.Words != "" {
		out = append(out, "“"+w.Words+"”")
	}
	if w.Doubt != "" {
		out = append(out, w.Doubt)
	}
	return strings.Join(out, "; ")
}

// told says a time by the clocks it was told by, and in UTC.
func told(w record.When) string {
	at, there := Zone(w.Zone)
	words := spelled(w, at)
	switch {
	case !w.IsKnown():
	case !there:
		words += " UTC"
	default:
		words += " " + w.Zone
		if HourKnown(w, at) && at != time.UTC {
			words += " (" + spelled(w, time.UTC) + " UTC)"
		}
	}
	if doubt := doubted(w); doubt != "" {
		words += " [" + doubt + "]"
	}
	return words
}

// told makes the parts of a record: one for each day, by the clocks it was told by.
func (s Sight) told(items []Item) []Part {
	var parts []Part
	for n, i := range items {
		if day := or(DayOf(i.When), "Time not known"); n == 0 || parts[len(parts)-1].Heading != day {
			parts = append(parts, Part{Heading: day})
		}
		last := &parts[len(parts)-1]
		last.Lines = append(last.Lines, s.item(i)...)
		if to := i.Audience(); to != record.Public && to != record.Plenary {
			last.Lines = append(last.Lines, Line{Aside, "Readers: " + Readers(to) + "."})
		}
	}
	return parts
}

func (s Sight) item(i Item) []Line {
	switch {
	case i.Statement != nil:
		return s.statement(*i.Statement)
	case i.Claim != nil:
		return claim(*i.Claim)
	case i.Leak != nil:
		return s.leak(*i.Leak)
	case i.Condition != nil:
		return condition(*i.Condition)
	}
	return nil
}

// dotted puts what there is of something in one line.
func dotted(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}

func (s Sight) statement(v press.StatementView) []Line {
	lines := []Line{{Head, dotted(firstUpper(string(v.Kind)), string(v.Seat), v.Speaker, v.Channel, told(v.Said))}}
	if v.Quoted {
		lines = append(lines, Line{Quoted, "“" + v.Words + "”"}, Line{Aside, "In these words."})
	} else {
		lines = append(lines, Line{Plain, v.Words}, Line{Aside, "A summary, not the words."})
	}
	if held, there := sitting.SeeSitting(s.Sitting, v.Sitting); there && v.Sitting != "" {
		lines = append(lines, Line{Aside, "On: " + held.Title})
	}
	if len(v.Cleared) > 0 {
		lines = append(lines, Line{Aside, "Wording cleared by " + joined(v.Cleared) + "."})
	}
	return append(lines, sourceLines(v.Source)...)
}

func claim(v press.ClaimView) []Line {
	lines := []Line{
		{Head, dotted("Claim: "+string(v.Standing), string(v.Seat), v.By, told(v.Said))},
		{Plain, v.What},
	}
	lines = append(lines, sourceLines(v.Source)...)
	if len(v.Denials) == 0 {
		lines = append(lines, Line{Aside, "No denial is on the record."})
	}
	for _, d := range v.Denials {
		lines = append(lines, Line{Plain, dotted("Denied", string(d.Seat), d.By, told(d.Said)) + ": " + or(d.Words, "no words recorded")})
		lines = append(lines, sourceLines(d.Source)...)
	}
	for _, j := range v.Judgements {
		lines = append(lines, Line{Plain, dotted("Standing: "+string(j.Standing), entered(j.Seat), j.Note)})
		lines = append(lines, sourceLines(j.Source)...)
	}
	return lines
}

func entered(seat record.Seat) string {
	if seat == "" {
		return ""
	}
	return "entered by " + string(seat)
}

func (s Sight) leak(v press.LeakView) []Line {
	lines := []Line{{Head, dotted("Leak", told(v.Found))}, {Plain, v.What}}
	if v.Where != "" {
		lines = append(lines, Line{Aside, "Found in: " + v.Where})
	}
	if version, err := s.version(v.Version); v.Version != "" && err == nil {
		lines = append(lines, Line{Aside, "Version: " + version.Symbol})
	}
	lines = append(lines, Line{Aside, "From whom is not known; the record names nobody."})
	if v.Note != "" {
		lines = append(lines, Line{Aside, v.Note})
	}
	return append(lines, sourceLines(v.Source)...)
}

func condition(v sitting.ConditionView) []Line {
	lines := []Line{
		{Head, dotted("Condition: "+string(v.Standing), string(v.Seat), v.StatedBy)},
		{Plain, v.What},
	}
	if v.ForStep != "" {
		lines = append(lines, Line{Aside, "Before: " + v.ForStep})
	}
	return append(lines, sourceLines(v.Source)...)
}

func sourceLines(s record.Source) []Line {
	if s.IsZero() {
		return nil
	}
	return []Line{{Aside, "Source: " + published(s)}}
}
