package draft

import "strings"

// lexicon numbers words: two words are one exactly when their letters, case,
// punctuation and digits are.
type lexicon struct {
	text   []string
	number map[string]int32
	small  []bool // small words, which open phrases and mean little alone
	tiny   []bool // the smallest of them
	closes []int8 // how strongly the word's punctuation ends a phrase
}

func newLexicon() *lexicon { return &lexicon{number: map[string]int32{}} }

// add gives the number of a word.
func (l *lexicon) add(word string) int32 {
	if n, ok := l.number[word]; ok {
		return n
	}
	n := int32(len(l.text))
	l.text = append(l.text, word)
	l.number[word] = n
	bare := strings.ToLower(strings.Trim(word, "[(\"'“‘*_"))
	l.small = append(l.small, smallWords[bare] || tinyWords[bare])
	l.tiny = append(l.tiny, tinyWords[bare])
	l.closes = append(l.closes, closing(word))
	return n
}

// border tells how well a phrase can end after one word and begin with the
// next: after punctuation best, before a small word well, after one badly.
func (l *lexicon) border(before, after int32) int32 {
	switch {
	case l.closes[before] > 0:
		return int32(l.closes[before])
	case l.small[before]:
		return -2
	case l.small[after]:
		return 2
	}
	return 0
}

func closing(word string) int8 {
	switch w := strings.TrimRight(word, ")]\"'”’*_"); {
	case w == "":
		return 0
	case strings.HasSuffix(w, "."), strings.HasSuffix(w, ";"), strings.HasSuffix(w, ":"), strings.HasSuffix(w, "،"), strings.HasSuffix(w, "。"):
		return 4
	case strings.HasSuffix(w, ","):
		return 3
	}
	return 0
}

// tinyWords are the articles and the shortest prepositions and conjunctions of
// the languages that drafts are most often written in.
var tinyWords = wordSet(`a an and as at by in of or the to
	au aux de des du en et la le les ou un une al del el los las o y
	в и к на о с`)

// smallWords are other words that open phrases.
var smallWords = wordSet(`any be been but each for from has have if into is it its may more no nor not on shall
	should such than that their these this those under unless until upon when where which while who will with
	within without avec dans par pour que qui sur con para por que se su об от по со что не`)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
