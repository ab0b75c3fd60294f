package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"paraph/gate"
)

// running is a server that was started as anyone would start it.
type running struct {
	said string // what it printed until it served
	at   string // HOST:PORT
	log  *lines
	code chan int
	end  context.CancelFunc
}

// lines is an output that is read while it is written.
type lines struct {
	mu    sync.Mutex
	b     strings.Builder
	wrote chan struct{} // holds a token when something was written
}

func newLines() *lines { return &lines{wrote: make(chan struct{}, 1)} }

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case l.wrote <- struct{}{}:
	default:
	}
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// initialised makes a data directory.
func initialised(t *testing.T, args ...string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "data")
	var out, said bytes.Buffer
	if code := run(t.Context(), append([]string{"init", "--data", folder}, args...), nil, nil, &out, &said); code != exitDone {
		t.Fatalf("init ends with %d: %s", code, &said)
	}
	return folder
}

// serving starts a server on a free port and waits until it serves.
func serving(t *testing.T, folder string, args ...string) *running {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	r := &running{log: newLines(), code: make(chan int, 1), end: end}
	out := newLines()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		args := append([]string{"serve", "--data", folder, "--listen", "127.0.0.1:0"}, args...)
		r.code <- run(ctx, args, nil, strings.NewReader(""), out, r.log)
	}()
	t.Cleanup(func() { end(); <-ended })
	address := regexp.MustCompile(`"msg":"serving".*"address":"([^"]+)"`)
	for {
		if found := address.FindStringSubmatch(r.log.String()); found != nil && strings.Contains(out.String(), "until Ctrl-C") {
			r.at, r.said = found[1], out.String()
			return r
		}
		select {
		case <-r.log.wrote:
		case <-out.wrote:
		case <-ended:
			t.Fatalf("it ended with %d and said %s", <-r.code, r.log)
		}
	}
}

// stop ends a server and gives its exit code.
func (r *running) stop() int {
	r.end()
	return <-r.code
}

func TestServe(t *testing.T) {
	folder := initialised(t)
	s := serving(t, folder)
	if !strings.HasPrefix(s.said, "Paraph is open at http://localhost:8300 until Ctrl-C.\n") {
		t.Errorf("it says %q", s.said)
	}
	if code, body := get(t, "http://"+s.at+"/"); code != http.StatusOK || !strings.Contains(body, "Paraph") {
		t.Errorf("the first page answers %d", code)
	}

	// Nobody else writes the record meanwhile.
	var out, said bytes.Buffer
	code := run(t.Context(), []string{"serve", "--data", folder, "--listen", "127.0.0.1:0"}, nil, nil, &out, &said)
	if code != exitWrong || !strings.Contains(said.String(), "the record is in use by another program") || strings.Count(said.String(), "\n") != 1 {
		t.Errorf("a second server ends with %d and says %s", code, &said)
	}
	// A port that is taken.
	said.Reset()
	code = run(t.Context(), []string{"serve", "--data", folder, "--listen", s.at}, nil, nil, &out, &said)
	_, port, _ := net.SplitHostPort(s.at)
	if want := "paraph: port " + port + " of 127.0.0.1 is taken (end what serves there, or listen at another port)\n"; code != exitWrong || said.String() != want {
		t.Errorf("on a taken port it ends with %d and says %s", code, &said)
	}
	// A link and a backup are made beside it.
	for _, args := range [][]string{{"admin", "--data", folder}, {"backup", "--data", folder, "--to", filepath.Join(t.TempDir(), "b.tar")}} {
		said.Reset()
		if code := run(t.Context(), args, nil, nil, &out, &said); code != exitDone {
			t.Errorf("paraph %s beside a server ends with %d: %s", args[0], code, &said)
		}
	}

	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := <-s.code; code != exitDone {
		t.Errorf("it ends with %d: %s", code, s.log)
	}
	s.code <- exitDone // for stop
	for _, left := range []string{recordFile + "-wal", peopleFile + "-wal"} {
		if _, err := os.Stat(filepath.Join(folder, left)); err == nil {
			t.Errorf("it leaves %s", left)
		}
	}
}

