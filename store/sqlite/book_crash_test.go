//go:build unix

package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"syscall"
	"testing"

	"paraph/people"
)

const bookKilled = "killed within a change of the book"

// bookChild writes two pages a change, and is killed between the writing of
// the fourth and its commit.
func bookChild() int {
	changes := 0
	b, err := openBook(os.Getenv(childPath), settings{synchronous: "FULL", beforeCommit: func() {
		if changes++; changes == 4 {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // until the signal arrives
		}
	}})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	for i := range 100 {
		key := fmt.Sprint("change-", i)
		err := b.Update(context.Background(), func(p people.Pages) error {
			return errors.Join(p.Put("left", key, []byte(key)), p.Put("right", key, []byte(key)))
		})
		if err != nil {
			fmt.Println(err)
			return 1
		}
		fmt.Println("acknowledged", key)
	}
	return 1
}

func TestBookKilledWithinAChange(t *testing.T) {
	path := bookPath(t)
	cmd, out := startChild(t, bookKilled, path)
	if err := cmd.Run(); err == nil || cmd.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the child was not killed: %v\n%s", err, out)
	}
	want := []string{"change-0", "change-1", "change-2"}
	if got := acknowledged(out.String()); !slices.Equal(got, want) {
		t.Errorf("acknowledged %v, want %v", got, want)
	}
	b := openedBook(t, path)
	for _, kind := range []string{"left", "right"} {
		var stand []string
		err := b.View(context.Background(), func(p people.Pages) error {
			return p.Each(kind, "", func(key string, _ []byte) error { stand = append(stand, key); return nil })
		})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(stand, want) {
			t.Errorf("%s: %v stand, want %v", kind, stand, want)
		}
	}
	putPageIn(t, b, "k", "and it is written on")
}
