package web

import (
	"strings"
	"testing"
)

// What the room of the table lets somebody do is offered on the page, and nothing
// else is.
func TestDelegationsOfferWhatMayBeDone(t *testing.T) {
	h := newTown(t).opened("plenary")
	for _, c := range []struct {
		who   *visitor
		may   []string
		mayNt []string
	}{
		{h.chair, []string{"Admit a seat", "Accredit somebody for NO", "Suspend NO", "Invite"}, []string{"Suspend CH<"}},
		{h.north, []string{"Accredit somebody for NO"}, []string{"Admit a seat", "Accredit somebody for SO", "Suspend NO"}},
		{h.basin, []string{"Accredit somebody for BA"}, []string{"Admit a seat", "Suspend"}},
	} {
		page := c.who.page(h.at + "delegations")
		for _, words := range c.may {
			if !strings.Contains(page, words) {
				t.Errorf("%q is not offered", words)
			}
		}
		for _, words := range c.mayNt {
			if strings.Contains(page, words) {
				t.Errorf("%q is offered", words)
			}
		}
	}
}
