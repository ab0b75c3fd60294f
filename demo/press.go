package demo

import (
	"fmt"

	"paraph/press"
)

// publicSide plays what was said in public, what was claimed and what got out.
func (s *script) publicSide() error {
	const file = "press.json"
	side, err := read[publicSide](s.folder, file)
	if err != nil {
		return err
	}
	held, err := read[[]meeting](s.folder, "sittings.json")
	if err != nil {
		return err
	}
	for i := range side.Readouts {
		side.Readouts[i].Kind = press.ReadOut
	}
	for _, v := range append(side.Statements, side.Readouts...) {
		c := cue{file, v.ID, v.At, v.By}
		act, err := v.record(held)
		if err = s.wrong(c, err); err == nil {
			err = s.add(c, "statement/"+v.ID, act)
		}
		if err != nil {
			return err
		}
	}
	for _, v := range side.Claims {
		if err := s.claim(file, v); err != nil {
			return err
		}
	}
	for _, v := range side.Leaks {
		c := cue{file, v.ID, v.At, v.By}
		act, err := v.leak()
		if err = s.wrong(c, err); err == nil {
			err = s.add(c, "leak/"+v.ID, act)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// record makes the act of a statement. It names the sitting that it is about
// only where all who read the one read the other.
func (v statement) record(held []meeting) (press.Record, error) {
	said, err := v.Said.when()
	a := press.Record{
		ID: v.ID, Kind: v.Kind, Speaker: v.Speaker, For: v.Seat, Words: v.Words, Quoted: v.Quoted, Channel: v.Channel,
		Said: said, Cleared: v.Cleared, Audience: v.Audience, Source: v.Source,
	}
	for _, m := range held {
		if m.ID == v.Sitting && m.Audience == v.Audience {
			a.Sitting = m.ID
		}
	}
	return a, err
}

func (s *script) claim(file string, v claim) error {
	c := cue{file, v.ID, v.At, v.By}
	said, err := v.Asserted.Said.when()
	if err != nil {
		return s.wrong(c, err)
	}
	err = s.add(c, "claim/"+v.ID, press.Claim{
		ID: v.ID, What: v.Words, By: v.Asserted.By, For: v.Asserted.Seat, Said: said, Audience: v.Audience, Source: v.Asserted.Source,
	})
	for i, d := range v.Denials {
		if err != nil {
			return err
		}
		c := cue{file, fmt.Sprintf("%s, denial %d", v.ID, i+1), d.At, d.EnteredBy}
		said, wrong := d.Said.when()
		if err = s.wrong(c, wrong); err == nil {
			err = s.add(c, fmt.Sprintf("claim/%s/denial/%d", v.ID, i+1), press.Deny{
				Claim: v.ID, By: d.By, For: d.Seat, Words: d.Words, Said: said, Source: d.Source,
			})
		}
	}
	for i, j := range v.States {
		if err != nil {
			return err
		}
		c := cue{file, fmt.Sprintf("%s: %s", v.ID, j.State), j.At, j.By}
		err = s.add(c, fmt.Sprintf("claim/%s/%d", v.ID, i+1), press.Judge{
			Claim: v.ID, Standing: j.State, Note: j.Note, Source: j.Source,
		})
	}
	return err
}

func (v leak) leak() (press.Leak, error) {
	found, err := v.Seen.when()
	a := press.Leak{
		ID: v.ID, What: v.Words, Where: v.Where, Found: found, Note: v.Note, Audience: v.Audience, Source: v.Source,
	}
	if v.Version != "" {
		a.Version = versionID(v.Version)
	}
	return a, err
}
