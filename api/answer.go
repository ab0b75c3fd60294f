package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"paraph/fault"
	"paraph/record"
)

// The types of what is answered.
const (
	jsonType    = "application/json"
	plainType   = "text/plain; charset=utf-8"
	problemType = "application/problem+json"
)

const (
	internalWords = "Something went wrong here."
	internalHint  = "What you sent was not recorded. Try again; the server's log says more."
)

// Problem is a refusal, in the form of RFC 9457.
type Problem struct {
	Type   string     `json:"type" about:"Always about:blank: the status and the kind say what sort of problem it is."`
	Title  string     `json:"title" about:"The status in words."`
	Status int        `json:"status" about:"The HTTP status."`
	Kind   fault.Kind `json:"kind" about:"What can be done about it: invalid (mend the request), not found (nothing there, or nothing for you), conflict (look again), forbidden, unavailable (try later), internal."`
	Words  string     `json:"words" about:"What is wrong, for a person."`
	Hint   string     `json:"hint,omitempty" about:"What to do about it."`
}

// answer is what a request gets, ready to send.
type answer struct {
	status int
	kind   string
	body   []byte
	cursor string // where the view stood that it was made from; empty for none
}

func (a answer) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	if a.cursor != "" {
		h.Set(cursorHeader, a.cursor)
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // who is gone needs no answer
}

// cursorHeader says where the view stood that an answer shows: a stream that is
// opened from there misses nothing.
const cursorHeader = "Paraph-Cursor"

// plainer is what can also be had as text in Paraph's own format.
type plainer interface{ plain() string }

// made makes the answer of a value: JSON, or text for those who ask for it.
func made(v any, asText bool) (answer, error) {
	if t, ok := v.(plainer); ok && asText {
		return answer{status: http.StatusOK, kind: plainType, body: []byte(t.plain())}, nil
	}
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusOK, kind: jsonType, body: b.Bytes()}, nil
}

// missing is the one answer for what is hidden and for what is absent.
func missing() error {
	return fault.NotFound("There is nothing here for you.").
		With("It may never have been, or it is not addressed to the seat of your token.")
}

// statuses gives the HTTP status of each kind of fault.
var statuses = map[fault.Kind]int{
	fault.KindInvalid:     http.StatusBadRequest,
	fault.KindNotFound:    http.StatusNotFound,
	fault.KindConflict:    http.StatusConflict,
	fault.KindForbidden:   http.StatusForbidden,
	fault.KindUnavailable: http.StatusServiceUnavailable,
	fault.KindInternal:    http.StatusInternalServerError,
}

// status is a refusal that has a status of its own.
type status struct {
	code int
	why  *fault.Error
}

func (e status) Error() string { return e.why.Error() }
func (e status) Unwrap() error { return e.why }

// fail answers an error. What is not found gets the one answer that says the same
// for hidden and for absent; what is internal stays in the log.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return
	}
	if errors.Is(err, ErrToken) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="paraph"`)
		problemOf(http.StatusUnauthorized, fault.KindForbidden, "The token is not accepted.",
			"It is unknown, expired or revoked, or its seat is no longer yours. Make another one on your account's page.").write(w)
		return
	}
	e, known := errors.AsType[*fault.Error](err)
	if !known || e.Kind == fault.KindInternal {
		s.log().LogAttrs(r.Context(), slog.LevelError, "a program was not answered", slog.String("cause", "internal"))
		e = &fault.Error{Kind: fault.KindInternal, Words: internalWords, Hint: internalHint}
	}
	if e.Kind == fault.KindNotFound {
		e, _ = errors.AsType[*fault.Error](missing())
	}
	code := statuses[e.Kind]
	if own, ok := errors.AsType[status](err); ok {
		code = own.code
	}
	problemOf(code, e.Kind, e.Words, e.Hint).write(w)
}

// Busy answers a request of which too many came. It is for whoever mounts the
// interface, and counts.
func Busy(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Retry-After", "2")
	problemOf(http.StatusTooManyRequests, fault.KindUnavailable, "Too much came from you at once.", "Wait a moment, then try again: an act is done only once.").write(w)
}

func problemOf(code int, kind fault.Kind, words, hint string) answer {
	a, err := made(Problem{"about:blank", http.StatusText(code), code, kind, words, hint}, false)
	if err != nil {
		return answer{status: http.StatusInternalServerError, kind: problemType}
	}
	a.status, a.kind = code, problemType
	return a
}

// reading answers a request with what the caller sees of a process.
func (s *Server) reading(asked []parameter, see func(sight, *http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p, c, asText, err := s.arrive(r, asked)
		var a answer
		if err == nil {
			a, err = s.seen(r.Context(), p, c, asText, func(v sight) (any, error) { return see(v, r) })
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		a.write(w)
	}
}

// later is an answer that takes work, for which the view need not stand any more.
type later func() (any, error)

// seen makes an answer of what the caller sees of a process. It is written while
// the view stands, unless it is made later.
func (s *Server) seen(ctx context.Context, p record.ProcessID, c Caller, asText bool, see func(sight) (any, error)) (a answer, err error) {
	var work later
	err = s.look(ctx, p, c, func(v sight) error {
		shown, err := see(v)
		if err != nil {
			return err
		}
		if work, _ = shown.(later); work == nil {
			a, err = made(shown, asText)
		}
		a.cursor = string(v.Cursor)
		return err
	})
	if err != nil || work == nil {
		return a, err
	}
	shown, err := work()
	if err != nil {
		return answer{}, err
	}
	done, err := made(shown, asText)
	done.cursor = a.cursor
	return done, err
}

// arrive finds out who asks, in which process, for what sort of answer.
func (s *Server) arrive(r *http.Request, asked []parameter) (p record.ProcessID, c Caller, asText bool, err error) {
	p = record.ProcessID(r.PathValue("process"))
	if c, err = s.options.Who(r, p); err != nil {
		return p, c, false, err
	}
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return p, c, false, fault.Invalid("The query of the address cannot be read.").Because(err)
	}
	if err := admitted(q, asked); err != nil {
		return p, c, false, err
	}
	return p, c, wantsText(r, q), nil
}

// wantsText tells whether a text is asked for rather than JSON: by ?as=text, or
// by an Accept header (RFC 9110, section 12.5.1) that likes plain text better.
func wantsText(r *http.Request, q url.Values) bool {
	if q.Has("as") {
		return q.Get("as") == "text"
	}
	best := map[string]float64{}
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept"), ","), ",") {
		kind, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		weight := 1.0
		for p := range strings.SplitSeq(params, ";") {
			if v, ok := strings.CutPrefix(strings.ReplaceAll(p, " ", ""), "q="); ok {
				weight, _ = strconv.ParseFloat(v, 64) // what is no number weighs nothing
			}
		}
		best[strings.ToLower(strings.TrimSpace(kind))] = weight
	}
	plain := max(best["text/plain"], best["text/*"])
	return plain > 0 && plain > max(best[jsonType], best["application/*"])
}
