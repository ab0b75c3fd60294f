package paraph

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var (
	leaves = []string{"fault", "record"}
	tools  = []string{"draft", "page", "docx", "sheet", "akn", "register", "intake", "settle", "scenario", "elicit", "veto"}
	rooms  = []string{"process", "text", "consent", "sitting", "press", "bargain"}
)

// arrows says which packages of this module each package may import. A
// package that is not named here fails the test: it has no place in the house.
var arrows = map[string][]string{
	"fault":             nil,
	"record":            {"fault"},
	"record/recordtest": leaves,
	"record/roomtest":   leaves,
	"draft":             leaves,
	"page":              join(leaves, "draft"),
	"docx":              join(leaves, "draft"),
	"sheet":             leaves,
	"akn":               join(leaves, "draft"),
	"register":          join(leaves, "draft"),
	"intake":            join(leaves, "draft", "akn", "docx"),
	"settle":            leaves,
	"scenario":          join(leaves, "settle"),
	"scenario/truth":    join(leaves, "settle", "scenario"),
	"elicit":            join(leaves, "settle"),
	"veto":              leaves,
	"process":           join(leaves, "draft"),
	"text":              join(leaves, "draft"),
	"consent":           join(leaves, "draft"),
	"sitting":           join(leaves, "draft"),
	"press":             join(leaves, "draft"),
	"bargain":           join(leaves, "draft", "settle", "veto"),
	"people":            leaves,
	"people/peopletest": join(leaves, "people"),
	"store/sqlite":      join(leaves, "people"),
	"desk":              join(append(leaves, rooms...), "draft", "settle", "veto"),
	"desk/desktest":     join(append(leaves, rooms...), "record/roomtest", "settle", "veto"),
	"demo":              join(append(leaves, rooms...), "draft", "desk", "settle", "veto"),
	"printer":           leaves,
	"papers":            join(append(leaves, rooms...), "draft", "page", "docx", "akn", "sheet", "desk"),
	"api":               join(append(leaves, rooms...), "draft", "page", "docx", "desk", "papers", "register", "settle", "veto"),
	"web":               join(append(leaves, rooms...), "draft", "page", "docx", "desk", "people", "papers", "api", "register", "intake", "settle", "elicit", "web/squeeze"),
	"web/squeeze":       nil,
	"web/bundle":        nil,
	"load":              join(append(leaves, rooms...), "desk", "gate", "people", "people/peopletest", "web", "store/sqlite"),
	"leaks":             nil,
	"gate":              leaves,
	"cmd/paraph":        join(append(leaves, rooms...), "draft", "page", "akn", "register", "intake", "settle", "scenario", "docx", "sheet", "desk", "demo", "people", "printer", "papers", "api", "web", "gate", "store/sqlite"),
}

// effects are what no room and no tool may import: files, network, databases,
// logs, locks, chance.
var effects = []string{
	"os", "os/exec", "os/signal", "io/ioutil", "net", "net/http", "database/sql", "log", "log/slog",
	"sync", "sync/atomic", "math/rand", "math/rand/v2", "crypto/rand", "syscall", "runtime", "plugin", "path/filepath",
}

// clock is what reads the clock, waits on it, or reads files through package time.
var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "LoadLocation"}

func TestArrowsBetweenPackages(t *testing.T) {
	seen := 0
	eachPackage(t, func(dir string, files []*ast.File) {
		seen++
		allowed, known := arrows[dir]
		if !known {
			t.Errorf("package %s has no place in the table of arrows", dir)
			return
		}
		for _, imported := range imports(files) {
			if to, ours := strings.CutPrefix(imported, "paraph/"); ours && !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s, which the table of arrows does not allow", dir, to)
			}
		}
	})
	if seen < len(arrows) {
		for dir := range arrows {
			if _, err := os.Stat(dir); err != nil {
				t.Errorf("package %s is in the table of arrows and not in the house", dir)
			}
		}
	}
}

