package demo

import (
	"context"
	"sync"
	"time"

	"paraph/desk"
	"paraph/record"
	"paraph/text"
)

// stage is where a script is played: a desk whose clock stands where the story
// is, and the clauses that the story speaks of.
type stage struct {
	ctx    context.Context
	desk   *desk.Desk
	script *script
	lens   record.Lens // that reads all versions: the chair's
	texts  map[string]index

	mu  sync.Mutex
	now time.Time
	err error // the first that an act gave
}

// play plays a script. An act is begun when the one before it is decided and
// handed to the log, not when it is durable, so that many share one sync.
func play(ctx context.Context, log record.Log, s *script) error {
	tapped := &tap{Log: log, handed: make(chan struct{}, 1)}
	g := &stage{ctx: ctx, script: s, lens: record.Lens{Seat: s.chair, Role: record.Chair}, texts: map[string]index{}}
	g.desk = desk.New(tapped, desk.Options{Clock: g.clock})
	var acts sync.WaitGroup
	for _, next := range s.steps {
		done := make(chan struct{})
		acts.Go(func() {
			defer close(done)
			g.fail(s.wrong(next.cue, g.do(next)))
		})
		select {
		case <-tapped.handed:
		case <-done:
			select { // what was handed in before it was done is not the next one's
			case <-tapped.handed:
			default:
			}
		}
		if g.failure() != nil {
			break
		}
	}
	acts.Wait()
	return g.failure()
}

func (g *stage) do(next step) error {
	g.mu.Lock()
	g.now = next.at
	g.mu.Unlock()
	act, err := next.act(g)
	if err != nil {
		return err
	}
	_, err = g.desk.Do(g.ctx, g.script.process, next.actor, next.key, act)
	return err
}

// clock gives the time of the act that is being decided.
func (g *stage) clock() time.Time {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.now
}

func (g *stage) fail(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.err == nil {
		g.err = err
	}
}

func (g *stage) failure() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.err
}

// clause gives a clause of a version by its path.
func (g *stage) clause(symbol, path string) (text.Clause, error) {
	x, known := g.texts[symbol]
	if !known {
		err := g.desk.Look(g.ctx, g.script.process, g.lens, func(v desk.View) error {
			found, _ := text.SeeVersion(v.Text, versionID(symbol))
			x = indexOf(found)
			return nil
		})
		if err != nil {
			return text.Clause{}, err
		}
		g.texts[symbol] = x
	}
	return x.find(path)
}

// tap tells when a batch was handed to a log.
type tap struct {
	record.Log
	handed chan struct{}
}

func (t *tap) Append(b record.Batch) *record.Pending {
	p := t.Log.Append(b)
	select {
	case t.handed <- struct{}{}:
	default: // an act that is done anew hands in once more
	}
	return p
}
