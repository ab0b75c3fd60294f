package web

import (
	"cmp"
	"net/http"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/page"
	"paraph/record"
	"paraph/text"
)

// side is one text of a comparison: a version, the rolling text, or a reading.
type side struct {
	value string // in the address
	name  string
}

// The sides that are no versions. A version's value is its id, which has no colon.
const (
	rollingSide = "rolling"
	baseSide    = "base"
	readingSide = "reading:"
)

// comparison is what was asked to be compared.
type comparison struct {
	sight
	sides    []side
	old, new side
	beside   bool
	all      bool
	draft.Comparison
}

// seeCompare compares any two of versions, the rolling text and readings:
// ?old=…&new=…&as=beside&all=yes.
func seeCompare(v sight, r *http.Request) (*Page, error) {
	c := comparison{sight: v, sides: v.sides()}
	if len(c.sides) == 0 {
		return &Page{Title: "Compare", Section: "Compare", Body: noText(v), Areas: []string{"versions"}}, nil
	}
	q := r.URL.Query()
	versions := text.SeeVersions(v.Text)
	latest := versions[len(versions)-1]
	var err error
	if c.old, err = c.find(cmp.Or(q.Get("old"), latest.Follows, latest.ID)); err != nil {
		return nil, err
	}
	if c.new, err = c.find(cmp.Or(q.Get("new"), latest.ID)); err != nil {
		return nil, err
	}
	c.beside, c.all = q.Get("as") == "beside", q.Get("all") != ""
	old, err := v.textOf(c.old.value)
	if err != nil {
		return nil, err
	}
	now, err := v.textOf(c.new.value)
	if err != nil {
		return nil, err
	}
	c.Comparison = draft.Compare(old, now)
	f := &Fragment{ID: "comparison", Name: "the comparison", Body: comparisonBody(c, page.ComparisonView{
		Comparison: c.Comparison, Old: old, New: now, Beside: c.beside, All: c.all,
	})}
	return &Page{
		Title: c.old.name + " against " + c.new.name, Section: "Compare",
		Areas: []string{"text", "versions", "positions"}, Live: []*Fragment{f}, Body: comparePage(c, f),
	}, nil
}

// sides lists what can be compared.
func (v sight) sides() []side {
	var out []side
	for _, r := range text.SeeVersions(v.Text) {
		out = append(out, side{r.ID, r.Symbol})
	}
	if len(out) == 0 {
		return nil
	}
	out = append(out, side{rollingSide, "the rolling text"}, side{baseSide, "what lies on the table"})
	for _, s := range v.holders() {
		out = append(out, side{readingSide + s.Code, "the reading of " + s.Code})
	}
	return out
}

func (c comparison) find(value string) (side, error) {
	for _, s := range c.sides {
		if s.value == value {
			return s, nil
		}
	}
	return side{}, fault.NotFound("no such text")
}

// textOf gives the text of a side.
func (v sight) textOf(value string) (*draft.Text, error) {
	if version, there := text.SeeVersion(v.Text, value); there && value != "" {
		return version.Text, nil
	}
	roll, err := v.rollingText("")
	if err != nil || value == rollingSide {
		return roll.Text, err
	}
	seat := record.Seat(strings.TrimPrefix(value, readingSide))
	if value == baseSide {
		seat = ""
	}
	return draft.Parse(draft.Reading(roll.Text, seat))
}
