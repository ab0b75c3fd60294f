package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"paraph/gate"
)

// serveBare is the least that can be compared with: net/http, one goroutine and
// one channel a stream, and one durable row a write.
func serveBare(ctx context.Context, listener net.Listener, dir string, args []string) error {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "bare.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, "create table event (id integer primary key, body text)"); err != nil {
		return err
	}
	packed, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	b := bare{db: db, streams: map[chan []byte]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /live", b.live)
	mux.HandleFunc("POST /write", b.write)
	mux.HandleFunc("GET /page", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed)
	})
	h := &http.Server{Handler: mux, BaseContext: func(net.Listener) context.Context { return ctx }, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = h.Close() })
	fmt.Printf("{\"Addr\": %q}\n", listener.Addr())
	serve := h.Serve
	if len(args) > 1 && args[1] == withTLS {
		own, _, err := gate.OwnCertificate(dir, "localhost", time.Now())
		if err != nil {
			return err
		}
		h.TLSConfig = own.TLS()
		serve = func(l net.Listener) error { return h.ServeTLS(l, "", "") }
	}
	if err := serve(listener); ctx.Err() == nil {
		return err
	}
	return nil
}

type bare struct {
	db      *sql.DB
	mu      sync.Mutex
	streams map[chan []byte]bool
}

func (b *bare) live(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	_, _ = io.WriteString(w, ": hello\n\n")
	f := w.(http.Flusher)
	f.Flush()
	events := make(chan []byte, 16)
	b.mu.Lock()
	b.streams[events] = true
	b.mu.Unlock()
	defer func() {
		b.mu.Lock()
		delete(b.streams, events)
		b.mu.Unlock()
	}()
	for {
		select {
		case e := <-events:
			if _, err := w.Write(e); err != nil {
				return
			}
			f.Flush()
		case <-r.Context().Done():
			return
		}
	}
}

func (b *bare) write(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err == nil {
		_, err = b.db.ExecContext(r.Context(), "insert into event (body) values (?)", string(body))
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	event := []byte("event: fragment\ndata: " + string(body) + "\n\nid: 1\n\n")
	b.mu.Lock()
	defer b.mu.Unlock()
	for events := range b.streams {
		select {
		case events <- event:
		default: // as bare as it is, it loses what a slow reader does not take
		}
	}
	w.WriteHeader(http.StatusNoContent)
}
