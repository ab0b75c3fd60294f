package gate

import (
	"context"
	"io"
	"net"
	"net/http"
	"runtime"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are figures of the machine, for Prometheus: how busy it is and what
// it refused. They have no label that a request could fill and tell nothing of
// what was asked for. Reading a page and doing an act are one outcome, so that
// no figure counts entries.
type Metrics struct {
	registry    *prometheus.Registry
	connections prometheus.Gauge
	streams     prometheus.Gauge
	panics      prometheus.Counter
	refusals    *prometheus.CounterVec
	outcomes    *prometheus.CounterVec
	seconds     prometheus.Histogram
}

// refusalReasons are all the reasons for which the gate refuses.
var refusalReasons = []string{"busy", "full", "idle", "stranger", "tls", "upload"}

// NewMetrics makes the figures of one server of a version.
func NewMetrics(version string) *Metrics {
	m := &Metrics{
		registry:    prometheus.NewRegistry(),
		connections: prometheus.NewGauge(prometheus.GaugeOpts{Name: "paraph_connections", Help: "Connections that are open."}),
		streams:     prometheus.NewGauge(prometheus.GaugeOpts{Name: "paraph_streams", Help: "Event streams that are open."}),
		panics:      prometheus.NewCounter(prometheus.CounterOpts{Name: "paraph_panics_total", Help: "Answers that failed by a fault in the program: the log says where."}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "paraph_refusals_total",
			Help: "What was refused before anybody looked at it: busy and full (limits reached), idle (closed for a newcomer), stranger (not the proxy), tls (no agreement), upload (no turn in time)."}, []string{"reason"}),
		outcomes: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "paraph_requests_total",
			Help: "Requests answered: done, refused (the request's doing) or failed (the server's)."}, []string{"outcome"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "paraph_request_seconds",
			Help: "How long answers took, event streams left out.", Buckets: []float64{.005, .025, .1, .5, 2.5, 10}}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "paraph_build_info", Help: "Which build this is; always 1.",
		ConstLabels: prometheus.Labels{"version": version, "go": runtime.Version()}})
	build.Set(1)
	m.registry.MustRegister(m.connections, m.streams, m.panics, m.refusals, m.outcomes, m.seconds, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, reason := range refusalReasons {
		m.refusals.WithLabelValues(reason)
	}
	for _, outcome := range []string{"done", "refused", "failed"} {
		m.outcomes.WithLabelValues(outcome)
	}
	return m
}

func (m *Metrics) refused(reason string) { m.refusals.WithLabelValues(reason).Inc() }

func (m *Metrics) answered(status int, took time.Duration) {
	outcome := "done"
	switch {
	case status >= http.StatusInternalServerError && status != http.StatusServiceUnavailable:
		outcome = "failed"
	case status >= http.StatusBadRequest:
		outcome = "refused"
	}
	m.outcomes.WithLabelValues(outcome).Inc()
	m.seconds.Observe(took.Seconds())
}

// Serve answers those who watch the machine, until ctx ends: /metrics for
// Prometheus, /health (200 when all is well, 503 when ready gives an error) and
// /health/live (200 as long as the program answers). Health never says why.
func (m *Metrics) Serve(ctx context.Context, l net.Listener, ready func(context.Context) error) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second}))
	mux.HandleFunc("GET /health/live", func(w http.ResponseWriter, _ *http.Request) { health(w, true) })
	h := readiness{ready: ready}
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, r *http.Request) { health(w, h.ask(r.Context())) })
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 5 * time.Second,
		WriteTimeout: 20 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 8 << 10}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(l); ctx.Err() == nil {
		return err
	}
	return nil
}

func health(w http.ResponseWriter, well bool) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	words := "well\n"
	if !well {
		w.WriteHeader(http.StatusServiceUnavailable)
		words = "not ready: the record cannot be written; see the log\n"
	}
	_, _ = io.WriteString(w, words) // whoever does not take it has left
}

// readiness asks whether the server is ready, at most once a second: asking
// writes to the disk.
type readiness struct {
	ready func(context.Context) error

	mu    sync.Mutex
	asked time.Time
	well  bool
}

func (h *readiness) ask(ctx context.Context) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if time.Since(h.asked) > time.Second {
		h.well = h.ready(ctx) == nil
		h.asked = time.Now()
	}
	return h.well
}
