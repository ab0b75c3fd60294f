package sitting

import (
	"time"

	"paraph/record"
)

// MessageView is one message between seats. A message that the chair carried
// reads, to the seat that receives it, as any other of the chair's; only the
// chair's own ledger ties it to where it came from.
type MessageView struct {
	ID           string
	From         record.Seat
	To           record.Seat // empty: the chair
	Words        string
	MayPass      []record.Seat // the seats to which the chair may carry it
	PassOn       string        // the words that it may carry; empty: all
	Withhold     string        // what it must keep to itself
	At           time.Time
	By           record.By
	Audience     record.Audience
	Acknowledged []Receipt // who said that it arrived, in order

	// On the chair's ledger alone:
	Origin  string   // id of the message that this one carries on
	Carried []string // ids of the messages that carried this one on, in order
}

// Receipt is one seat's word that a message arrived.
type Receipt struct {
	Seat record.Seat
	At   time.Time
}
