package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"paraph/fault"
)

// The exit codes of every command.
const (
	exitDone  = 0
	exitWrong = 1 // the input is wrong, or a check found something
	exitUsage = 2 // the command was not asked rightly
)

// grammar is all that can be said to paraph. Each command is one field, with a
// method Run in the file of its name.
type grammar struct {
	Brackets   bracketsCmd   `cmd:"" help:"Count the brackets of a text, clause by clause, and find those without a partner."`
	Compile    compileCmd    `cmd:"" help:"Make one bracketed text of a base and the parties' submissions."`
	Read       readCmd       `cmd:"" help:"Print the plain text that one seat would have."`
	Compare    compareCmd    `cmd:"" help:"Compare two texts, clause by clause and word by word."`
	Import     importCmd     `cmd:"" help:"Read a document of a word processor (.docx), or tell which proposals it amounts to."`
	Which      whichCmd      `cmd:"" help:"Say which version a circulating copy is."`
	Print      printCmd      `cmd:"" help:"Parse a text and print it again, or check it."`
	Export     exportCmd     `cmd:"" help:"Take a document out: Word, PDF, HTML, a table."`
	Settle     settleCmd     `cmd:"" help:"Find what parties could agree on, from what each makes of every option."`
	Status     statusCmd     `cmd:"" help:"Ask a server what processes there are, or where one stands."`
	Propose    proposeCmd    `cmd:"" help:"Table a proposal on a server, or see what it would make."`
	Withdraw   withdrawCmd   `cmd:"" help:"Take an own proposal on a server back."`
	Position   positionCmd   `cmd:"" help:"Say on a server what your seat thinks of a clause."`
	Message    messageCmd    `cmd:"" help:"Send a message on a server."`
	Watch      watchCmd      `cmd:"" help:"Follow what moves in a process on a server."`
	Init       initCmd       `cmd:"" help:"Make a data directory, and a link for its first administrator."`
	Serve      serveCmd      `cmd:"" help:"Serve a data directory to those who negotiate."`
	Admin      adminCmd      `cmd:"" help:"Make another link for an administrator."`
	Backup     backupCmd     `cmd:"" help:"Copy a data directory into one file, while it is served."`
	Restore    restoreCmd    `cmd:"" help:"Make a data directory of a backup."`
	Demo       demoCmd       `cmd:"" help:"Open the worked example in the browser: two processes, any seat."`
	Version    versionCmd    `cmd:"" help:"Say which build this is."`
	Help       helpCmd       `cmd:"" help:"Say how a command is used, with examples."`
	Completion completionCmd `cmd:"" help:"Print a completion script for a shell."`
}

// program is what a command may touch of the world.
type program struct {
	ctx context.Context
	env []string
	in  io.Reader
	out *bufio.Writer
	err io.Writer

	stdout     io.Writer   // what out writes to, to ask whether it is a terminal
	stdinTaken bool        // a file named "-" has been read
	remote     remoteFlags // where files named "@…" are
	grammar    *kong.Kong
}

// usageError is a command that was not asked rightly.
type usageError struct{ words string }

func (e usageError) Error() string { return e.words }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// errFound says that a check found something that has been reported already.
var errFound = errors.New("the check found something")

// leave is how kong's help flag ends a run.
type leave int

// run does what args ask, and gives the exit code. It touches nothing of the
// process but what it is handed, and the files that args name.
func run(ctx context.Context, args, env []string, in io.Reader, out, errOut io.Writer) (code int) {
	p := &program{ctx: ctx, env: env, in: in, out: bufio.NewWriter(out), err: errOut, stdout: out}
	defer func() {
		if r := recover(); r != nil {
			exit, ok := r.(leave)
			if !ok {
				panic(r)
			}
			code = int(exit)
		}
		if err := p.out.Flush(); err != nil && code == exitDone {
			fmt.Fprintf(errOut, "paraph: the output could not be written: %v\n", cause(err))
			code = exitWrong
		}
	}()
	return p.do(args)
}

// do parses the arguments and runs the command.
func (p *program) do(args []string) int {
	var g grammar
	parser, err := kong.New(&g,
		kong.Name("paraph"),
		kong.Description("One text, from rival drafts to initialled words.\n\n"+
			"A file named - is the standard input; @PROCESS and @PROCESS/VERSION are texts on a server (--server). Every command ends with 0 when it is done, 1 when an input is wrong, 2 when it was asked wrongly."),
		kong.Writers(p.out, p.err),
		kong.Exit(func(code int) { panic(leave(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err != nil {
		fmt.Fprintf(p.err, "paraph: %v\n", err)
		return exitUsage
	}
	p.grammar = parser
	if len(args) == 0 {
		parser.Stdout = p.err
		parser.Exit = func(int) { panic(leave(exitUsage)) }
		args = []string{"--help"}
	}
	if !strings.HasPrefix(args[0], "-") && !slices.ContainsFunc(commands(parser.Model), func(c *kong.Node) bool { return c.Name == args[0] }) {
		return p.report(usagef("there is no command %q", args[0]), "")
	}
	if err := refuseToken(args); err != nil {
		return p.report(err, args[0])
	}
	said, err := parser.Parse(args)
	if err != nil {
		return p.report(usageError{err.Error()}, command(err))
	}
	return p.report(said.Run(p), said.Command())
}

// command gives the command in which parsing failed; empty when none was named.
func command(err error) string {
	if e, ok := errors.AsType[*kong.ParseError](err); ok {
		return e.Context.Command()
	}
	return ""
}

// report says an error in one line and gives the exit code for it.
func (p *program) report(err error, command string) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errFound) {
		return exitWrong
	}
	if e, ok := errors.AsType[usageError](err); ok {
		name, _, _ := strings.Cut(command, " ")
		fmt.Fprintf(p.err, "paraph: %s (%s shows how)\n", oneLine(e.words), strings.TrimSpace("paraph help "+name))
		return exitUsage
	}
	if e, ok := errors.AsType[*fault.Error](err); ok {
		fmt.Fprintf(p.err, "paraph: %s\n", oneLine(e.Error()))
		return exitWrong
	}
	fmt.Fprintf(p.err, "paraph: %s\n", oneLine(err.Error()))
	return exitWrong
}

// oneLine keeps an error on one line, whatever file name or word it quotes.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}
