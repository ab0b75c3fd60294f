package gate

import (
	"context"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
)

func TestMetricsAndHealth(t *testing.T) {
	m := NewMetrics("v1.2.3")
	o := open(t, Options{Metrics: m, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/seen":
			http.Redirect(w, r, "/done", http.StatusSeeOther)
		case "/fail":
			w.WriteHeader(http.StatusInternalServerError)
		case "/refuse":
			w.WriteHeader(http.StatusForbidden)
		case "/late":
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})})
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	var ill atomic.Bool
	h := &readiness{ready: func(context.Context) error {
		if ill.Load() {
			return errors.New("the disk of Vesna is full")
		}
		return nil
	}}
	go func() { ended <- m.Serve(ctx, l, h.ready) }()
	c := client(t, nil)
	for _, path := range []string{"/", "/seen", "/fail", "/refuse", "/late"} {
		ask(t, c, "GET", "http://"+o.at+path, "")
	}
	at := "http://" + l.Addr().String()
	_, said := ask(t, c, "GET", at+"/metrics", "")
	for _, want := range []string{
		`paraph_requests_total{outcome="done"} 3`, `paraph_requests_total{outcome="failed"} 1`, `paraph_requests_total{outcome="refused"} 2`,
		`version="v1.2.3"`, "paraph_connections ", "process_resident_memory_bytes ", `paraph_refusals_total{reason="stranger"} 0`,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("the metrics do not say %s", want)
		}
	}
	// Nothing of what was asked for can be a label: only these are there.
	for _, label := range regexp.MustCompile(`[{,]([a-z_]+)="`).FindAllStringSubmatch(said, -1) {
		if !strings.Contains(" reason outcome version go le quantile ", " "+label[1]+" ") {
			t.Errorf("there is a label %s", label[1])
		}
	}
	if status, _ := ask(t, c, "GET", at+"/health", ""); status != http.StatusOK {
		t.Errorf("a well server answers %d", status)
	}
	end()
	if err := <-ended; err != nil {
		t.Error(err)
	}

	ill.Store(true)
	if h.ask(t.Context()) {
		t.Error("an ill server is ready")
	}
}

func TestHealthDoesNotSayWhy(t *testing.T) {
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- NewMetrics("").Serve(ctx, l, func(context.Context) error { return errors.New("Vesna") })
	}()
	for path, want := range map[string]int{"/health": http.StatusServiceUnavailable, "/health/live": http.StatusOK, "/p/vesna": http.StatusNotFound} {
		r, err := client(t, nil).Get("http://" + l.Addr().String() + path)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(r.Body)
		r.Body.Close()
		if r.StatusCode != want || strings.Contains(string(b), "Vesna") {
			t.Errorf("%s answers %d %s", path, r.StatusCode, b)
		}
	}
	end()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
