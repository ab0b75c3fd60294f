package gate

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Frames of HTTP/2 (RFC 9113, section 6), its flags and errors, as far as these
// tests send or expect them.
const (
	frameHeaders      = 0x1
	frameReset        = 0x3
	frameSettings     = 0x4
	frameGoAway       = 0x7
	frameWindow       = 0x8
	frameContinuation = 0x9

	endStream  = 0x1
	endHeaders = 0x4

	refusedStream  = 0x7
	cancelled      = 0x8
	enhanceYouCalm = 0xb
)

// raw is a client that speaks HTTP/2 frame by frame, as no honest one does.
type raw struct {
	*testing.T
	conn *tls.Conn
	in   *bufio.Reader
}

// getRoot is the block of a request for "/" (RFC 7541): GET, https, /, and the
// authority "x".
var getRoot = []byte{0x82, 0x87, 0x84, 0x41, 0x01, 'x'}

// speak opens a gate with TLS and gives a way to connect to it.
func speak(t *testing.T, o Options) (at opened, connect func(settings ...byte) *raw) {
	t.Helper()
	folder := t.TempDir()
	own, _, err := OwnCertificate(folder, "talks.example.org", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	o.TLS = own.TLS()
	g := open(t, o)
	pem, err := os.ReadFile(folder + "/tls.crt")
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	return g, func(settings ...byte) *raw {
		t.Helper()
		conn, err := tls.Dial("tcp", g.at, &tls.Config{RootCAs: pool, ServerName: "talks.example.org", NextProtos: []string{"h2"}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		_ = conn.SetDeadline(time.Now().Add(20 * time.Second)) // so that nothing hangs
		r := &raw{t, conn, bufio.NewReader(conn)}
		if _, err := io.WriteString(conn, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		r.send(frameSettings, 0, 0, settings)
		return r
	}
}

// send sends a frame, and tells whether it could be sent.
func (r *raw) send(kind, flags byte, stream uint32, payload []byte) bool {
	b := []byte{byte(len(payload) >> 16), byte(len(payload) >> 8), byte(len(payload)), kind, flags}
	_, err := r.conn.Write(append(binary.BigEndian.AppendUint32(b, stream), payload...))
	return err == nil
}

// next gives the next frame of a kind, and false when the connection has ended
// before.
func (r *raw) next(kind byte) (stream uint32, payload []byte, ok bool) {
	for {
		var head [9]byte
		if _, err := io.ReadFull(r.in, head[:]); err != nil {
			return 0, nil, false
		}
		payload = make([]byte, int(head[0])<<16|int(head[1])<<8|int(head[2]))
		if _, err := io.ReadFull(r.in, payload); err != nil {
			return 0, nil, false
		}
		if head[3] == kind {
			return binary.BigEndian.Uint32(head[5:]), payload, true
		}
	}
}

// running counts the handlers under way, which go on until they are released.
type running struct {
	now, most atomic.Int64
	release   chan struct{}
}

func (h *running) ServeHTTP(http.ResponseWriter, *http.Request) {
	h.most.Store(max(h.most.Load(), h.now.Add(1)))
	defer h.now.Add(-1)
	<-h.release
}

// One connection has so many requests under way and no more.
func TestStreamsOfOneConnection(t *testing.T) {
	h := &running{release: make(chan struct{})}
	_, connect := speak(t, Options{Handler: h, Limits: Limits{Streams: 3}})
	released := sync.OnceFunc(func() { close(h.release) })
	t.Cleanup(released)
	c := connect()
	for i := range 4 {
		c.send(frameHeaders, endStream|endHeaders, uint32(2*i+1), getRoot)
	}
	stream, payload, ok := c.next(frameReset)
	if !ok || stream != 7 || binary.BigEndian.Uint32(payload) != refusedStream {
		t.Errorf("the fourth of three: stream %d is reset with %v, %v", stream, payload, ok)
	}
	released()
	if _, _, ok := c.next(frameHeaders); !ok {
		t.Error("the others are not answered")
	}
}

// Who begins requests and takes them back at once, again and again (CVE-2023-44487),
// has no more of them under way than anybody, and loses the connection; others do
// not notice.
func TestRapidReset(t *testing.T) {
	h := &running{release: make(chan struct{})}
	g, connect := speak(t, Options{Handler: h, Limits: Limits{Streams: 8}})
	released := sync.OnceFunc(func() { close(h.release) })
	t.Cleanup(released)
	c := connect()
	go func() {
		reset := binary.BigEndian.AppendUint32(nil, cancelled)
		for i := range 100_000 {
			if !c.send(frameHeaders, endStream|endHeaders, uint32(2*i+1), getRoot) || !c.send(frameReset, 0, uint32(2*i+1), reset) {
				return
			}
		}
	}()
	_, payload, ok := c.next(frameGoAway)
	if !ok || binary.BigEndian.Uint32(payload[4:]) != enhanceYouCalm {
		t.Errorf("the connection goes on: %v, %v", payload, ok)
	}
	if most := h.most.Load(); most > 8 {
		t.Errorf("%d requests of one connection were under way at once", most)
	}
	other := connect()
	other.send(frameHeaders, endStream|endHeaders, 1, getRoot)
	released()
	if _, _, ok := other.next(frameHeaders); !ok {
		t.Error("another connection is not answered")
	}
	if log := g.log.String(); strings.Contains(log, "panic") {
		t.Errorf("the log says %s", log)
	}
}

// A head that never ends (CVE-2023-45288) is given up.
func TestEndlessHead(t *testing.T) {
	_, connect := speak(t, Options{Handler: hello})
	c := connect()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _, _ = c.next(0xff) // until the connection ends
	}()
	// Fields that are written out and not kept: name "a", 100 letters.
	field := append([]byte{0x00, 0x01, 'a', 100}, strings.Repeat("b", 100)...)
	var piece []byte
	for len(piece)+len(field) < 16<<10 {
		piece = append(piece, field...)
	}
	c.send(frameHeaders, endStream, 1, getRoot)
	sent := 0
	for sent < 64<<20 && c.send(frameContinuation, 0, 1, piece) {
		sent += len(piece)
	}
	if sent >= 64<<20 {
		t.Errorf("%d MiB of one head are taken", sent>>20)
	}
	c.conn.Close()
	<-ended
}

// An answer that nobody lets come (a window of 0) is given up, and its handler is
// not held.
func TestClosedWindow(t *testing.T) {
	outcome := make(chan error, 1)
	_, connect := speak(t, Options{Limits: Limits{Patience: 300 * time.Millisecond, Rate: 1 << 30}, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		part := make([]byte, 1<<20)
		var err error
		for range 64 {
			if _, err = w.Write(part); err != nil {
				break
			}
		}
		outcome <- err
	})})
	c := connect(0, 0x4, 0, 0, 0, 0) // SETTINGS_INITIAL_WINDOW_SIZE 0
	go func() { _, _, _ = c.next(0xff) }()
	c.send(frameHeaders, endStream|endHeaders, 1, getRoot)
	if err := <-outcome; err == nil {
		t.Error("64 MiB are written to who lets nothing come")
	}
	// The same by one byte at a time: it comes, and far too slowly.
	slow := connect(0, 0x4, 0, 0, 0, 0)
	go func() { _, _, _ = slow.next(0xff) }()
	slow.send(frameHeaders, endStream|endHeaders, 1, getRoot)
	for {
		select {
		case err := <-outcome:
			if err == nil {
				t.Error("64 MiB are written byte by byte")
			}
			return
		case <-time.After(20 * time.Millisecond):
			slow.send(frameWindow, 0, 1, []byte{0, 0, 0, 1})
		}
	}
}
