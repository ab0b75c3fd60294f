package page

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// Markup comes from the source of this package alone: nothing but a constant
// becomes a literal.
func TestOnlyConstantsBecomeMarkup(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no source: %v", err)
	}
	seen := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if fun, ok := call.Fun.(*ast.Ident); ok && fun.Name == "literal" {
				seen++
				if _, constant := call.Args[0].(*ast.BasicLit); !constant {
					t.Errorf("%s makes markup of something that is no constant", name)
				}
			}
			return true
		})
	}
	if seen == 0 {
		t.Error("no literal was looked at")
	}
}

func TestWordsAreEscaped(t *testing.T) {
	var m markup
	m.words("<a href=\"x\" id='y'>&\x00")
	if got, want := string(m.buf), "&lt;a href=&#34;x&#34; id=&#39;y&#39;&gt;&amp;\uFFFD"; got != want {
		t.Errorf("words gave %q, want %q", got, want)
	}
}
