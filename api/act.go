package api

import (
	"context"
	"net/http"
	"time"

	"paraph/bargain"
	"paraph/desk"
	"paraph/fault"
	"paraph/record"
)

// Done is what an act wrote. All of it is durable.
type Done struct {
	ID      string         `json:"id,omitempty" about:"Of what the act made; left out for acts that make nothing that others could name."`
	Again   bool           `json:"again" about:"The act was done before under this key: nothing new was written."`
	Entries []WrittenEntry `json:"entries" about:"What was written, in order."`
}

// WrittenEntry is one entry on the record.
type WrittenEntry struct {
	Audience record.Audience `json:"audience" about:"The log that it stands in."`
	Seq      uint64          `json:"seq" about:"Its place in that log, from 1."`
	At       time.Time       `json:"at"`
	Kind     record.Kind     `json:"kind" about:"What happened: text.proposal.tabled."`
}

// deed is an act that is asked for, as its route made it.
type deed struct {
	act   any
	makes string // the id of what it makes; empty for nothing
	binds bool   // a page asks for the passkey anew before it
}

// acting answers a request for an act.
func (s *Server) acting(most int64, empty func() any, make func(v sight, r *http.Request, key string, body any) (deed, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		done, err := s.act(w, r, most, empty(), make)
		var a answer
		if err == nil {
			a, err = made(done, false)
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		a.write(w)
	}
}

// act does what a request asks for. What the caller cannot see is not there to
// act in, whatever the token allows and whatever was sent.
func (s *Server) act(w http.ResponseWriter, r *http.Request, most int64, sent any, make func(sight, *http.Request, string, any) (deed, error)) (Done, error) {
	p, c, _, err := s.arrive(r, nil)
	if err == nil {
		err = s.look(r.Context(), p, c, func(sight) error { return nil })
	}
	if err == nil && !c.MayAct {
		err = mayNotAct(c)
	}
	if err != nil {
		return Done{}, err
	}
	key, err := actKey(r)
	if err != nil {
		return Done{}, err
	}
	if err := body(w, r, most, sent); err != nil {
		return Done{}, err
	}
	var d deed
	err = s.look(r.Context(), p, c, func(v sight) error {
		d, err = make(v, r, key, sent)
		return err
	})
	if err != nil {
		return Done{}, err
	}
	if d.binds && !c.MayBind {
		return Done{}, fault.Forbidden("This token may not do what a page asks for the passkey anew for.").
			With("make a token that may bind, for an hour at most, or do it on the page")
	}
	receipt, err := s.do(r.Context(), p, c.Actor, key, d.act)
	if err != nil {
		return Done{}, err
	}
	return doneOf(receipt, d), nil
}

// do does an act, and what follows of it by itself.
func (s *Server) do(ctx context.Context, p record.ProcessID, by record.Actor, key string, act any) (desk.Receipt, error) {
	if a, ok := act.(bargain.Act); ok {
		return s.desk.Bargain(ctx, p, by, key, a)
	}
	return s.desk.Do(ctx, p, by, key, act)
}

func mayNotAct(c Caller) error {
	if c.Actor.Seat == "" {
		return fault.Forbidden("Only those who have a seat act.").With("send the token of a seat that may act: Authorization: Bearer …")
	}
	return fault.Forbidden("This token may read only.").With("make one that may act, on your account's page")
}

func doneOf(r desk.Receipt, d deed) Done {
	return Done{ID: d.makes, Again: r.Again, Entries: each(r.Entries, func(e record.Entry) WrittenEntry {
		return WrittenEntry{e.Audience, e.Seq, utc(e.At), e.Content.Kind}
	})}
}

// posing answers a request that asks something in its body, of at most so many
// bytes, and writes nothing.
func (s *Server) posing(most int64, empty func() any, see func(sight, any) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p, c, asText, err := s.arrive(r, []parameter{asParameter})
		if err == nil {
			err = s.look(r.Context(), p, c, func(sight) error { return nil })
		}
		sent := empty()
		if err == nil {
			err = body(w, r, most, sent)
		}
		var a answer
		if err == nil {
			a, err = s.seen(r.Context(), p, c, asText, func(v sight) (any, error) { return see(v, sent) })
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		a.write(w)
	}
}
