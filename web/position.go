package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"paraph/consent"
	"paraph/fault"
	"paraph/record"
	"paraph/text"
)

// seePosition is the form on which a seat says what it thinks of a clause, or of
// a proposal on it, and gives consent to its words.
func seePosition(v sight, r *http.Request) (*Page, error) {
	c, err := v.clause(r.PathValue("clause"))
	if err != nil {
		return nil, err
	}
	p := &Page{
		Title: "Take a position", Section: "Text", Version: v.identity(c.latest), Frozen: true,
		Body: positionHead(c),
	}
	if v.Lens.Role == record.Party {
		p.Form = func(f Form) templ.Component { return positionForm(c, f) }
	} else {
		p.Body = mayNot("take positions")
	}
	return p, nil
}

// things lists what a position may be on: the clause's words, and the live
// proposals on it.
func (c clause) things() []side {
	out := []side{{string(record.NewRef("clause", c.ID)), "the words of " + c.last().Symbol}}
	for _, p := range newestFirst(c.Proposals) {
		if p.Status == text.Live {
			out = append(out, side{string(record.NewRef("proposal", p.ID)), "the proposal of " + string(p.Seat) + " that " + does(p.Kind) + " it, of " + day(p.At)})
		}
	}
	return out
}

// levels lists the consents that can be given, the lowest first.
func levels() []consent.Level { return consent.Levels() }

// binds tells whether a consent is more than one ad referendum.
func binds(l consent.Level) bool { return l != consent.None && l != consent.AdReferendum }

// position takes a position, or gives consent: the form says which by its button.
func (s *Server) position(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("clause")
	s.filled(w, r, seePosition, func(ctx context.Context, st sitter, f url.Values) (string, error) {
		act, err := s.stance(ctx, st, id, f)
		if give, consents := act.(consent.Give); err == nil && consents && binds(give.Level) {
			err = s.needs(st.caller, "give the consent of "+string(st.lens.Seat)+" to these words: "+string(give.Level))
		}
		if err == nil {
			_, err = s.desk.Do(ctx, st.process, st.actor(), f.Get("key"), act)
		}
		return processPath(st.process, "clauses/"+id+"?done=position#positions"), err
	})
}

// stance reads the form as an act: of the exact words that it showed, by their
// fingerprint. If those have changed since, the act is refused.
func (s *Server) stance(ctx context.Context, st sitter, id string, f url.Values) (act any, err error) {
	err = s.sight(ctx, st, func(v sight) error {
		c, err := v.clause(id)
		if err != nil {
			return err
		}
		if f.Get("fingerprint") != c.last().Fingerprint {
			return fault.Conflict("the words of this clause have changed since you opened the form").With("read them again, then decide")
		}
		if f.Get("do") == "consent" {
			act = consent.Give{
				Clause: id, Version: c.last().Version, Fingerprint: c.last().Fingerprint, Level: consent.Level(f.Get("level")),
				Note: f.Get("note"), Audience: record.Audience(f.Get("audience")),
			}
			return nil
		}
		a := consent.TakePosition{
			On: record.Ref(cmp.Or(f.Get("on"), "clause/"+id)), Position: consent.Position(f.Get("position")),
			Note: f.Get("note"), Audience: record.Audience(f.Get("audience")),
		}
		if strings.HasPrefix(string(a.On), "clause/") {
			a.Fingerprint = c.last().Fingerprint
		}
		act = a
		return nil
	})
	return act, err
}
