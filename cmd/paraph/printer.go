package main

import (
	"paraph/fault"
	"paraph/papers"
	"paraph/printer"
)

// printerFlag names the program that makes PDFs.
type printerFlag struct {
	Printer string `env:"PARAPH_PRINTER" placeholder:"PROGRAM" help:"The program that makes PDFs: chromium, weasyprint, a path to one of them, or none. Whichever is installed when not given."`
}

// noPrinter is the name by which none is asked for.
const noPrinter = "none"

// printer gives what makes PDFs; nil for none, and, when none is named, where
// none is installed. One that is named and not there is an error.
func (f printerFlag) printer() (papers.Printer, error) {
	if f.Printer == noPrinter {
		return nil, nil
	}
	p, err := printer.Find(f.Printer)
	if f.Printer == "" && fault.KindOf(err) == fault.KindNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err // not p, which as an interface would be something
	}
	return p, nil
}
