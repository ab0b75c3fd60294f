package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// drawnAtRandom is what differs between two towns by chance: ids, keys, tokens, and
// the times of entries, which their clocks give as they are asked.
var drawnAtRandom = regexp.MustCompile(`[A-Za-z0-9_-]{20,}|cursor=[a-z0-9]+`)

// TestWaysInTellNothing holds two towns against each other. In one a delegation
// has people whom nobody else knows, with invitations open, places taken, a member
// struck and one who is being let back in; in the other it has not. No caller
// from outside that delegation can tell, on any route of people or of the table.
func TestWaysInTellNothing(t *testing.T) {
	whole, purged := newTown(t).opened("plenary"), newTown(t).opened("plenary")
	nils, nina := whole.joins(whole.north, "NO", "member", "Nils", "internal:NO"), whole.joins(whole.north, "NO", "adviser", "Nina", "internal:NO")
	whole.north.shown(whole.at+"people", keyed("seat", "NO", "capacity", "member", "name", "Nanna", "audience", "internal:NO", "invite", "yes"))
	nils.done("/account/lost", nil)
	whole.north.shown(whole.at+"people/"+whole.persons[nils]+"/vouch", keyed())
	nina.done("/account/places/"+string(whole.id)+"/leave", nil)
	strangers := func(h *hall) []*visitor { return []*visitor{h.visitor(), h.south, h.basin, h.chair} }
	asked, shown := 0, 0
	others := strangers(purged)
	for i, v := range strangers(whole) {
		who := []string{"nobody", "the other head", "the observer", "the chair"}[i]
		for _, pattern := range whole.server.Patterns() {
			method, path, _ := strings.Cut(pattern, " ")
			if pattern == "GET /live" || strings.HasSuffix(path, "/lock") || path == "/sign-out" || path == "/account/lost" || path == "/new" || strings.HasSuffix(path, "/leave") {
				continue
			}
			// Where a person is asked about, it is one whom the caller does not know.
			form := keyed("seat", "NO", "name", "X", "for", "sign-in", "draft", "1. Words.", "reason", "Because.")
			ask := func(h *hall, v *visitor, person string) string {
				at := strings.NewReplacer("{$}", "", "{process}", string(h.id), "{person}", person, "{", "", "}", "").Replace(path)
				w := v.get(at)
				if method == "POST" {
					w = v.post(at, url.Values(form))
				}
				return drawnAtRandom.ReplaceAllString(strings.ReplaceAll(strings.ReplaceAll(written(w), person, ""), at, ""), "…")
			}
			a, b := ask(whole, v, whole.persons[nils]), ask(purged, others[i], "somebody-who-never-was")
			asked++
			if strings.HasPrefix(a, "200") {
				shown++
			}
			if a != b {
				t.Errorf("%s can tell on %s who is in another delegation:\n%s\n%s", who, pattern, around(a, b), around(b, a))
			}
		}
	}
	if asked < 150 || shown < 50 {
		t.Errorf("asked %d times, %d pages were shown: too few to tell anything", asked, shown)
	}
	if page := whole.north.page(whole.at + "delegations"); !strings.Contains(page, "is being let back in") || !strings.Contains(page, "invited, until") {
		t.Error("the head of the delegation does not see how its people get in")
	}
}

// around gives where one answer begins to differ from another.
func around(a, b string) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	return a[max(0, at-120):min(len(a), at+160)]
}
