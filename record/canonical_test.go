package record

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"paraph/fault"

	"pgregory.net/rapid"
)

func TestCanonical(t *testing.T) {
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	for _, c := range []struct {
		name string
		in   any
		want string
	}{
		{"sorted names, no spaces", raw(` { "b" : 1 , "a" : [ true , false , null ] } `), `{"a":[true,false,null],"b":1}`},
		{"empty", raw(`[{},[],""]`), `[{},[],""]`},
		{"no HTML escaping", "<a & b>", `"<a & b>"`},
		{"line separators as they are", "a\u2028b\u2029", "\"a\u2028b\u2029\""},
		{"controls", "\b\t\n\f\r\x00\x1f\x7f\"\\/", `"\b\t\n\f\r\u0000\u001f` + "\x7f" + `\"\\/"`},
		{"escapes undone", raw(`"\u0041\/\u20ac\ud83d\ude00"`), `"A/€😀"`},
		{"replacement character", "\uFFFD", "\"\uFFFD\""},
		{"integers", []int64{0, -1, 1<<53 - 1, -(1<<53 - 1)}, `[0,-1,9007199254740991,-9007199254740991]`},
		{"names nest", raw(`{"z":{"b":[{"y":1,"x":2}],"a":0},"a":1}`), `{"a":1,"z":{"a":0,"b":[{"x":2,"y":1}]}}`},
		// The example of RFC 8785, section 3.2.3: names sorted by UTF-16.
		{"order of RFC 8785", raw(`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`),
			`{"\r":"Carriage Return","1":"One","` + "\u0080" + `":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","` + "\ufb33" + `":"Hebrew Letter Dalet With Dagesh"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Canonical(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestCanonicalRefuses(t *testing.T) {
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	for name, in := range map[string]any{
		"a fraction":              1.5,
		"a large integer":         int64(1 << 53),
		"a small integer":         int64(-1 << 53),
		"an exponent":             raw(`1e3`),
		"a fraction of nothing":   raw(`1.0`),
		"negative zero":           raw(`-0`),
		"a name twice":            raw(`{"a":1,"b":2,"a":3}`),
		"a name twice by escape":  raw(`{"a":1,"\u0061":3}`),
		"bytes in Go text":        "caf\xe9",
		"bytes in a Go name":      map[string]int{"caf\xe9": 1},
		"bytes in raw text":       raw("\"caf\xe9\""),
		"half a surrogate pair":   raw(`"\ud800"`),
		"halves in wrong order":   raw(`"\ude00\ud83d"`),
		"half a pair, then text":  raw(`"\ud83dabcdefgh"`),
		"half a pair, then other": raw(`"\ud83d\u0041"`),
		"no JSON":                 raw(`{`),
		"what JSON cannot say":    func() {},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Canonical(in)
			if fault.KindOf(err) != fault.KindInvalid {
				t.Errorf("got %s and %v, want invalid", got, err)
			}
		})
	}
}

// anyJSON draws a value that canonical JSON can say.
func anyJSON(depth int) *rapid.Generator[any] {
	leaves := []*rapid.Generator[any]{
		rapid.Just[any](nil), rapid.Bool().AsAny(), rapid.String().AsAny(),
		rapid.Int64Range(-(1<<53 - 1), 1<<53-1).AsAny(),
	}
	if depth == 0 {
		return rapid.OneOf(leaves...)
	}
	inner := anyJSON(depth - 1)
	return rapid.OneOf(append(leaves,
		rapid.SliceOfN(inner, 0, 4).AsAny(), rapid.MapOfN(rapid.String(), inner, 0, 5).AsAny())...)
}

func TestCanonicalKeepsTheValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := anyJSON(3).Draw(t, "value")
		got, err := Canonical(v)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Canonical(json.RawMessage(got))
		if err != nil || !bytes.Equal(got, again) {
			t.Fatalf("canonical of canonical: %s, %v, want %s", again, err, got)
		}
		plain, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var a, b any
		if err := json.Unmarshal(got, &a); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(plain, &b); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("canonical says %v, the value is %v", a, b)
		}
	})
}

func TestCompareUTF16(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("aé€😀😁\ue000\uffee")))
		a, b := s.Draw(t, "a"), s.Draw(t, "b")
		want := slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
		got := compareUTF16(a, b)
		if got < 0 != (want < 0) || got > 0 != (want > 0) {
			t.Fatalf("%q and %q compare as %d, want %d", a, b, got, want)
		}
	})
}

// Whatever bytes come in, Canonical refuses them or gives a fixed point.
func FuzzCanonical(f *testing.F) {
	for _, s := range []string{`{"b":[1,{"z":null,"a":"\ud83d\ude00"}],"a":""}`, `"\ufffd"`, `{"a":1,"a":2}`, `-0`, "[[[[\"\\u0000\"]]]]", "\"\xff\""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		got, err := Canonical(json.RawMessage(in))
		if err != nil {
			return
		}
		if !json.Valid(got) {
			t.Fatalf("not JSON: %q", got)
		}
		again, err := Canonical(json.RawMessage(got))
		if err != nil || !bytes.Equal(again, got) {
			t.Fatalf("canonical of canonical: %q, %v, want %q", again, err, got)
		}
	})
}

func BenchmarkCanonical(b *testing.B) {
	c := Content{Kind: "text.proposal.tabled", By: By{Seat: "RU", Person: "A. Person", Capacity: Head}, Key: "k",
		Makes: []Ref{"proposal/1"}, Mentions: []Ref{"clause/1", "version/1"},
		Body: json.RawMessage(`{"clause":"clause/1","words":"` + strings.Repeat("words of a clause ", 30) + `","why":"a reason"}`)}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Canonical(c); err != nil {
			b.Fatal(err)
		}
	}
}
