// Package page shows a draft as HTML and SVG: the text with its brackets, a
// comparison, and the run of the figures over versions. The same components
// make the files of the command line and the pages of the server.
//
// It is pure: it takes values and writes characters. It knows no seat's rights
// and hides nothing; what it is given is shown. Nothing of a text enters a page
// but through escaping (see markup.go), and no component needs script.
//
// Read text.go first; then document.go, which makes a file that stands alone.
package page

import (
	"context"
	_ "embed"
	"io"
	"strconv"
	"unicode/utf8"

	"paraph/draft"
	"paraph/record"
)

// Style is the style sheet that all components need: light, dark, print and
// right-to-left. Its colours are custom properties on :root.
//
//go:embed text.css
var Style string

// SeatClasses is the number of classes seat-0, seat-1 … that Style tells apart.
// Seats beyond it begin again at seat-0: their chips still name them.
const SeatClasses = 12

// Component is a piece of a page that writes itself. It is what templ takes as
// a component, without a need for templ.
type Component interface {
	Render(ctx context.Context, w io.Writer) error
}

// component makes a Component of a function that writes markup.
type component func(*markup)

func (c component) Render(ctx context.Context, w io.Writer) error {
	var m markup
	c(&m)
	return m.flush(ctx, w)
}

// HTML renders a component to a string.
func HTML(c Component) (string, error) {
	var m markup
	if err := c.Render(context.Background(), &m); err != nil {
		return "", err
	}
	return string(m.buf), nil
}

// SeatClass gives the class of a seat among seats ("seat-3"), by its place;
// "seat-none" for one that is not there.
func SeatClass(seats []record.Seat, seat record.Seat) string {
	for i, s := range seats {
		if s == seat {
			return "seat-" + strconv.Itoa(i%SeatClasses)
		}
	}
	return "seat-none"
}

// seatsOf gives the seats whose order sets the classes: those the caller names,
// else those the text declares.
func seatsOf(given []record.Seat, t *draft.Text) []record.Seat {
	if len(given) > 0 {
		return given
	}
	return t.Front.Seats
}

// runes counts characters, for widths.
func runes(s string) int { return utf8.RuneCountInString(s) }
