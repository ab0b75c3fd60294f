package demo

import (
	"context"
	"path/filepath"
	"testing"

	"paraph/store/sqlite"
)

func TestPlay(t *testing.T) {
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "record"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := Play(context.Background(), store); err != nil {
		t.Fatal(err)
	}
}
