package squeeze

// symbolBits are the bits of each symbol: of bytes, of the end of a block, of
// lengths. They are as few as the pages of the demonstration need, with what
// Cyrillic, Arabic, Greek and Chinese letters would need given to the bytes above
// 127. One hexadecimal digit is one symbol.
var symbolBits = bitsOf("" +
	"eeeeeeeeeeaeefeeeeeeeeeeeeeeeeee" +
	"4c5becbebbec878667688889889a665b" +
	"e8a999aab9b999aa9b9999aabaabebee" +
	"e475547765a756556a55567898be8eee" +
	"99999999a99999a99999999999999999" +
	"9999999999999aaaaaaaaa99aaaaa999" +
	"eea9eeeeeeeeee9999eeeeee99eeeeee" +
	"ee99999999eeeeeeeeeeeeeeefeeeeee" +
	"eee998a89a89a99aaaacccdeceeeea")

func bitsOf(digits string) (all [286]uint8) {
	for i := range all {
		all[i] = digits[i] - '0'
		if digits[i] >= 'a' {
			all[i] = digits[i] - 'a' + 10
		}
	}
	return all
}
