package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"paraph/people/peopletest"
)

// user is somebody with a passkey at a browser, who comes as everybody does: by
// the pages.
type user struct {
	server  *server
	device  *peopletest.Authenticator
	client  *http.Client
	cookies map[string]string
}

// newUser makes an account with the link of an invitation.
func newUser(s *server) (*user, error) {
	_, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return nil, err
	}
	u := &user{server: s, device: peopletest.NewAuthenticator("localhost", "http://localhost:"+port)}
	u.at(net.IPv4(127, 0, 5, 1))
	if _, err := u.post(context.Background(), s.Link+"?first", url.Values{}); err != nil {
		return nil, err
	}
	return u, u.proves(context.Background(), "enrolment", u.device.Create)
}

// at puts the user behind an address, in a browser that knows nobody.
func (u *user) at(ip net.IP) {
	u.cookies = map[string]string{}
	u.client = &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{DialContext: (&net.Dialer{LocalAddr: &net.TCPAddr{IP: ip}}).DialContext},
	}
}

// tries signs in and does an act again and again while the server is attacked:
// from an address of one's own, and from the one that half of all guesses come
// from, in a browser where somebody has signed in before.
func (u *user) tries(ctx context.Context, t *table) error {
	known := u.cookies
	for _, home := range []struct {
		name string
		ip   net.IP
	}{{"an address of their own", net.IPv4(127, 0, 5, 2)}, {"the guessers' address, by a known browser", net.IPv4(127, 0, 4, 1)}} {
		var took []time.Duration
		for range 5 {
			u.at(home.ip)
			if home.ip.Equal(net.IPv4(127, 0, 4, 1)) {
				u.cookies["__Host-paraph-known"] = known["__Host-paraph-known"]
			}
			began := time.Now()
			if err := u.proves(ctx, "sign-in", u.device.Get); err != nil {
				return fmt.Errorf("the true user does not get in from %s: %w", home.name, err)
			}
			took = append(took, time.Since(began))
			time.Sleep(200 * time.Millisecond)
		}
		fmt.Printf("the true user signs in from %s: p50 %s, the slowest %s\n", home.name, ms(took, 50), ms(took, 100))
	}
	var took []time.Duration
	for range 10 {
		a, clause := t.next(toAll)
		began := time.Now()
		if err := t.table(a, clause); err != nil {
			return err
		}
		took = append(took, time.Since(began))
	}
	fmt.Printf("a true act: p50 %s, the slowest %s\n", ms(took, 50), ms(took, 100))
	return nil
}

// proves goes through a ceremony as the script of the pages does.
func (u *user) proves(ctx context.Context, what string, use func(options []byte) ([]byte, error)) error {
	fields := url.Values{"for": {what}}
	answer, err := u.post(ctx, "/passkey/begin", fields)
	if err != nil {
		return err
	}
	var asked struct {
		Options  json.RawMessage
		Ceremony string
	}
	if err := json.Unmarshal(answer, &asked); err != nil {
		return err
	}
	response, err := use(asked.Options)
	if err != nil {
		return err
	}
	fields.Set("ceremony", asked.Ceremony)
	fields.Set("response", string(response))
	_, err = u.post(ctx, "/passkey/finish", fields)
	return err
}

// post sends a form. A server that is busy is asked again, as the script does.
func (u *user) post(ctx context.Context, path string, fields url.Values) ([]byte, error) {
	for try := 0; ; try++ {
		status, answer, err := u.send(ctx, path, fields)
		switch {
		case err != nil:
			return nil, err
		case status == http.StatusOK:
			return answer, nil
		case status != http.StatusTooManyRequests || try == 8:
			return nil, fmt.Errorf("%s was answered %d: %.100s", path, status, answer)
		}
		time.Sleep(500 * time.Millisecond)
	}
}

func (u *user) send(ctx context.Context, path string, fields url.Values) (status int, answer []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+u.server.Addr+path, strings.NewReader(fields.Encode()))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, value := range u.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	got, err := u.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer got.Body.Close()
	for _, c := range got.Cookies() {
		u.cookies[c.Name] = c.Value
	}
	answer, err = io.ReadAll(got.Body)
	return got.StatusCode, answer, err
}
