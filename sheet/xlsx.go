package sheet

import (
	"archive/zip"
	"bytes"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"paraph/fault"
)

// The limits of a sheet, which are Excel's.
const (
	maxRows    = 1_048_576
	maxColumns = 16_384
	maxCell    = 32_767 // characters
)

// XLSX gives the tables as a workbook, a sheet for each. The names of the columns
// stay in sight, every cell is text, and nothing in the file says who wrote it or
// when.
func XLSX(tables ...Table) ([]byte, error) {
	if len(tables) == 0 {
		tables = []Table{{}}
	}
	for _, t := range tables {
		if err := t.fits(); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name, content string) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = w.Write([]byte(xmlHead + content))
		}
		return err
	}
	var err error
	put := func(name, content string) {
		if err == nil {
			err = add(name, content)
		}
	}
	put("[Content_Types].xml", contentTypes(len(tables)))
	put("_rels/.rels", relationshipsOf(relation{"rId1", "officeDocument", "xl/workbook.xml"}))
	put("xl/workbook.xml", workbook(tables))
	put("xl/_rels/workbook.xml.rels", links(len(tables)))
	put("xl/styles.xml", styles)
	for i, t := range tables {
		put("xl/worksheets/sheet"+strconv.Itoa(i+1)+".xml", worksheet(t))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return nil, fault.Unavailable("the workbook could not be packed").Because(err)
	}
	return out.Bytes(), nil
}

// fits refuses what a sheet would cut.
func (t Table) fits() error {
	if len(t.Rows) >= maxRows || len(t.Columns) > maxColumns {
		return fault.Invalid("the table is larger than a sheet can be: %d rows, %d columns", len(t.Rows), len(t.Columns)).
			With("take it as CSV")
	}
	for i, r := range t.Rows {
		for _, c := range r {
			if len(c) > maxCell && utf8.RuneCountInString(c) > maxCell {
				return fault.Invalid("row %d has a cell of more than %d characters, which a sheet would cut", i+1, maxCell).
					With("take it as CSV")
			}
		}
	}
	return nil
}

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace  = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	linkSpace  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	sheetTypes = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
)

// styles are: 0 the default, 1 the names of the columns, 2 words, 3 words that a
// program must not take for a formula.
const styles = `<styleSheet ` + mainSpace + `><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

func contentTypes(sheets int) string {
	var b strings.Builder
	b.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + sheetTypes + `sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + sheetTypes + `styles+xml"/>`)
	for i := range sheets {
		b.WriteString(`<Override PartName="/xl/worksheets/sheet` + strconv.Itoa(i+1) + `.xml" ContentType="` + sheetTypes + `worksheet+xml"/>`)
	}
	b.WriteString(`</Types>`)
	return b.String()
}

type relation struct{ id, kind, target string }

func relationshipsOf(all ...relation) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range all {
		b.WriteString(`<Relationship Id="` + r.id + `" Type="` + linkSpace + `/` + r.kind + `" Target="` + r.target + `"/>`)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

func links(sheets int) string {
	all := []relation{{"rId1", "styles", "styles.xml"}}
	for i := range sheets {
		all = append(all, relation{"rId" + strconv.Itoa(i+2), "worksheet", "worksheets/sheet" + strconv.Itoa(i+1) + ".xml"})
	}
	return relationshipsOf(all...)
}

func workbook(tables []Table) string {
	var b strings.Builder
	b.WriteString(`<workbook ` + mainSpace + ` xmlns:r="` + linkSpace + `"><sheets>`)
	taken := map[string]bool{}
	for i, t := range tables {
		n := strconv.Itoa(i + 1)
		b.WriteString(`<sheet name="`)
		escape(&b, sheetName(t.Title, n, taken))
		b.WriteString(`" sheetId="` + n + `" r:id="rId` + strconv.Itoa(i+2) + `"/>`)
	}
	b.WriteString(`</sheets></workbook>`)
	return b.String()
}

// sheetName makes a title a name that a sheet may have: at most 31 characters,
// none of []:*?/\ in it, no apostrophe around it, and no other sheet's.
func sheetName(title, number string, taken map[string]bool) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return ' '
		}
		return r
	}, title)
	runes := []rune(name)
	name = strings.Trim(string(runes[:min(len(runes), 28)]), " '")
	if name == "" {
		name = "Sheet " + number
	}
	if taken[strings.ToLower(name)] {
		name += " " + number
	}
	taken[strings.ToLower(name)] = true
	return name
}

func worksheet(t Table) string {
	var b strings.Builder
	b.WriteString(`<worksheet ` + mainSpace + `><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i := range max(1, len(t.Columns)) {
		n := strconv.Itoa(i + 1)
		b.WriteString(`<col min="` + n + `" max="` + n + `" width="` + strconv.Itoa(t.width(i)) + `" customWidth="1"/>`)
	}
	b.WriteString("</cols><sheetData>\n")
	writeRow(&b, 1, t.Columns, true)
	for i, r := range t.Rows {
		writeRow(&b, i+2, r, false)
	}
	b.WriteString("</sheetData></worksheet>")
	return b.String()
}

// width gives the width of a column, in characters.
func (t Table) width(column int) int {
	longest := 8
	for _, r := range t.Rows {
		if column < len(r) {
			longest = max(longest, min(60, utf8.RuneCountInString(r[column])))
		}
	}
	if column < len(t.Columns) {
		longest = max(longest, min(60, utf8.RuneCountInString(t.Columns[column])))
	}
	return longest + 2
}

func writeRow(b *strings.Builder, row int, cells []string, head bool) {
	n := strconv.Itoa(row)
	b.WriteString(`<row r="` + n + `">`)
	for i, c := range cells {
		style := "2"
		switch {
		case head:
			style = "1"
		case Armed(c):
			style = "3"
		}
		b.WriteString(`<c r="` + columnName(i) + n + `" s="` + style + `" t="inlineStr"><is><t xml:space="preserve">`)
		escape(b, c)
		b.WriteString(`</t></is></c>`)
	}
	b.WriteString("</row>\n")
}

// columnName gives A, B … Z, AA, AB …
func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// escape writes words as XML. What XML cannot hold is shown as the sign for it,
// and what would be read as an escape of this format ("_x0041_") is escaped.
func escape(b *strings.Builder, s string) {
	for _, r := range strings.ReplaceAll(s, "_x", "_x005F_x") {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\r':
			b.WriteString("&#13;")
		case r < ' ' && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF:
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
}
