package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"io"
	"slices"
	"time"

	"paraph/fault"
	"paraph/record"
)

// Receipt tells what an act wrote, once it is durable.
type Receipt struct {
	Entries []record.Entry // in the order of the act; all can be read by its actor
	Again   bool           // the act was done before, under the same key: nothing new was written
}

// tries is how often an act is done anew because the log had moved on or what
// it rested on was not written.
const tries = 4

// Do does an act of one of the rooms, and returns when it is durable. The key
// is the actor's name for this act, 1 to 200 bytes and random: done twice under
// one key, an act is written once, and both calls get its receipt.
//
// The act is judged by what its actor sees. Refusals come from the room, in its
// words. Beyond the rooms, these hold for every act: an actor must sit in the
// process in the role given, and, where a person is named, be accredited for the
// seat in the capacity given (else it is not there: not found, also for what was
// done under the key before); it reads every
// audience that it writes to (forbidden); and what an entry mentions can be read
// by everybody in its audience (not found when the actor does not see the thing
// at all, else invalid). A refused act changes nothing.
//
// When ctx ends before the act was decided, nothing was done; from then on Do
// waits for the outcome whatever becomes of ctx.
func (d *Desk) Do(ctx context.Context, p record.ProcessID, by record.Actor, key string, act any) (Receipt, error) {
	if _, err := record.ParseProcessID(string(p)); err != nil {
		return Receipt{}, err
	}
	if len(key) < 1 || len(key) > 200 {
		return Receipt{}, fault.Invalid("an act's key has 1 to 200 bytes, this one has %d", len(key))
	}
	if by.Role != record.Keeper { // who may open a process that is not there yet
		if err := d.open(ctx, p, by); err != nil {
			return Receipt{}, err
		}
	}
	h := d.enter(p)
	defer d.leave(h)
	a := attempt{d: d, h: h, by: by, key: keyOf(by, key), act: act}
	for range tries {
		if err := ctx.Err(); err != nil {
			return Receipt{}, fault.Unavailable("nobody waited for the act").Because(err)
		}
		receipt, again, err := a.run(ctx)
		if !again {
			d.heard(p, receipt)
			return receipt, err
		}
	}
	return Receipt{}, lost()
}

// attempt is one act on its way.
type attempt struct {
	d   *Desk
	h   *hall
	by  record.Actor
	key string
	act any
}

// run does the act, or tells that it must be done anew.
func (a attempt) run(ctx context.Context) (r Receipt, anew bool, err error) {
	f, rests, r, err := a.decide(ctx)
	if f == nil {
		// A refusal, or what was done before, may be told only if what it rests on stands.
		if !rests.stands() {
			a.h.forget(rests)
			return Receipt{}, true, nil
		}
		return r, false, err
	}
	entries, stands, err := f.wait()
	a.h.settle()
	if !stands {
		a.h.forget(f)
	}
	if err != nil {
		return Receipt{}, fault.KindOf(err) == fault.KindConflict, err
	}
	return Receipt{Entries: entries, Again: !stands}, false, nil
}

// decide is all that happens under the lock: it gives the act's flight, or, when
// there is none, the answer and the flight that the answer rests on.
func (a attempt) decide(ctx context.Context) (f, rests *flight, r Receipt, err error) {
	h := a.h
	h.mu.Lock()
	defer h.mu.Unlock()
	lens := plain(a.by.Lens())
	if err := h.load(ctx, lens); err != nil {
		return nil, nil, Receipt{}, err
	}
	if !h.sits(a.by) {
		return nil, h.turn(a.by.By), Receipt{}, absent()
	}
	if before := h.underWay(a.key); before != nil {
		return nil, before, Receipt{Entries: before.entries, Again: true}, nil
	}
	s, err := h.sight(ctx, lens)
	if err != nil {
		return nil, nil, Receipt{}, err
	}
	if s.destroyed || h.keys.may(a.key) {
		before, err := h.log.Find(ctx, h.id, a.key)
		if err != nil || len(before) > 0 {
			return nil, nil, Receipt{Entries: before, Again: true}, err
		}
	}
	at := a.now()
	events, err := s.rooms.decide(a.by, at, a.act)
	if err == nil && len(events) == 0 {
		err = fault.Invalid("this act changes nothing")
	}
	if err == nil {
		err = a.admissible(s, events)
	}
	if err != nil {
		return nil, s.last, Receipt{}, err
	}
	entries, err := a.chain(at, events)
	if err != nil {
		return nil, s.last, Receipt{}, err
	}
	return h.launch(a.key, entries), nil, Receipt{}, nil
}

