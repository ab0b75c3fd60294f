package desk

import (
	"slices"
	"strconv"

	"paraph/record"
)

// sight is a process as one lens sees it.
type sight struct {
	lens    record.Lens
	rooms   rooms
	made    map[record.Ref][]record.Audience // where each thing was made, as far as this lens reads
	entries int                              // how many entries it was folded from
	at      int64                            // time of the last of them, in microseconds; 0 for none
	last    *flight                          // the last of them that may not be durable yet; may be nil
	kept    Kept

	destroyed bool // something it reads was destroyed, and with it the key of an act

	// Guarded by hall.settling: what is durable.
	shown int64         // time of the last durable entry, in microseconds; 0 for none
	news  []item        // the last of what came, in order
	floor int64         // time of the last entry that is no longer among the news, or stood before
	moved chan struct{} // closed when something comes, or the sight is given up
}

// item is one entry as those who watch need to know it.
type item struct {
	at      int64
	touched []string
}

// maxNews is how many items at least are kept for those who watch and are slow.
// Who is slower still is told that anything may have moved.
const maxNews = 512

func newSight(l record.Lens) *sight {
	return &sight{lens: l, made: map[record.Ref][]record.Audience{}, moved: make(chan struct{})}
}

// fold takes an entry in, if the lens reads it, and tells whether it does. One
// whose content was destroyed is counted and says nothing.
func (s *sight) fold(e record.Entry) bool {
	if !s.lens.Reads(e.Audience) {
		return false
	}
	s.entries++
	s.at = e.At.UnixMicro()
	if e.Destroyed {
		s.destroyed = true
		return true
	}
	s.rooms.fold(e)
	for _, ref := range e.Content.Makes {
		if !slices.Contains(s.made[ref], e.Audience) {
			s.made[ref] = append(s.made[ref], e.Audience)
		}
	}
	return true
}

// stood says that all it was folded from was durable before anybody watched.
func (s *sight) stood() { s.shown, s.floor = s.at, s.at }

// tell wakes those who watch.
func (s *sight) tell(items []item) {
	s.news = append(s.news, items...)
	s.shown = items[len(items)-1].at
	if len(s.news) >= 2*maxNews { // seldom, because it moves all that is kept
		over := len(s.news) - maxNews
		s.floor = s.news[over-1].at
		s.news = slices.Delete(s.news, 0, over)
	}
	s.wake()
}

func (s *sight) wake() {
	close(s.moved)
	s.moved = make(chan struct{})
}

// since tells what came after a cursor, and whether anything did.
func (s *sight) since(c Cursor) (Move, bool) {
	at, err := strconv.ParseInt(string(c), 36, 64)
	if err == nil && at == s.shown {
		return Move{}, false
	}
	m := Move{Cursor: cursorAt(s.shown)}
	if err != nil || at < s.floor || at > s.shown {
		m.All = true
		return m, true
	}
	for _, it := range s.news {
		if it.at > at {
			m.Touched = append(m.Touched, it.touched...)
		}
	}
	slices.Sort(m.Touched)
	m.Touched = slices.Compact(m.Touched)
	return m, true
}

func cursorAt(at int64) Cursor { return Cursor(strconv.FormatInt(at, 36)) }
