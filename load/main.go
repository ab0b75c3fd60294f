// Command load measures the live server beside a bare one, in one run on this
// machine: how long from a write to the last screen, what a delivery and an open
// page cost, how long a page takes with fifty readers, and whether every stream
// had all that it should and nothing twice.
//
//	go run ./load             measure
//	go run ./load attack      keep others waiting: slow connections, uploads, guesses
//	go run ./load -peers      from one write to the last reader, beside other servers
//	go run ./load -http2      what a stream over HTTP/2 keeps of the memory
//	go run ./load -h          flags
//
// Each server is a process of its own, a child of this one, and ends with it. All
// traffic stays on the loopback; every loop has a count and an end. It needs
// Linux: one thread reads all streams through epoll, so that reading costs the
// same whatever is measured.
//
// Read main.go first, then crowd.go, which reads the streams.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

// plan is what to do, from the flags.
type plan struct {
	streams int
	clauses int
	writes  int
	gap     time.Duration
	rush    time.Duration // for how long 20 acts a second are done
	readers int

	slow, uploads, guesses, hands, nice int // of an attack

	peers   bool
	http2   bool
	profile string // where the profile of our server's processor time goes; "" for none
}

func main() {
	if len(os.Args) > 2 && os.Args[1] == childMark {
		if err := child(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, "load:", err)
			os.Exit(1)
		}
		return
	}
	if len(os.Args) == 2 && os.Args[1] == attackMark {
		if err := besiege(); err != nil {
			fmt.Fprintln(os.Stderr, "load: attacker:", err)
			os.Exit(1)
		}
		return
	}
	var p plan
	flag.IntVar(&p.streams, "streams", 5000, "open streams, over 12 lenses")
	flag.IntVar(&p.clauses, "clauses", 500, "clauses of the text")
	flag.IntVar(&p.writes, "writes", 40, "writes that are measured one by one")
	flag.DurationVar(&p.gap, "gap", 250*time.Millisecond, "pause between them")
	flag.DurationVar(&p.rush, "rush", 10*time.Second, "how long 20 acts a second are done")
	flag.IntVar(&p.readers, "readers", 50, "readers of the page at once")
	flag.IntVar(&p.slow, "slow", 2000, "slow connections of an attack")
	flag.IntVar(&p.uploads, "uploads", 100, "uploads of an attack, at once")
	flag.IntVar(&p.guesses, "guesses", 100_000, "guesses of an attack")
	flag.IntVar(&p.hands, "hands", 64, "guesses at once")
	flag.IntVar(&p.nice, "nice", 10, "by how much the attacker gives way to who is measured")
	flag.BoolVar(&p.peers, "peers", false, "measure beside the peers that this machine has: nginx with nchan, pocketbase")
	flag.BoolVar(&p.http2, "http2", false, "measure what streams over HTTP/2 keep of the memory")
	flag.StringVar(&p.profile, "profile", "", "file for a profile of our server's processor time, for go tool pprof")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "load [flags] [attack]")
		flag.PrintDefaults()
	}
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	do := p.measure
	switch {
	case flag.Arg(0) == "attack":
		do = p.attack
	case p.http2:
		do = p.overHTTP2
	case p.peers:
		do = p.beside
	}
	if err := do(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// measure runs our server, then the bare one with as many bytes an event.
func (p plan) measure(ctx context.Context) error {
	fmt.Printf("%s\n\n%s\n", machine(), header)
	ours, err := p.ours(ctx)
	if err != nil {
		return fmt.Errorf("ours: %w", err)
	}
	defer os.Remove(ours.page)
	for _, size := range []int{ours.bytes, 256} {
		if _, err := p.bare(ctx, size, ours.page); err != nil {
			return fmt.Errorf("bare: %w", err)
		}
	}
	fmt.Printf("\n%s\n", machine())
	return ours.wrong
}
