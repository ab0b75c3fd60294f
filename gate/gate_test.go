package gate

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"paraph/fault"
)

// opened is a gate that serves a handler on the loopback.
type opened struct {
	*Gate
	at    string
	log   *lines
	close func() // ends serving and waits until it has ended
}

func open(t *testing.T, o Options) opened {
	t.Helper()
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	said := new(lines)
	if o.Log == nil {
		o.Log = NewLog(said, slog.LevelDebug)
	}
	g := New(o)
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- g.Serve(ctx, l) }()
	closed := sync.OnceFunc(func() {
		end()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(closed)
	return opened{g, l.Addr().String(), said, closed}
}

// lines is a log that many write to.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

var hello = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Proto, " ", r.RemoteAddr) })

// client makes requests on connections of its own.
func client(t *testing.T, c *tls.Config) *http.Client {
	tr := &http.Transport{TLSClientConfig: c, ForceAttemptHTTP2: c != nil}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

func ask(t *testing.T, c *http.Client, method, url, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(b)
}

func TestTLSAndHTTP2(t *testing.T) {
	folder := t.TempDir()
	own, made, err := OwnCertificate(folder, "talks.example.org", time.Now())
	if err != nil || !made {
		t.Fatalf("made %v, %v", made, err)
	}
	o := open(t, Options{Handler: hello, TLS: own.TLS()})
	pem, err := os.ReadFile(folder + "/tls.crt")
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	c := client(t, &tls.Config{RootCAs: pool, ServerName: "talks.example.org"})
	if status, body := ask(t, c, "GET", "https://"+o.at, ""); status != http.StatusOK || !strings.HasPrefix(body, "HTTP/2.0 127.0.0.1:") {
		t.Errorf("%d %q", status, body)
	}
	_, err = tls.Dial("tcp", o.at, &tls.Config{RootCAs: pool, ServerName: "talks.example.org", MaxVersion: tls.VersionTLS12})
	if err == nil {
		t.Error("TLS 1.2 is taken")
	}
	if _, err := client(t, &tls.Config{RootCAs: pool, ServerName: "other.example.org"}).Get("https://" + o.at); err == nil {
		t.Error("the certificate is good for another name")
	}
	o.close()
	if log := o.log.String(); !strings.Contains(log, "did not agree on TLS") || strings.Contains(log, "127.0.0.1") {
		t.Errorf("the log says %s", log)
	}
}

// A stream is ended when the gate closes, and what is being done is done.
func TestEndIsOrderly(t *testing.T) {
	arrived, finish := make(chan struct{}), make(chan struct{})
	streaming := make(chan struct{})
	o := open(t, Options{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
			w.WriteHeader(http.StatusOK)
			_ = http.NewResponseController(w).Flush()
			close(streaming)
			<-r.Context().Done()
			return
		}
		close(arrived)
		<-finish
		if err := r.Context().Err(); err != nil {
			t.Errorf("an act is broken off: %v", err)
		}
		fmt.Fprint(w, "done")
	})})
	stream, err := client(t, nil).Get("http://" + o.at)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	acted := make(chan string, 1)
	go func() {
		r, err := client(t, nil).Post("http://"+o.at, "text/plain", strings.NewReader("act"))
		if err != nil {
			acted <- err.Error()
			return
		}
		defer r.Body.Close()
		b, _ := io.ReadAll(r.Body)
		acted <- string(b)
	}()
	<-arrived
	<-streaming
	closed := make(chan struct{})
	go func() { o.close(); close(closed) }()
	if _, err := io.ReadAll(stream.Body); err != nil {
		t.Errorf("the stream was broken off: %v", err)
	}
	close(finish)
	if got := <-acted; got != "done" {
		t.Errorf("the act answers %q", got)
	}
	<-closed
}

// Connections that send nothing make room for those that ask.
func TestIdleConnectionsGiveWay(t *testing.T) {
	o := open(t, Options{Handler: hello, Limits: Limits{PerAddress: 20, Header: time.Hour}})
	for range 200 {
		c, err := net.Dial("tcp", o.at)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprint(c, "GET / HTTP/1.1\r\nX-Slow: ")
	}
	for range 5 {
		if status, _ := ask(t, client(t, nil), "GET", "http://"+o.at, ""); status != http.StatusOK {
			t.Errorf("an honest request gets %d", status)
		}
	}
}

