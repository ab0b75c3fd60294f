// Package scenario reads what is to be settled from files: domains and profiles
// of GENIUS (XML), GeniusWeb (JSON) and NegMAS (YAML), and Paraph's own form
// (JSON), which holds everything that a settle.Problem can.
//
// Numbers are read exactly as they are written, never through floating point.
// What is unusual in a file is read around only where its meaning is plain, and
// then reported with its place; everything else is an error that names the file,
// the line and the mend. A profile is held against its domain: it is never
// guessed which option a worth belongs to.
//
// The package is pure: it takes bytes and gives values. It settles nothing; that
// is package settle's. Read this file first, then space.go, then one reader.
package scenario

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"paraph/fault"
	"paraph/settle"
)

// File is a file by its name, which errors and notes tell, and what it holds.
type File struct {
	Name string
	Data []byte
}

// Note is something unusual in a file, and how it was read.
type Note struct {
	File  string
	Line  int // counted from 1; 0 when it is of the whole file
	Words string
}

// String gives the note with its place before it: "a.xml:12: …".
func (n Note) String() string { return placed(n.File, n.Line) + n.Words }

// Options say how to read.
type Options struct {
	// Grid is how many points stand for an interval of real numbers, its ends
	// among them; DefaultGrid when 0. The issue is marked as sampled.
	Grid int
}

// What a file may be, so that a hostile one costs little.
const (
	DefaultGrid = 101
	MaxBytes    = 16 << 20
	MaxIssues   = 1000
	MaxOptions  = 100_000 // of all issues together
	MaxTerms    = 100_000 // of a party
	MaxParties  = 32
	maxDepth    = 64
	maxNodes    = 2_000_000
	maxNotes    = 1000
)

// form is what sort of file one is.
type form int

const (
	geniusDomain form = iota + 1
	geniusProfile
	webDomain
	webProfile
	negmasDomain
	negmasProfile
	ownForm
)

// Read reads a domain and the profiles of the parties, in their order. A file of
// Paraph's own form holds parties too, and needs no profile beside it. The notes
// are in the order of the files. An error is of kind invalid.
func Read(domain File, profiles []File, o Options) (*settle.Problem, []Note, error) {
	if o.Grid == 0 {
		o.Grid = DefaultGrid
	}
	if o.Grid < 2 || o.Grid > MaxOptions {
		return nil, nil, fault.Invalid("an interval cannot be read as %d points", o.Grid).With("from 2 to %d", MaxOptions)
	}
	if len(profiles) > MaxParties {
		return nil, nil, fault.Invalid("%d profiles are too many", len(profiles)).With("at most %d", MaxParties)
	}
	r := &reader{grid: o.Grid, problem: &settle.Problem{}}
	if err := r.domain(domain); err != nil {
		return nil, r.notes, err
	}
	for _, f := range profiles {
		if err := r.profile(f); err != nil {
			return nil, r.notes, err
		}
	}
	if len(r.problem.Parties) == 0 {
		return nil, r.notes, fault.Invalid("%s: no party is said", domain.Name).With("name the parties' profiles after the domain")
	}
	r.apart()
	return r.problem, r.notes, r.problem.Check()
}

// reader gathers a problem from files.
type reader struct {
	grid    int
	problem *settle.Problem
	space   space
	notes   []Note
	file    string // that is being read
}

func (r *reader) domain(f File) error {
	r.file = f.Name
	doc, err := r.open(f)
	if err != nil {
		return err
	}
	switch doc.form {
	case geniusDomain:
		err = r.geniusDomain(doc.root)
	case webDomain:
		err = r.webDomain(doc.tree)
	case negmasDomain:
		err = r.negmasDomain(doc.tree)
	case ownForm:
		err = r.ownDomain(doc.tree)
	default:
		return r.wrong(0, "is a profile, and a domain is needed first").With("name the domain, then the profiles")
	}
	if err != nil {
		return err
	}
	r.problem.Issues = r.space.issues
	return nil
}

func (r *reader) profile(f File) error {
	r.file = f.Name
	doc, err := r.open(f)
	if err != nil {
		return err
	}
	switch doc.form {
	case geniusProfile:
		return r.geniusProfile(doc.root)
	case webProfile:
		return r.webProfile(doc.tree)
	case negmasProfile:
		return r.negmasProfile(doc.tree)
	case ownForm:
		return r.ownParties(doc.tree)
	}
	return r.wrong(0, "is a domain, and a profile is needed here").With("name one domain, then the profiles")
}

