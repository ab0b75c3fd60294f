package sqlite

import (
	"errors"
	"os"
	"syscall"
)

// errorSharingViolation is what Windows says of a file that somebody has open
// without sharing it.
const errorSharingViolation syscall.Errno = 32

// lockFile opens the file at path and locks it until it is closed or the
// program ends, however it ends. It tells whether somebody else has the lock.
func lockFile(path string) (f *os.File, taken bool, err error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, false, err
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return nil, errors.Is(err, errorSharingViolation), err
	}
	return os.NewFile(uintptr(h), path), false, nil
}
