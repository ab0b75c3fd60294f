package main

import (
	"context"
	"fmt"
	"html"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"
)

// result is what later runs need of ours.
type result struct {
	bytes int    // of one delivery
	page  string // file that holds the page, compressed as usual
	wrong error
}

// waits are the writes under way, and who has them.
type waits struct {
	mu    sync.Mutex
	want  map[int64]int
	each  []time.Duration
	last  map[int64]time.Duration
	full  chan int64
	count map[int64]int
}

func newWaits() *waits {
	return &waits{want: map[int64]int{}, last: map[int64]time.Duration{}, full: make(chan int64, 4096), count: map[int64]int{}}
}

// heard is called for each mark on each stream.
func (w *waits) heard(_ *member, mark int64) {
	took := time.Duration(time.Now().UnixNano() - mark)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.each = append(w.each, took)
	w.last[mark] = took
	if w.count[mark]++; w.count[mark] == w.want[mark] {
		w.full <- mark
	}
}

func (w *waits) expect(mark int64, n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.want[mark] = n
}

// one waits until a write is on every screen.
func (w *waits) one(mark int64, most time.Duration) bool {
	timer := time.After(most)
	for {
		select {
		case got := <-w.full:
			if got == mark {
				return true
			}
		case <-timer:
			return false
		}
	}
}

// paced does writes one by one and measures what they cost the server.
func (p plan) paced(ctx context.Context, c *crowd, pid int, write func(mark int64, n int) error) (row, error) {
	w := newWaits()
	c.heard = w.heard
	reading, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); c.read(reading) }()
	defer func() { stop(); <-done }()
	var r row
	const warm = 3
	var cpu time.Duration
	var wire int64
	lost := 0
	for n := range warm + p.writes {
		if n == warm {
			w.mu.Lock()
			w.each, w.last = nil, map[int64]time.Duration{}
			w.mu.Unlock()
			cpu, wire = spent(pid), c.bytes.Load()
		}
		mark := time.Now().UnixNano()
		w.expect(mark, len(c.members))
		if err := write(mark, n); err != nil {
			return r, err
		}
		if !w.one(mark, 10*time.Second) {
			lost++
		}
		time.Sleep(p.gap)
	}
	deliveries := len(c.members) * p.writes
	r.perDelivery = float64((spent(pid) - cpu).Microseconds()) / float64(deliveries)
	r.event = int(c.bytes.Load()-wire) / deliveries
	w.mu.Lock()
	defer w.mu.Unlock()
	r.each = w.each
	for _, took := range w.last {
		r.last = append(r.last, took)
	}
	if lost > 0 {
		return r, fmt.Errorf("%d of %d writes did not reach every screen in 10 s", lost, warm+p.writes)
	}
	return r, nil
}

// read gives a page with many readers at once for a few seconds.
func (p plan) read(ctx context.Context, url string, cookie func(i int) string) (all []time.Duration, aSecond float64, size int, err error) {
	const span = 5 * time.Second
	ctx, cancel := context.WithTimeout(ctx, span)
	defer cancel()
	var mu sync.Mutex
	var wg sync.WaitGroup
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: p.readers}}
	defer client.CloseIdleConnections()
	for i := range p.readers {
		wg.Go(func() {
			var own []time.Duration
			most := 0
			for ctx.Err() == nil {
				began := time.Now()
				n, code, wrong := pass(ctx, client, url, cookie(i))
				if ctx.Err() != nil {
					break
				}
				if wrong != nil || code != http.StatusOK {
					mu.Lock()
					err = fmt.Errorf("a page: %d %w", code, cmpErr(wrong))
					mu.Unlock()
					break
				}
				own, most = append(own, time.Since(began)), max(most, n)
			}
			mu.Lock()
			defer mu.Unlock()
			all, size = append(all, own...), max(size, most)
		})
	}
	wg.Wait()
	return all, float64(len(all)) / span.Seconds(), size, err
}

