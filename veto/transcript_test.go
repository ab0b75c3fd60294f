package veto

import (
	"encoding/json"
	"math"
	"math/big"
	"math/bits"
	"slices"
	"testing"
)

// feature is something that a reader of a transcript may look at: a number for
// one seat's opening among those of all.
type feature struct {
	name string
	of   func(all []Opening, seat int) float64
}

var features = []feature{
	{"how great the value is", func(all []Opening, seat int) float64 {
		return float64(all[seat].Value[0])*256 + float64(all[seat].Value[1])
	}},
	{"the last bits of the value", func(all []Opening, seat int) float64 { return float64(all[seat].Value[size-1]) }},
	{"how many bits of the value are set", func(all []Opening, seat int) float64 { return float64(ones(all[seat].Value)) }},
	{"how great the response is", func(all []Opening, seat int) float64 { return float64(all[seat].Proof.Response[1]) }},
	{"how many bits of the response are set", func(all []Opening, seat int) float64 { return float64(ones(all[seat].Proof.Response)) }},
	{"the challenge", func(all []Opening, seat int) float64 { return float64(all[seat].Proof.Challenge[0]) }},
	{"the salt", func(all []Opening, seat int) float64 { return float64(all[seat].Salt[0]) }},
	{"the value times the next seat's", func(all []Opening, seat int) float64 {
		return float64(bytesOf(times(whole(all[seat]), whole(all[(seat+1)%len(all)])))[size-1])
	}},
	{"the value beside the product of all", func(all []Opening, seat int) float64 {
		p := big.NewInt(1)
		for _, o := range all {
			p = times(p, whole(o))
		}
		return float64(ones(bytesOf(times(p, new(big.Int).ModInverse(whole(all[seat]), prime)))))
	}},
}

func whole(o Opening) *big.Int { return new(big.Int).SetBytes(o.Value) }

func ones(b []byte) (n int) {
	for _, x := range b {
		n += bits.OnesCount8(x)
	}
	return n
}

// welch gives the t of two samples.
func welch(a, b []float64) float64 {
	mean := func(x []float64) (m, v float64) {
		for _, y := range x {
			m += y / float64(len(x))
		}
		for _, y := range x {
			v += (y - m) * (y - m) / float64(len(x)-1)
		}
		return m, v / float64(len(x))
	}
	ma, va := mean(a)
	mb, vb := mean(b)
	if va+vb == 0 {
		return 0
	}
	return (ma - mb) / math.Sqrt(va+vb)
}

// tells gives the features by which the openings of those who said no differ
// from those of others who said yes, over all transcripts in which somebody
// refused and this seat was not the only one in doubt.
func tells(transcripts [][][2]Opening, publish func(each [][2]Opening, pattern int) []Opening) (found []string) {
	n := len(transcripts[0])
	for _, f := range features {
		var said [2][]float64
		for _, each := range transcripts {
			for pattern := range 1<<n - 1 { // all but all yes
				all := publish(each, pattern)
				for seat := range n {
					said[pattern>>seat&1] = append(said[pattern>>seat&1], f.of(all, seat))
				}
			}
		}
		// The samples repeat each opening in several patterns, so the bound is wider
		// than for independent ones: by the square root of how often.
		if math.Abs(welch(said[0], said[1])) > 4.5*math.Sqrt(float64(int(1)<<(n-1))) {
			found = append(found, f.name)
		}
	}
	return found
}

// What is published does not tell who refused: by none of the features, in no
// pattern of refusals, and in no length. The same look finds each of the ways in
// which an answer could show.
func TestTranscriptsDoNotTellWhoRefused(t *testing.T) {
	var transcripts [][][2]Opening
	lengths := map[int]bool{}
	for run := range 12 {
		each := both(t, three, uint64(1000*(run+1)))
		transcripts = append(transcripts, each)
		for _, own := range each {
			for _, o := range own {
				j, err := json.Marshal(o)
				if err != nil {
					t.Fatal(err)
				}
				lengths[len(j)] = true
			}
		}
	}
	if len(lengths) != 1 {
		t.Errorf("openings are written in %d lengths", len(lengths))
	}
	if found := tells(transcripts, published); len(found) > 0 {
		t.Errorf("a refusal shows by %q", found)
	}
	if p := bytesDiffer(transcripts); p > 4.5 {
		t.Errorf("the bytes of refusals are distributed otherwise: %.1f", p)
	}
	for name, leak := range map[string]func(o *Opening, yes int){
		"in the last bits of the value": func(o *Opening, yes int) { o.Value[size-1] = byte(yes) },
		"in the salt":                   func(o *Opening, yes int) { o.Salt[0] = byte(255 * yes) },
		"in the response":               func(o *Opening, yes int) { o.Proof.Response[1] |= byte(192 * yes) },
	} {
		leaky := func(each [][2]Opening, pattern int) []Opening {
			all := published(each, pattern)
			for i := range all {
				all[i].Value, all[i].Salt = slices.Clone(all[i].Value), slices.Clone(all[i].Salt)
				all[i].Proof.Response = slices.Clone(all[i].Proof.Response)
				leak(&all[i], pattern>>i&1)
			}
			return all
		}
		if len(tells(transcripts, leaky)) == 0 {
			t.Errorf("an answer that shows %s is not found: this test looks at nothing", name)
		}
	}
}

// bytesDiffer compares how often each byte stands in the values and proofs of
// refusals with how often in those of agreement: the chi-square of both, as so
// many standard deviations above what chance gives.
func bytesDiffer(transcripts [][][2]Opening) float64 {
	var counts [2][256]float64
	for _, each := range transcripts {
		for _, own := range each {
			for yes, o := range own {
				for _, b := range slices.Concat(o.Value, o.Proof.Challenge, o.Proof.Response[1:], o.Salt) {
					counts[yes][b]++
				}
			}
		}
	}
	chi := 0.0
	for b := range 256 {
		no, yes := counts[0][b], counts[1][b]
		chi += (no - yes) * (no - yes) / (no + yes)
	}
	return (chi - 255) / math.Sqrt(2*255)
}
