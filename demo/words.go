package demo

import (
	"fmt"
	"path"
	"strings"
	"unicode"

	"paraph/consent"
	"paraph/draft"
	"paraph/fault"
	"paraph/record"
	"paraph/text"
)

// versionID makes the id of a version of its symbol.
func versionID(symbol string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, symbol), "-")
}

func (s *script) versions() error {
	const file = "versions.json"
	all, err := read[[]version](s.folder, file)
	before := ""
	for _, v := range all {
		if err != nil {
			return err
		}
		c := cue{file, v.Symbol, v.At, v.By}
		act, wrong := v.issue(s.folder, before)
		if err = s.wrong(c, wrong); err == nil {
			err = s.add(c, "version/"+versionID(v.Symbol), act)
		}
		before = v.Symbol
	}
	return err
}

// issue makes the act of a version; before is the symbol of the one before it.
func (v version) issue(folder, before string) (text.Issue, error) {
	a := text.Issue{
		ID: versionID(v.Symbol), Symbol: v.Symbol, Class: v.Class, Date: v.Date, Note: v.Note,
		Audience: v.Audience, Source: v.Source,
	}
	words, err := files.ReadFile(path.Join(folder, v.File))
	if err != nil {
		return a, fault.Invalid("there is no text %q", v.File).Because(err)
	}
	a.Draft = string(words)
	t, err := draft.Parse(a.Draft)
	if err != nil {
		return a, err
	}
	clauses := indexOf(text.VersionView{Symbol: v.Symbol, Text: t})
	for _, p := range v.Provenance {
		row := text.Provenance{Place: text.Dropped, Contributors: p.Contributors, Reason: p.Reason, Reported: p.Reported}
		if p.Clause != "" {
			if row.Place, err = clauses.place(p.Clause); err != nil {
				return a, err
			}
		}
		for _, source := range p.Sources {
			row.Sources = append(row.Sources, spoken(source)+" of "+lastStep(before))
		}
		a.Provenance = append(a.Provenance, row)
	}
	return a, nil
}

func (s *script) proposals() error {
	const file = "proposals.json"
	all, err := read[[]proposal](s.folder, file)
	for _, p := range all {
		if err != nil {
			return err
		}
		err = s.later(cue{file, p.ID, p.At, p.By}, "proposal/"+p.ID, p.table)
		for i, f := range p.Fate {
			c := cue{file, fmt.Sprintf("%s, fate %d", p.ID, i+1), f.At, p.By}
			key := fmt.Sprintf("proposal/%s/%d", p.ID, i+1)
			switch {
			case err != nil:
				return err
			case f.Act == "withdraw":
				err = s.add(c, key, text.Withdraw{Proposal: p.ID, Reason: f.Note, Source: p.Source})
			case f.Act == "clear":
				err = s.add(c, key, text.Clear{Proposal: p.ID, To: f.Audience, Reason: f.Note, Source: p.Source})
			default:
				err = s.wrong(c, fault.Invalid("%q is no fate of a proposal", f.Act))
			}
		}
	}
	return err
}

// table makes the act of a proposal. The files give the words without the label.
func (p proposal) table(g *stage) (any, error) {
	a := text.Table{
		ID: p.ID, Version: versionID(p.Version), Kind: p.Kind, Reason: p.Reason,
		Audience: p.Audience, Source: p.Source,
	}
	if p.By == keeper {
		a.For = p.Seat
	}
	label := lastStep(p.Clause)
	if p.Kind != text.Insert {
		c, err := g.clause(p.Version, p.Clause)
		if err != nil {
			return nil, err
		}
		a.Clause, label = c.ID, c.Label
	}
	if p.After != "" {
		c, err := g.clause(p.Version, p.After)
		if err != nil {
			return nil, err
		}
		a.After = c.ID
	}
	if p.Words != "" {
		a.Words = labelled(label, p.Words)
	}
	return a, nil
}

func (s *script) positions() error {
	const file = "positions.json"
	all, err := read[[]position](s.folder, file)
	for _, p := range all {
		if err != nil {
			return err
		}
		on := p.Clause + p.On
		c := cue{file, fmt.Sprintf("%s on %s", p.Seat, on), p.At, p.By}
		err = s.later(c, fmt.Sprintf("position/%s/%s/%d", p.Seat, on, p.At.Unix()), p.take)
	}
	return err
}

func (p position) take(g *stage) (any, error) {
	said, err := p.Said.when()
	if err != nil {
		return nil, err
	}
	a := consent.TakePosition{
		Topic: p.On, Position: p.Value, Note: p.Note, ReportedBy: p.ReportedBy, Said: said, Audience: p.Audience, Source: p.Source,
	}
	if p.By == keeper {
		a.For = p.Seat
	}
	if p.Clause != "" {
		c, err := g.clause(p.Version, p.Clause)
		if err != nil {
			return nil, err
		}
		a.On, a.Version, a.Fingerprint = record.NewRef("clause", c.ID), versionID(p.Version), c.Fingerprint
	}
	return a, nil
}

func (s *script) consents() error {
	const file = "consents.json"
	all, err := read[[]level](s.folder, file)
	for _, l := range all {
		if err != nil {
			return err
		}
		c := cue{file, fmt.Sprintf("%s on %s: %s", l.Seat, l.Clause, l.Level), l.At, l.By}
		err = s.later(c, fmt.Sprintf("consent/%s/%s/%d", l.Seat, l.Clause, l.At.Unix()), l.give)
	}
	return err
}

func (l level) give(g *stage) (any, error) {
	c, err := g.clause(l.Version, l.Clause)
	if err != nil {
		return nil, err
	}
	a := consent.Give{
		Clause: c.ID, Version: versionID(l.Version), Fingerprint: c.Fingerprint, Level: l.Level, Note: l.Note,
		Audience: l.Audience,
	}
	for _, path := range l.RestsOn {
		c, err := g.clause(l.Version, path)
		if err != nil {
			return nil, err
		}
		a.Linked = append(a.Linked, c.ID)
	}
	return a, nil
}
