package gate

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"paraph/fault"
)

// NewLog gives a log that writes JSON lines to w and can tell nothing of any
// process, whatever the program hands it, at any level.
//
// It lets pass what Paraph's own code says in constant words, and of the
// attributes those that cannot quote anybody: numbers, times, truths, and words
// under the few keys that only the running of the machine fills. Of an error it
// writes what kinds of error it is made of, never their words; of all else it
// writes the type alone. What a library says is replaced by the fact that it
// said something.
func NewLog(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(discreet{slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level})})
}

// plainKeys are the attributes whose words may be written: they say where the
// server listens, which build it is, and where in the code something happened.
var plainKeys = []string{"address", "fingerprint", "kinds", "level", "reason", "url", "version", "where"}

// discreet is a handler that hands on what may be told.
type discreet struct{ slog.Handler }

func (d discreet) Handle(ctx context.Context, r slog.Record) error {
	told := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	if !ours(r.PC) {
		told.Message = "a library said something"
	}
	r.Attrs(func(a slog.Attr) bool {
		told.AddAttrs(tellable(a)...)
		return true
	})
	return d.Handler.Handle(ctx, told)
}

func (d discreet) WithAttrs(attrs []slog.Attr) slog.Handler {
	var told []slog.Attr
	for _, a := range attrs {
		told = append(told, tellable(a)...)
	}
	return discreet{d.Handler.WithAttrs(told)}
}

// WithGroup puts nothing in a group: its name is not Paraph's to vouch for.
func (d discreet) WithGroup(string) slog.Handler { return d }

// ours tells whether a call of the log stands in Paraph's code.
func ours(pc uintptr) bool {
	f, _ := runtime.CallersFrames([]uintptr{pc}).Next()
	return strings.HasPrefix(f.Function, "paraph/") || strings.HasPrefix(f.Function, "main.")
}

func tellable(a slog.Attr) []slog.Attr {
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindBool, slog.KindDuration, slog.KindFloat64, slog.KindInt64, slog.KindTime, slog.KindUint64:
		return []slog.Attr{{Key: a.Key, Value: v}}
	case slog.KindGroup:
		var all []slog.Attr
		for _, inner := range v.Group() {
			all = append(all, tellable(inner)...)
		}
		return all
	}
	if err, ok := v.Any().(error); ok {
		return []slog.Attr{slog.Any("kinds", fault.Kinds(err))}
	}
	if slices.Contains(plainKeys, a.Key) {
		switch v.Any().(type) {
		case string, []string:
			return []slog.Attr{{Key: a.Key, Value: v}}
		}
	}
	return []slog.Attr{slog.String(a.Key, "("+typeOf(v.Any())+")")}
}

func typeOf(v any) string {
	if v == nil {
		return "nothing"
	}
	return reflect.TypeOf(v).String()
}

// complaints takes what net/http writes into its error log, which quotes
// addresses, errors and panics, and tells which complaint it was.
type complaints struct {
	log     *slog.Logger
	metrics *Metrics
}

const noTLS = "http: TLS handshake error"

// known are the complaints of net/http, by how they begin.
var known = []struct {
	begins, words string
	level         slog.Level
}{
	{noTLS, "a client and the server did not agree on TLS", slog.LevelDebug},
	{"http: Accept error", "a connection could not be taken; it is tried again", slog.LevelWarn},
	{"http: superfluous response.WriteHeader", "an answer was begun twice", slog.LevelWarn},
	{"http: response.WriteHeader on hijacked", "an answer was begun on a connection given away", slog.LevelWarn},
	{"http: panic serving", "an answer failed outside the pages", slog.LevelError},
	{"http2:", "an HTTP/2 connection went wrong", slog.LevelDebug},
}

func (c *complaints) Write(p []byte) (int, error) {
	for _, k := range known {
		if bytes.HasPrefix(p, []byte(k.begins)) {
			if k.begins == noTLS {
				c.metrics.refused("tls")
			}
			c.log.LogAttrs(context.Background(), k.level, k.words)
			return len(p), nil
		}
	}
	c.log.LogAttrs(context.Background(), slog.LevelDebug, "the server of HTTP complained")
	return len(p), nil
}
