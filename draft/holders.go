package draft

import (
	"slices"
	"strings"

	"paraph/record"
)

// seatList finds declared seats in running text.
type seatList struct {
	single map[string]record.Seat   // seats of one word
	phrase []record.Seat            // seats of several words
	begin  map[string][]record.Seat // the same by their first word, longest first
	finish map[string][]record.Seat // and by their last
}

func newSeatList(seats []record.Seat) *seatList {
	l := &seatList{
		single: make(map[string]record.Seat, len(seats)),
		begin:  make(map[string][]record.Seat),
		finish: make(map[string][]record.Seat),
	}
	for _, s := range seats {
		name := string(s)
		first, last := name[:nameLength(name)], name[nameStart(name):]
		switch {
		case strings.ContainsAny(name, "[]:;,\n"):
			// Such a name cannot stand in a holder list.
		case first == name:
			l.single[name] = s
		default:
			l.phrase = append(l.phrase, s)
			l.begin[first] = insertByLength(l.begin[first], s)
			l.finish[last] = insertByLength(l.finish[last], s)
		}
	}
	return l
}

func insertByLength(seats []record.Seat, s record.Seat) []record.Seat {
	at := slices.IndexFunc(seats, func(o record.Seat) bool { return len(o) < len(s) })
	if at < 0 {
		at = len(seats)
	}
	return slices.Insert(seats, at, s)
}

// nameLength gives how many bytes of one word of a seat's name s begins with.
func nameLength(s string) int {
	n := 0
	for n < len(s) && isNameByte(s[n]) {
		n++
	}
	return n
}

// nameStart gives where the word of a seat's name begins that s ends with.
func nameStart(s string) int {
	n := len(s)
	for n > 0 && isNameByte(s[n-1]) {
		n--
	}
	return n
}

func (l *seatList) empty() bool { return len(l.single) == 0 && len(l.phrase) == 0 }

// verbs are the words that a holder list says its verbs with, longest first
// among those with a common beginning.
var verbs = []struct {
	word string
	verb Verb
}{
	{"proposes", Proposes}, {"proposed", Proposes}, {"propose", Proposes}, {"proposal", Proposes},
	{"supports", Supports}, {"supported", Supports}, {"supporting", Supports}, {"support", Supports},
	{"opposes", Opposes}, {"opposed", Opposes}, {"opposing", Opposes}, {"oppose", Opposes},
	{"reserves", Reserves}, {"reserved", Reserves}, {"reserving", Reserves}, {"reserve", Reserves},
}

// list reads a holder list at the start of s: declared seats, parted by
// commas, slashes or "and", with verbs perhaps, and a colon. It gives the
// holders and the length of the list with its colon and the spaces after it;
// length 0 when there is none. Emphasis is part of the list if it begins and
// ends with it ("**US:** …"); other emphasis is of the words.
func (l *seatList) list(s string) (holders []Holder, length int) {
	if l.empty() {
		return nil, 0
	}
	i, unsaid, stars := skipAny(s, 0, " \t"), 0, "" // holders[unsaid:] wait for their verb
	for {
		i, stars = emphasis(s, i, stars)
		seat, n, verb := l.seat(s[i:])
		if n == 0 {
			return nil, 0
		}
		holders = append(holders, Holder{Seat: seat, Verb: Proposes})
		i, stars = emphasis(s, i+n, stars)
		i = skipAny(s, i, " \t")
		if verb == "" {
			verb, n = verbAt(s[i:])
			i, stars = emphasis(s, i+n, stars)
			i = skipAny(s, i, " \t")
		}
		if verb != "" {
			for ; unsaid < len(holders); unsaid++ {
				holders[unsaid].Verb = verb
			}
		}
		if i < len(s) && s[i] == ':' {
			break
		}
		n = separator(s[i:])
		if n == 0 {
			return nil, 0
		}
		if s[i] == ';' {
			unsaid = len(holders)
		}
		i += n
	}
	i = skipAny(s, i+1, " \t")
	if stars != "" {
		if !strings.HasPrefix(s[i:], stars) {
			return nil, 0
		}
		i = skipAny(s, i+len(stars), " \t")
	}
	return dedupe(holders), i
}

// whole reads a list without colon that is all of s; nil for anything else.
func (l *seatList) whole(s string) []Holder {
	holders, n := l.list(s + ":")
	if n <= len(s) {
		return nil
	}
	return holders
}

// emphasis reads stars at an offset: those that begin emphasis, or the same
// ones again, which end it. It gives the offset after them and what is open then.
func emphasis(s string, i int, open string) (int, string) {
	if open != "" {
		if rest, ok := strings.CutPrefix(s[i:], open); ok {
			return len(s) - len(rest), ""
		}
		return i, open
	}
	end := skipAny(s, i, "*_")
	return end, s[i:end]
}

// seat reads one declared seat at the start of s, and the verb that is glued
// to it by a slip of the pen ("CLpropose").
func (l *seatList) seat(s string) (seat record.Seat, length int, verb Verb) {
	word := s[:nameLength(s)]
	for _, p := range l.begin[word] {
		if rest, ok := strings.CutPrefix(s, string(p)); ok && (rest == "" || !isNameByte(rest[0])) {
			return p, len(p), ""
		}
	}
	if seat, ok := l.single[word]; ok {
		return seat, len(word), ""
	}
	word = strings.TrimRight(word, ".")
	if seat, ok := l.single[word]; ok {
		return seat, len(word), ""
	}
	for _, v := range verbs {
		if name, ok := strings.CutSuffix(word, v.word); ok {
			if seat, ok := l.single[name]; ok {
				return seat, len(word), v.verb
			}
		}
	}
	return "", 0, ""
}

// isNameByte tells whether a byte can be part of a one-word seat: letters of
// any script, digits, hyphen, dot, apostrophe, underscore.
func isNameByte(c byte) bool {
	return isLetter(c) || isDigit(c) || c >= 0x80 || c == '-' || c == '.' || c == '\'' || c == '_'
}

func verbAt(s string) (Verb, int) {
	if s == "" || !isLetter(s[0]) {
		return "", 0
	}
	for _, v := range verbs {
		if len(s) >= len(v.word) && strings.EqualFold(s[:len(v.word)], v.word) &&
			(len(s) == len(v.word) || !isNameByte(s[len(v.word)])) {
			return v.verb, len(v.word)
		}
	}
	return "", 0
}

// separator gives the length of what parts two seats at the start of s, with
// the spaces after it; repeated ones ("PE//VN") are a slip of the pen.
func separator(s string) int {
	i := skipAny(s, 0, ",;/&+ \t")
	if rest := s[i:]; strings.HasPrefix(rest, "and ") || strings.HasPrefix(rest, "and\t") {
		i = skipAny(s, i+4, " \t")
	}
	return i
}

// dedupe keeps the first naming of each seat.
func dedupe(holders []Holder) []Holder {
	if len(holders) < 2 {
		return holders
	}
	seen := make(map[record.Seat]bool, len(holders))
	return slices.DeleteFunc(holders, func(h Holder) bool {
		again := seen[h.Seat]
		seen[h.Seat] = true
		return again
	})
}

// skipAny gives the offset of the first byte at or after i that is not in set.
func skipAny(s string, i int, set string) int {
	for i < len(s) && strings.IndexByte(set, s[i]) >= 0 {
		i++
	}
	return i
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
