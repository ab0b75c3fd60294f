package api

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"paraph/desk"
	"paraph/draft"
	"paraph/fault"
	"paraph/papers"
	"paraph/record"
)

// Client asks a server. It is safe for use by many goroutines; New makes servers,
// NewClient clients.
type Client struct {
	server *url.URL
	token  string
	http   *http.Client
}

// maxAnswer bounds what a client reads of one answer, in bytes.
const maxAnswer = 4 * draft.MaxBytes

// NewClient makes the client of a server, by its URL without a path. The token
// may be empty: then everything is asked for as the public. Roots are who is
// trusted to vouch for the server; nil for those that this machine trusts.
//
// A token goes over an encrypted connection only, or to this machine itself.
func NewClient(server, token string, roots *x509.CertPool) (*Client, error) {
	u, err := url.Parse(server)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
		return nil, fault.Invalid("%q is not the URL of a server", server).With("as in https://talks.example.org")
	}
	if ip := net.ParseIP(u.Hostname()); token != "" && u.Scheme == "http" && u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fault.Invalid("the token would go to %s for everybody on the way to read", u.Host).With("use https://")
	}
	u.Path = ""
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	t.ResponseHeaderTimeout = time.Minute
	return &Client{u, token, &http.Client{
		Transport:     t,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // a token is for one server
	}}, nil
}

// In gives the path of something in a process, its parts escaped.
func In(p record.ProcessID, parts ...string) string {
	path := "/p/" + url.PathEscape(string(p))
	for _, part := range parts {
		path += "/" + url.PathEscape(part)
	}
	return path
}

// Get reads what a path (after Prefix) gives into one of this package's structs.
func (c *Client) Get(ctx context.Context, path string, query url.Values, into any) error {
	return c.ask(ctx, http.MethodGet, path, query, "", nil, into)
}

// Text gives a text in Paraph's format.
func (c *Client) Text(ctx context.Context, path string, query url.Values) (string, error) {
	if query == nil {
		query = url.Values{}
	}
	query.Set("as", "text")
	var text []byte
	err := c.ask(ctx, http.MethodGet, path, query, "", nil, &text)
	return string(text), err
}

// File takes a paper out, as the file that it is.
func (c *Client) File(ctx context.Context, path string, query url.Values) (papers.File, error) {
	r, err := c.request(ctx, http.MethodGet, path, query, nil)
	if err != nil {
		return papers.File{}, err
	}
	w, err := c.answer(r)
	if err != nil {
		return papers.File{}, err
	}
	defer w.Body.Close()
	b, err := io.ReadAll(io.LimitReader(w.Body, maxAnswer))
	if err != nil {
		return papers.File{}, fault.Unavailable("the answer of %s broke off", c.server.Host).With("try again").Because(err)
	}
	_, said, err := mime.ParseMediaType(w.Header.Get("Content-Disposition"))
	name := said["filename"]
	if err != nil || name == "" || strings.ContainsAny(name, `/\:`) || strings.HasPrefix(name, ".") {
		return papers.File{}, c.strange(err)
	}
	return papers.File{Name: name, Media: w.Header.Get("Content-Type"), Bytes: b}, nil
}

// Pose asks what needs a body and writes nothing.
func (c *Client) Pose(ctx context.Context, path string, body, into any) error {
	return c.ask(ctx, http.MethodPost, path, nil, "", body, into)
}

// Do does an act, under a key that it draws. When the answer is lost it asks
// again, twice at most: an act is done only once.
func (c *Client) Do(ctx context.Context, path string, body any) (done Done, err error) {
	key := strings.ToLower(rand.Text())
	for try := range 3 {
		if try > 0 {
			select {
			case <-time.After(time.Duration(try) * time.Second):
			case <-ctx.Done():
				return done, err
			}
		}
		err = c.ask(ctx, http.MethodPost, path, nil, key, body, &done)
		if fault.KindOf(err) != fault.KindUnavailable || errors.Is(err, errUnreached) {
			break
		}
	}
	return done, err
}

// Cursor gives where a process stands now, for Watch.
func (c *Client) Cursor(ctx context.Context, p record.ProcessID) (desk.Cursor, error) {
	r, err := c.request(ctx, http.MethodGet, In(p), nil, nil)
	if err != nil {
		return "", err
	}
	w, err := c.answer(r)
	if err != nil {
		return "", err
	}
	return desk.Cursor(w.Header.Get(cursorHeader)), w.Body.Close()
}

