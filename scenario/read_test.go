package scenario

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"paraph/fault"
	"paraph/settle"
)

var update = flag.Bool("update", false, "write the golden parts of testdata anew")

// TestRead reads the files of each archive, the domain first, and holds what they
// gave against its part "want": the problem in Paraph's own form and the notes,
// or the error.
func TestRead(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 10 {
		t.Fatal("no archives:", names, err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files, last := filesOf(archive), len(archive.Files)-1
			got := said(Read(files[0], files[1:], Options{Grid: 4}))
			if *update {
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(archive.Files[last].Data); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if strings.HasPrefix(filepath.Base(name), "wrong-") != strings.HasPrefix(got, "error:") {
				t.Error("files that are wrong are refused, and no others")
			}
		})
	}
}

// filesOf are the files of an archive without its last part, which is what is
// wanted.
func filesOf(a *txtar.Archive) []File {
	var files []File
	for _, f := range a.Files[:len(a.Files)-1] {
		files = append(files, File{Name: f.Name, Data: f.Data})
	}
	return files
}

func said(p *settle.Problem, notes []Note, err error) string {
	var b strings.Builder
	if err != nil {
		if fault.KindOf(err) != fault.KindInvalid {
			fmt.Fprintf(&b, "of kind %s: ", fault.KindOf(err))
		}
		fmt.Fprintf(&b, "error: %v\n", err)
		return b.String()
	}
	for _, n := range notes {
		fmt.Fprintln(&b, n)
	}
	own, err := Write(p)
	if err != nil {
		return err.Error()
	}
	b.Write(own)
	return b.String()
}
