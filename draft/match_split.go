package draft

// A free clause is a part of its neighbour's counterpart if that many of its
// words in a hundred are found there beyond those of the neighbour.
const partOf = 60

// partsBudget bounds the search for parts, in cells of the alignment over 64.
const partsBudget = 1 << 28

// findParts finds the free clauses that were merged into the counterpart of a
// clause beside them (on the old side), or split off from it (on the new side).
// A clause is never both merged and split.
func (m *matcher) findParts(lcs *subsequence) {
	budget := partsBudget
	m.old.findParts(&m.new, lcs, &budget)
	m.new.findParts(&m.old, lcs, &budget)
}

func (s *side) findParts(other *side, lcs *subsequence, budget *int) {
	n := len(s.spans)
	for i := 1; i < n; i++ {
		s.attach(other, i, i-1, lcs, budget)
	}
	for i := n - 2; i >= 0; i-- {
		s.attach(other, i, i+1, lcs, budget)
	}
}

// attach makes clause i a part of what the clause beside it belongs to, if its
// words are there.
func (s *side) attach(other *side, i, beside int, lcs *subsequence, budget *int) {
	if s.mate[i] >= 0 || s.host[i] >= 0 || s.spans[i].length() == 0 {
		return
	}
	host := beside
	if s.host[beside] >= 0 {
		host = int(s.host[beside])
	}
	if s.mate[host] < 0 || other.leads(int(s.mate[host])) {
		return
	}
	there := other.of(int(s.mate[host]))
	if len(there) < s.spans[i].length()/2 || 3*inCommon(s.adjacent[i], other.adjacent[s.mate[host]]) < s.spans[i].length() {
		return
	}
	first, last := s.group(host)
	without := s.ids[s.spans[first].word:s.spans[last].wordEnd]
	first, last = min(first, i), max(last, i)
	with := s.ids[s.spans[first].word:s.spans[last].wordEnd]
	if *budget -= len(with) * (len(there)/64 + 1) * 2; *budget < 0 {
		return
	}
	if 100*(lcs.length(with, there)-lcs.length(without, there)) >= partOf*s.spans[i].length() {
		s.host[i] = int32(host)
	}
}

// leads tells whether a clause has parts beside it.
func (s *side) leads(host int) bool {
	first, last := s.group(host)
	return first < last
}

// group gives the first and the last of a clause and its parts.
func (s *side) group(host int) (first, last int) {
	return firstPart(s.host, host), lastPart(s.host, host)
}

// firstPart gives the first of a clause and its parts, which stand beside it.
func firstPart(parts []int32, host int) int {
	first := host
	for first > 0 && int(parts[first-1]) == host {
		first--
	}
	return first
}

func lastPart(parts []int32, host int) int {
	last := host
	for last+1 < len(parts) && int(parts[last+1]) == host {
		last++
	}
	return last
}
