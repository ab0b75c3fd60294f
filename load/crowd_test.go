package main

import (
	"fmt"
	"slices"
	"testing"
)

// wire gives an event stream as it comes in chunks of n bytes.
func wire(stream string, n int) (out []byte) {
	for len(stream) > 0 {
		k := min(n, len(stream))
		out = fmt.Appendf(out, "%x\r\n%s\r\n", k, stream[:k])
		stream = stream[k:]
	}
	return out
}

// TestMemberReadsAnyCut reads one stream cut in every way.
func TestMemberReadsAnyCut(t *testing.T) {
	stream := "retry: 1000\n\n" +
		"event: fragment\ndata: <div id=\"c-1\">@@1795525717882250818@@\ndata: more</div>\n\nid: a\n\n" +
		"event: fragment\ndata: <div id=\"c-2\">x</div>\n\nevent: fragment\ndata: <div id=\"c-2\">x</div>\n\nid: b\n\n"
	for chunk := 1; chunk < 60; chunk += 7 {
		for read := 1; read < 80; read += 9 {
			heard := 0
			c := &crowd{heard: func(*member, int64) { heard++ }}
			m := &member{left: -1, last: map[string]uint64{}, marks: map[int64]bool{}}
			for b := wire(stream, chunk); len(b) > 0; {
				k := min(read, len(b))
				m.take(c, b[:k])
				b = b[k:]
			}
			if !m.marks[1795525717882250818] || heard != 1 || m.cursor != "b" || m.twice != 1 || len(m.last) != 2 {
				t.Fatalf("in chunks of %d, read %d at a time: %+v", chunk, read, m)
			}
			if got := m.shows("c-1", ""); got != "<div id=\"c-1\">@@1795525717882250818@@\nmore</div>" {
				t.Fatalf("the fragment is %q", got)
			}
		}
	}
}

// TestRawMemberReadsAnyCut looks for marks in bytes that come in any pieces.
func TestRawMemberReadsAnyCut(t *testing.T) {
	stream := "data: @@1795525717882250818 and @@1795525717882250819@@\n\n@@17955" + "x@@1795525717882250818 once more"
	for read := 1; read < len(stream); read++ {
		var heard []int64
		c := &crowd{heard: func(_ *member, at int64) { heard = append(heard, at) }}
		m := &member{raw: true, marks: map[int64]bool{}}
		for b := []byte(stream); len(b) > 0; {
			k := min(read, len(b))
			m.take(c, b[:k])
			b = b[k:]
		}
		if !slices.Equal(heard, []int64{1795525717882250818, 1795525717882250819}) {
			t.Fatalf("read %d at a time, heard are %v", read, heard)
		}
	}
}

func TestElement(t *testing.T) {
	const page = `<div id="a"><div><p>x</p></div></div><div id="b">y</div>`
	for id, want := range map[string]string{"a": `<div id="a"><div><p>x</p></div></div>`, "b": `<div id="b">y</div>`, "c": ""} {
		if got := element(page, id); got != want {
			t.Errorf("%s: %q", id, got)
		}
	}
}
