package roomtest

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"paraph/fault"
	"paraph/record"
)

// Decoder reads the body of an entry into the room's own struct.
type Decoder func(record.Entry) any

// Body is a decoder for one struct.
func Body[T any](e record.Entry) any { return record.Body[T](e) }

// Golden checks that the bodies of entries written long ago are still
// understood whole: testdata/events holds one file per kind and shape, named
// for the kind ("text.proposal.tabled.json", then "….2.json" for a later
// shape), each written once and never changed. Each must decode, and encode to
// the same bytes: a field that is dropped or renamed is found out.
func Golden(t *testing.T, kinds []record.Kind, decoders map[record.Kind]Decoder) {
	files, err := filepath.Glob("testdata/events/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no golden events: %v", err)
	}
	if len(kinds) != len(decoders) {
		t.Errorf("%d kinds, but %d decoders", len(kinds), len(decoders))
	}
	seen := map[record.Kind]bool{}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		parts := strings.Split(name, ".")
		kind := record.Kind(strings.Join(parts[:min(3, len(parts))], "."))
		seen[kind] = true
		t.Run(name, func(t *testing.T) {
			decode, known := decoders[kind]
			if !known || !slices.Contains(kinds, kind) {
				t.Fatalf("%q is no kind of this room", kind)
			}
			sameAgain(t, file, kind, decode)
		})
	}
	for _, k := range kinds {
		if !seen[k] {
			t.Errorf("no golden event of the kind %q", k)
		}
	}
}

func sameAgain(t *testing.T, file string, kind record.Kind, decode Decoder) {
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	body = bytes.TrimSpace(body)
	v := decode(record.Entry{Content: record.Content{Kind: kind, Body: body}})
	again, err := record.Canonical(v)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again, body) {
		t.Errorf("read as %s", again)
	}
}

// Again checks that the bodies of entries come back from the room's structs
// byte for byte.
func Again(t T, entries []record.Entry, decoders map[record.Kind]Decoder) {
	t.Helper()
	for _, e := range entries {
		again, err := record.Canonical(decoders[e.Content.Kind](e))
		if err != nil || !bytes.Equal(again, e.Content.Body) {
			t.Fatalf("%s: %s comes back as %s: %v", e.Content.Kind, e.Content.Body, again, err)
		}
	}
}

func refused(t *testing.T, err error, kind fault.Kind, words string) {
	t.Helper()
	if err == nil {
		t.Fatalf("allowed, but should be refused: %s", kind)
	}
	if got := fault.KindOf(err); got != kind {
		t.Errorf("refused as %s, not as %s: %v", got, kind, err)
	}
	if words == "" || !strings.Contains(err.Error(), words) {
		t.Errorf("%q does not say %q", err, words)
	}
}
