package api

import (
	"net/http"

	"paraph/record"
	"paraph/sitting"
)

// Sending asks to send a message: a party's to the chair, in confidence, the
// chair's to a seat.
type Sending struct {
	To       record.Seat     `json:"to,omitempty" about:"The seat that it is meant for in the end; the chair when left out."`
	Words    string          `json:"words"`
	MayPass  []record.Seat   `json:"may_pass,omitempty" about:"The seats to which the chair may carry it."`
	PassOn   string          `json:"pass_on,omitempty" about:"The words that the chair may carry; all when left out."`
	Withhold string          `json:"withhold,omitempty" about:"What the chair must keep to itself."`
	Audience record.Audience `json:"audience,omitempty" about:"Good offices when left out: the seat and the chair."`
}

// Carrying asks, as the chair, to pass a message on to another seat.
type Carrying struct {
	To    record.Seat `json:"to"`
	Words string      `json:"words,omitempty" about:"The chair's own; when left out, those that the sender gave to be passed on."`
}

// Acknowledging asks to say that a message has arrived. It has no fields.
type Acknowledging struct{}

func send(_ sight, _ *http.Request, key string, b *Sending) (deed, error) {
	return deed{makes: key, act: sitting.Send{
		ID: key, To: b.To, Words: b.Words, MayPass: b.MayPass, PassOn: b.PassOn, Withhold: b.Withhold, Audience: b.Audience,
	}}, nil
}

func carry(_ sight, r *http.Request, key string, b *Carrying) (deed, error) {
	return deed{makes: key, act: sitting.Carry{ID: key, Message: r.PathValue("message"), To: b.To, Words: b.Words}}, nil
}

func acknowledge(_ sight, r *http.Request, _ string, _ *Acknowledging) (deed, error) {
	return deed{act: sitting.Acknowledge{Message: r.PathValue("message")}}, nil
}
