package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"paraph/api"
	"paraph/fault"
)

// metered is a body that counts what is read of it.
type metered struct {
	io.Reader
	read int
}

func (c *metered) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read += n
	return n, err
}

// sends posts a body of a size, announced or not, and gives how much of it was
// read.
func (v *visitor) sends(path string, size int, announced bool, headers ...string) (status, read int) {
	body := &metered{Reader: strings.NewReader("words=" + strings.Repeat("w", size-6))}
	r := httptest.NewRequest(http.MethodPost, path, body)
	r.ContentLength = int64(size)
	if !announced {
		r.ContentLength = -1
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return v.send(r).Code, body.read
}

// Of what somebody sends who may do nothing with it, nothing is read, or so little
// that it costs nothing.
func TestLimitBodiesBeforeReading(t *testing.T) {
	h := newTown(t).opened("plenary")
	for _, c := range []struct {
		name       string
		who        *visitor
		path       string
		size       int
		announced  bool
		want, most int
	}{
		{"nobody, large", h.visitor(), h.at + "propose", 25 << 20, true, http.StatusNotFound, 0},
		{"nobody, of no length", h.visitor(), h.at + "propose", 25 << 20, false, http.StatusNotFound, 0},
		{"nobody, small", h.visitor(), h.at + "propose", 1000, true, http.StatusNotFound, 1000},
		{"nobody, large, at the door", h.visitor(), "/passkey/finish", maxOutside + 1, true, http.StatusRequestEntityTooLarge, 0},
		{"nobody, of no length, at the door", h.visitor(), "/passkey/finish", 1000, false, http.StatusBadRequest, 0},
		{"nobody, large, to an invitation", h.visitor(), "/invitation/x", maxOutside + 1, true, http.StatusRequestEntityTooLarge, 0},
		{"nobody, large, to an account", h.visitor(), "/account/lock", maxOutside + 1, true, http.StatusForbidden, 0},
		{"a delegate, larger than a form", h.north, h.at + "propose", maxForm + 1, true, http.StatusRequestEntityTooLarge, 0},
		{"a delegate, of no length", h.north, h.at + "propose", 25 << 20, false, http.StatusRequestEntityTooLarge, maxForm + 1},
		{"a delegate, elsewhere", h.north, "/p/absent/propose", maxForm, true, http.StatusNotFound, 0},
		{"a delegate, as large as a form may be", h.north, h.at + "versions/preview", maxForm, true, http.StatusOK, maxForm},
		{"a program without a token", h.visitor(), api.Prefix + h.at + "proposals", 25 << 20, true, http.StatusNotFound, 0},
		{"a program without a token, of no length", h.visitor(), api.Prefix + h.at + "preview", 25 << 20, false, http.StatusNotFound, 0},
	} {
		if status, read := c.who.sends(c.path, c.size, c.announced, "Content-Type", map[bool]string{true: "application/json", false: "application/x-www-form-urlencoded"}[strings.HasPrefix(c.path, api.Prefix)]); status != c.want || read > c.most {
			t.Errorf("%s: %d, and %d bytes are read; want %d, and %d at most", c.name, status, read, c.want, c.most)
		}
	}
}

// One account does not send more large bodies at once than its share; its small
// ones, and those of others, are taken meanwhile.
func TestLimitBodiesOfOneAccount(t *testing.T) {
	h := newTown(t).opened("plenary")
	var leaving []func()
	for range bodiesOfAccount {
		leave, err := h.server.bodies.take("account "+h.account(h.north), bodiesOfAccount)
		h.must(err)
		leaving = append(leaving, leave)
	}
	if status, read := h.north.sends(h.at+"versions/preview", largeBody+1, true); status != http.StatusTooManyRequests || read != 0 {
		t.Errorf("one too many: %d, and %d bytes are read", status, read)
	}
	if status, _ := h.north.sends(h.at+"versions/preview", 1000, true); status != http.StatusOK {
		t.Errorf("a small one: %d", status)
	}
	if status, _ := h.south.sends(h.at+"versions/preview", largeBody+1, true); status != http.StatusOK {
		t.Errorf("another account: %d", status)
	}
	for _, leave := range leaving {
		leave()
	}
	if status, _ := h.north.sends(h.at+"versions/preview", largeBody+1, true); status != http.StatusOK {
		t.Errorf("after the others were read: %d", status)
	}
}

// TestDoorBehindACrowd fills the porch: whoever is signed in is answered, and so
// is who has signed in from the same browser before. Strangers wait, and those of
// one address who are too many are sent away.
func TestDoorBehindACrowd(t *testing.T) {
	h := newTown(t).opened("plenary")
	crowd := h.server.porches.strangers
	for range cap(crowd.places) {
		crowd.places <- struct{}{}
	}
	if w := h.north.get(h.at + "text"); w.Code != http.StatusOK {
		t.Errorf("a delegate: %d", w.Code)
	}
	back := h.north.other()
	back.cookies[knownCookie] = h.north.cookies[knownCookie]
	back.proves("sign-in", nil)

	waiting, leave := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	answers := make(chan int, ofPorch)
	for range ofPorch {
		wg.Go(func() {
			w := httptest.NewRecorder()
			r := httptest.NewRequestWithContext(waiting, http.MethodGet, "/sign-in", nil)
			r.Host = "localhost:8300"
			h.server.ServeHTTP(w, r)
			answers <- w.Code
		})
	}
	for crowd.waiting.of("address 192.0.2.1") < ofPorch { // where httptest comes from
		select {
		case code := <-answers:
			t.Fatalf("somebody is answered %d before there is a place", code)
		default:
		}
	}
	if w := h.visitor().get("/sign-in"); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("one too many of one address: %d", w.Code)
	}
	for range cap(crowd.places) {
		<-crowd.places
	}
	wg.Wait()
	leave()
	for range ofPorch {
		if code := <-answers; code != http.StatusOK {
			t.Errorf("who waited is answered %d", code)
		}
	}
	if n := len(crowd.places); n != 0 {
		t.Errorf("%d places are held when nobody is there", n)
	}
}

