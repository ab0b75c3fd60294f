package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"paraph/people"
	"paraph/store/sqlite"
)

type initCmd struct {
	dataFlag
	urlFlag
}

func (initCmd) Help() string {
	return `Makes a data directory, remembers under which URL it is served, and prints a link for its first administrator, good for one use within a day.

Without a URL it is http://localhost:8300: for this machine alone, where passkeys work without a certificate.

Examples:

    paraph init
    paraph init --data /var/lib/paraph --url https://talks.example.org`
}

func (c initCmd) Run(p *program) (err error) {
	if err := p.unknownVariable(); err != nil {
		return err
	}
	at, err := parseAddress(cmp.Or(c.URL, defaultURL))
	if err != nil {
		return err
	}
	d, drop, err := makeData(c.Data)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			drop()
		}
	}()
	d.made.URL = at.origin()
	record, err := sqlite.Open(d.record())
	if err != nil {
		return err
	}
	if err := record.Close(); err != nil {
		return err
	}
	link, err := d.firstLink(p.ctx)
	if err != nil {
		return err
	}
	if err := d.remember(); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Made the data directory %s, for %s.\n\n"+
		"1. Serve it:\n\n    paraph serve%s\n\n"+
		"2. Open this link and make a passkey: you are the first administrator then.\n"+
		"   It is good for one use, within 24 hours.\n\n    %s\n", c.Data, d.made.URL, c.flag(), link)
	return nil
}

// flag is how the data directory is named on the command line, where it must be.
func (c dataFlag) flag() string {
	if c.Data == "paraph-data" {
		return ""
	}
	return " --data " + c.Data
}

// firstLink makes a link for an administrator.
func (d data) firstLink(ctx context.Context) (link string, err error) {
	register, book, err := d.register(people.Options{URL: d.made.URL})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, register.Close(), book.Close()) }()
	secrets, err := register.First(ctx)
	return d.made.URL + secrets.Link + "?first", err // the page then asks for no words
}
