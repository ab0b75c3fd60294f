package desk

import (
	"strings"
	"time"

	"paraph/bargain"
	"paraph/consent"
	"paraph/fault"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/sitting"
	"paraph/text"
)

// rooms are the states of all rooms as one lens sees them. A new room is added
// here, in the four places, and in View.
type rooms struct {
	process process.State
	text    text.State
	consent consent.State
	sitting sitting.State
	press   press.State
	bargain bargain.State
}

// decide has an act judged by its room.
func (r *rooms) decide(by record.Actor, now time.Time, act any) ([]record.Event, error) {
	switch a := act.(type) {
	case process.Act:
		return process.Decide(&r.process, by, now, a)
	case text.Act:
		return text.Decide(&r.text, by, now, a)
	case consent.Act:
		return consent.Decide(&r.consent, by, now, a)
	case sitting.Act:
		return sitting.Decide(&r.sitting, by, now, a)
	case press.Act:
		return press.Decide(&r.press, by, now, a)
	case bargain.Act:
		return bargain.Decide(&r.bargain, by, now, a)
	}
	return nil, fault.Invalid("nobody knows how to do a %T", act)
}

// fold takes an entry into its room's state. It panics on a kind that it does
// not know, as rooms do.
func (r *rooms) fold(e record.Entry) {
	switch roomOf(e) {
	case "process":
		process.Fold(&r.process, e)
	case "text":
		text.Fold(&r.text, e)
	case "consent":
		consent.Fold(&r.consent, e)
	case "sitting":
		sitting.Fold(&r.sitting, e)
	case "press":
		press.Fold(&r.press, e)
	case "bargain":
		bargain.Fold(&r.bargain, e)
	default:
		panic(record.Unknown(e))
	}
}

// touches tells which areas of a page an entry moves; none for one whose
// content was destroyed.
func touches(e record.Entry) []string {
	switch roomOf(e) {
	case "process":
		return process.Touches(e)
	case "text":
		return text.Touches(e)
	case "consent":
		return consent.Touches(e)
	case "sitting":
		return sitting.Touches(e)
	case "press":
		return press.Touches(e)
	case "bargain":
		return bargain.Touches(e)
	}
	return nil
}

func roomOf(e record.Entry) string {
	room, _, _ := strings.Cut(string(e.Content.Kind), ".")
	return room
}
