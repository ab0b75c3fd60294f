package scenario

import (
	"math/big"
	"sort"
	"strconv"

	"paraph/settle"
)

// space is the issues of a domain as profiles look them up.
type space struct {
	issues  []settle.Issue
	places  map[string]int   // of issues, by their names
	numbers map[int]int      // of issues, by what the domain's file calls them by number
	options []map[string]int // of each issue's options, by their names
	values  [][]*big.Rat     // of each issue's options; nil for one that is no number
	total   int              // options of all issues
}

// add puts an issue in. Its name must be its own; options of one name are one.
func (r *reader) add(line int, issue settle.Issue, number int) error {
	s := &r.space
	switch {
	case len(s.issues) == MaxIssues:
		return r.wrong(line, "has more than %d issues", MaxIssues)
	case s.total+len(issue.Options) > MaxOptions:
		return r.tooMany(line, issue.Name)
	case issue.Name == "":
		issue.Name = "issue " + strconv.Itoa(number)
		r.note(line, "an issue has no name; it is called %q here", issue.Name)
	}
	for s.issue(issue.Name) >= 0 {
		was := issue.Name
		issue.Name += " (" + strconv.Itoa(number) + ")"
		r.note(line, "a second issue is called %q; it is called %q here", was, issue.Name)
	}
	r.distinct(line, &issue)
	if len(issue.Options) == 0 {
		return r.wrong(line, "issue %q has no option", issue.Name).With("say at least one")
	}
	if s.places == nil {
		s.places, s.numbers = map[string]int{}, map[int]int{}
	}
	s.places[issue.Name] = len(s.issues)
	if _, taken := s.numbers[number]; !taken {
		s.numbers[number] = len(s.issues)
	}
	s.total += len(issue.Options)
	s.issues = append(s.issues, issue)
	s.options = append(s.options, optionPlaces(issue))
	values := issue.Values
	if values == nil {
		values = make([]*big.Rat, len(issue.Options))
		for o, name := range issue.Options {
			values[o], _ = rational(name)
		}
	}
	s.values = append(s.values, values)
	return nil
}

// distinct reads options of one name as one.
func (r *reader) distinct(line int, issue *settle.Issue) {
	seen := map[string]bool{}
	n := 0
	for i, name := range issue.Options {
		if seen[name] {
			r.note(line, "issue %q has the option %q twice; it is read as one", issue.Name, name)
			continue
		}
		seen[name] = true
		issue.Options[n] = name
		if issue.Values != nil {
			issue.Values[n] = issue.Values[i]
		}
		n++
	}
	issue.Options = issue.Options[:n]
	if issue.Values != nil {
		issue.Values = issue.Values[:n]
	}
}

// optionPlaces gives the places of options by their names, and by their numbers
// as Decimal writes them.
func optionPlaces(issue settle.Issue) map[string]int {
	places := make(map[string]int, len(issue.Options))
	for o, name := range issue.Options {
		places[name] = o
	}
	for o, name := range issue.Options {
		if q, ok := rational(name); ok {
			if written := Decimal(q); places[written] == 0 && issue.Options[0] != written {
				places[written] = o
			}
		}
	}
	return places
}

func (r *reader) tooMany(line int, issue string) error {
	return r.wrong(line, "with issue %q, there are more than %d options", issue, MaxOptions).With("a coarser step, or an interval, has fewer")
}

// stepped makes an issue of the numbers from low to high.
func (r *reader) stepped(line int, name string, low, high, step *big.Rat) (settle.Issue, error) {
	issue := settle.Issue{Name: name}
	if step.Sign() <= 0 || high.Cmp(low) < 0 {
		return issue, r.wrong(line, "issue %q goes from %s to %s in steps of %s", name, Decimal(low), Decimal(high), Decimal(step)).With("the first number is the least, and a step is above 0")
	}
	steps := new(big.Rat).Quo(new(big.Rat).Sub(high, low), step)
	if steps.Cmp(big.NewRat(int64(MaxOptions-1-r.space.total), 1)) > 0 {
		return issue, r.tooMany(line, name)
	}
	for v := new(big.Rat).Set(low); v.Cmp(high) <= 0; v = sum(v, step) {
		issue.Values = append(issue.Values, v)
		issue.Options = append(issue.Options, Decimal(v))
	}
	if last := issue.Values[len(issue.Values)-1]; last.Cmp(high) != 0 {
		r.note(line, "issue %q: its steps do not meet its end %s; the last is %s", name, Decimal(high), Decimal(last))
	}
	return issue, nil
}

