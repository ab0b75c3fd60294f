package record

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"paraph/fault"

	"pgregory.net/rapid"
)

// worked is the example of docs/record-format.md.
func worked(t *testing.T) []Entry {
	t.Helper()
	var salt1, salt2 Salt
	for i := range salt1 {
		salt1[i], salt2[i] = byte(i), byte(32+i)
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 678901000, time.UTC)
	first, err := Tip{Process: "lake", Audience: Offices("RU")}.Next(at, salt1, Content{
		Kind: "text.proposal.tabled", By: By{Seat: "RU", Person: "A. Person", Capacity: Head}, Key: "k1",
		Makes: []Ref{"proposal/p1"}, Mentions: []Ref{"clause/c1"},
		Body: json.RawMessage(`{"words": "<shall> & \u0027will\u0027", "clause": "clause/c1"}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	second, err := first.Tip().Next(at.Add(time.Microsecond), salt2, Content{
		Kind: "text.proposal.withdrawn", By: By{Seat: "RU"}, Key: "k2", Mentions: []Ref{"proposal/p1"}, Body: json.RawMessage(`{}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	return []Entry{first, second}
}

// The document of the format shows the bytes that this package makes.
func TestWorkedExample(t *testing.T) {
	doc, err := os.ReadFile("../docs/record-format.md")
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range worked(t) {
		content, err := Canonical(e.Content)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{
			"content":    string(content),
			"at":         fmt.Sprint(e.At.UnixMicro()),
			"salt":       hex.EncodeToString(e.Salt[:]),
			"commitment": hex.EncodeToString(e.Commitment[:]),
			"chain":      hex.EncodeToString(e.Chain[:]),
		} {
			if !strings.Contains(string(doc), want) {
				t.Errorf("entry %d: the document lacks the %s %s", i+1, name, want)
			}
		}
	}
}

func TestVerify(t *testing.T) {
	if err := Verify(nil); err != nil {
		t.Errorf("an empty log: %v", err)
	}
	if err := Verify(worked(t)); err != nil {
		t.Errorf("an honest log: %v", err)
	}
	for name, tamper := range map[string]func(log []Entry) []Entry{
		"first entry missing": func(l []Entry) []Entry { return l[1:] },
		"order":               func(l []Entry) []Entry { return []Entry{l[1], l[0]} },
		"entry twice":         func(l []Entry) []Entry { return []Entry{l[0], l[0]} },
		"words":               func(l []Entry) []Entry { l[0].Content.Body = json.RawMessage(`{}`); return l },
		"author":              func(l []Entry) []Entry { l[0].Content.By.Seat = "UA"; return l },
		"key":                 func(l []Entry) []Entry { l[0].Content.Key = "k3"; return l },
		"mention":             func(l []Entry) []Entry { l[0].Content.Mentions = nil; return l },
		"salt":                func(l []Entry) []Entry { l[0].Salt[31]++; return l },
		"commitment":          func(l []Entry) []Entry { l[0].Commitment[0]++; return l },
		"chain":               func(l []Entry) []Entry { l[0].Chain[0]++; return l },
		"time":                func(l []Entry) []Entry { l[1].At = l[1].At.Add(time.Second); return l },
		"time zone":           func(l []Entry) []Entry { l[1].At = l[1].At.In(time.FixedZone("X", 0)); return l },
		"nanoseconds":         func(l []Entry) []Entry { l[1].At = l[1].At.Add(time.Nanosecond); return l },
		"audience":            func(l []Entry) []Entry { l[0].Audience = Public; return l },
		"all audiences":       func(l []Entry) []Entry { l[0].Audience, l[1].Audience = Public, Public; return l },
		"process":             func(l []Entry) []Entry { l[0].Process, l[1].Process = "other", "other"; return l },
		"no process":          func(l []Entry) []Entry { l[0].Process, l[1].Process = "", ""; return l },
		"no audience":         func(l []Entry) []Entry { l[0].Audience, l[1].Audience = "x", "x"; return l },
		"half destroyed":      func(l []Entry) []Entry { l[0].Destroyed = true; return l },
		"salt left":           func(l []Entry) []Entry { l[0].Destroyed, l[0].Content = true, Content{}; return l },
		"destroyed, unmarked": func(l []Entry) []Entry { l[0].Content, l[0].Salt = Content{}, Salt{}; return l },
		"rechained, time back": func(l []Entry) []Entry {
			l[1].At = l[0].At
			l[1].Chain = Chain(l[0].Chain, l[1])
			return l
		},
	} {
		t.Run(name, func(t *testing.T) {
			if err := Verify(tamper(worked(t))); err == nil {
				t.Error("not found")
			}
		})
	}
}

// drawLog draws an honest log; some of its entries are destroyed.
func drawLog(t *rapid.T) []Entry {
	tip := Tip{Process: "p", Audience: drawAudience(t, "audience")}
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var log []Entry
	for range rapid.IntRange(1, 8).Draw(t, "length") {
		at = at.Add(time.Duration(rapid.IntRange(1000, 1_000_000_000).Draw(t, "pause")))
		body, err := Canonical(rapid.MapOfN(rapid.String(), rapid.String(), 0, 3).Draw(t, "body"))
		if err != nil {
			t.Fatal(err)
		}
		e, err := tip.Next(at.Truncate(time.Microsecond), Salt(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "salt")),
			Content{Kind: "a.b.c", By: By{Seat: "A"}, Key: "k", Body: body})
		if err != nil {
			t.Fatal(err)
		}
		tip, at = e.Tip(), e.At
		if rapid.Bool().Draw(t, "destroyed") {
			e.Destroyed, e.Content, e.Salt = true, Content{}, Salt{}
		}
		log = append(log, e)
	}
	return log
}

func TestVerifyAcceptsHonestAndRefusesMutated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := drawLog(t)
		if err := Verify(log); err != nil {
			t.Fatalf("an honest log: %v", err)
		}
		i := rapid.IntRange(0, len(log)-1).Draw(t, "entry")
		e := &log[i]
		bit := byte(1) << rapid.IntRange(0, 7).Draw(t, "bit")
		place := rapid.IntRange(0, 31).Draw(t, "place")
		what := []string{"commitment", "chain", "time", "seq"}
		if i < len(log)-1 { // a log cut at its end is an honest log
			what = append(what, "drop")
		}
		if !e.Destroyed {
			what = append(what, "salt", "content")
		}
		switch rapid.SampledFrom(what).Draw(t, "what") {
		case "commitment":
			e.Commitment[place] ^= bit
		case "chain":
			e.Chain[place] ^= bit
		case "salt":
			e.Salt[place] ^= bit
		case "time":
			e.At = e.At.Add(time.Duration(bit) * time.Microsecond)
		case "seq":
			e.Seq += uint64(bit)
		case "content":
			e.Content.By.Seat = "B"
		case "drop":
			log = append(log[:i], log[i+1:]...)
		}
		if err := Verify(log); err == nil {
			t.Fatal("a mutated log passes")
		}
	})
}

