package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// started is a demonstration that serves, run as anyone would.
type started struct {
	said string // what it printed until it served
	url  string
	end  chan int
	err  *bytes.Buffer // for reading when it has ended
}

// start runs paraph demo and reads what it prints, up to the last seat.
func start(t *testing.T, ctx context.Context, args ...string) started {
	t.Helper()
	out, in := io.Pipe()
	s := started{end: make(chan int, 1), err: new(bytes.Buffer)}
	go func() {
		code := run(ctx, append([]string{"demo", "--listen", "127.0.0.1:0"}, args...), nil, strings.NewReader(""), in, s.err)
		in.Close()
		s.end <- code
	}()
	said := make([]byte, 0, 4096)
	for !bytes.Contains(said, []byte("European states\n")) {
		part := make([]byte, 4096)
		n, err := out.Read(part)
		if err != nil {
			t.Fatalf("it ended with %d and said %q, %q", <-s.end, said, s.err)
		}
		said = append(said, part[:n]...)
	}
	go io.Copy(io.Discard, out)
	s.said = string(said)
	s.url = regexp.MustCompile(`http://[^\s/]+`).FindString(s.said)
	return s
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

func TestDemoServesAndLeavesNothing(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	s := start(t, t.Context())
	for _, want := range []string{
		"/p/vesna/", "/p/ukraine-december-2025/", "AOM  chair     Aldery Office for Mediation", "TAB  observer", "UA   party     Ukraine",
	} {
		if !strings.Contains(s.said, want) {
			t.Errorf("it does not say %q: %s", want, s.said)
		}
	}
	if code, body := get(t, s.url+"/"); code != http.StatusOK || !strings.Contains(body, "The Lake Vesna water talks") {
		t.Errorf("the first page answers %d", code)
	}
	if code, _ := get(t, s.url+"/p/vesna/"); code != http.StatusOK {
		t.Errorf("the page of a process answers %d", code)
	}
	if code, _ := get(t, s.url+"/p/tea/"); code != http.StatusNotFound {
		t.Errorf("a process that is not there answers %d", code)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) != 1 {
		t.Errorf("while it serves there are %d folders: %v", len(left), err)
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := <-s.end; code != exitDone {
		t.Errorf("it ends with %d: %s", code, s.err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) != 0 {
		t.Errorf("it leaves %d folders: %v", len(left), err)
	}
}

// A page that somebody has open does not keep the demonstration from ending.
func TestDemoEndsUnderOpenPages(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	ctx, end := context.WithCancel(t.Context())
	s := start(t, ctx)
	r, err := http.Get(s.url + "/live?page=/p/vesna/text")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		t.Fatalf("the stream answers %d", r.StatusCode)
	}
	end()
	if code := <-s.end; code != exitDone {
		t.Errorf("it ends with %d: %s", code, s.err)
	}
	if _, err := io.ReadAll(r.Body); err != nil {
		t.Errorf("the stream was broken off: %v", err)
	}
}

// A record that is kept goes on where it was.
func TestDemoKeepsWhatItIsToldToKeep(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "kept", "here")
	var first string
	for range 2 {
		ctx, end := context.WithCancel(t.Context())
		s := start(t, ctx, "--data", folder)
		if strings.Contains(s.said, "thrown away") {
			t.Error("it says that it throws the record away")
		}
		_, page := get(t, s.url+"/p/vesna/versions")
		page = strings.ReplaceAll(page, s.url, "")
		if first != "" && page != first {
			t.Error("what was kept is played again, or gone")
		}
		first = page
		end()
		if code := <-s.end; code != exitDone {
			t.Fatalf("it ends with %d: %s", code, s.err)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "record.paraph")); err != nil {
		t.Error(err)
	}
}

func TestDemoOnATakenPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	var out, said bytes.Buffer
	code := run(t.Context(), []string{"demo", "--listen", taken.Addr().String()}, nil, strings.NewReader(""), &out, &said)
	_, port, _ := net.SplitHostPort(taken.Addr().String())
	want := "paraph: port " + port + " of 127.0.0.1 is taken (end what serves there, or take a free port: paraph demo --listen 127.0.0.1:0)\n"
	if code != exitWrong || out.Len() != 0 || said.String() != want {
		t.Errorf("it ends with %d, prints %q and says %q", code, out.String(), said.String())
	}
}
