package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/base64"
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

// hand is one who guesses: on one connection at a time, of which half of all
// hands have one address, and the others come from another after a while.
type hand struct {
	*siege
	i      int
	conn   net.Conn
	r      *bufio.Reader
	asked  int // on this connection
	moved  int
	device *peopletest.Authenticator
}

// perConnection is how often one guesses before coming from another address: so
// seldom that no limit of an address is reached.
const perConnection = 40

// guess guesses until all guesses are used up.
func (s *siege) guess(ctx context.Context, i int) {
	host, _, _ := net.SplitHostPort(s.Addr)
	h := &hand{siege: s, i: i, device: peopletest.NewAuthenticator(host, "http://"+s.Addr)}
	defer h.leave()
	answers, in := map[int]int{}, 0
	for ctx.Err() == nil {
		n := int(s.next.Add(1))
		if n > s.Guesses {
			break
		}
		status := h.one(ctx, n)
		answers[status]++
		if status >= 200 && status < 300 {
			in++
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for status, n := range answers {
		s.tally.Answers[status] += n
	}
	s.tally.In += in
}

// one makes one guess, and gives the status that it got.
func (h *hand) one(ctx context.Context, n int) int {
	switch n % 8 {
	case 0: // a ceremony and a passkey that never were
		return h.post(ctx, "/passkey/finish", "", form("for", "sign-in", "ceremony", made(300), "response", madeResponse))
	case 1: // a passkey that never was, in a ceremony that was begun
		return h.signIn(ctx)
	case 2: // a session
		return h.get(ctx, "/account", "Cookie: __Host-paraph="+made(32)+"\r\n")
	case 3:
		return h.get(ctx, page, "Cookie: __Host-paraph="+made(32)+"\r\n")
	case 4: // a token
		return h.get(ctx, "/api/v1/p/"+string(talks)+"/text", "Authorization: Bearer paraph_"+made(32)+"\r\n")
	case 5: // a link and words
		return h.post(ctx, "/invitation/"+made(44), "", form("words", "one two three four five six"))
	case 6: // the words of a link that somebody lost
		return h.enter(ctx, h.Leaked[n/8%len(h.Leaked)])
	}
	// the ticket of an enrolment
	return h.post(ctx, "/passkey/finish", "Cookie: __Host-paraph-ticket="+made(44)+"\r\n", form("for", "enrolment", "response", madeResponse))
}

// enter gives wrong words. A page that asks for them again is no way in.
func (h *hand) enter(ctx context.Context, link string) int {
	return h.post(ctx, link, "", form("words", made(20)))
}

// signIn goes through a whole ceremony with a passkey that nobody knows here.
func (h *hand) signIn(ctx context.Context) int {
	status, answer := h.ask(ctx, "POST", "/passkey/begin", "", form("for", "sign-in"))
	if status != http.StatusOK {
		return status
	}
	var asked struct {
		Options  json.RawMessage
		Ceremony string
	}
	if err := json.Unmarshal(answer, &asked); err != nil {
		return 0
	}
	response := madeResponse
	if at := strings.Index(string(asked.Options), `"challenge":"`); at >= 0 {
		challenge, _, _ := strings.Cut(string(asked.Options)[at+len(`"challenge":"`):], `"`)
		client := fmt.Sprintf(`{"type":"webauthn.get","challenge":%q,"origin":%q,"crossOrigin":false}`, challenge, "http://localhost"+h.Addr[strings.LastIndex(h.Addr, ":"):])
		response = responseOf(client)
	}
	return h.post(ctx, "/passkey/finish", "", form("for", "sign-in", "ceremony", asked.Ceremony, "response", response))
}

func (h *hand) post(ctx context.Context, path, heads, body string) int {
	status, _ := h.ask(ctx, http.MethodPost, path, heads, body)
	return status
}

func (h *hand) get(ctx context.Context, path, heads string) int {
	status, _ := h.ask(ctx, http.MethodGet, path, heads, "")
	return status
}

// ask sends a request as cheaply as can be, and gives its status and its answer;
// 0 when there was none. What it claims of its address is not to be believed.
func (h *hand) ask(ctx context.Context, method, path, heads, body string) (status int, answer []byte) {
	if h.asked++; h.conn == nil || h.asked > perConnection {
		h.leave()
		if err := h.come(ctx); err != nil {
			return 0, nil
		}
	}
	head := method + " " + path + " HTTP/1.1\r\nHost: " + h.Addr + "\r\nX-Forwarded-For: 203.0.113." + fmt.Sprint(h.asked) + "\r\n" + heads
	if method == http.MethodPost {
		head += fmt.Sprintf("Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n", len(body))
	}
	_ = h.conn.SetDeadline(time.Now().Add(30 * time.Second))
	_, err := io.WriteString(h.conn, head+"\r\n"+body)
	var got *http.Response
	if err == nil {
		got, err = http.ReadResponse(h.r, nil)
	}
	if err == nil {
		answer, err = io.ReadAll(got.Body)
	}
	if err != nil || got.Close {
		h.leave()
	}
	if err != nil {
		return 0, nil
	}
	return got.StatusCode, answer
}

// come opens a connection.
func (h *hand) come(ctx context.Context) (err error) {
	at := net.IPv4(127, 0, 4, 1)
	if h.i%2 == 1 {
		h.moved++
		at = net.IPv4(127, 1+byte(h.i%64), byte(h.moved>>8), byte(h.moved))
	}
	if h.conn, err = from(ctx, h.Addr, at); err != nil {
		return err
	}
	h.r, h.asked = bufio.NewReader(h.conn), 0
	return nil
}

func (h *hand) leave() {
	if h.conn != nil {
		h.conn.Close()
		h.conn = nil
	}
}

func form(pairs ...string) string {
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f.Encode()
}

// made makes a secret that nobody gave out, of n random bytes.
func made(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// madeResponse is an answer to no question.
var madeResponse = responseOf(`{"type":"webauthn.get","challenge":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","origin":"http://localhost","crossOrigin":false}`)

// responseOf gives what a browser sends of a passkey, with a signature of no key.
func responseOf(clientData string) string {
	b64 := base64.RawURLEncoding.EncodeToString
	id := b64(fill('i', 32))
	data := append(fill(0, 32), 5, 0, 0, 0, 1)
	return fmt.Sprintf(`{"id":%q,"rawId":%q,"type":"public-key","response":{"clientDataJSON":%q,"authenticatorData":%q,"signature":%q,"userHandle":%q}}`,
		id, id, b64([]byte(clientData)), b64(data), b64(fill('s', 70)), b64(fill('h', 16)))
}
