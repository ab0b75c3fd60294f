package peopletest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"paraph/fault"
	"paraph/people"
)

// RunBook tests that books keep the promise of people.Book. open gives an
// empty book each time it is called, and closes it when the test ends.
func RunBook(t *testing.T, open func(*testing.T) people.Book) {
	for name, test := range map[string]func(*testing.T, people.Book){
		"what is put is there":                 putIsThere,
		"keys and kinds are taken as they are": keysAsTheyAre,
		"nothing of a change that fails":       failedChange,
		"nothing of a change that panics":      panickedChange,
		"a view changes nothing":               viewChangesNothing,
		"a view is one state":                  viewIsOneState,
		"each, in order, by prefix":            eachByPrefix,
		"each may change pages":                eachMayChange,
		"changes are one after the other":      changesInTurn,
		"who has gone away changes nothing":    goneAway,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

var ctx = context.Background()

func update(t *testing.T, b people.Book, change func(people.Pages) error) {
	t.Helper()
	if err := b.Update(ctx, change); err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, b people.Book, kind, key, doc string) {
	t.Helper()
	update(t, b, func(p people.Pages) error { return p.Put(kind, key, []byte(doc)) })
}

// get gives a document, or "-" when there is none.
func get(t *testing.T, b people.Book, kind, key string) string {
	t.Helper()
	var doc []byte
	err := b.View(ctx, func(p people.Pages) (err error) {
		doc, err = p.Get(kind, key)
		return err
	})
	if fault.KindOf(err) == fault.KindNotFound {
		return "-"
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(doc)
}

func expect(t *testing.T, b people.Book, kind, key, want string) {
	t.Helper()
	if got := get(t, b, kind, key); got != want {
		t.Errorf("%s %q holds %q, want %q", kind, key, got, want)
	}
}

func putIsThere(t *testing.T, b people.Book) {
	expect(t, b, "a", "k", "-")
	put(t, b, "a", "k", "one")
	expect(t, b, "a", "k", "one")
	put(t, b, "a", "k", "two")
	expect(t, b, "a", "k", "two")
	put(t, b, "a", "k", "")
	expect(t, b, "a", "k", "")
	update(t, b, func(p people.Pages) error {
		doc, err := p.Get("a", "k")
		if err != nil || string(doc) != "" {
			t.Errorf("within a change: %q, %v", doc, err)
		}
		if err := p.Delete("a", "k"); err != nil {
			return err
		}
		if _, err := p.Get("a", "k"); fault.KindOf(err) != fault.KindNotFound {
			t.Errorf("deleted and there within the change: %v", err)
		}
		return p.Delete("a", "never there")
	})
	expect(t, b, "a", "k", "-")
}

func keysAsTheyAre(t *testing.T, b people.Book) {
	keys := []string{"k", "K", "k ", "k/", "k%", "k_", "ķ", "'; DROP TABLE page; --", ""}
	for i, key := range keys {
		put(t, b, "a", key, fmt.Sprint(i))
		put(t, b, "A", key, fmt.Sprint("other ", i))
	}
	for i, key := range keys {
		expect(t, b, "a", key, fmt.Sprint(i))
		expect(t, b, "A", key, fmt.Sprint("other ", i))
	}
	binary := string([]byte{0, 255, 10})
	put(t, b, "a", "binary", binary)
	expect(t, b, "a", "binary", binary)
}

func failedChange(t *testing.T, b people.Book) {
	put(t, b, "a", "k", "before")
	mine := errors.New("of the caller")
	err := b.Update(ctx, func(p people.Pages) error {
		return errors.Join(p.Put("a", "k", []byte("after")), p.Put("a", "new", nil), p.Delete("a", "k"), mine)
	})
	if !errors.Is(err, mine) {
		t.Errorf("the caller gets %v", err)
	}
	expect(t, b, "a", "k", "before")
	expect(t, b, "a", "new", "-")
	put(t, b, "a", "k", "later")
	expect(t, b, "a", "k", "later")
}

func panickedChange(t *testing.T, b people.Book) {
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = b.Update(ctx, func(p people.Pages) error {
			if err := p.Put("a", "k", []byte("half")); err != nil {
				return err
			}
			panic("within a change")
		})
	}()
	expect(t, b, "a", "k", "-")
	put(t, b, "a", "k", "later")
	expect(t, b, "a", "k", "later")
}

func viewChangesNothing(t *testing.T, b people.Book) {
	put(t, b, "a", "k", "before")
	_ = b.View(ctx, func(p people.Pages) error {
		if err := p.Put("a", "k", []byte("after")); err == nil {
			t.Error("a view puts")
		}
		if err := p.Delete("a", "k"); err == nil {
			t.Error("a view deletes")
		}
		return nil
	})
	expect(t, b, "a", "k", "before")
}

func viewIsOneState(t *testing.T, b people.Book) {
	put(t, b, "a", "1", "old")
	put(t, b, "a", "2", "old")
	err := b.View(ctx, func(p people.Pages) error {
		first, err := p.Get("a", "1")
		if err != nil {
			return err
		}
		update(t, b, func(p people.Pages) error {
			return errors.Join(p.Put("a", "1", []byte("new")), p.Put("a", "2", []byte("new")))
		})
		second, err := p.Get("a", "2")
		if string(first) != "old" || string(second) != "old" {
			t.Errorf("one view reads %q and %q", first, second)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	expect(t, b, "a", "2", "new")
}

func eachByPrefix(t *testing.T, b people.Book) {
	var want []string
	update(t, b, func(p people.Pages) error {
		for i := range 1000 {
			key := fmt.Sprintf("x/%04d", i)
			want = append(want, key)
			if err := p.Put("a", key, []byte(key)); err != nil {
				return err
			}
		}
		for _, key := range []string{"x", "x.", "x0", "w/", "X/1", "y/"} {
			if err := p.Put("a", key, nil); err != nil {
				return err
			}
		}
		return p.Put("b", "x/0", nil)
	})
	keys := func(kind, prefix string) (keys []string) {
		err := b.View(ctx, func(p people.Pages) error {
			keys = nil
			return p.Each(kind, prefix, func(key string, doc []byte) error {
				if len(doc) > 0 && string(doc) != key {
					t.Errorf("%q comes with %q", key, doc)
				}
				keys = append(keys, key)
				return nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		return keys
	}
	if got := keys("a", "x/"); !slices.Equal(got, want) {
		t.Errorf("%d keys, want %d in order", len(got), len(want))
	}
	if got := keys("a", ""); len(got) != 1006 || !slices.IsSorted(got) {
		t.Errorf("%d keys of all, want 1006 in order", len(got))
	}
	if got := keys("c", ""); len(got) != 0 {
		t.Errorf("a kind without pages has %v", got)
	}
	stop := errors.New("enough")
	calls := 0
	err := b.View(ctx, func(p people.Pages) error {
		return p.Each("a", "x/", func(string, []byte) error { calls++; return stop })
	})
	if !errors.Is(err, stop) || calls != 1 {
		t.Errorf("%d calls and %v, want the caller's error after one", calls, err)
	}
}

func eachMayChange(t *testing.T, b people.Book) {
	update(t, b, func(p people.Pages) error {
		for i := range 300 {
			if err := p.Put("a", fmt.Sprintf("%03d", i), nil); err != nil {
				return err
			}
		}
		seen := 0
		err := p.Each("a", "", func(key string, _ []byte) error {
			seen++
			return errors.Join(p.Delete("a", key), p.Put("b", key, []byte("moved")))
		})
		if seen != 300 {
			t.Errorf("%d pages are given, want 300", seen)
		}
		return err
	})
	expect(t, b, "a", "250", "-")
	expect(t, b, "b", "250", "moved")
}

func changesInTurn(t *testing.T, b people.Book) {
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 10 {
				err := b.Update(ctx, func(p people.Pages) error {
					n := 0
					if doc, err := p.Get("a", "count"); err == nil {
						n = len(doc)
					} else if fault.KindOf(err) != fault.KindNotFound {
						return err
					}
					return p.Put("a", "count", make([]byte, n+1))
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := len(get(t, b, "a", "count")); n != 80 {
		t.Errorf("80 changes count to %d", n)
	}
}

func goneAway(t *testing.T, b people.Book) {
	gone, leave := context.WithCancel(ctx)
	leave()
	err := b.Update(gone, func(p people.Pages) error { return p.Put("a", "k", nil) })
	if (err == nil) != (get(t, b, "a", "k") == "") {
		t.Errorf("who had gone away is told %v, and the page holds %q", err, get(t, b, "a", "k"))
	}
	_ = b.View(gone, func(people.Pages) error { return nil })
	put(t, b, "a", "k", "later") // and nothing stays held
	expect(t, b, "a", "k", "later")
}