func TestRoomsAndToolsArePure(t *testing.T) {
	pure := append(slices.Clone(tools), rooms...)
	eachPackage(t, func(dir string, files []*ast.File) {
		if !slices.Contains(pure, dir) {
			return
		}
		for _, imported := range imports(files) {
			if slices.Contains(effects, imported) {
				t.Errorf("%s imports %s: rooms and tools take no clock, no chance and no I/O", dir, imported)
			}
		}
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				if call, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := call.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(clock, call.Sel.Name) {
						t.Errorf("%s uses time.%s: rooms and tools are told the time", dir, call.Sel.Name)
					}
				}
				return true
			})
		}
	})
}

// TestOneWayOut holds every room to its files: a State with unexported fields
// only, and functions that read it for others in see.go alone.
func TestOneWayOut(t *testing.T) {
	eachPackage(t, func(dir string, files []*ast.File) {
		if !slices.Contains(rooms, dir) {
			return
		}
		for _, want := range []string{"act.go", "event.go", "decide.go", "fold.go", "see.go"} {
			if _, err := os.Stat(path.Join(dir, want)); err != nil {
				t.Errorf("room %s has no %s", dir, want)
			}
		}
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				spec, ok := n.(*ast.TypeSpec)
				if !ok || spec.Name.Name != "State" {
					return true
				}
				if st, ok := spec.Type.(*ast.StructType); ok {
					for _, field := range st.Fields.List {
						for _, name := range field.Names {
							if name.IsExported() {
								t.Errorf("%s.State.%s is exported: the one way out of a state is see.go", dir, name.Name)
							}
						}
					}
				}
				return true
			})
		}
	})
}

// TestLogsSpeakInConstants: what is logged is written in the code, and nothing is
// put into it that a process holds.
func TestLogsSpeakInConstants(t *testing.T) {
	at := map[string]int{"Debug": 0, "Info": 0, "Warn": 0, "Error": 0, "DebugContext": 1, "InfoContext": 1, "WarnContext": 1, "ErrorContext": 1, "Log": 2, "LogAttrs": 2}
	seen := 0
	eachPackage(t, func(dir string, files []*ast.File) {
		if !slices.Contains(imports(files), "log/slog") {
			return
		}
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				method, ok := call.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if i, logs := at[method.Sel.Name]; logs && len(call.Args) > i {
					seen++
					switch call.Args[i].(type) {
					case *ast.CallExpr, *ast.BinaryExpr:
						t.Errorf("%s logs a message that is put together: say it in constant words and attributes", dir)
					}
				}
				return true
			})
		}
	})
	if seen == 0 {
		t.Error("nothing is logged: this test looks at the wrong calls")
	}
}

func TestWordsThatPromiseTooMuch(t *testing.T) {
	never := []string{"zero" + " knowledge", "unbreak" + "able", "military" + " grade", "bank" + "-grade"}
	walk(t, func(name string) {
		if !slices.Contains([]string{".go", ".md", ".templ", ".js", ".css"}, path.Ext(name)) {
			return
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lower := strings.ToLower(string(b))
		for _, words := range never {
			if strings.Contains(lower, words) {
				t.Errorf("%s says %q", name, words)
			}
		}
	})
}

// eachPackage parses the files of every package of the module, tests left out.
func eachPackage(t *testing.T, do func(dir string, files []*ast.File)) {
	t.Helper()
	byDir := map[string][]*ast.File{}
	fset := token.NewFileSet()
	walk(t, func(name string) {
		if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return
		}
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		byDir[path.Dir(name)] = append(byDir[path.Dir(name)], f)
	})
	for dir, files := range byDir {
		do(dir, files)
	}
}

func walk(t *testing.T, do func(name string)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{".git", "node_modules", "dist", "testdata", "bin"}, d.Name()) {
			return fs.SkipDir
		}
		if !d.IsDir() {
			do(name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func imports(files []*ast.File) []string {
	var all []string
	for _, f := range files {
		for _, spec := range f.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue
			}
			all = append(all, p)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func join(list []string, more ...string) []string { return append(slices.Clone(list), more...) }
