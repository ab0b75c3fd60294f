package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// attack keeps connections open that send almost nothing, and sends bodies that
// are too large, while honest people read. Their pages may take three times as
// long as in quiet, and the server may hold half a gigabyte.
func (p plan) attack(ctx context.Context) error {
	s, err := p.startOurs(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	t, err := p.enter(ctx, s)
	if err != nil {
		return err
	}
	address := "http://" + s.Addr + page
	cookie := func(i int) string { return s.cookie(i%len(seats), i) }
	if _, _, _, err := p.read(ctx, address, cookie); err != nil { // warm
		return err
	}
	quiet, _, _, err := p.read(ctx, address, cookie)
	if err != nil {
		return err
	}
	attacking, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	var most atomic.Int64
	wg.Go(func() {
		for attacking.Err() == nil {
			most.Store(max(most.Load(), int64(memory(s.pid))))
			time.Sleep(20 * time.Millisecond)
		}
	})
	for i := range 2000 {
		wg.Go(func() { drip(attacking, s.Addr, i) })
	}
	for i := range 100 {
		wg.Go(func() { pour(attacking, address, i) })
	}
	time.Sleep(2 * time.Second)
	loaded, _, _, err := p.read(ctx, address, cookie)
	a, clause := t.next(toAll)
	began := time.Now()
	wrong := t.table(a, clause)
	took := time.Since(began)
	stop()
	wg.Wait()
	fmt.Printf("%s\n%d readers: quiet %s / %s, under attack %s / %s (p50 / p99)\n", machine(), p.readers, ms(quiet, 50), ms(quiet, 99), ms(loaded, 50), ms(loaded, 99))
	fmt.Printf("a true act took %v; the server held up to %d MiB\n", took.Round(time.Millisecond), most.Load()>>10)
	if at(loaded, 99) > 3*at(quiet, 99) || most.Load() > 512<<10 {
		err = errors.Join(err, errors.New("others had to wait, or the server held too much"))
	}
	return errors.Join(err, wrong)
}

// drip opens a connection and sends a head byte by byte.
func drip(ctx context.Context, addr string, i int) {
	conn, err := (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 2, byte(1+i/900))}}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET "+page+" HTTP/1.1\r\nHost: "+addr+"\r\nX-Slow: "); err != nil {
		return
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if _, err := io.WriteString(conn, "a"); err != nil {
				return
			}
		}
	}
}

// pour sends 25 MiB where a form belongs, again and again.
func pour(ctx context.Context, address string, i int) {
	client := &http.Client{Transport: &http.Transport{DialContext: (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 3, byte(1+i))}}).DialContext}}
	for range 20 {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, address[:len(address)-len("/text")]+"/propose", io.LimitReader(forever{}, 25<<20))
		if err != nil {
			return
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		answer, err := client.Do(r)
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			_, _ = io.Copy(io.Discard, answer.Body)
			answer.Body.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// forever is a form without end.
type forever struct{}

func (forever) Read(p []byte) (int, error) { return copy(p, words), nil }

// words are made before: the attacker shares the machine with who is measured.
var words = bytes.Repeat([]byte("w"), 64<<10)
