package settle

import "slices"

// translated is the rules in the numbers that fields give to options.
func (w *whole) translated(fields []field) []Rule {
	choices := func(all []Choice) []Choice {
		var out []Choice
		for _, c := range all {
			out = append(out, Choice{c.Issue, slices.Index(fields[c.Issue].options, c.Option)})
		}
		return out
	}
	var rules []Rule
	for _, r := range w.rules {
		rules = append(rules, Rule{choices(r.If), choices(r.Then)})
	}
	return rules
}

// allowed tells whether the package in the scratch keeps the rules.
func (s *search) allowed() bool {
	for _, r := range s.rules {
		if chosen(s.choice, r.If) && (len(r.Then) == 0 || !chosen(s.choice, r.Then)) {
			return false
		}
	}
	return true
}

// obey takes away the options of a level that the rules forbid, given what is
// decided; false when nothing is left.
func (s *search) obey(l *level) bool {
	for again := true; again; {
		again = false
		for _, r := range s.rules {
			switch s.stands(l, r) {
			case ruleSettled:
			case ruleOwed:
				// Not all of If may be chosen: the last that is undecided goes.
				last, several := Choice{Issue: -1}, false
				for _, c := range r.If {
					if len(l.live[c.Issue]) > 1 {
						several = several || last.Issue >= 0 && last != c
						last = c
					}
				}
				if several {
					continue
				}
				if last.Issue < 0 {
					return false
				}
				l.live[last.Issue] = slices.DeleteFunc(l.live[last.Issue], func(o int) bool { return o == last.Option })
				again = true
			case ruleOpen:
				if !s.decided(l, r.If) {
					continue
				}
				for _, c := range r.Then {
					if len(l.live[c.Issue]) > 1 {
						l.live[c.Issue] = append(l.live[c.Issue][:0], c.Option)
						again = true
					}
				}
			}
		}
	}
	return true
}

// stands is how a rule stands: kept whatever comes, owed when Then cannot be
// chosen any more, or open.
func (s *search) stands(l *level, r Rule) byte {
	for _, c := range r.If {
		if !slices.Contains(l.live[c.Issue], c.Option) {
			return ruleSettled
		}
	}
	for _, c := range r.Then {
		if !slices.Contains(l.live[c.Issue], c.Option) {
			return ruleOwed
		}
	}
	if len(r.Then) == 0 {
		return ruleOwed
	}
	if s.decided(l, r.Then) {
		return ruleSettled
	}
	return ruleOpen
}

// decided tells whether all of some choices are made.
func (s *search) decided(l *level, choices []Choice) bool {
	for _, c := range choices {
		if len(l.live[c.Issue]) > 1 || !slices.Contains(l.live[c.Issue], c.Option) {
			return false
		}
	}
	return true
}
