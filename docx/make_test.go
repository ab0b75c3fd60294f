package docx

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// maker makes small documents by hand, so that the reader is tried on what no
// writer of our own writes.
type maker struct {
	body      string // of w:body
	styles    string
	numbering string
	comments  string
	footnotes string
	more      []entry // further parts
	types     string
	links     string
}

type entry struct{ name, data string }

const (
	nsW   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	nsR   = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	more  = nsW + ` ` + nsR + ` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"`
	relNS = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
)

// entries gives the parts.
func (m maker) entries() []entry {
	main := "application/vnd.openxmlformats-officedocument.wordprocessingml."
	types := `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + main + `document.main+xml"/>` + m.types
	links := m.links
	out := []entry{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` + types + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relNS + `officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document ` + more + `><w:body>` + m.body + `</w:body></w:document>`},
	}
	part := func(name, root, inner string) {
		if inner != "" {
			out = append(out, entry{"word/" + name + ".xml", `<w:` + root + ` ` + more + `>` + inner + `</w:` + root + `>`})
			links += `<Relationship Id="rId_` + name + `" Type="` + relNS + name + `" Target="` + name + `.xml"/>`
		}
	}
	part("styles", "styles", m.styles)
	part("numbering", "numbering", m.numbering)
	part("comments", "comments", m.comments)
	part("footnotes", "footnotes", m.footnotes)
	if links != "" {
		out = append(out, entry{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + links + `</Relationships>`})
	}
	return append(out, m.more...)
}

func (m maker) bytes(t testing.TB) []byte { return pack(t, m.entries()) }

func pack(t testing.TB, entries []entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.Create(e.name)
		if err == nil {
			_, err = w.Write([]byte(e.data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read reads what was made.
func (m maker) read(t testing.TB) *Document {
	t.Helper()
	d, err := Read(m.bytes(t))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// par makes a paragraph with properties and words.
func par(properties, words string) string {
	return `<w:p><w:pPr>` + properties + `</w:pPr><w:r><w:t xml:space="preserve">` + words + `</w:t></w:r></w:p>`
}

func inLines(s ...string) string { return strings.Join(s, "\n") }

// unpack gives the parts of a document.
func unpack(t testing.TB, data []byte) []entry {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out []entry
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		out = append(out, entry{f.Name, b.String()})
	}
	return out
}
