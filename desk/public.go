package desk

import (
	"context"
	"slices"

	"paraph/record"
)

// public is the processes of which the public reads something. What was once
// published stays so.
type public struct {
	known  map[record.ProcessID]bool
	listed bool // the log was gone through once: known holds all
}

// published tells whether the public reads anything of a process. The log is
// asked for the process and the audience at once, and for nothing else: so what is
// hidden and what is not there are looked up alike, in the same time, and neither
// is taken into memory, where it would push out what others use.
func (d *Desk) published(ctx context.Context, p record.ProcessID) (bool, error) {
	d.mu.Lock()
	known := d.public.known[p]
	d.mu.Unlock()
	if known {
		return true, nil
	}
	first, err := d.log.Read(ctx, p, record.Public, 0, 1)
	if err != nil || len(first) == 0 {
		return false, err
	}
	d.publish(p)
	return true, nil
}

func (d *Desk) publish(p record.ProcessID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.public.known[p] = true
}

// heard takes note of what an act has published.
func (d *Desk) heard(p record.ProcessID, r Receipt) {
	if slices.ContainsFunc(r.Entries, func(e record.Entry) bool { return e.Audience == record.Public }) {
		d.publish(p)
	}
}

// open refuses one who looks from outside at a process of which nothing is public.
func (d *Desk) open(ctx context.Context, p record.ProcessID, by record.Actor) error {
	if plain(by.Lens()) != (record.Lens{}) {
		return nil
	}
	there, err := d.published(ctx, p)
	if err == nil && !there {
		err = absent()
	}
	return err
}

// allPublished lists the processes of which the public reads something. It goes
// through all processes once: to do so each time would tell by how long it takes
// how many there are.
func (d *Desk) allPublished(ctx context.Context) ([]record.ProcessID, error) {
	d.mu.Lock()
	listed := d.public.listed
	d.mu.Unlock()
	if !listed {
		all, err := d.log.Processes(ctx)
		if err != nil {
			return nil, err
		}
		for _, p := range all {
			if _, err := d.published(ctx, p); err != nil {
				return nil, err
			}
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.public.listed = true
	var all []record.ProcessID
	for p := range d.public.known {
		all = append(all, p)
	}
	return all, nil
}
