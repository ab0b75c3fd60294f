package api

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"paraph/demo"
	"paraph/desk"
	"paraph/process"
	"paraph/record"
	"paraph/store/sqlite"
)

const vesna record.ProcessID = "vesna"

// hall is the worked example behind an interface for programs.
type hall struct {
	*testing.T
	desk   *desk.Desk
	server *Server
	heads  map[record.Seat]record.Actor
	over   sync.Map // tokens that are accepted no more
	ended  chan struct{}
}

// open plays the example. A token is the code of a seat, alone or after "reads:"
// or "acts:"; alone it may bind.
func open(t *testing.T) *hall {
	t.Helper()
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "record"))
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if err := demo.Play(ctx, store); err != nil {
		t.Fatal(err)
	}
	h := &hall{T: t, desk: desk.New(store, desk.Options{}), heads: map[record.Seat]record.Actor{}, ended: make(chan struct{})}
	t.Cleanup(func() {
		if err := h.desk.Check(ctx); err != nil {
			t.Errorf("the record does not hold: %v", err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	err = h.desk.Look(ctx, vesna, record.Lens{Seat: "AOM", Role: record.Chair}, func(v desk.View) error {
		for _, s := range process.SeeProcess(v.Process).Seats {
			h.heads[s.Seat] = record.Actor{By: record.By{Seat: s.Seat, Person: s.People[0].ID, Capacity: record.Head}, Role: s.Role}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	h.server = New(h.desk, Options{Who: h.who, Places: everywhere, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	return h
}

// everywhere is where the tokens of these tests may sit.
func everywhere(*http.Request) ([]record.ProcessID, error) { return []record.ProcessID{vesna}, nil }

func (h *hall) who(r *http.Request, p record.ProcessID) (Caller, error) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		return Caller{}, nil
	}
	may, seat, limited := strings.Cut(token, ":")
	if !limited {
		may, seat = "binds", token
	}
	actor, known := h.heads[record.Seat(seat)]
	if _, over := h.over.Load(token); !known || over {
		return Caller{}, ErrToken
	}
	if p != vesna {
		return Caller{}, nil
	}
	return Caller{Actor: actor, MayAct: may != "reads", MayBind: may == "binds", Ended: h.ended}, nil
}

// request makes a request with a token; a body makes it a POST with a key.
func request(token, path, key, body string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, Prefix+path, nil)
	if body != "" {
		r = httptest.NewRequest(http.MethodPost, Prefix+path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set(keyHeader, key)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return r
}

func (h *hall) ask(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, r)
	return w
}

func (h *hall) get(token, path string) *httptest.ResponseRecorder {
	return h.ask(request(token, path, "", ""))
}

func (h *hall) post(token, path, key, body string) *httptest.ResponseRecorder {
	return h.ask(request(token, path, key, body))
}

// wire gives an answer as it goes over the wire, but for the date.
func wire(w *httptest.ResponseRecorder) string {
	var b strings.Builder
	fmt.Fprintln(&b, w.Code)
	for _, name := range slices.Sorted(maps.Keys(w.Header())) {
		fmt.Fprintf(&b, "%s: %q\n", name, w.Header()[name])
	}
	return b.String() + "\n" + w.Body.String()
}
