package fault

import (
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// Kinds tells what an error is made of without a word of it: the kinds of
// faults, and of all else the types, with the numbers that the operating system
// and SQLite give; the outermost first. Words may quote what somebody wrote and
// belong in no log; this does.
func Kinds(err error) []string {
	if err == nil {
		return nil
	}
	var kind string
	switch e := err.(type) { // what it is itself, not what is in it
	case *Error:
		kind = string(e.Kind)
	case syscall.Errno:
		kind = reflect.TypeOf(err).String() + " " + strconv.Itoa(int(e)) + " " + e.Error()
	case interface{ Code() int }: // of SQLite
		kind = reflect.TypeOf(err).String() + " " + strconv.Itoa(e.Code())
	default:
		kind = reflect.TypeOf(err).String()
	}
	out := []string{kind}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		out = append(out, Kinds(e.Unwrap())...)
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			out = append(out, Kinds(inner)...)
		}
	}
	return out
}

// Passed gives the places of the code that a panic came through, the innermost
// first, when it is called in the deferred function that recovered it. Unlike a
// stack trace it holds no arguments, and unlike the panic's value it quotes
// nobody.
func Passed() []string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	var out []string
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if f.Function != "" && !strings.HasPrefix(f.Function, "runtime.") {
			out = append(out, f.Function+":"+strconv.Itoa(f.Line))
		}
	}
	return out
}
