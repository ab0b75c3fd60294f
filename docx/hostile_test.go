package docx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"runtime"
	"runtime/metrics"
	"strings"
	"syscall"
	"testing"
	"time"

	"paraph/fault"
)

// hostile is a document that means harm, and what is said of it: part of the
// refusal, or, after "reads ", part of what is read.
type hostile struct {
	name string
	make func(t testing.TB) []byte
	want string
}

// raw is an entry as it is written into a zip file, header and all.
type raw struct {
	name, local string // in the table of contents, and in its own header; the same when empty
	data        []byte // packed
	size        uint64 // as declared, unpacked
	crc         uint32
	flags       uint16
	method      uint16
	at          int64 // where the table of contents says it is; 0 for where it is
}

// packRaw writes a zip file that may lie.
func packRaw(entries []raw) []byte {
	var out, contents bytes.Buffer
	le := binary.LittleEndian
	for _, e := range entries {
		local := e.local
		if local == "" {
			local = e.name
		}
		at := int64(out.Len())
		head := make([]byte, 30)
		copy(head, "PK\x03\x04")
		le.PutUint16(head[6:], e.flags)
		le.PutUint16(head[8:], e.method)
		le.PutUint32(head[14:], e.crc)
		le.PutUint32(head[18:], uint32(len(e.data)))
		le.PutUint32(head[22:], uint32(e.size))
		le.PutUint16(head[26:], uint16(len(local)))
		out.Write(head)
		out.WriteString(local)
		out.Write(e.data)
		if e.at != 0 {
			at = e.at - 1
		}
		c := make([]byte, 46)
		copy(c, "PK\x01\x02")
		le.PutUint16(c[8:], e.flags)
		le.PutUint16(c[10:], e.method)
		le.PutUint32(c[16:], e.crc)
		le.PutUint32(c[20:], uint32(len(e.data)))
		size := uint32(e.size)
		var extra []byte
		if e.size > 1<<32-2 {
			size = 1<<32 - 1
			extra = make([]byte, 12)
			le.PutUint16(extra, 1)
			le.PutUint16(extra[2:], 8)
			le.PutUint64(extra[4:], e.size)
		}
		le.PutUint32(c[24:], size)
		le.PutUint16(c[28:], uint16(len(e.name)))
		le.PutUint16(c[30:], uint16(len(extra)))
		le.PutUint32(c[42:], uint32(at))
		contents.Write(c)
		contents.WriteString(e.name)
		contents.Write(extra)
	}
	start := out.Len()
	out.Write(contents.Bytes())
	end := make([]byte, 22)
	copy(end, "PK\x05\x06")
	le.PutUint16(end[8:], uint16(len(entries)))
	le.PutUint16(end[10:], uint16(len(entries)))
	le.PutUint32(end[12:], uint32(contents.Len()))
	le.PutUint32(end[16:], uint32(start))
	out.Write(end)
	return out.Bytes()
}

// stored gives the entries of an honest document, not packed.
func stored(entries []entry) []raw {
	var out []raw
	for _, e := range entries {
		out = append(out, raw{name: e.name, data: []byte(e.data), size: uint64(len(e.data)), crc: crc32.ChecksumIEEE([]byte(e.data))})
	}
	return out
}

var honest = maker{body: par("", "The Parties shall cooperate.")}

// with makes a document with further or other entries.
func with(change func([]entry) []entry) func(testing.TB) []byte {
	return func(t testing.TB) []byte { return pack(t, change(honest.entries())) }
}

// lying makes a document whose zip file lies.
func lying(change func([]raw) []raw) func(testing.TB) []byte {
	return func(testing.TB) []byte { return packRaw(change(stored(honest.entries()))) }
}

func inBody(s string) func(testing.TB) []byte {
	return func(t testing.TB) []byte { return maker{body: s}.bytes(t) }
}

func replaced(name, data string) func(testing.TB) []byte {
	return with(func(all []entry) []entry {
		for i := range all {
			if all[i].name == name {
				all[i].data = data
			}
		}
		return all
	})
}

func added(name, data string) func(testing.TB) []byte {
	return with(func(all []entry) []entry { return append(all, entry{name, data}) })
}

func outwards(kind, target string) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		m := honest
		m.links = `<Relationship Id="rId9" Type="` + relNS + kind + `" Target="` + target + `" TargetMode="External"/>`
		return m.bytes(t)
	}
}

