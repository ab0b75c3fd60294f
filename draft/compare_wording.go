package draft

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// matter is a text as a comparison sees it: its words, numbered, and between
// and around them the marks and the white space. Labels and the front matter
// are left out.
//
// A word is what stands between white space when the marks are taken away, so
// "[may]" is the word "may" and "ag[reed]" the word "agreed"; where one
// alternative ends and the next begins, a word ends too: "[shall][should]" is
// two words. An alternative without text is nothing but marks: "days][UA: no
// text]." is the word "days.".
type matter struct {
	text  *Text
	atoms []atom
	words []wordAt
	ids   []int32  // of the words, in the lexicon
	spans []extent // of the clauses, in order
}

// atom is a run of characters of one sort.
type atom struct {
	src   string
	sort  atomSort
	kind  Kind  // of the piece, for a mark
	piece int32 // index into Pieces
}

type atomSort uint8

const (
	atomLetters atomSort = iota // a word or a part of one
	atomSpace                   // white space, folded to one blank
	atomMark
)

// wordAt is the place of a word: its atoms are atoms[first:last], beginning and
// ending with letters.
type wordAt struct{ first, last int32 }

// extent is the place of a clause.
type extent struct{ atom, atomEnd, word, wordEnd int }

func (s extent) length() int { return s.wordEnd - s.word }

func newMatter(text *Text, lex *lexicon) *matter {
	size := 0
	for _, p := range text.Pieces {
		size += len(p.Src)
	}
	w := &matter{text: text, spans: make([]extent, len(text.Clauses))}
	w.atoms = make([]atom, 0, size/3) // a word and a blank take about seven bytes
	w.words = make([]wordAt, 0, size/6)
	w.ids = make([]int32, 0, size/6)
	for i, clause := range text.Clauses {
		s := extent{atom: len(w.atoms), word: len(w.words)}
		for p := clause.First; p < clause.Last; p++ {
			w.addPiece(p, s.atom)
		}
		if n := len(w.atoms); n > s.atom && w.atoms[n-1].sort == atomSpace {
			w.atoms = w.atoms[:n-1]
		}
		s.atomEnd = len(w.atoms)
		w.addWords(s.atom, lex)
		s.wordEnd = len(w.words)
		w.spans[i] = s
	}
	return w
}

// addPiece takes a piece apart into atoms; from is the clause's first atom.
func (w *matter) addPiece(p, from int) {
	piece := &w.text.Pieces[p]
	switch piece.Kind {
	case FrontMatter, Label:
	case Words:
		for rest := piece.Src; rest != ""; {
			n := strings.IndexFunc(rest, unicode.IsSpace)
			if n == 0 {
				w.addSpace(p, from)
				_, n = utf8.DecodeRuneInString(rest)
			} else {
				if n < 0 {
					n = len(rest)
				}
				w.atoms = append(w.atoms, atom{rest[:n], atomLetters, Words, int32(p)})
			}
			rest = rest[n:]
		}
	default:
		bare := strings.TrimSpace(piece.Src)
		lead := strings.Index(piece.Src, bare)
		if lead > 0 || bare == "" {
			w.addSpace(p, from)
		}
		if bare == "" {
			return
		}
		w.atoms = append(w.atoms, atom{foldBlanks(bare), atomMark, piece.Kind, int32(p)})
		if lead+len(bare) < len(piece.Src) {
			w.addSpace(p, from)
		}
	}
}

func (w *matter) addSpace(p, from int) {
	if n := len(w.atoms); n > from && w.atoms[n-1].sort != atomSpace {
		w.atoms = append(w.atoms, atom{" ", atomSpace, Words, int32(p)})
	}
}

// addWords finds the words among the atoms from the given one on.
func (w *matter) addWords(from int, lex *lexicon) {
	first, last := -1, -1
	finish := func() {
		if first >= 0 {
			w.words = append(w.words, wordAt{int32(first), int32(last)})
			w.ids = append(w.ids, lex.add(w.letters(first, last)))
		}
		first = -1
	}
	for i := from; i < len(w.atoms); i++ {
		if silent := w.silence(i); silent > i { // words join across "[UA: no text]"
			i = silent
			continue
		}
		switch a := w.atoms[i]; {
		case a.sort == atomLetters:
			if first < 0 {
				first = i
			}
			last = i + 1
		case a.sort == atomSpace, a.kind == Option, a.kind == Blank:
			finish()
		case a.kind == Open && i > from && w.atoms[i-1].kind == Close:
			finish()
		}
	}
	finish()
}

// silence gives the last atom of an alternative without text that opens at the
// given atom and closes before the next word; i itself if none does.
func (w *matter) silence(i int) int {
	if w.atoms[i].kind != Open {
		return i
	}
	within := w.text.Pieces[w.atoms[i].piece].Within
	if within < 0 || !w.text.Alternatives[within].NoText {
		return i
	}
	for k := i + 1; k < len(w.atoms) && w.atoms[k].sort != atomLetters; k++ {
		if w.atoms[k].kind == Close && w.text.Pieces[w.atoms[k].piece].Within == within {
			return k
		}
	}
	return i
}

// letters gives the letters among some atoms, without marks.
func (w *matter) letters(first, last int) string {
	if last == first+1 {
		return w.atoms[first].src
	}
	var b strings.Builder
	for _, a := range w.atoms[first:last] {
		if a.sort == atomLetters {
			b.WriteString(a.src)
		}
	}
	return b.String()
}

// bare gives the marks of a clause that has no words, but for those that say who
// holds it or which option it is.
func (w *matter) bare(clause int) string {
	s := w.spans[clause]
	var b strings.Builder
	for _, a := range w.atoms[s.atom:s.atomEnd] {
		if a.kind != Holders && a.kind != Option {
			b.WriteString(a.src)
		}
	}
	return strings.TrimSpace(b.String())
}

// of gives the numbers of a clause's words.
func (w *matter) of(clause int) []int32 {
	s := w.spans[clause]
	return w.ids[s.word:s.wordEnd]
}

// written gives a clause as written, without its label and with its white space
// folded.
func (w *matter) written(clause int) string {
	s := w.spans[clause]
	return joinAtoms(w.atoms[s.atom:s.atomEnd])
}

func joinAtoms(atoms []atom) string {
	var b strings.Builder
	for _, a := range atoms {
		b.WriteString(a.src)
	}
	return b.String()
}

// foldBlanks makes every run of white space one blank.
func foldBlanks(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r != ' ' && unicode.IsSpace(r) }) && !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}
