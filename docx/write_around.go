package docx

// What stands around the words: parts that are nearly the same in every
// document.

func packageLinks() []byte {
	var m markup
	m.tag(xmlHead, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`,
		`<Relationship Id="rId1" Type="`, relations, `officeDocument" Target="word/document.xml"/>`,
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>`,
		`</Relationships>`)
	return m.buf
}

// core gives the properties of the document: what it is called, and nobody's
// name.
func (b *book) core() []byte {
	var m markup
	m.tag(xmlHead, `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"`,
		` xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>`)
	m.text(b.title)
	m.tag(`</dc:title><dc:subject>`)
	m.text(b.symbol)
	m.tag(`</dc:subject><dc:identifier>`)
	m.text(b.Fingerprint)
	m.tag(`</dc:identifier></cp:coreProperties>`)
	return m.buf
}

func settings(notes bool) []byte {
	var m markup
	m.tag(xmlHead, `<w:settings `, wordSpace, `><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>`)
	if notes {
		m.tag(`<w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr>`)
	}
	m.tag(`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>`,
		`</w:settings>`)
	return m.buf
}

// shortPrint is how much of a fingerprint stands on each page.
const shortPrint = 12

// header gives what stands at the head of each page: what the document is
// called, the symbol, the beginning of the fingerprint.
func (b *book) header(landscape bool) []byte {
	width, _ := b.paper(landscape)
	var m markup
	m.tag(xmlHead, `<w:hdr `, wordSpace, `><w:p><w:pPr><w:pStyle w:val="Header"/><w:tabs><w:tab w:val="right"`)
	m.number(`w:pos`, width-2*margin)
	m.tag(`/></w:tabs></w:pPr>`)
	plainRun(&m, b.title)
	identity := b.symbol
	if b.Fingerprint != "" {
		if identity != "" {
			identity += " · "
		}
		identity += b.Fingerprint[:min(shortPrint, len(b.Fingerprint))]
	}
	if identity != "" {
		m.tag(`<w:r><w:tab/></w:r>`)
		plainRun(&m, identity)
	}
	m.tag(`</w:p></w:hdr>`)
	return m.buf
}

func plainRun(m *markup, s string) {
	if s == "" {
		return
	}
	m.tag(`<w:r>`)
	if rightToLeft(asCells(s)) {
		m.tag(`<w:rPr><w:rtl/></w:rPr>`)
	}
	m.tag(`<w:t xml:space="preserve">`)
	m.text(s)
	m.tag(`</w:t></w:r>`)
}

func asCells(s string) []cell {
	out := make([]cell, 0, len(s))
	for _, r := range s {
		out = append(out, cell{r: valid(r)})
	}
	return out
}

func footer() []byte {
	var m markup
	m.tag(xmlHead, `<w:ftr `, wordSpace, `><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>`,
		`<w:r><w:t xml:space="preserve">Page </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>`,
		`<w:r><w:t xml:space="preserve"> of </w:t></w:r><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>`)
	return m.buf
}

// comments gives the remarks as comments; nil when there are none.
func (b *book) comments() []byte {
	var m markup
	if b.Footnotes {
		return nil
	}
	for _, s := range b.spans {
		if s.anchor != "" {
			continue
		}
		r := b.Remarks[s.remark]
		m.tag(`<w:comment`)
		m.number(`w:id`, s.remark)
		m.attr(`w:author`, r.Author)
		if !r.Date.IsZero() {
			m.attr(`w:date`, stamp(r.Date))
		}
		m.attr(`w:initials`, r.Initials)
		m.tag(`>`)
		for i, line := range lines(r.Words) {
			first := literalMarkup("")
			if i == 0 {
				first = `<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>`
			}
			note(&m, "CommentText", first, line)
		}
		m.tag("</w:comment>\n")
	}
	if m.buf == nil {
		return nil
	}
	var out markup
	out.tag(xmlHead, `<w:comments `, wordSpace, ">\n")
	out.buf = append(out.buf, m.buf...)
	out.tag(`</w:comments>`)
	return out.buf
}

// note writes one paragraph of a comment or a footnote.
func note(m *markup, style, first literalMarkup, line string) {
	m.tag(`<w:p><w:pPr><w:pStyle w:val="`, style, `"/>`)
	if rightToLeft(asCells(line)) {
		m.tag(`<w:bidi/>`)
	}
	m.tag(`</w:pPr>`, first)
	plainRun(m, line)
	m.tag(`</w:p>`)
}

// anchors gives the part that says which bookmark is which clause; nil when there
// are none.
func (b *book) anchors() []byte {
	if len(b.spans) == 0 {
		return nil
	}
	var m markup
	m.tag(xmlHead, `<anchors xmlns="urn:paraph:anchors"`)
	m.attr(`process`, b.Anchors.Process)
	m.attr(`version`, b.Anchors.Version)
	m.attr(`fingerprint`, b.Anchors.Fingerprint)
	m.attr(`seat`, string(b.Anchors.Seat))
	m.tag(">\n")
	for _, s := range b.spans {
		if s.anchor == "" {
			continue
		}
		m.tag(`<anchor`)
		m.attr(`name`, s.anchor)
		m.attr(`clause`, s.id)
		m.attr(`words`, s.words)
		m.tag("/>\n")
	}
	m.tag(`</anchors>`)
	return m.buf
}

// anchorParts give Word what it wants beside a part of our own.
func anchorParts() []part {
	var properties, links markup
	properties.tag(xmlHead, `<ds:datastoreItem ds:itemID="{5A1F6C9E-3B52-4E7D-9C0A-7E2B8D4F1A60}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">`,
		`<ds:schemaRefs><ds:schemaRef ds:uri="urn:paraph:anchors"/></ds:schemaRefs></ds:datastoreItem>`)
	links.tag(xmlHead, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`,
		`<Relationship Id="rId1" Type="`, relations, `customXmlProps" Target="itemProps1.xml"/></Relationships>`)
	return []part{{name: "customXml/itemProps1.xml", content: properties.buf}, {name: "customXml/_rels/item1.xml.rels", content: links.buf}}
}