// now gives the time of the act's first entry: the clock's, but always after
// the last time of the process.
func (a attempt) now() time.Time {
	now := a.d.clock().UTC().Truncate(time.Microsecond)
	if next := a.h.at.Add(time.Microsecond); now.Before(next) {
		return next
	}
	return now
}

// admissible holds events to what every entry must keep: the actor reads what
// it writes, and nothing points out of sight.
func (a attempt) admissible(s *sight, events []record.Event) error {
	own := map[record.Ref][]record.Audience{}
	for _, ev := range events {
		if _, err := record.ParseAudience(string(ev.Audience)); err != nil {
			return err
		}
		if !s.lens.Reads(ev.Audience) {
			return fault.Forbidden("you do not read %s, so you cannot write there", ev.Audience).
				With("choose an audience that holds your own seat")
		}
		for _, ref := range ev.Makes {
			own[ref] = append(own[ref], ev.Audience)
		}
		for _, ref := range ev.Mentions {
			if err := inSight(a.h.table, ref, ev.Audience, s.made[ref], own[ref]); err != nil {
				return err
			}
		}
	}
	return nil
}

// inSight tells whether everybody in an audience can read of a thing, given
// where it was made. Only what the actor reads counts as a place: else the
// answer would tell of the others.
func inSight(roster record.Roster, ref record.Ref, to record.Audience, places ...[]record.Audience) error {
	made := slices.Concat(places...)
	if len(made) == 0 {
		return fault.NotFound("there is no %s %q", cmp.Or(ref.Noun(), "thing"), ref.ID())
	}
	for _, a := range made {
		if roster.Covers(a, to) {
			return nil
		}
	}
	return fault.Invalid("this cannot speak to %s of the %s %q: not everybody there can read of it", to, ref.Noun(), ref.ID()).
		With("clear it to them first, or choose a narrower audience")
}

// chain makes entries of events, each on the tip of its log.
func (a attempt) chain(at time.Time, events []record.Event) ([]record.Entry, error) {
	tips := map[record.Audience]record.Tip{}
	entries := make([]record.Entry, len(events))
	for i, ev := range events {
		tip, ok := tips[ev.Audience]
		if !ok {
			if tip, ok = a.h.tips[ev.Audience]; !ok {
				tip = record.Tip{Process: a.h.id, Audience: ev.Audience}
			}
		}
		body, err := record.Raw(ev.Body)
		if err != nil {
			return nil, err
		}
		salt, err := a.d.salt()
		if err != nil {
			return nil, err
		}
		entries[i], err = tip.Next(at.Add(time.Duration(i)*time.Microsecond), salt, record.Content{
			Kind: ev.Kind, By: a.by.By, Key: a.key, Makes: ev.Makes, Mentions: ev.Mentions, Body: body,
		})
		if err != nil {
			return nil, err
		}
		tips[ev.Audience] = entries[i].Tip()
	}
	return entries, nil
}

func (d *Desk) salt() (record.Salt, error) {
	var s record.Salt
	d.chance.Lock()
	defer d.chance.Unlock()
	if _, err := io.ReadFull(d.rand, s[:]); err != nil {
		return s, fault.Unavailable("there is no chance to draw a salt from").Because(err)
	}
	return s, nil
}

// keyOf makes the key of an act on the record: the actor's own name for it, so
// that nobody meets another's, in a form that says neither.
func keyOf(by record.Actor, key string) string {
	h := sha256.New()
	for _, part := range []string{"paraph:key:1", string(by.Seat), string(by.Role), by.Person, key} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(part)))
		h.Write(n[:])
		h.Write([]byte(part))
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}
