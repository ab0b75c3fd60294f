package web

import (
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// patience is how long a stream waits for a reader to take what it sent.
const patience = 30 * time.Second

// outlet is where the events of a stream go: over HTTP/1.1 the connection itself,
// in chunks (RFC 9112, section 7.1) that are made once for all who get the same,
// each in one write; else the answer to the request.
type outlet struct {
	conn  net.Conn                 // nil for a stream that shares a connection with others
	w     http.ResponseWriter      // without conn
	out   *http.ResponseController // without conn
	until time.Time                // when the reader must have taken what was sent
}

// begin writes the head of the answer, and takes the connection if the stream can
// have it alone.
func (o *outlet) begin(r *http.Request) {
	h := o.w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	if r.ProtoMajor == 1 {
		h.Set("Connection", "close")
	}
	o.w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodGet || !r.ProtoAtLeast(1, 1) || r.ProtoMajor != 1 {
		return
	}
	conn, ahead, err := o.out.Hijack()
	if err != nil {
		return // it can only be answered
	}
	o.conn, o.w, o.out = conn, nil, nil
	if ahead.Reader.Buffered() > 0 {
		_ = conn.SetReadDeadline(time.Unix(1, 0)) // it asks for more before this is answered, which no browser does
	}
}

// send sends events, and gives up on a reader that does not take them. The
// deadline is put off at each heartbeat and not at every event, which would cost
// as much as the event.
func (o *outlet) send(p parcel) error {
	now := time.Now()
	put := o.until.Sub(now) < patience-beat/2
	if put {
		o.until = now.Add(patience)
	}
	if o.conn != nil {
		if put {
			_ = o.conn.SetWriteDeadline(o.until) // one that is closed takes nothing either
		}
		_, err := o.conn.Write(p.chunk)
		return err
	}
	if put {
		_ = o.out.SetWriteDeadline(o.until) // a writer without deadlines has none
	}
	if _, err := o.w.Write(p.events()); err != nil {
		return err
	}
	return o.out.Flush()
}

// end says that nothing more comes.
func (o *outlet) end() {
	if o.conn != nil {
		_, _ = io.WriteString(o.conn, "0\r\n\r\n") // whoever does not take it has left
	}
}

// parcel is events as they go over a wire, which many streams share.
type parcel struct {
	chunk      []byte
	head, tail int // where the events begin and end in it
}

// parcelOf packs events; there must be some.
func parcelOf(events []byte) parcel {
	const crlf = "\r\n"
	p := parcel{chunk: strconv.AppendInt(make([]byte, 0, len(events)+16), int64(len(events)), 16)}
	p.chunk = append(p.chunk, crlf...)
	p.head = len(p.chunk)
	p.chunk = append(p.chunk, events...)
	p.tail = len(p.chunk)
	p.chunk = append(p.chunk, crlf...)
	return p
}

// events gives what was packed.
func (p parcel) events() []byte { return p.chunk[p.head:p.tail:p.tail] }
