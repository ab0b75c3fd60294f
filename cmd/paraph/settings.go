package main

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"paraph/fault"
)

// settings are all that a server can be told. Each is a flag and an environment
// variable, and paraph help config lists them: all three come from the tags
// here. A flag goes before its variable.
type settings struct {
	dataFlag
	urlFlag
	Listen      []string `env:"PARAPH_LISTEN" placeholder:"HOST:PORT" help:"Where to listen, instead of where the URL says; several, with commas between."`
	Cert        string   `env:"PARAPH_CERT" placeholder:"FILE" help:"The certificate for TLS (PEM, with those that lead to its root). It is read again when it changes. Without one, Paraph makes its own."`
	Key         string   `env:"PARAPH_KEY" placeholder:"FILE" help:"The key of the certificate (PEM)."`
	BehindProxy string   `env:"PARAPH_BEHIND_PROXY" placeholder:"HEADER" help:"A proxy speaks TLS before this server and says in this header whom it speaks for, as in X-Forwarded-For. Nobody else may connect."`
	ProxyFrom   []string `env:"PARAPH_PROXY_FROM" placeholder:"ADDRESS" help:"Where the proxy connects from: addresses or networks, with commas between. The loopback when not given."`
	Metrics     string   `env:"PARAPH_METRICS" placeholder:"HOST:PORT" help:"Serve /metrics for Prometheus, and /health, at this address. Off when not given."`
	LogLevel    string   `env:"PARAPH_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" placeholder:"LEVEL" help:"How much to log: debug, info, warn or error. (${default})"`
	Connections int      `env:"PARAPH_CONNECTIONS" default:"10000" placeholder:"N" help:"How many connections may be open at once. (${default})"`
	PerAddress  int      `env:"PARAPH_PER_ADDRESS" default:"1000" placeholder:"N" help:"How many of them from one address. (${default})"`
	printerFlag
	oidcFlags
}

type dataFlag struct {
	Data string `env:"PARAPH_DATA" default:"paraph-data" placeholder:"DIR" help:"The data directory. (${default})"`
}

type urlFlag struct {
	URL string `name:"url" env:"PARAPH_URL" placeholder:"URL" help:"How browsers reach the server: https://NAME or http://localhost, with :PORT if need be. Passkeys are bound to the name; init remembers it."`
}

// oidcFlags name the sign-in of an organisation, which people then pass before
// their passkey is asked for.
type oidcFlags struct {
	OIDCIssuer     string `name:"oidc-issuer" env:"PARAPH_OIDC_ISSUER" placeholder:"URL" help:"Let everybody sign in with this OpenID provider first; the passkey is asked for all the same."`
	OIDCClient     string `name:"oidc-client" env:"PARAPH_OIDC_CLIENT" placeholder:"ID" help:"What the OpenID provider calls this server."`
	OIDCSecretFile string `name:"oidc-secret-file" env:"PARAPH_OIDC_SECRET_FILE" placeholder:"FILE" help:"The file with the secret that the OpenID provider gave."`
}

// variables gives all flags of all commands that an environment variable sets,
// by the variable.
func variables(app *kong.Application) map[string]*kong.Flag {
	all := map[string]*kong.Flag{}
	for _, c := range commands(app) {
		for _, f := range c.Flags {
			for _, name := range f.Envs {
				all[name] = f
			}
		}
	}
	return all
}

// unknownVariable finds a variable that looks like a setting and is none.
func (p *program) unknownVariable() error {
	known := variables(p.grammar.Model)
	for _, pair := range p.env {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "PARAPH_") && known[name] == nil {
			return fault.Invalid("the environment sets %s, which is no setting", name).With("paraph help config lists them")
		}
	}
	return nil
}

// address is a URL under which browsers can use passkeys.
type address struct{ *url.URL }

const defaultURL = "http://localhost:8300"

// parseAddress reads a URL that init or serve was given.
func parseAddress(s string) (address, error) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return address{}, fault.Invalid("%q is not the URL of a server", s).With("https://talks.example.org, or http://localhost:8300 for this machine alone")
	}
	a := address{u}
	host := u.Hostname()
	switch {
	case u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return address{}, fault.Invalid("%q says more than where the server is", s).With("name scheme, host and port alone: Paraph needs a host for itself")
	case net.ParseIP(host) != nil:
		return address{}, fault.Invalid("%q is an address and not a name, and passkeys are bound to a name", s).With("https://talks.example.org, or http://localhost:8300 for this machine alone")
	case u.Scheme == "http" && host != "localhost":
		return address{}, fault.Invalid("browsers give no passkeys to http://%s", host).With("use https://%s; without a certificate Paraph makes one", u.Host)
	case strings.ToLower(host) != host || strings.HasSuffix(host, "."):
		return address{}, fault.Invalid("%q is not written as browsers send it", s).With("write the name in small letters, without a dot at the end")
	}
	if port := u.Port(); port != "" {
		if _, err := net.LookupPort("tcp", port); err != nil || port == "0" {
			return address{}, fault.Invalid("%q has no port that can be", s).With("a port is a number from 1 to 65535")
		}
	}
	u.Path = ""
	return a, nil
}

// origin is the URL without anything behind the host, as browsers write it: a
// port that goes without saying is left out.
func (a address) origin() string {
	host := a.Host
	if a.Port() == standardPorts[a.Scheme] {
		host = strings.TrimSuffix(host, ":"+a.Port())
	}
	return a.Scheme + "://" + host
}

var standardPorts = map[string]string{"http": "80", "https": "443"}

// port gives the port of the URL.
func (a address) port() string {
	if p := a.Port(); p != "" {
		return p
	}
	return standardPorts[a.Scheme]
}

// listens gives where a server with this URL listens if nothing else is said:
// on the loopback for this machine alone or behind a proxy, else everywhere.
func (a address) listens(behindProxy bool) []string {
	switch {
	case behindProxy:
		return []string{"127.0.0.1:8300"}
	case a.Scheme == "http":
		return []string{"127.0.0.1:" + a.port(), "[::1]:" + a.port()}
	}
	return []string{":" + a.port()}
}

// open tells whether others than this machine reach one of the addresses.
func open(listen []string) bool {
	return slices.ContainsFunc(listen, func(s string) bool {
		host, _, err := net.SplitHostPort(s)
		ip := net.ParseIP(host)
		return err == nil && host != "localhost" && (ip == nil || !ip.IsLoopback())
	})
}
