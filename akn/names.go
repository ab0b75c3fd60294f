package akn

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"paraph/draft"
	"paraph/record"
)

// blank tells whether a character is white space.
func blank(r rune) bool { return unicode.IsSpace(r) }

// safe makes a name that can stand in an id and in an address: every byte
// outside of A-Z, a-z, 0-9 and "-" is written _xx in hexadecimal.
func safe(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c == '-' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "_%02x", c)
		}
	}
	return b.String()
}

func seatID(s record.Seat) string { return "seat_" + safe(string(s)) }

// seatRefs gives the references to the seats of holders, with the verbs where
// one does not just propose.
func seatRefs(holders []draft.Holder) (refs, verbs string) {
	var names, does []string
	plain := true
	for _, h := range holders {
		names, does = append(names, "#"+seatID(h.Seat)), append(does, string(h.Verb))
		plain = plain && h.Verb == draft.Proposes
	}
	if plain {
		return strings.Join(names, " "), ""
	}
	return strings.Join(names, " "), strings.Join(does, " ")
}

// threeLetters gives the code of a language by ISO 639-2, which FRBRlanguage
// takes: "eng" for "en"; "und" for what is no language.
func threeLetters(tag string) string {
	if tag == "" {
		return "eng"
	}
	t, err := language.Parse(tag)
	if err != nil {
		return "und"
	}
	base, _ := t.Base()
	return base.ISO3()
}

// shortTag gives the shortest tag of a language: "en" for "eng"; empty for none.
func shortTag(code string) string {
	t, err := language.Parse(code)
	if err != nil || t == language.Und {
		return ""
	}
	return t.String()
}

// ids gives each id once: by id, how often it was asked for.
type ids map[string]int

func (u ids) unique(id string) string {
	for {
		u[id]++
		n := u[id]
		if n == 1 {
			return id
		}
		if next := id + "-" + strconv.Itoa(n); u[next] == 0 {
			u[next] = 1
			return next
		}
	}
}

// short are the abbreviations of the naming convention (Akoma Ntoso Naming
// Convention 1.0, 5.4).
var short = map[string]string{
	"article": "art", "chapter": "chp", "section": "sec", "part": "part", "paragraph": "para", "subparagraph": "subpara", "point": "point",
}

// slug makes a label a part of an id: "Article 5 bis" and "5 bis." are "5bis".
func slug(label string) string {
	if unit, number, found := strings.Cut(label, " "); found && len(unit) > 2 && unicode.IsLetter(rune(unit[0])) {
		label = number
	}
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r | 0x20
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case r == '.':
			return '-'
		}
		return -1
	}, strings.TrimRight(label, "."))
}

// element says what Akoma Ntoso calls a clause; kind is the name of an hcontainer.
func element(c draft.Clause, rank int) (name, kind string) {
	if c.IsHeading() {
		first := strings.ToLower(strings.TrimLeft(c.Label+" "+c.Heading, " "))
		for _, unit := range []string{"article", "chapter", "part", "section"} {
			if strings.HasPrefix(first, unit) {
				return unit, ""
			}
		}
		for _, unit := range []string{"annex", "appendix", "preamble"} {
			if strings.HasPrefix(first, unit) {
				return "hcontainer", unit
			}
		}
		return "section", ""
	}
	switch rank {
	case 0:
		return "paragraph", ""
	case 1:
		return "subparagraph", ""
	}
	return "point", ""
}
