package desk

import "sync"

// Kept is a place for what was made of the views of one lens, so that the next
// view of that lens is shown from it and costs what has changed. It goes when
// the lens's states go. It is safe for use by many; what is put there is changed
// by nobody. A nil Kept keeps nothing.
type Kept struct {
	mu   sync.Mutex
	made map[string]any
}

// Get gives what was put last under a name; nil for nothing.
func (k *Kept) Get(name string) any {
	if k == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.made[name]
}

// Put keeps something in the place of what was kept under the name. Names are
// few and stand in the source: nobody who asks chooses one.
func (k *Kept) Put(name string, made any) {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.made == nil {
		k.made = map[string]any{}
	}
	k.made[name] = made
}
