// Command paraph takes one text from rival drafts to initialled words, on the
// command line and in the browser.
//
// One file holds one command, and a command only wires: what is done to a text
// is done in package draft, what is shown in package page. Read run.go first;
// source.go reads texts and output.go writes files, for all commands.
package main

import (
	"context"
	"os"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr))
}
