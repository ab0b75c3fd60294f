package demo

import (
	"fmt"
	"path"
	"strings"
	"unicode"

	"paraph/consent"
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
	for _, v := range all {
		if err != nil {
			return err
		}
		c := cue{file, v.Symbol, v.At, v.By}
		words, missing := files.ReadFile(path.Join(s.folder, v.File))
		if missing != nil {
			return s.wrong(c, fault.Invalid("there is no text %q", v.File).Because(missing))
		}
		err = s.add(c, "version/"+versionID(v.Symbol), text.Issue{
			ID: versionID(v.Symbol), Symbol: v.Symbol, Class: v.Class, Draft: string(words), Note: v.Note,
			Audience: v.Audience, Source: v.Source,
		})
	}
	return err
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
	var side publicSide
	if err == nil {
		side, err = read[publicSide](s.folder, "press.json")
	}
	for _, p := range all {
		if err != nil {
			return err
		}
		on := p.Clause + p.On
		c := cue{file, fmt.Sprintf("%s on %s", p.Seat, on), p.At, p.By}
		if p.Value != "" {
			err = s.later(c, fmt.Sprintf("position/%s/%s/%d", p.Seat, on, p.At.Unix()), p.take)
		} else if !side.states(p.Statement) {
			err = s.wrong(c, fault.Invalid("no position of the six is given, and no statement that holds it"))
		}
	}
	return err
}

// states tells whether there is a statement.
func (p publicSide) states(id string) bool {
	for _, v := range p.Statements {
		if v.ID == id {
			return true
		}
	}
	return false
}

func (p position) take(g *stage) (any, error) {
	a := consent.TakePosition{
		Topic: p.On, Position: p.Value, Note: p.Note, ReportedBy: p.ReportedBy, Audience: p.Audience, Source: p.Source,
	}
	if p.By == keeper {
		a.For = p.Seat
	}
	if p.Clause != "" {
		c, err := g.clause(p.Version, p.Clause)
		if err != nil {
			return nil, err
		}
		a.On, a.Fingerprint = record.NewRef("clause", c.ID), c.Fingerprint
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