// A connection that answers is never closed for another: then the newcomer goes.
func TestBusyConnectionsStay(t *testing.T) {
	const most = 4
	var arrived sync.WaitGroup
	arrived.Add(most)
	finish := make(chan struct{})
	o := open(t, Options{Limits: Limits{PerAddress: most}, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		arrived.Done()
		<-finish
		fmt.Fprint(w, "done")
	})})
	answers := make(chan string, most)
	for range most {
		go func() {
			r, err := client(t, nil).Get("http://" + o.at)
			if err != nil {
				answers <- err.Error()
				return
			}
			defer r.Body.Close()
			b, _ := io.ReadAll(r.Body)
			answers <- string(b)
		}()
	}
	arrived.Wait()
	if r, err := client(t, nil).Get("http://" + o.at); err == nil {
		r.Body.Close()
		t.Error("one connection too many is answered")
	}
	close(finish)
	for range most {
		if got := <-answers; got != "done" {
			t.Errorf("a request under way gets %q", got)
		}
	}
	o.close()
	if n := o.admitted.all.open + len(o.admitted.per) + o.admitted.all.new.Len() + o.admitted.all.resting.Len(); n != 0 {
		t.Errorf("%d connections are counted that are gone", n)
	}
}

// A body that comes too slowly ends the request; one that comes at the rate is taken.
func TestSlowBodies(t *testing.T) {
	outcome := make(chan error, 1)
	o := open(t, Options{Limits: Limits{Patience: 300 * time.Millisecond, Rate: 1 << 30}, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(r.Body)
		outcome <- err
	})})
	c, err := net.Dial("tcp", o.at)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nslow")
	if err := <-outcome; err == nil {
		t.Error("a body that does not come is read")
	}
	if status, _ := ask(t, client(t, nil), "POST", "http://"+o.at, strings.Repeat("x", 1000)); status != http.StatusOK || <-outcome != nil {
		t.Errorf("a body that comes gets %d", status)
	}
}

// An answer that nobody takes is given up, and its handler is not held.
func TestSlowReaders(t *testing.T) {
	outcome := make(chan error, 1)
	o := open(t, Options{Limits: Limits{Patience: 300 * time.Millisecond, Rate: 1 << 30}, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		part := make([]byte, 1<<20)
		var err error
		for range 64 {
			if _, err = w.Write(part); err != nil {
				break
			}
		}
		outcome <- err
	})})
	c, err := net.Dial("tcp", o.at)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	if err := <-outcome; err == nil {
		t.Error("64 MiB are written to who reads nothing")
	}
}

func TestLargeBodies(t *testing.T) {
	o := open(t, Options{Limits: Limits{Body: 1 << 20, Uploads: 1, Patience: 200 * time.Millisecond}, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := io.Copy(io.Discard, r.Body)
		switch {
		case fault.KindOf(err) == fault.KindUnavailable:
			http.Error(w, "no turn", http.StatusServiceUnavailable)
		case err != nil:
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		}
	})})
	url := "http://" + o.at
	if status, _ := ask(t, client(t, nil), "POST", url, strings.Repeat("x", 1<<20)); status != http.StatusOK {
		t.Errorf("1 MiB gets %d", status)
	}
	if status, _ := ask(t, client(t, nil), "POST", url, strings.Repeat("x", 1<<20+1)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("1 MiB and a byte gets %d", status)
	}
	if status := chunked(t, o.at, strings.Repeat("x", 1<<20+1)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("1 MiB and a byte without a length gets %d", status)
	}
	o.uploads.all <- struct{}{} // somebody has the one turn and does not leave
	if status, _ := ask(t, client(t, nil), "POST", url, strings.Repeat("x", 100_000)); status != http.StatusServiceUnavailable {
		t.Errorf("without a turn a large body gets %d", status)
	}
	if status, _ := ask(t, client(t, nil), "POST", url, strings.Repeat("x", 1000)); status != http.StatusOK {
		t.Errorf("a small body waits for large ones: %d", status)
	}
	<-o.uploads.all
}

func chunked(t *testing.T, at, body string) int {
	t.Helper()
	c, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	go fmt.Fprintf(c, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(body), body)
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	return r.StatusCode
}

// One address may not ask for all there is.
func TestRequestsOfOneAddress(t *testing.T) {
	a := &asked{most: 2, total: 3}
	one, other := network(addressOf("192.0.2.1:1")), network(addressOf("[2001:db8::1]:1"))
	if same := network(addressOf("[2001:db8::2]:9")); same != other {
		t.Errorf("two addresses of one network count as two")
	}
	var got []bool
	for range 3 {
		got = append(got, a.begin(one))
	}
	if !slices.Equal(got, []bool{true, true, false}) {
		t.Errorf("of three requests of one address were taken: %v", got)
	}
	if !a.begin(other) || a.begin(other) {
		t.Error("more is asked for than the total")
	}
	for range 2 {
		a.end(one)
	}
	a.end(other)
	if a.all != 0 || len(a.per) != 0 {
		t.Errorf("%d are left, of %d", a.all, len(a.per))
	}
}

func TestTakenPort(t *testing.T) {
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = Listen(t.Context(), l.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "is taken") {
		t.Errorf("a taken port: %v", err)
	}
	for _, wrong := range []string{"8300", "127.0.0.1:99999", "192.0.2.1:0"} {
		if l, err := Listen(t.Context(), wrong); err == nil {
			l.Close()
			t.Errorf("it listens at %s", wrong)
		}
	}
}
