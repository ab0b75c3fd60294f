package docx

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// office is what LibreOffice finds in a document.
type office struct {
	Shown, Accepted, Rejected []string
	Changes                   [][3]string // type, author, time
	Left                      [2]int
	Comments                  [][4]string // author, initials, time, words
	Bookmarks                 []string
}

// officeOf lets LibreOffice open documents, all in one run. Where LibreOffice is
// absent, the test says so and ends.
func officeOf(t *testing.T, documents map[string][]byte) map[string]office {
	t.Helper()
	needs(t, "soffice", "python3")
	if err := exec.Command("/usr/bin/python3", "-c", "import uno").Run(); err != nil {
		t.Skip("python3-uno is absent: LibreOffice was not asked")
	}
	folder := t.TempDir()
	for name, data := range documents {
		if err := os.WriteFile(filepath.Join(folder, name+".docx"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var errOut bytes.Buffer
	cmd := exec.Command("/usr/bin/python3", "testdata/office.py", folder)
	cmd.Stderr = &errOut
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, errOut.String())
	}
	byFile := map[string]office{}
	if err := json.Unmarshal(out, &byFile); err != nil {
		t.Fatal(err)
	}
	found := map[string]office{}
	for name := range documents {
		o, there := byFile[name+".docx"]
		if !there {
			t.Fatalf("LibreOffice says nothing of %s", name)
		}
		found[name] = o
	}
	return found
}

// needs ends a test where an outside program is absent.
func needs(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("%s is absent: it was not asked", p)
		}
	}
}
