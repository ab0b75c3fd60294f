package bargain

import (
	"math/big"

	"paraph/settle"
)

// number is a rational as entries keep it: "3/7".
type number string

func numberOf(r *big.Rat) number {
	if r == nil {
		return ""
	}
	return number(r.RatString())
}

func (n number) rat() *big.Rat {
	if n == "" {
		return nil
	}
	r, ok := new(big.Rat).SetString(string(n))
	if !ok {
		return nil
	}
	return r
}

func rats(table [][]number) [][]*big.Rat {
	return tableOf(table, number.rat)
}

func numbers(table [][]*big.Rat) [][]number {
	return tableOf(table, numberOf)
}

func tableOf[A, B any](table [][]A, each func(A) B) [][]B {
	if table == nil {
		return nil
	}
	out := make([][]B, len(table))
	for i, row := range table {
		if row == nil {
			continue
		}
		out[i] = make([]B, len(row))
		for o, v := range row {
			out[i][o] = each(v)
		}
	}
	return out
}

// worthsOf gives a party's numbers as they are kept.
func worthsOf(issues []string, p settle.Party) worths {
	w := worths{
		Issues: issues, Worth: numbers(p.Worth), Doubt: numbers(p.Doubt),
		Reservation: numberOf(p.Reservation), Weight: numberOf(p.Weight), Discount: numberOf(p.Discount),
	}
	for _, t := range p.Terms {
		kept := term{Worth: numberOf(t.Worth), Outside: t.Outside}
		for _, b := range t.Bounds {
			kept.Bounds = append(kept.Bounds, bound{b.Issue, b.From, b.To})
		}
		w.Terms = append(w.Terms, kept)
	}
	return w
}
