package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"paraph/fault"
	"paraph/people"
	"paraph/people/peopletest"
)

func TestPromiseOfTheBook(t *testing.T) {
	peopletest.RunBook(t, func(t *testing.T) people.Book { return openedBook(t, bookPath(t)) })
}

func bookPath(t testing.TB) string { return filepath.Join(t.TempDir(), "people.paraph") }

func openedBook(t testing.TB, path string) *Book {
	t.Helper()
	b, err := OpenBook(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func putPageIn(t testing.TB, b *Book, key, doc string) {
	t.Helper()
	err := b.Update(context.Background(), func(p people.Pages) error { return p.Put("page", key, []byte(doc)) })
	if err != nil {
		t.Fatal(err)
	}
}

func pageIn(t testing.TB, b *Book, key string) (doc string) {
	t.Helper()
	err := b.View(context.Background(), func(p people.Pages) error {
		got, err := p.Get("page", key)
		doc = string(got)
		return err
	})
	if err != nil && fault.KindOf(err) != fault.KindNotFound {
		t.Fatal(err)
	}
	return doc
}

func TestBookOpenAgain(t *testing.T) {
	path := bookPath(t)
	b := openedBook(t, path)
	putPageIn(t, b, "k", "kept")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if got := pageIn(t, openedBook(t, path), "k"); got != "kept" {
		t.Errorf("the page holds %q", got)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Errorf("others may touch the file: %v", mode)
	}
}

// A program that makes a link has the book open beside the one that serves:
// both write, each reads what the other wrote, and no change of one is lost to
// the other.
func TestBookInTwoPrograms(t *testing.T) {
	path := bookPath(t)
	var both [2]*Book
	var opening sync.WaitGroup
	for i := range both {
		opening.Go(func() { both[i] = openedBook(t, path) }) // and both make the file
	}
	opening.Wait()
	putPageIn(t, both[0], "k", "from the first")
	if got := pageIn(t, both[1], "k"); got != "from the first" {
		t.Errorf("the second reads %q", got)
	}
	var all sync.WaitGroup
	for _, b := range both {
		all.Go(func() {
			for range 20 {
				err := b.Update(context.Background(), func(p people.Pages) error {
					doc, err := p.Get("page", "count")
					if err != nil && fault.KindOf(err) != fault.KindNotFound {
						return err
					}
					return p.Put("page", "count", append(doc, '.'))
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if got := len(pageIn(t, both[0], "count")); got != 40 {
		t.Errorf("40 changes by two count to %d", got)
	}
}

func TestBookRefusesWhatIsNotDurable(t *testing.T) {
	for _, synchronous := range []string{"NORMAL", "OFF"} {
		if b, err := openBook(bookPath(t), settings{synchronous: synchronous}); fault.KindOf(err) != fault.KindUnavailable {
			t.Errorf("synchronous=%s gives %v and %v", synchronous, b, err)
		}
	}
}

func TestBookRefusesOtherFiles(t *testing.T) {
	dir := t.TempDir()
	text, of := filepath.Join(dir, "text"), filepath.Join(dir, "record.paraph")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database\n", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := opened(t, of).Close(); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, "newer")
	execute(t, newer, "PRAGMA application_id = 1349677168; PRAGMA user_version = 999")
	for path, words := range map[string]string{text: "cannot be opened", of: "some other program", newer: "newer Paraph"} {
		if b, err := OpenBook(path); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s gives %v and %v, want %q", path, b, err, words)
		}
	}
	book := bookPath(t)
	if err := openedBook(t, book).Close(); err != nil {
		t.Fatal(err)
	}
	if s, err := Open(book); err == nil || !strings.Contains(err.Error(), "some other program") {
		t.Errorf("a book opened as a record gives %v and %v", s, err)
	}
}

// What is deleted is in none of the files once the book is closed.
func TestBookDeletedIsGone(t *testing.T) {
	path := bookPath(t)
	b := openedBook(t, path)
	const words = "canary-4711"
	putPageIn(t, b, "k", words)
	if !onDisk(t, path, words) {
		t.Fatal("the test does not find what stands")
	}
	if err := b.Update(context.Background(), func(p people.Pages) error { return p.Delete("page", "k") }); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if onDisk(t, path, words) {
		t.Error("a deleted page is still in the files")
	}
}

// A full disk refuses, harms nothing that stands, and is over when there is room.
func TestBookOnAFullDisk(t *testing.T) {
	b := openedBook(t, bookPath(t))
	ctx := context.Background()
	putPageIn(t, b, "k", "before")
	var size int
	if err := b.conn.QueryRowContext(ctx, "PRAGMA page_count").Scan(&size); err != nil {
		t.Fatal(err)
	}
	if _, err := b.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", size)); err != nil {
		t.Fatal(err)
	}
	large := func(p people.Pages) error {
		return errors.Join(p.Put("page", "k", []byte("after")), p.Put("page", "large", make([]byte, 1<<20)))
	}
	if err := b.Update(ctx, large); fault.KindOf(err) != fault.KindUnavailable {
		t.Errorf("on a full disk: %v, want unavailable", err)
	}
	if got := pageIn(t, b, "k"); got != "before" {
		t.Errorf("what stood reads %q", got)
	}
	if _, err := b.conn.ExecContext(ctx, "PRAGMA max_page_count = 100000"); err != nil {
		t.Fatal(err)
	}
	if err := b.Update(ctx, large); err != nil {
		t.Errorf("when there is room again: %v", err)
	}
}

func BenchmarkBookGetAbsent(b *testing.B) {
	book := openedBook(b, filepath.Join(b.TempDir(), "people.paraph"))
	for b.Loop() {
		pageIn(b, book, "not there")
	}
}

func BenchmarkBookUpdate(b *testing.B) {
	book := openedBook(b, filepath.Join(b.TempDir(), "people.paraph"))
	for b.Loop() {
		putPageIn(b, book, "k", "doc")
	}
}
