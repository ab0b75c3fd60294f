package text

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"

	"paraph/draft"
	"paraph/fault"
)

// parseDraft reads the draft of a version.
func parseDraft(src string) (*draft.Text, error) {
	t, err := draft.Parse(src)
	if err != nil {
		return nil, err
	}
	if len(t.Clauses) == 0 || strings.TrimSpace(source(t, 0, len(t.Clauses))) == "" {
		return nil, fault.Invalid("the draft has no words").With("write at least one clause")
	}
	return t, nil
}

// identify gives the clauses of a new version their ids: the ones that they
// have in the version that it follows, or new ones, which say nothing but that
// they are new here.
func identify(version string, t *draft.Text, follows *VersionView) []Clause {
	clauses := make([]Clause, len(t.Clauses))
	for i, c := range t.Clauses {
		clauses[i] = Clause{
			ID:          newClauseID(version, i),
			Label:       c.Label,
			Heading:     c.Heading,
			Fingerprint: draft.Fingerprint(t.Words(i)),
		}
	}
	if follows == nil {
		return clauses
	}
	for _, p := range draft.Match(follows.Text, t) {
		clauses[p.New].ID = follows.Clauses[p.Old].ID
	}
	return clauses
}

// newClauseID gives the first 12 hexadecimal digits of the SHA-256 over the
// version's id and the place of the clause in it.
func newClauseID(version string, at int) string {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(version+"\x00"), uint64(at)))
	return hex.EncodeToString(sum[:6])
}

// fingerprint gives the fingerprint of a whole text, its labels and brackets
// included.
func fingerprint(t *draft.Text) string {
	return draft.Fingerprint(source(t, 0, len(t.Clauses)))
}
