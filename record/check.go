package record

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"paraph/fault"
)

// Need tells whether a field of an act may be empty.
type Need bool

// The needs.
const (
	Optional Need = false
	Required Need = true
)

// Limits of what a person writes, in bytes. Drafts have their own.
const (
	MaxLine  = 1_000
	MaxProse = 60_000
)

// CheckLine tells whether a value is one line of at most MaxLine bytes.
func CheckLine(what, value string, need Need) error {
	if strings.ContainsAny(value, "\n\r") {
		return fault.Invalid("%s runs over several lines", what).With("write it on one line")
	}
	return checkText(what, value, need, MaxLine)
}

// CheckProse tells whether a value is text of at most MaxProse bytes, on as
// many lines as one likes.
func CheckProse(what, value string, need Need) error {
	return checkText(what, value, need, MaxProse)
}

func checkText(what, value string, need Need, most int) error {
	if need == Required && strings.TrimSpace(value) == "" {
		return fault.Invalid("%s is missing", what)
	}
	if len(value) > most {
		return fault.Invalid("%s is longer than %d bytes", what, most).With("shorten it")
	}
	if !utf8.ValidString(value) {
		return fault.Invalid("%s is not valid UTF-8", what)
	}
	control := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }
	if strings.ContainsFunc(value, control) {
		return fault.Invalid("%s holds control characters", what).With("take them out")
	}
	return nil
}

// CheckID tells whether a value can be the id of a thing: 1 to 64 of a-z, 0-9
// and "-". Ids are chosen at random by whoever asks, and say nothing.
func CheckID(what, id string) error {
	ok := id != "" && len(id) <= 64
	for _, r := range id {
		ok = ok && (r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z')
	}
	if !ok {
		return fault.Invalid("%q is not an id for %s", id, what).With("1 to 64 of a-z, 0-9 and -")
	}
	return nil
}

// CheckSeat tells whether a value can be a seat's code: it stands in texts
// before a colon, among others ("[RU, UA: …]"), so it is one word of at most
// 24 bytes that begins with a letter and holds letters, digits and "-" only.
func CheckSeat(s Seat) error {
	ok := s != "" && len(s) <= 24 && utf8.ValidString(string(s))
	for i, r := range string(s) {
		ok = ok && (unicode.IsLetter(r) || i > 0 && (unicode.IsDigit(r) || r == '-'))
	}
	if !ok {
		return fault.Invalid("%q is not a code for a seat", string(s)).
			With("one short word as texts print it, such as RU or AOSIS")
	}
	return nil
}
