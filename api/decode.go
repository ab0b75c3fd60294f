package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"paraph/fault"
)

// Limits of a body.
const (
	maxBody  = 1 << 20  // bytes: one clause with its reason, many times over
	maxDraft = 24 << 20 // bytes of a body that holds a whole draft, escapes included
	maxDepth = 8        // objects and lists within each other
)

// body reads a request's body as JSON into one of this package's structs.
func body(w http.ResponseWriter, r *http.Request, most int64, into any) error {
	if kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != jsonType ||
		params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8") {
		return status{http.StatusUnsupportedMediaType, fault.Invalid("The body must be JSON.").With("send it with Content-Type: application/json")}
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return status{http.StatusRequestEntityTooLarge, fault.Invalid("The body is larger than %d KiB.", large.Limit>>10).With("send less")}
	}
	if known, ok := errors.AsType[*fault.Error](err); ok {
		return known
	}
	if err != nil {
		return fault.Invalid("The body broke off.").With("send it again").Because(err)
	}
	return decode(raw, into)
}

// decode reads JSON (RFC 8259) into a struct, and takes nothing that could be
// read in two ways or would be lost: no field that the struct does not have, no
// name twice or in capitals, no null, no half of a surrogate pair, nothing after
// the value, and nothing nested deeper than maxDepth. Its errors name the field.
func decode(raw []byte, into any) error {
	if !utf8.Valid(raw) {
		return fault.Invalid("The body is not valid UTF-8.")
	}
	if err := plainJSON(raw); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		return nil
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if wrong.Field == "" {
			return fault.Invalid("The body is a JSON %s.", wrong.Value).With("send an object")
		}
		return fault.Invalid("The field %q cannot be a JSON %s.", wrong.Field, wrong.Value).With("the document at %s/openapi.json says what it is", Prefix)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return unknownField(strings.Trim(name, `"`))
	}
	return fault.Invalid("The body is not what this address takes.").With("the document at %s/openapi.json says what it is", Prefix).Because(err)
}

func unknownField(name string) error {
	return fault.Invalid("The field %q is not known here.", name).With("the document at %s/openapi.json lists the fields", Prefix)
}

// plainJSON goes through a body token by token.
func plainJSON(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	s := scan{replaced: bytes.Contains(raw, []byte("\ufffd")) || bytes.Contains(bytes.ToLower(raw), []byte(`\ufffd`))}
	for {
		token, err := d.Token()
		if err == io.EOF && s.done {
			return nil
		}
		if err != nil {
			return fault.Invalid("The body is not JSON: it is wrong at byte %d.", d.InputOffset())
		}
		if s.done {
			return fault.Invalid("The body goes on after its JSON value.")
		}
		if err := s.take(token); err != nil {
			return err
		}
	}
}

// scan is where one stands in a body.
type scan struct {
	open     []map[string]bool // the names had in each open object; nil for a list
	named    bool              // in an object, the name of the next value was read
	done     bool
	replaced bool // the body itself holds the replacement character
}

func (s *scan) take(token json.Token) error {
	switch t := token.(type) {
	case json.Delim:
		if t == '}' || t == ']' {
			s.open = s.open[:len(s.open)-1]
			break
		}
		if len(s.open) == maxDepth {
			return fault.Invalid("The body is nested deeper than %d.", maxDepth)
		}
		var names map[string]bool
		if t == '{' {
			names = map[string]bool{}
		}
		s.open, s.named = append(s.open, names), false
		return nil
	case string:
		if strings.ContainsRune(t, utf8.RuneError) && !s.replaced {
			return fault.Invalid("A string in the body holds half of a surrogate pair.")
		}
		if n := len(s.open); n > 0 && s.open[n-1] != nil && !s.named {
			return s.name(t)
		}
	case nil:
		return fault.Invalid("The body holds a null.").With("leave a field out that you have nothing for")
	}
	s.named, s.done = false, len(s.open) == 0
	return nil
}

// name takes the name of a field.
func (s *scan) name(name string) error {
	names := s.open[len(s.open)-1]
	if names[name] {
		return fault.Invalid("The field %q is there twice.", name)
	}
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") != "" {
		return unknownField(name) // the decoder would take capitals for small letters
	}
	names[name], s.named = true, true
	return nil
}

// actKey gives the key of an act, by which it is done once however often it is
// sent, and which is the id of what it makes.
func actKey(r *http.Request) (string, error) {
	key := r.Header.Get(keyHeader)
	ok := len(key) >= 16 && len(key) <= 64 && len(r.Header.Values(keyHeader)) == 1
	for _, c := range key {
		ok = ok && (c == '-' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z')
	}
	if !ok {
		return "", fault.Invalid("The header %s is missing, or no key.", keyHeader).
			With("%s", fmt.Sprintf("draw %s at random for each act, and send the same again when you repeat it", keyForm))
	}
	return key, nil
}

const (
	keyHeader = "Idempotency-Key"
	keyForm   = "16 to 64 of a-z, 0-9 and -"
)
