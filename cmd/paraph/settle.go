package main

import (
	"context"
	"fmt"
	"math/big"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"paraph/scenario"
	"paraph/settle"
)

type settleCmd struct {
	JSON     bool          `name:"json" help:"Print as JSON."`
	SVG      string        `name:"svg" placeholder:"FILE" help:"Draw the frontier and the solution points into FILE."`
	All      bool          `help:"The frontier of all packages, those below a reservation value included."`
	Time     time.Duration `default:"60s" placeholder:"TIME" help:"How long to seek at most, as in 10s or 5m; after that, what is found is given with its bounds."`
	Improve  string        `placeholder:"PACKAGE" help:"Say of a package what it costs each party, what could be traded, and whether another is better for somebody and worse for nobody: options in the issues' order or as ISSUE=OPTION, with semicolons between, or status-quo."`
	Grid     int           `default:"101" placeholder:"N" help:"How many points stand for an interval of real numbers."`
	Domain   string        `arg:"" help:"The domain: issues and their options."`
	Profiles []string      `arg:"" optional:"" name:"profile" help:"The parties' profiles, a file each."`
}

func (settleCmd) Help() string {
	return `Finds what parties could agree on, by what each makes of every option: whether there is a zone of agreement, the frontier of packages that cannot be bettered for one without loss to another, and the solution points by their names. All of it is in exact arithmetic, and either proved or given with a bound.

It reads domains and profiles of GENIUS (XML), GeniusWeb (JSON) and NegMAS (YAML), and Paraph's own form (JSON), which may hold the parties too; docs/settlement-format.md tells of it. What is unusual in a file is told on the error stream, with how it was read. Ctrl-C ends the search and gives what was found so far.

Examples:

    paraph settle domain.xml buyer.xml seller.xml
    paraph settle --svg frontier.svg vesna.json
    paraph settle --json --time 10s domain.yml a.yml b.yml c.yml
    paraph settle --all --grid 1001 price.xml buyer.xml seller.xml
    paraph settle --improve "Solenne; 12; low" vesna.json`
}

func (c settleCmd) Run(p *program) error {
	if c.Time <= 0 {
		return usagef("--time is above 0, as in 10s")
	}
	problem, notes, err := c.read(p)
	if err != nil {
		return err
	}
	c.tell(p, notes)
	var deal settle.Package
	if c.Improve != "" {
		if deal, err = packageSaid(problem, c.Improve); err != nil {
			return err
		}
	}
	found, err := c.settle(p, problem, deal)
	if err != nil {
		return err
	}
	if c.SVG != "" {
		if err := p.page(c.SVG, found.figure(), append(c.Profiles, c.Domain)...); err != nil {
			return err
		}
	}
	if c.JSON {
		return p.json(found.written(notes))
	}
	found.print(p)
	return nil
}

// read reads the domain and the profiles.
func (c settleCmd) read(p *program) (*settle.Problem, []scenario.Note, error) {
	files := make([]scenario.File, 0, len(c.Profiles)+1)
	for _, name := range append([]string{c.Domain}, c.Profiles...) {
		data, err := p.read(name)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, scenario.File{Name: shownName(name), Data: data})
	}
	return scenario.Read(files[0], files[1:], scenario.Options{Grid: c.Grid})
}

// tell says what was unusual in the files.
func (c settleCmd) tell(p *program, notes []scenario.Note) {
	for i, n := range notes {
		if i == fewDoubts {
			p.note("paraph: and %d notes more (--json gives all)", len(notes)-i)
			return
		}
		p.note("paraph: %s", oneLine(n.String()))
	}
}

// settlement is a problem with what was found of it.
type settlement struct {
	title   string
	problem *settle.Problem
	answer  *settle.Answer
	points  []settle.Point // of the frontier
	bests   []*big.Rat     // each party's best on it; see best
	took    time.Duration
	tried   *trial // of a package; nil when none was named
	all     bool
	stopped bool // by the person or by the time
}

// settle seeks for as long as it may.
func (c settleCmd) settle(p *program, problem *settle.Problem, deal settle.Package) (*settlement, error) {
	ctx, release := signal.NotifyContext(p.ctx, os.Interrupt)
	defer release()
	ctx, cancel := context.WithTimeout(ctx, c.Time)
	defer cancel()
	begun := time.Now()
	tell, told := p.progress()
	answer, err := settle.Settle(ctx, problem, settle.Options{All: c.All, Progress: tell})
	told()
	if err != nil {
		return nil, err
	}
	base := filepath.Base(shownName(c.Domain))
	found := &settlement{
		title: strings.TrimSuffix(base, filepath.Ext(base)), problem: problem, answer: answer,
		took: time.Since(begun), all: c.All, stopped: ctx.Err() != nil,
	}
	for i := range answer.Frontier.Len() {
		found.points = append(found.points, answer.Frontier.At(i))
	}
	if deal != nil {
		found.tried, err = try(ctx, problem, deal)
	}
	return found, err
}

// progress gives what tells, on a terminal, how far long work is: once a second,
// from the second second on; and what ends that.
func (p *program) progress() (tell func(settle.Progress), done func()) {
	if !isTerminal(p.err) {
		return nil, func() {}
	}
	begun, said := time.Now(), 0
	tell = func(at settle.Progress) {
		seconds := int(time.Since(begun) / time.Second)
		if seconds <= said {
			return
		}
		said = seconds
		line := at.Doing
		if at.Of > 0 {
			line += fmt.Sprintf(", %d of %d", at.Done, at.Of)
		}
		if at.Points > 0 {
			line += ", " + plural(at.Points, "package") + " held"
		}
		fmt.Fprintf(p.err, "\r\x1b[Kparaph: %s … %d s (Ctrl-C gives what is found so far)", line, seconds)
	}
	return tell, func() {
		if said > 0 {
			fmt.Fprint(p.err, "\r\x1b[K")
		}
	}
}
