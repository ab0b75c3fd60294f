package gate

import (
	"net/http"
	"net/netip"
	"strings"

	"paraph/fault"
)

// Proxy is a program before the gate that speaks TLS in its place and says in a
// header whom it speaks for. The zero Proxy is none.
type Proxy struct {
	Header string         // as X-Forwarded-For: addresses, the latest last; "" for no proxy
	From   []netip.Prefix // where the proxy connects from; the loopback when there are none
}

// ParseProxy reads a proxy from the name of a header and the addresses or
// networks (RFC 4632) that it connects from.
func ParseProxy(header string, from []string) (Proxy, error) {
	p := Proxy{Header: http.CanonicalHeaderKey(strings.TrimSpace(header))}
	if p.Header == "" && len(from) > 0 {
		return p, fault.Invalid("addresses of a proxy are named, but not the header that it sets").With("say which: --behind-proxy X-Forwarded-For")
	}
	if strings.ContainsAny(p.Header, " :\t\r\n") {
		return p, fault.Invalid("%q is not the name of a header", header).With("as in --behind-proxy X-Forwarded-For")
	}
	for _, s := range from {
		prefix, err := netip.ParsePrefix(s)
		if err != nil {
			addr, err := netip.ParseAddr(s)
			if err != nil {
				return p, fault.Invalid("%q is not an address or a network", s).With("as in 10.0.0.7 or 10.0.0.0/24")
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		p.From = append(p.From, prefix)
	}
	return p, nil
}

// trusts tells whether a connection from an address is the proxy's.
func (p Proxy) trusts(from netip.Addr) bool {
	if len(p.From) == 0 {
		return from.IsLoopback()
	}
	for _, prefix := range p.From {
		if prefix.Contains(from) {
			return true
		}
	}
	return false
}

// client gives the address of the client that a request came from: the last
// one in the header that is not a proxy's own. What stands before it was said
// by the client, and is not believed.
func (p Proxy) client(r *http.Request) (netip.Addr, bool) {
	said := strings.Split(strings.Join(r.Header.Values(p.Header), ","), ",")
	for i := len(said) - 1; i >= 0; i-- {
		addr, err := netip.ParseAddr(strings.Trim(strings.TrimSpace(said[i]), "[]"))
		if err != nil {
			if addr = addressOf(strings.TrimSpace(said[i])); !addr.IsValid() {
				return netip.Addr{}, false
			}
		}
		addr = addr.Unmap().WithZone("")
		if i == 0 || !p.trusts(addr) {
			return addr, true
		}
	}
	return netip.Addr{}, false
}
