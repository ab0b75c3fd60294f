package docx

import (
	_ "embed"
	"strings"
)

//go:embed styles.xml
var styleSheet string

// The paragraph styles: of headings by their level, of clauses with a number and
// of those without by their depth. A reader knows depth and level by them.
var (
	headingStyles = []string{"Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6"}
	clauseStyles  = []string{"Clause", "Clause2", "Clause3", "Clause4", "Clause5", "Clause6"}
	passageStyles = []string{"Passage", "Passage2", "Passage3", "Passage4", "Passage5", "Passage6"}
)

// characterStyles are the names of styles in the document.
var characterStyles = [...]literalMarkup{
	bracketMark: "Bracket", holderList: "Holder", optionMark: "Option", noText: "NoText",
	placeholder: "Placeholder", noteMark: "NoteMark", editorial: "EditorialBracket",
}

// seatColours tell seats apart beside their names, dark enough to be read on
// white and to be printed black.
var seatColours = [...]literalMarkup{
	"1D4F91", "A3341F", "23683A", "6B3D99", "7A5200", "0C6470",
	"97236B", "55620C", "3F3FA8", "6E4527", "465567", "B02A4E",
}

// styles gives the part that defines the styles, for words in a language.
func styles(lang string) []byte {
	var m markup
	m.tag(xmlHead, `<w:styles `, wordSpace, ">\n")
	var own, other markup
	own.text(lang)
	other.text("ar-SA")
	if rightToLeftLanguage(lang) {
		own, other = markup{}, markup{}
		own.text("en")
		other.text(lang)
	}
	m.buf = append(m.buf, strings.NewReplacer(`"LANG"`, `"`+own.String()+`"`, `"BIDI"`, `"`+other.String()+`"`).Replace(styleSheet)...)
	m.tag(`</w:styles>`)
	return m.buf
}

// rightToLeftLanguage tells whether a language tag is of one that is written from
// right to left.
func rightToLeftLanguage(tag string) bool {
	main, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch main {
	case "ar", "he", "fa", "ur", "ps", "ug", "yi", "sd", "ckb", "dv", "syr":
		return true
	}
	return false
}
