package main

import (
	"archive/tar"
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"paraph/docx"
	"paraph/draft"
)

// TestMain makes the program its own fixture: scripts run this test binary
// under the name paraph.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"paraph": main})
}

var update = flag.Bool("update", false, "write the expected output into the scripts anew")

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"make":   makeFile,
			"word":   makeDocument,
			"exits":  exits,
			"nofile": nothingLeft,
		},
	})
}

// makeDocument writes a document of a word processor: word TEXT FILE makes it of
// a text, word tracked FILE gives one with tracked changes of all kinds.
func makeDocument(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: word TEXT FILE")
	}
	var data []byte
	var err error
	if args[0] == "tracked" {
		data, err = os.ReadFile("../../docx/testdata/tracked.docx")
	} else {
		t, wrong := draft.Parse(ts.ReadFile(args[0]))
		ts.Check(wrong)
		data, err = docx.WriteText(t, docx.Copy{})
	}
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o666))
}

// makeFile writes files that are too odd or too large to stand in a script:
// make large|nested|binary|latin FILE, or of a backup
// make cut|flipped|short|outside FILE FILE.
func makeFile(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 3 {
		ts.Check(os.WriteFile(ts.MkAbs(args[2]), spoilt(ts, args[0], []byte(ts.ReadFile(args[1]))), 0o666))
		return
	}
	if len(args) != 2 {
		ts.Fatalf("usage: make KIND FILE")
	}
	var content []byte
	switch args[0] {
	case "large":
		content = bytes.Repeat([]byte("Each Party shall report. "), 2<<20)
	case "nested":
		content = []byte("1. " + strings.Repeat("[", 100_000) + "shall" + strings.Repeat("]", 100_000) + "\n")
	case "binary":
		content = []byte("\x7fELF\x02\x01\x01\x00\x00\x00")
	case "latin":
		content = []byte("1. The Parties agree.\n\n2. La Conf\xe9rence d\xe9cide.\n")
	default:
		ts.Fatalf("make: unknown kind %q", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), content, 0o666))
}

// spoilt gives a backup that no longer is one.
func spoilt(ts *testscript.TestScript, how string, backup []byte) []byte {
	switch how {
	case "cut": // in the middle of a file
		return backup[:len(backup)/2]
	case "flipped": // a bit of what a file holds
		backup[512+3000] ^= 1
		return backup
	}
	var out bytes.Buffer
	t, w := tar.NewReader(bytes.NewReader(backup)), tar.NewWriter(&out)
	for {
		h, err := t.Next()
		if err == io.EOF || how == "short" && h.Name == sumsFile {
			break
		}
		ts.Check(err)
		if how == "outside" && h.Name == "paraph.json" {
			h.Name = "../outside"
		}
		ts.Check(w.WriteHeader(h))
		_, err = io.Copy(w, t)
		ts.Check(err)
	}
	ts.Check(w.Close())
	return out.Bytes()
}

// exits runs paraph and checks the exit code, that nothing but one line of
// words came out, and no output: exits CODE ARG…
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARG…")
	}
	err := ts.Exec("paraph", args[1:]...)
	want := "exit status " + args[0]
	if err == nil || err.Error() != want {
		ts.Fatalf("paraph ended with %v, not %s", err, want)
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("there is output beside the error: %q", out)
	}
	said := ts.ReadFile("stderr")
	if strings.Count(said, "\n") != 1 || !strings.HasPrefix(said, "paraph: ") || !strings.HasSuffix(said, "\n") {
		ts.Fatalf("the error is not one line of paraph's: %q", said)
	}
}

// nothingLeft checks that neither the files named nor parts of them exist.
func nothingLeft(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		if _, err := os.Stat(ts.MkAbs(name)); err == nil {
			ts.Fatalf("%s exists", name)
		}
	}
	entries, err := os.ReadDir(ts.MkAbs("."))
	ts.Check(err)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".paraph-") {
			ts.Fatalf("part of a file was left: %s", e.Name())
		}
	}
}

// brokenPipe takes nothing.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestOutputThatCannotBeWrittenIsAnError(t *testing.T) {
	var said bytes.Buffer
	code := run(context.Background(), []string{"version"}, nil, strings.NewReader(""), brokenPipe{}, &said)
	if code != exitWrong || !strings.HasPrefix(said.String(), "paraph: the output could not be written: ") {
		t.Errorf("code %d, said %q", code, said.String())
	}
}
