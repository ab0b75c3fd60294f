package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"runtime/pprof"
	"strconv"
	"time"

	"paraph/desk"
	"paraph/gate"
	"paraph/store/sqlite"
	"paraph/web"
)

// childMark is the first argument of a process that serves.
const childMark = "-serve"

// withTLS says that a server is to speak TLS, and so HTTP/2.
const withTLS = "tls"

// server is a child that serves.
type server struct {
	Given
	pid  int
	rest func() // lets the server give back what it does not need
	stop func()
}

// cookie gives that of who sits in a seat; which tells apart those who share it.
// It is the one place that knows how one signs in.
func (s *server) cookie(seat, which int) string {
	if len(s.Sessions) == 0 {
		return "" // a bare server knows nobody
	}
	return "__Host-paraph=" + s.Sessions[seat][which%len(s.Sessions[seat])]
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
	rest := func() {
		_, _ = io.WriteString(in, "\n")
		time.Sleep(2 * time.Second)
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
	s := &server{pid: cmd.Process.Pid, rest: rest, stop: stop}
	if err := json.Unmarshal([]byte(line), &s.Given); err != nil {
		stop()
		return nil, err
	}
	return s, nil
}

// child serves until its standard input is closed.
func child(args []string) error {
	dir, kind := args[0], args[1]
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			debug.FreeOSMemory() // see rest
		}
		cancel()
	}()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if kind == "bare" {
		return serveBare(ctx, listener, dir, args[2:])
	}
	return serveOurs(ctx, listener, dir, args[2:])
}

// serveOurs serves a text of so many clauses to people with so many sessions in
// each seat, counts where processor time goes if a file for that is named, and
// speaks TLS if that is said last.
func serveOurs(ctx context.Context, listener net.Listener, dir string, args []string) error {
	store, err := sqlite.Open(filepath.Join(dir, "record.paraph"))
	if err != nil {
		return err
	}
	defer store.Close()
	var sizes [2]int
	for i := range sizes {
		if sizes[i], err = strconv.Atoi(args[i]); err != nil {
			return err
		}
	}
	d := desk.New(store, desk.Options{})
	if err := lay(ctx, d, sizes[0]); err != nil {
		return err
	}
	url := fmt.Sprint("http://localhost:", listener.Addr().(*net.TCPAddr).Port)
	h, err := settle(ctx, dir, url, sizes[1])
	if err != nil {
		return err
	}
	defer h.close()
	pages := web.New(d, web.Options{People: h.register, URL: url})
	if name := args[2]; name != "" {
		done, err := profile(name)
		if err != nil {
			return err
		}
		defer done()
	}
	h.Addr = listener.Addr().String()
	if err := json.NewEncoder(os.Stdout).Encode(h.Given); err != nil {
		return err
	}
	o := gate.Options{Handler: pages}
	if args[3] == withTLS {
		own, _, err := gate.OwnCertificate(dir, "localhost", time.Now())
		if err != nil {
			return err
		}
		o.TLS = own.TLS()
	}
	return gate.New(o).Serve(ctx, listener)
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
