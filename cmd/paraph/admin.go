package main

import "fmt"

type adminCmd struct {
	dataFlag
}

func (adminCmd) Help() string {
	return `Prints another link for an administrator, good for one use within a day: for who lost the first one, or every passkey. The server may run meanwhile. Whoever can read the data directory can do this.

Examples:

    paraph admin
    paraph admin --data /var/lib/paraph`
}

func (c adminCmd) Run(p *program) error {
	d, err := openData(c.Data)
	if err != nil {
		return err
	}
	link, err := d.firstLink(p.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Open this link and make a passkey: you are an administrator then.\nIt is good for one use, within 24 hours.\n\n    %s\n", link)
	return nil
}
