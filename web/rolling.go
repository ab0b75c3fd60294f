package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"paraph/consent"
	"paraph/desk"
	"paraph/draft"
	"paraph/page"
	"paraph/record"
	"paraph/text"
)

// rolling is the rolling text as one lens sees it, with what was asked of it.
type rolling struct {
	sight
	text.RollingView
	view      page.TextView
	held      record.Seat                       // only clauses in which it keeps a bracket open
	depth     int                               // only clauses with brackets of at least this depth
	proposals map[string]*text.ProposalView     // the live ones
	said      map[string][]consent.PositionView // stances by clause
}

// unit is one clause of the rolling text on the page.
type unit struct {
	text.RollingClause
	id    string // of its element, which no other has
	name  string // for people
	shown bool

	elsewhere bool // it has no id of a clause, or another element has
	stood     bool // its clauses were taken over from the page before
	said      bool // seats have said something of it
	after     int  // clauses passed over before it, when filtered
	rest      int  // of the last: clauses passed over at the end
	depth     int
}

// seeRolling is the text as it stands now, with all live proposals that the
// lens reads; or, with ?reading=SEAT, the reading of a seat beside what lies on
// the table.
func seeRolling(v sight, r *http.Request) (*Page, error) {
	if _, there := text.SeeVersion(v.Text, ""); !there {
		return &Page{Title: "Text", Section: "Text", Body: noText(v), Areas: []string{"versions"}, Live: nil}, nil
	}
	q := r.URL.Query()
	u, err := v.unrolled(q.Get("version"))
	if err != nil {
		return nil, err
	}
	t := rolling{sight: v, proposals: map[string]*text.ProposalView{}, held: record.Seat(q.Get("held"))}
	t.depth, _ = strconv.Atoi(q.Get("depth"))
	for _, p := range u.Proposals() {
		t.proposals[p.ID] = p
	}
	t.said = t.stances()
	t.View = desk.View{Lens: v.Lens, Kept: v.Kept} // what follows, follows when the look is over
	version, _ := text.SeeVersion(v.Text, u.Version())
	p := &Page{
		Title: version.Title, Section: "Text", Version: t.identity(version),
		Areas: []string{"text", "versions", "positions", "roster"},
	}
	p.Version.State = "rolling text"
	p.rest = func(p *Page) error {
		if t.RollingView, err = t.roll(u); err != nil {
			return err
		}
		t.view = t.textView(t.Text)
		t.view.ID = func(int) string { return "" }
		t.view.Held = t.held
		if q.Has("reading") {
			return t.reading(p, record.Seat(q.Get("reading")))
		}
		t.page(p)
		return nil
	}
	return p, nil
}

// textView is a text as it looks on every page of this process.
func (v sight) textView(t *draft.Text) page.TextView {
	return page.TextView{Text: t, Seats: v.seats(), Names: v.names(), Heading: 2 - topLevel(t)}
}

// topLevel gives the level of the highest heading, which a page shows right
// under its own.
func topLevel(t *draft.Text) int {
	top := 6
	for _, c := range t.Clauses {
		if c.IsHeading() {
			top = min(top, c.Level)
		}
	}
	return top
}

func (v sight) identity(version text.VersionView) *Identity {
	return &Identity{
		Symbol: version.Symbol, Class: string(version.Class), Fingerprint: version.Fingerprint,
		Date: version.Date, Reader: v.reader(),
	}
}

func (t rolling) page(p *Page) {
	before := t.before()
	units := t.units(before)
	figures := &Fragment{ID: "figures", Name: "the figures", Body: figuresLine(t.Counts, len(t.proposals))}
	outline := &Fragment{ID: "outline", Name: "the outline", Class: "outline", Body: outlineOf(t.outline(units))}
	body := &Fragment{ID: "text", Name: "the text", Class: "text", Parts: []*Fragment{}}
	var shape strings.Builder
	shape.WriteString(strconv.FormatBool(t.filtered()))
	for i, part := range t.parts(units, before) {
		if u := units[i]; u.shown {
			shape.WriteString(" " + u.id + " " + strconv.Itoa(u.after))
			body.Parts = append(body.Parts, part)
		}
	}
	if t.held != "" {
		body.Class += " filtered"
	}
	body.Shape = shape.String()
	body.Body = textUnits(units, body.Parts)
	p.Live = []*Fragment{figures, body}
	if !t.filtered() {
		p.Live = append(p.Live, outline)
	}
	p.Body = rollingPage(t, figures, outline, body)
}

func (t rolling) filtered() bool { return t.held != "" || t.depth > 1 }