// Watch follows a process from a cursor on, and tells of each move, until ctx ends
// or the server ends the stream: then it is unavailable, and can be taken up again
// from the last cursor.
func (c *Client) Watch(ctx context.Context, p record.ProcessID, from desk.Cursor, tell func(desk.Cursor, Moved) error) error {
	r, err := c.request(ctx, http.MethodGet, In(p, "live"), url.Values{"cursor": {string(from)}}, nil)
	if err != nil {
		return err
	}
	w, err := c.answer(r)
	if err != nil {
		return err
	}
	defer w.Body.Close()
	id := ""
	lines := bufio.NewScanner(w.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if v, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
			id = v
		}
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var m Moved
		if err := json.Unmarshal([]byte(data), &m); err != nil {
			return c.strange(err)
		}
		if err := tell(desk.Cursor(id), m); err != nil {
			return err
		}
	}
	return fault.Unavailable("%s ended the stream", c.server.Host).With("take it up again").Because(lines.Err())
}

func (c *Client) ask(ctx context.Context, method, path string, query url.Values, key string, body, into any) error {
	r, err := c.request(ctx, method, path, query, body)
	if err != nil {
		return err
	}
	if key != "" {
		r.Header.Set(keyHeader, key)
	}
	w, err := c.answer(r)
	if err != nil {
		return err
	}
	defer w.Body.Close()
	b, err := io.ReadAll(io.LimitReader(w.Body, maxAnswer))
	if err != nil {
		return fault.Unavailable("the answer of %s broke off", c.server.Host).With("try again").Because(err)
	}
	if text, ok := into.(*[]byte); ok {
		*text = b
		return nil
	}
	if err := json.Unmarshal(b, into); err != nil {
		return c.strange(err)
	}
	return nil
}

func (c *Client) request(ctx context.Context, method, path string, query url.Values, body any) (*http.Request, error) {
	var sent io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		sent = bytes.NewReader(b)
	}
	r, err := http.NewRequestWithContext(ctx, method, c.server.String()+Prefix+path, sent)
	if err != nil {
		return nil, fault.Invalid("%q cannot stand in an address", path).Because(err)
	}
	r.URL.RawQuery = query.Encode()
	if body != nil {
		r.Header.Set("Content-Type", jsonType)
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	return r, nil
}

// answer sends a request, and gives a good answer or a refusal as the fault that
// it was.
func (c *Client) answer(r *http.Request) (*http.Response, error) {
	w, err := c.http.Do(r)
	if err != nil {
		return nil, c.unreached(err)
	}
	if w.StatusCode == http.StatusOK {
		return w, nil
	}
	defer w.Body.Close()
	var p Problem
	b, err := io.ReadAll(io.LimitReader(w.Body, 1<<20))
	if err == nil {
		err = json.Unmarshal(b, &p)
	}
	if err != nil || p.Words == "" || !strings.HasPrefix(w.Header.Get("Content-Type"), problemType) {
		return nil, c.strange(err)
	}
	return nil, &fault.Error{Kind: p.Kind, Words: p.Words, Hint: p.Hint}
}

func (c *Client) strange(err error) error {
	return fault.Invalid("%s does not answer as Paraph does", c.server.Host).With("is it the right address?").Because(err)
}

// errUnreached is the cause of what was surely never sent.
var errUnreached = errors.New("the server was not reached")

// unreached says in plain words why there is no answer.
func (c *Client) unreached(err error) error {
	host := c.server.Host
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		if wrong, ok := errors.AsType[x509.HostnameError](err); ok {
			return fault.Unavailable("the certificate of %s is for another name", host).
				With("use the name that it is for: %s", strings.Join(wrong.Certificate.DNSNames, ", ")).Because(errors.Join(errUnreached, err))
		}
		if wrong, ok := errors.AsType[x509.CertificateInvalidError](err); ok && wrong.Reason == x509.Expired {
			return fault.Unavailable("the certificate of %s is over", host).With("its administrator renews it").Because(errors.Join(errUnreached, err))
		}
		return fault.Unavailable("the certificate of %s is not trusted here", host).
			With("when the server made its own, get it from the administrator and name it with --ca FILE").Because(errors.Join(errUnreached, err))
	}
	if wrong, ok := errors.AsType[tls.RecordHeaderError](err); ok && wrong.Msg != "" || strings.Contains(err.Error(), "server gave HTTP response to HTTPS client") {
		return fault.Unavailable("%s does not speak TLS", host).With("if it is on this machine alone, its URL begins with http://").Because(errors.Join(errUnreached, err))
	}
	if unknown, ok := errors.AsType[*net.DNSError](err); ok && unknown.IsNotFound {
		return fault.Unavailable("there is no host %s", c.server.Hostname()).With("is its name right?").Because(errors.Join(errUnreached, err))
	}
	if wrong, ok := errors.AsType[*net.OpError](err); ok && wrong.Op == "dial" {
		return fault.Unavailable("the server at %s is not reached", host).With("does it run, and is its address right?").Because(errors.Join(errUnreached, err))
	}
	return fault.Unavailable("%s did not answer", host).With("try again").Because(err)
}
