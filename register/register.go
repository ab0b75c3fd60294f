package register

import (
	"paraph/draft"
)

// Version is one text that a copy may be of.
type Version struct {
	ID     string
	Symbol string // "REV.3"
	Text   *draft.Text
	Around []string // what is printed around its words where it is taken out: title, symbol, legend
}

// Register is what versions there are, made ready to be searched. It does not
// change, and may be asked by several at once.
type Register struct {
	versions []sheet
	numbers  map[string]int32 // of words
	index    map[uint64][]posting
}

// sheet is a version as a row of words.
type sheet struct {
	Version
	row
	ids    []int32    // of the words, in Register.numbers
	around [][]string // the words of Around
}

// posting is where a shingle stands.
type posting struct{ version, at int32 }

// New makes the register of versions. Two of one symbol are told apart by id.
func New(versions []Version) *Register {
	r := &Register{numbers: map[string]int32{}, index: map[uint64][]posting{}}
	for i, v := range versions {
		s := sheet{Version: v, row: rowOf(v.Text)}
		for _, a := range v.Around {
			var words []string
			for _, w := range rowOfWords(a).words {
				words = append(words, w.core)
			}
			if len(words) > 0 {
				s.around = append(s.around, words)
			}
		}
		s.ids = make([]int32, len(s.words))
		for k, w := range s.words {
			id, known := r.numbers[w.core]
			if !known {
				id = int32(len(r.numbers))
				r.numbers[w.core] = id
			}
			s.ids[k] = id
		}
		r.versions = append(r.versions, s)
		for _, at := range winnow(shingles(s.ids)) {
			hash := shingleAt(s.ids, at)
			r.index[hash] = append(r.index[hash], posting{int32(i), int32(at)})
		}
	}
	return r
}

// The shingles: how many words make one, and out of how many in a row one is kept at
// least. Any passage of shingle+window-1 words that a copy shares with a version is found.
const (
	shingle = 4
	window  = 4
)

// shingleAt gives the hash of the shingle at a place (FNV-1a over the words'
// numbers).
func shingleAt(ids []int32, at int) uint64 {
	h := uint64(14695981039346656037)
	for _, id := range ids[at : at+shingle] {
		for shift := 0; shift < 32; shift += 8 {
			h = (h ^ uint64(uint8(id>>shift))) * 1099511628211
		}
	}
	return h ^ h>>29
}

// shingles gives the hashes of all shingles of a row.
func shingles(ids []int32) []uint64 {
	if len(ids) < shingle {
		return nil
	}
	hashes := make([]uint64, len(ids)-shingle+1)
	for i := range hashes {
		hashes[i] = shingleAt(ids, i)
	}
	return hashes
}

// winnow gives the places of the hashes that are kept: in each window the
// smallest, the last of equal ones.
func winnow(hashes []uint64) []int {
	var kept []int
	last := -1
	for from := 0; from+window <= max(len(hashes), window); from++ {
		least := -1
		for i := from; i < min(from+window, len(hashes)); i++ {
			if least < 0 || hashes[i] <= hashes[least] {
				least = i
			}
		}
		if least > last {
			kept, last = append(kept, least), least
		}
	}
	return kept
}
