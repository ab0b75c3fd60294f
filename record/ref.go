package record

import "strings"

// NewRef names a thing by its noun and its id: "proposal/4f…".
func NewRef(noun, id string) Ref { return Ref(noun + "/" + id) }

// Noun gives what a ref names: "proposal".
func (r Ref) Noun() string {
	noun, _, _ := strings.Cut(string(r), "/")
	return noun
}

// ID gives the id of what a ref names: all after its noun.
func (r Ref) ID() string {
	_, id, _ := strings.Cut(string(r), "/")
	return id
}

// SeatRefs names seats as things that an entry mentions. Empty seats are left
// out.
func SeatRefs(seats ...Seat) []Ref {
	var refs []Ref
	for _, s := range seats {
		if s != "" {
			refs = append(refs, NewRef("seat", string(s)))
		}
	}
	return refs
}
