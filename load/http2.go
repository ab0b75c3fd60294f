package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// overHTTP2 measures what an idle stream keeps of a server's memory over TLS and
// HTTP/2, each on a connection of its own, as each is of another person.
func (p plan) overHTTP2(ctx context.Context) error {
	fmt.Printf("%s\n\nserver        streams over HTTP/2   KiB/stream   KiB/stream, garbage collected\n", machine())
	s, err := start(ctx, append([]string{"ours"}, p.ofOurs(true)...)...)
	if err != nil {
		return err
	}
	live, err := liveOf(ctx, s)
	if err == nil {
		err = p.idle(ctx, "ours", s, func(i int) (string, string) { return live[i%len(seats)], s.cookie(i%len(seats), i/len(seats)) })
	}
	s.stop()
	if err != nil {
		return err
	}
	file, err := packed("")
	if err != nil {
		return err
	}
	defer os.Remove(file)
	b, err := start(ctx, "bare", file, withTLS)
	if err != nil {
		return err
	}
	defer b.stop()
	return p.idle(ctx, "bare", b, func(int) (string, string) { return "/live", "" })
}

// anyCertificate is taken: it is that of a child.
var anyCertificate = &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2"}, MinVersion: tls.VersionTLS13}

// liveOf gives the address of the stream of each seat's page.
func liveOf(ctx context.Context, s *server) (live []string, err error) {
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: anyCertificate, ForceAttemptHTTP2: true}}
	defer client.CloseIdleConnections()
	for i := range seats {
		b, code, err := get(ctx, client, "https://"+s.Addr+page, s.cookie(i, 0))
		if err != nil {
			return nil, err
		}
		found := liveAddress.FindSubmatch(b)
		if found == nil {
			return nil, fmt.Errorf("the page of %s is answered %d and has no stream", seats[i], code)
		}
		live = append(live, html.UnescapeString(string(found[1])))
	}
	return live, nil
}

// idle opens streams and looks at what they keep.
func (p plan) idle(ctx context.Context, name string, s *server, request func(i int) (path, cookie string)) error {
	s.rest()
	before := memory(s.pid)
	var mu sync.Mutex
	var all []net.Conn
	var wrong error
	defer func() {
		for _, c := range all {
			c.Close()
		}
	}()
	var wg sync.WaitGroup
	next := make(chan int)
	for range 16 {
		wg.Go(func() {
			for i := range next {
				path, cookie := request(i)
				c, err := openHTTP2(ctx, s.Addr, source(i), path, cookie)
				mu.Lock()
				if err == nil {
					all = append(all, c)
				}
				wrong = errors.Join(wrong, err)
				mu.Unlock()
			}
		})
	}
	for i := range p.streams {
		if ctx.Err() == nil {
			next <- i
		}
	}
	close(next)
	wg.Wait()
	if wrong != nil {
		return wrong
	}
	time.Sleep(time.Second)
	open := memory(s.pid)
	s.rest()
	rested := memory(s.pid)
	n := float64(len(all))
	fmt.Printf("%-13s %19d %12.1f %32.1f\n", name, len(all), (open-before)/n, (rested-before)/n)
	return nil
}

// The frames of HTTP/2 that are needed to open a stream (RFC 9113, section 6).
const (
	framesData     = 0x0
	framesHeaders  = 0x1
	framesSettings = 0x4
)

// openHTTP2 opens a stream on a connection of its own, and gives it when the first
// bytes of the stream have come.
func openHTTP2(ctx context.Context, addr string, from *net.TCPAddr, path, cookie string) (net.Conn, error) {
	d := tls.Dialer{NetDialer: &net.Dialer{LocalAddr: from, Timeout: 20 * time.Second},
		Config: anyCertificate}
	c, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	_ = c.SetDeadline(time.Now().Add(time.Minute))
	// The block of the request (RFC 7541): indices of the static table, and fields
	// that are written out and not kept.
	block := []byte{0x82, 0x87, 0x04}
	block = spelt(block, path)
	block = spelt(append(block, 0x01), addr)
	if cookie != "" {
		block = spelt(append(block, 0x0f, 32-15), cookie)
	}
	var b bytes.Buffer
	b.WriteString("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
	putFrame(&b, framesSettings, 0, 0, nil)
	putFrame(&b, framesSettings, 0x1, 0, nil) // theirs are taken, whatever they are
	putFrame(&b, framesHeaders, 0x5, 1, block)
	if _, err := c.Write(b.Bytes()); err != nil {
		c.Close()
		return nil, err
	}
	for {
		var head [9]byte
		if _, err := io.ReadFull(c, head[:]); err != nil {
			c.Close()
			return nil, fmt.Errorf("a stream over HTTP/2 was not opened: %w", err)
		}
		payload := make([]byte, int(head[0])<<16|int(head[1])<<8|int(head[2]))
		if _, err := io.ReadFull(c, payload); err != nil {
			c.Close()
			return nil, err
		}
		if head[3] != framesData {
			continue
		}
		if head[4]&0x1 != 0 {
			c.Close()
			return nil, fmt.Errorf("a stream over HTTP/2 ended: %.100s", payload)
		}
		return c, nil
	}
}

// spelt writes a string as it is, its length before it (RFC 7541, section 5.2).
func spelt(b []byte, s string) []byte {
	n := len(s)
	if n < 127 {
		b = append(b, byte(n))
	} else {
		b = append(b, 127)
		for n -= 127; n >= 128; n >>= 7 {
			b = append(b, byte(n)|128)
		}
		b = append(b, byte(n))
	}
	return append(b, s...)
}

func putFrame(b *bytes.Buffer, kind, flags byte, stream uint32, payload []byte) {
	n := len(payload)
	b.Write([]byte{byte(n >> 16), byte(n >> 8), byte(n), kind, flags})
	b.Write(binary.BigEndian.AppendUint32(nil, stream))
	b.Write(payload)
}
