// Leaks plants leaks in Paraph, one at a time, and holds the tests that guard
// what may not be told to finding each of them: a test of the tests.
//
// A leak is a small file in testdata: what it tells to whom, which test must
// find it, and the lines that are replaced. It is planted through an overlay of
// the compiler, so the source stays as it is. A leak that is not found fails the
// run, and so does one whose lines are no longer there: write it anew for the
// lines that do the same now.
//
// It runs at the root of the module, and may import nothing of it. Read leak.go
// first, then hunt.go.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run plants the leaks that are asked for and prints one line for each. It gives
// 0 when all of them were found, 1 when one was not, 2 when it was asked wrongly.
func run(ctx context.Context, args []string, out, wrong io.Writer) int {
	flags := flag.NewFlagSet("leaks", flag.ContinueOnError)
	flags.SetOutput(wrong)
	pairs := flags.Int("pairs", 500, "pairs of histories within which a leak must be found")
	only := flags.String("run", "", "plant only leaks whose name matches this regular expression")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	named, err := regexp.Compile(*only)
	if err != nil {
		fmt.Fprintln(wrong, err)
		return 2
	}
	all, err := load("leaks/testdata")
	if err != nil {
		fmt.Fprintln(wrong, err)
		return 2
	}
	planted, missed := 0, 0
	for _, l := range all {
		if !named.MatchString(l.name) || ctx.Err() != nil {
			continue
		}
		planted++
		f, err := hunt(ctx, ".", l, *pairs)
		if err != nil {
			missed++
			fmt.Fprintf(out, "NOT FOUND  %-34s %v\n", l.name, err)
			continue
		}
		fmt.Fprintf(out, "found      %-34s %s\n", l.name, f)
	}
	fmt.Fprintf(out, "%d planted, %d not found\n", planted, missed)
	if missed > 0 || planted == 0 {
		return 1
	}
	return 0
}
