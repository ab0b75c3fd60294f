package docx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"

	"paraph/fault"
)

// The limits of what Read takes.
const (
	MaxBytes   = 25 << 20  // of a file
	MaxEntries = 2_000     // in the file
	MaxOut     = 200 << 20 // of all entries together, unpacked
	MaxPart    = 48 << 20  // of one part that is read, unpacked
	MaxRatio   = 100       // of unpacked to packed, for entries over a mebibyte
	MaxDepth   = 256       // of elements within each other
	MaxNodes   = 800_000   // elements, attributes and stretches of text, in all parts that are read
	MaxPieces  = 150_000   // paragraphs, runs, rows, cells
	maxTree    = 200_000   // nodes in one paragraph, table or small part
)

// parcel is an opened file: the names of its parts, of which only those that are
// asked for are unpacked.
type parcel struct {
	files map[string]*zip.File // by name, in lower case: names of parts are equal in any case
	names []string             // as written, in order
	types contentTypes
	nodes int // still allowed
	left  int64
}

// open opens a file and refuses what no word processor writes.
func open(data []byte) (*parcel, error) {
	if err := recognised(data); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fault.Invalid("the file is damaged: its table of contents cannot be read").
			With("save it again in your word processor as .docx").Because(err)
	}
	if len(z.File) > MaxEntries {
		return nil, fault.Invalid("the file holds %d entries, more than the %d that a document may have", len(z.File), MaxEntries).
			With("is this a document of a word processor?")
	}
	p := &parcel{files: make(map[string]*zip.File, len(z.File)), nodes: MaxNodes, left: MaxOut}
	var out uint64
	for _, f := range z.File {
		if err := p.admit(f); err != nil {
			return nil, err
		}
		if out += f.UncompressedSize64; out > MaxOut || f.UncompressedSize64 > MaxOut {
			return nil, fault.Invalid("the file unpacks to more than %d MiB", MaxOut>>20).With("take pictures out of it, and save it again")
		}
	}
	if err := apart(data, z.File); err != nil {
		return nil, err
	}
	return p, p.contents()
}

// recognised tells files that are something else apart by their first bytes.
func recognised(data []byte) error {
	switch {
	case len(data) > MaxBytes:
		return fault.Invalid("the file is larger than %d MiB", MaxBytes>>20).With("take pictures out of it, and save it again")
	case len(data) == 0:
		return fault.Invalid("the file is empty")
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		return fault.Invalid("the file is locked with a password, or in the old .doc format").
			With("take the password off and save it as .docx")
	case bytes.HasPrefix(data, []byte("{\\rtf")), bytes.HasPrefix(data, []byte("%PDF")):
		return fault.Invalid("the file is no .docx").With("save it as .docx")
	case !bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return fault.Invalid("the file is no .docx").With("a document of a word processor, saved as .docx, is read here")
	}
	return nil
}

// admit takes one entry, by what its header says.
func (p *parcel) admit(f *zip.File) error {
	name := f.Name
	if !plainName(name) {
		return fault.Invalid("an entry of the file has a name that no document uses").With("save the document again as .docx")
	}
	key := strings.ToLower(name)
	if _, twice := p.files[key]; twice {
		return fault.Invalid("the file holds the part %s twice", name).With("save the document again as .docx")
	}
	switch {
	case f.Flags&1 != 0:
		return fault.Invalid("the file is locked with a password").With("take the password off and save it again")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return fault.Invalid("the file is packed in a way that no document uses").With("save the document again as .docx")
	case strings.Contains(key, "vbaproject") || strings.Contains(key, "vbadata"):
		return macros()
	case f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/MaxRatio > f.CompressedSize64:
		return fault.Invalid("a part of the file unpacks to more than %d times its size", MaxRatio).With("save the document again as .docx")
	}
	p.files[key] = f
	p.names = append(p.names, name)
	return nil
}

func macros() error {
	return fault.Invalid("the document holds macros, which are programs").With("save it as .docx, without macros")
}

// plainName tells whether a name is a path within the file, and nothing else.
func plainName(name string) bool {
	if name == "" || len(name) > 512 || !utf8.ValidString(name) || strings.ContainsAny(name, "\\:\x00\n\r") || name[0] == '/' {
		return false
	}
	return path.Clean(name) == strings.TrimSuffix(name, "/") && !strings.HasPrefix(name, "../") && name != ".."
}

// apart refuses entries that share bytes, or whose own header has another name
// than the table of contents: archive/zip takes both.
func apart(data []byte, files []*zip.File) error {
	type stretch struct {
		from, to int64
		name     string
	}
	var all []stretch
	for _, f := range files {
		at, err := f.DataOffset()
		if err != nil || at < 30 || at > int64(len(data)) || uint64(len(data))-uint64(at) < f.CompressedSize64 {
			return fault.Invalid("the file is damaged: an entry is not where it should be").With("save the document again as .docx").Because(err)
		}
		all = append(all, stretch{at, at + int64(f.CompressedSize64), f.Name})
	}
	slices.SortFunc(all, func(a, b stretch) int { return int(a.from - b.from) })
	end := int64(0)
	for _, s := range all {
		head := headerOf(data, end, s.from)
		if head < 0 {
			return fault.Invalid("the file is not packed as documents are: its entries overlap").With("save the document again as .docx")
		}
		if n := binary.LittleEndian.Uint16(data[head+26:]); string(data[head+30:head+30+int64(n)]) != s.name {
			return fault.Invalid("the file is not packed as documents are: an entry has two names").With("save the document again as .docx")
		}
		end = s.to
	}
	return nil
}

// headerOf gives where the header of the entry begins whose bytes begin at an
// offset, no earlier than from; -1 when there is none.
func headerOf(data []byte, from, at int64) int64 {
	for head := at - 30; head >= from && head > at-(30+2*65536); head-- {
		h := data[head:]
		if h[0] == 'P' && h[1] == 'K' && h[2] == 3 && h[3] == 4 &&
			head+30+int64(binary.LittleEndian.Uint16(h[26:]))+int64(binary.LittleEndian.Uint16(h[28:])) == at {
			return head
		}
	}
	return -1
}

// has tells whether there is a part.
func (p *parcel) has(name string) bool { return p.files[strings.ToLower(name)] != nil }

// bytes unpacks a part; nil when there is none.
func (p *parcel) bytes(name string) ([]byte, error) {
	f := p.files[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	limit := min(p.left, MaxPart)
	if f.UncompressedSize64 > uint64(limit) {
		return nil, fault.Invalid("the part %s of the file is larger than %d MiB", name, MaxPart>>20).With("split the document")
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(name, err)
	}
	defer r.Close()
	b := bytes.NewBuffer(make([]byte, 0, f.UncompressedSize64+bytes.MinRead))
	if _, err := b.ReadFrom(io.LimitReader(r, limit+1)); err != nil {
		return nil, damaged(name, err)
	}
	if int64(b.Len()) > limit {
		return nil, fault.Invalid("the part %s of the file unpacks to more than it says", name).With("save the document again as .docx")
	}
	p.left -= int64(b.Len())
	return b.Bytes(), nil
}

func damaged(name string, err error) error {
	return fault.Invalid("the part %s of the file is damaged", name).With("save the document again as .docx").Because(err)
}

// tree reads a small part whole; nil when there is none.
func (p *parcel) tree(name string) (*etree.Element, error) {
	data, err := p.bytes(name)
	if err != nil || data == nil {
		return nil, err
	}
	var root *etree.Element
	err = p.walk(name, data, 0, func(e *etree.Element) error {
		root = e
		return nil
	})
	return root, err
}
