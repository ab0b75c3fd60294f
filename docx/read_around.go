package docx

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// unreadParts lists the parts that were not read and may hold words. Heads and
// feet of pages that only number the pages, or say what the document says of
// itself, are understood.
func (r *reading) unreadParts() error {
	own, err := r.identity()
	if err != nil {
		return err
	}
	for _, name := range r.p.names {
		key := strings.ToLower(name)
		dull := strings.HasSuffix(key, "/") || strings.HasSuffix(key, ".rels") ||
			slices.ContainsFunc(silent, func(s string) bool { return strings.HasPrefix(key, strings.ToLower(s)) })
		if r.known[name] || dull {
			continue
		}
		r.part = name
		what := "a part that is not read"
		switch base := path.Base(key); {
		case strings.HasPrefix(base, "header"), strings.HasPrefix(base, "footer"):
			root, err := r.p.tree(name)
			if err != nil {
				return err
			}
			words, drawn := marginWords(root)
			if words = own.beyond(words); words == "" && !drawn {
				continue
			}
			what = "a header or footer of the pages, which is not part of the text"
			if words != "" {
				what += ": " + shortened(words, 120)
			}
		case strings.Contains(key, "embeddings/"):
			what = "an embedded object"
		}
		r.note("", what)
	}
	return nil
}

// identity is what a document says of itself: title, symbol, fingerprint.
type identity []string

func (r *reading) identity() (identity, error) {
	top, err := r.p.links("")
	if err != nil {
		return nil, err
	}
	var own identity
	for _, l := range top {
		if l.kind != relCore || !r.p.has(l.target) {
			continue
		}
		root, err := r.p.tree(l.target)
		if err != nil {
			return nil, err
		}
		for _, e := range elements(root) {
			if e.Tag == "title" || e.Tag == "subject" {
				own = append(own, folded(e.Text()))
			}
		}
	}
	return own, nil
}

// pageCount is what numbers pages, and shortMark the beginning of a fingerprint as it
// stands at the head of each page.
var (
	pageCount = regexp.MustCompile(`^(?i:page |p\. ?)?\d{1,5}( ?(?i:of|/) ?\d{1,5})?$`)
	shortMark = regexp.MustCompile(`(^|[ ·])[0-9a-f]{12}$`)
)

// beyond gives the words of a head or foot, without what the document says of
// itself anyway and the number of the page.
func (own identity) beyond(words string) string {
	left := strings.TrimSpace(shortMark.ReplaceAllString(words, ""))
	for _, s := range own {
		if rest, found := strings.CutPrefix(left+" ", s+" "); found && s != "" {
			left = strings.Trim(rest, " ·")
		} else if rest, found := strings.CutSuffix(" "+left, " "+s); found && s != "" {
			left = strings.Trim(rest, " ·")
		}
	}
	if left == "" || pageCount.MatchString(left) {
		return ""
	}
	return words
}

// marginWords gives the words of a head or foot, and whether something is drawn in
// it.
func marginWords(root *etree.Element) (words string, drawn bool) {
	if root == nil {
		return "", false
	}
	var b strings.Builder
	var walk func(e *etree.Element)
	walk = func(e *etree.Element) {
		switch e.Tag {
		case "t", "delText":
			b.WriteString(e.Text())
		case "tab", "br", "ptab":
			b.WriteByte(' ')
		case "drawing", "pict", "object", "oMath":
			drawn = true
		}
		for _, c := range elements(e) {
			walk(c)
		}
		if e.Tag == "p" {
			b.WriteByte(' ')
		}
	}
	walk(root)
	return folded(b.String()), drawn
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }
