package printer

import (
	"path/filepath"
	"regexp"
	"strings"

	"paraph/fault"
)

// dialect is how one program is asked for a PDF.
type dialect struct {
	args      func(dir, in, out string) []string
	refuses   func(html string) error
	failsWell bool // an exit code other than 0 says nothing when the PDF is there
}

// dialectOf gives the dialect of a program by its name or path.
func dialectOf(name string) (dialect, bool) {
	base := strings.ToLower(filepath.Base(name))
	switch {
	case strings.Contains(base, "chrom"):
		return dialect{args: chromium, refuses: func(string) error { return nil }}, true
	case strings.Contains(base, "weasyprint"):
		return dialect{args: weasyprint, refuses: weasyprintRefuses}, true
	}
	return dialect{}, false
}

// chromium prints without its own header and footer and without
// any way to a network. It may not make a sandbox of its own inside that of a
// service, and shows nothing but what Paraph has written.
func chromium(dir, in, out string) []string {
	return []string{
		"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check",
		"--user-data-dir=" + filepath.Join(dir, "profile"), "--disable-extensions", "--disable-sync", "--disable-background-networking",
		"--disable-component-update", "--disable-breakpad", "--disable-crash-reporter", "--no-crash-upload", "--metrics-recording-only",
		"--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>", "--host-resolver-rules=MAP * ~NOTFOUND",
		"--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline",
		"--print-to-pdf=" + out, "file://" + in,
	}
}

// weasyprint prints with tags (PDF/UA).
func weasyprint(_, in, out string) []string {
	return []string{"--quiet", "--encoding=utf-8", "--pdf-variant=pdf/ua-1", in, out}
}

// weasyprintRefuses refuses what WeasyPrint would print in the wrong order: it
// lays what stands in a line from left to right, whatever its words are.
func weasyprintRefuses(html string) error {
	if !hasRightToLeft(html) {
		return nil
	}
	return fault.Unavailable("the document has words that run from right to left, which WeasyPrint prints in the wrong order").
		With("take the HTML and print it from a browser; whoever runs the server can install chromium")
}

var dates = regexp.MustCompile(`/(CreationDate|ModDate) ?\(D:[0-9]{14}[^)]*\)`)

// undated puts one and the same date in place of those at which the PDF was made,
// digit by digit, so that no place in it moves (ISO 32000-1, section 7.9.4).
func undated(pdf []byte) []byte {
	return dates.ReplaceAllFunc(pdf, func(date []byte) []byte {
		at := strings.Index(string(date), "D:") + 2
		fixed := append([]byte(nil), date...)
		copy(fixed[at:], "20000101000000")
		return fixed
	})
}
