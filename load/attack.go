package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// bound is what an attack may do: the pages of others may take so many times as
// long as in quiet, and the server may hold so many KiB.
const (
	boundTimes  = 3
	boundMemory = 512 << 10
)

// attack measures our server and the bare one in quiet and under the same
// attack, and whether a true user still gets in. The bare one refuses everything
// at once, so what it loses is what the attacker takes of this machine.
func (p plan) attack(ctx context.Context) error {
	fmt.Printf("%s\n%d slow connections, %d uploads and %d guesses at once; the attacker is a process of its own, of nice %d, and shares the machine\n\n",
		machine(), p.slow, p.uploads, p.guesses, p.nice)
	s, err := p.startOurs(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	t, err := p.enter(ctx, s)
	if err != nil {
		return err
	}
	honest, err := newUser(s)
	if err != nil {
		return fmt.Errorf("the true user does not get in, in quiet: %w", err)
	}
	ours := under{plan: p, s: s, url: "http://" + s.Addr + page, cookie: func(i int) string { return s.cookie(i%len(seats), i) }}
	wrong := ours.measure(ctx, "ours", func(ctx context.Context) error { return honest.tries(ctx, t) })
	fmt.Println()
	file, err := packed(t.first[1])
	if err != nil {
		return errors.Join(wrong, err)
	}
	defer os.Remove(file)
	bare, err := start(ctx, "bare", file)
	if err != nil {
		return errors.Join(wrong, err)
	}
	defer bare.stop()
	bare.Leaked = s.Leaked
	floor := under{plan: p, s: bare, url: "http://" + bare.Addr + "/page", cookie: func(int) string { return "" }}
	_ = floor.measure(ctx, "bare net/http", nil) // it has no bound to keep
	fmt.Printf("\n%s\n", machine())
	return wrong
}

// packed writes a page to a file, compressed as usual.
func packed(page string) (name string, err error) {
	file, err := os.CreateTemp("", "paraph-load-page-")
	if err != nil {
		return "", err
	}
	defer file.Close()
	z := gzip.NewWriter(file)
	if _, err := io.WriteString(z, page); err != nil {
		return "", err
	}
	return file.Name(), z.Close()
}

// under is a server that is attacked while its page is read.
type under struct {
	plan
	s      *server
	url    string
	cookie func(i int) string
}

// measure measures a server in quiet and under attack; tries is done meanwhile,
// nil for nothing.
func (u under) measure(ctx context.Context, name string, tries func(context.Context) error) error {
	for range 2 { // the first is to warm
		if _, _, _, err := u.read(ctx, u.url, u.cookie); err != nil {
			return err
		}
	}
	quiet, quietly, _, err := u.read(ctx, u.url, u.cookie)
	if err != nil {
		return err
	}
	watched, stop := context.WithCancel(ctx)
	defer stop()
	var most atomic.Int64
	go func() {
		for watched.Err() == nil {
			most.Store(max(most.Load(), int64(memory(u.s.pid))))
			time.Sleep(20 * time.Millisecond)
		}
	}()
	a, err := u.send(ctx)
	if err != nil {
		return err
	}
	defer a.stop()
	tried := make(chan error, 1)
	go func() {
		if tries == nil {
			tried <- nil
			return
		}
		tried <- tries(ctx)
	}()
	before, began := spent(u.s.pid), time.Now()
	var loaded []time.Duration
	for len(loaded) == 0 || !a.over() {
		more, _, _, err := u.read(ctx, u.url, u.cookie)
		if err != nil {
			return err
		}
		loaded = append(loaded, more...)
	}
	span := time.Since(began)
	server := spent(u.s.pid) - before
	result, err := a.tally()
	err = errors.Join(err, <-tried)
	fmt.Printf("%s: %d readers, p50 / p99: in quiet %s / %s (%.0f pages/s), under attack %s / %s (%.0f pages/s): %.1f times the p99\n", name,
		u.readers, ms(quiet, 50), ms(quiet, 99), quietly, ms(loaded, 50), ms(loaded, 99), float64(len(loaded))/span.Seconds(),
		float64(at(loaded, 99))/float64(at(quiet, 99)))
	fmt.Printf("  it held %d MiB at most, and spent %.1f cores over %v\n", most.Load()>>10, server.Seconds()/span.Seconds(), span.Round(time.Second))
	fmt.Print(result)
	switch {
	case tries == nil:
	case result.In > 0:
		err = errors.Join(err, fmt.Errorf("%d guesses let somebody in", result.In))
	case at(loaded, 99) > boundTimes*at(quiet, 99):
		err = errors.Join(err, fmt.Errorf("others had to wait more than %d times as long", boundTimes))
	case most.Load() > boundMemory:
		err = errors.Join(err, errors.New("the server held too much"))
	}
	return err
}

// String says what came of an attack.
func (t tally) String() string {
	var answers []string
	for _, status := range slices.Sorted(maps.Keys(t.Answers)) {
		answers = append(answers, fmt.Sprintf("%d: %d", status, t.Answers[status]))
	}
	return fmt.Sprintf("  the attacker spent %.1f cores; its guesses took %v and were answered %s; %d let somebody in\n"+
		"  at the end %d slow connections were open, %d had been closed; %d uploads were answered\n",
		t.Spent.Seconds()/t.Took.Seconds(), t.Took.Round(time.Second), strings.Join(answers, ", "), t.In, t.Slow, t.Closed, t.Uploads)
}

// attacker is a child that attacks.
type attacker struct {
	stop func()
	said chan string
	last string
}

// send sends an attacker, and waits until all of its slow connections are open.
func (u under) send(ctx context.Context) (*attacker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "nice", "-n", fmt.Sprint(u.nice), self, attackMark)
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
	a := &attacker{said: make(chan string, 1), stop: func() {
		in.Close()
		_ = cmd.Wait()
	}}
	insider := len(seats) - 1
	t := target{Addr: u.s.Addr, Leaked: u.s.Leaked, Insider: u.s.cookie(insider, 0), Slow: u.slow, Uploads: u.uploads, Guesses: u.guesses, Hands: u.hands}
	err = json.NewEncoder(in).Encode(t)
	lines := bufio.NewReader(out)
	if err == nil {
		_, err = lines.ReadString('\n')
	}
	if err != nil {
		a.stop()
		return nil, err
	}
	go func() {
		line, _ := lines.ReadString('\n')
		a.said <- line
	}()
	return a, nil
}

// over tells whether the guesses are used up.
func (a *attacker) over() bool {
	select {
	case a.last = <-a.said:
		return true
	default:
		return false
	}
}

// tally gives what came of it, when it is over.
func (a *attacker) tally() (t tally, err error) {
	return t, json.Unmarshal([]byte(a.last), &t)
}
