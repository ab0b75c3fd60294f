package main

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"sync"
	"time"

	"paraph/desk"
	"paraph/gate"
	"paraph/process"
	"paraph/record"
	"paraph/store/sqlite"
	"paraph/text"
	"paraph/web"
)

// childMark is the first argument of a process that serves.
const childMark = "-serve"

// server is a child that serves.
type server struct {
	addr string
	pid  int
	stop func()
}

// start starts a child; it ends when its standard input is closed, so with us.
func start(ctx context.Context, args ...string) (*server, error) {
	dir, err := os.MkdirTemp("", "paraph-load-")
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{childMark, dir}, args...)...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	stop := func() {
		in.Close()
		_ = cmd.Wait()
		os.RemoveAll(dir)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		return nil, fmt.Errorf("the server did not start: %w", err)
	}
	return &server{addr: strings.TrimSpace(line), pid: cmd.Process.Pid, stop: stop}, nil
}

// child serves until its standard input is closed.
func child(args []string) error {
	dir, kind := args[0], args[1]
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if kind == "bare" {
		return serveBare(ctx, listener, dir, args[2])
	}
	store, err := sqlite.Open(filepath.Join(dir, "record.paraph"))
	if err != nil {
		return err
	}
	defer store.Close()
	d := desk.New(store, desk.Options{})
	clauses := 0
	if _, err := fmt.Sscan(args[2], &clauses); err != nil {
		return err
	}
	if err := lay(ctx, d, clauses); err != nil {
		return err
	}
	pages := web.New(d, web.Options{Demo: true, Seats: map[record.ProcessID][]record.Seat{talks: seats}})
	if name := args[3]; name != "" {
		done, err := profile(name)
		if err != nil {
			return err
		}
		defer done()
	}
	fmt.Println(listener.Addr())
	gate.Spend()
	return gate.New(gate.Options{Handler: pages}).Serve(ctx, listener)
}

// profile counts where processor time goes until done.
func profile(name string) (done func(), err error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		f.Close()
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}, nil
}

// talks is the process that everybody is in, through one of twelve seats.
const talks record.ProcessID = "talks"

var seats = []record.Seat{"CH", "P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P10", "OB"}

func role(s record.Seat) record.Role {
	switch s {
	case "CH":
		return record.Chair
	case "OB":
		return record.Observer
	}
	return record.Party
}

// lay opens the process and puts a text on the table.
func lay(ctx context.Context, d *desk.Desk, clauses int) error {
	by := record.Actor{By: record.By{Seat: "CH", Capacity: record.Head}, Role: record.Chair}
	acts := []any{process.Open{Title: "A long text", Rules: process.GroundRules{Regime: process.OnTheRecord}}}
	for _, s := range seats {
		acts = append(acts, process.Admit{Seat: s, Name: "Delegation " + string(s), Role: role(s)})
	}
	named := make([]string, len(seats))
	for i, s := range seats {
		named[i] = string(s)
	}
	var draft strings.Builder
	draft.WriteString("---\nseats: " + strings.Join(named, ", ") + "\n---\n\n") // as who sits there would be named in any text
	for i := range clauses {
		fmt.Fprintf(&draft, "%d. The Parties [shall][should] share the waters of basin %d, with due regard to those who live by them.\n\n", i+1, i)
	}
	acts = append(acts, text.Issue{ID: "long", Symbol: "L/1", Class: text.ChairsText, Title: "A long text", Draft: draft.String()})
	for i, act := range acts {
		if _, err := d.Do(ctx, talks, by, fmt.Sprint("lay-", i), act); err != nil {
			return err
		}
	}
	return nil
}

// serveBare is the least that can be compared with: net/http, one goroutine and
// one channel a stream, and one durable row a write.
func serveBare(ctx context.Context, listener net.Listener, dir, page string) error {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "bare.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, "create table event (id integer primary key, body text)"); err != nil {
		return err
	}
	packed, err := os.ReadFile(page)
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
	fmt.Println(listener.Addr())
	if err := h.Serve(listener); ctx.Err() == nil {
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
