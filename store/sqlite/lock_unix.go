//go:build unix

package sqlite

import (
	"errors"
	"os"
	"syscall"
)

// lockFile opens the file at path and locks it until it is closed or the
// program ends, however it ends. It tells whether somebody else has the lock.
func lockFile(path string) (f *os.File, taken bool, err error) {
	f, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, false, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err != nil {
		return nil, errors.Is(err, syscall.EWOULDBLOCK), errors.Join(err, f.Close())
	}
	return f, false, nil
}
