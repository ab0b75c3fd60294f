package gate

import (
	"container/list"
	"net"
	"net/netip"
	"sync"
)

// admitted are the connections that are open. A connection that answers a
// request is never touched. When too many are open, in all or from one address,
// one that answers none is closed for the newcomer: first the oldest that never
// sent a request, as slow ones never do, then the one that has rested longest.
// So whoever opens connections and lets them lie takes places from itself.
type admitted struct {
	limits  Limits
	proxy   Proxy
	metrics *Metrics

	mu  sync.Mutex
	all scope
	per map[netip.Addr]*scope
}

// scope counts the connections of one limit, and holds those that may be closed
// for a newcomer: the new, which never sent a request, and the resting, each
// with those to be closed first at the front.
type scope struct {
	open    int
	new     list.List
	resting list.List
}

// conn is one admitted connection.
type conn struct {
	net.Conn
	of   *admitted
	addr netip.Addr // the zero Addr for one that no address limit counts

	closing sync.Once
	// Guarded by of.mu.
	gone   bool
	busy   int  // requests under way
	served bool // it sent a request before
	in     [2]place
}

// place is where a connection stands among those that may be closed.
type place struct {
	list *list.List
	at   *list.Element
}

func newAdmitted(l Limits, p Proxy, m *Metrics) *admitted {
	return &admitted{limits: l, proxy: p, metrics: m, per: map[netip.Addr]*scope{}}
}

// listen gives a listener that hands out admitted connections alone.
func (a *admitted) listen(l net.Listener) net.Listener { return listener{l, a} }

type listener struct {
	net.Listener
	of *admitted
}

func (l listener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if own := l.of.admit(c); own != nil {
			return own, nil
		}
		_ = c.Close() // it was refused: nobody waits for how that goes
	}
}

// admit takes a connection in, or gives nil when there is no place for it.
func (a *admitted) admit(c net.Conn) *conn {
	from := addressOf(c.RemoteAddr().String())
	own := &conn{Conn: c, of: a}
	if a.proxy.Header != "" {
		if !a.proxy.trusts(from) {
			a.metrics.refused("stranger")
			return nil
		}
	} else {
		own.addr = network(from)
	}
	a.mu.Lock()
	out := a.room(own)
	ok := out != own
	if ok {
		a.count(own, 1)
		a.rest(own)
	}
	a.mu.Unlock()
	switch {
	case !ok:
		a.metrics.refused("full")
		return nil
	case out != nil:
		a.metrics.refused("idle")
		_ = out.Close()
	}
	a.metrics.connections.Inc()
	return own
}

// room finds room for a newcomer: it gives the connection to be closed for it,
// nil when there is room, and the newcomer itself when there is none.
func (a *admitted) room(c *conn) *conn {
	s := a.per[c.addr]
	switch {
	case c.addr.IsValid() && s != nil && s.open >= a.limits.PerAddress:
	case a.all.open >= a.limits.Connections:
		s = &a.all
	default:
		return nil
	}
	for _, l := range []*list.List{&s.new, &s.resting} {
		if front := l.Front(); front != nil {
			out := front.Value.(*conn)
			a.forget(out)
			return out
		}
	}
	return c
}

// scopes gives the scopes that count a connection.
func (a *admitted) scopes(c *conn) []*scope {
	if !c.addr.IsValid() {
		return []*scope{&a.all}
	}
	s := a.per[c.addr]
	if s == nil {
		s = new(scope)
		a.per[c.addr] = s
	}
	return []*scope{&a.all, s}
}

func (a *admitted) count(c *conn, n int) {
	for _, s := range a.scopes(c) {
		s.open += n
	}
	if s := a.per[c.addr]; s != nil && s.open == 0 {
		delete(a.per, c.addr)
	}
}

// rest puts a connection among those that may be closed.
func (a *admitted) rest(c *conn) {
	for i, s := range a.scopes(c) {
		l := &s.new
		if c.served {
			l = &s.resting
		}
		c.in[i] = place{l, l.PushBack(c)}
	}
}

func (a *admitted) unrest(c *conn) {
	for i, p := range c.in {
		if p.at != nil {
			p.list.Remove(p.at)
		}
		c.in[i] = place{}
	}
}

// forget counts a connection out, once.
func (a *admitted) forget(c *conn) {
	if c.gone {
		return
	}
	c.gone = true
	a.unrest(c)
	a.count(c, -1)
}

// begin says that a request is under way on the connection.
func (c *conn) begin() {
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	if c.busy++; c.busy == 1 && !c.gone {
		c.of.unrest(c)
	}
}

// end says that a request is answered.
func (c *conn) end() {
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	c.served = true
	if c.busy--; c.busy == 0 && !c.gone {
		c.of.rest(c)
	}
}

// Close closes the connection and counts it out.
func (c *conn) Close() error {
	c.closing.Do(func() {
		c.of.mu.Lock()
		c.of.forget(c)
		c.of.mu.Unlock()
		c.of.metrics.connections.Dec()
	})
	return c.Conn.Close()
}

// addressOf gives the address of HOST:PORT; the zero Addr for what has none.
func addressOf(hostport string) netip.Addr {
	at, err := netip.ParseAddrPort(hostport)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap().WithZone("")
}

// network gives what counts as one address: of IPv6, whose every customer has
// 2^64 addresses, the network.
func network(a netip.Addr) netip.Addr {
	if !a.Is6() {
		return a
	}
	p, err := a.Prefix(64)
	if err != nil {
		return a
	}
	return p.Addr()
}
