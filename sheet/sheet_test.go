package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCSV(t *testing.T) {
	got := string(CSV(Table{
		Columns: []string{"Clause", "US", "RU"},
		Rows:    [][]string{{"1", "says \"no\"", "a, b"}, {"2", "two\nlines"}, {"3", "=1+1", " plain "}},
	}))
	want := "\ufeffClause,US,RU\r\n1,\"says \"\"no\"\"\",\"a, b\"\r\n2,\"two\nlines\",\r\n3,\"'=1+1\",\" plain \"\r\n"
	if got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestArmed(t *testing.T) {
	for _, s := range []string{
		"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "\u00a0=1", "\u3000=1", "\u200b=1", "\ufeff=1", "'=1", `"=1`,
		"＝1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "﹫x", "|x", "−1", "words\n=1", "words\r@x", "“=1", " \t =HYPERLINK(\"x\")",
	} {
		if !Armed(s) {
			t.Errorf("%q is taken for words", s)
		}
	}
	for _, s := range []string{"", "words", "1 = 1", "5 bis", "(a) words", "– a dash", "[US: words]", "a\nb", "…"} {
		if Armed(s) {
			t.Errorf("%q is taken for a formula", s)
		}
	}
}

// TestCSVRoundTrip reads what CSV wrote with another reader: every cell is what
// it was, but for the apostrophe before what is armed.
func TestCSVRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawTable(t)
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(CSV(table), []byte("\ufeff"))))
		r.FieldsPerRecord = len(table.Columns)
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != len(table.Rows)+1 {
			t.Fatalf("%d rows of %d", len(rows), len(table.Rows)+1)
		}
		for i, row := range table.Rows {
			for k, cell := range row {
				want := strings.ReplaceAll(cell, "\r\n", "\n") // which the reader does
				if Armed(cell) {
					want = "'" + want
				}
				if rows[i+1][k] != want {
					t.Fatalf("cell %q came back as %q", cell, rows[i+1][k])
				}
			}
		}
	})
}

func drawTable(t *rapid.T) Table {
	cell := rapid.StringOf(rapid.OneOf(rapid.SampledFrom([]rune("=+-@\"',;\n\r\t ab<&_x")), rapid.Rune()))
	table := Table{Title: cell.Draw(t, "title"), Columns: rapid.SliceOfN(cell, 2, 5).Draw(t, "columns")}
	for range rapid.IntRange(0, 5).Draw(t, "rows") {
		table.Rows = append(table.Rows, rapid.SliceOfN(cell, 0, len(table.Columns)).Draw(t, "row"))
	}
	return table
}

func TestXLSX(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawTable(t)
		data, err := XLSX(table, table)
		if err != nil {
			t.Fatal(err)
		}
		again, err := XLSX(table, table)
		if err != nil || !bytes.Equal(data, again) {
			t.Fatal("the same tables make another file")
		}
		rows := readSheet(t, data)
		if len(rows) != len(table.Rows)+1 {
			t.Fatalf("%d rows of %d", len(rows), len(table.Rows)+1)
		}
		for i, row := range append([][]string{table.Columns}, table.Rows...) {
			for k, cell := range row {
				if want := strings.ReplaceAll(visible(cell), "_x", "_x005F_x"); rows[i][k] != want {
					t.Fatalf("cell %q came back as %q", want, rows[i][k])
				}
			}
		}
	})
}

func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return '\ufffd'
		}
		return r
	}, s)
}

// readSheet reads the first sheet of a workbook: every cell is an inline string.
func readSheet(t *rapid.T, data []byte) [][]string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var sheet struct {
		Rows []struct {
			Cells []struct {
				Type  string `xml:"t,attr"`
				Words string `xml:"is>t"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := wellFormed(content); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if f.Name == "xl/worksheets/sheet1.xml" {
			if err := xml.Unmarshal(content, &sheet); err != nil {
				t.Fatal(err)
			}
		}
	}
	var rows [][]string
	for _, r := range sheet.Rows {
		var row []string
		for _, c := range r.Cells {
			if c.Type != "inlineStr" {
				t.Fatalf("a cell of type %q", c.Type)
			}
			row = append(row, c.Words)
		}
		rows = append(rows, row)
	}
	return rows
}

func wellFormed(content []byte) error {
	d := xml.NewDecoder(bytes.NewReader(content))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestXLSXRefusesWhatItWouldCut(t *testing.T) {
	_, err := XLSX(Table{Columns: []string{"a"}, Rows: [][]string{{strings.Repeat("x", maxCell+1)}}})
	if err == nil || !strings.Contains(err.Error(), "32767 characters") {
		t.Errorf("got %v", err)
	}
}

func TestColumnName(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := columnName(i); got != want {
			t.Errorf("column %d is %s, want %s", i, got, want)
		}
	}
}

func TestSheetNames(t *testing.T) {
	taken := map[string]bool{}
	for _, c := range [][2]string{{"Matrix", "Matrix"}, {"matrix", "matrix 2"}, {"a/b:c[d]", "a b c d"}, {"", "Sheet 4"}, {strings.Repeat("x", 40), strings.Repeat("x", 28)}} {
		if got := sheetName(c[0], map[string]string{"matrix": "2", "": "4"}[c[0]], taken); got != c[1] {
			t.Errorf("%q is called %q, want %q", c[0], got, c[1])
		}
	}
}
