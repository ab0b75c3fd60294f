package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// peer is another server that sends events, as it was found on this machine.
type peer struct {
	name  string
	needs []string // files, or programs on the path, without which it is left out
	start func(ctx context.Context, dir, addr string) (*exec.Cmd, error)
	path  string // of the stream
	ready func(addr string) error
	join  func(addr string, in *bufio.Reader) error // what a subscriber does once the stream is open; nil for nothing
	write func(addr, body string) error
}

var nchanModule = "/usr/lib/nginx/modules/ngx_nchan_module.so" // where Debian's libnginx-mod-nchan puts it

var peers = []peer{
	{name: "nchan", needs: []string{"nginx", nchanModule}, start: startNchan, path: "/sub",
		write: func(addr, body string) error { return send("POST", "http://"+addr+"/pub", "text/plain", "", body, nil) }},
	{name: "pocketbase", needs: []string{"pocketbase"}, start: startPocketBase, path: "/api/realtime", ready: readyPocketBase, join: joinPocketBase,
		write: func(addr, body string) error {
			return send("POST", "http://"+addr+"/api/collections/draft/records", "application/json", "", map[string]string{"body": body}, nil)
		}},
}

// beside measures how long from one write to the last of so many subscribers: the
// bare server, ours, and the peers that are on this machine. All are read alike,
// byte by byte for the mark; what a peer sends is 256 bytes, as the bare server
// does, and ours sends the fragment as it is.
func (p plan) beside(ctx context.Context) error {
	fmt.Printf("%s\n\nsubscribers  server        event B  to the last p50/p99     to each p50/p99     KiB/stream  µs/delivery\n", machine())
	sizes := []int{1000, p.streams}
	if p.streams <= 1000 {
		sizes = sizes[1:]
	}
	for _, n := range sizes {
		p.streams = n
		if err := p.besideOurs(ctx); err != nil {
			return fmt.Errorf("ours: %w", err)
		}
		if err := p.besideBare(ctx); err != nil {
			return fmt.Errorf("bare: %w", err)
		}
		for _, of := range peers {
			if lacks := of.lacks(); lacks != "" {
				fmt.Printf("%11d  %-12s is left out: %s is not here\n", n, of.name, lacks)
				continue
			}
			if err := p.besidePeer(ctx, of); err != nil {
				fmt.Printf("%11d  %-12s is left out: %v\n", n, of.name, err)
			}
		}
	}
	fmt.Printf("\n%s\n", machine())
	return nil
}

func (p plan) besideOurs(ctx context.Context) error {
	s, err := p.startOurs(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	t, err := p.enter(ctx, s)
	if err != nil {
		return err
	}
	d := door{addr: s.Addr, raw: true, request: func(i int) (string, string) { return t.live[i%len(seats)], s.cookie(i%len(seats), i/len(seats)) }}
	return p.besideOne(ctx, "ours", s.pid, d, t.plenary)
}

func (p plan) besideBare(ctx context.Context) error {
	file, err := packed("")
	if err != nil {
		return err
	}
	defer os.Remove(file)
	s, err := start(ctx, "bare", file)
	if err != nil {
		return err
	}
	defer s.stop()
	d := door{addr: s.Addr, raw: true, request: func(int) (string, string) { return "/live", "" }}
	return p.besideOne(ctx, "bare", s.pid, d, func(mark int64, _ int) error {
		return send("POST", "http://"+s.Addr+"/write", "text/plain", "", marked(mark), nil)
	})
}

func (p plan) besidePeer(ctx context.Context, of peer) error {
	dir, err := os.MkdirTemp("", "paraph-load-peer-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	addr, err := freePort()
	if err != nil {
		return err
	}
	cmd, err := of.start(ctx, dir, addr)
	if err != nil {
		return err
	}
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}()
	if err := listens(addr); err != nil {
		return err
	}
	if of.ready != nil {
		if err := of.ready(addr); err != nil {
			return err
		}
	}
	d := door{addr: addr, raw: true, request: func(int) (string, string) { return of.path, "" }}
	if of.join != nil {
		d.joined = func(in *bufio.Reader) error { return of.join(addr, in) }
	}
	return p.besideOne(ctx, of.name, cmd.Process.Pid, d, func(mark int64, _ int) error { return of.write(addr, marked(mark)) })
}

func (p plan) besideOne(ctx context.Context, name string, pid int, d door, write func(mark int64, n int) error) error {
	before := memory(pid)
	c, err := gather(ctx, p.streams, d)
	if err != nil {
		return err
	}
	defer c.leave()
	time.Sleep(2 * time.Second)
	open := memory(pid)
	r, err := p.paced(ctx, c, pid, write)
	fmt.Printf("%11d  %-12s %8d  %10s %10s  %10s %10s  %10.1f  %11.1f\n", p.streams, name, r.event,
		ms(r.last, 50), ms(r.last, 99), ms(r.each, 50), ms(r.each, 99), (open-before)/float64(p.streams), r.perDelivery)
	return err
}

// marked is what is written to a server that sends it as it is: 256 bytes.
func marked(at int64) string {
	const size = 256
	return (fmt.Sprintf("%s%019d ", mark, at) + strings.Repeat("The Parties shall cooperate. ", 9))[:size]
}

// lacks gives what a peer needs and this machine does not have.
func (of peer) lacks() string {
	for _, name := range of.needs {
		if _, err := exec.LookPath(name); err == nil {
			continue
		}
		if _, err := os.Stat(name); err != nil {
			return name
		}
	}
	return ""
}

// startNchan starts nginx with nchan (https://nchan.io): messages are kept in
// memory, and none is durable.
func startNchan(ctx context.Context, dir, addr string) (*exec.Cmd, error) {
	user := ""
	if os.Getuid() == 0 {
		user = "user root;\n"
	}
	temp := ""
	for _, of := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		temp += fmt.Sprintf("%s_temp_path %s;\n", of, filepath.Join(dir, of))
	}
	config := "load_module " + nchanModule + ";\n" + user + "daemon off;\nworker_processes 2;\npid " + filepath.Join(dir, "pid") + ";\n" +
		"error_log " + filepath.Join(dir, "log") + " crit;\nevents { worker_connections 20000; }\nhttp {\naccess_log off;\n" + temp +
		"server {\nlisten " + addr + " backlog=8192;\nlocation = /pub { nchan_publisher; nchan_channel_id draft; }\n" +
		"location = /sub { nchan_subscriber eventsource; nchan_channel_id draft; }\n}\n}\n"
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		return nil, err
	}
	return quietly(exec.CommandContext(ctx, "nginx", "-p", dir, "-c", file))
}

