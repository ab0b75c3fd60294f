package press

import "paraph/record"

// Act is what one may ask of this room: Record, Claim, Deny, Judge or Leak.
type Act interface{ act() }

// Record enters words that somebody said. The default audience is the public,
// which needs the source. A joint statement is the chair's, or a keeper's, to
// enter.
type Record struct {
	ID       string
	Kind     Kind // empty: Statement
	Speaker  string
	For      record.Seat // for which the speaker speaks, or none; only a keeper may name another's
	Words    string
	Quoted   bool
	Channel  string // "after the sitting, to the press"
	Said     record.When
	Sitting  string        // id of the sitting it is about; may be empty
	Cleared  []record.Seat // the seats that cleared the wording of a line or a joint statement
	Audience record.Audience
	Source   record.Source
}

// Claim enters a statement of fact that somebody made. The default audience is
// the public, which needs the source.
type Claim struct {
	ID       string
	What     string
	By       string      // who claims it: a person or a body
	For      record.Seat // for which they speak, or none; only a keeper may name another's
	Said     record.When
	Audience record.Audience
	Source   record.Source
}

// Deny enters somebody's word against a claim, for all who read the claim. An
// asserted claim is contested from then on.
type Deny struct {
	Claim  string
	By     string
	For    record.Seat // for which they speak, or none; only a keeper may name another's
	Words  string
	Said   record.When
	Source record.Source
}

// Judge says how a claim stands, for all who read it, and always with a source.
// The chair and a keeper judge; any other seat only what it entered itself.
type Judge struct {
	Claim    string
	Standing Standing
	Note     string
	Source   record.Source
}

// Leak enters that something is out without clearance. The default audience is
// the public, which needs the source. It has no place for a culprit.
type Leak struct {
	ID       string
	What     string
	Where    string // where it is out
	Version  string // id of the version that is out, or empty
	Found    record.When
	Note     string
	Audience record.Audience
	Source   record.Source
}

func (Record) act() {}
func (Claim) act()  {}
func (Deny) act()   {}
func (Judge) act()  {}
func (Leak) act()   {}
