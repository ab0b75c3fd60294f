package papers

import (
	"net/url"
	"slices"
	"time"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
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