// What the peer with accounts is set up with; its password is made anew each time.
var pocketUser, pocketPassword = "load@example.org", rand.Text()

// startPocketBase starts PocketBase (https://pocketbase.io), which writes each
// record to SQLite.
func startPocketBase(ctx context.Context, dir, addr string) (*exec.Cmd, error) {
	if out, err := exec.CommandContext(ctx, "pocketbase", "--dir", dir, "superuser", "upsert", pocketUser, pocketPassword).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %.200s", err, out)
	}
	return quietly(exec.CommandContext(ctx, "pocketbase", "--dir", dir, "--dev=false", "--automigrate=false", "--hooksWatch=false",
		"--hooksDir", filepath.Join(dir, "hooks"), "--publicDir", filepath.Join(dir, "public"), "--migrationsDir", filepath.Join(dir, "migrations"), "serve", "--http", addr))
}

// quietly starts a program that says nothing here.
func quietly(cmd *exec.Cmd) (*exec.Cmd, error) { return cmd, cmd.Start() }

func readyPocketBase(addr string) error {
	var in struct{ Token string }
	err := send("POST", "http://"+addr+"/api/collections/_superusers/auth-with-password", "application/json", "",
		map[string]string{"identity": pocketUser, "password": pocketPassword}, &in)
	if err != nil {
		return err
	}
	return send("POST", "http://"+addr+"/api/collections", "application/json", in.Token, map[string]any{
		"name": "draft", "type": "base", "listRule": "", "viewRule": "", "createRule": "",
		"fields": []map[string]any{{"name": "body", "type": "text"}},
	}, nil)
}

// joinPocketBase says what a stream is for, once it has told its name.
func joinPocketBase(addr string, in *bufio.Reader) error {
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		if _, rest, found := strings.Cut(line, `"clientId":"`); found {
			id, _, _ := strings.Cut(rest, `"`)
			return send("POST", "http://"+addr+"/api/realtime", "application/json", "",
				map[string]any{"clientId": id, "subscriptions": []string{"draft/*"}}, nil)
		}
	}
}

// send sends words, or a value as JSON, and reads the answer into a value unless
// that is nil.
func send(method, url, kind, token string, body, into any) error {
	b, words := body.(string)
	sent := []byte(b)
	if !words {
		var err error
		if sent, err = json.Marshal(body); err != nil {
			return err
		}
	}
	r, err := http.NewRequest(method, url, bytes.NewReader(sent))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", kind)
	if token != "" {
		r.Header.Set("Authorization", token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode/100 != 2 {
		err = fmt.Errorf("%s was answered %s: %.200s", url, answer.Status, said)
	}
	if err == nil && into != nil {
		err = json.Unmarshal(said, into)
	}
	return err
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// listens waits until somebody listens at an address.
func listens(addr string) error {
	for range 100 {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			conn.Close()
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("nobody listens at %s after ten seconds", addr)
}
