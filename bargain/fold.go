package bargain

import (
	"maps"
	"slices"

	"paraph/record"
	"paraph/settle"
	"paraph/veto"
)

// Fold takes one entry of this room into the state. It panics on a kind that it
// does not know. Of two things with one id the first stands, and only what is
// said to its own audience bears on it: another seat may by chance have one of
// the same id, out of its sight.
func Fold(s *State, e record.Entry) {
	if s.preferences == nil {
		s.preferences = map[record.Seat][]PreferenceView{}
		s.lent = map[record.Seat]*lending{}
		s.elsewhere = map[record.Seat]bool{}
	}
	s.process = e.Process
	switch e.Content.Kind {
	case kindMade:
		s.foldMade(e, record.Body[made](e))
	case kindDropped:
		s.foldDropped(e, record.Body[dropped](e))
	case kindRuled:
		v := record.Body[ruled](e)
		s.rules.Add(v.ID, RuleView{ID: v.ID, If: v.If, Then: v.Then, Reason: v.Reason, At: e.At, Audience: e.Audience, Standing: Stands})
	case kindUnruled:
		s.foldUnruled(e, record.Body[unruled](e))
	case kindPreferred:
		s.foldPreferred(e, record.Body[preferred](e))
	case kindLent:
		s.foldLent(e, record.Body[lent](e))
	case kindRevoked:
		s.foldRevoked(e, record.Body[revoked](e))
	case kindNoted:
		v := record.Body[noted](e)
		s.notes = append(s.notes, LendingNote{v.Seat, v.Grain, e.At})
	case kindPlaced:
		v := record.Body[placed](e)
		s.elsewhere[v.Seat] = v.Elsewhere
	case kindTabled:
		s.foldTabled(e, record.Body[tabled](e))
	case kindAmended:
		s.foldAmended(e, record.Body[amended](e))
	case kindWithdrawn:
		s.foldWithdrawn(e, record.Body[withdrawn](e))
	case kindResponded:
		s.foldResponded(e, record.Body[responded](e))
	default:
		s.foldTest(e)
	}
}

func (s *State) foldMade(e record.Entry, v made) {
	s.issues.Add(v.ID, IssueView{
		ID: v.ID, Name: v.Name, Note: v.Note, Brackets: v.Brackets, Options: v.Options,
		At: e.At, By: e.Content.By, Audience: e.Audience, Standing: Stands,
	})
}

func (s *State) foldDropped(e record.Entry, v dropped) {
	if i := s.issues.Get(v.Issue); i != nil && i.Audience == e.Audience {
		s.issues.Change(v.Issue, func(i *IssueView) { i.Standing, i.Why = Dropped, v.Reason })
	}
}

func (s *State) foldUnruled(e record.Entry, v unruled) {
	if r := s.rules.Get(v.Rule); r != nil && r.Audience == e.Audience {
		s.rules.Change(v.Rule, func(r *RuleView) { r.Standing, r.Why = Dropped, v.Reason })
	}
}

func (s *State) foldPreferred(e record.Entry, v preferred) {
	seat := e.Content.By.Seat
	p := PreferenceView{
		Issues: v.Issues, Party: v.party(seat), Method: v.Method, Answers: v.Answers, Note: v.Note, At: e.At, By: e.Content.By,
	}
	s.preferences[seat] = append(s.preferences[seat], p)
}

func (s *State) foldLent(e record.Entry, v lent) {
	if e.Audience != record.Offices(v.Seat) {
		return
	}
	s.lent[v.Seat] = &lending{
		LendingView: LendingView{Seat: v.Seat, Grain: v.Grain, At: e.At},
		issues:      v.Issues, party: v.party(v.Seat),
	}
}

func (s *State) foldRevoked(e record.Entry, v revoked) {
	if e.Audience == record.Offices(v.Seat) { // whether what was lent is still there or destroyed
		s.lent[v.Seat] = &lending{LendingView: LendingView{Seat: v.Seat, At: e.At, Revoked: true}}
	}
}

func (s *State) foldTabled(e record.Entry, v tabled) {
	s.packages.Add(v.ID, PackageView{
		ID: v.ID, Title: v.Title, Note: v.Note, Choices: v.Choices, If: v.If, Between: v.Between, After: v.After,
		Seat: e.Content.By.Seat, At: e.At, By: e.Content.By, Audience: e.Audience, Revision: 1, Status: Tabled,
	})
}

func (s *State) foldAmended(e record.Entry, v amended) {
	if !s.ofPackage(v.Package, e) {
		return
	}
	s.packages.Change(v.Package, func(p *PackageView) {
		p.Earlier = append(slices.Clip(p.Earlier), Revision{p.Revision, p.Choices, p.If, p.Note, p.At})
		p.Choices, p.If, p.Note, p.At, p.By = v.Choices, v.If, v.Note, e.At, e.Content.By
		p.Revision++
		p.Responses = nil
	})
}

func (s *State) foldWithdrawn(e record.Entry, v withdrawn) {
	if s.ofPackage(v.Package, e) {
		s.packages.Change(v.Package, func(p *PackageView) { p.Status, p.Why = Withdrawn, v.Reason })
	}
}

