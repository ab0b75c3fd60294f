package settle

import "slices"

// mostTrials is how many packages are tried one by one where terms make the
// issues depend on each other.
const mostTrials = 4_000_000

// trialBatch is how many packages are laid out before they are sieved.
const trialBatch = 1 << 16

// trial is the frontier of a problem with terms, by trying every package. Those
// of a batch are sieved together with what earlier batches left.
type trial struct {
	p     *Problem
	w     *wide
	pulse *pulse

	rows     []uint64 // what each package of the batch is worth
	packages []int32  // its options
}

// run gives the packages of the frontier by falling utilities.
func (t *trial) run() ([]Package, error) {
	k := make(Package, len(t.p.Issues))
	row := make([]uint64, len(t.p.Parties)*t.w.limbs)
	for more := true; more; more = k.next(t.p) {
		if err := t.pulse.beat(1); err != nil {
			return nil, err
		}
		if !t.p.Feasible(k) {
			continue
		}
		if t.w.evaluate(t.p, k, row); !t.w.accepts(row) {
			continue
		}
		t.rows = append(t.rows, row...)
		for _, o := range k {
			t.packages = append(t.packages, int32(o))
		}
		if t.len() >= trialBatch {
			if err := t.sieve(); err != nil {
				return nil, err
			}
		}
	}
	if err := t.sieve(); err != nil {
		return nil, err
	}
	all := make([]Package, t.len())
	for i := range all {
		all[i] = make(Package, len(k))
		for j := range k {
			all[i][j] = int(t.packages[i*len(k)+j])
		}
	}
	return all, nil
}

func (t *trial) len() int { return len(t.packages) / len(t.p.Issues) }

// sieve leaves of the batch what no other package of it covers.
func (t *trial) sieve() error {
	width, issues := len(t.p.Parties)*t.w.limbs, len(t.p.Issues)
	pack := func(i int32) []int32 { return t.packages[int(i)*issues : int(i+1)*issues] }
	kept, err := nondominated(t.w.ranks(t.rows, make([]uint, len(t.p.Parties))), len(t.p.Parties), func(a, b int32) bool {
		return slices.Compare(pack(a), pack(b)) < 0
	}, t.pulse)
	if err != nil {
		return err
	}
	var rows []uint64
	var packages []int32
	for _, i := range kept {
		rows = append(rows, t.rows[int(i)*width:int(i+1)*width]...)
		packages = append(packages, pack(i)...)
	}
	t.rows, t.packages = rows, packages
	return nil
}

// next makes a package the one after it in lexicographic order; false after the last.
func (k Package) next(p *Problem) bool {
	for i := len(k) - 1; i >= 0; i-- {
		if k[i]++; k[i] < len(p.Issues[i].Options) {
			return true
		}
		k[i] = 0
	}
	return false
}