// units lists the clauses, each with the place of its element.
func (t rolling) units(before *shownRolling) []unit {
	out := make([]unit, 0, len(t.Clauses))
	had := make(map[string]bool, len(t.Clauses))
	next := 0
	for _, c := range t.Clauses {
		if c.First == c.Last && len(c.Beside)+len(c.Applied) == 0 {
			continue // nothing stands there
		}
		u := unit{RollingClause: c, shown: true, said: len(t.said[c.ID]) > 0}
		moved := c.ID == "" || had[c.ID] // a clause that is moved stands in two places
		had[c.ID] = true
		if j := t.stood(c, before, next); j >= 0 && !moved && !before.units[j].elsewhere {
			old := &before.units[j]
			u.id, u.name, u.depth, u.stood, next = old.id, t.named(c, before, old), old.depth, true, j+1
		} else {
			u.id, u.elsewhere = "c-"+c.ID, moved
			if moved {
				u.id = "i-" + strings.Join(c.Applied, "-")
			}
			u.name, u.depth = t.name(c), t.deepest(c)
		}
		u.shown = !t.filtered() || u.depth >= max(1, t.depth) && (t.held == "" || t.holds(c))
		out = append(out, u)
	}
	if t.filtered() {
		t.headed(out)
	}
	return out
}

// headed shows the headings under which something is shown, and counts what was
// passed over before each clause that is.
func (t rolling) headed(units []unit) {
	heading, passed := -1, 0
	for i := range units {
		u := &units[i]
		if u.First < u.Last && t.Text.Clauses[u.First].IsHeading() && !u.shown {
			heading = i
			continue
		}
		if !u.shown {
			passed++
			continue
		}
		if heading >= 0 {
			units[heading].shown, heading = true, -1
		}
		u.after, passed = passed, 0
	}
	if len(units) > 0 {
		units[len(units)-1].rest = passed
	}
}

// name is what a clause of the rolling text is called, with the heading that it
// stands under.
func (t rolling) name(c text.RollingClause) string {
	if c.First < c.Last {
		return page.Title(t.Text, c.First)
	}
	return page.Name(c.Label, "")
}

// alternatives visits the alternatives in which words of a clause stand.
func (t rolling) alternatives(c text.RollingClause, visit func(draft.Alternative)) {
	seen := map[int]bool{}
	for _, cl := range t.Text.Clauses[c.First:c.Last] {
		for _, p := range t.Text.Pieces[cl.First:cl.Last] {
			for a := p.Within; a >= 0 && !seen[a]; a = t.Text.Brackets[t.Text.Alternatives[a].Bracket].Within {
				seen[a] = true
				visit(t.Text.Alternatives[a])
			}
		}
	}
}

func (t rolling) deepest(c text.RollingClause) (depth int) {
	for _, cl := range t.Text.Clauses[c.First:c.Last] {
		for _, p := range t.Text.Pieces[cl.First:cl.Last] {
			if p.Within >= 0 {
				depth = max(depth, t.Text.Brackets[t.Text.Alternatives[p.Within].Bracket].Depth)
			}
		}
	}
	return depth
}

func (t rolling) holds(c text.RollingClause) (holds bool) {
	t.alternatives(c, func(a draft.Alternative) {
		holds = holds || slices.ContainsFunc(a.Holders, func(h draft.Holder) bool { return h.Seat == t.held })
	})
	return holds
}

func (t rolling) class(u unit) string {
	class := "unit"
	if u.First < u.Last && t.Text.Clauses[u.First].IsHeading() {
		class += " heading"
	}
	return class
}

// stances gives what seats last said of clauses, one line a seat: to the widest
// audience that this lens reads.
func (t rolling) stances() map[string][]consent.PositionView {
	said := map[string][]consent.PositionView{}
	seats := t.seats()
	for clause, cells := range consent.SeeCellsOn(t.Consent, "clause") {
		for _, seat := range seats {
			for _, c := range cells {
				if c.Seat == seat && len(c.Positions) > 0 {
					said[clause] = append(said[clause], c.Positions[0])
				}
			}
		}
	}
	return said
}

// outline lists the headings, each with the brackets that are open under it.
func (t rolling) outline(units []unit) []outlineLine {
	var out []outlineLine
	for _, u := range units {
		if u.First == u.Last {
			continue
		}
		if c := t.Text.Clauses[u.First]; c.IsHeading() {
			out = append(out, outlineLine{ID: u.id, Name: u.name, Shown: u.shown})
		}
		if u.depth > 0 && len(out) > 0 {
			out[len(out)-1].Open++
		}
	}
	return out
}

// outlineLine is a heading of the text.
type outlineLine struct {
	ID, Name string
	Open     int // clauses with brackets under it
	Shown    bool
}

// unit is what stands in the element of a clause.
func (t rolling) unit(u unit) templ.Component { return rollingUnit(t, u) }

// clauses gives the components of the clause's own blocks.
func (t rolling) blocks(u unit) []templ.Component {
	var out []templ.Component
	for i := u.First; i < u.Last; i++ {
		out = append(out, t.view.Clause(i))
	}
	return out
}

// reading is the reading of a seat beside what lies on the table.
func (t rolling) reading(p *Page, seat record.Seat) error {
	table, err := draft.Parse(draft.Reading(t.Text, ""))
	if err != nil {
		return err
	}
	own, err := draft.Parse(draft.Reading(t.Text, seat))
	if err != nil {
		return err
	}
	c := draft.Compare(table, own)
	f := &Fragment{ID: "reading", Name: "the readings", Body: readingBeside(t, seat, page.ComparisonView{
		Comparison: c, Old: table, New: own, Beside: true, All: true,
	})}
	p.Live = []*Fragment{f}
	p.Body = readingPage(t, seat, f)
	return nil
}
