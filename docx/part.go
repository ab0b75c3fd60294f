package docx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"strconv"
	"time"

	"paraph/fault"
)

// part is one file of the package.
type part struct {
	name     string
	kind     literalMarkup // content type; empty for the default one of .xml
	relation literalMarkup // to the main part; empty for none
	content  []byte
}

const (
	officeTypes = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
	relations   = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
)

// document gives the bytes of a document whose text is the items.
func (b *book) document(items []item) ([]byte, error) {
	b.ids = len(b.spans)
	w := body{book: b, ranges: map[literalMarkup]int{}}
	w.paragraphs(items)
	return b.pack(w.buf, w.notes, false)
}

// pack puts the parts around the body of a document.
func (b *book) pack(words []byte, notes []footnote, landscape bool) ([]byte, error) {
	parts := []part{
		{"word/styles.xml", officeTypes + "styles+xml", relations + "styles", styles(cmp.Or(b.Lang, "en"))},
		{"word/settings.xml", officeTypes + "settings+xml", relations + "settings", settings(len(notes) > 0)},
		{"word/header1.xml", officeTypes + "header+xml", relations + "header", b.header(landscape)},
		{"word/footer1.xml", officeTypes + "footer+xml", relations + "footer", footer()},
	}
	if len(notes) > 0 {
		parts = append(parts, part{"word/footnotes.xml", officeTypes + "footnotes+xml", relations + "footnotes", b.footnotes(notes)})
	}
	if comments := b.comments(); comments != nil {
		parts = append(parts, part{"word/comments.xml", officeTypes + "comments+xml", relations + "comments", comments})
	}
	if anchors := b.anchors(); anchors != nil {
		parts = append(parts, part{"customXml/item1.xml", "", relations + "customXml", anchors})
	}
	var m markup
	m.tag(xmlHead, `<w:document `, wordSpace, ` `, linkSpace, "><w:body>\n")
	m.buf = append(m.buf, words...)
	b.section(&m, landscape)
	m.tag(`</w:body></w:document>`)
	return b.zip(m.buf, parts)
}

// section writes the paper, with header and footer.
func (b *book) section(m *markup, landscape bool) {
	width, height := b.paper(landscape)
	m.tag(`<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/><w:pgSz`)
	m.number(`w:w`, width)
	m.number(`w:h`, height)
	if landscape {
		m.tag(` w:orient="landscape"`)
	}
	m.tag(`/><w:pgMar w:top="1304" w:right="`)
	m.text(itoa(margin))
	m.tag(`" w:bottom="1134" w:left="`)
	m.text(itoa(margin))
	m.tag(`" w:header="624" w:footer="567" w:gutter="0"/></w:sectPr>`)
}

// margin is that of the sides, in twentieths of a point.
const margin = 1191

// paper gives width and height, in twentieths of a point.
func (b *book) paper(landscape bool) (width, height int) {
	width, height = 11906, 16838
	if b.Letter {
		width, height = 12240, 15840
	}
	if landscape {
		return height, width
	}
	return width, height
}

// zip packs the parts in a fixed order, all with one fixed time.
func (b *book) zip(document []byte, parts []part) ([]byte, error) {
	var types, links markup
	types.tag(xmlHead, `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`,
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
		`<Default Extension="xml" ContentType="application/xml"/>`,
		`<Override PartName="/word/document.xml" ContentType="`, officeTypes, `document.main+xml"/>`,
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	links.tag(xmlHead, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i, p := range parts {
		target := "../" + p.name
		if len(p.name) > 5 && p.name[:5] == "word/" {
			target = p.name[5:]
		}
		if p.kind != "" {
			types.tag(`<Override`)
			types.attr(`PartName`, "/"+p.name)
			types.attr(`ContentType`, string(p.kind))
			types.tag(`/>`)
		}
		links.tag(`<Relationship Id="rId`)
		links.text(itoa(i + 1))
		links.tag(`" Type="`, p.relation, `"`)
		links.attr(`Target`, target)
		links.tag(`/>`)
	}
	if len(b.spans) > 0 {
		types.tag(`<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>`)
	}
	types.tag(`</Types>`)
	links.tag(`</Relationships>`)
	all := []part{{name: "[Content_Types].xml", content: types.buf}, {name: "_rels/.rels", content: packageLinks()},
		{name: "docProps/core.xml", content: b.core()}, {name: "word/document.xml", content: document},
		{name: "word/_rels/document.xml.rels", content: links.buf}}
	all = append(all, parts...)
	if len(b.spans) > 0 {
		all = append(all, anchorParts()...)
	}
	return archive(all)
}

// archive makes the zip file. The time is the earliest that the format knows.
func archive(parts []part) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = w.Write(p.content)
		}
		if err != nil {
			return nil, fault.Unavailable("the document could not be packed").Because(err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fault.Unavailable("the document could not be packed").Because(err)
	}
	return out.Bytes(), nil
}

func itoa(n int) string { return strconv.Itoa(n) }
