package people

import "context"

// Book keeps documents by kind and key, durably. Several programs may have the
// same book open. Package peopletest holds this promise as tests.
type Book interface {
	// View calls read with one consistent state of the book.
	View(ctx context.Context, read func(Pages) error) error
	// Update calls change and keeps all that it has done, or, when it gives an
	// error, nothing; it gives that error back. It is durable once Update
	// returns nil. No other Update runs at the same time, in any program.
	// change may be called more than once and must do nothing but read and
	// write pages.
	Update(ctx context.Context, change func(Pages) error) error
	Close() error
}

// Pages are the documents of a book, within one View or Update and no longer.
// Within a View, Put and Delete fail.
type Pages interface {
	Get(kind, key string) ([]byte, error) // not found when there is none
	Put(kind, key string, doc []byte) error
	Delete(kind, key string) error // nil as well when there is none
	// Each calls do for every document of a kind whose key begins with prefix,
	// in the order of the bytes of their keys, until do gives an error, which
	// it gives back. do may change pages.
	Each(kind, prefix string, do func(key string, doc []byte) error) error
}
