package gate

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"testing"
	"time"
)

// Whoever is refused before the body is read takes no turn of those who send
// large ones, and what is left of the body is not read.
func TestRefusedBeforeTheBody(t *testing.T) {
	o := open(t, Options{Limits: Limits{Uploads: 1, Patience: 5 * time.Second}, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "not you", http.StatusForbidden)
	})})
	o.uploads.all <- struct{}{} // somebody has the one turn
	for _, c := range []struct {
		name, head string
		closed     bool
	}{
		{"a large body", "Content-Length: 10000000", true},
		{"a body of no length", "Transfer-Encoding: chunked", true},
		{"a small body", "Content-Length: 5", false},
		{"no body", "Content-Length: 0", false},
	} {
		conn, err := net.Dial("tcp", o.at)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n", c.head)
		if c.head == "Content-Length: 5" {
			fmt.Fprint(conn, "12345")
		}
		r, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if r.StatusCode != http.StatusForbidden || r.Close != c.closed {
			t.Errorf("%s gets %d, and the connection closes: %v", c.name, r.StatusCode, r.Close)
		}
		r.Body.Close()
		conn.Close()
	}
	<-o.uploads.all
}

// A body that is read leaves its connection open, whatever the answer.
func TestReadBodyKeepsTheConnection(t *testing.T) {
	o := open(t, Options{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, _ := io.Copy(io.Discard, r.Body)
		http.Error(w, fmt.Sprint(n), http.StatusBadRequest)
	})})
	conn, err := net.Dial("tcp", o.at)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	for range 2 {
		fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n%100000d", 0)
		r, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatal(err)
		}
		if said, _ := io.ReadAll(r.Body); string(said) != "100000\n" || r.Close {
			t.Fatalf("says %q, and closes: %v", said, r.Close)
		}
	}
}

// Who sends many large bodies waits for oneself, and for others only when the
// server has no turn left.
func TestTurns(t *testing.T) {
	one, other := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
	turns := newTurns(4)
	ended, end := context.WithCancel(t.Context())
	end()
	took := func(client netip.Addr) func() {
		t.Helper()
		leave, ok := turns.wait(t.Context(), client, time.Minute)
		if !ok {
			t.Fatal("there is no turn")
		}
		return leave
	}
	refused := func(what string, client netip.Addr) {
		t.Helper()
		if leave, ok := turns.wait(ended, client, time.Minute); ok {
			leave()
			t.Errorf("%s takes a turn", what)
		}
	}
	first, second := took(one), took(one)
	refused("a third of one client", one)
	third, fourth := took(other), took(other)
	refused("a fifth of all", netip.MustParseAddr("192.0.2.3"))
	first()
	fifth := took(one)
	for _, leave := range []func(){second, third, fourth, fifth} {
		leave()
	}
	if len(turns.all) != 0 || len(turns.per) != 0 {
		t.Errorf("%d turns are held when nobody reads, of %d clients", len(turns.all), len(turns.per))
	}
}
