package bargain

import (
	"slices"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
)

// SeeWords turns choices back into words: each clause that they speak of with
// the alternative chosen in each of its brackets, beside what each of the seats
// would have. A bracket that the choices do not decide stays as written. Wording
// gives a seat's own wording of a clause as it is now, its proposals carried out;
// when it is nil, a seat's reading is that of the clause.
func SeeWords(s *State, choices []Choice, seats []record.Seat, now Current, wording func(clause string, seat record.Seat) string) (WordsView, error) {
	v := WordsView{Clean: true}
	var clauses []decision
	for _, c := range choices {
		i, there := SeeIssue(s, c.Issue, now)
		if !there || c.Option < 0 || c.Option >= len(i.Options) {
			return WordsView{}, fault.NotFound("there is no such option of an issue %q", c.Issue)
		}
		if len(i.Brackets) == 0 {
			v.Others = append(v.Others, Decided{i.Name, i.Options[c.Option].Name})
		}
		for k, b := range i.Brackets {
			clauses = decide(clauses, b, i.Options[c.Option].Alternatives[k])
		}
	}
	for _, i := range s.open(now) {
		if !slices.ContainsFunc(choices, func(c Choice) bool { return c.Issue == i.ID }) {
			v.Open = append(v.Open, i.Name)
		}
	}
	for _, d := range clauses {
		c, err := d.words(seats, now, wording)
		if err != nil {
			return WordsView{}, err
		}
		v.Clean = v.Clean && c.Clean
		v.Clauses = append(v.Clauses, c)
	}
	return v, nil
}

// decision is a clause and which alternative is chosen in which of its brackets.
type decision struct {
	of     Bracket
	chosen map[int]int // by the bracket's place
}

func decide(all []decision, b Bracket, alternative int) []decision {
	for _, d := range all {
		if d.of.Clause == b.Clause && d.of.Fingerprint == b.Fingerprint {
			d.chosen[b.Place] = alternative
			return all
		}
	}
	return append(all, decision{b, map[int]int{b.Place: alternative}})
}

func (d decision) words(seats []record.Seat, now Current, wording func(string, record.Seat) string) (ClauseWords, error) {
	t, err := draft.Parse(d.of.Words, d.of.Seats...)
	if err != nil {
		return ClauseWords{}, err
	}
	c := ClauseWords{
		Clause: d.of.Clause, Version: d.of.Version, Label: d.of.Label, Before: strings.TrimSpace(d.of.Words),
		Words:  chosen(t, d.chosen),
		Lapsed: now != nil && now(d.of.Clause) != d.of.Fingerprint,
	}
	after, err := draft.Parse(c.Words, d.of.Seats...)
	if err != nil {
		return ClauseWords{}, err
	}
	c.Clean = len(after.Brackets) == 0
	for _, seat := range seats {
		words := strings.TrimSpace(draft.Reading(t, seat))
		if wording != nil {
			words = strings.TrimSpace(wording(d.of.Clause, seat))
		}
		same := slices.Equal(strings.Fields(words), strings.Fields(c.Words))
		c.Readings = append(c.Readings, Reading{seat, words, same})
	}
	return c, nil
}

// chosen gives a text with the alternative chosen in each of some brackets, by
// their places; all other brackets stay as written. It is the reading of one who
// holds just those alternatives, in a text that carries the brackets nobody
// holds.
func chosen(t *draft.Text, choice map[int]int) string {
	const taker, other = "taken", "left"
	own := *t
	own.Front.Carried = true
	own.Alternatives = slices.Clone(t.Alternatives)
	for i := range own.Alternatives {
		a := &own.Alternatives[i]
		a.Holders, a.Inferred = nil, false
		taken, decided := choice[a.Bracket]
		if !decided {
			continue
		}
		holder := record.Seat(other)
		if k := slices.Index(t.Brackets[a.Bracket].Alternatives, i); k == taken {
			holder = taker
		}
		a.Holders = []draft.Holder{{Seat: holder, Verb: draft.Proposes}}
	}
	return strings.TrimSpace(draft.Reading(&own, taker))
}

// Brackets gives the brackets of a clause's words as an issue is made of them:
// each with its alternatives in words. Seats are those that the text declares.
func Brackets(clause, version, words string, seats []record.Seat) ([]BracketView, error) {
	t, err := draft.Parse(words, seats...)
	if err != nil {
		return nil, err
	}
	if len(t.Clauses) != 1 || len(t.Unbalanced) > 0 {
		return nil, nil // a bracket reaches over several clauses: none of it stands here alone
	}
	var all []BracketView
	for i, b := range t.Brackets {
		v := BracketView{Bracket: Bracket{
			Clause: clause, Version: version, Fingerprint: draft.Fingerprint(t.Words(0)), Label: t.Clauses[0].Label,
			Words: strings.TrimSpace(words), Seats: seats, Place: i,
		}, Within: -1}
		if b.Within >= 0 {
			v.Within = t.Alternatives[b.Within].Bracket
		}
		for k, a := range b.Alternatives {
			w := AlternativeView{Words: alternativeWords(t, a)}
			for _, h := range t.Alternatives[a].Holders {
				w.Holders = append(w.Holders, h.Seat)
			}
			v.Alternatives = append(v.Alternatives, w)
			v.Options = append(v.Options, Option{nameOf(w.Words), []int{k}})
		}
		if len(b.Alternatives) == 1 {
			v.Options = append(v.Options, Option{noText, []int{NoText}})
		}
		all = append(all, v)
	}
	return all, nil
}

// alternativeWords gives what stands in an alternative, its marks left out.
func alternativeWords(t *draft.Text, alternative int) string {
	var b strings.Builder
	a := t.Alternatives[alternative]
	for _, p := range t.Pieces[a.First:a.Last] {
		if p.Within == alternative && (p.Kind == draft.Open || p.Kind == draft.Close || p.Kind == draft.Holders || p.Kind == draft.Option || p.Kind == draft.Silence) {
			continue
		}
		b.WriteString(p.Src)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

const noText = "no text"

// nameOf gives an option its name: the words, shortened where they are long.
func nameOf(words string) string {
	const most = 80
	if words == "" {
		return noText
	}
	runes := []rune(words)
	if len(runes) <= most {
		return words
	}
	cut := string(runes[:most])
	if at := strings.LastIndexByte(cut, ' '); at > most/2 {
		cut = cut[:at]
	}
	return cut + " …"
}