// ofPackage tells whether an entry is its own seat's, where a package stands.
func (s *State) ofPackage(id string, e record.Entry) bool {
	p := s.packages.Get(id)
	return p != nil && p.Audience == e.Audience && p.Seat == e.Content.By.Seat && p.Status != Withdrawn
}

func (s *State) foldResponded(e record.Entry, v responded) {
	p := s.packages.Get(v.Package)
	if p == nil || v.Revision != p.Revision || v.Seat != e.Content.By.Seat {
		return
	}
	r := ResponseView{v.Seat, v.Revision, v.Response, v.Note, e.At, e.Content.By, e.Audience}
	s.packages.Change(v.Package, func(p *PackageView) {
		p.Responses = slices.DeleteFunc(slices.Clone(p.Responses), func(o ResponseView) bool {
			return o.Seat == v.Seat && o.Audience == e.Audience
		})
		p.Responses = append(p.Responses, r)
	})
}

// foldTest takes an entry of a sealed test.
func (s *State) foldTest(e record.Entry) {
	switch e.Content.Kind {
	case kindOpened:
		v := record.Body[opened](e)
		s.tests.Add(v.ID, test{TestView: TestView{
			ID: v.ID, Question: v.Question, Package: v.Package, Revision: v.Revision, Clauses: v.Clauses, If: v.If,
			Asked: v.Asked, Deadline: v.Deadline, Seat: e.Content.By.Seat, At: e.At, By: e.Content.By, Audience: e.Audience,
		}})
	case kindJoined:
		v := record.Body[joined](e)
		s.part(v.Test, v.Seat, e, func(t *test) { t.shares = with(t.shares, v.Seat, v.Share) })
	case kindAnswered:
		v := record.Body[answered](e)
		s.part(v.Test, v.Seat, e, func(t *test) { t.commitments = with(t.commitments, v.Seat, v.Commitment) })
	case kindDisclosed:
		v := record.Body[disclosed](e)
		s.part(v.Test, v.Seat, e, func(t *test) { t.openings = with(t.openings, v.Seat, v.Opening) })
	case kindHeld:
		v := record.Body[held](e)
		if t := s.tests.Get(v.Test); t != nil && e.Audience == record.Internal(v.Seat) {
			s.tests.Change(v.Test, func(t *test) { t.hold(v) })
		}
	default:
		panic(record.Unknown(e))
	}
}

// part changes a test by what a seat that is asked says of itself, before all
// who read of the test.
func (s *State) part(id string, seat record.Seat, e record.Entry, change func(*test)) {
	t := s.tests.Get(id)
	if t != nil && t.Audience == e.Audience && seat == e.Content.By.Seat && slices.Contains(t.Asked, seat) {
		s.tests.Change(id, change)
	}
}

// with gives a copy of a map with one more in it; what a seat has said stands.
func with[V any](m map[record.Seat]V, seat record.Seat, v V) map[record.Seat]V {
	next := maps.Clone(m)
	if next == nil {
		next = map[record.Seat]V{}
	}
	if _, there := next[seat]; !there {
		next[seat] = v
	}
	return next
}

func (t *test) hold(v held) {
	if v.Opening == nil {
		t.secret = with(t.secret, v.Seat, v.Secret)
		return
	}
	t.kept = with(t.kept, v.Seat, *v.Opening)
	t.yes = with(t.yes, v.Seat, v.Yes == 1)
}

// party gives the numbers that were kept as a party of a problem.
func (w worths) party(seat record.Seat) settle.Party {
	p := settle.Party{
		Name: string(seat), Worth: rats(w.Worth), Doubt: rats(w.Doubt),
		Reservation: w.Reservation.rat(), Weight: w.Weight.rat(), Discount: w.Discount.rat(),
	}
	for _, t := range w.Terms {
		out := settle.Term{Worth: t.Worth.rat(), Outside: t.Outside}
		for _, b := range t.Bounds {
			out.Bounds = append(out.Bounds, settle.Bound{Issue: b.Issue, From: b.From, To: b.To})
		}
		p.Terms = append(p.Terms, out)
	}
	return p
}

// Touches tells which areas of a page an entry of this room moves: "bargain",
// and the package ("package/ID") or the test ("test/ID") that it is about.
func Touches(e record.Entry) []string {
	about := func(noun, id string) []string { return []string{"bargain", string(record.NewRef(noun, id))} }
	switch e.Content.Kind {
	case kindTabled:
		return about("package", record.Body[tabled](e).ID)
	case kindAmended, kindWithdrawn, kindResponded:
		return about("package", record.Body[struct {
			Package string `json:"package"`
		}](e).Package)
	case kindOpened:
		return about("test", record.Body[opened](e).ID)
	case kindJoined, kindHeld, kindAnswered, kindDisclosed:
		return about("test", record.Body[struct {
			Test string `json:"test"`
		}](e).Test)
	}
	return []string{"bargain"}
}

// ballot gives what the steps of a test are bound to.
func (s *State) ballot(t *test) veto.Ballot {
	b := veto.Ballot{Process: string(s.process), Test: t.ID}
	for _, seat := range t.Asked {
		b.Seats = append(b.Seats, string(seat))
	}
	return b
}