// document is a file that was parsed, and which form it has.
type document struct {
	form form
	root *element
	tree *node
}

// open parses a file by what it holds; its name says nothing.
func (r *reader) open(f File) (document, error) {
	if len(f.Data) > MaxBytes {
		return document{}, r.wrong(0, "is larger than %d MiB", MaxBytes>>20).With("is this the right file?")
	}
	data := bytes.TrimPrefix(f.Data, []byte("\xef\xbb\xbf"))
	start := bytes.TrimLeft(data, " \t\r\n")
	switch {
	case len(start) == 0:
		return document{}, r.wrong(0, "is empty")
	case start[0] == '<':
		root, err := r.markup(data)
		if err != nil {
			return document{}, err
		}
		return r.ofMarkup(root)
	case start[0] == '{':
		tree, err := r.json(data)
		if err != nil {
			return document{}, err
		}
		return r.ofTree(tree)
	}
	tree, err := r.yaml(data)
	if err != nil {
		return document{}, err
	}
	return r.ofTree(tree)
}

const forms = "domains and profiles of GENIUS (XML), GeniusWeb (JSON), NegMAS (YAML) and Paraph's own form (JSON) are read"

func (r *reader) ofMarkup(root *element) (document, error) {
	switch root.name {
	case "negotiation_template":
		return document{form: geniusDomain, root: root}, nil
	case "utility_space":
		return document{form: geniusProfile, root: root}, nil
	}
	return document{}, r.wrong(root.line, "the element <%s> begins no scenario", root.name).With(forms)
}

func (r *reader) ofTree(tree *node) (document, error) {
	doc := document{tree: tree}
	switch {
	case tree.kind != mapping:
		return doc, r.wrong(tree.line, "no scenario is written so").With(forms)
	case tree.key("paraph") != nil:
		doc.form = ownForm
	case tree.key("issuesValues") != nil:
		doc.form = webDomain
	case len(tree.keys) == 1 && (strings.HasSuffix(tree.keys[0].text, "UtilitySpace") || strings.HasSuffix(tree.keys[0].text, "Ordering") || tree.keys[0].text == "LinearAdditive"):
		doc.form = webProfile
	case tree.key("issues") != nil && tree.key("weights") == nil && tree.key("utilities") == nil:
		doc.form = negmasDomain
	case tree.key("values") != nil || tree.key("weights") != nil || tree.key("outcome_ranges") != nil || tree.key("ufun") != nil || tree.key("reserved_value") != nil:
		doc.form = negmasProfile
	default:
		return doc, r.wrong(tree.line, "no scenario is written so").With(forms)
	}
	return doc, nil
}

// apart gives parties of one name numbers, so that answers tell them apart.
func (r *reader) apart() {
	seen := map[string]int{}
	for i := range r.problem.Parties {
		party := &r.problem.Parties[i]
		seen[party.Name]++
		if n := seen[party.Name]; n > 1 {
			party.Name = fmt.Sprintf("%s (%d)", party.Name, n)
			seen[party.Name]++
		}
	}
}

// party gives a new party with an empty row of worths for every issue.
func (r *reader) party(name string) *settle.Party {
	if name == "" {
		name = nameOf(r.file)
	}
	r.problem.Parties = append(r.problem.Parties, settle.Party{Name: name, Worth: r.space.rows()})
	return &r.problem.Parties[len(r.problem.Parties)-1]
}

// nameOf is a file's name without folders and ending.
func nameOf(file string) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	return strings.TrimSuffix(base, path.Ext(base))
}

// wrong is an error at a line of the file that is being read.
func (r *reader) wrong(line int, format string, args ...any) *fault.Error {
	return fault.Invalid("%s%s", placed(r.file, line), fmt.Sprintf(format, args...))
}

// note reports how something unusual was read.
func (r *reader) note(line int, format string, args ...any) {
	if len(r.notes) < maxNotes {
		r.notes = append(r.notes, Note{File: r.file, Line: line, Words: fmt.Sprintf(format, args...)})
	} else if len(r.notes) == maxNotes {
		r.notes = append(r.notes, Note{File: r.file, Words: "there is more that is unusual, which is not told"})
	}
}

func placed(file string, line int) string {
	if line == 0 {
		return file + ": "
	}
	return fmt.Sprintf("%s:%d: ", file, line)
}