func TestServeWithItsOwnCertificate(t *testing.T) {
	folder := initialised(t, "--url", "https://talks.example.org")
	s := serving(t, folder, "--metrics", "127.0.0.1:0")
	for _, want := range []string{"Paraph is open at https://talks.example.org until", "SHA-256 fingerprint:\n  ", "It was made just now", folder + "/tls.crt", "Metrics and health: http://127.0.0.1:"} {
		if !strings.Contains(s.said, want) {
			t.Errorf("it does not say %q: %s", want, s.said)
		}
	}
	c := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true}}
	defer c.CloseIdleConnections()
	r, err := http.NewRequest("GET", "https://"+s.at+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]int{"talks.example.org": http.StatusOK, "elsewhere.example.org": http.StatusMisdirectedRequest} {
		r.Host = host
		answer, err := c.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.ProtoMajor != 2 || answer.StatusCode != want {
			t.Errorf("as %s it answers %s %d", host, answer.Proto, answer.StatusCode)
		}
		if print := fmt.Sprintf("% X", sum256(answer.TLS.PeerCertificates[0].Raw)); !strings.Contains(s.said, strings.ReplaceAll(print, " ", ":")) {
			t.Errorf("it shows a certificate with another fingerprint")
		}
	}
	health := regexp.MustCompile(`http://[^/]+`).FindString(s.said[strings.Index(s.said, "Metrics"):])
	if code, body := get(t, health+"/health"); code != http.StatusOK || body != "well\n" {
		t.Errorf("health answers %d %q", code, body)
	}
	if code := s.stop(); code != exitDone {
		t.Errorf("it ends with %d: %s", code, s.log)
	}

	// The next time it is the same one; and it can be given as any other.
	for _, args := range [][]string{nil, {"--cert", folder + "/tls.crt", "--key", folder + "/tls.key"}} {
		again := serving(t, folder, args...)
		if strings.Contains(again.said, "made just now") || !strings.Contains(again.said, regexp.MustCompile(`([0-9A-F]{2}:){31}..`).FindString(s.said)) {
			t.Errorf("it shows another certificate: %s", again.said)
		}
		if own := strings.Contains(again.said, "no browser knows it"); own != (args == nil) {
			t.Errorf("of the certificate it says %s", again.said)
		}
		again.stop()
	}
}

func TestServeBehindAProxy(t *testing.T) {
	folder := initialised(t, "--url", "https://talks.example.org")
	s := serving(t, folder, "--behind-proxy", "X-Forwarded-For")
	if !strings.Contains(s.said, "It speaks plain HTTP, to the proxy alone.") {
		t.Errorf("it says %s", s.said)
	}
	r, err := http.NewRequest("GET", "http://"+s.at+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "talks.example.org"
	for said, want := range map[string]int{"203.0.113.9": http.StatusOK, "": http.StatusBadRequest} {
		r.Header.Set("X-Forwarded-For", said)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("for %q it answers %d", said, answer.StatusCode)
		}
	}
}

// A server that runs for years makes its certificate anew, and says so.
func TestServeRenewsItsCertificate(t *testing.T) {
	folder := initialised(t, "--url", "https://talks.example.org")
	now := time.Now()
	own, _, err := gate.OwnCertificate(folder, "talks.example.org", now)
	if err != nil {
		t.Fatal(err)
	}
	at, err := parseAddress("https://talks.example.org")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		given   string
		in      time.Duration
		says    string
		renewed bool
	}{
		{"", 24 * time.Hour, "", false},
		{"given.pem", 815 * 24 * time.Hour, "the certificate ends soon", false},
		{"", 815 * 24 * time.Hour, "the certificate was made anew", true},
	} {
		said := newLines()
		s := server{data: data{folder: folder}, at: at, own: own, log: gate.NewLog(said, slog.LevelDebug)}
		s.Cert = c.given
		s.renew(now.Add(c.in))
		if c.says == "" && said.String() != "" || !strings.Contains(said.String(), c.says) {
			t.Errorf("after %v it says %q", c.in, said)
		}
		again, err := gate.OpenCertificate(folder+"/tls.crt", folder+"/tls.key")
		if err != nil {
			t.Fatal(err)
		}
		if renewed := again.Fingerprint() != own.Fingerprint(); renewed != c.renewed {
			t.Errorf("after %v it was made anew: %v", c.in, renewed)
		}
	}
}
