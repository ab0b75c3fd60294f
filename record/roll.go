package record

// Roll holds things in the order in which they came, each under its id. The
// zero Roll is empty and ready.
type Roll[V any] struct {
	things []*V // each in a place of its own, so that adding moves none
	at     map[string]int
}

// Add puts a thing at the end. Of two things with one id the first stands: then
// nothing changes, and Add gives false.
func (r *Roll[V]) Add(id string, v V) bool {
	if _, there := r.at[id]; there {
		return false
	}
	if r.at == nil {
		r.at = map[string]int{}
	}
	r.at[id] = len(r.things)
	r.things = append(r.things, &v)
	return true
}

// Get gives the place of a thing, to read or to change; nil when there is none.
func (r *Roll[V]) Get(id string) *V {
	if i, there := r.at[id]; there {
		return r.things[i]
	}
	return nil
}

// Change puts a changed copy in the place of a thing: whoever holds what Get gave
// before has it as it was. Without such a thing nothing happens.
func (r *Roll[V]) Change(id string, change func(*V)) {
	if i, there := r.at[id]; there {
		v := *r.things[i]
		change(&v)
		r.things[i] = &v
	}
}

// All gives the things in order, as a copy.
func (r *Roll[V]) All() []V {
	if r.things == nil {
		return nil
	}
	all := make([]V, len(r.things))
	for i, v := range r.things {
		all[i] = *v
	}
	return all
}

// Len tells how many things there are.
func (r *Roll[V]) Len() int { return len(r.things) }
