package api

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"paraph/draft"
	"paraph/fault"
	"paraph/page"
	"paraph/record"
	"paraph/text"
)

// Counts are the figures of a text, or of a clause of it.
type Counts struct {
	Clauses        int `json:"clauses" about:"Blocks that are not headings."`
	Brackets       int `json:"brackets" about:"Pairs of brackets as they stand, marks included."`
	Alternatives   int `json:"alternatives" about:"Pairs of brackets that have a rival."`
	Options        int `json:"options" about:"Lines that begin an option."`
	Placeholders   int `json:"placeholders" about:"Places where words are to be written later."`
	MaxDepth       int `json:"max_depth" about:"How deep brackets nest: 1 for a bracket in no other."`
	Words          int `json:"words"`
	ContestedWords int `json:"contested_words" about:"Words inside any bracket or option."`
	Marks          int `json:"marks" about:"Pairs of brackets that contest nothing: footnote marks, links."`
}

// Versions is the register of versions.
type Versions struct {
	Versions []VersionHead `json:"versions" about:"The oldest first."`
}

// VersionHead is a version without its words.
type VersionHead struct {
	ID          string          `json:"id"`
	Symbol      string          `json:"symbol" about:"As it is cited: REV.3."`
	Class       text.Class      `json:"class"`
	Title       string          `json:"title"`
	Date        string          `json:"date,omitempty" about:"As the paper is dated."`
	Note        string          `json:"note,omitempty"`
	Seat        record.Seat     `json:"seat" about:"Who issued it; empty when a keeper entered it."`
	Follows     string          `json:"follows,omitempty" about:"The id of the version whose clauses it carries on."`
	Issued      time.Time       `json:"issued"`
	Audience    record.Audience `json:"audience"`
	Source      *Source         `json:"source,omitempty"`
	Fingerprint string          `json:"fingerprint" about:"SHA-256 over all its words and brackets, in hexadecimal."`
	Counts      Counts          `json:"counts"`
}

// Version is one fixed state of the text.
type Version struct {
	VersionHead
	Clauses    []VersionClause `json:"clauses" about:"In order, headings too."`
	Provenance []Provenance    `json:"provenance"`
	Text       string          `json:"text" about:"The whole text in Paraph's format, to the letter."`
}

// VersionClause is one clause of a version.
type VersionClause struct {
	ID          string `json:"id" about:"Permanent over versions."`
	Label       string `json:"label,omitempty" about:"As printed: 5 bis."`
	Heading     string `json:"heading,omitempty" about:"For a heading: its words without label."`
	Words       string `json:"words" about:"As written, with its label and brackets."`
	Fingerprint string `json:"fingerprint" about:"Of its words and brackets without label: what a consent covers."`
}

// Provenance says how one clause of a version came about.
type Provenance struct {
	Place        int           `json:"place" about:"The clause's place in the list of clauses, from 0; -1 for what was dropped."`
	Contributors []record.Seat `json:"contributors,omitempty" about:"The seats whose wording went into it."`
	Sources      []string      `json:"sources,omitempty" about:"What it was made from, in words."`
	Reason       string        `json:"reason,omitempty"`
	Reported     []Source      `json:"reported,omitempty" about:"Where it was published, in a record kept from outside."`
}

// RollingText is a version with the live proposals on it, as one bracketed text.
type RollingText struct {
	Version VersionHead     `json:"version" about:"The version that the proposals are on."`
	Counts  Counts          `json:"counts" about:"Of the whole rolling text, whatever was asked for."`
	Clauses []RollingClause `json:"clauses" about:"In order: those of the version, with insertions and moves between them."`
	Text    string          `json:"text" about:"The whole rolling text in Paraph's format."`
}

