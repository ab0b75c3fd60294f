// Package people keeps the people of one machine: their accounts, passkeys,
// sessions, invitations, places and tokens.
//
// It stands apart from the record of any process. It knows which account has
// taken which place (a process and the id of an accreditation in it), and never
// what a place may do: that follows from the process's own record. It is a door:
// it has a clock and chance, both given in Options, and keeps everything that
// must last in a Book. It may read no record and show no page.
//
// Secrets are 32 random bytes. Only their SHA-256 is kept, and it is the key of
// what they open: to look a secret up is one read by key, the same for one that
// was never given out as for one that is over.
//
// Read this file first, then session.go and signin.go; invitation.go and
// enrol.go for how a person comes in; recovery.go for how one comes back.
package people

import (
	"io"
	"time"

	"paraph/fault"
)

// Options are what a Register is made with.
type Options struct {
	Clock func() time.Time // nil for the machine's clock
	Rand  io.Reader        // nil for the machine's chance
	// URL is how browsers reach the pages: https://talks.example.org[:port], or
	// http://localhost[:port]. Passkeys are bound to it: its host is the relying
	// party, and responses must come from exactly this origin.
	URL   string
	Name  string     // what a browser calls this machine when it asks for a passkey; "Paraph" when empty
	First *FirstStep // what everybody passes before a passkey is asked for; nil for nothing
}

var unfinished = fault.Unavailable("this is not there yet")
