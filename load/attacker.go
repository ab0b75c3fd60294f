package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// attackMark is the first argument of a process that attacks. It is one of its
// own, so that what it spends of the machine can be told and held down: whoever
// attacks in earnest brings machines of their own.
const attackMark = "-attack"

// target is what an attacker is told.
type target struct {
	Addr    string
	Leaked  []string // links that somebody lost, without their words
	Insider string   // the cookie of a delegate who means ill
	Slow    int      // connections that send or take next to nothing
	Uploads int      // bodies that are sent at once, again and again
	Guesses int      // at the door, by all
	Hands   int      // that guess at once
}

// tally is what came of an attack.
type tally struct {
	Answers map[int]int // guesses by status; 0 for those that were not answered
	In      int         // guesses that let somebody in
	Slow    int         // connections that are open still
	Closed  int         // slow connections that the server closed
	Uploads int         // bodies that were refused, or taken
	Spent   time.Duration
	Took    time.Duration // for all guesses
}

// siege is an attack under way.
type siege struct {
	target
	slow, closed, uploads, next atomic.Int64

	mu    sync.Mutex
	tally tally
}

// besiege attacks what it is told of until its standard input is closed. It says
// "ready" when all slow connections are open, and its tally when the guesses are
// used up.
func besiege() error {
	in := bufio.NewReader(os.Stdin)
	line, err := in.ReadString('\n')
	if err != nil {
		return err
	}
	s := siege{tally: tally{Answers: map[int]int{}}}
	if err := json.Unmarshal([]byte(line), &s.target); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		_, _ = io.Copy(io.Discard, in)
		cancel()
	}()
	for i := range s.Slow {
		go s.drip(ctx, i)
	}
	for i := range s.Uploads {
		go s.pour(ctx, i)
	}
	for range 100 {
		if s.slow.Load() >= int64(s.Slow) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	fmt.Println("ready")
	began := time.Now()
	var wg sync.WaitGroup
	for i := range s.Hands {
		wg.Go(func() { s.guess(ctx, i) })
	}
	wg.Wait()
	t := s.tally
	t.Took, t.Spent = time.Since(began), ownTime()
	t.Slow, t.Closed, t.Uploads = int(s.slow.Load()), int(s.closed.Load()), int(s.uploads.Load())
	if err := json.NewEncoder(os.Stdout).Encode(t); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// ownTime gives the processor time of this process.
func ownTime() time.Duration {
	var use syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &use)
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// from connects from an address of this machine, as other machines would.
func from(ctx context.Context, addr string, at net.IP) (net.Conn, error) {
	return (&net.Dialer{LocalAddr: &net.TCPAddr{IP: at}, Timeout: 10 * time.Second}).DialContext(ctx, "tcp", addr)
}

// drip keeps a connection that is slow in one of three ways: it sends a head
// byte by byte, or a body, or it asks for pages and takes none. One that is
// closed comes again.
func (s *siege) drip(ctx context.Context, i int) {
	first := []string{
		"GET " + page + " HTTP/1.1\r\nHost: " + s.Addr + "\r\nX-Slow: ",
		"POST /passkey/finish HTTP/1.1\r\nHost: " + s.Addr + "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n",
		"GET /sign-in HTTP/1.1\r\nHost: " + s.Addr + "\r\n\r\n",
	}[i%3]
	more := "a"
	if i%3 == 2 {
		more = first
	}
	for ctx.Err() == nil {
		s.dripOnce(ctx, net.IPv4(127, 0, 2, byte(1+i/900)), first, more)
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func (s *siege) dripOnce(ctx context.Context, at net.IP, first, more string) {
	conn, err := from(ctx, s.Addr, at)
	if err != nil {
		return
	}
	defer conn.Close()
	_ = conn.(*net.TCPConn).SetReadBuffer(2 << 10)
	if _, err := io.WriteString(conn, first); err != nil {
		return
	}
	s.slow.Add(1)
	defer s.slow.Add(-1)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = conn.SetWriteDeadline(time.Now().Add(10 * time.Second))
			if _, err := io.WriteString(conn, more); err != nil {
				s.closed.Add(1)
				return
			}
		}
	}
}

// pour sends 25 MiB where a form belongs, again and again: most of those who do
// are nobody, and one in four is signed in.
func (s *siege) pour(ctx context.Context, i int) {
	length := []string{"Content-Length: 26214400", "Transfer-Encoding: chunked"}[i%2]
	head := "POST " + page[:len(page)-len("/text")] + "/propose HTTP/1.1\r\nHost: " + s.Addr + "\r\nSec-Fetch-Site: same-origin\r\n" +
		"Content-Type: application/x-www-form-urlencoded\r\n" + length + "\r\n"
	if i%4 == 0 {
		head += "Cookie: " + s.Insider + "\r\n"
	}
	for ctx.Err() == nil {
		s.pourOnce(ctx, net.IPv4(127, 0, 3, byte(1+i)), head+"\r\n", i%2 == 1)
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (s *siege) pourOnce(ctx context.Context, at net.IP, head string, chunked bool) {
	conn, err := from(ctx, s.Addr, at)
	if err != nil {
		return
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Now()) })
	defer stop()
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		_, _ = bufio.NewReader(conn).ReadString('\n')
		_ = conn.SetWriteDeadline(time.Now()) // no browser goes on sending what was refused
	}()
	defer func() { <-answered; s.uploads.Add(1) }()
	_ = conn.SetReadDeadline(time.Now().Add(30 * time.Second))
	if _, err := io.WriteString(conn, head); err != nil {
		return
	}
	piece := words
	if chunked {
		piece = wordsInChunk
	}
	for range (25 << 20) / len(words) {
		if _, err := conn.Write(piece); err != nil {
			return
		}
	}
}

// words are made before: the attacker shares the machine with who is measured.
var (
	words        = fill('w', 64<<10)
	wordsInChunk = append(append([]byte("10000\r\n"), words...), '\r', '\n')
)

func fill(with byte, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = with
	}
	return b
}
