package tui

import (
	"slices"
	"strings"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

const indent = "    "

// callBlocks are the calls, each with what is known about it below its first line. When
// there are none it is the last one: what was known of it is still needed for the work
// after it.
func (m Model) callBlocks() [][]string {
	list := m.ordered()
	if len(list) == 0 {
		return [][]string{m.lastCall()}
	}
	var blocks [][]string
	for _, c := range list {
		blocks = append(blocks, slices.Concat([]string{m.callLine(c)},
			m.flow(m.parties(c), indent, ", "), m.flow(m.facts(c), indent, "  ")))
	}
	return blocks
}

// callLine is a call in a line: its state, whom it is with, and for how long.
func (m Model) callLine(c calls.Call) string {
	mark := "  "
	if c.ID == m.selected {
		mark = "> "
	}
	words := callWords(c)
	state := pad(words, 11)
	switch words {
	case "RINGING":
		state = m.styles.alert.Render(words) + strings.Repeat(" ", 11-len(words))
	case "FAILED":
		state = m.styles.bad.Render(state)
	case "connected":
		state = m.styles.good.Render(state)
	}
	text := mark + state + m.number(c.ID) + m.direction(c)
	if c.Cause != "" && words == "FAILED" {
		text += ": " + clean(string(c.Cause))
	}
	for _, f := range m.flights {
		if f.conn.Call == c.ID && f.conn.Call != "" {
			verb := strings.TrimSuffix(f.name, " call "+string(c.ID))
			text += m.styles.warn.Render(" (" + clean(verb) + " asked for)")
		}
	}
	return m.fit(text, m.times(c))
}

// number is the call's id, by which keys and the list of events name it.
func (m Model) number(id csta.CallID) string {
	if m.width < 60 {
		return clean(string(id)) + " "
	}
	return "call " + clean(string(id)) + " "
}

// direction is who called whom. The own number is not worth the room.
func (m Model) direction(c calls.Call) string {
	if !c.Incoming {
		return "to " + name(c.Called)
	}
	text := "from " + name(c.Calling)
	if c.Called.Device != "" && !c.Called.Device.Same(m.state.Board.Device()) && m.width >= 60 {
		text += " to " + name(c.Called)
	}
	return text
}

// times are how long a call has been in its state, and how long ago it was answered
// if that is something else and there is room.
func (m Model) times(c calls.Call) string {
	state := m.span(c.Since)
	if c.Answered.IsZero() || (m.width < 60 || m.o.Plain) && c.State != csta.Connected {
		return state
	}
	if c.State == csta.Connected {
		return m.span(c.Answered)
	}
	return state + " of " + m.span(c.Answered)
}

// parties are the others in a call, unless the call's first line says it all.
func (m Model) parties(c calls.Call) []string {
	if len(c.Parties) == 1 && c.Parties[0].State == csta.Connected &&
		c.Parties[0].Device == c.Peer() && c.Peer() == first(c) {
		return nil
	}
	var list []string
	for i, p := range c.Parties {
		text := name(p.Device) + " " + stateWords(p.State)
		if i == 0 {
			text = "with " + text
		}
		list = append(list, text)
	}
	return list
}

// first is whom a call's first line names.
func first(c calls.Call) csta.ExtendedDeviceID {
	if c.Incoming {
		return c.Calling
	}
	return c.Called
}

// facts are what is known of where a call comes from.
func (m Model) facts(c calls.Call) []string {
	var list []string
	add := func(name, value string) {
		if value != "" {
			list = append(list, m.styles.faint.Render(name)+" "+clean(value))
		}
	}
	called := c.Called.Device
	if m.width < 60 && c.Incoming && !called.Same(m.state.Board.Device()) && !called.Same(c.VDN) {
		add("called", c.Called.Device.Extension())
	}
	add("VDN", c.VDN.Extension())
	add("skill", c.Skill.Extension())
	add("digits", c.Digits)
	add("UUI", c.UUI)
	if !c.Redirection.Device.Same(c.VDN) {
		add("redirected by", c.Redirection.Device.Extension())
	}
	if o := c.Origin.Device; !o.Same(c.Calling.Device) && !o.Same(m.state.Board.Device()) {
		add("first caller", c.Origin.Device.Extension())
	}
	if c.Consults != "" {
		add("about call", string(c.Consults))
	}
	if m.width >= 100 && !m.o.Plain {
		add("UCID", c.UCID)
	}
	return list
}

// lastCall is the call that ended last.
func (m Model) lastCall() []string {
	lines := []string{"  no calls"}
	ended := m.state.Board.Ended()
	for _, c := range ended {
		if c.Ending == calls.Merged {
			continue
		}
		c = handedOn(c, ended)
		text := "  last call: " + m.direction(c) + ", " + endingWords(c)
		if c.Cause != "" && c.Answered.IsZero() {
			text += ": " + clean(string(c.Cause))
		}
		lasted := ""
		if !c.Answered.IsZero() {
			lasted = m.duration(c.Ended.Sub(c.Answered))
		}
		lines = append(lines, m.fit(m.styles.faint.Render(text), lasted))
		return append(lines, m.flow(m.facts(c), indent, "  ")...)
	}
	return lines
}

// handedOn is the call that a transfer was about. It ends both the call that was handed on
// and the consultation, at one moment; the older of the two is the one to remember.
func handedOn(c calls.Call, ended []calls.Call) calls.Call {
	for _, other := range ended {
		if c.Ending == calls.Transferred && other.Ending == calls.Transferred &&
			other.Ended.Equal(c.Ended) && other.Began.Before(c.Began) {
			c = other
		}
	}
	return c
}

func endingWords(c calls.Call) string {
	at := " at " + c.Ended.Format("15:04:05")
	switch {
	case c.Ending == calls.Transferred:
		return "transferred" + at
	case c.Ending == calls.Diverted:
		return "went elsewhere" + at
	case c.Answered.IsZero():
		return "not answered" + at
	}
	return "ended" + at
}
