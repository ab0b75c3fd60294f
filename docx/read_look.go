package docx

import (
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// look reads how a run looks: what it says itself, else its styles.
func (r *reading) look(e *etree.Element, p *Paragraph) Run {
	like := Run{}
	s := r.styles.letters(p.Style, attr(child(e, "w:rStyle"), "w:val"))
	like.Bold, like.Italic, like.Struck, like.Hidden, like.Colour = s.bold, s.italic, s.struck, s.hidden, s.colour
	if p.Heading > 0 {
		like.Bold = false // a heading's own
	}
	like.style = r.styles.all[attr(child(e, "w:rStyle"), "w:val")].name
	letters, ground := "", ""
	for _, c := range elements(e) {
		if c.Space != "w" {
			continue
		}
		switch c.Tag {
		case "b":
			like.Bold, like.strong = on(c), on(c)
		case "i":
			like.Italic, like.slant = on(c), on(c)
		case "strike", "dstrike":
			like.Struck = like.Struck && c.Tag == "dstrike" || on(c)
		case "vanish":
			like.Hidden = on(c)
		case "u":
			like.Underlined = on(c)
		case "color":
			letters = colour(attr(c, "w:val"))
		case "highlight":
			ground = colour(attr(c, "w:val"))
		case "shd":
			if fill := colour(attr(c, "w:fill")); ground == "" {
				ground = fill
			}
		case "rPrChange":
			if ch, _ := change(c); len(p.Format) < 1000 {
				p.Format = append(p.Format, ch)
			}
		}
	}
	switch {
	case ground != "":
		like.Colour = ground
	case letters != "":
		like.Colour = letters
	}
	return like
}

// colour gives the plain name of a colour: of the palette for highlighting, or of
// six hexadecimal digits; empty for black, white, grey and the automatic one.
func colour(s string) string {
	switch s {
	case "", "auto", "none", "black", "white", "lightGray", "darkGray":
		return ""
	case "cyan", "magenta", "red", "green", "blue", "yellow":
		return s
	}
	if name, dark := strings.CutPrefix(s, "dark"); dark {
		return map[string]string{"Blue": "blue", "Cyan": "cyan", "Green": "green", "Magenta": "magenta", "Red": "red", "Yellow": "yellow"}[name]
	}
	n, err := strconv.ParseUint(s, 16, 32)
	if err != nil || len(s) != 6 {
		return ""
	}
	r, g, b := int(n>>16), int(n>>8&0xff), int(n&0xff)
	return hue(r, g, b)
}

// hue names a colour by the angle of its hue in the colour circle.
func hue(r, g, b int) string {
	high, low := max(r, g, b), min(r, g, b)
	span := high - low
	if span < 40 {
		return ""
	}
	var angle int
	switch high {
	case r:
		angle = 60 * (g - b) / span
	case g:
		angle = 120 + 60*(b-r)/span
	default:
		angle = 240 + 60*(r-g)/span
	}
	angle = (angle + 360) % 360
	switch {
	case angle < 15 || angle >= 345:
		return "red"
	case angle < 45:
		return "orange"
	case angle < 70:
		return "yellow"
	case angle < 165:
		return "green"
	case angle < 200:
		return "cyan"
	case angle < 265:
		return "blue"
	}
	return "magenta"
}

// symbols are letters of the font Symbol, by their place in it, as Unicode has them.
var symbols = map[rune]rune{
	0x2d: '−', 0xa3: '≤', 0xb0: '°', 0xb1: '±', 0xb3: '≥', 0xb4: '×', 0xb7: '•', 0xb9: '≠', 0xa7: '§', 0xbc: '…',
	0x61: 'α', 0x62: 'β', 0x67: 'γ', 0x64: 'δ', 0x44: 'Δ', 0x6c: 'λ', 0x6d: 'μ', 0x70: 'π', 0x53: 'Σ', 0x73: 'σ', 0x57: 'Ω',
	0xae: '→', 0xac: '←', 0xde: '⇒', 0xd4: '™', 0xd2: '®', 0xd3: '©',
}

// symbol gives a character that is named by its place in a font.
func (r *reading) symbol(e *etree.Element) string {
	n, err := strconv.ParseUint(attr(e, "w:char"), 16, 32)
	if err != nil {
		r.note("w:r/w:sym", "a symbol without a number")
		return ""
	}
	place := rune(n)
	font := attr(e, "w:font")
	if place >= 0xf000 && place <= 0xf0ff {
		place -= 0xf000
		if u, known := symbols[place]; known && strings.EqualFold(font, "Symbol") {
			return string(u)
		}
		if place == 0xb7 || strings.HasPrefix(font, "Wingdings") && (place == 0xa7 || place == 0x6c) {
			return "•"
		}
		r.note("w:r/w:sym", "a symbol of the font "+shortened(font, 40)+", which is shown by a stand-in")
		return "\uFFFD"
	}
	if place == 0 || place > 0x10ffff || place >= 0xd800 && place < 0xe000 {
		return "\uFFFD"
	}
	return string(place)
}
