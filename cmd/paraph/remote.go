package main

import (
	"context"
	"crypto/x509"
	"errors"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"syscall"

	"paraph/api"
	"paraph/fault"
	"paraph/record"
)

// remoteFlags name a server and who asks there.
type remoteFlags struct {
	Server    string `env:"PARAPH_SERVER" placeholder:"URL" help:"The server to ask, as in https://talks.example.org."`
	TokenFile string `env:"PARAPH_TOKEN_FILE" placeholder:"FILE" help:"The file with your token; without one PARAPH_TOKEN, and without that you are the public."`
	CA        string `name:"ca" env:"PARAPH_CA" placeholder:"FILE" help:"The certificate of the server, when it made its own (PEM)."`
	Token     string `hidden:"" env:"PARAPH_TOKEN" placeholder:"TOKEN" help:"Your token, in the environment alone. There is no flag --token for it: everybody on this machine sees arguments."`
}

// refuseToken refuses a token among the arguments.
func refuseToken(args []string) error {
	for _, a := range args {
		if a == "--" {
			break
		}
		if a == "--token" || strings.HasPrefix(a, "--token=") {
			return usagef("a token is never an argument: everybody on this machine could see it. Keep it in a file and name that with --token-file, or set PARAPH_TOKEN")
		}
	}
	return nil
}

// tokens is what a token looks like.
var tokens = regexp.MustCompile(`^paraph_[A-Za-z0-9_-]{43}$`)

// client makes the client of the server.
func (f remoteFlags) client() (*api.Client, error) {
	if f.Server == "" {
		return nil, usagef("no server is named: use --server URL, or set PARAPH_SERVER")
	}
	token, from := strings.TrimSpace(f.Token), "PARAPH_TOKEN"
	if f.TokenFile != "" {
		b, err := os.ReadFile(f.TokenFile)
		if err != nil {
			return nil, unreadable(f.TokenFile, err)
		}
		token, from = strings.TrimSpace(string(b)), f.TokenFile
	}
	if token != "" && !tokens.MatchString(token) {
		return nil, fault.Invalid("%s does not hold a token", from).With("a token begins with paraph_; make one on your account's page")
	}
	if f.TokenFile != "" && token == "" {
		return nil, fault.Invalid("%s is empty", from).With("put your token in it")
	}
	var roots *x509.CertPool
	if f.CA != "" {
		pem, err := os.ReadFile(f.CA)
		if err != nil {
			return nil, unreadable(f.CA, err)
		}
		if roots = x509.NewCertPool(); !roots.AppendCertsFromPEM(pem) {
			return nil, fault.Invalid("%s holds no certificate", f.CA).With("it begins with -----BEGIN CERTIFICATE-----")
		}
	}
	return api.NewClient(f.Server, token, roots)
}

// processName reads the name of a process on a server; "@" before it may be left
// out where nothing else can stand.
func processName(s string) (record.ProcessID, error) {
	p, err := record.ParseProcessID(strings.TrimPrefix(s, "@"))
	if err != nil {
		return "", usagef("%q cannot name a process: 1 to 64 of a-z, 0-9 and -", s)
	}
	return p, nil
}

// fetch gets a text from the server: PROCESS for the rolling text, PROCESS/VERSION
// for a version by its symbol or id.
func (p *program) fetch(name string) (string, error) {
	process, version, _ := strings.Cut(name, "/")
	id, err := processName(process)
	if err != nil {
		return "", err
	}
	if p.remote.Server == "" {
		return "", usagef("@%s is on a server: name it with --server URL, or set PARAPH_SERVER (a file of that name is ./@%s)", name, name)
	}
	c, err := p.remote.client()
	if err != nil {
		return "", err
	}
	if version == "" {
		text, err := c.Text(p.ctx, api.In(id, "text"), nil)
		return text, absentAs(err, "@"+name)
	}
	found, err := versionNamed(p.ctx, c, id, version)
	if err != nil {
		return "", absentAs(err, "@"+name)
	}
	text, err := c.Text(p.ctx, api.In(id, "versions", found.ID), nil)
	return text, absentAs(err, "@"+name)
}

// versionNamed finds a version by its symbol or id.
func versionNamed(ctx context.Context, c *api.Client, p record.ProcessID, name string) (api.VersionHead, error) {
	var all api.Versions
	if err := c.Get(ctx, api.In(p, "versions"), nil, &all); err != nil {
		return api.VersionHead{}, err
	}
	var symbols []string
	var found []api.VersionHead
	for _, v := range all.Versions {
		if v.ID == name {
			return v, nil
		}
		if v.Symbol == name {
			found = append(found, v)
		}
		symbols = append(symbols, v.Symbol)
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return api.VersionHead{}, fault.Conflict("several versions that you read have the symbol %s", name).With("name one by its id: %s or %s", found[0].ID, found[1].ID)
	case len(symbols) == 0:
		return api.VersionHead{}, fault.Invalid("there is no version that you read in %s", p)
	}
	return api.VersionHead{}, fault.Invalid("there is no version %s in %s that you read", name, p).With("there are %s", strings.Join(symbols, ", "))
}

// absentAs says what was not found.
func absentAs(err error, what string) error {
	if e, ok := errors.AsType[*fault.Error](err); ok && e.Kind == fault.KindNotFound {
		return fault.NotFound("%s: there is nothing there for you", what).With("is the name right, and the token one for this process?").Because(err)
	}
	return err
}

// untilInterrupted gives a context that ends with Ctrl-C.
func (p *program) untilInterrupted() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(p.ctx, os.Interrupt, syscall.SIGTERM)
}
