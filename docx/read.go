package docx

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// Read reads a document. It refuses, as invalid and in plain words, what is no
// .docx, is locked or damaged, holds macros, refers to what would have to be
// fetched, defines a document type or goes beyond the limits of package.go.
//
// Time and space are linear in the size of the parts that are read.
func Read(data []byte) (*Document, error) {
	p, err := open(data)
	if err != nil {
		return nil, err
	}
	if err := p.outside(); err != nil {
		return nil, err
	}
	main, err := p.main()
	if err != nil {
		return nil, err
	}
	r := &reading{p: p, doc: &Document{Blocks: []Block{}}, noted: map[Unread]int{}, ranged: map[int]bool{}}
	if err := r.document(main); err != nil {
		return nil, err
	}
	return r.doc, r.unreadParts()
}

// reading is a file under way to being a Document.
type reading struct {
	p        *parcel
	doc      *Document
	part     string          // whose elements are read
	links    map[string]link // of that part
	known    map[string]bool // parts that were read
	styles   styleBook
	lists    lists
	noted    map[Unread]int // where in doc.Unread it stands
	changes  []Change       // that are around what is read, the outermost first
	moves    []moveRange
	fields   []field
	broken   bool // fields do not balance: all words are shown
	link     string
	remarks  []int // comments that are open
	remarkAt map[string]int
	noteOf   map[string]int
	ranged   map[int]bool // comments that have a range
	marks    []openMark
	pieces   int     // paragraphs, runs, rows, cells so far
	boxes    []Block // paragraphs of text boxes, which come after the paragraph that holds them
}

// moveRange is a range within which words moved.
type moveRange struct{ id, name string }

// openMark is an anchor that is open.
type openMark struct{ id, name string }

// document reads the main part and those that it needs.
func (r *reading) document(main string) error {
	links, err := r.p.links(main)
	if err != nil {
		return err
	}
	r.known = map[string]bool{main: true}
	target := func(kind string) string {
		for _, id := range slices.Sorted(maps.Keys(links)) {
			if links[id].kind == kind && r.p.has(links[id].target) {
				r.known[links[id].target] = true
				return links[id].target
			}
		}
		return ""
	}
	if r.styles, err = readStyles(r.p, target(relStyles)); err != nil {
		return err
	}
	if r.lists, err = readLists(r.p, target(relNumbering), r.styles); err != nil {
		return err
	}
	if err := r.comments(target(relComments), target(relExtended)); err != nil {
		return err
	}
	for _, end := range []bool{false, true} {
		kind := relFootnotes
		if end {
			kind = relEndnotes
		}
		if err := r.notes(target(kind), end); err != nil {
			return err
		}
	}
	if err := r.origin(links); err != nil {
		return err
	}
	if err := r.enter(main); err != nil {
		return err
	}
	if err := r.body(main); err != nil {
		return err
	}
	r.countNotes()
	r.label()
	return nil
}

// enter begins a part.
func (r *reading) enter(part string) (err error) {
	r.part, r.links = part, nil
	r.changes, r.moves, r.fields, r.link, r.remarks, r.marks = nil, nil, nil, "", nil, nil
	r.links, err = r.p.links(part)
	return err
}

// body reads the blocks of the main part.
func (r *reading) body(main string) error {
	data, err := r.p.bytes(main)
	if err != nil {
		return err
	}
	r.broken = bytes.Count(data, []byte(`fldCharType="begin"`)) != bytes.Count(data, []byte(`fldCharType="end"`))
	return r.p.walk(main, data, 2, func(e *etree.Element) error {
		r.doc.Blocks = append(r.doc.Blocks, r.block(e, "w:body")...)
		return r.within()
	})
}

// within holds what was read to the limit.
func (r *reading) within() error {
	if r.pieces > MaxPieces {
		return tooMuch(r.part)
	}
	return nil
}

// blocks reads the blocks in an element.
func (r *reading) blocks(e *etree.Element, path string) []Block {
	out := []Block{}
	for _, c := range elements(e) {
		out = append(out, r.block(c, path)...)
	}
	return out
}

// block reads one element that can stand where paragraphs do.
func (r *reading) block(e *etree.Element, path string) []Block {
	if e.Space == "w" {
		switch e.Tag {
		case "p":
			return r.paragraph(e)
		case "tbl":
			return []Block{{Table: r.table(e)}}
		case "sdt":
			return r.blocks(child(e, "w:sdtContent"), path)
		case "customXml", "smartTag", "txbxContent":
			return r.blocks(e, path)
		case "ins", "del", "moveFrom", "moveTo":
			if end, ok := r.covered(e); ok {
				defer end()
			}
			return r.blocks(e, path)
		case "sectPr": // headers and footers are listed as parts
			return nil
		case "altChunk":
			r.note(path+"/w:altChunk", "a document within the document")
			return nil
		case "tcPr", "sdtPr", "sdtEndPr":
			return nil
		}
	}
	if is(e, "mc:AlternateContent") {
		var out []Block
		r.alternative(e, func(choice *etree.Element) bool {
			out = r.blocks(choice, path)
			return len(out) > 0
		})
		return out
	}
	if r.between(e) {
		return nil
	}
	if is(e, "m:oMathPara") || is(e, "m:oMath") { // a formula between paragraphs
		p := &etree.Element{Space: "w", Tag: "p"}
		p.AddChild(e)
		return r.paragraph(p)
	}
	r.strange(e, path)
	return nil
}

