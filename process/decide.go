package process

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"paraph/fault"
	"paraph/record"
)

// Decide judges an act by what its actor sees, and gives the entries to write.
// It refuses in plain words: invalid, forbidden, not found, conflict.
func Decide(s *State, by record.Actor, _ time.Time, act Act) ([]record.Event, error) {
	switch a := act.(type) {
	case Open:
		return s.open(by, a)
	case Admit:
		return s.admit(by, a)
	case Accredit:
		return s.accredit(by, a)
	case Strike:
		return s.strike(by, a)
	case Suspend:
		return s.suspend(by, a)
	case Restore:
		return s.restore(by, a)
	}
	panic(fmt.Sprintf("process: unknown act %T", act))
}

func (s *State) open(by record.Actor, a Open) ([]record.Event, error) {
	if err := presides(by, "opens a process"); err != nil {
		return nil, err
	}
	if s.process.Open {
		return nil, fault.Conflict("this process is open already, as %q", s.process.Title)
	}
	to, err := by.Address(a.Audience, record.Plenary, record.Speaking)
	if err := cmp.Or(err,
		atTheTable(to),
		record.CheckLine("the title of the process", a.Title, record.Required),
		record.CheckProse("the question", a.Question, record.Optional),
		a.Rules.check(),
		sourced(by, a.Rules, to, a.Source)); err != nil {
		return nil, err
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindOpened,
		Body:     opened{a.Title, a.Question, a.Rules, a.Source},
		Makes:    []record.Ref{processRef},
	}}, nil
}

func (s *State) admit(by record.Actor, a Admit) ([]record.Event, error) {
	if err := cmp.Or(presides(by, "admits a seat"), s.isOpen()); err != nil {
		return nil, err
	}
	to, err := by.Address(a.Audience, record.Plenary, record.Speaking)
	if err := cmp.Or(err,
		atTheTable(to),
		record.CheckSeat(a.Seat),
		record.CheckLine("the name of the seat", a.Name, record.Required),
		record.CheckProse("the note on the seat", a.Note, record.Optional),
		s.mayAdmit(by, a),
		sourced(by, s.process.Rules, to, a.Source)); err != nil {
		return nil, err
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindAdmitted,
		Body:     admitted{a.Seat, a.Name, a.Role, a.Note, a.Source},
		Makes:    []record.Ref{record.NewRef("seat", string(a.Seat))},
		Mentions: []record.Ref{processRef},
	}}, nil
}

func (s *State) mayAdmit(by record.Actor, a Admit) error {
	if !slices.Contains([]record.Role{record.Chair, record.Party, record.Observer}, a.Role) {
		return fault.Invalid("%q is not the role of a seat", string(a.Role)).With("one of chair, party, observer")
	}
	if s.seat(a.Seat) != nil {
		return fault.Conflict("%s has a seat already", a.Seat)
	}
	chaired := slices.ContainsFunc(s.seats, func(v SeatView) bool { return v.Role == record.Chair })
	if chaired && a.Role == record.Chair {
		return fault.Conflict("the process has a chair already").With("chair and secretariat share one seat")
	}
	if !chaired && by.Role == record.Chair && (a.Role != record.Chair || a.Seat != by.Seat) {
		return fault.Invalid("the chair's own seat %s comes first", by.Seat).With("admit it as chair, then the others")
	}
	return nil
}

func (s *State) accredit(by record.Actor, a Accredit) ([]record.Event, error) {
	if err := s.isOpen(); err != nil {
		return nil, err
	}
	seat := s.seat(a.Seat)
	if seat == nil {
		return nil, fault.NotFound("there is no seat %q", string(a.Seat)).With("admit it first")
	}
	duty, err := mayAccredit(by, a)
	if err != nil {
		return nil, err
	}
	to, err := by.Address(a.Audience, record.Plenary, duty)
	if err := cmp.Or(err, record.CheckID("a person", a.ID), a.check(),
		knownTo(seat, to),
		sourced(by, s.process.Rules, to, a.Source)); err != nil {
		return nil, err
	}
	if s.people.Get(a.ID) != nil {
		return nil, fault.Conflict("a person with the id %q is accredited already, or was", a.ID).With("choose another id")
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindAccredited,
		Body:     accredited{a.ID, a.Seat, a.Name, a.Office, a.Capacity, a.Languages, a.Powers, a.Note, a.Source},
		Makes:    []record.Ref{record.NewRef("person", a.ID)},
		Mentions: append(record.SeatRefs(a.Seat), record.SeatRefs(to.Seats()...)...),
	}}, nil
}

