//go:build unix

package sqlite

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"testing"

	"paraph/fault"
	"paraph/record"
	"paraph/record/recordtest"
)

const (
	childRole = "PARAPH_TEST_CHILD" // what the test binary does instead of testing
	childPath = "PARAPH_TEST_RECORD"
)

func TestMain(m *testing.M) {
	if role := os.Getenv(childRole); role != "" {
		os.Exit(child(role))
	}
	os.Exit(m.Run())
}

// child is a program that meets an accident while it writes a record. On its
// output stands "acknowledged KEY" for each act that was.
func child(role string) int {
	if role == bookKilled {
		return bookChild()
	}
	set := settings{synchronous: "FULL"}
	commits := 0
	switch role {
	case "killed within a transaction":
		set.beforeCommit = func() {
			if commits++; commits == 4 {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {} // until the signal arrives
			}
		}
	case "out of file size":
		set.beforeCommit = func() {
			if commits++; commits == 4 {
				signal.Ignore(syscall.SIGXFSZ)
				limit := syscall.Rlimit{Cur: 4096, Max: 4096} // below what the write-ahead log has already
				if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
					panic(err)
				}
			}
		}
	}
	s, err := open(os.Getenv(childPath), set)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	w := recordtest.NewWriter("lake")
	for i := range 100_000 {
		key := fmt.Sprint("act-", i)
		if _, err := s.Append(w.Batch(key, record.Plenary, record.Offices("RU"), record.Plenary)).Wait(context.Background()); err != nil {
			fmt.Println("refused", key, fault.KindOf(err))
			if i > 10 {
				return 0
			}
			continue
		}
		fmt.Println("acknowledged", key)
	}
	return 1
}

func startChild(t *testing.T, role, path string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out := &bytes.Buffer{}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childRole+"="+role, childPath+"="+path)
	cmd.Stdout, cmd.Stderr = out, os.Stderr
	return cmd, out
}

// survivors opens the record after the accident and gives the acts in it, each
// of which must stand whole.
func survivors(t *testing.T, path string) []string {
	t.Helper()
	s := opened(t, path)
	entries := recordtest.Verify(t, s)["lake"]
	var acts []string
	for i := 0; i < len(entries); i += 3 {
		if i+3 > len(entries) || entries[i].Content.Key != entries[i+2].Content.Key {
			t.Fatalf("an act stands half written: %+v", entries[i:])
		}
		acts = append(acts, entries[i].Content.Key)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return acts
}

func acknowledged(out string) []string {
	var acts []string
	for line := range strings.Lines(out) {
		if key, ok := strings.CutPrefix(line, "acknowledged "); ok {
			acts = append(acts, strings.TrimSpace(key))
		}
	}
	return acts
}

func TestKilledWithinATransaction(t *testing.T) {
	path := newPath(t)
	cmd, out := startChild(t, "killed within a transaction", path)
	if err := cmd.Run(); err == nil || cmd.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the child was not killed: %v\n%s", err, out)
	}
	want := []string{"act-0", "act-1", "act-2"}
	if got := acknowledged(out.String()); !slices.Equal(got, want) {
		t.Errorf("acknowledged %v, want %v", got, want)
	}
	if got := survivors(t, path); !slices.Equal(got, want) {
		t.Errorf("%v stand, want %v", got, want)
	}
}

func TestKilledAtAnyTime(t *testing.T) {
	for i := range 5 {
		path := newPath(t)
		cmd, _ := startChild(t, "killed from outside", path)
		cmd.Stdout = nil
		pipe, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var acts []string
		lines := bufio.NewScanner(pipe)
		for lines.Scan() {
			acts = append(acts, acknowledged(lines.Text())...)
			if len(acts) == 20+7*i { // and it writes on while the signal is on its way
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("the child ended by itself")
		}
		stand := survivors(t, path)
		if len(stand) < len(acts) || !slices.Equal(stand[:len(acts)], acts) {
			t.Errorf("%d acts were acknowledged, %d stand: %v", len(acts), len(stand), stand)
		}
		if len(stand) > len(acts)+1 {
			t.Errorf("%d acts stand that nobody waited for", len(stand)-len(acts))
		}
	}
}

// After a failed write nobody knows what is on the disk: nothing more is
// acknowledged, even if it could be written.
func TestNothingIsWrittenAfterAFailure(t *testing.T) {
	path := newPath(t)
	cmd, out := startChild(t, "out of file size", path)
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := []string{"act-0", "act-1", "act-2"}
	if got := acknowledged(out.String()); !slices.Equal(got, want) {
		t.Errorf("acknowledged %v, want %v", got, want)
	}
	if n := strings.Count(out.String(), "unavailable"); n != 9 {
		t.Errorf("%d acts are unavailable, want 9:\n%s", n, out)
	}
	if got := survivors(t, path); !slices.Equal(got, want) {
		t.Errorf("%v stand, want %v", got, want)
	}
}
