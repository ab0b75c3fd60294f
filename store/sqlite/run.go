package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"paraph/record"
)

// run is a row of entries in one log, as the places of an act are kept.
type run struct {
	Audience record.Audience `json:"audience"`
	First    uint64          `json:"first"`
	Count    int             `json:"count"`
}

func runsOf(entries []record.Entry) []run {
	var runs []run
	for _, e := range entries {
		if n := len(runs); n > 0 && runs[n-1].Audience == e.Audience {
			runs[n-1].Count++
			continue
		}
		runs = append(runs, run{e.Audience, e.Seq, 1})
	}
	return runs
}

const findAct = `SELECT places FROM act WHERE process = ? AND key = ?`

// runsAt reads the places of an act; none when there is no such act.
func runsAt(row *sql.Row) ([]run, error) {
	var places []byte
	err := row.Scan(&places)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var runs []run
	err = json.Unmarshal(places, &runs)
	return runs, err
}

// readRuns reads the entries at the places of an act.
func readRuns(ctx context.Context, q querier, p record.ProcessID, runs []run) ([]record.Entry, error) {
	var entries []record.Entry
	for _, r := range runs {
		part, err := read(ctx, q, p, r.Audience, r.First-1, r.Count)
		if err != nil {
			return nil, err
		}
		if len(part) != r.Count {
			return nil, damaged(p, r.Audience)
		}
		entries = append(entries, part...)
	}
	return entries, nil
}