// mayAccredit tells whose place it is to accredit somebody, and with what duty.
func mayAccredit(by record.Actor, a Accredit) (record.Duty, error) {
	switch {
	case by.Role == record.Keeper:
		return record.Speaking, nil
	case by.Role == record.Chair && by.Seat == a.Seat:
		return record.Binding, nil
	case by.Role == record.Chair && a.Capacity != record.Head:
		return 0, fault.Forbidden("the chair accredits the heads of delegations alone").
			With("accredit a head of %s, who accredits the others", a.Seat)
	case by.Role == record.Chair:
		return record.Speaking, nil
	case by.Seat != a.Seat:
		return 0, fault.Forbidden("%s cannot accredit people of %s", by.Seat, a.Seat).
			With("the chair accredits its head, and the head the others")
	case a.Capacity == record.Head:
		return 0, fault.Forbidden("a head of delegation is accredited by the chair").
			With("ask the chair, or accredit the person as member")
	}
	return record.Binding, nil
}

// knownTo refuses an accreditation that the accredited seat would not know of.
func knownTo(seat *SeatView, to record.Audience) error {
	if (record.Lens{Seat: seat.Seat, Role: seat.Role}).Reads(to) {
		return nil
	}
	return fault.Invalid("%s does not read %s, so it would not know its own people", seat.Seat, to).
		With("choose an audience that holds %s", seat.Seat)
}

// processRef names the process itself, as something that entries mention.
const processRef record.Ref = "process/rules"

func (s *State) isOpen() error {
	if !s.process.Open {
		return fault.NotFound("no process is open here").With("open it first")
	}
	return nil
}

// presides refuses all but the chair and a keeper.
func presides(by record.Actor, does string) error {
	if by.Role == record.Chair || by.Role == record.Keeper {
		return nil
	}
	return fault.Forbidden("only the chair %s", does)
}

// atTheTable refuses audiences in which a process or a seat would be there for
// some of the seats only.
func atTheTable(to record.Audience) error {
	if to == record.Plenary || to == record.Public {
		return nil
	}
	return fault.Invalid("the process and its seats are known to all who sit in it, not to %s alone", to).
		With("plenary or public")
}

// sourced asks for the source of what becomes public: always of a keeper, who
// reports, and of everybody when the record is kept from outside.
func sourced(by record.Actor, rules GroundRules, to record.Audience, src record.Source) error {
	if by.Role == record.Keeper || rules.Kept || !src.IsZero() {
		return src.Check(to)
	}
	return nil
}

func (r GroundRules) check() error {
	if !slices.Contains([]Regime{OnTheRecord, WithoutPrejudice, OffTheRecord}, r.Regime) {
		return fault.Invalid("%q is not a regime", string(r.Regime)).
			With("one of: %s, %s, %s", OnTheRecord, WithoutPrejudice, OffTheRecord)
	}
	if err := checkLanguages(r.Languages); err != nil {
		return err
	}
	for _, p := range r.Principles {
		if err := record.CheckLine("a principle", p, record.Required); err != nil {
			return err
		}
	}
	return nil
}

func (a Accredit) check() error {
	if rank(a.Capacity) == len(capacities) {
		return fault.Invalid("%q is not a capacity", string(a.Capacity)).
			With("one of head, member, adviser, interpreter, note-taker")
	}
	named := record.Need(a.Capacity != record.Interpreter && a.Capacity != record.NoteTaker)
	return cmp.Or(
		checkLanguages(a.Languages),
		record.CheckLine("the full powers", a.Powers, record.Optional),
		record.CheckLine("the name of the person", a.Name, named),
		record.CheckLine("the office", a.Office, record.Optional),
		record.CheckProse("the note on the person", a.Note, record.Optional))
}

func checkLanguages(languages []string) error {
	for _, l := range languages {
		if err := record.CheckLine("a language", l, record.Required); err != nil {
			return err
		}
	}
	return nil
}

var capacities = []record.Capacity{record.Head, record.Member, record.Adviser, record.Interpreter, record.NoteTaker}

// rank orders capacities as a list of a delegation does; an unknown one is last.
func rank(c record.Capacity) int {
	if i := slices.Index(capacities, c); i >= 0 {
		return i
	}
	return len(capacities)
}