// sampled makes an issue of points of an interval, its ends among them.
func (r *reader) sampled(line int, name string, low, high *big.Rat, points int) (settle.Issue, error) {
	issue := settle.Issue{Name: name, Sampled: true}
	if high.Cmp(low) <= 0 {
		return issue, r.wrong(line, "issue %q goes from %s to %s", name, Decimal(low), Decimal(high)).With("the first number is the least")
	}
	if r.space.total+points > MaxOptions {
		return issue, r.tooMany(line, name)
	}
	step := new(big.Rat).Quo(new(big.Rat).Sub(high, low), big.NewRat(int64(points-1), 1))
	for i := range points {
		v := sum(low, product(step, big.NewRat(int64(i), 1)))
		issue.Values = append(issue.Values, v)
		issue.Options = append(issue.Options, Decimal(v))
	}
	r.note(line, "issue %q is an interval of real numbers; %d points of it are options, %s apart", name, points, Decimal(step))
	return issue, nil
}

// issue gives the place of an issue by its name; -1 when there is none.
func (s *space) issue(name string) int {
	if i, ok := s.places[name]; ok {
		return i
	}
	return -1
}

// numbered gives the place of an issue by the domain's number for it.
func (s *space) numbered(n int) int {
	if i, ok := s.numbers[n]; ok {
		return i
	}
	return -1
}

// option gives the place of an option of issue i; where options are numbers, "5"
// and "5.0" are one. -1 when there is none.
func (s *space) option(i int, name string) int {
	if o, ok := s.options[i][name]; ok {
		return o
	}
	if q, ok := rational(name); ok {
		if o, ok := s.options[i][Decimal(q)]; ok {
			return o
		}
	}
	return -1
}

// value gives the number of an option; nil when it is none.
func (s *space) value(i, o int) *big.Rat { return s.values[i][o] }

// between gives the options of issue i whose numbers are from low to high; some
// is false when there are none.
func (r *reader) between(line, i int, low, high *big.Rat) (from, to int, some bool, err error) {
	values, issue := r.space.values[i], &r.space.issues[i]
	if issue.Values != nil { // they rise
		from = sort.Search(len(values), func(o int) bool { return values[o].Cmp(low) >= 0 })
		to = sort.Search(len(values), func(o int) bool { return values[o].Cmp(high) > 0 }) - 1
		return from, to, from <= to, nil
	}
	for o, v := range values {
		switch {
		case v == nil:
			return 0, 0, false, r.wrong(line, "%q of issue %q is no number, and is bounded by numbers", issue.Options[o], issue.Name)
		case v.Cmp(low) < 0 || v.Cmp(high) > 0:
			continue
		case some && to != o-1:
			return 0, 0, false, r.wrong(line, "the options of issue %q from %s to %s do not stand beside each other", issue.Name, Decimal(low), Decimal(high)).With("list them by their size in the domain")
		case !some:
			from, some = o, true
		}
		to = o
	}
	return from, to, some, nil
}

// rows is a table with no worth for any issue.
func (s *space) rows() [][]*big.Rat { return make([][]*big.Rat, len(s.issues)) }

// zeros is a row of issue i in which every option adds nothing.
func (s *space) zeros(i int) []*big.Rat {
	row := make([]*big.Rat, len(s.issues[i].Options))
	for o := range row {
		row[o] = new(big.Rat)
	}
	return row
}

// constant adds a worth to all packages, through the options of the first issue.
func (s *space) constant(party *settle.Party, c *big.Rat) {
	if c.Sign() == 0 || len(s.issues) == 0 {
		return
	}
	if party.Worth[0] == nil {
		party.Worth[0] = s.zeros(0)
	}
	for o, w := range party.Worth[0] {
		party.Worth[0][o] = sum(w, c)
	}
}

// weigh multiplies a row by the weight of its issue.
func weigh(row []*big.Rat, weight *big.Rat) {
	for o := range row {
		row[o] = product(row[o], weight)
	}
}

// weights tells when weights do not add up to 1.
func (r *reader) weights(line int, total *big.Rat) {
	if total.Cmp(one) != 0 {
		r.note(line, "the weights add up to %s, not 1; they are used as written", shortly(total))
	}
}

// shortly writes a number for people: exactly when that is short.
func shortly(q *big.Rat) string {
	if s := Decimal(q); len(s) <= 44 {
		return s
	}
	return "about " + q.FloatString(20)
}