// between takes what marks a place, wherever it stands.
func (r *reading) between(e *etree.Element) bool {
	if e.Space == "w14" || e.Space == "w15" {
		return strings.HasPrefix(e.Tag, "customXmlConflict") || strings.HasPrefix(e.Tag, "conflict")
	}
	if e.Space != "w" {
		return false
	}
	switch e.Tag {
	case "bookmarkStart":
		if name := attr(e, "w:name"); strings.HasPrefix(name, anchorPrefix) && len(r.marks) < 32 &&
			!slices.ContainsFunc(r.marks, func(m openMark) bool { return m.name == name }) {
			r.marks = append(r.marks, openMark{attr(e, "w:id"), name})
		}
	case "bookmarkEnd":
		id := attr(e, "w:id")
		r.marks = slices.DeleteFunc(r.marks, func(b openMark) bool { return b.id == id })
	case "commentRangeStart":
		if at := r.comment(attr(e, "w:id")); at >= 0 && !slices.Contains(r.remarks, at) && len(r.remarks) < 100 {
			r.remarks, r.ranged[at] = append(slices.Clone(r.remarks), at), true
		}
	case "commentRangeEnd":
		at := r.comment(attr(e, "w:id"))
		r.remarks = slices.DeleteFunc(slices.Clone(r.remarks), func(i int) bool { return i == at })
	case "moveFromRangeStart", "moveToRangeStart":
		r.moves = append(r.moves, moveRange{attr(e, "w:id"), attr(e, "w:name")})
	case "moveFromRangeEnd", "moveToRangeEnd":
		id := attr(e, "w:id")
		r.moves = slices.DeleteFunc(r.moves, func(m moveRange) bool { return m.id == id })
	case "proofErr", "permStart", "permEnd", "lastRenderedPageBreak",
		"customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
		"customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd":
	default:
		return false
	}
	return true
}

// covered begins a tracked change, for what stands in its element.
func (r *reading) covered(e *etree.Element) (end func(), ok bool) {
	c, ok := change(e)
	if !ok {
		return nil, false
	}
	if c.Kind == MoveFrom || c.Kind == MoveTo {
		if n := len(r.moves); n > 0 {
			c.Move = r.moves[n-1].name
		}
	}
	around := r.changes
	r.changes = append(slices.Clip(around), c)
	return func() { r.changes = around }, true
}

// change reads who changed what.
func change(e *etree.Element) (Change, bool) {
	c := Change{Author: attr(e, "w:author"), Date: attr(e, "w:date")}
	switch e.Tag {
	case "ins", "cellIns":
		c.Kind = Insertion
	case "del", "cellDel":
		c.Kind = Deletion
	case "moveFrom":
		c.Kind = MoveFrom
	case "moveTo":
		c.Kind = MoveTo
	case "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "numberingChange", "cellMerge":
		c.Kind = Format
	default:
		return c, false
	}
	return c, true
}

// alternative reads the first of some forms of one thing that says anything.
func (r *reading) alternative(e *etree.Element, read func(*etree.Element) bool) {
	for _, c := range elements(e) {
		if (is(c, "mc:Choice") || is(c, "mc:Fallback")) && read(c) {
			return
		}
	}
}

// table reads a table.
func (r *reading) table(e *etree.Element) *Grid {
	t := &Grid{Rows: []Row{}}
	r.rows(e, t)
	return t
}

func (r *reading) rows(e *etree.Element, t *Grid) {
	for _, c := range elements(e) {
		switch {
		case is(c, "w:tr"):
			row := Row{Cells: []Cell{}, Changes: slices.Clip(r.changes)}
			r.pieces++
			for _, m := range elements(child(c, "w:trPr")) {
				if ch, ok := change(m); ok {
					row.Changes = append(row.Changes, ch)
				}
			}
			r.cells(c, &row)
			t.Rows = append(t.Rows, row)
		case is(c, "w:sdt"):
			r.rows(child(c, "w:sdtContent"), t)
		case is(c, "w:customXml"):
			r.rows(c, t)
		case is(c, "w:ins"), is(c, "w:del"), is(c, "w:moveFrom"), is(c, "w:moveTo"):
			end, _ := r.covered(c)
			r.rows(c, t)
			end()
		case is(c, "w:tblPr"), is(c, "w:tblGrid"), is(c, "w:tblPrEx"), r.between(c):
		default:
			r.strange(c, "w:tbl")
		}
	}
}

func (r *reading) cells(e *etree.Element, row *Row) {
	for _, c := range elements(e) {
		switch {
		case is(c, "w:tc"):
			cell := Cell{}
			r.pieces++
			for _, m := range elements(child(c, "w:tcPr")) {
				if ch, ok := change(m); ok {
					cell.Changes = append(cell.Changes, ch)
				}
			}
			cell.Blocks = r.blocks(c, "w:tc")
			row.Cells = append(row.Cells, cell)
		case is(c, "w:sdt"):
			r.cells(child(c, "w:sdtContent"), row)
		case is(c, "w:customXml"):
			r.cells(c, row)
		case is(c, "w:trPr"), is(c, "w:tblPrEx"), r.between(c):
		default:
			r.strange(c, "w:tr")
		}
	}
}
