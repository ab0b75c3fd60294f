package sitting

import "paraph/record"

// The kinds of entries that this room writes.
const (
	kindHeld         record.Kind = "sitting.sitting.held"
	kindConcluded    record.Kind = "sitting.sitting.concluded"
	kindSent         record.Kind = "sitting.message.sent"
	kindCarried      record.Kind = "sitting.message.carried" // the chair's ledger: which message carried which
	kindAcknowledged record.Kind = "sitting.message.acknowledged"
	kindSet          record.Kind = "sitting.condition.set"
	kindJudged       record.Kind = "sitting.condition.judged"
	kindSignalled    record.Kind = "sitting.signal.given"
)

// Kinds lists all kinds of entries that this room writes and reads.
func Kinds() []record.Kind {
	return []record.Kind{
		kindHeld, kindConcluded, kindSent, kindCarried, kindAcknowledged, kindSet, kindJudged, kindSignalled,
	}
}

type held struct {
	ID              string         `json:"id"`
	Title           string         `json:"title"`
	Kind            Kind           `json:"kind"`
	Round           int            `json:"round,omitempty"`
	Place           string         `json:"place,omitempty"`
	Zone            string         `json:"zone,omitempty"`
	Start           record.When    `json:"start,omitzero"`
	End             record.When    `json:"end,omitzero"`
	Attendance      []Attender     `json:"attendance,omitempty"`
	Languages       []string       `json:"languages,omitempty"`
	Interpretation  []Interpreting `json:"interpretation,omitempty"`
	Agenda          []string       `json:"agenda,omitempty"`
	Confidentiality string         `json:"confidentiality,omitempty"`
	Outcome         string         `json:"outcome,omitempty"`
	Note            string         `json:"note,omitempty"`
	Source          record.Source  `json:"source,omitzero"`
}

type concluded struct {
	Sitting string        `json:"sitting"`
	Outcome string        `json:"outcome"`
	End     record.When   `json:"end,omitzero"`
	Source  record.Source `json:"source,omitzero"`
}

type sent struct {
	ID       string        `json:"id"`
	To       record.Seat   `json:"to,omitempty"`
	Words    string        `json:"words"`
	MayPass  []record.Seat `json:"may_pass,omitempty"`
	PassOn   string        `json:"pass_on,omitempty"`
	Withhold string        `json:"withhold,omitempty"`
}

type carried struct {
	Origin  string      `json:"origin"`
	Message string      `json:"message"`
	To      record.Seat `json:"to"`
}

type acknowledged struct {
	Message string `json:"message"`
}

type conditionSet struct {
	ID       string        `json:"id"`
	What     string        `json:"what"`
	ForStep  string        `json:"for_step,omitempty"`
	Seat     record.Seat   `json:"seat,omitempty"`
	StatedBy string        `json:"stated_by,omitempty"`
	Due      record.When   `json:"due,omitzero"`
	Source   record.Source `json:"source,omitzero"`
}

type conditionJudged struct {
	Condition string        `json:"condition"`
	Standing  Standing      `json:"standing"`
	Note      string        `json:"note,omitempty"`
	Source    record.Source `json:"source,omitzero"`
}

type signalled struct {
	ID        string        `json:"id"`
	Condition string        `json:"condition"`
	Words     string        `json:"words"`
	Seat      record.Seat   `json:"seat,omitempty"`
	Source    record.Source `json:"source,omitzero"`
}
