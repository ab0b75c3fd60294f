package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"paraph/consent"
	"paraph/process"
	"paraph/record"
)

// tap is an open stream, and what it has sent.
type tap struct {
	mu   sync.Mutex // guards sent
	sent *httptest.ResponseRecorder
	read int
	done chan struct{}
	hang context.CancelFunc
}

func (p *tap) Header() http.Header { return p.sent.Header() }

func (p *tap) WriteHeader(code int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent.WriteHeader(code)
}

func (p *tap) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent.Write(b)
}

func (p *tap) Flush() {}

// more gives what came since it was asked last, when all has come that will.
func (p *tap) more() string {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	all := p.sent.Body.String()
	defer func() { p.read = len(all) }()
	return all[p.read:]
}

func (p *tap) over() bool {
	synctest.Wait()
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// listen opens a stream from a cursor on; an empty one stands for what the asker
// was shown last.
func (h *hall) listen(token, cursor string) *tap {
	if cursor == "" {
		cursor = h.get(token, "/p/vesna").Header().Get(cursorHeader)
	}
	ctx, cancel := context.WithCancel(context.Background())
	p := &tap{sent: httptest.NewRecorder(), done: make(chan struct{}), hang: cancel}
	r := request(token, "/p/vesna/live?cursor="+cursor, "", "").WithContext(ctx)
	go func() {
		defer close(p.done)
		h.server.ServeHTTP(p, r)
	}()
	h.Cleanup(func() { cancel(); <-p.done })
	return p
}

func (h *hall) do(seat record.Seat, key string, act any) {
	h.Helper()
	if _, err := h.desk.Do(context.Background(), vesna, h.heads[seat], key, act); err != nil {
		h.Fatal(err)
	}
}

func TestStreamTellsWhatTheSeatReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t)
		kel, dor, public := h.listen("KEL", ""), h.listen("DOR", ""), h.listen("", "")
		for _, p := range []*tap{kel, dor, public} {
			if hello := p.more(); hello != "retry: 1000\n\n" {
				t.Errorf("a stream begins with %q", hello)
			}
		}
		position := consent.TakePosition{On: record.NewRef("clause", exampleClause), Position: consent.Opposes, Fingerprint: examplePrint}
		h.do("KEL", "opposes", position)
		got := kel.more()
		if !strings.Contains(got, "event: move\ndata: {\"touched\":[\"clause/"+exampleClause+"\",\"positions\"],\"all\":false}\n\n") {
			t.Errorf("the own stream has %q", got)
		}
		if dor.more() != "" || public.more() != "" {
			t.Error("streams of others are woken by what they cannot read")
		}
		_, id, _ := strings.Cut(got, "id: ")
		id, _, _ = strings.Cut(id, "\n")
		if now := h.get("KEL", "/p/vesna").Header().Get(cursorHeader); now != id {
			t.Errorf("the stream stands at %q, a page at %q", id, now)
		}
		position.Audience = record.Plenary
		h.do("KEL", "opposes openly", position)
		if dor.more() == "" || kel.more() == "" {
			t.Error("a stream is not woken by what it can read")
		}
		late := h.listen("KEL", id)
		if got := late.more(); strings.Count(got, "event: move") != 1 || !strings.Contains(got, `"all":false`) {
			t.Errorf("a stream that goes on has %q", got)
		}
		if got := h.listen("KEL", "nonsense").more(); !strings.Contains(got, `"all":true`) {
			t.Errorf("a stream from nowhere has %q", got)
		}
	})
}

func TestStreamBeatsOnAFixedClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t)
		p := h.listen("DOR", "")
		p.more()
		for i := range 3 {
			time.Sleep(beat - time.Millisecond)
			if got := p.more(); got != "" {
				t.Errorf("before beat %d comes %q", i, got)
			}
			h.do("KEL", "act "+time.Now().String(), consent.TakePosition{
				On: record.NewRef("clause", exampleClause), Position: consent.Reserves, Fingerprint: examplePrint, Note: time.Now().String()})
			time.Sleep(time.Millisecond)
			if got := p.more(); got != ": still here\n\n" {
				t.Errorf("beat %d is %q", i, got)
			}
		}
	})
}

func TestStreamEndsWithTheToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t)
		revoked, other := h.listen("KEL", ""), h.listen("DOR", "")
		revoked.more()
		h.over.Store("KEL", true)
		time.Sleep(check)
		if !revoked.over() || other.over() {
			t.Errorf("a second after a token was revoked its stream is over: %v, that of another: %v", revoked.over(), other.over())
		}
		if got := revoked.more(); got != "" {
			t.Errorf("it ends with %q", got)
		}
		close(h.ended)
		if !other.over() {
			t.Error("a stream goes on when its token has ended")
		}
	})
}

func TestStreamEndsWithTheSeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t)
		kel := h.heads["KEL"]
		p := h.listen("KEL", "")
		p.more()
		h.do("AOM", "strike", process.Strike{Seat: "KEL", Person: kel.Person, Reason: "Recalled."})
		if !p.over() || p.more() != "" {
			t.Error("the stream of somebody who was struck goes on")
		}
		if got, want := wire(h.get("KEL", "/p/vesna")), wire(h.get("KEL", "/p/nothing")); got != want {
			t.Errorf("who was struck is told\n%s\nand of what is not there\n%s", got, want)
		}
	})
}

func TestStreamAsTheDocumentSays(t *testing.T) {
	c := promised(open(t))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r := exampleOf(Prefix+"/p/{process}/live", http.MethodGet, c.document.Paths.Value(Prefix+"/p/{process}/live"), "KEL")
	if _, _, err := c.router.FindRoute(r); err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Last-Event-ID", "nonsense")
	w := hangingUp{httptest.NewRecorder(), cancel}
	c.server.ServeHTTP(w, r.WithContext(ctx))
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/event-stream") {
		t.Errorf("%d %s", w.Code, w.Header())
	}
}

// hangingUp takes an answer up to where it is first sent.
type hangingUp struct {
	*httptest.ResponseRecorder
	cancel context.CancelFunc
}

func (w hangingUp) Flush() { w.cancel() }
