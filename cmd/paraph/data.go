package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"paraph/fault"
	"paraph/people"
	"paraph/store/sqlite"
)

// data is a data directory: the record, the people, and what init was told.
type data struct {
	folder string
	made   made
}

// made is what a data directory remembers of how it was made.
type made struct {
	URL string `json:"url"`
}

// The files of a data directory. What else is in it belongs to SQLite, or is the
// certificate that the server made for itself.
const (
	recordFile = "record.paraph"
	peopleFile = "people.paraph"
	madeFile   = "paraph.json"
	claimFile  = ".paraph-making" // there while init or restore is at work
)

func (d data) record() string { return filepath.Join(d.folder, recordFile) }
func (d data) people() string { return filepath.Join(d.folder, peopleFile) }

// openData finds a data directory that init made.
func openData(folder string) (data, error) {
	d := data{folder: folder}
	content, err := os.ReadFile(filepath.Join(folder, madeFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return d, fault.NotFound("%s is no data directory", folder).With("paraph init --data %s makes it; or name another with --data", folder).Because(err)
	case errors.Is(err, fs.ErrPermission):
		return d, fault.Forbidden("the data directory %s may not be read", folder).With("run this as the user whose it is").Because(err)
	case err != nil:
		return d, fault.Unavailable("the data directory %s cannot be read: %v", folder, cause(err)).Because(err)
	}
	if err := json.Unmarshal(content, &d.made); err != nil {
		return d, fault.Invalid("%s is not what paraph init wrote", filepath.Join(folder, madeFile)).With(`it says {"url": "https://…"}`).Because(err)
	}
	return d, nil
}

// makeData takes a new or empty directory for a data directory. It gives what
// takes everything away again when making it does not come to an end.
func makeData(folder string) (d data, drop func(), err error) {
	d = data{folder: folder}
	entries, err := os.ReadDir(folder)
	fresh := errors.Is(err, fs.ErrNotExist)
	switch {
	case fresh:
		err = os.MkdirAll(folder, 0o700)
	case err == nil && len(entries) > 0:
		if _, err := os.Stat(filepath.Join(folder, madeFile)); err == nil {
			return d, nil, fault.Conflict("%s is a data directory already", folder).
				With("paraph serve --data %s serves it; paraph admin --data %s makes another link for its administrator", folder, folder)
		}
		return d, nil, fault.Conflict("%s is not empty", folder).With("name a folder that is new or empty")
	case err == nil:
		err = os.Chmod(folder, 0o700)
	}
	if err == nil {
		err = writeNew(filepath.Join(folder, claimFile), "", 0o600) // of two at once, one is refused
	}
	if err != nil {
		return d, nil, fault.Unavailable("the folder %s cannot be made: %v", folder, cause(err)).Because(err)
	}
	return d, func() {
		for _, name := range append([]string{claimFile}, kept...) {
			for _, end := range []string{"", "-wal", "-shm", ".lock"} {
				_ = os.Remove(filepath.Join(folder, name+end)) // it may never have been made
			}
		}
		if fresh {
			_ = os.Remove(folder)
		}
	}, nil
}

// remember writes what init was told, which makes the directory a data directory.
func (d data) remember() error {
	content, err := json.MarshalIndent(d.made, "", "  ")
	if err != nil {
		return err
	}
	return d.finish(string(content) + "\n")
}

// finish writes the file that makes the directory a data directory, the last of all.
func (d data) finish(content string) error {
	name := filepath.Join(d.folder, madeFile)
	err := writeNew(name, content, 0o600)
	if err == nil {
		err = os.Remove(filepath.Join(d.folder, claimFile))
	}
	if err == nil {
		err = syncFolder(d.folder)
	}
	return unwritable(name, err)
}

// register opens the people of the directory. Both are the caller's to close,
// the register first.
func (d data) register(o people.Options) (*people.Register, people.Book, error) {
	book, err := sqlite.OpenBook(d.people())
	if err != nil {
		return nil, nil, err
	}
	r, err := people.New(book, o)
	if err != nil {
		return nil, nil, errors.Join(err, book.Close())
	}
	return r, book, nil
}
