package web

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"paraph/fault"
)

// ceremony is one use of a passkey: begin gives what the browser must ask the
// authenticator for and the name under which finish takes the answer; finish
// says where to go then.
//
// Both get a form; the answers are JSON, because the browser's script alone can
// speak with an authenticator.
type ceremony struct {
	begin  func(*Server, *http.Request, caller) (options json.RawMessage, name string, err error)
	finish func(s *Server, w http.ResponseWriter, r *http.Request, c caller, response []byte) (to string, err error)
}

// ceremonies are what a passkey is used for, by the name of the form.
var ceremonies = map[string]ceremony{
	"sign-in":   {beginSignIn, finishSignIn},
	"enrolment": {beginEnrolment, finishEnrolment},
	"further":   {beginFurther, finishFurther},
	"fresh":     {beginFresh, finishFresh},
}

func (s *Server) beginPasskey(w http.ResponseWriter, r *http.Request) {
	s.ceremony(w, r, func(c caller, of ceremony) (any, error) {
		options, name, err := of.begin(s, r, c)
		return map[string]any{"options": options, "ceremony": name}, err
	})
}

func (s *Server) finishPasskey(w http.ResponseWriter, r *http.Request) {
	s.ceremony(w, r, func(c caller, of ceremony) (any, error) {
		if r.PostForm.Get("response") == "" {
			return nil, fault.Invalid("no passkey was used").With("a passkey needs script: switch it on for this site, then try again")
		}
		to, err := of.finish(s, w, r, c, []byte(r.PostForm.Get("response")))
		return map[string]string{"to": to}, err
	})
}

func (s *Server) ceremony(w http.ResponseWriter, r *http.Request, do func(caller, ceremony) (any, error)) {
	if !s.atDoor(w, r) {
		return
	}
	var answer any
	err := filledIn(r)
	if err == nil {
		of, known := ceremonies[r.PostForm.Get("for")]
		var c caller
		if c, err = s.caller(r); err == nil && !known {
			err = fault.Invalid("nothing is known that a passkey would be for").With("load the page again")
		}
		if err == nil {
			answer, err = do(c, of)
		}
	}
	s.answerJSON(w, r, answer, err)
}

// answerJSON answers a script: with what it asked for, or with words for the person.
func (s *Server) answerJSON(w http.ResponseWriter, r *http.Request, answer any, err error) {
	status := http.StatusOK
	if err != nil {
		kind := fault.KindOf(err)
		status = statuses[kind]
		words, hint := explain(err)
		if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
			status, kind = http.StatusRequestEntityTooLarge, fault.KindInvalid
			words, hint = tooLarge(large.Limit)
		}
		if kind == fault.KindInternal {
			s.log().LogAttrs(r.Context(), slog.LevelError, "a request failed", slog.Any("kinds", fault.Kinds(err)))
		}
		answer = map[string]string{"words": firstUpper(words) + ".", "hint": sentence(hint)}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	return firstUpper(s) + "."
}

func beginSignIn(s *Server, r *http.Request, _ caller) (json.RawMessage, string, error) {
	return s.options.People.BeginSignIn(r.Context(), cookie(r, firstCookie))
}

func finishSignIn(s *Server, w http.ResponseWriter, r *http.Request, _ caller, response []byte) (string, error) {
	token, err := s.options.People.FinishSignIn(r.Context(), r.PostForm.Get("ceremony"), response)
	if err != nil {
		return "", err
	}
	s.welcome(w, r, token)
	return within(r.PostForm.Get("back"), "/"), nil
}

// beginEnrolment is told the ticket by a cookie: it is the ceremony's name too.
func beginEnrolment(s *Server, r *http.Request, _ caller) (json.RawMessage, string, error) {
	options, err := s.options.People.BeginEnrolment(r.Context(), cookie(r, ticketCookie), r.PostForm.Get("name"), cookie(r, firstCookie))
	return options, "", err
}

func finishEnrolment(s *Server, w http.ResponseWriter, r *http.Request, _ caller, response []byte) (string, error) {
	token, err := s.options.People.FinishEnrolment(r.Context(), cookie(r, ticketCookie), response)
	if err != nil {
		return "", err
	}
	s.welcome(w, r, token)
	return "/account/second", nil
}

func beginFurther(s *Server, r *http.Request, c caller) (json.RawMessage, string, error) {
	if !c.signedIn() {
		return nil, "", errDoor
	}
	return s.options.People.BeginPasskey(r.Context(), c.token)
}

func finishFurther(s *Server, _ http.ResponseWriter, r *http.Request, c caller, response []byte) (string, error) {
	if !c.signedIn() {
		return "", errDoor
	}
	_, err := s.options.People.FinishPasskey(r.Context(), c.token, r.PostForm.Get("ceremony"), response, r.PostForm.Get("label"))
	return "/account?done=passkey", err
}

func beginFresh(s *Server, r *http.Request, c caller) (json.RawMessage, string, error) {
	if !c.signedIn() {
		return nil, "", errDoor
	}
	return s.options.People.BeginFresh(r.Context(), c.token)
}

func finishFresh(s *Server, _ http.ResponseWriter, r *http.Request, c caller, response []byte) (string, error) {
	if !c.signedIn() {
		return "", errDoor
	}
	return "/account", s.options.People.FinishFresh(r.Context(), c.token, r.PostForm.Get("ceremony"), response)
}

// welcome gives a browser its session, ends the one that it had, and knows the
// browser again.
func (s *Server) welcome(w http.ResponseWriter, r *http.Request, token string) {
	if old := cookie(r, sessionCookie); old != "" && old != token {
		_ = s.options.People.SignOut(r.Context(), old) // one that is over is over
	}
	keep(w, sessionCookie, token, 0)
	keep(w, knownCookie, s.knownBrowser(), 180*24*time.Hour)
	for _, name := range []string{ticketCookie, firstCookie} {
		if cookie(r, name) != "" {
			drop(w, name)
		}
	}
}
