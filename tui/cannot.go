package tui

import (
	"github.com/wtiphone/wtiphone/csta"
)

// Each function here says why something cannot be done now, in words that tell what
// could be done instead; "" means that it can. They fit into the list of all keys on
// 80 columns.

// offline is why nothing can be asked of the switch.
func (m Model) offline() string {
	switch m.state.Link.Status {
	case Live:
		return ""
	case Healing:
		return "the link to AES is being made anew"
	case Lost:
		return "the link to AES is lost"
	}
	return "not connected to AES yet"
}

// unless is why, if the switch could be asked but ok does not hold.
func (m Model) unless(ok bool, why string) string {
	if off := m.offline(); off != "" {
		return off
	}
	if ok {
		return ""
	}
	return why
}

func (m Model) cannotAnswer() string {
	return m.unless(!m.can().Answer.IsZero(), "no call rings")
}

func (m Model) cannotHangUp() string {
	why := "there is no call to hang up"
	if _, rings := m.state.Board.Alerting(); rings {
		why = "a ringing call can only be answered"
	}
	return m.unless(!m.can().HangUp.IsZero(), why)
}

func (m Model) cannotHold() string {
	v := m.can()
	why := "there is no call to hold or to retrieve"
	if _, held := m.state.Board.Held(); held {
		why = "another call is active: s swaps the two"
	}
	return m.unless(!v.Hold.IsZero() || !v.Retrieve.IsZero(), why)
}

func (m Model) cannotDial() string {
	return m.unless(m.can().Dial, "a call is active: o holds it, c consults")
}

func (m Model) cannotConsult() string {
	why := m.onlyHeld("only an active call can be consulted about")
	if _, _, ok := m.state.Board.Consultation(); ok {
		why = "a consultation is going on: x gives it up"
	}
	return m.unless(!m.can().Consult.IsZero(), why)
}

func (m Model) cannotTransfer() string {
	why := m.onlyHeld("there is no call to transfer")
	if _, active := m.state.Board.Active(); active {
		why = "nobody was consulted: c does, T goes without"
	}
	if _, _, ok := m.state.Board.Consultation(); ok {
		why = "whom you consult cannot take it: x gives up"
	}
	return m.unless(m.can().Transfer, why)
}

func (m Model) cannotTransferBlindly() string {
	why := m.onlyHeld("only an active call can be transferred")
	if _, _, ok := m.state.Board.Consultation(); ok {
		why = "a consultation is going on: t transfers"
	}
	return m.unless(!m.can().BlindTransfer.IsZero(), why)
}

func (m Model) cannotConfer() string {
	why := m.onlyHeld("a conference needs a consultation: c starts one")
	return m.unless(m.can().Conference, why)
}

// onlyHeld is why, or that the call on hold has to be taken first.
func (m Model) onlyHeld(why string) string {
	if !m.can().Retrieve.IsZero() {
		return "the call is on hold: o takes it back first"
	}
	return why
}

func (m Model) cannotSwap() string {
	return m.unless(m.can().Swap, "swapping needs an active call and one on hold")
}

func (m Model) cannotCancel() string {
	why := "there is no consultation to give up"
	if _, _, ok := m.state.Board.Consultation(); ok {
		why = "the consultation is on hold: s swaps the two"
	}
	return m.unless(m.can().Cancel, why)
}

func (m Model) cannotType() string {
	v := m.can()
	return m.unless(!v.Digits.IsZero() || v.Dial, "digits can be sent in an active call")
}

func (m Model) isLoggedIn() bool {
	s := m.state.Agent.State
	return s != "" && s != csta.AgentNullState
}

func (m Model) cannotWork() string {
	return m.unless(m.isLoggedIn(), "no agent is logged in: l logs in")
}

func (m Model) cannotBeReady() string {
	if why := m.cannotWork(); why != "" {
		return why
	}
	// A change that waits for the call to end can be taken back by asking for ready.
	switch a := m.state.Agent; {
	case a.State == csta.AgentReadyState && a.Pending == "":
		return "the agent is ready already"
	case a.Pending == csta.AgentReadyState,
		a.State == csta.AgentBusyState && a.Pending == "" && a.Mode == csta.AutoIn:
		return "the agent is ready after the call anyhow"
	}
	return ""
}

func (m Model) cannotWrapUp() string {
	if why := m.cannotWork(); why != "" {
		return why
	}
	switch a := m.state.Agent; {
	case a.State == csta.AgentACWState:
		return "this is after-call work already"
	case a.Pending == csta.AgentACWState:
		return "after-call work follows the call already"
	}
	return ""
}

func (m Model) cannotRegister() string {
	if m.o.Audio == nil {
		return "this phone carries no audio"
	}
	return m.unless(m.levels.Unregistered, "the switch has ended no registration")
}

func (m Model) cannotMute() string {
	switch {
	case m.o.Audio == nil:
		return "this phone carries no audio"
	case !m.levels.Active:
		return "there is no audio to mute"
	}
	return ""
}

func (m Model) cannotChoose() string {
	if len(m.state.Board.Calls()) < 2 {
		return "there are not two calls to choose from"
	}
	return ""
}
