package tui

import (
	"slices"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// line is a line of text that is being typed.
type line struct {
	text []rune
	at   int // where the cursor stands
}

// room is how long a line may get. No number is longer.
const room = 64

func (l line) String() string { return string(l.text) }

// press changes the line by a key; ok is false if the key is not one for editing.
func (l line) press(k tea.KeyPressMsg) (_ line, ok bool) {
	switch k.String() {
	case "left", "ctrl+b":
		l.at = max(l.at-1, 0)
	case "right", "ctrl+f":
		l.at = min(l.at+1, len(l.text))
	case "home", "ctrl+a":
		l.at = 0
	case "end", "ctrl+e":
		l.at = len(l.text)
	case "backspace", "ctrl+h":
		if l.at > 0 {
			l.text = slices.Delete(slices.Clone(l.text), l.at-1, l.at)
			l.at--
		}
	case "delete", "ctrl+d":
		if l.at < len(l.text) {
			l.text = slices.Delete(slices.Clone(l.text), l.at, l.at+1)
		}
	case "ctrl+u":
		l.text, l.at = slices.Clone(l.text[l.at:]), 0
	case "ctrl+k":
		l.text = slices.Clone(l.text[:l.at])
	default:
		if k.Text == "" {
			return l, false
		}
		return l.insert(k.Text), true
	}
	return l, true
}

// insert types text at the cursor, without what cannot be part of a number: spaces,
// and the marks that people write between digits.
func (l line) insert(text string) line {
	l.text = slices.Clone(l.text)
	for _, r := range text {
		if len(l.text) >= room {
			break
		}
		if !unicode.IsPrint(r) || slices.Contains([]rune(" ()/"), r) {
			continue
		}
		l.text = slices.Insert(l.text, l.at, r)
		l.at++
	}
	return l
}
