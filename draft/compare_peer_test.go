package draft

import (
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkComparePeers runs the word differs that are installed on the texts
// of BenchmarkCompare, in the same run. Each starts a program and reads two
// files, which BenchmarkCompare does not: BenchmarkCompareFiles does the same.
func BenchmarkComparePeers(b *testing.B) {
	old, edited := peerTexts(b)
	for _, peer := range [][]string{
		{"wdiff", "-s", "-1", "-2", "-3"}, {"dwdiff", "-s", "-1", "-2", "-3"}, {"git", "diff", "--no-index", "--word-diff=porcelain"},
	} {
		program, err := exec.LookPath(peer[0])
		if err != nil {
			continue
		}
		b.Run(peer[0], func(b *testing.B) {
			for b.Loop() {
				err := exec.Command(program, append(peer[1:len(peer):len(peer)], old, edited)...).Run()
				if differ := new(exec.ExitError); errors.As(err, &differ) && differ.ExitCode() == 1 {
					err = nil // they differ, which is no fault
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCompareFiles reads, parses and compares what the peers compare.
func BenchmarkCompareFiles(b *testing.B) {
	old, edited := peerTexts(b)
	b.ReportAllocs()
	for b.Loop() {
		var texts [2]*Text
		for i, name := range []string{old, edited} {
			src, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			texts[i] = textOf(b, string(src))
		}
		Compare(texts[0], texts[1])
	}
}

// peerTexts writes a text of 100,000 words and its copy with moved articles.
func peerTexts(b *testing.B) (old, edited string) {
	b.Helper()
	d := &drafting{Rand: rand.New(rand.NewPCG(1, 0))}
	articles := d.text(100_000)
	dir := b.TempDir()
	old, edited = filepath.Join(dir, "old.txt"), filepath.Join(dir, "edited.txt")
	for name, text := range map[string]string{old: printed(articles), edited: printed(d.edit(articles, .02, 12))} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return old, edited
}
