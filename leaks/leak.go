package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// leak is one way in which Paraph could tell what it may not. Its file is a
// txtar archive: the comment says in a sentence what it tells to whom, then
//
//	found by: ./web TestNoninterference
//	says: can tell from
//	needs: whole
//
// the package and test that must find it, a regular expression that the failure
// must match, and, when the leak needs a way to what is hidden, the file in
// testdata/ways that lays it. The archive's files come in twos: one named for
// the source file, with lines that stand there just once, and one named
// "planted", with what takes their place.
type leak struct {
	name  string // of its file
	tells string
	dir   string // of the package whose test must find it, "./web"
	test  string
	tags  string // build tags of that test
	says  *regexp.Regexp
	edits []edit
}

// edit replaces lines of one source file.
type edit struct {
	file, lines, planted string
}

// load reads all leaks of a directory, by name.
func load(dir string) ([]leak, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil {
		return nil, err
	}
	var all []leak
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		l, err := parse(strings.TrimSuffix(filepath.Base(file), ".txtar"), content, filepath.Join(dir, "ways"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, l)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("there are no leaks in %s: run at the root of the module", dir)
	}
	return all, nil
}

var header = regexp.MustCompile(`^(found by|says|needs|tags): (.+)$`)

// parse reads one leak; ways is the directory of what leaks need.
func parse(name string, content []byte, ways string) (leak, error) {
	l := leak{name: name, says: regexp.MustCompile(`--- FAIL`)}
	archive := txtar.Parse(content)
	var sentences []string
	for line := range strings.Lines(string(archive.Comment)) {
		line = strings.TrimSpace(line)
		h := header.FindStringSubmatch(line)
		if h == nil {
			sentences = append(sentences, line)
			continue
		}
		switch h[1] {
		case "found by":
			l.dir, l.test, _ = strings.Cut(h[2], " ")
		case "tags":
			l.tags = h[2]
		case "says":
			says, err := regexp.Compile(h[2])
			if err != nil {
				return l, err
			}
			l.says = says
		case "needs":
			way, err := os.ReadFile(filepath.Join(ways, h[2]+".txtar"))
			if err != nil {
				return l, err
			}
			edits, err := pairs(txtar.Parse(way).Files)
			if err != nil {
				return l, err
			}
			l.edits = append(l.edits, edits...)
		}
	}
	l.tells = strings.TrimSpace(strings.Join(sentences, " "))
	edits, err := pairs(archive.Files)
	if err != nil {
		return l, err
	}
	l.edits = append(l.edits, edits...)
	if l.tells == "" || l.dir == "" || l.test == "" || len(edits) == 0 {
		return l, fmt.Errorf("a leak says what it tells, which test finds it, and which lines it replaces")
	}
	return l, nil
}

// pairs reads the files of an archive in twos.
func pairs(files []txtar.File) ([]edit, error) {
	var edits []edit
	for two := range slices.Chunk(files, 2) {
		if len(two) != 2 || two[0].Name == "planted" || two[1].Name != "planted" {
			return nil, fmt.Errorf("%s is not followed by what is planted there", two[0].Name)
		}
		edits = append(edits, edit{two[0].Name, string(two[0].Data), string(two[1].Data)})
	}
	return edits, nil
}

// plant gives the source files as they are with the leak, by their path under
// root. It fails when lines that the leak replaces do not stand there just once.
func (l leak) plant(root string) (map[string]string, error) {
	sources := map[string]string{}
	for _, e := range l.edits {
		source, had := sources[e.file]
		if !had {
			content, err := os.ReadFile(filepath.Join(root, e.file))
			if err != nil {
				return nil, err
			}
			source = string(content)
		}
		if n := strings.Count(source, e.lines); n != 1 {
			return nil, fmt.Errorf("these lines stand %d times in %s, not once; write the leak anew for what does the same now:\n%s", n, e.file, e.lines)
		}
		sources[e.file] = strings.Replace(source, e.lines, e.planted, 1)
	}
	return sources, nil
}
