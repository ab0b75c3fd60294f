package draft

import (
	"strings"

	"paraph/record"
)

// describe looks at what stands in each alternative: no text, a placeholder,
// a blank, seats named at its end.
func (t *Text) describe(seats *seatList) {
	for i := range t.Alternatives {
		a := &t.Alternatives[i]
		only, first, more := t.content(i)
		if only < 0 && first < 0 && !more {
			a.NoText = true
			continue
		}
		if only >= 0 {
			p := &t.Pieces[only]
			switch {
			case silence(p.Src):
				p.Kind, a.NoText = Silence, true
				continue
			case !t.Brackets[a.Bracket].Options && blank(p.Src):
				p.Kind, a.Placeholder = Blank, true
				continue
			}
		}
		if first >= 0 {
			k := t.Pieces[first].Kind
			a.Placeholder = k == Blank || k == Words && laterWords(t.Pieces[first].Src)
		}
		if len(a.Holders) == 0 && !t.Brackets[a.Bracket].Options {
			a.Holders = t.inferred(a, seats)
			a.Inferred = len(a.Holders) > 0
		}
	}
}

// content finds the pieces that are the content of an alternative and not
// blank: the only one if it is words and there is just one, else the first,
// and whether there are more. -1 stands for none.
func (t *Text) content(alternative int) (only, first int, more bool) {
	only, first = -1, -1
	a := &t.Alternatives[alternative]
	for i := a.First; i < a.Last; i++ {
		p := &t.Pieces[i]
		if p.Within == alternative && (p.Kind == Open || p.Kind == Holders || p.Kind == Close || p.Kind == Option) {
			continue
		}
		if p.Kind == Words && strings.Trim(p.Src, " \t\r\n\f\v*_") == "" {
			// "[ ]" is a blank that somebody will fill; "[]" is nothing.
			if p.Src == "" || first >= 0 || !(a.Last-a.First == 3 && !strings.ContainsAny(p.Src, "*_\n")) {
				continue
			}
		}
		if first >= 0 {
			return -1, first, true
		}
		first = i
		if p.Kind == Words && p.Within == alternative {
			only = i
		}
	}
	return only, first, false
}

// silence tells whether words say that there is no text.
func silence(words string) bool {
	if len(words) > 200 {
		words = strings.TrimSpace(words)
	}
	if len(words) > 40 {
		return false
	}
	s := strings.ToLower(strings.Join(strings.Fields(strings.Trim(words, " \t\r\n\f\v*_")), " "))
	s = strings.TrimRight(strings.TrimSuffix(s, "."), "*_ ")
	return s == "no text" || s == "(no text)" || s == "(deleted)"
}

// blank tells whether words are a blank to be filled: X, XX, TBD, dots, a
// rule, nothing but spaces.
func blank(words string) bool {
	s := strings.TrimSpace(words)
	if len(s) > 24 {
		return false
	}
	s = strings.Trim(s, "*")
	switch strings.ToUpper(s) {
	case "TBD", "TBC", "TBA":
		return true
	}
	return strings.Trim(s, "xX") == "" || strings.Trim(s, "._…•● -–") == ""
}

// later are the beginnings by which words say that the words are to be
// written later.
var later = []string{"placeholder", "place holder", "placement", "to be determined", "to be decided", "to be completed",
	"to be developed", "to be elaborated", "to be inserted", "to be defined", "to be added", "tbd"}

// laterWords tells whether words say that the words are to be written later.
func laterWords(words string) bool {
	s := strings.TrimLeft(words[:min(len(words), 100)], " \t\r\n\f\v*_({\"")
	for _, l := range later {
		if len(s) >= len(l) && strings.EqualFold(s[:len(l)], l) && (len(s) == len(l) || !isLetter(s[len(l)])) {
			return true
		}
	}
	return false
}

// inferred reads the seats that the words of an alternative end with, where
// they are no part of the sentence: "[poverty eradication and EU]", "[alt 2.
// … China]", "[…, US]"; not "[cooperation with the EU]".
func (t *Text) inferred(a *Alternative, seats *seatList) []Holder {
	if seats.empty() {
		return nil
	}
	last := a.Last - 1
	if last > a.First && t.Pieces[last].Kind == Close {
		last--
	}
	if p := &t.Pieces[last]; p.Kind != Words || t.Alternatives[p.Within].First != a.First {
		return nil
	}
	words := strings.TrimRight(t.Pieces[last].Src, " \t\r\n.*_)")
	var holders []Holder
	parted := ""
	for {
		seat, rest := seats.last(words)
		if seat == "" {
			break
		}
		holders = append([]Holder{{Seat: seat, Verb: Proposes}}, holders...)
		words = strings.TrimRight(rest, " \t\r\n*_")
		parted = ""
		if n := len(words); n > 0 && strings.IndexByte(",;/.&(:", words[n-1]) >= 0 || strings.HasSuffix(words, "–") || strings.HasSuffix(words, "—") {
			parted = "mark"
			words = strings.TrimRight(words, " \t\r\n*_,;/.&(:–—")
		} else if w, ok := strings.CutSuffix(words, " and"); ok {
			parted = "and"
			words = strings.TrimRight(w, " \t\r\n*_,")
		}
	}
	if len(holders) == 0 || strings.TrimSpace(words) == "" {
		return nil
	}
	if parted != "" || a.Label != "" {
		return dedupe(holders)
	}
	return nil
}

// last gives the declared seat that words end with, and the words before it.
func (l *seatList) last(words string) (seat record.Seat, rest string) {
	at := nameStart(words)
	for _, p := range l.finish[words[at:]] {
		if rest, ok := strings.CutSuffix(words, string(p)); ok && (rest == "" || !isNameByte(rest[len(rest)-1])) {
			return p, rest
		}
	}
	if seat, ok := l.single[words[at:]]; ok {
		return seat, words[:at]
	}
	return "", words
}
