package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"paraph/fault"
	"paraph/record"
	"paraph/record/recordtest"
)

func TestPromise(t *testing.T) {
	recordtest.Run(t, func(t *testing.T) record.Log { return opened(t, newPath(t)) })
}

func newPath(t testing.TB) string { return filepath.Join(t.TempDir(), "record.db") }

func opened(t testing.TB, path string) *Store {
	t.Helper()
	return openedWith(t, path, settings{synchronous: "FULL"})
}

func openedWith(t testing.TB, path string, set settings) *Store {
	t.Helper()
	s, err := open(path, set)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func written(t testing.TB, s *Store, b record.Batch) {
	t.Helper()
	if _, err := s.Append(b).Wait(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestOpenAgain(t *testing.T) {
	path := newPath(t)
	w := recordtest.NewWriter("lake")
	var want []record.Entry
	for _, key := range []string{"a", "b", "c"} {
		s := opened(t, path)
		b := w.Batch(key, record.Plenary, record.Offices("RU"))
		written(t, s, b)
		want = append(want, b.Entries...)
		got := recordtest.Verify(t, s)["lake"]
		if !slices.EqualFunc(got, want, func(a, b record.Entry) bool { return a.Chain == b.Chain }) {
			t.Fatalf("%s: %d entries, want %d", key, len(got), len(want))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Errorf("others may touch the file: %v", mode)
	}
}

func TestOneProgramOnly(t *testing.T) {
	path := newPath(t)
	first := opened(t, path)
	if s, err := Open(path); fault.KindOf(err) != fault.KindUnavailable || !strings.Contains(err.Error(), "in use by another program") {
		t.Errorf("the second gets %v and %v", s, err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	opened(t, path)
}

func TestRefusesWhatIsNotDurable(t *testing.T) {
	path := newPath(t)
	for _, synchronous := range []string{"NORMAL", "OFF"} {
		if s, err := open(path, settings{synchronous: synchronous}); fault.KindOf(err) != fault.KindUnavailable {
			t.Errorf("synchronous=%s gives %v and %v", synchronous, s, err)
		}
	}
	opened(t, path) // and the refusal gave up the lock
}

func TestRefusesOtherFiles(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database\n", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign, newer := filepath.Join(dir, "foreign"), filepath.Join(dir, "newer")
	execute(t, foreign, "CREATE TABLE other (x); INSERT INTO other VALUES (1)")
	execute(t, newer, "PRAGMA application_id = 1349677160; PRAGMA user_version = 999")
	for path, want := range map[string]struct {
		kind  fault.Kind
		words string
	}{
		text:                                  {fault.KindUnavailable, "cannot be opened"},
		dir:                                   {fault.KindUnavailable, "is a directory"},
		filepath.Join(dir, "no", "record.db"): {fault.KindUnavailable, "no such file or directory"},
		foreign:                               {fault.KindInvalid, "some other program"},
		newer:                                 {fault.KindInvalid, "newer Paraph"},
	} {
		s, err := Open(path)
		if fault.KindOf(err) != want.kind || !strings.Contains(err.Error(), want.words) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s gives %v and %v, want %s, %q", path, s, err, want.kind, want.words)
		}
	}
}

// execute runs SQL on a file as some other program might.
func execute(t testing.TB, path, query string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(query, args...)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// A path may hold what means something else in a URL.
func TestPathIsTakenAsItIs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "50% ?x=1#é &_pragma=synchronous(OFF)")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s := opened(t, filepath.Join(dir, "record.db"))
	written(t, s, recordtest.NewWriter("lake").Batch("a", record.Plenary))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(names) != 2 || names[0].Name() != "record.db" || names[1].Name() != "record.db.lock" {
		t.Errorf("the folder holds %v", names)
	}
}

func TestDamageIsNotServed(t *testing.T) {
	for name, query := range map[string]string{
		"content":           `UPDATE entry SET content = CAST(replace(CAST(content AS TEXT), 'RU', 'UA') AS BLOB) WHERE seq = 2`,
		"salt":              `UPDATE entry SET salt = zeroblob(32) WHERE seq = 2`,
		"short salt":        `UPDATE entry SET salt = zeroblob(1) WHERE seq = 2`,
		"salt lost":         `UPDATE entry SET salt = NULL WHERE seq = 2`,
		"content lost":      `UPDATE entry SET content = NULL WHERE seq = 2`,
		"chain":             `UPDATE entry SET chain = zeroblob(32) WHERE seq = 2`,
		"short chain":       `UPDATE entry SET chain = zeroblob(31) WHERE seq = 2`,
		"commitment":        `UPDATE entry SET commitment = zeroblob(32) WHERE seq = 2`,
		"time":              `UPDATE entry SET at = at + 1 WHERE seq = 2`,
		"entry lost":        `DELETE FROM entry WHERE seq = 2`,
		"first lost":        `DELETE FROM entry WHERE seq = 1`,
		"entry renamed":     `UPDATE entry SET seq = 9 WHERE seq = 3`,
		"entry readdressed": `UPDATE entry SET audience = 'plenary' WHERE audience = 'offices:RU'`,
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			s := opened(t, path)
			w := recordtest.NewWriter("lake")
			for _, key := range []string{"a", "b", "c"} {
				written(t, s, w.Batch(key, record.Offices("RU")))
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			execute(t, path, query)
			s = opened(t, path)
			served := 0
			for _, a := range []record.Audience{record.Plenary, record.Offices("RU")} {
				got, err := s.Read(context.Background(), "lake", a, 0, 0)
				if err == nil {
					served += len(got)
				} else if fault.KindOf(err) != fault.KindUnavailable || len(got) != 0 {
					t.Errorf("%s gives %d entries and %v", a, len(got), err)
				}
			}
			if served != 0 {
				t.Errorf("%d entries of a damaged log were served", served)
			}
		})
	}
}

// What is destroyed is in none of the files. (The key of the act stays: it is
// a random name, not content.)
func TestDestroyedIsGoneFromTheDisk(t *testing.T) {
	path := newPath(t)
	s := opened(t, path)
	w := recordtest.NewWriter("lake")
	const made = `"thing/2"` // by the second entry, and mentioned nowhere else
	for _, key := range []string{"a", "b", "c"} {
		written(t, s, w.Batch(key, record.Plenary))
	}
	if !onDisk(t, path, made) {
		t.Fatal("the test does not find what stands")
	}
	if err := s.Destroy(context.Background(), "lake", record.Plenary, 2); err != nil {
		t.Fatal(err)
	}
	if onDisk(t, path, made) {
		t.Error("destroyed content is still in the files")
	}
	written(t, s, w.Batch("d", record.Plenary))
	recordtest.Verify(t, s)
}

func onDisk(t *testing.T, path, words string) bool {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		found = found || strings.Contains(string(b), words)
	}
	return found
}
