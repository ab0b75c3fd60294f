package people

import (
	"encoding/json"
	"fmt"

	"paraph/fault"
)

// The kinds of pages. What stands in them is JSON; their fields only grow.
const (
	kindKey        = "key"        // name → bytes
	kindAccount    = "account"    // account → accountDoc
	kindPasskey    = "passkey"    // account/passkey → passkeyDoc
	kindCredential = "credential" // passkey → account
	kindSession    = "session"    // digest of the token → sessionDoc
	kindPlace      = "place"      // account/process → Place
	kindTaken      = "taken"      // process/person → account
	kindInvitation = "invitation" // id → invitationDoc
	kindInvited    = "invited"    // process/person → id of the invitation
	kindLink       = "link"       // digest of the link's token → id of the invitation
	kindTicket     = "ticket"     // digest of the ticket → ticketDoc
	kindRecovery   = "recovery"   // process/person → recoveryDoc
	kindToken      = "token"      // digest of the secret → Token
	kindNotice     = "notice"     // account/notice → Notice
)

// load reads a page; not found when there is none.
func load[T any](p Pages, kind, key string) (v T, err error) {
	doc, err := p.Get(kind, key)
	if err != nil {
		return v, err
	}
	return parse[T](kind, doc)
}

// find reads a page, and tells whether there is one.
func find[T any](p Pages, kind, key string) (v T, there bool, err error) {
	v, err = load[T](p, kind, key)
	if fault.KindOf(err) == fault.KindNotFound {
		return v, false, nil
	}
	return v, err == nil, err
}

func keep(p Pages, kind, key string, v any) error {
	doc, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("a %s cannot be written: %w", kind, err)
	}
	return p.Put(kind, key, doc)
}

// each reads the pages of a kind whose key begins with prefix.
func each[T any](p Pages, kind, prefix string, do func(key string, v T) error) error {
	return p.Each(kind, prefix, func(key string, doc []byte) error {
		v, err := parse[T](kind, doc)
		if err != nil {
			return err
		}
		return do(key, v)
	})
}

func parse[T any](kind string, doc []byte) (v T, err error) {
	if err := json.Unmarshal(doc, &v); err != nil {
		return v, fault.Unavailable("the book of people is damaged: a %s in it cannot be read", kind).
			With("restore it from a backup").Because(err)
	}
	return v, nil
}
