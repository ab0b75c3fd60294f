package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

type completionCmd struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

func (completionCmd) Help() string {
	return `Examples:

    source <(paraph completion bash)
    paraph completion zsh > "${fpath[1]}/_paraph"
    paraph completion fish > ~/.config/fish/completions/paraph.fish`
}

func (c completionCmd) Run(p *program) error {
	app := p.grammar.Model
	switch c.Shell {
	case "bash":
		p.bash(app)
	case "zsh":
		p.zsh(app)
	case "fish":
		p.fish(app)
	}
	return nil
}

// commands gives the visible commands.
func commands(app *kong.Application) []*kong.Node {
	var all []*kong.Node
	for _, c := range app.Children {
		if !c.Hidden {
			all = append(all, c)
		}
	}
	return all
}

// flags gives the visible flags of a command, with --help.
func flags(app *kong.Application, c *kong.Node) []*kong.Flag {
	all := []*kong.Flag{app.HelpFlag}
	for _, f := range c.Flags {
		if !f.Hidden {
			all = append(all, f)
		}
	}
	return all
}

// choices gives the words that a command's first argument may be, when they
// are a closed list.
func choices(app *kong.Application, c *kong.Node) []string {
	if c.Name == "help" {
		var names []string
		for _, c := range commands(app) {
			names = append(names, c.Name)
		}
		return append(names, configTopic)
	}
	if len(c.Positional) > 0 && c.Positional[0].Enum != "" {
		return strings.Split(c.Positional[0].Enum, ",")
	}
	return nil
}

// takesFiles tells whether a command's arguments are files.
func takesFiles(app *kong.Application, c *kong.Node) bool {
	return len(c.Positional) > 0 && choices(app, c) == nil
}

func (p *program) bash(app *kong.Application) {
	fmt.Fprint(p.out, `# Completion of paraph for bash.
_paraph() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} flags= words= files=
    COMPREPLY=()
    if [[ $COMP_CWORD -eq 1 ]]; then
        COMPREPLY=($(compgen -W "`)
	for _, c := range commands(app) {
		fmt.Fprintf(p.out, "%s ", c.Name)
	}
	fmt.Fprint(p.out, `--help" -- "$cur"))
        return
    fi
    case ${COMP_WORDS[1]} in
`)
	for _, c := range commands(app) {
		fmt.Fprintf(p.out, "    %s)\n        flags=\"", c.Name)
		for _, f := range flags(app, c) {
			fmt.Fprintf(p.out, "--%s ", f.Name)
			if f.Short != 0 {
				fmt.Fprintf(p.out, "-%c ", f.Short)
			}
		}
		fmt.Fprintf(p.out, "\"\n        words=\"%s\"\n", strings.Join(choices(app, c), " "))
		if takesFiles(app, c) {
			fmt.Fprint(p.out, "        files=1\n")
		}
		for _, f := range flags(app, c) {
			if f.Enum != "" {
				fmt.Fprintf(p.out, "        [[ $prev == --%s ]] && { COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); return; }\n",
					f.Name, strings.ReplaceAll(f.Enum, ",", " "))
			}
			if kind := map[string]string{"FILE": "f", "DIR": "d"}[f.PlaceHolder]; kind != "" {
				fmt.Fprintf(p.out, "        [[ $prev == --%s ]] && { local IFS=$'\n'; COMPREPLY=($(compgen -%s -- \"$cur\")); compopt -o filenames; return; }\n", f.Name, kind)
			}
		}
		fmt.Fprint(p.out, "        ;;\n")
	}
	fmt.Fprint(p.out, `    *) return ;;
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$flags" -- "$cur"))
    elif [[ -n $words ]]; then
        COMPREPLY=($(compgen -W "$words" -- "$cur"))
    elif [[ -n $files ]]; then
        [[ $cur == = ]] && cur=
        local IFS=$'\n'
        COMPREPLY=($(compgen -f -- "${cur#*=}"))
        compopt -o filenames
    fi
}
complete -F _paraph paraph
`)
}

func (p *program) zsh(app *kong.Application) {
	fmt.Fprint(p.out, `#compdef paraph
# Completion of paraph for zsh.
_paraph_file() { compset -P '*='; _files; }
_paraph() {
    local -a commands
    commands=(
`)
	for _, c := range commands(app) {
		fmt.Fprintf(p.out, "        %s\n", quoted(c.Name+":"+c.Help))
	}
	fmt.Fprint(p.out, `    )
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
`)
	for _, c := range commands(app) {
		fmt.Fprintf(p.out, "    %s)\n        _arguments", c.Name)
		for _, f := range flags(app, c) {
			action := ""
			switch {
			case f.Enum != "":
				action = ":" + f.Name + ":(" + strings.ReplaceAll(f.Enum, ",", " ") + ")"
			case f.PlaceHolder == "FILE":
				action = ":file:_files"
			case f.PlaceHolder == "DIR":
				action = ":folder:_files -/"
			case !f.IsBool():
				action = ":" + f.Name + ":"
			}
			about := "[" + strings.NewReplacer("[", "(", "]", ")", ":", "").Replace(f.Help) + "]" + action
			fmt.Fprintf(p.out, " \\\n            %s", quoted("--"+f.Name+about))
			if f.Short != 0 {
				fmt.Fprintf(p.out, " \\\n            %s", quoted("-"+string(f.Short)+about))
			}
		}
		switch {
		case choices(app, c) != nil:
			fmt.Fprintf(p.out, " \\\n            %s", quoted("1:choice:("+strings.Join(choices(app, c), " ")+")"))
		case takesFiles(app, c):
			fmt.Fprintf(p.out, " \\\n            %s", quoted("*:file:_paraph_file"))
		}
		fmt.Fprint(p.out, "\n        ;;\n")
	}
	fmt.Fprint(p.out, `    esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _paraph "$@"
else
    compdef _paraph paraph
fi
`)
}

func (p *program) fish(app *kong.Application) {
	fmt.Fprint(p.out, "# Completion of paraph for fish.\n")
	fmt.Fprint(p.out, "complete -c paraph -n __fish_use_subcommand -f\n")
	for _, c := range commands(app) {
		fmt.Fprintf(p.out, "complete -c paraph -n __fish_use_subcommand -a %s -d %s\n", c.Name, quoted(c.Help))
	}
	for _, c := range commands(app) {
		on := "-n '__fish_seen_subcommand_from " + c.Name + "'"
		for _, f := range flags(app, c) {
			fmt.Fprintf(p.out, "complete -c paraph %s -l %s", on, f.Name)
			if f.Short != 0 {
				fmt.Fprintf(p.out, " -s %c", f.Short)
			}
			switch {
			case f.Enum != "":
				fmt.Fprintf(p.out, " -x -a %s", quoted(strings.ReplaceAll(f.Enum, ",", " ")))
			case !f.IsBool():
				fmt.Fprint(p.out, " -r")
			}
			fmt.Fprintf(p.out, " -d %s\n", quoted(f.Help))
		}
		if words := choices(app, c); words != nil {
			fmt.Fprintf(p.out, "complete -c paraph %s -f -a %s\n", on, quoted(strings.Join(words, " ")))
		}
	}
}

// quoted puts words in single quotes for a shell; an apostrophe within is
// closed, escaped and opened again, which bash, zsh and fish all read alike.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