func hostiles() []hostile {
	document := func(s string) string { return `<w:document ` + more + `><w:body>` + s + `</w:body></w:document>` }
	deep := func(open, close string, n int) string {
		return strings.Repeat(open, n) + strings.Repeat(close, n)
	}
	noise := func(n int) string { // packs badly
		b := make([]byte, n)
		x := uint32(1)
		for i := range b {
			x = x*1664525 + 1013904223
			b[i] = 'a' + byte(x>>24)%26
		}
		return string(b)
	}
	run := func(s string) string { return `<w:r><w:t>` + s + `</w:t></w:r>` }
	letters := noise(6 << 20)
	many := func(n int, each func(string) string) string { // that pack badly
		var b strings.Builder
		for i := range n {
			b.WriteString(each(letters[i*20 : i*20+20]))
		}
		return b.String()
	}
	return append([]hostile{
		{"nothing", func(testing.TB) []byte { return nil }, "empty"},
		{"words", func(testing.TB) []byte { return []byte("The Parties") }, "no .docx"},
		{"a PDF", func(testing.TB) []byte { return []byte("%PDF-1.7\n") }, "no .docx"},
		{"the old format, or a password", func(testing.TB) []byte { return []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest") }, "password"},
		{"larger than is taken", func(testing.TB) []byte { return make([]byte, MaxBytes+1) }, "larger than 25 MiB"},
		{"a zip file cut short", func(t testing.TB) []byte { b := honest.bytes(t); return b[:len(b)/2] }, "damaged"},
		{"a zip file without entries", func(t testing.TB) []byte { return pack(t, nil) }, "no .docx"},
		{"words before the zip file", func(t testing.TB) []byte { return append([]byte("MZ words"), honest.bytes(t)...) }, "no .docx"},
		{"another zip file", func(t testing.TB) []byte { return pack(t, []entry{{"readme.txt", "x"}}) }, "does not say what its parts are"},
		{"an OpenDocument text", func(t testing.TB) []byte {
			return pack(t, []entry{{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "<x/>"}})
		}, "OpenDocument"},
		{"a spreadsheet", with(func(all []entry) []entry {
			all[0].data = strings.ReplaceAll(all[0].data, "wordprocessingml.document", "spreadsheetml.sheet")
			return all
		}), "table or slides"},
		{"no main part", with(func(all []entry) []entry { return append(all[:2:2], all[3:]...) }), "holds no document"},
		{"a main part that is elsewhere", replaced("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/officeDocument" Target="../../etc/passwd"/></Relationships>`), "points out of it"},
		{"a main part at an address", replaced("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/officeDocument" TargetMode="External" Target="http://example.org/x"/></Relationships>`), "outside of it"},
		{"a path out of the folder", added("../../evil.xml", "x"), "a name that no document uses"},
		{"an absolute path", added("/etc/passwd", "x"), "a name that no document uses"},
		{"a path of another system", added(`word\..\..\evil.xml`, "x"), "a name that no document uses"},
		{"a drive", added("c:/evil.xml", "x"), "a name that no document uses"},
		{"a name with a zero byte", added("word/a\x00.xml", "x"), "a name that no document uses"},
		{"a name with dots within", added("word/../word/document.xml", "x"), "a name that no document uses"},
		{"a part twice", added("word/document.xml", document(par("", "Other words."))), "twice"},
		{"a part twice in other letters", added("WORD/Document.XML", document(par("", "Other words."))), "twice"},
		{"a part with two names", lying(func(all []raw) []raw { all[2].local = "word/other_one.xml"; return all }), "two names"},
		{"two entries over the same bytes", lying(func(all []raw) []raw {
			twin := all[2]
			twin.name, twin.local, twin.at = "word/footnotes.xml", "", 1
			for _, e := range all[:2] {
				twin.at += int64(30 + len(e.name) + len(e.data))
			}
			return append(all, twin)
		}), "overlap"},
		{"a thousand entries over the same bytes", lying(func(all []raw) []raw {
			for i := range 1000 {
				e := all[0]
				e.name, e.local, e.at = fmt.Sprintf("x%d.xml", i), "", 1
				all = append(all, e)
			}
			return all
		}), "overlap"},
		{"an entry that lies beyond the file", lying(func(all []raw) []raw { all[2].at = 1 << 30; return all }), "damaged"},
		{"too many entries", with(func(all []entry) []entry {
			for i := range MaxEntries {
				all = append(all, entry{fmt.Sprintf("x%d.xml", i), ""})
			}
			return all
		}), "more than the 2000"},
		{"a password", lying(func(all []raw) []raw { all[2].flags = 1; return all }), "password"},
		{"an unknown packing", lying(func(all []raw) []raw { all[2].method = 12; return all }), "packed in a way"},
		{"a wrong check sum", lying(func(all []raw) []raw { all[2].crc++; return all }), "damaged"},
		{"a size that is too small", lying(func(all []raw) []raw { all[2].size = 10; return all }), "damaged"},
		{"a size that is too large", lying(func(all []raw) []raw { all[2].size += 100; return all }), "damaged"},
		{"a size of sixteen exbibytes", lying(func(all []raw) []raw { all[2].size = 1<<64 - 1; return all }), "unpacks to more"},
		{"a size of five gibibytes", lying(func(all []raw) []raw { all[2].size = 5 << 30; return all }), "unpacks to more"},
		{"sizes that add up to nothing", lying(func(all []raw) []raw { all[1].size, all[2].size = 1<<63, 1<<63; return all }), "unpacks to more"},
		{"a bomb of one part", added("word/bomb.xml", strings.Repeat("A", 30<<20)), "times its size"},
		{"a bomb of one read part", replaced("word/document.xml", document(par("", strings.Repeat("A", 40<<20)))), "times its size"},
		{"a bomb of many parts", with(func(all []entry) []entry {
			for i := range 250 {
				all = append(all, entry{fmt.Sprintf("x%d.xml", i), strings.Repeat("A", 1<<20)})
			}
			return all
		}), "200 MiB"},
		{"a program", added("word/vbaProject.bin", "x"), "macros"},
		{"a kind with a program", replaced("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`), "macros"},
		{"a program by another name", func(t testing.TB) []byte {
			m := honest
			m.types = `<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>`
			return m.bytes(t)
		}, "macros"},
		{"a template from elsewhere", outwards("attachedTemplate", "http://example.org/evil.dotm"), "attach the template Normal"},
		{"a template of the settings from elsewhere", added("word/_rels/settings.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/attachedTemplate" TargetMode="External" Target="http://example.org/x.dotm"/></Relationships>`), "attach the template Normal"},
		{"a picture from elsewhere", outwards("image", `\\example.org\share\x.png`), "outside of it"},
		{"an object from elsewhere", outwards("oleObject", "mhtml:http://example.org/x.html!x-usc:http://example.org/x.html"), "outside of it"},
		{"a frame from elsewhere", outwards("frame", "http://example.org/"), "outside of it"},
		{"a document type", replaced("word/document.xml", `<!DOCTYPE x>`+document(par("", "a"))), "document type"},
		{"entities within entities", replaced("word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`+document(par("", "&b;"))), "document type"},
		{"a file by an entity", replaced("word/document.xml", `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>`+document(par("", "&a;"))), "document type"},
		{"a document type of the relationships", replaced("_rels/.rels", `<!DOCTYPE x><x/>`), "document type"},
		{"an entity that is not defined", replaced("word/document.xml", document(par("", "&nbsp;"))), "well-formed"},
		{"XML that ends early", replaced("word/document.xml", `<w:document `+more+`><w:body><w:p>`), "well-formed"},
		{"XML that crosses", replaced("word/document.xml", `<w:document `+more+`><w:body><w:p></w:body></w:p></w:document>`), "well-formed"},
		{"bytes that are no letters", replaced("word/document.xml", document(par("", "a\xff\xfeb"))), "well-formed"},
		{"another encoding", replaced("word/document.xml", `<?xml version="1.0" encoding="UTF-7"?>`+document(par("", "a"))), "well-formed"},
		{"an empty main part", replaced("word/document.xml", ""), "well-formed"},
		{"elements deep within each other", inBody(deep("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 500)), "nests deeper"},
		{"tables deep within each other", inBody(deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 20_000)), "nests deeper"},
		{"too many elements in a paragraph", inBody(`<w:p>` + many(100_000, run) + `</w:p>`), "more than a document that is read here may"},
		{"too many runs in a paragraph that is not too large", inBody(`<w:p>` + many(60_000, run) + `</w:p>`), "reads "},
		{"too many paragraphs", func(t testing.TB) []byte {
			return maker{body: strings.Repeat(`<w:p>`+run(noise(20))+`</w:p>`, 500_000)}.bytes(t)
		}, "times its size"},
		{"too many paragraphs that pack badly", func(t testing.TB) []byte {
			return maker{body: many(300_000, func(s string) string { return `<w:p>` + run(s) + `</w:p>` })}.bytes(t)
		}, "more than a document that is read here may"},
		{"too many attributes", inBody(`<w:p` + many(300_000, func(s string) string { return ` a="` + s + `"` }) + `/>`), "more than a document that is read here may"},
		{"too many empty paragraphs", inBody(many(200_000, func(s string) string { return `<w:p a="` + s + `"/>` })), "more than a document that is read here may"},
		{"too many cells", inBody(`<w:tbl>` + many(120_000, func(s string) string { return `<w:tr><w:tc a="` + s + `"/></w:tr>` }) + `</w:tbl>`), "more than a document that is read here may"},
		{"paragraphs within many changes", inBody(strings.Repeat(`<w:ins w:id="1" w:author="A">`, 120) + many(60_000, func(s string) string { return `<w:p a="` + s + `"/>` }) + strings.Repeat(`</w:ins>`, 120)), "reads "},
	}, harmless(run, noise)...)
}

// harmless are those that look like harm and are read.
func harmless(run func(string) string, noise func(int) string) []hostile {
	return []hostile{
		{"a hyperlink", outwards("hyperlink", "http://example.org/"), "reads The Parties"},
		{"a style that is based on itself", func(t testing.TB) []byte {
			m := honest
			m.styles = `<w:style w:type="paragraph" w:default="1" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>`
			return m.bytes(t)
		}, "reads The Parties"},
		{"a comment that answers itself", func(t testing.TB) []byte {
			m := honest
			m.comments = `<w:comment w:id="0"><w:p w14:paraId="1">` + run("x") + `</w:p></w:comment>`
			m.more = []entry{{"word/commentsExtended.xml", `<x:commentsEx xmlns:x="http://schemas.microsoft.com/office/word/2012/wordml"><x:commentEx x:paraId="1" x:paraIdParent="1"/></x:commentsEx>`}}
			m.links = `<Relationship Id="e" Type="x/commentsExtended" Target="commentsExtended.xml"/>`
			return m.bytes(t)
		}, "reads The Parties"},
		{"a comment in a comment in a comment", func(t testing.TB) []byte {
			m := maker{comments: `<w:comment w:id="0"><w:p><w:commentRangeStart w:id="0"/>` + run("x") + `<w:r><w:commentReference w:id="0"/></w:r></w:p></w:comment>`}
			m.body = `<w:p>` + strings.Repeat(`<w:commentRangeStart w:id="0"/>`, 1000) + run("a") + `</w:p>`
			return m.bytes(t)
		}, "reads a"},
		{"a list with a vast number", func(t testing.TB) []byte {
			return maker{
				numbering: abstract("0", strings.Replace(lvl("upperRoman", "%1"), `w:val="1"`, `w:val="2147483647"`, 1)) + num("1", "0"),
				body:      par(in("1", "0"), "a"),
			}.bytes(t)
		}, "reads 1000000 a"},
		{"a list with a negative number", func(t testing.TB) []byte {
			return maker{
				numbering: abstract("0", strings.Replace(lvl("lowerLetter", "%1%9%"), `w:val="1"`, `w:val="-5"`, 1)) + num("1", "0"),
				body:      par(in("1", "-3"), "a"),
			}.bytes(t)
		}, "reads 00% a"},
		{"fields that open and never close", inBody(`<w:p>` + strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, 20_000) + run("a") + `</w:p>`), "reads a"},
		{"a field that would start a program", inBody(`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDEAUTO c:\\x "cmd"</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>` + run("a") + `<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`), "reads a"},
		{"many bookmarks that never end", inBody(`<w:p>` + strings.Repeat(`<w:bookmarkStart w:id="1" w:name="_paraph_1"/>`, 10_000) + run("a") + `</w:p>` + strings.Repeat(`<w:p/>`, 20_000)), "reads a"},
		{"changes within changes", inBody(`<w:p>` + strings.Repeat(`<w:ins w:id="1" w:author="A"><w:del w:id="2" w:author="B">`, 120) + run("a") + strings.Repeat(`</w:del></w:ins>`, 120) + `</w:p>`), "reads "},
		{"a document type at the head of the pages", func(t testing.TB) []byte {
			m := honest
			m.more = []entry{{"word/header1.xml", `<!DOCTYPE x [<!ENTITY y "z">]><w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>&y;</w:p></w:hdr>`}}
			return m.bytes(t)
		}, "document type"},
		{"a program as words", inBody(par("", "&lt;script&gt;alert(1)&lt;/script&gt;")), "reads <script>"},
	}
}

// TestHostileDocuments: each is refused in plain words, or read safely, within two
// seconds of the processor and 128 MiB.
func TestHostileDocuments(t *testing.T) {
	all := hostiles()
	if len(all) < 60 {
		t.Fatalf("there are %d hostile documents, not 60", len(all))
	}
	for _, h := range all {
		data := h.make(t)
		d, cost, err := measured(func() (*Document, error) { return Read(data) })
		t.Logf("%-50s %7d kB  %5d ms  %4d MiB  %v", h.name, len(data)>>10, cost.cpu.Milliseconds(), cost.memory>>20, err)
		if !raced && (cost.cpu > 2*time.Second || cost.memory > 128<<20) {
			t.Errorf("%s: took %v and %d MiB", h.name, cost.cpu, cost.memory>>20)
		}
		if want, reads := strings.CutPrefix(h.want, "reads "); reads {
			if err != nil {
				t.Errorf("%s: refused: %v", h.name, err)
			} else if got := inLines(d.Accepted()...); !strings.HasPrefix(got, want) {
				t.Errorf("%s: reads %q", h.name, shortened(got, 100))
			}
			continue
		}
		if fault.KindOf(err) != fault.KindInvalid || !strings.Contains(err.Error(), h.want) {
			t.Errorf("%s: %v, want %q", h.name, err, h.want)
		}
	}
}

// cost is what reading a document took.
type cost struct {
	cpu    time.Duration
	memory uint64 // the most of the heap that was in use, over what was before
}

func measured(read func() (*Document, error)) (*Document, cost, error) {
	inUse := func() uint64 {
		s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(s)
		return s[0].Value.Uint64()
	}
	runtime.GC()
	before, most := inUse(), uint64(0)
	done, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, inUse())
			select {
			case <-done:
				return
			case <-tick.C:
			}
		}
	}()
	from := processor()
	d, err := read()
	took := processor() - from
	close(done)
	<-stopped
	return d, cost{took, max(most, before) - before}, err
}

// processor gives how long the processor has worked for this program.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// FuzzRead: whatever is read, no word is made up.
func FuzzRead(f *testing.F) {
	tracked, err := os.ReadFile("testdata/tracked.docx")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(tracked)
	f.Add(honest.bytes(f))
	for _, h := range hostiles() {
		if !strings.Contains(h.name, "many") && !strings.Contains(h.name, "bomb") && !strings.Contains(h.name, "larger") {
			f.Add(h.make(f))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(data)
		if err != nil {
			if fault.KindOf(err) != fault.KindInvalid {
				t.Fatalf("refused as %v: %v", fault.KindOf(err), err)
			}
			return
		}
		inParts(t, data, d)
		for _, o := range []TextOptions{{}, {Changes: ChangesRejected}, {Changes: ChangesInBrackets}, {Changes: ChangesInBrackets, Marks: true}} {
			d.Text(o)
		}
	})
}

// FuzzBody is FuzzRead for the main part alone, so that it need not guess a zip file.
func FuzzBody(f *testing.F) {
	f.Add(par("", "a"), "")
	f.Add(`<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>b</w:t></w:r></w:ins></w:p>`, lvl("decimal", "%1."))
	f.Add(`<w:tbl><w:tr><w:trPr><w:del w:id="2" w:author="B"/></w:trPr><w:tc>`+par("", "c")+`</w:tc></w:tr></w:tbl>`, lvl("bullet", "x"))
	f.Add(`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:t>d</w:t></w:r></w:p><w:sectPr/>`, "")
	f.Fuzz(func(t *testing.T, body, level string) {
		data := pack(t, maker{body: body, numbering: abstract("0", level) + num("1", "0")}.entries())
		d, err := Read(data)
		if err != nil {
			return
		}
		inParts(t, data, d)
		accepted, _ := d.Text(TextOptions{})
		again, _ := d.Text(TextOptions{})
		if accepted != again {
			t.Error("the text is not the same twice")
		}
		d.Text(TextOptions{Changes: ChangesInBrackets, Marks: true})
	})
}

// inParts holds every word that is read to stand in a part of the file.
func inParts(t *testing.T, data []byte, d *Document) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("read, and no zip file: %v", err)
	}
	there := map[rune]bool{}
	for _, r := range "\t\n\u2011\u00ad\uFFFD•" {
		there[r] = true
	}
	for _, r := range symbols {
		there[r] = true
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			continue
		}
		var b bytes.Buffer
		_, _ = b.ReadFrom(r)
		s := b.String()
		if strings.ContainsAny(s, "&") || strings.Contains(s, "w:sym") || strings.Contains(s, ":sym") {
			return // characters by number: they need not stand there themselves
		}
		for _, c := range s {
			there[c] = true
		}
	}
	for _, lines := range [][]Line{d.Resolve(func(Change) bool { return true }), d.Resolve(func(Change) bool { return false })} {
		for _, l := range lines {
			for _, c := range l.Words() {
				if !there[c] {
					t.Errorf("%q was made up, in %q", c, l.Words())
				}
			}
		}
	}
}
