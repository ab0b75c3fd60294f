package gate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"paraph/fault"
)

const canary = "Vesna"

// Whatever is handed to the log, no word of a process comes out.
func TestLogTellsNothing(t *testing.T) {
	var out bytes.Buffer
	l := NewLog(&out, slog.LevelDebug)
	cause := fault.Unavailable("the record of %s cannot be read", canary).With("ask %s", canary).
		Because(fmt.Errorf("%s: %w", canary, &fs.PathError{Op: "read", Path: canary, Err: syscall.EIO}))
	l.Debug("a request failed", slog.Any("cause", cause), slog.Any(canary, errors.Join(cause, errors.New(canary))))
	l.With(slog.String("title", canary), slog.Any("cause", cause)).WithGroup(canary).
		Error("a page failed", "pattern", "GET /p/"+canary, "cause", canary, "stack", canary, slog.Group(canary, "seat", canary),
			"any", struct{ Title string }{canary}, "kind", []byte(canary), "say", sayer{}, "none", nil, "n", 7)
	slog.New(l.Handler()).LogAttrs(context.Background(), slog.LevelWarn, "late", slog.Any("cause", sayer{}))
	log.New(&complaints{l, NewMetrics("")}, "", 0).Printf("http: panic serving 127.0.0.1:1: %s\n%s", canary, canary)
	log.New(&complaints{l, NewMetrics("")}, "", 0).Print(canary)
	if strings.Contains(out.String(), canary) {
		t.Errorf("the log tells: %s", out.String())
	}
	for _, want := range []string{`"kinds":["unavailable","*fmt.wrapError","*fs.PathError","syscall.Errno 5 input/output error"]`, `"msg":"a page failed"`, `"n":7`, `"title":"(string)"`, "outside the pages"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the log does not say %s: %s", want, out.String())
		}
	}
}

// sayer says a canary however it is asked.
type sayer struct{}

func (sayer) Error() string                { return canary }
func (sayer) String() string               { return canary }
func (sayer) LogValue() slog.Value         { return slog.StringValue(canary) }
func (sayer) MarshalJSON() ([]byte, error) { return []byte(`"` + canary + `"`), nil }

// What a library says through the default log is not repeated.
func TestLibrariesAreNotQuoted(t *testing.T) {
	var out bytes.Buffer
	h := NewLog(&out, slog.LevelDebug).Handler()
	var pcs [1]uintptr
	func() { runtime.Callers(0, pcs[:]) }() // a place in package runtime
	r := slog.Record{Message: canary, Level: slog.LevelInfo, PC: pcs[0]}
	if err := h.Handle(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	r.PC = 0
	if err := h.Handle(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), canary) || strings.Count(out.String(), "a library said something") != 2 {
		t.Errorf("the log says %s", out.String())
	}
}

// A panic is told by where it was, not by what it was.
func TestPanicsAreToldByPlace(t *testing.T) {
	o := open(t, Options{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/late" {
			_, _ = w.Write([]byte("half an"))
		}
		panic(canary + r.URL.Path)
	})})
	if status, body := ask(t, client(t, nil), "GET", "http://"+o.at+"/"+canary, ""); status != http.StatusInternalServerError || strings.Contains(body, canary) {
		t.Errorf("%d %s", status, body)
	}
	if r, err := client(t, nil).Get("http://" + o.at + "/late"); err == nil {
		if _, err := bytes.NewBuffer(nil).ReadFrom(r.Body); err == nil {
			t.Error("half an answer looks like a whole one")
		}
		r.Body.Close()
	}
	o.close()
	said := o.log.String()
	if strings.Contains(said, canary) || !strings.Contains(said, "TestPanicsAreToldByPlace") {
		t.Errorf("the log says %s", said)
	}
}