func TestCheckAndFollows(t *testing.T) {
	log := worked(t)
	if err := log[1].Follows(Tip{Process: "lake", Audience: Offices("RU")}); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("a wrong place: %v", err)
	}
	other := log[0].Tip()
	other.Chain[0]++
	if err := log[1].Follows(other); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("a wrong link: %v", err)
	}
	log[1].Content.Key = "altered"
	if err := log[1].Follows(log[0].Tip()); err != nil {
		t.Errorf("the link covers the commitment, not the content: %v", err)
	}
	if _, err := log[1].Check(); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a wrong content: %v", err)
	}
}

func TestNextTruncates(t *testing.T) {
	zone := time.FixedZone("X", 3600)
	e, err := Tip{Process: "p", Audience: Public}.Next(time.Date(2026, 1, 1, 1, 0, 0, 1999, zone), Salt{}, Content{Kind: "a.b.c", Key: "k", Body: json.RawMessage(`1`)})
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 1, 1, 0, 0, 0, 1000, time.UTC); !e.At.Equal(want) || e.At.Location() != time.UTC {
		t.Errorf("at %v, want %v", e.At, want)
	}
	if err := Verify([]Entry{e}); err != nil {
		t.Error(err)
	}
	if _, err := (Tip{}).Next(time.Time{}, Salt{}, Content{Body: json.RawMessage(`{`)}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a body that is not JSON: %v", err)
	}
}

func TestParseProcessID(t *testing.T) {
	for s, ok := range map[string]bool{
		"lake-vesna": true, "a": true, "0": true, strings.Repeat("a", 64): true,
		"": false, "Lake": false, "a b": false, "a/b": false, "é": false, strings.Repeat("a", 65): false,
	} {
		if got, err := ParseProcessID(s); (err == nil) != ok || ok && string(got) != s {
			t.Errorf("%q: %q, %v", s, got, err)
		}
	}
}

func TestBatchCheck(t *testing.T) {
	e := worked(t)[0]
	good := Batch{Process: "lake", Key: "k1", Entries: []Entry{e}}
	if contents, err := good.Check(); err != nil || len(contents) != 1 {
		t.Errorf("a good batch: %q, %v", contents, err)
	}
	altered := e
	altered.Salt[0]++
	destroyed := e
	destroyed.Destroyed = true
	for name, b := range map[string]Batch{
		"no entries":      {Process: "lake", Key: "k1"},
		"no key":          {Process: "lake", Entries: good.Entries},
		"a long key":      {Process: "lake", Key: strings.Repeat("k", 201), Entries: good.Entries},
		"another process": {Process: "other", Key: "k1", Entries: good.Entries},
		"another key":     {Process: "lake", Key: "k2", Entries: good.Entries},
		"altered":         {Process: "lake", Key: "k1", Entries: []Entry{altered}},
		"destroyed":       {Process: "lake", Key: "k1", Entries: []Entry{destroyed}},
	} {
		if _, err := b.Check(); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
}
