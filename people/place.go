package people

import "paraph/record"

// Place is a person's place in a process: the accreditation that an account
// has taken.
type Place struct {
	Process record.ProcessID
	Person  string // id of the accreditation
	Account string // id of the account that has it; empty where nobody has taken it yet
}

// key begins with who has the place, so that a place of another account is
// looked up exactly as one that is not there.
func (p Place) key() string { return p.Account + "/" + string(p.Process) }