// RollingClause is one clause of the rolling text.
type RollingClause struct {
	ID        string    `json:"id,omitempty" about:"Permanent over versions; left out for an inserted clause, which no version has yet."`
	Title     string    `json:"title" about:"What it is called when it stands alone."`
	Label     string    `json:"label,omitempty"`
	Words     string    `json:"words" about:"As written, with its label and brackets; empty when nothing is printed there."`
	Brackets  []Bracket `json:"brackets" about:"Those that open in it, in order."`
	Proposals []string  `json:"proposals" about:"Ids of the live proposals whose words stand in it."`
	Beside    []string  `json:"beside" about:"Ids of live proposals that it does not show."`
}

// Bracket is one place where words are not agreed.
type Bracket struct {
	Depth        int           `json:"depth" about:"1 at the top."`
	Options      bool          `json:"options" about:"Written as options, not in brackets."`
	Alternatives []Alternative `json:"alternatives" about:"In order."`
}

// Alternative is one candidate inside a bracket.
type Alternative struct {
	Holders     []Holder `json:"holders" about:"The seats that keep it open; none when nobody is named."`
	Label       string   `json:"label,omitempty" about:"Option 2."`
	Words       string   `json:"words" about:"As written, without the marks around it."`
	NoText      bool     `json:"no_text" about:"It says that there be no words."`
	Placeholder bool     `json:"placeholder" about:"It says that words are to be written later."`
}

// Holder is a seat that keeps an alternative open.
type Holder struct {
	Seat record.Seat `json:"seat"`
	Verb draft.Verb  `json:"verb" about:"What the list says that it does."`
}

// Reading is the plain text that one seat would have.
type Reading struct {
	Seat    record.Seat `json:"seat" about:"Empty: what lies on the table."`
	Version string      `json:"version" about:"The id of the version that the rolling text is on."`
	Text    string      `json:"text" about:"In Paraph's format."`
}

func (v Version) plain() string     { return v.Text }
func (t RollingText) plain() string { return t.Text }
func (r Reading) plain() string     { return r.Text }

func seeVersions(v sight, _ *http.Request) (any, error) {
	return Versions{each(text.SeeVersions(v.Text), headOf)}, nil
}

func seeVersion(v sight, r *http.Request) (any, error) {
	id := r.PathValue("version")
	found, there := text.SeeVersion(v.Text, id)
	if !there || id == "" {
		return nil, missing()
	}
	out := Version{VersionHead: headOf(found), Provenance: each(found.Provenance, provenanceOf), Text: draft.Print(found.Text)}
	for i, c := range found.Clauses {
		out.Clauses = append(out.Clauses, VersionClause{c.ID, c.Label, c.Heading, written(found.Text, i, i+1), c.Fingerprint})
	}
	return out, nil
}

func seeRolling(v sight, r *http.Request) (any, error) {
	q := r.URL.Query()
	roll, err := v.rolling(q.Get("version"))
	if err != nil {
		return nil, err
	}
	depth, _ := strconv.Atoi(q.Get("depth")) // admitted as a digit, or left out
	out := RollingText{Version: headOf(roll.Version), Counts: countsOf(roll.Counts), Clauses: []RollingClause{}, Text: draft.Print(roll.Text)}
	opened := openedIn(roll.Text)
	for _, c := range roll.Clauses {
		one := RollingClause{
			ID: c.ID, Title: titleOf(roll.Text, c), Label: c.Label, Words: written(roll.Text, c.First, c.Last),
			Brackets: []Bracket{}, Proposals: list(c.Applied), Beside: list(c.Beside),
		}
		for i := c.First; i < c.Last; i++ {
			for _, b := range opened[i] {
				one.Brackets = append(one.Brackets, bracketOf(roll.Text, b))
			}
		}
		if one.fits(record.Seat(q.Get("held")), depth) {
			out.Clauses = append(out.Clauses, one)
		}
	}
	return out, nil
}

// fits tells whether a clause is asked for.
func (c RollingClause) fits(held record.Seat, depth int) bool {
	deep, holds := depth == 0, held == ""
	for _, b := range c.Brackets {
		deep = deep || b.Depth >= depth
		for _, a := range b.Alternatives {
			holds = holds || slices.ContainsFunc(a.Holders, func(h Holder) bool { return h.Seat == held })
		}
	}
	return deep && holds
}