// A place on the porch is left when the answer begins: neither who takes it
// slowly keeps it, nor who follows what was published for hours.
func TestDoorIsLeftWhenTheAnswerBegins(t *testing.T) {
	h := newTown(t).opened("public")
	w := &lingering{ResponseRecorder: httptest.NewRecorder(), held: func() int { return len(h.server.porches.strangers.places) }}
	r := httptest.NewRequest(http.MethodGet, "/sign-in", nil)
	r.Host = "localhost:8300"
	h.server.ServeHTTP(w, r)
	if w.Code != http.StatusOK || w.most != 0 {
		t.Errorf("%d; %d places are held while the answer is taken", w.Code, w.most)
	}
	gone, leave := context.WithCancel(context.Background())
	leave()
	full := newPorch(1)
	full.places <- struct{}{}
	if _, err := full.enter(gone, "x"); fault.KindOf(err) != fault.KindUnavailable || full.waiting.of("x") != 0 {
		t.Errorf("who has gone away waits on: %v", err)
	}
}

// lingering takes an answer and looks at who has a place meanwhile.
type lingering struct {
	*httptest.ResponseRecorder
	held func() int
	most int
}

func (s *lingering) Write(p []byte) (int, error) {
	s.most = max(s.most, s.held())
	return s.ResponseRecorder.Write(p)
}

// A body that breaks off is the sender's to mend; one whose turn does not come is
// told so.
func TestFormThatCannotBeRead(t *testing.T) {
	for _, c := range []struct {
		err  error
		want fault.Kind
	}{
		{io.ErrUnexpectedEOF, fault.KindInvalid},
		{fault.Unavailable("no turn"), fault.KindUnavailable},
		{errLength, fault.KindInvalid},
		{errors.New("gone"), fault.KindInvalid},
	} {
		r := httptest.NewRequest(http.MethodPost, "/", broken{c.err})
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if got := fault.KindOf(filledIn(r)); got != c.want {
			t.Errorf("%v: %v, want %v", c.err, got, c.want)
		}
	}
}
