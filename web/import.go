package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"paraph/api"
	"paraph/docx"
	"paraph/draft"
	"paraph/fault"
	"paraph/text"
)

// Bounds of what comes with documents, in bytes.
const (
	maxUpload = docx.MaxBytes + 64<<10
	maxChoice = 8 << 20 // the proposals that a document amounts to, as a form
)

// bound gives how much a request may send.
func bound(r *http.Request) int64 {
	switch {
	case r.Method != http.MethodPost || !strings.HasPrefix(r.URL.Path, "/p/"):
	case strings.HasSuffix(r.URL.Path, "/import"), strings.HasSuffix(r.URL.Path, "/which"):
		return maxUpload
	case strings.HasSuffix(r.URL.Path, "/import/table"):
		return maxChoice
	}
	return maxForm
}

// seeImport is the form for a document that comes back from a word processor.
func seeImport(v sight, _ *http.Request) (*Page, error) {
	p := &Page{Title: "Bring a document back", Section: "Proposals", Frozen: true, Areas: []string{"text"}, Body: importHead()}
	version, there := text.SeeVersion(v.Text, "")
	switch {
	case !there:
		return nil, fault.NotFound("no version")
	case v.mayPropose():
		p.Version = v.identity(version)
		p.Form = func(f Form) templ.Component { return importForm(v, f) }
	default:
		p.Body = mayNot("propose")
	}
	return p, nil
}

// mayTable refuses those who table nothing.
func (v sight) mayTable() error {
	if !v.mayPropose() {
		return fault.Forbidden("the seat that you sit in does not propose here").With("parties and the chair do")
	}
	return nil
}

// bringBack shows what a document amounts to. Who sends it is known before a byte
// of it is read; nothing of it is kept, and nobody else is shown any.
func (s *Server) bringBack(w http.ResponseWriter, r *http.Request) {
	st, err := s.sitter(r)
	if err == nil {
		err = s.sight(r.Context(), st, sight.mayTable)
	}
	var d *docx.Document
	if err == nil {
		var data []byte
		if data, err = upload(r, "document"); err == nil {
			d, err = s.reader.Read(r, data)
		}
	}
	var shown string
	if err == nil {
		err = s.sight(r.Context(), st, func(v sight) error {
			found, err := api.BringBack(v.View, st.actor(), api.Importing{}, d)
			if err == nil {
				shown = markup(importShown(v, newImported(found), s.options.Key()))
			}
			return err
		})
	}
	switch {
	case err == nil:
		s.again(w, r, seeImport, "import", http.StatusOK, Form{preview: made(shown)})
	case again(err) && len(r.PostForm) > 0:
		words, hint := explain(err)
		s.again(w, r, seeImport, "import", statuses[fault.KindOf(err)], Form{Wrong: words, Hint: hint})
	default:
		s.fail(w, r, err)
	}
}

// upload reads a form with one document, as a file or pasted. The document is in
// memory alone, and the form's other fields are in r.PostForm.
func upload(r *http.Request, field string) ([]byte, error) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err := filledIn(r)
		return []byte(r.PostForm.Get(field)), err
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, unreadable(err)
	}
	r.PostForm = url.Values{}
	var data []byte
	for range 20 {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return data, nil
		}
		if err != nil {
			return nil, unreadable(err)
		}
		most := int64(4096)
		if p.FormName() == field {
			most = docx.MaxBytes + 1
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(io.LimitReader(p, most)); err != nil {
			return nil, unreadable(err)
		}
		if p.FormName() == field {
			if b.Len() > 0 { // a file takes the place of what was pasted before it
				data = b.Bytes()
			}
		} else {
			r.PostForm.Set(p.FormName(), b.String())
		}
	}
	return nil, unreadable(nil)
}

// unreadable says why a form could not be read.
func unreadable(err error) error {
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return large
	}
	return fault.Invalid("the form could not be read").With("load the page again and send it from there").Because(err)
}

// imported is what a document amounts to, its edits numbered through.
type imported struct {
	api.Import
	edits     []numbered
	questions []question
}

// numbered is an edit with its number in the form.
type numbered struct {
	api.ImportedEdit
	no int
}

// question is a question with its answers.
type question struct {
	api.ImportedQuestion
	no      int
	answers []numbered
}

