// Command truth holds the readers and the engine against a ground truth: a folder
// with scenarios of other tools and a file truth.json of what is known of them,
// computed by others in exact rationals. It prints a line for each entry and a
// total, and ends with 1 when anything differs. It is no part of the product.
//
//	go run ./scenario/truth [-only REGEXP] [-time 60s] DIR
//
// Read additive.go, rectangle.go and generated.go for what is compared.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"paraph/scenario"
	"paraph/settle"
)

// check holds one entry against what is found.
type check struct {
	dir   string
	time  time.Duration
	runs  int
	wrong []string
}

func main() {
	only := flag.String("only", ".", "names of entries, as a regular expression")
	limit := flag.Duration("time", 2*time.Minute, "how long each search may take")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "truth: name the folder that holds truth.json")
		os.Exit(2)
	}
	failed, err := run(flag.Arg(0), regexp.MustCompile(*only), *limit)
	if err != nil {
		fmt.Fprintln(os.Stderr, "truth:", err)
		os.Exit(1)
	}
	if failed > 0 {
		os.Exit(1)
	}
}

// truth is the file truth.json.
type truth struct {
	Additive       map[string]additive
	Hyperrectangle map[string]rectangles
	Generated      map[string]generated
}

func run(dir string, only *regexp.Regexp, limit time.Duration) (failed int, err error) {
	data, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		return 0, err
	}
	var known truth
	if err := json.Unmarshal(data, &known); err != nil {
		return 0, err
	}
	entries, things := 0, 0
	entry := func(name string, compare func(*check)) {
		if !only.MatchString(name) {
			return
		}
		c := &check{dir: dir, time: limit}
		begun := time.Now()
		compare(c)
		entries, things = entries+1, things+c.runs
		verdict := "ok   "
		if len(c.wrong) > 0 {
			failed++
			verdict = "WRONG"
		}
		fmt.Printf("%s %-58s %3d compared  %8.3f s\n", verdict, name, c.runs, time.Since(begun).Seconds())
		for _, w := range c.wrong {
			fmt.Printf("      %s\n", w)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(known.Additive)) {
		entry(name, known.Additive[name].compare)
	}
	for _, name := range slices.Sorted(maps.Keys(known.Hyperrectangle)) {
		entry(name, func(c *check) { known.Hyperrectangle[name].compare(c, name) })
	}
	for _, name := range slices.Sorted(maps.Keys(known.Generated)) {
		entry("generated/"+name, func(c *check) { known.Generated[name].compare(c, name) })
	}
	fmt.Printf("%d of %d entries are right, %d figures compared\n", entries-failed, entries, things)
	return failed, nil
}

// same compares one thing.
func (c *check) same(what string, got, want any) {
	c.runs++
	if fmt.Sprint(got) != fmt.Sprint(want) {
		c.wrong = append(c.wrong, fmt.Sprintf("%s: %v, and %v is true", what, short(got), short(want)))
	}
}

func short(v any) string {
	if s := fmt.Sprint(v); len(s) > 200 {
		return s[:200] + "…"
	} else {
		return s
	}
}

// holds says that something is so.
func (c *check) holds(what string, is bool) { c.same(what, is, true) }

// folder reads the domain and the named profiles of a folder.
func (c *check) folder(path string, profiles []string) (*settle.Problem, bool) {
	dir := filepath.Join(c.dir, "genius", strings.TrimPrefix(path, "scenarios/"))
	entries, err := os.ReadDir(dir)
	if err != nil {
		c.wrong = append(c.wrong, err.Error())
		return nil, false
	}
	var domain scenario.File
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err == nil && strings.Contains(string(data), "<negotiation_template") {
			domain = scenario.File{Name: e.Name(), Data: data}
		}
	}
	var files []scenario.File
	for _, name := range profiles {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			c.wrong = append(c.wrong, err.Error())
			return nil, false
		}
		files = append(files, scenario.File{Name: name, Data: data})
	}
	p, _, err := scenario.Read(domain, files, scenario.Options{})
	if err != nil {
		c.wrong = append(c.wrong, err.Error())
		return nil, false
	}
	return p, true
}

// settle asks the engine, and evaluates all that it gives anew.
func (c *check) settle(p *settle.Problem, o settle.Options) *settle.Answer {
	ctx, cancel := context.WithTimeout(context.Background(), c.time)
	defer cancel()
	a, err := settle.Settle(ctx, p, o)
	if err != nil {
		c.wrong = append(c.wrong, err.Error())
		return &settle.Answer{Outcomes: new(big.Int)}
	}
	return a
}

// floats are exact utilities as the nearest floating-point numbers.
func floats(utilities []*big.Rat) []float64 {
	out := make([]float64, len(utilities))
	for i, u := range utilities {
		out[i], _ = u.Float64()
	}
	return out
}

// vectors are the utilities of points, as they sort.
func vectors(points []settle.Point) []string {
	var out []string
	for _, at := range points {
		out = append(out, fmt.Sprint(floats(at.Utilities)))
	}
	slices.Sort(out)
	return out
}
