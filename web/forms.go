package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"paraph/fault"
)

// answer is what a form gets that was done: a page elsewhere, or, when what it
// made is shown once only, a page right here.
type answer struct {
	to    string
	title string
	body  templ.Component
}

// stale asks for a fresh passkey before something is done.
type stale struct{ about string }

func (e stale) Error() string { return "a fresh passkey is needed to " + e.about }

// needs refuses a caller whose passkey was not shown just now. About says what
// is about to be done: "clear the proposal to plenary". Where nobody signs in,
// nothing is asked.
func (s *Server) needs(c caller, about string) error {
	if s.options.People == nil || c.fresh(s.options.Clock()) {
		return nil
	}
	return stale{about}
}

// errBrief is what a form without its key gets: it was not one of ours.
var errBrief = fault.Invalid("The form came without its key.").With("load the page again and send it from there")

// filledIn reads a form. A file comes as the field that it is for, as text. What
// cannot be read is the sender's to mend, or the sender is gone.
func filledIn(r *http.Request) error {
	files := strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data")
	read := r.ParseForm
	if files {
		read = func() error { return r.ParseMultipartForm(maxForm) }
	}
	if err := read(); err != nil {
		if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return large
		}
		if known, ok := errors.AsType[*fault.Error](err); ok {
			return known
		}
		return fault.Invalid("the form could not be read").With("load the page again and send it from there").Because(err)
	}
	if !files {
		return nil
	}
	for name, files := range r.MultipartForm.File {
		for _, file := range files {
			if file.Size == 0 {
				continue
			}
			f, err := file.Open()
			if err != nil {
				return err
			}
			content, err := io.ReadAll(f)
			if err := errors.Join(err, f.Close()); err != nil {
				return err
			}
			r.PostForm.Set(name, string(content))
		}
	}
	return nil
}

// acted does what a form asks for that belongs to no process, for somebody who
// is signed in. When it is refused, show gives the page with the form once more;
// nil for one without a page of its own.
func (s *Server) acted(w http.ResponseWriter, r *http.Request, show func(caller, Form) (string, templ.Component, error),
	do func(context.Context, caller, url.Values) (answer, error)) {
	c, err := s.caller(r)
	if err == nil && !c.signedIn() {
		err = errDoor
	}
	if err == nil { // nothing is read of who may do nothing here
		err = filledIn(r)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	a, err := do(r.Context(), c, r.PostForm)
	if err == nil {
		s.answered(w, r, a)
		return
	}
	if show == nil || !again(err) {
		s.refused(w, r, err)
		return
	}
	words, hint := explain(err)
	title, body, wrong := show(c, Form{Key: r.PostForm.Get("key"), Wrong: words, Hint: hint, filled: r.PostForm})
	if wrong != nil {
		s.fail(w, r, wrong)
		return
	}
	s.outer(w, r, statuses[fault.KindOf(err)], title, body)
}

// again tells whether a form that was refused is worth showing again.
func again(err error) bool {
	if _, ask := errors.AsType[stale](err); ask || errors.Is(err, context.Canceled) {
		return false
	}
	kind := fault.KindOf(err)
	return kind != fault.KindNotFound && kind != fault.KindInternal
}

// refused answers a form that was not done: with why, or with the question for
// a fresh passkey, which holds the form.
func (s *Server) refused(w http.ResponseWriter, r *http.Request, err error) {
	if ask, ok := errors.AsType[stale](err); ok {
		s.outer(w, r, http.StatusForbidden, "Confirm with your passkey", plea(ask.about, held(r.PostForm), r.URL.RequestURI()))
		return
	}
	s.fail(w, r, err)
}

func (s *Server) answered(w http.ResponseWriter, r *http.Request, a answer) {
	if a.body != nil {
		s.outer(w, r, http.StatusOK, a.title, a.body)
		return
	}
	http.Redirect(w, r, a.to, http.StatusSeeOther)
}

// to is an answer that leads to a page.
func to(path string, err error) (answer, error) { return answer{to: path}, err }
