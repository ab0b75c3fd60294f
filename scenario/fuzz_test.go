package scenario

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"paraph/fault"
)

// The readers take any bytes: they give a problem that stands its own check and
// can be written, or refuse with an error of kind invalid that names the file.
func FuzzGenius(f *testing.F)    { fuzz(f, "genius") }
func FuzzGeniusWeb(f *testing.F) { fuzz(f, "geniusweb") }
func FuzzNegMAS(f *testing.F)    { fuzz(f, "negmas") }
func FuzzOwn(f *testing.F)       { fuzz(f, "own") }

func fuzz(f *testing.F, of string) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		files := filesOf(archive)
		for _, p := range files[1:] {
			if strings.HasPrefix(filepath.Base(name), of) {
				f.Add(files[0].Data, p.Data)
			}
		}
		if strings.HasPrefix(filepath.Base(name), "wrong-") {
			f.Add(files[0].Data, files[len(files)-1].Data)
		}
	}
	f.Fuzz(func(t *testing.T, domain, profile []byte) {
		if len(domain)+len(profile) > 1<<16 || bytes.Count(domain, []byte("bound")) > 100 {
			return
		}
		p, notes, err := Read(File{"domain", domain}, []File{{"profile", profile}}, Options{Grid: 3})
		if err != nil {
			if fault.KindOf(err) != fault.KindInvalid {
				t.Fatalf("an error of kind %s: %v", fault.KindOf(err), err)
			}
			return
		}
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		for _, n := range notes {
			if n.File == "" || n.Words == "" {
				t.Fatalf("a note without a place: %+v", n)
			}
		}
		if _, err := Write(p); err != nil && fault.KindOf(err) != fault.KindInvalid {
			t.Fatal(err)
		}
	})
}
