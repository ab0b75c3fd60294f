package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// configTopic is what paraph help tells of beside the commands.
const configTopic = "config"

// config prints the table of all settings: what can be said by a flag, and what
// the environment can say in its place.
func (p *program) config() {
	fmt.Fprint(p.out, "Settings are flags or environment variables, whichever suits. A flag goes before its variable.\n")
	all := variables(p.grammar.Model)
	uses := map[string][]string{}
	for _, c := range commands(p.grammar.Model) {
		for _, f := range c.Flags {
			for _, name := range f.Envs {
				uses[name] = append(uses[name], c.Name)
			}
		}
	}
	for _, name := range p.inOrder(all) {
		f := all[name]
		flag := "--" + f.Name + " " + f.FormatPlaceHolder()
		if f.Hidden {
			flag = "in the environment alone"
		}
		fmt.Fprintf(p.out, "\n%s\n    %s   ", name, flag)
		used := "(paraph " + strings.Join(uses[name], ", ") + ")"
		if len(flag)+len(used) > 90 {
			used = "\n    " + strings.Join(wrapped(used, 92), "\n    ")
		}
		fmt.Fprintln(p.out, used)
		for _, line := range wrapped(f.Help, 92) {
			fmt.Fprintf(p.out, "    %s\n", line)
		}
	}
}

// inOrder gives the variables as serve lists its flags, then those of other
// commands.
func (p *program) inOrder(all map[string]*kong.Flag) []string {
	var names []string
	for _, c := range commands(p.grammar.Model) {
		if c.Name == "serve" {
			for _, f := range c.Flags {
				names = append(names, f.Envs...)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// wrapped breaks words into lines of at most a width, in characters.
func wrapped(s string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return append(lines, line)
}
