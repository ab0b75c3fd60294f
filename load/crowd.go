package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"hash/maphash"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// mark is what a write carries and every screen looks for: "@@" and the time of
// the write in nanoseconds, 19 digits.
const mark = "@@"

// crowd are all who have a page open. One thread reads for all.
type crowd struct {
	epoll   int
	members map[int]*member // by file descriptor
	files   []*os.File
	heard   func(m *member, at int64) // told of each mark, on the reading thread
	bytes   atomic.Int64
	broken  atomic.Int64
}

// member is one open stream.
type member struct {
	fd      int
	seat    int
	raw     bool   // see door
	left    int    // bytes left of the chunk that is being read; -1 within its head
	head    []byte // of the chunk, as far as it was read
	event   []byte // what has come of an event
	last    map[string]uint64
	twice   int // events that said again what was just said of the same fragment
	marks   map[int64]bool
	cursor  string
	stopped bool
}

// bodies keeps the HTML of fragments by hash: equal lenses share it.
var (
	seed   = maphash.MakeSeed()
	bodies sync.Map
)

// source gives an address of this machine to connect from, a few hundred streams
// to each: as many browsers would come.
func source(i int) *net.TCPAddr { return &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(1+i/400))} }

// door is how one gets at the streams of a server.
type door struct {
	addr    string
	request func(i int) (path, cookie string)  // of each stream
	joined  func(in *bufio.Reader) (err error) // what is done once one is open; nil for nothing
	raw     bool                               // marks are looked for in whatever comes, and nothing else is
}

