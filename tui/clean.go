package tui

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// longest is how many characters of a text from the network are looked at. User
// data has 96 bytes at most on Communication Manager; everything else is shorter.
const longest = 300

// clean makes a text from the network fit for a terminal: one line without escape
// sequences, control characters, or characters that turn the direction of the text
// around them.
func clean(text string) string {
	if len(text) > 4*longest {
		text = text[:4*longest]
	}
	text = ansi.Strip(strings.ToValidUTF8(text, "?"))
	var b strings.Builder
	marks := 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > 2 {
				continue // no script stacks more; a pile of them covers other lines
			}
		case unicode.IsPrint(r):
			marks = 0
		case unicode.IsSpace(r):
			r = ' '
		default:
			continue
		}
		b.WriteRune(r)
		if b.Len() >= longest {
			break
		}
	}
	return strings.TrimSpace(b.String())
}
