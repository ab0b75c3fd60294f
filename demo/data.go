package demo

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path"
	"time"
	_ "time/tzdata" // the zones of the story, on machines that have none

	"paraph/consent"
	"paraph/fault"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/sitting"
	"paraph/text"
)

// opening is process.json: the process, its seats and its delegations.
type opening struct {
	ID         record.ProcessID
	Title      string
	Opened     time.Time
	By         string
	About      string
	Audience   record.Audience
	Kept       bool
	Rules      []string
	Regime     process.Regime
	Languages  []string
	Source     record.Source
	Seats      []seat
	People     []person
	FullPowers []powers `json:"full_powers"`
}

type seat struct {
	Seat   record.Seat
	Name   string
	Role   record.Role
	About  string
	Source record.Source
}

type person struct {
	ID        string
	Seat      record.Seat
	Name      string
	Capacity  record.Capacity
	Post      string
	Note      string
	Languages []string
	Source    record.Source
}

// powers are what a person may do for the seat, from when and until when, all in words.
type powers struct {
	Person, May, From, Until string
}

// version is one of versions.json.
type version struct {
	Symbol     string
	File       string
	Class      text.Class
	At         time.Time
	By         string
	Audience   record.Audience
	Date       string // as the paper is dated
	Note       string
	Source     record.Source
	Provenance []provenance
}

// provenance says how one clause came about; of an empty clause, why its
// sources were dropped.
type provenance struct {
	Clause       string
	Contributors []record.Seat
	Sources      []string // paths in the version before
	Reason       string
	Reported     []record.Source
}

// proposal is one of proposals.json, with what became of it.
type proposal struct {
	ID       string
	Seat     record.Seat
	By       string
	At       time.Time
	Version  string
	Kind     text.Kind
	Clause   string
	After    string
	Words    string
	Reason   string
	Audience record.Audience
	Source   record.Source
	Fate     []fate
}

type fate struct {
	At       time.Time
	Act      string // "withdraw" or "clear"
	Audience record.Audience
	Note     string
}

// position is one of positions.json.
type position struct {
	Seat       record.Seat
	By         string
	At         time.Time
	Version    string // of the clause
	Clause     string
	On         string           // what it is on, in words, when it is on no clause
	Value      consent.Position // empty where what is reported is none of the six
	Note       string
	ReportedBy string `json:"reported_by"`
	Said       span
	Audience   record.Audience
	Source     record.Source
}

// level is one of consents.json.
type level struct {
	Seat     record.Seat
	By       string
	At       time.Time
	Version  string
	Clause   string
	Level    consent.Level
	Note     string
	RestsOn  []string `json:"rests_on"`
	Audience record.Audience
}

// message is one of messages.json.
type message struct {
	ID          string
	At          time.Time
	From        record.Seat
	By          string
	To          record.Seat
	Audience    record.Audience
	Words       string
	MayPassOn   string        `json:"may_pass_on"`
	MayPassTo   []record.Seat `json:"may_pass_to"`
	NotToPassOn string        `json:"not_to_pass_on"`
	Carries     string        // the message that this one carries on
}

// meeting is one of sittings.json.
type meeting struct {
	ID              string
	Round           int
	Title           string
	Form            sitting.Kind
	Audience        record.Audience
	At              time.Time
	By              string
	Place           string
	Start, End      span
	Attendance      []attender
	Languages       []string
	Interpretation  []interpretation
	Confidentiality string
	Outcome         string
	Note            string
	Source          record.Source
}

type attender struct {
	Person   string
	Seat     record.Seat
	Capacity record.Capacity
	Remote   bool
}

type interpretation struct {
	Person  string
	Between []string
}

// condition is one of conditions.json.
type condition struct {
	ID       string
	SetBy    record.Seat `json:"set_by"`
	By       string
	At       time.Time
	Audience record.Audience
	Words    string
	Before   string
	StatedBy string `json:"stated_by"`
	Due      span
	States   []judgement
	Source   record.Source
}

type judgement struct {
	At    time.Time
	Seat  record.Seat
	By    string
	State sitting.Standing
	Note  string
}

// publicSide is press.json.
type publicSide struct {
	Statements []statement
	Readouts   []statement
	Claims     []claim
	Leaks      []leak
}

type statement struct {
	ID       string
	At       time.Time
	By       string
	Said     span
	Speaker  string
	Seat     record.Seat
	Kind     press.Kind // empty: a statement
	Channel  string
	Words    string
	Quoted   bool // the very words; else a summary of them
	Audience record.Audience
	Source   record.Source
	Sitting  string
	Cleared  []record.Seat
}

type claim struct {
	ID       string
	At       time.Time
	By       string
	Audience record.Audience
	Words    string
	Asserted saying
	Denials  []denial
	States   []verdict
	Source   record.Source // of the report of the whole
}

type saying struct {
	By     string
	Seat   record.Seat
	Said   span
	Source record.Source
}

type denial struct {
	At        time.Time
	EnteredBy string `json:"entered_by"`
	By        string
	Seat      record.Seat
	Words     string
	Said      span
	Source    record.Source
}

type verdict struct {
	At     time.Time
	By     string
	State  press.Standing
	Note   string
	Source record.Source
}

type leak struct {
	ID       string
	At       time.Time
	By       string
	Audience record.Audience
	Version  string
	Seen     span
	Where    string
	Words    string
	Note     string // how what is out matches the version
	Source   record.Source
}

// outlines is packages.json: issues with their options, and packages.
type outlines struct {
	Issues   []issue
	Packages []outline
	Note     string // for the reader of the folder
}

type issue struct {
	ID, Title string
	Clauses   []string
	Options   []option
}

type option struct{ ID, Words string }

type outline struct {
	ID, Title string
	By        string
	At        time.Time
	To        []record.Seat
	Choices   map[string]string // by issue
	Words     string
}

// span is a moment told of, in local time: exact when both ends are equal, not
// later than the later end when the earlier is empty. Words are those of the
// source, Doubt says why it is flagged.
type span struct {
	Earliest, Latest, Zone, Words, Doubt string
}

// when gives the moment as the record keeps it.
func (s span) when() (record.When, error) {
	if s == (span{}) {
		return record.When{}, nil
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return record.When{}, fault.Invalid("%q is not a time zone", s.Zone).Because(err)
	}
	w := record.When{Words: s.Words, Doubt: s.Doubt, Zone: s.Zone}
	for _, bound := range []struct {
		words string
		to    *time.Time
	}{{s.Earliest, &w.Earliest}, {s.Latest, &w.Latest}} {
		if bound.words == "" {
			continue
		}
		if *bound.to, err = time.ParseInLocation("2006-01-02T15:04", bound.words, zone); err != nil {
			return w, fault.Invalid("%q is not a time", bound.words).With("as in 2026-03-24T09:30").Because(err)
		}
	}
	return w, nil
}

// read reads one file of a folder strictly. A file that is not there has nothing to say.
func read[T any](folder, name string) (T, error) {
	var v T
	content, err := files.ReadFile(path.Join(folder, name))
	if err != nil {
		return v, nil
	}
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, fault.Invalid("demo/%s/%s cannot be read: %v", folder, name, err).Because(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return v, fault.Invalid("demo/%s/%s goes on after its end", folder, name)
	}
	return v, nil
}
