package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"paraph/demo"
	"paraph/desk"
	"paraph/fault"
	"paraph/gate"
	"paraph/process"
	"paraph/record"
	"paraph/store/sqlite"
	"paraph/web"
)

type demoCmd struct {
	Listen string `default:"127.0.0.1:8200" placeholder:"HOST:PORT" help:"Where to serve: this machine alone. Port 0 takes a free one. (${default})"`
	printerFlag
	Data string `placeholder:"DIR" help:"Keep the record in this folder, instead of one that is thrown away."`
}

func (demoCmd) Help() string {
	return `Opens the worked example and serves it to this machine, until it is interrupted.
Anyone here may sit in any seat of it.

Examples:

    paraph demo
    paraph demo --listen 127.0.0.1:0
    paraph demo --data example`
}

// Run opens the example, tells where it stands, and serves it until the program
// is told to end. A record that nobody asked to keep is gone then.
func (c demoCmd) Run(p *program) (err error) {
	ctx, stop := signal.NotifyContext(p.ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	listener, err := c.listen(ctx)
	if err != nil {
		return err
	}
	defer listener.Close() // of one that was served, it changes nothing
	folder, drop, err := c.folder()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, drop()) }()
	store, err := sqlite.Open(filepath.Join(folder, "record.paraph"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := demo.Play(ctx, store); err != nil {
		return err
	}
	d := desk.New(store, desk.Options{})
	seats, err := c.tell(ctx, p, d, listener.Addr())
	if err != nil {
		return err
	}
	printer, err := c.printer()
	if err != nil {
		return err
	}
	pages := web.New(d, web.Options{Demo: true, Seats: seats, Printer: printer})
	return gate.New(gate.Options{Handler: pages}).Serve(ctx, listener)
}

// listen opens the port. Only this machine's own names will do: everybody who
// reaches the demonstration may sit in any seat.
func (c demoCmd) listen(ctx context.Context) (net.Listener, error) {
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return nil, usagef("%q is not an address to listen at: HOST:PORT, as in 127.0.0.1:8200", c.Listen)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, usagef("the demonstration serves this machine alone, not %q: use 127.0.0.1, [::1] or localhost", host)
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", c.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fault.Unavailable("port %s of %s is taken", port, host).
			With("end what serves there, or take a free port: paraph demo --listen %s", net.JoinHostPort(host, "0")).Because(err)
	}
	if err != nil {
		return nil, fault.Unavailable("nothing can be served at %s: %v", c.Listen, cause(err)).Because(err)
	}
	if at, ok := listener.Addr().(*net.TCPAddr); !ok || !at.IP.IsLoopback() {
		return nil, errors.Join(usagef("%s is not this machine alone but %s", host, listener.Addr()), listener.Close())
	}
	return listener, nil
}

// folder gives the folder of the record, and what takes it away in the end.
func (c demoCmd) folder() (string, func() error, error) {
	if c.Data != "" {
		if err := os.MkdirAll(c.Data, 0o700); err != nil {
			return "", nil, fault.Unavailable("the folder %s cannot be made: %v", c.Data, cause(err)).Because(err)
		}
		return c.Data, func() error { return nil }, nil
	}
	made, err := os.MkdirTemp("", "paraph-demo-")
	if err != nil {
		return "", nil, fault.Unavailable("there is no place for the record: %v", cause(err)).Because(err)
	}
	return made, func() error { return os.RemoveAll(made) }, nil
}

// tell prints where the demonstration stands, and gives the seats that one may
// sit in.
func (c demoCmd) tell(ctx context.Context, p *program, d *desk.Desk, at net.Addr) (map[record.ProcessID][]record.Seat, error) {
	fmt.Fprintf(p.out, "The demonstration is open at http://%s/ until Ctrl-C.\n", at)
	if c.Data == "" {
		fmt.Fprintln(p.out, "Its record is thrown away then.")
	}
	seats := map[record.ProcessID][]record.Seat{}
	for _, id := range demo.Processes() {
		var table process.ProcessView
		err := d.Look(ctx, id, record.Lens{}, func(v desk.View) error {
			table = process.SeeProcess(v.Process)
			return nil
		})
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(p.out, "\n%s\n  http://%s/p/%s/\n  Sit as:\n", table.Title, at, id)
		for _, s := range table.Seats {
			fmt.Fprintf(p.out, "    %-4s %-9s %s\n", s.Seat, s.Role, s.Name)
			seats[id] = append(seats[id], s.Seat)
		}
	}
	if !web.Built() {
		fmt.Fprintln(p.err, "paraph: built without style and script: make demo builds both")
	}
	return seats, p.out.Flush()
}
