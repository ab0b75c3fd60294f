package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"paraph/fault"
)

const (
	internalWords = "Something went wrong here."
	internalHint  = "What you sent was not recorded. Try again; the server's log says more."
	missingWords  = "There is nothing here for you."
	missingHint   = "It may never have been, or it is not addressed to the seat that you sit in."
)

// statuses gives the HTTP status of each kind of fault.
var statuses = map[fault.Kind]int{
	fault.KindInvalid:     http.StatusBadRequest,
	fault.KindNotFound:    http.StatusNotFound,
	fault.KindConflict:    http.StatusConflict,
	fault.KindForbidden:   http.StatusForbidden,
	fault.KindUnavailable: http.StatusServiceUnavailable,
	fault.KindInternal:    http.StatusInternalServerError,
}

// fail answers an error as a page. What is not found gets the one page that
// says the same for hidden and for absent. Of what is internal the log gets the
// kinds of errors, and neither their words nor what was asked for.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		words, hint := tooLarge(large.Limit)
		s.refuse(w, http.StatusRequestEntityTooLarge, words+".", hint+".")
		return
	}
	if errors.Is(err, context.Canceled) {
		return
	}
	kind := fault.KindOf(err)
	switch kind {
	case fault.KindNotFound:
		s.notFound(w, r)
		return
	case fault.KindInternal:
		s.log().LogAttrs(r.Context(), slog.LevelError, "a request failed", slog.Any("kinds", fault.Kinds(err)))
		s.refuse(w, statuses[kind], internalWords, internalHint)
		return
	}
	words, hint := explain(err)
	s.refuse(w, statuses[kind], words, hint)
}

// tooLarge says that a form holds more than so many bytes.
func tooLarge(most int64) (words, hint string) {
	return "That is more than a form may hold", "Send less than " + size(most)
}

// explain gives the words and the hint of a fault for the person who asked.
func explain(err error) (words, hint string) {
	if e, ok := errors.AsType[*fault.Error](err); ok && e.Kind != fault.KindInternal {
		return e.Words, e.Hint
	}
	return internalWords, internalHint
}

// notFound is the one answer for what is hidden and for what is absent. It
// depends on nothing of the request.
func (s *Server) notFound(w http.ResponseWriter, _ *http.Request) {
	s.write(w, http.StatusNotFound, s.ready.missing)
}

func (s *Server) refuse(w http.ResponseWriter, status int, words, hint string) {
	s.write(w, status, []byte(markup(refusal(s.frame(), words, hint))))
}

func (s *Server) write(w http.ResponseWriter, status int, page []byte) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(page)))
	w.WriteHeader(status)
	_, _ = w.Write(page) // whoever does not take it has left
}

// ready are the refusals that whoever tries everything gets most often, made once.
type ready struct{ missing, busy []byte }

func (s *Server) readied() ready {
	made := func(words, hint string) []byte { return []byte(markup(refusal(s.frame(), words, hint))) }
	return ready{
		missing: made(missingWords, missingHint),
		busy:    made("Too much came from here at once.", "Wait a moment, then try again."),
	}
}
