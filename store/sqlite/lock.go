package sqlite

import (
	"os"

	"paraph/fault"
)

// acquire takes the lock of a record. The file stays when the lock is given
// up: to delete it would let two programs hold locks on two files of one name.
func acquire(path string) (*os.File, error) {
	f, taken, err := lockFile(path)
	if taken {
		return nil, fault.Unavailable("the record is in use by another program (%s is locked)", path).
			With("stop the other Paraph first").Because(err)
	}
	if err != nil {
		return nil, unopened(path, err)
	}
	return f, nil
}
