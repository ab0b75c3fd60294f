package sqlite

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paraph/people"
	"paraph/record"
	"paraph/record/recordtest"
)

// Copies made while others write are of one moment each, and whole.
func TestBackupBesideAWriter(t *testing.T) {
	path := newPath(t)
	s := opened(t, path)
	w := recordtest.NewWriter("lake")
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if _, err := s.Append(w.Batch(fmt.Sprint("act-", i), record.Plenary, record.Offices("RU"))).Wait(t.Context()); err != nil {
				t.Error(err)
				return
			}
		}
	}()
	last := 0
	for i := range 10 {
		to := filepath.Join(t.TempDir(), fmt.Sprint(i))
		if err := Backup(t.Context(), path, to); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("others may read the copy: %v, %v", info.Mode(), err)
		}
		if err := Check(t.Context(), to); err != nil {
			t.Fatal(err)
		}
		n := len(recordtest.Verify(t, opened(t, to))["lake"])
		if n%2 != 0 || n < last {
			t.Errorf("the copy has %d entries, after one with %d", n, last)
		}
		last = n
	}
	close(stop)
	<-stopped
}

// A copy is a record that goes on where it was.
func TestBackupGoesOn(t *testing.T) {
	path, to := newPath(t), newPath(t)
	s := opened(t, path)
	w := recordtest.NewWriter("lake")
	written(t, s, w.Batch("a", record.Plenary))
	if err := Backup(t.Context(), path, to); err != nil {
		t.Fatal(err)
	}
	written(t, opened(t, to), w.Batch("b", record.Plenary))
}

// What was destroyed is in no copy made later.
func TestBackupHoldsNoTraces(t *testing.T) {
	path, to := newPath(t), newPath(t)
	s := opened(t, path)
	b := recordtest.NewWriter("lake").Batch("a", record.Plenary, record.Plenary)
	written(t, s, b)
	content, err := b.Entries[0].Check()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Destroy(t.Context(), "lake", record.Plenary, 1); err != nil {
		t.Fatal(err)
	}
	if err := Backup(t.Context(), path, to); err != nil {
		t.Fatal(err)
	}
	copied, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(copied), string(content)) {
		t.Error("the copy holds what was destroyed")
	}
	if err := Check(t.Context(), to); err != nil {
		t.Error(err)
	}
}

func TestBackupOfABook(t *testing.T) {
	path, to := newPath(t), newPath(t)
	b, err := OpenBook(path)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	put := func(p people.Pages) error { return p.Put("account", "a", []byte("Vesna")) }
	if err := b.Update(t.Context(), put); err != nil {
		t.Fatal(err)
	}
	if err := Backup(t.Context(), path, to); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	copied, err := OpenBook(to)
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	err = copied.View(t.Context(), func(p people.Pages) error {
		doc, err := p.Get("account", "a")
		if string(doc) != "Vesna" {
			t.Errorf("the copy says %q", doc)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestBackupThatCannotBe(t *testing.T) {
	path := newPath(t)
	if err := Backup(t.Context(), path, newPath(t)); err == nil {
		t.Error("what is not there is copied")
	}
	opened(t, path)
	if err := Backup(t.Context(), path, path); err == nil {
		t.Error("a record is copied onto itself")
	}
	if err := Backup(t.Context(), path, filepath.Join(path, "none")); err == nil {
		t.Error("it is copied to nowhere")
	}
}

func TestCheckFindsDamage(t *testing.T) {
	for what, change := range map[string]string{
		"content": `UPDATE entry SET content = CAST(replace(CAST(content AS TEXT), 'a', 'b') AS BLOB) WHERE seq = 2`,
		"missing": `DELETE FROM entry WHERE seq = 2`,
		"chain":   `UPDATE entry SET chain = zeroblob(32) WHERE seq = 1`,
		"kind":    `PRAGMA application_id = 7`,
	} {
		path := newPath(t)
		s := opened(t, path)
		w := recordtest.NewWriter("lake")
		for _, key := range []string{"a", "b", "c"} {
			written(t, s, w.Batch(key, record.Plenary))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := Check(t.Context(), path); err != nil {
			t.Fatalf("before anything was changed: %v", err)
		}
		db, err := sql.Open("sqlite", source(path, "FULL"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(change); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if err := Check(t.Context(), path); err == nil {
			t.Errorf("%s: nothing is found", what)
		}
	}
	path := newPath(t)
	if err := os.WriteFile(path, []byte(strings.Repeat("no record ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); err == nil {
		t.Error("a file of something else is whole")
	}
}

func TestWritable(t *testing.T) {
	path := newPath(t)
	s := opened(t, path)
	w := recordtest.NewWriter("lake")
	written(t, s, w.Batch("a", record.Plenary))
	if err := s.Writable(t.Context()); err != nil {
		t.Error(err)
	}
	written(t, s, w.Batch("b", record.Plenary))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Writable(t.Context()); err == nil {
		t.Error("a record that is closed is writable")
	}
}
