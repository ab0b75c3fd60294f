package web

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"paraph/desk"
	"paraph/docx"
	"paraph/draft"
	"paraph/text"
)

// document is a document of a word processor, with a clause that is in no text.
var document = documentOf("7. A clause that came back.\n")

// documentOf makes a document of a text, as bytes in a string.
func documentOf(src string) string {
	t, err := draft.Parse(src)
	if err != nil {
		panic(err)
	}
	data, err := docx.WriteText(t, docx.Copy{})
	if err != nil {
		panic(err)
	}
	return string(data)
}

// uploaded makes the request of a browser that sends a file.
func (tb *table) uploaded(path, name, content string) *http.Request {
	tb.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if err := m.WriteField("key", key); err != nil {
		tb.Fatal(err)
	}
	f, err := m.CreateFormFile("document", name)
	if err == nil {
		_, err = f.Write([]byte(content))
	}
	if err == nil {
		err = m.Close()
	}
	if err != nil {
		tb.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

// latestSource gives the latest version as it was issued.
func (tb *table) latestSource() string {
	tb.Helper()
	var src string
	err := tb.desk.Look(context.Background(), river, actor(chair).Lens(), func(v desk.View) error {
		version, _ := text.SeeVersion(v.Text, "")
		src = draft.Print(version.Text)
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return src
}

var fieldOfForm = regexp.MustCompile(`<(?:input type="hidden" name="([^"]+)" value="([^"]*)"|input type="checkbox" name="(take)" value="(\d+)" checked|textarea id="(words-\d+)"[^>]*>([^<]*)<)`)

// TestBringingADocumentBack: from the file to proposals on the record, without a script.
func TestBringingADocumentBack(t *testing.T) {
	tb := newTable(t)
	src := tb.latestSource()
	changed := strings.Replace(src, "Nothing here", "Nothing whatsoever here", 1) + "\n\n9. Canary flies home.\n"
	if changed == src {
		t.Fatal("nothing was changed")
	}
	w := tb.ask(north, tb.uploaded("/p/river/import", "text.docx", documentOf(changed)))
	page := w.Body.String()
	if w.Code != http.StatusOK || !strings.Contains(page, "<ins>") || !strings.Contains(page, "Canary flies home.") || !strings.Contains(page, "2 proposals") {
		t.Fatalf("%d: %s", w.Code, page)
	}
	if strings.Contains(tb.get(north, "/p/river/proposals").Body.String(), "Canary") {
		t.Fatal("it was put on the record before anybody said so")
	}
	form := url.Values{"audience": {"internal:NO"}}
	for _, m := range fieldOfForm.FindAllStringSubmatch(page, -1) {
		form.Add(m[1]+m[3]+m[5], strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&amp;", "&").Replace(m[2]+m[4]+m[6]))
	}
	for range 2 { // sent twice, done once
		if w := tb.post(north, "/p/river/import/table", form); w.Code != http.StatusSeeOther {
			t.Fatalf("%d: %s", w.Code, w.Body)
		}
	}
	list := tb.get(north, "/p/river/proposals").Body.String()
	if n := strings.Count(list, "Canary flies home."); n != 1 || !strings.Contains(list, "whatsoever") {
		t.Errorf("the clause stands %d times among the proposals", n)
	}
	for _, other := range everyone {
		if other != north && strings.Contains(tb.get(other, "/p/river/proposals").Body.String(), "Canary") {
			t.Errorf("%s reads what is north's own", other)
		}
	}
}

// TestDocumentsThatAreRefused: in plain words, on the page with the form.
func TestDocumentsThatAreRefused(t *testing.T) {
	tb := newTable(t)
	for content, words := range map[string]string{"words": "no .docx", "": "empty", "PK\x03\x04words": "damaged"} {
		w := tb.ask(north, tb.uploaded("/p/river/import", "text.docx", content))
		if page := w.Body.String(); w.Code != http.StatusBadRequest || !strings.Contains(page, words) || !strings.Contains(page, `type="file"`) {
			t.Errorf("%q: %d: %s", content, w.Code, page)
		}
	}
}

// TestDocumentsAreTakenFromThoseWhoPropose: from others no byte is read.
func TestDocumentsAreTakenFromThoseWhoPropose(t *testing.T) {
	tb := newTable(t)
	for _, who := range everyone {
		if who == chair || who == north || who == south {
			continue
		}
		r := tb.uploaded("/p/river/import", "text.docx", document)
		body := &listened{Reader: r.Body}
		r.Body = body
		if w := tb.ask(who, r); w.Code == http.StatusOK || body.read {
			t.Errorf("%s: %d, read: %v", who, w.Code, body.read)
		}
	}
}

// listened tells whether anything was read of it.
type listened struct {
	io.Reader
	read bool
}

func (w *listened) Read(p []byte) (int, error) { w.read = true; return w.Reader.Read(p) }
func (w *listened) Close() error               { return nil }