func seeReading(v sight, r *http.Request) (any, error) {
	q := r.URL.Query()
	roll, err := v.rolling(q.Get("version"))
	if err != nil {
		return nil, err
	}
	seat := record.Seat(q.Get("seat"))
	return Reading{seat, roll.Version.ID, draft.Reading(roll.Text, seat)}, nil
}

// rolling gives the rolling text of a version, or of the latest.
func (v sight) rolling(version string) (text.RollingView, error) {
	return v.out().RollingText(version)
}

// latest gives the latest version that is no non-paper, if there is another.
func (v sight) latest() (text.VersionView, error) {
	found, there := text.SeeVersion(v.Text, "")
	if !there {
		return found, fault.NotFound("there is no text yet")
	}
	return found, nil
}

func headOf(v text.VersionView) VersionHead {
	return VersionHead{
		ID: v.ID, Symbol: v.Symbol, Class: v.Class, Title: v.Title, Date: v.Date, Note: v.Note, Seat: v.Seat, Follows: v.Follows,
		Issued: utc(v.At), Audience: v.Audience, Source: sourceOf(v.Source), Fingerprint: v.Fingerprint, Counts: countsOf(v.Counts),
	}
}

func provenanceOf(p text.Provenance) Provenance {
	return Provenance{p.Place, p.Contributors, p.Sources, p.Reason, each(p.Reported, func(s record.Source) Source { return *cmp.Or(sourceOf(s), &Source{}) })}
}

func countsOf(c draft.Counts) Counts {
	return Counts{c.Clauses, c.Brackets, c.Alternatives, c.Options, c.Placeholders, c.MaxDepth, c.Words, c.ContestedWords, c.Marks}
}

// written gives clauses as they stand in a text, without the blank lines around.
func written(t *draft.Text, first, last int) string {
	if first >= last {
		return ""
	}
	var b strings.Builder
	for _, p := range t.Pieces[t.Clauses[first].First:t.Clauses[last-1].Last] {
		b.WriteString(p.Src)
	}
	return strings.TrimSpace(b.String())
}

// titleOf is what a clause of a rolling text is called when it stands alone.
func titleOf(t *draft.Text, c text.RollingClause) string {
	if c.First >= c.Last {
		return c.Label
	}
	return titleAt(t, c.First)
}

func titleAt(t *draft.Text, i int) string {
	c := t.Clauses[i]
	if c.IsHeading() {
		if c.Label == c.Heading {
			return c.Heading
		}
		return strings.TrimSpace(c.Label + " " + c.Heading)
	}
	return page.Place(t, i)
}

// openedIn gives the brackets by the clause in which they open.
func openedIn(t *draft.Text) map[int][]draft.Bracket {
	out := map[int][]draft.Bracket{}
	for _, b := range t.Brackets {
		if len(b.Alternatives) > 0 {
			at := t.Pieces[t.Alternatives[b.Alternatives[0]].First].Clause
			out[at] = append(out[at], b)
		}
	}
	return out
}

func bracketOf(t *draft.Text, b draft.Bracket) Bracket {
	out := Bracket{Depth: b.Depth, Options: b.Options, Alternatives: []Alternative{}}
	for _, i := range b.Alternatives {
		a := t.Alternatives[i]
		var words strings.Builder
		for _, p := range t.Pieces[a.First:a.Last] {
			if p.Within != i || p.Kind != draft.Open && p.Kind != draft.Holders && p.Kind != draft.Close && p.Kind != draft.Option {
				words.WriteString(p.Src)
			}
		}
		out.Alternatives = append(out.Alternatives, Alternative{
			Holders: each(a.Holders, func(h draft.Holder) Holder { return Holder{h.Seat, h.Verb} }),
			Label:   a.Label, Words: strings.TrimSpace(words.String()), NoText: a.NoText, Placeholder: a.Placeholder,
		})
	}
	return out
}
