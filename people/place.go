package people

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"paraph/fault"
	"paraph/record"
)

// Place is a person's place in a process: the accreditation that an account
// has taken.
type Place struct {
	Process record.ProcessID
	Person  string // id of the accreditation
	Account string // id of the account that has it; empty where nobody has taken it yet
}

// key begins with who has the place, as does the index in memory, so that a place
// of another account is looked up exactly as one that is not there.
func (p Place) key() string { return p.Account + "/" + string(p.Process) }

func takenKey(p record.ProcessID, person string) string { return string(p) + "/" + person }

func (p Place) check() error {
	if _, err := record.ParseProcessID(string(p.Process)); err != nil {
		return err
	}
	return record.CheckID("a person", p.Person)
}

// held is a place in memory.
type held struct {
	Place
	gone chan struct{}
}

// PlaceOf gives the place of an account in a process, if it has one.
func (r *Register) PlaceOf(_ context.Context, account string, p record.ProcessID) (Place, bool, error) {
	at, ok := r.place(account, p)
	return at, ok, nil
}

func (r *Register) place(account string, p record.ProcessID) (Place, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	h := r.places[account][p]
	if h == nil {
		return Place{}, false
	}
	return h.Place, true
}

// Places gives all places of an account, by process.
func (r *Register) Places(_ context.Context, account string) ([]Place, error) {
	return r.placesOf(account), nil
}

func (r *Register) placesOf(account string) (all []Place) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, h := range r.places[account] {
		all = append(all, h.Place)
	}
	slices.SortFunc(all, func(a, b Place) int { return cmp.Compare(a.Process, b.Process) })
	return all
}

// Vacated gives a channel that is closed once a place is no longer its
// account's, for open streams; it is closed already when it is not now.
func (r *Register) Vacated(at Place) <-chan struct{} {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if h := r.places[at.Account][at.Process]; h != nil && h.Place == at {
		return h.gone
	}
	return closed
}

var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// Taken gives which places of a process are taken: accounts by the id of the
// accreditation.
func (r *Register) Taken(_ context.Context, p record.ProcessID) (map[string]string, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	taken := maps.Clone(r.taken[p])
	if taken == nil {
		taken = map[string]string{}
	}
	return taken, nil
}

// holder gives who has a place.
func (r *Register) holder(p record.ProcessID, person string) (Place, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	account, ok := r.taken[p][person]
	return Place{p, person, account}, ok
}

// Take gives an account a place without an invitation: its own, to whoever
// opens a process. It is a conflict when the place is taken, or the account has
// one in that process already.
func (r *Register) Take(ctx context.Context, at Place) error {
	if err := at.check(); err != nil {
		return err
	}
	r.turn.Lock()
	defer r.turn.Unlock()
	if _, ok := r.account(at.Account); !ok {
		return noAccount()
	}
	return r.changeInTurn(ctx, func(p Pages) error { return r.putPlace(p, at) }, func() { r.settle(at) })
}

// Leave gives up the place of an account in a process, with its tokens. It is
// not found when the account has none there. The accreditation stays on the
// record: the place can be taken by another invitation.
func (r *Register) Leave(ctx context.Context, account string, p record.ProcessID) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	at, ok := r.place(account, p)
	if !ok {
		return fault.NotFound("you have no place there")
	}
	return r.vacate(ctx, at)
}

// Vacate takes a place from whoever has it, when the accreditation has ended:
// its tokens are gone, invitations to it are withdrawn, a recovery of it is
// over. It is no error when nobody has it.
func (r *Register) Vacate(ctx context.Context, p record.ProcessID, person string) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	at, ok := r.holder(p, person)
	if !ok {
		at = Place{Process: p, Person: person}
	}
	return r.vacate(ctx, at)
}

func (r *Register) vacate(ctx context.Context, at Place) error {
	return r.changeInTurn(ctx,
		func(p Pages) error { return removePlace(p, at) },
		func() { r.unsettle(at) })
}

// putPlace writes a place. Whoever calls it has the turn.
func (r *Register) putPlace(p Pages, at Place) error {
	if _, ok := r.holder(at.Process, at.Person); ok {
		return fault.Conflict("this place is taken").
			With("who lost all passkeys is let back in by two members of the delegation; anybody else needs an accreditation of their own")
	}
	if _, ok := r.place(at.Account, at.Process); ok {
		return fault.Conflict("you have a place in this process already").With("leave that one first, or use an account of its own")
	}
	return cmp.Or(keep(p, kindPlace, at.key(), at), keep(p, kindTaken, takenKey(at.Process, at.Person), at.Account))
}

// removePlace takes a place out of the book, with all that hangs on it.
func removePlace(p Pages, at Place) error {
	return cmp.Or(removeInvitationTo(p, at), removeRecovery(p, at), removeTokens(p, tokensAt(at)),
		p.Delete(kindPlace, at.key()), p.Delete(kindTaken, takenKey(at.Process, at.Person)))
}

// settle takes a place into memory. Whoever calls it has mu.
func (r *Register) settle(at Place) {
	if r.places[at.Account] == nil {
		r.places[at.Account] = map[record.ProcessID]*held{}
	}
	r.places[at.Account][at.Process] = &held{at, make(chan struct{})}
	if r.taken[at.Process] == nil {
		r.taken[at.Process] = map[string]string{}
	}
	r.taken[at.Process][at.Person] = at.Account
}

// unsettle takes a place out of memory, and closes what waits for that.
// Whoever calls it has mu.
func (r *Register) unsettle(at Place) {
	r.forgetTokens(tokensAt(at))
	theirs := r.places[at.Account]
	if h := theirs[at.Process]; h != nil && h.Place == at {
		close(h.gone)
		delete(theirs, at.Process)
		if len(theirs) == 0 {
			delete(r.places, at.Account)
		}
	}
	if r.taken[at.Process][at.Person] == at.Account {
		delete(r.taken[at.Process], at.Person)
	}
}
