// Package fault holds the one error type of Paraph.
//
// An error has two audiences: the machine, which reads its kind, and the
// person, who reads its words and its hint. The cause is for the log alone and
// never reaches a person. An error that is not a *Error is internal, and its
// text is shown to nobody.
package fault

import (
	"errors"
	"fmt"
)

// Error is a refusal in plain words.
type Error struct {
	Kind  Kind
	Words string // what is wrong, for the person: one line, with the place
	Hint  string // what to do about it; may be empty
	Cause error  // for the log; may be nil
}

// Kind sorts errors by what the asker can do about them.
type Kind string

// The kinds. Internal is what an error of no other kind is.
const (
	KindInvalid     Kind = "invalid"     // the request cannot be right: mend it
	KindNotFound    Kind = "not found"   // nothing there, or nothing for you
	KindConflict    Kind = "conflict"    // something else came first: look again
	KindForbidden   Kind = "forbidden"   // you see it, but may not do this
	KindUnavailable Kind = "unavailable" // try again later
	KindInternal    Kind = "internal"
)

// Error gives the words and the hint, on one line.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Words
	}
	return e.Words + " (" + e.Hint + ")"
}

// Unwrap gives the cause, so that errors.Is and errors.As look through.
func (e *Error) Unwrap() error { return e.Cause }

// With returns a copy of e with the hint set.
func (e *Error) With(format string, args ...any) *Error {
	c := *e
	c.Hint = fmt.Sprintf(format, args...)
	return &c
}

// Because returns a copy of e with the cause set.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.Cause = cause
	return &c
}

// Invalid says that a request cannot be right.
func Invalid(format string, args ...any) *Error { return words(KindInvalid, format, args) }

// NotFound says that there is nothing, or nothing for the asker.
func NotFound(format string, args ...any) *Error { return words(KindNotFound, format, args) }

// Conflict says that something else came first.
func Conflict(format string, args ...any) *Error { return words(KindConflict, format, args) }

// Forbidden says that the asker may not do this.
func Forbidden(format string, args ...any) *Error { return words(KindForbidden, format, args) }

// Unavailable says that trying again later may help.
func Unavailable(format string, args ...any) *Error { return words(KindUnavailable, format, args) }

// KindOf gives the kind of an error; KindInternal for one that is not a fault.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return KindInternal
}

func words(k Kind, format string, args []any) *Error {
	return &Error{Kind: k, Words: fmt.Sprintf(format, args...)}
}