// gather opens n streams.
func gather(ctx context.Context, n int, d door) (*crowd, error) {
	epoll, err := syscall.EpollCreate1(0)
	if err != nil {
		return nil, err
	}
	c := &crowd{epoll: epoll, members: map[int]*member{}}
	var mu sync.Mutex
	var wrong error
	var wg sync.WaitGroup
	next := make(chan int)
	for range 16 {
		wg.Go(func() {
			for i := range next {
				f, rest, err := d.subscribe(ctx, i)
				mu.Lock()
				if err != nil {
					wrong = err
				} else {
					m := &member{fd: int(f.Fd()), seat: i % len(seats), left: -1, raw: d.raw, last: map[string]uint64{}, marks: map[int64]bool{}}
					_ = syscall.SetNonblock(m.fd, true)
					c.members[m.fd] = m
					c.files = append(c.files, f)
					m.take(c, rest)
				}
				mu.Unlock()
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	if wrong != nil {
		c.leave()
		return nil, wrong
	}
	for fd := range c.members {
		if err := syscall.EpollCtl(epoll, syscall.EPOLL_CTL_ADD, fd, &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(fd)}); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (d door) subscribe(ctx context.Context, i int) (*os.File, []byte, error) {
	path, cookie := d.request(i)
	conn, err := (&net.Dialer{LocalAddr: source(i), Timeout: 20 * time.Second}).DialContext(ctx, "tcp", d.addr)
	if err != nil {
		return nil, nil, err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\nCookie: %s\r\n\r\n", path, d.addr, cookie)
	r := bufio.NewReaderSize(conn, 4<<10)
	status, err := r.ReadString('\n')
	if err != nil || !strings.Contains(status, " 200 ") {
		return nil, nil, fmt.Errorf("a stream was not opened: %q %w", status, cmpErr(err))
	}
	for line := ""; line != "\r\n"; {
		if line, err = r.ReadString('\n'); err != nil {
			return nil, nil, err
		}
	}
	if d.joined != nil {
		if err := d.joined(r); err != nil {
			return nil, nil, err
		}
	}
	rest, _ := r.Peek(r.Buffered())
	f, err := conn.(*net.TCPConn).File()
	return f, bytes.Clone(rest), err
}

func cmpErr(err error) error {
	if err == nil {
		return http.ErrNotSupported
	}
	return err
}

// read reads for all until the context ends.
func (c *crowd) read(ctx context.Context) {
	events := make([]syscall.EpollEvent, 512)
	buf := make([]byte, 256<<10)
	for ctx.Err() == nil {
		n, err := syscall.EpollWait(c.epoll, events, 100)
		if err != nil && err != syscall.EINTR {
			return
		}
		for _, e := range events[:max(0, n)] {
			m := c.members[int(e.Fd)]
			k, err := syscall.Read(m.fd, buf)
			switch {
			case err == syscall.EAGAIN || err == syscall.EINTR:
			case err != nil || k <= 0:
				_ = syscall.EpollCtl(c.epoll, syscall.EPOLL_CTL_DEL, m.fd, nil)
				if !m.stopped {
					m.stopped = true
					c.broken.Add(1)
				}
			default:
				c.bytes.Add(int64(k))
				m.take(c, buf[:k])
			}
		}
	}
}

// take takes bytes off the wire: chunks (RFC 9112, section 7.1).
func (m *member) take(c *crowd, b []byte) {
	if m.raw {
		m.look(c, b)
		return
	}
	for len(b) > 0 {
		if m.left < 0 {
			i := bytes.IndexByte(b, '\n')
			if i < 0 {
				m.head = append(m.head, b...)
				return
			}
			size := strings.TrimSpace(string(append(m.head, b[:i]...)))
			m.head, b = m.head[:0], b[i+1:]
			if size != "" { // else the end of the chunk before
				_, _ = fmt.Sscanf(size, "%x", &m.left)
			}
			continue
		}
		n := min(m.left, len(b))
		m.events(c, b[:n])
		b = b[n:]
		if m.left -= n; m.left == 0 {
			m.left = -1
		}
	}
}

// look looks for marks in bytes off the wire, whatever stands around them.
func (m *member) look(c *crowd, b []byte) {
	const whole = len(mark) + 19
	if len(m.event) > 0 {
		b = append(m.event, b...)
	}
	m.heard(c, b)
	m.event = append(m.event[:0], b[max(0, len(b)-whole+1):]...) // a mark may have been cut
}

// events takes bytes of the stream.
func (m *member) events(c *crowd, b []byte) {
	if len(m.event) > 0 {
		m.event = append(m.event, b...)
		b = m.event
	}
	for {
		i := bytes.Index(b, []byte("\n\n"))
		if i < 0 {
			m.event = append(m.event[:0], b...)
			return
		}
		m.one(c, b[:i])
		b = b[i+2:]
	}
}

func (m *member) one(c *crowd, event []byte) {
	if id, found := bytes.CutPrefix(event, []byte("id: ")); found {
		m.cursor = string(id)
		return
	}
	data, found := bytes.CutPrefix(event, []byte("event: fragment\ndata: "))
	if !found {
		return
	}
	m.heard(c, data)
	if id, found := bytes.CutPrefix(data, []byte(`<div id="`)); found {
		id, _, _ = bytes.Cut(id, []byte(`"`))
		sum := maphash.Bytes(seed, data)
		if was, said := m.last[string(id)]; said && was == sum {
			m.twice++
		}
		if string(id) == "text" { // all of its parts came with it
			for part := range m.last {
				if strings.HasPrefix(part, "c-") {
					delete(m.last, part)
				}
			}
		}
		m.last[string(id)] = sum
		if _, kept := bodies.Load(sum); !kept {
			bodies.Store(sum, strings.ReplaceAll(string(data), "\ndata: ", "\n"))
		}
	}
}

// heard tells of each mark that is new to a member.
func (m *member) heard(c *crowd, rest []byte) {
	for {
		i := bytes.Index(rest, []byte(mark))
		if i < 0 || len(rest) < i+2+19 {
			return
		}
		var at int64
		digits := 0
		for _, d := range rest[i+2 : i+2+19] {
			if d < '0' || d > '9' {
				break
			}
			at = at*10 + int64(d-'0')
			digits++
		}
		rest = rest[i+2+digits:]
		if digits == 19 && !m.marks[at] {
			m.marks[at] = true
			if c.heard != nil {
				c.heard(m, at)
			}
		}
	}
}

func (c *crowd) leave() {
	for _, f := range c.files {
		f.Close()
	}
	_ = syscall.Close(c.epoll)
}
