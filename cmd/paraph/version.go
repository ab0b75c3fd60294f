package main

import (
	"fmt"
	"runtime/debug"
)

type versionCmd struct {
	JSON bool `name:"json" help:"Print as JSON."`
}

func (versionCmd) Help() string {
	return `Examples:

    paraph version
    paraph version --json`
}

// build is what the binary knows of how it was made.
type build struct {
	Version  string `json:"version"`            // of the module: a tag, or "(devel)"
	Revision string `json:"revision,omitempty"` // of the source
	Time     string `json:"time,omitempty"`     // of the revision
	Modified bool   `json:"modified"`           // the source had changes that no revision holds
	Go       string `json:"go"`
}

func (c versionCmd) Run(p *program) error {
	b := built()
	if c.JSON {
		return p.json(b)
	}
	fmt.Fprintf(p.out, "paraph %s\n", b.Version)
	if b.Revision != "" {
		note := ""
		if b.Modified {
			note = ", with changes"
		}
		fmt.Fprintf(p.out, "revision %s of %s%s\n", b.Revision, b.Time, note)
	}
	fmt.Fprintf(p.out, "made with %s\n", b.Go)
	return nil
}

func built() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return build{Version: "unknown"}
	}
	b := build{Version: info.Main.Version, Go: info.GoVersion}
	if b.Version == "" {
		b.Version = "(devel)"
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.time":
			b.Time = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}
