package desk

import (
	"hash/maphash"

	"paraph/record"
)

// keyring has the keys of a process's acts, eight bytes each, so that the log is
// asked only about a key that may stand there. What it does not know yet,
// because another wrote it, the log finds when it appends; what was destroyed has
// no key here (see sight.destroyed). The zero keyring is empty and ready.
type keyring struct {
	seen map[uint64]struct{}
}

// keySeed keeps those who choose keys from choosing where they fall.
var keySeed = maphash.MakeSeed()

func (k *keyring) add(e record.Entry) {
	if e.Destroyed {
		return
	}
	if k.seen == nil {
		k.seen = map[uint64]struct{}{}
	}
	k.seen[maphash.String(keySeed, e.Content.Key)] = struct{}{}
}

// may tells whether an act may have been done under a key.
func (k *keyring) may(key string) bool {
	_, seen := k.seen[maphash.String(keySeed, key)]
	return seen
}
