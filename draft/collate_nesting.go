package draft

// nesting tells how deep in brackets of their own the words of a strand stand.
type nesting struct {
	depth  []int32 // before each word, and at the end
	leaves []int32 // the word in which the bracket closes that is open before each; past the end for none
}

func newNesting(words []int32, l *lexicon) nesting {
	n := nesting{make([]int32, len(words)+1), make([]int32, len(words)+1)}
	var waiting []int32 // places whose depth nothing has gone below yet, the deepest last
	for i, w := range words {
		waiting = append(waiting, int32(i))
		depth := n.depth[i]
		text := l.text[w]
		for at := 0; at < len(text); at++ {
			switch text[at] {
			case '\\':
				at++
			case '[':
				depth++
			case ']':
				depth--
				for len(waiting) > 0 && n.depth[waiting[len(waiting)-1]] > depth {
					n.leaves[waiting[len(waiting)-1]] = int32(i)
					waiting = waiting[:len(waiting)-1]
				}
			}
		}
		n.depth[i+1] = depth
	}
	for _, i := range append(waiting, int32(len(words))) {
		n.leaves[i] = int32(len(words))
	}
	return n
}

// balanced tells whether each bracket in the words from:to has its partner
// there.
func (n nesting) balanced(from, to int) bool {
	return n.depth[from] == n.depth[to] && (from == to || int(n.leaves[from]) >= to)
}
