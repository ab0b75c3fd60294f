package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// found is how a leak was found.
type found struct {
	pair int // which pair of histories showed it, from 1; 0 for a test without pairs
	test string
	took time.Duration // the search alone
}

func (f found) String() string {
	if f.pair == 0 {
		return fmt.Sprintf("by %s (%.1f s)", f.test, f.took.Seconds())
	}
	return fmt.Sprintf("by %s at pair %d (%.1f s)", f.test, f.pair, f.took.Seconds())
}

// hunt plants a leak in the module at root and runs the test that must find it,
// on as many pairs of histories. The error says why it was not found.
func hunt(ctx context.Context, root string, l leak, pairs int) (found, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return found{}, err
	}
	work, err := os.MkdirTemp("", "leak-")
	if err != nil {
		return found{}, err
	}
	defer os.RemoveAll(work)
	binary := filepath.Join(work, "leaking.test")
	if err := l.build(ctx, root, work, binary); err != nil {
		return found{}, err
	}
	test := exec.CommandContext(ctx, binary, "-test.run", l.pattern(), "-test.timeout", "5m", "-test.count", "1",
		"-rapid.checks", strconv.Itoa(pairs), "-rapid.nofailfile", "-rapid.shrinktime", "0s")
	test.Dir = filepath.Join(root, l.dir)
	start := time.Now()
	said, err := test.CombinedOutput()
	f := found{test: l.test, took: time.Since(start)}
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed {
		return f, err
	}
	switch {
	case err == nil:
		return f, fmt.Errorf("%s passes", l.test)
	case timedOut.Match(said):
		return f, fmt.Errorf("%s does not end", l.test)
	case !l.says.Match(said):
		return f, fmt.Errorf("%s fails, but does not say %q:\n%s", l.test, l.says, said[:min(len(said), 4000)])
	}
	if n := after.FindSubmatch(said); n != nil {
		passed, err := strconv.Atoi(string(n[1]))
		if err != nil {
			return f, err
		}
		f.pair = passed + 1
	}
	return f, nil
}

// after is how a test of properties says at which case it failed.
var after = regexp.MustCompile(`\[rapid\] (?:failed|panic) after (\d+) tests`)

var timedOut = regexp.MustCompile(`panic: test timed out`)

// pattern gives the test's name as the testing package wants it: what runs in
// shards is run in one, so that pairs are counted.
func (l leak) pattern() string {
	if l.test == "TestNoninterference" {
		return "^TestNoninterference$/^shard1$"
	}
	return "^(" + l.test + ")$"
}

// build makes the test binary of the package with the leak in it.
func (l leak) build(ctx context.Context, root, work, binary string) error {
	sources, err := l.plant(root)
	if err != nil {
		return err
	}
	replace := map[string]string{}
	for file, source := range sources {
		planted := filepath.Join(work, strconv.Itoa(len(replace))+".go")
		if err := os.WriteFile(planted, []byte(source), 0o600); err != nil {
			return err
		}
		replace[filepath.Join(root, file)] = planted
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	list := filepath.Join(work, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		return err
	}
	build := exec.CommandContext(ctx, "go", "test", "-c", "-tags", l.tags, "-ldflags", "-s -w", "-overlay", list, "-o", binary, l.dir)
	build.Dir = root
	if said, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("it does not compile: %w\n%s", err, said)
	}
	return nil
}
