package papers

import (
	"bytes"
	"encoding/json"
	"strings"

	"paraph/draft"
	"paraph/record"
)

// paperJSON is a paper for programs.
type paperJSON struct {
	Paper       Kind          `json:"paper"`
	Process     string        `json:"process"`
	Title       string        `json:"title"`
	Symbol      string        `json:"symbol,omitempty"`
	Fingerprint string        `json:"fingerprint"`
	State       string        `json:"state"`
	Reader      string        `json:"reader,omitempty"`
	Language    string        `json:"language,omitempty"`
	Facts       []string      `json:"facts,omitempty"`
	Seats       []record.Seat `json:"seats"`
	Parts       []partJSON    `json:"parts"`
}

type partJSON struct {
	Heading    string          `json:"heading,omitempty"`
	Text       string          `json:"text,omitempty"`
	Clauses    []clauseJSON    `json:"clauses,omitempty"`
	Comparison *comparisonJSON `json:"comparison,omitempty"`
	Columns    []string        `json:"columns,omitempty"`
	Rows       [][]string      `json:"rows,omitempty"`
	Lines      []lineJSON      `json:"lines,omitempty"`
}

type clauseJSON struct {
	ID      string `json:"id,omitempty"`
	Label   string `json:"label,omitempty"`
	Heading string `json:"heading,omitempty"`
	Words   string `json:"words"`
}

type comparisonJSON struct {
	Old            string       `json:"old"`
	New            string       `json:"new"`
	DeletedWords   int          `json:"deleted_words"`
	InsertedWords  int          `json:"inserted_words"`
	MovedClauses   int          `json:"moved_clauses"`
	BracketsLifted int          `json:"brackets_lifted"`
	BracketsAdded  int          `json:"brackets_added"`
	Changes        []changeJSON `json:"changes"`
}

type changeJSON struct {
	Kind draft.ChangeKind `json:"kind"`
	Name string           `json:"name"`
	Runs []runJSON        `json:"runs"`
}

type runJSON struct {
	Op    draft.Op `json:"op"`
	Words string   `json:"words"`
}

type lineJSON struct {
	Style Style  `json:"style,omitempty"`
	Words string `json:"words"`
}

// writeJSON writes a paper for programs.
func writeJSON(p Paper, _ Options) ([]byte, error) {
	out := paperJSON{
		Paper: p.Kind, Process: p.Process, Title: p.Title, Symbol: p.Symbol, Fingerprint: p.Fingerprint, State: p.State, Reader: p.Reader,
		Language: p.Lang, Facts: p.Facts, Seats: p.Seats, Parts: []partJSON{},
	}
	if out.Seats == nil {
		out.Seats = []record.Seat{}
	}
	for _, part := range p.Parts {
		out.Parts = append(out.Parts, part.json())
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(out)
	return b.Bytes(), err
}

func (p Part) json() partJSON {
	out := partJSON{Heading: p.Heading}
	if t := p.Text; t != nil {
		out.Text = draft.Print(t)
		for i, c := range t.Clauses {
			one := clauseJSON{Label: c.Label, Heading: c.Heading}
			if i < len(p.Clauses) {
				one.ID = p.Clauses[i]
			}
			for _, piece := range t.Pieces[c.First:c.Last] {
				one.Words += piece.Src
			}
			one.Words = strings.TrimSpace(one.Words)
			out.Clauses = append(out.Clauses, one)
		}
	}
	if c := p.Compared; c != nil {
		out.Comparison = c.json()
	}
	if p.Table != nil {
		out.Columns, out.Rows = p.Table.Columns, p.Table.Rows
	}
	for _, l := range p.Lines {
		out.Lines = append(out.Lines, lineJSON(l))
	}
	return out
}

func (c *Compared) json() *comparisonJSON {
	out := &comparisonJSON{
		Old: c.OldSide.Name, New: c.NewSide.Name, DeletedWords: c.DeletedWords, InsertedWords: c.InsertedWords, MovedClauses: c.MovedClauses,
		BracketsLifted: c.BracketsLifted, BracketsAdded: c.BracketsAdded, Changes: []changeJSON{},
	}
	for _, ch := range c.Clauses {
		if ch.Kind == draft.Same {
			continue
		}
		one := changeJSON{Kind: ch.Kind, Name: c.name(ch), Runs: []runJSON{}}
		for _, r := range ch.Runs {
			one.Runs = append(one.Runs, runJSON(r))
		}
		out.Changes = append(out.Changes, one)
	}
	return out
}
