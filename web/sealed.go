package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"paraph/bargain"
	"paraph/fault"
	"paraph/record"
)

// sealing is the form on which a sealed test is opened: values alone.
type sealing struct {
	path     string
	packages []bargain.PackageView // that may be asked about
	about    string                // id of the one that is
	clauses  []side
	parties  []SeatName
	readers  []choice
}

// seeTestNew is the form for a sealed test: ?package=ID.
func seeTestNew(v sight, r *http.Request) (*Page, error) {
	p := &Page{Title: "Ask under seal", Section: bargainSection, Frozen: true, Areas: []string{"bargain"}}
	t := sealing{path: v.path("bargain"), packages: v.bargaining().live(), about: r.URL.Query().Get("package"), clauses: v.restable(), readers: v.plainReaders()}
	if t.about != "" && !slices.ContainsFunc(t.packages, func(p bargain.PackageView) bool { return p.ID == t.about }) {
		return nil, fault.NotFound("no such package")
	}
	if !v.mayPropose() {
		p.Body = mayNot("ask under seal")
		return p, nil
	}
	for _, s := range v.parties() {
		t.parties = append(t.parties, v.seat(s))
	}
	p.Body = sealHead()
	p.Form = func(f Form) templ.Component { return sealForm(t, f) }
	return p, nil
}

// openTest asks seats under seal.
func (s *Server) openTest(w http.ResponseWriter, r *http.Request) {
	s.formed(w, r, seeTestNew, "bargain/tests/new", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		a := bargain.OpenTest{ID: f.Get("key"), Question: f.Get("question"), Audience: record.Audience(f.Get("audience"))}
		err := s.sight(ctx, st, func(v sight) (err error) {
			if id := f.Get("package"); id != "" {
				p, there := bargain.SeePackage(v.Bargain, id, v.current())
				if !there {
					return fault.NotFound("no such package")
				}
				a.Package, a.Revision = p.ID, p.Revision
			}
			for _, seat := range v.parties() {
				if slices.Contains(f["asked"], string(seat)) {
					a.Asked = append(a.Asked, seat)
				}
			}
			if a.Clauses, err = v.conditions(f["clause"], nil); err == nil {
				a.If, err = v.conditions(f["if-clause"], nil)
			}
			return err
		})
		if err == nil {
			a.Deadline, err = s.until(f.Get("days"))
		}
		if err != nil {
			return answer{}, err
		}
		_, err = s.desk.Bargain(ctx, st.process, st.actor(), f.Get("key"), a)
		return to(processPath(st.process, "bargain/tests/"+a.ID+"?done=sealed"), err)
	})
}

// tested is one sealed test: for its form, values alone.
type tested struct {
	bargain.TestView
	path  string
	about string // the title of the package that it is about
}

// seeTest is one sealed test. What anybody answered is not on it, but for the own
// seat's answer.
func seeTest(v sight, r *http.Request) (*Page, error) {
	seen, there := bargain.SeeTest(v.Bargain, r.PathValue("test"), v.current())
	if !there {
		return nil, fault.NotFound("no such test")
	}
	t := tested{TestView: seen, path: v.path("bargain")}
	if seen.Package != "" {
		p, _ := bargain.SeePackage(v.Bargain, seen.Package, v.current())
		t.about = p.Title
	}
	state := &Fragment{ID: "state", Name: "how the test stands", Body: testStanding(v, t)}
	p := &Page{Title: "Sealed test", Section: bargainSection, Areas: []string{"bargain", "versions"}, Live: []*Fragment{state}, Body: testPage(v, t, state)}
	if v.mayAnswer(seen) {
		p.Form = func(f Form) templ.Component { return answerForm(t, f) }
	}
	return p, nil
}

// answerTest answers a sealed test for the own seat.
func (s *Server) answerTest(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("test")
	s.formed(w, r, seeTest, "bargain/tests/"+url.PathEscape(id), func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		said := f.Get("answer")
		if said != "yes" && said != "no" {
			return answer{}, fault.Invalid("the form does not say what you answer").With("press yes or no")
		}
		_, err := s.desk.Bargain(ctx, st.process, st.actor(), f.Get("key"), bargain.Answer{Test: id, Yes: said == "yes"})
		return to(processPath(st.process, "bargain/tests/"+id+"?done=answered"), err)
	})
}

// until is the time after so many days; zero when a form gives none.
func (s *Server) until(days string) (time.Time, error) {
	if days == "" {
		return time.Time{}, nil
	}
	n, err := strconv.Atoi(days)
	if err != nil || n < 1 || n > 365 {
		return time.Time{}, fault.Invalid("the time to answer is a number of days, from 1 to 365")
	}
	return s.options.Clock().AddDate(0, 0, n), nil
}
