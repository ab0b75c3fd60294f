package docx

import (
	"strconv"
	"strings"
)

// number writes a number in one of the forms of ISO/IEC 29500-1, 17.18.59, and
// tells whether the form is known; if not, it is written in digits.
func number(n int, format string) (string, bool) {
	switch format {
	case "decimal":
		return strconv.Itoa(n), true
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n), true
		}
		return strconv.Itoa(n), true
	case "upperRoman":
		return roman(n), true
	case "lowerRoman":
		return strings.ToLower(roman(n)), true
	case "upperLetter":
		return repeatedLetter(n), true
	case "lowerLetter":
		return strings.ToLower(repeatedLetter(n)), true
	case "ordinal":
		return strconv.Itoa(n) + ordinalEnding(n), true
	case "cardinalText":
		return upperFirst(cardinal(n)), true
	case "ordinalText":
		return upperFirst(ordinalWord(n)), true
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -", true
	case "arabicAlpha":
		return nth(n, "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"), true
	case "arabicAbjad":
		return nth(n, "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"), true
	case "russianLower":
		return nth(n, "абвгдежзиклмнопрстуфхцчшщэюя"), true
	case "russianUpper":
		return strings.ToUpper(nth(n, "абвгдежзиклмнопрстуфхцчшщэюя")), true
	case "none":
		return "", true
	}
	return strconv.Itoa(n), false
}

// nth gives the letter of a number, repeated when the alphabet is over.
func nth(n int, alphabet string) string {
	letters := []rune(alphabet)
	if n < 1 || n > 30*len(letters) {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(letters[(n-1)%len(letters)]), (n-1)/len(letters)+1)
}

// repeatedLetter gives A to Z, then AA, BB, …
func repeatedLetter(n int) string { return nth(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") }

func roman(n int) string {
	if n < 1 || n > 32_000 {
		return strconv.Itoa(n)
	}
	var out strings.Builder
	for _, d := range []struct {
		value int
		word  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= d.value {
			out.WriteString(d.word)
			n -= d.value
		}
	}
	return out.String()
}

func ordinalEnding(n int) string {
	if n%100 >= 11 && n%100 <= 13 {
		return "th"
	}
	switch n % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}

var (
	small = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tens  = strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")
	odd   = map[string]string{"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth"}
)

// cardinal writes a number in English words, up to 999,999.
func cardinal(n int) string {
	switch {
	case n < 0 || n > 999_999:
		return strconv.Itoa(n)
	case n < 20:
		return small[n]
	case n < 100 && n%10 == 0:
		return tens[n/10]
	case n < 100:
		return tens[n/10] + "-" + small[n%10]
	case n < 1000 && n%100 == 0:
		return small[n/100] + " hundred"
	case n < 1000:
		return small[n/100] + " hundred " + cardinal(n%100)
	case n%1000 == 0:
		return cardinal(n/1000) + " thousand"
	}
	return cardinal(n/1000) + " thousand " + cardinal(n%1000)
}

func ordinalWord(n int) string {
	words := cardinal(n)
	at := strings.LastIndexAny(words, " -") + 1
	last := words[at:]
	switch {
	case odd[last] != "":
		last = odd[last]
	case strings.HasSuffix(last, "y"):
		last = strings.TrimSuffix(last, "y") + "ieth"
	default:
		last += "th"
	}
	return words[:at] + last
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
