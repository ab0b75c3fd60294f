package record

import (
	"encoding/json"
	"fmt"
)

// Body reads the body of an entry into a room's own struct. It panics, with
// the place, when it cannot: such an entry was never written by this program,
// and no state may be built on a guess.
func Body[T any](e Entry) T {
	var v T
	if err := json.Unmarshal(e.Content.Body, &v); err != nil {
		panic(fmt.Sprintf("%s, %s, entry %d: %s does not decode: %v", e.Process, e.Audience, e.Seq, e.Content.Kind, err))
	}
	return v
}

// Unknown is what a room panics with when it meets a kind that it does not
// know: the record was written by a newer program.
func Unknown(e Entry) string {
	return fmt.Sprintf("%s, %s, entry %d: unknown kind %q", e.Process, e.Audience, e.Seq, e.Content.Kind)
}
