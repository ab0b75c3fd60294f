// Bundle makes the script and the style sheet of the pages: from web/assets
// and what npm fetched into node_modules, into web/dist, which the server
// embeds. Run it from the root of the module:
//
//	npm ci && go run ./web/bundle
//
// It writes nothing outside the folder given by -out, and fails on any warning.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	in := flag.String("in", "web/assets", "folder of the sources")
	out := flag.String("out", "web/dist", "folder to write to")
	flag.Parse()
	if err := bundle(*in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

// bundle builds every entry point in one go. Browsers of the last three years
// are enough: older ones get the page without script.
func bundle(in, out string) error {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{filepath.Join(in, "app.js"), filepath.Join(in, "app.css"), filepath.Join(in, "icon.svg")},
		Outdir:            out,
		Bundle:            true,
		Write:             true,
		Format:            api.FormatIIFE,
		Target:            api.ES2022,
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		LegalComments:     api.LegalCommentsInline,
		Loader:            map[string]api.Loader{".svg": api.LoaderCopy},
		LogLevel:          api.LogLevelSilent,
		Metafile:          true,
	})
	messages := append(result.Errors, result.Warnings...)
	if len(messages) > 0 {
		return fmt.Errorf("%s", say(messages[0]))
	}
	for _, f := range result.OutputFiles {
		fmt.Printf("%8d  %s\n", len(f.Contents), filepath.Base(f.Path))
	}
	return nil
}

// say puts a message of the bundler on one line, with its place and, for the
// likeliest cause, what to do.
func say(m api.Message) string {
	if m.Location == nil {
		return m.Text
	}
	return fmt.Sprintf("%s:%d:%d: %s (packages come with: npm ci)", m.Location.File, m.Location.Line, m.Location.Column+1, m.Text)
}
