package api

import (
	"encoding/json"
	"reflect"
	"testing"
)

// FuzzDecode reads anything as the body of an act. What is taken is plain: it
// holds no field that is unknown, and reads the same once it is written again.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"kind":"amend","clause":"a","words":"1. [The][A] lake.","audience":"plenary","source":{"outlet":"The Courier"}}`,
		`{"symbol":"R/1","draft":"x","provenance":[{"place":-1,"contributors":["RU"],"reported":[{"outlet":"x"}]}]}`,
		`{"kind":"a","kind":"b"}`, `{"Kind":"a"}`, `{"kind":null}`, `[[[[[[[[[]]]]]]]]]`, `{"words":"\ud83d\ude00"}`, `{"words":"\ud83d"}`, "{\"words\":\"\xff\"}", `{} {}`, ``,
		`{"linked":["a",{"b":[1e999]}],"words":"\ufffd"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, into := range []any{new(Tabling), new(Issuing), new(Giving), new(Accrediting), new(Acknowledging)} {
			if err := decode(raw, into); err != nil {
				continue
			}
			var fields map[string]any
			if err := json.Unmarshal(raw, &fields); err != nil {
				t.Fatalf("%q was taken: %v", raw, err)
			}
			known := schemas{}
			known.of(reflect.TypeOf(into).Elem())
			properties := known[reflect.TypeOf(into).Elem().Name()].(object)["properties"].(object)
			for name, value := range fields {
				if properties[name] == nil || value == nil {
					t.Fatalf("%q was taken with %q", raw, name)
				}
			}
			again, err := json.Marshal(into)
			if err != nil {
				t.Fatal(err)
			}
			same := reflect.New(reflect.TypeOf(into).Elem()).Interface()
			if err := decode(again, same); err != nil {
				t.Fatalf("%q was taken and written as %q: %v", raw, again, err)
			}
			if once, _ := json.Marshal(same); string(once) != string(again) {
				t.Fatalf("%q was read as %q and then as %q", raw, again, once)
			}
		}
	})
}