func newImported(found api.Import) imported {
	out, no := imported{Import: found}, 0
	for _, e := range found.Edits {
		out.edits = append(out.edits, numbered{e, no})
		no++
	}
	for i, q := range found.Questions {
		own := question{ImportedQuestion: q, no: i}
		for _, a := range q.Answers {
			own.answers = append(own.answers, numbered{a, no})
			no++
		}
		out.questions = append(out.questions, own)
	}
	return out
}

// field names a field of an edit.
func (n numbered) field(name string) string { return name + "-" + strconv.Itoa(n.no) }

func (n numbered) number() string { return strconv.Itoa(n.no) }

func (q question) field() string { return "answer-" + strconv.Itoa(q.no) }

func (n numbered) likeness() string { return strconv.Itoa(n.Likeness) + " % alike" }

// does says what an edit does, to which clause.
func (n numbered) does() string {
	switch n.Kind {
	case text.Insert:
		return "A new clause after " + n.Title
	case text.Delete:
		return "Delete " + n.Title
	case text.Move:
		return "Move " + n.Title
	}
	return "Amend " + n.Title
}

// runs gives the change of words.
func (n numbered) runs() []draft.Run {
	old, err := draft.Parse(n.Old)
	new, wrong := draft.Parse(n.Words)
	if n.Kind != text.Amend || err != nil || wrong != nil {
		return nil
	}
	var out []draft.Run
	for _, c := range draft.Compare(old, new).Clauses {
		out = append(out, c.Runs...)
	}
	return out
}

// fields gives what is carried to the next form unseen.
func (n numbered) fields() [][2]string {
	return [][2]string{{n.field("kind"), string(n.Kind)}, {n.field("clause"), n.Clause}, {n.field("after"), n.After}}
}

// tableImported puts the chosen proposals on the record, one by one: each is an act
// of its own, with a key of its own, so that what is sent again is not done twice.
func (s *Server) tableImported(w http.ResponseWriter, r *http.Request) {
	s.filled(w, r, nil, func(ctx context.Context, st sitter, f url.Values) (string, error) {
		if len(f.Get("key")) < 16 {
			return "", errBrief
		}
		if err := s.sight(ctx, st, sight.mayTable); err != nil {
			return "", err
		}
		chosen := chosen(f)
		if len(chosen) == 0 {
			return "", fault.Invalid("nothing was chosen").With("go back and tick what is to be put on the record")
		}
		for i, one := range chosen {
			var a text.Table
			err := s.sight(ctx, st, func(v sight) error {
				a = v.tableOf(one)
				return nil
			})
			if err == nil {
				_, err = s.desk.Do(ctx, st.process, st.actor(), one.Get("key"), a)
			}
			if err != nil {
				return "", unfinished(err, i, len(chosen))
			}
		}
		return processPath(st.process, "proposals?done=proposed"), nil
	})
}

// unfinished says how far it came.
func unfinished(err error, done, of int) error {
	e, known := errors.AsType[*fault.Error](err)
	if !known || done == 0 {
		return err
	}
	own := *e
	own.Words = fmt.Sprintf("%d of %d proposals are on the record; the next was refused: %s", done, of, e.Words)
	return &own
}

// chosen gives the edits that are ticked and the answers that are chosen, each as the
// form of a proposal.
func chosen(f url.Values) []url.Values {
	numbers := slices.Clone(f["take"])
	for name := range f {
		if strings.HasPrefix(name, "answer-") && f.Get(name) != "" {
			numbers = append(numbers, f.Get(name))
		}
	}
	slices.SortFunc(numbers, func(a, b string) int {
		x, _ := strconv.Atoi(a)
		y, _ := strconv.Atoi(b)
		return cmp.Or(x-y, strings.Compare(a, b))
	})
	var out []url.Values
	for _, n := range slices.Compact(numbers) {
		if at, err := strconv.Atoi(n); err != nil || at < 0 || at > 100_000 || f.Get("kind-"+n) == "" {
			continue
		}
		out = append(out, url.Values{
			"key": {f.Get("key") + "-" + n}, "kind": {f.Get("kind-" + n)}, "version": {f.Get("version")},
			"clause": {f.Get("clause-" + n)}, "after": {f.Get("after-" + n)}, "words": {f.Get("words-" + n)},
			"reason": {f.Get("reason")}, "audience": {f.Get("audience")},
		})
	}
	return out
}

// authors lists names as the document has them.
func authors(names []string) string { return strings.Join(names, ", ") }
