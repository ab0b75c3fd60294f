package api

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"time"

	"paraph/desk"
	"paraph/record"
)

// beat is the time between two heartbeats of a stream. It is fixed: a beat that
// came sooner or later would tell that something was written.
const beat = 15 * time.Second

// check is how often a stream asks whether its token still holds. It is fixed
// likewise.
const check = time.Second

// patience is how long a stream waits for a reader to take what it sent.
const patience = 30 * time.Second

// Moved is what has come since a cursor: the data of an event "move".
type Moved struct {
	Touched []string `json:"touched" about:"Which areas have moved: process, roster, text, versions, clause/ID, proposal/ID, positions, version/ID, statement/ID, sittings, messages, conditions, record."`
	All     bool     `json:"all" about:"The cursor was too old, or unknown: anything may have moved."`
}

// live is the stream of what moves in a process. It wakes only for what the lens
// may read, tells with each move where it stands (the event's id), and ends when
// the token or the seat ends. A slow reader misses nothing: it gets the sum.
func (s *Server) live(w http.ResponseWriter, r *http.Request) {
	p, c, _, err := s.arrive(r, []parameter{cursorParameter})
	if err == nil {
		err = s.look(r.Context(), p, c, func(sight) error { return nil })
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	if c.Ended != nil {
		go func() {
			select {
			case <-c.Ended:
				cancel()
			case <-ctx.Done():
			}
		}()
	}
	from := desk.Cursor(cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("cursor")))
	st := stream{s: s, w: w, r: r, out: http.NewResponseController(w), process: p, caller: c, cursor: from}
	st.follow(ctx)
}

// stream is one open stream.
type stream struct {
	s       *Server
	w       http.ResponseWriter
	r       *http.Request
	out     *http.ResponseController
	process record.ProcessID
	caller  Caller
	cursor  desk.Cursor // how far the reader has been told
}

// follow sends what moves until the reader leaves, or may see it no more.
func (st *stream) follow(ctx context.Context) {
	h := st.w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	st.w.WriteHeader(http.StatusOK)
	beats, checks := time.Now().Add(beat), time.Now().Add(check)
	err := st.send("retry: 1000\n\n")
	for err == nil && ctx.Err() == nil {
		waiting, cancel := context.WithDeadline(ctx, checks)
		var move desk.Move
		move, err = st.s.desk.WatchAs(waiting, st.process, st.caller.Actor, st.cursor)
		waited := waiting.Err() != nil
		cancel()
		switch {
		case err == nil:
			err = st.moved(move)
		case waited && ctx.Err() == nil:
			checks = checks.Add(check)
			if err = st.holds(); err == nil && !time.Now().Before(beats) {
				beats = beats.Add(beat)
				err = st.send(": still here\n\n")
			}
		}
	}
}

// holds asks anew who this is: the token may have ended, or the seat changed.
func (st *stream) holds() error {
	c, err := st.s.options.Who(st.r, st.process)
	if err != nil {
		return err
	}
	if c.Actor != st.caller.Actor {
		return missing()
	}
	return nil
}

func (st *stream) moved(m desk.Move) error {
	if err := st.holds(); err != nil {
		return err
	}
	st.cursor = m.Cursor
	data, err := json.Marshal(Moved{list(m.Touched), m.All})
	if err != nil {
		return err
	}
	return st.send("id: " + string(m.Cursor) + "\nevent: move\ndata: " + string(data) + "\n\n")
}

func (st *stream) send(b string) error {
	_ = st.out.SetWriteDeadline(time.Now().Add(patience)) // a writer without deadlines has none
	if _, err := st.w.Write([]byte(b)); err != nil {
		return err
	}
	return st.out.Flush()
}