func get(ctx context.Context, client *http.Client, url, cookie string) ([]byte, int, error) {
	answer, err := ask(ctx, client, url, cookie, "")
	if err != nil {
		return nil, 0, err
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	return b, answer.StatusCode, err
}

// pass reads a page as browsers take it, compressed, and keeps nothing: the
// reader shares the machine with who is measured.
func pass(ctx context.Context, client *http.Client, url, cookie string) (size, code int, err error) {
	answer, err := ask(ctx, client, url, cookie, "gzip")
	if err != nil {
		return 0, 0, err
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	return int(n), answer.StatusCode, err
}

func ask(ctx context.Context, client *http.Client, url, cookie, encoding string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Cookie", cookie)
	if encoding != "" {
		r.Header.Set("Accept-Encoding", encoding)
	}
	return client.Do(r)
}

const page = "/p/" + string(talks) + "/text"

var (
	liveAddress = regexp.MustCompile(`data-live="(/live\?[^"]*)"`)
	clauseIDs   = regexp.MustCompile(`<div id="c-([0-9a-z]+)"`)
)

// startOurs starts our server, with sessions enough for all streams: each has so
// many at most.
func (p plan) startOurs(ctx context.Context) (*server, error) {
	return start(ctx, append([]string{"ours"}, p.ofOurs(false)...)...)
}

// ofOurs gives what our server is started with.
func (p plan) ofOurs(tls bool) []string {
	const ofSession = 64
	args := []string{fmt.Sprint(p.clauses), fmt.Sprint(1 + p.streams/len(seats)/ofSession), p.profile, ""}
	if tls {
		args[3] = withTLS
	}
	return args
}

// ours measures our server.
func (p plan) ours(ctx context.Context) (result, error) {
	s, err := p.startOurs(ctx)
	if err != nil {
		return result{}, err
	}
	defer s.stop()
	t, err := p.enter(ctx, s)
	if err != nil {
		return result{}, err
	}
	before := memory(s.pid)
	c, err := gather(ctx, p.streams, door{addr: s.Addr, request: func(i int) (string, string) { return t.live[i%len(seats)], s.cookie(i%len(seats), i/len(seats)) }})
	if err != nil {
		return result{}, err
	}
	defer c.leave()
	time.Sleep(2 * time.Second)
	open := memory(s.pid)
	r, err := p.paced(ctx, c, s.pid, t.plenary)
	if err != nil {
		return result{}, err
	}
	r.name, r.perStream = "ours", (open-before)/float64(p.streams)
	if r.pages, r.pagesASecond, r.pageBytes, err = p.read(ctx, "http://"+s.Addr+page, func(i int) string { return s.cookie(i%len(seats), i) }); err != nil {
		return result{}, err
	}
	fmt.Println(r)
	wrong := t.rush(ctx, c, p.rush)
	file, err := packed(t.first[1])
	if err != nil {
		return result{}, err
	}
	return result{bytes: r.event, page: file, wrong: wrong}, nil
}

// bare measures the bare server.
func (p plan) bare(ctx context.Context, size int, file string) (row, error) {
	s, err := start(ctx, "bare", file)
	if err != nil {
		return row{}, err
	}
	defer s.stop()
	before := memory(s.pid)
	c, err := gather(ctx, p.streams, door{addr: s.Addr, request: func(int) (string, string) { return "/live", "" }})
	if err != nil {
		return row{}, err
	}
	defer c.leave()
	time.Sleep(2 * time.Second)
	open := memory(s.pid)
	pad := strings.Repeat("The Parties shall cooperate. ", size/29+1)
	r, err := p.paced(ctx, c, s.pid, func(mark int64, _ int) error {
		body := fmt.Sprintf(`<p>@@%019d `, mark)
		body += pad[:max(0, size-len(body)-48)]
		answer, err := http.Post("http://"+s.Addr+"/write", "text/plain", strings.NewReader(body))
		if err == nil {
			answer.Body.Close()
		}
		return err
	})
	if err != nil {
		fmt.Println("bare:", err) // it loses what a slow reader does not take
	}
	r.name, r.perStream = "bare net/http", (open-before)/float64(p.streams)
	if r.pages, r.pagesASecond, r.pageBytes, err = p.read(ctx, "http://"+s.Addr+"/page", func(int) string { return "" }); err != nil {
		return r, err
	}
	fmt.Println(r)
	return r, nil
}

// table is our server as the crowd knows it.
type table struct {
	*server
	client  *http.Client
	first   []string // the page of each seat before anything was done
	live    []string // the address of its stream
	clauses []string
	done    int
}

func (p plan) enter(ctx context.Context, s *server) (*table, error) {
	t := &table{server: s, client: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}, // fragments are compared as they were written
	}}
	for i := range seats {
		b, code, err := get(ctx, t.client, "http://"+t.Addr+page, t.cookie(i, 0))
		if err != nil || code != http.StatusOK {
			return nil, fmt.Errorf("the page of %s: %d %w", seats[i], code, cmpErr(err))
		}
		live := liveAddress.FindSubmatch(b)
		if live == nil {
			return nil, fmt.Errorf("the page of %s has no stream", seats[i])
		}
		t.first, t.live = append(t.first, string(b)), append(t.live, html.UnescapeString(string(live[1])))
	}
	for _, found := range clauseIDs.FindAllStringSubmatch(t.first[0], -1) {
		t.clauses = append(t.clauses, found[1])
	}
	if len(t.clauses) < p.clauses {
		return nil, fmt.Errorf("the page has %d of %d clauses", len(t.clauses), p.clauses)
	}
	return t, nil
}
