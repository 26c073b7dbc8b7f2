package tui

import (
	"cmp"
	"slices"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// low is the height under which the screen gives its lines to the calls: the audio has
// one of them, and so has a lost link; events have what is left.
const low = 18

// moreMark follows the heading of what is not shown as a whole.
const moreMark = " (there is more)"

func (m Model) isLow() bool { return m.height < low }

// ranks are the states of calls by how much they matter now.
var ranks = map[csta.ConnectionState]int{
	csta.Connected: -4, csta.Initiated: -4, csta.Fail: -4, csta.Alerting: -3,
	csta.Queued: -2, csta.Held: -1,
}

// ordered are the calls as they are shown: the one that is talked on first, then those
// that ring, then those on hold.
func (m Model) ordered() []calls.Call {
	list := m.state.Board.Calls()
	slices.SortStableFunc(list, func(a, b calls.Call) int {
		return cmp.Compare(ranks[a.State], ranks[b.State])
	})
	return list
}

// body is what is between the header and the keys, in so many lines.
func (m Model) body(room int) []string {
	if m.isLow() {
		audio := m.audioLine()
		if room-len(audio) < 2 {
			return m.callSection(room, len(audio) > 0)
		}
		lines := append(m.callSection(room-len(audio), false), audio...)
		if rest := room - len(lines); rest > 2 {
			lines = append(lines, m.logLines(rest)...)
		}
		return lines
	}
	audio := m.section("audio", m.audioLines())
	lines := append(m.callSection(max(2, room-len(audio)), false), audio...)
	return append(lines, m.logLines(room-len(lines))...)
}

// callSection is the calls in so many lines. Where there are not enough, what is known
// about the calls goes first, the last one's before the others', and then calls go; the
// heading says so. More is whether something else has been left out already.
func (m Model) callSection(room int, more bool) []string {
	title := "calls"
	if more {
		title += moreMark
	}
	blocks := m.callBlocks()
	total := 1
	for _, b := range blocks {
		total += len(b)
	}
	if total <= room {
		return m.section(title, slices.Concat(blocks...))
	}
	for i := len(blocks) - 1; i >= 0 && total > room; i-- {
		keep := max(1, len(blocks[i])-(total-room))
		total -= len(blocks[i]) - keep
		blocks[i] = blocks[i][:keep]
	}
	lines := slices.Concat(blocks...)
	lines = lines[:min(len(lines), max(0, room-1))]
	return m.section("calls"+moreMark, lines)
}
