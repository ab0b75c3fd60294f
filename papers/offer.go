package papers

import (
	"cmp"
	"slices"

	"paraph/draft"
	"paraph/record"
	"paraph/sitting"
	"paraph/text"
)

// Group is papers of one sort, as they are offered together.
type Group struct {
	Name   string
	About  string // what they are for
	Offers []Offer
}

// Offer is one paper that can be taken out.
type Offer struct {
	Ask
	Name  string
	About string // what it holds, or who made it
}

// SeeOffers lists the papers that a lens can take out, group by group. Groups
// of which there is nothing are left out.
func SeeOffers(s Sight) []Group {
	var out []Group
	for _, g := range []Group{s.offerText(), s.offerVersions(), s.offerChanges(), s.offerHeld(), s.offerMinutes(), s.offerRecord()} {
		if len(g.Offers) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func (s Sight) offerText() Group {
	g := Group{Name: "The text as it stands now", About: "The latest version with the live proposals that you read. It changes: cite it by clause."}
	latest, there := text.SeeVersion(s.Text, "")
	if !there {
		return g
	}
	g.Offers = []Offer{
		{Ask{Kind: Rolling}, "Rolling text", "on " + latest.Symbol + ", with its brackets and who holds them"},
		{Ask{Kind: Reading}, "What lies on the table", "no seat's own words are taken"},
	}
	own := s.Lens.Seat
	add := func(seat record.Seat) {
		about := s.Names()[seat]
		if seat == own {
			about = "your own: " + about
		}
		g.Offers = append(g.Offers, Offer{Ask{Kind: Reading, Seat: seat}, "Reading of " + string(seat), about})
	}
	for _, seat := range s.Holders() {
		if seat == own {
			add(seat)
		}
	}
	for _, seat := range s.Holders() {
		if seat != own {
			add(seat)
		}
	}
	return g
}

func (s Sight) offerVersions() Group {
	g := Group{Name: "Versions", About: "Each is one fixed state of the text. What is printed of it never changes: cite it by line."}
	all := text.SeeVersions(s.Text)
	for i := len(all) - 1; i >= 0; i-- {
		v := all[i]
		about := string(v.Class)
		if v.Date != "" {
			about += ", " + v.Date
		}
		g.Offers = append(g.Offers, Offer{Ask{Kind: Version, Version: v.ID}, v.Symbol, about})
		if _, err := draft.PrintClean(v.Text); err == nil {
			g.Offers = append(g.Offers, Offer{Ask{Kind: Clean, Version: v.ID}, v.Symbol + ", clean", "no bracket is open in it, which does not say that it is agreed"})
		}
	}
	return g
}

func (s Sight) offerChanges() Group {
	g := Group{Name: "What changed", About: "One text against another, clause by clause and word by word."}
	latest, there := text.SeeVersion(s.Text, "")
	if !there {
		return g
	}
	if earlier, there := text.SeeVersion(s.Text, latest.Follows); there && latest.Follows != "" {
		g.Offers = append(g.Offers, Offer{
			Ask{Kind: Comparison, Old: earlier.ID, New: latest.ID}, earlier.Symbol + " against " + latest.Symbol, "what the latest version changed",
		})
	}
	g.Offers = append(g.Offers, Offer{
		Ask{Kind: Comparison, Old: latest.ID, New: RollingSide}, latest.Symbol + " against the rolling text", "what is proposed on it",
	})
	for _, seat := range s.Holders() {
		if seat == s.Lens.Seat {
			g.Offers = append(g.Offers, Offer{
				Ask{Kind: Comparison, Old: BaseSide, New: ReadingSide + string(seat)}, "The table against your reading", "what you want changed",
			})
		}
	}
	return g
}

func (s Sight) offerHeld() Group {
	g := Group{Name: "Who holds what, and where it comes from", About: "Tables for those who prepare the next round."}
	if _, there := text.SeeVersion(s.Text, ""); !there {
		return g
	}
	g.Offers = []Offer{
		{Ask{Kind: Matrix}, "Matrix", "what each seat has said of each clause"},
		{Ask{Kind: Matrix, Contested: true}, "Matrix, contested clauses only", "those on which something is open"},
	}
	for _, v := range text.SeeVersions(s.Text) {
		if len(v.Provenance) > 0 {
			g.Offers = append(g.Offers, Offer{Ask{Kind: Provenance, Version: v.ID}, "Provenance of " + v.Symbol, "contributors, sources and reasons, clause by clause"})
		}
	}
	return g
}

func (s Sight) offerMinutes() Group {
	g := Group{Name: "Minutes of sittings", About: "When it sat, who attended, what came of it, as it was entered."}
	all := sitting.SeeSittings(s.Sitting)
	for i := len(all) - 1; i >= 0; i-- {
		g.Offers = append(g.Offers, Offer{Ask{Kind: Minute, Sitting: all[i].ID}, all[i].Title, cmp.Or(DayOf(ByClock(all[i].Start, all[i].Zone)), "time not known")})
	}
	return g
}

func (s Sight) offerRecord() Group {
	g := Group{Name: "What was said in public", About: "Statements, claims with their denials, conditions and leaks, each with its source.", Offers: []Offer{
		{Ask{Kind: Record}, "Public record", "what anybody may read, and nothing else"},
	}}
	if s.Lens.Seat != "" {
		g.Offers = append(g.Offers, Offer{Ask{Kind: Record, Own: true}, "The record as you read it", "also what is addressed to fewer, each with who reads it"})
	}
	return g
}

// Has tells whether the paper can be had in a form.
func (o Offer) Has(f Form) bool { return slices.Contains(o.Kind.In(), f) }
