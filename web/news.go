package web

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"paraph/consent"
	"paraph/press"
	"paraph/record"
	"paraph/sitting"
	"paraph/text"
)

// newsItem is one thing that came onto the record, as a line.
type newsItem struct {
	At       time.Time
	Seat     record.Seat // whose it is; empty where it is nobody's here
	Words    string
	Path     string
	Audience record.Audience
}

// news gives what came last of all that this lens reads, the newest first.
func (v sight) news(most int) []newsItem {
	all := slices.Concat(v.textNews(), v.consentNews(), v.sittingNews(), v.conditionNews(), v.pressNews())
	slices.SortStableFunc(all, func(a, b newsItem) int { return b.At.Compare(a.At) })
	all = all[:min(most, len(all))]
	for i := range all {
		all[i].Words = v.named(all[i].Words)
	}
	return all
}

// clauseMark stands in news for the title of a clause, which is found only for
// what is shown.
const clauseMark = "\x00"

func marked(clause string) string { return clauseMark + clause + clauseMark }

func (v sight) named(words string) string {
	parts := strings.Split(words, clauseMark)
	for i := 1; i < len(parts); i += 2 {
		parts[i] = v.clauseLabel(parts[i])
	}
	return strings.Join(parts, "")
}

func (v sight) textNews() []newsItem {
	var out []newsItem
	for _, r := range text.SeeVersions(v.Text) {
		out = append(out, newsItem{r.At, r.Seat, r.Symbol + " was issued", v.path("versions/" + r.ID), r.Audience})
	}
	for _, p := range text.SeeProposals(v.Text) {
		words := does(p.Kind) + " " + marked(p.Clause)
		if p.Kind == text.Insert {
			words = "proposes a new clause"
			if p.After != "" {
				words += " after " + marked(p.After)
			}
		}
		for _, st := range p.Standing {
			line := words
			if st.Cleared {
				line += " (cleared to further readers)"
			}
			out = append(out, newsItem{st.At, p.Seat, line, v.proposalPath(p), st.Audience})
		}
	}
	return out
}

func (v sight) consentNews() []newsItem {
	var out []newsItem
	for _, p := range consent.SeeAllPositions(v.Consent) {
		item := newsItem{p.At, p.Seat, "", "", p.Audience}
		value := cmp.Or(string(p.Position), "spoke on")
		switch p.On.Noun() {
		case "clause":
			item.Words, item.Path = value+": "+marked(p.On.ID()), v.path("clauses/"+p.On.ID()+"#positions")
		case "proposal":
			proposal, _ := text.SeeProposal(v.Text, p.On.ID())
			item.Words = value + ": the proposal of " + string(proposal.Seat)
			item.Path = v.proposalPath(proposal)
		case "version":
			item.Words, item.Path = value+": "+v.symbol(p.On.ID()), v.path("versions/"+p.On.ID())
		default:
			item.Words, item.Path = value+": "+cmp.Or(p.Topic, "a statement"), v.path("matrix#elsewhere")
		}
		if p.Topic != "" && p.On != "" {
			item.Words += ", " + p.Topic
		}
		out = append(out, item)
	}
	for _, version := range text.SeeVersions(v.Text) {
		for _, c := range version.Clauses {
			for _, g := range consent.SeeConsents(v.Consent, c.ID) {
				if g.Version == version.ID {
					out = append(out, newsItem{g.At, g.Seat, "consent, " + string(g.Level) + ": " + marked(c.ID), v.path("clauses/" + c.ID + "#positions"), g.Audience})
				}
			}
		}
	}
	return out
}

func (v sight) sittingNews() []newsItem {
	var out []newsItem
	for _, s := range sitting.SeeSittings(v.Sitting) {
		out = append(out, newsItem{s.At, s.Seat, "sitting entered: " + s.Title, v.path("sittings/" + s.ID), s.Audience})
		if !s.Concluded.IsZero() {
			out = append(out, newsItem{s.Concluded, s.Seat, "outcome entered: " + s.Title, v.path("sittings/" + s.ID), s.Audience})
		}
	}
	for _, m := range sitting.SeeMessages(v.Sitting) {
		out = append(out, newsItem{m.At, m.From, "message " + v.addressed(m), v.path("messages#message-" + m.ID), m.Audience})
	}
	return out
}

// addressed says for whom a message is.
func (v sight) addressed(m sitting.MessageView) string {
	if m.To == "" {
		return "to the chair"
	}
	return "to " + string(m.To)
}

func (v sight) conditionNews() []newsItem {
	var out []newsItem
	for _, c := range sitting.SeeConditions(v.Sitting) {
		path := v.path("conditions#condition-" + c.ID)
		out = append(out, newsItem{c.At, c.Seat, "condition set: " + c.What, path, c.Audience})
		for _, j := range c.History {
			out = append(out, newsItem{j.At, j.Seat, "condition " + string(j.Standing) + ": " + c.What, path, c.Audience})
		}
		for _, s := range c.Signals {
			out = append(out, newsItem{s.At, s.Seat, "signal on: " + c.What, path, s.Audience})
		}
	}
	return out
}

func (v sight) pressNews() []newsItem {
	var out []newsItem
	for _, item := range press.SeeTimeline(v.Press) {
		switch {
		case item.Statement != nil:
			s := item.Statement
			out = append(out, newsItem{s.At, s.Seat, string(s.Kind) + ": " + s.Speaker, v.path("record#statement-" + s.ID), s.Audience})
		case item.Claim != nil:
			c := item.Claim
			path := v.path("record#claim-" + c.ID)
			out = append(out, newsItem{c.At, c.Seat, "claim: " + c.By, path, c.Audience})
			for _, d := range c.Denials {
				out = append(out, newsItem{d.At, d.Seat, "denial: " + d.By, path, c.Audience})
			}
			for _, j := range c.Judgements {
				out = append(out, newsItem{j.At, j.Seat, "claim " + string(j.Standing) + ": " + c.By, path, c.Audience})
			}
		case item.Leak != nil:
			l := item.Leak
			out = append(out, newsItem{l.At, "", "leak found", v.path("record#leak-" + l.ID), l.Audience})
		}
	}
	return out
}
