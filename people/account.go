package people

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"paraph/fault"
	"paraph/record"
)

// Account is a person as the machine knows one.
type Account struct {
	ID            string
	Name          string
	Administrator bool // runs the machine; reads no process by it
	MayConvene    bool // may open processes
	Made          time.Time
	Passkeys      int // how many the account has that are not locked
}

// accountDoc is what is kept of an account, and held in memory.
type accountDoc struct {
	Name          string
	Administrator bool `json:",omitempty"`
	MayConvene    bool `json:",omitempty"`
	Made          time.Time
	Subject       subject  `json:",omitzero"`  // who it is at the first step; zero until it was passed
	Watchers      []string `json:",omitempty"` // accounts to be told of its first sign-in after a recovery
}

func (a accountDoc) view(id string, passkeys int) Account {
	return Account{id, a.Name, a.Administrator, a.MayConvene, a.Made, passkeys}
}

// Account gives one account; not found when there is none.
func (r *Register) Account(ctx context.Context, id string) (Account, error) {
	a, ok := r.account(id)
	if !ok {
		return Account{}, noAccount()
	}
	passkeys := 0
	err := r.book.View(ctx, func(p Pages) (err error) {
		passkeys, err = countPasskeys(p, id)
		return err
	})
	return a.view(id, passkeys), err
}

// Accounts gives all accounts, by name.
func (r *Register) Accounts(ctx context.Context) ([]Account, error) {
	passkeys := map[string]int{}
	err := r.book.View(ctx, func(p Pages) error {
		clear(passkeys)
		return each(p, kindPasskey, "", func(_ string, k passkeyDoc) error {
			if !k.Locked {
				passkeys[k.Account]++
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	var all []Account
	r.mu.RLock()
	defer r.mu.RUnlock()
	for id, a := range r.accounts {
		all = append(all, a.view(id, passkeys[id]))
	}
	slices.SortFunc(all, func(a, b Account) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return all, nil
}

// Empower sets what an account may do on the machine, also for its open
// sessions. It is a conflict to leave the machine without an administrator.
func (r *Register) Empower(ctx context.Context, id string, administrator, mayConvene bool) error {
	return r.changeAccount(ctx, id, func(a *accountDoc) error {
		if a.Administrator && !administrator && r.onlyAdministrator(id) {
			return fault.Conflict("nobody else is an administrator").With("make somebody else one first")
		}
		a.Administrator, a.MayConvene = administrator, mayConvene
		return nil
	})
}

// Rename changes the name of an account: one line of at most 200 bytes.
func (r *Register) Rename(ctx context.Context, id, name string) error {
	name, err := checkName("the name", name)
	if err != nil {
		return err
	}
	return r.changeAccount(ctx, id, func(a *accountDoc) error {
		a.Name = name
		return nil
	})
}

func (r *Register) changeAccount(ctx context.Context, id string, change func(*accountDoc) error) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	a, ok := r.account(id)
	if !ok {
		return noAccount()
	}
	if err := change(&a); err != nil {
		return err
	}
	return r.changeInTurn(ctx,
		func(p Pages) error { return keep(p, kindAccount, id, a) },
		func() { r.accounts[id] = a })
}

// CloseAccount ends an account: its sessions, tokens, passkeys, places and
// notices are gone, and so is what it let others in by and that nobody has used:
// its open invitations, and the recoveries that it vouched for, of which those
// are told who were told of them. What it did in a process stays on the record
// there. It is a conflict to leave the machine without an administrator.
func (r *Register) CloseAccount(ctx context.Context, id string) error {
	r.turn.Lock()
	defer r.turn.Unlock()
	a, ok := r.account(id)
	if !ok {
		return noAccount()
	}
	if a.Administrator && r.onlyAdministrator(id) {
		return fault.Conflict("nobody else is an administrator").With("make somebody else one first")
	}
	places := r.placesOf(id)
	over := r.endSessions(func(s *session) bool { return s.account == id })
	return r.changeInTurn(ctx, func(p Pages) error {
		for _, at := range places {
			if err := removePlace(p, at); err != nil {
				return err
			}
		}
		return cmp.Or(r.withdrawAll(p, id), removeSessions(p, over), removePasskeys(p, id), removeTokens(p, tokensOf(id)),
			removeAll(p, kindNotice, id+"/"), p.Delete(kindAccount, id))
	}, func() {
		for _, at := range places {
			r.unsettle(at)
		}
		r.forgetTokens(tokensOf(id))
		delete(r.accounts, id)
	})
}

func (r *Register) account(id string) (accountDoc, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	a, ok := r.accounts[id]
	return a, ok
}

func (r *Register) onlyAdministrator(id string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for other, a := range r.accounts {
		if other != id && a.Administrator {
			return false
		}
	}
	return true
}

func removeAll(p Pages, kind, prefix string) error {
	return p.Each(kind, prefix, func(key string, _ []byte) error { return p.Delete(kind, key) })
}

func noAccount() error { return fault.NotFound("there is no such account") }

const longestName = 200 // bytes

// checkName gives a name as it is kept. What would turn the letters around it
// about is refused: names stand within the sentences of pages.
func checkName(what, name string) (string, error) {
	name = strings.TrimSpace(name)
	if err := record.CheckLine(what, name, record.Required); err != nil {
		return "", err
	}
	if len(name) > longestName {
		return "", fault.Invalid("%s is longer than %d bytes", what, longestName).With("shorten it")
	}
	turns := func(r rune) bool {
		return unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == '\ufeff'
	}
	if strings.ContainsFunc(name, turns) {
		return "", fault.Invalid("%s holds marks that nobody sees", what).With("take them out")
	}
	return name, nil
}
