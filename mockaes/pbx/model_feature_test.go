package pbx

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/internal/panel"
)

func (m *model) feature(t *rapid.T) {
	m.t = t
	d, on := m.station(), rapid.Bool().Draw(t, "on")
	if rapid.Bool().Draw(t, "send all calls") {
		m.do(fmt.Sprintf("%s sends all calls: %v", d, on), func() error {
			return m.s.SetDoNotDisturb(csta.SetDoNotDisturb{Device: d, On: on})
		})
		return
	}
	to := m.number()
	m.do(fmt.Sprintf("%s forwards to %s: %v", d, to, on), func() error {
		return m.s.SetForwarding(csta.SetForwarding{Device: d, Activate: on, To: to})
	})
}

func (m *model) party(t *rapid.T) {
	m.t = t
	d, id := m.station(), m.connection()
	what := rapid.SampledFrom([]string{
		"join", "join silently", "pick up", "group pickup", "answer at a bridge", "clear call",
	}).Draw(t, "what")
	m.do(fmt.Sprintf("%s: %s, %s", d, what, id), func() (err error) {
		switch what {
		case "join", "join silently":
			req := csta.SingleStepConferenceCall{Active: id, Device: d}
			if what != "join" {
				req.Participation = csta.SilentParticipation
			}
			_, err = m.s.SingleStepConferenceCall(req)
		case "pick up":
			_, err = m.s.DirectedPickupCall(csta.DirectedPickupCall{Target: id, Device: d})
		case "group pickup":
			_, err = m.s.GroupPickupCall(csta.GroupPickupCall{Device: "1008"})
		case "answer at a bridge":
			err = m.s.AnswerCall(csta.AnswerCall{Target: at(id, "1007")})
		case "clear call":
			err = m.s.ClearCall(csta.ClearCall{Target: id})
		}
		return err
	})
}

var buttons = []string{
	"263", "264", "265", csta.ButtonHold, csta.ButtonTransfer, csta.ButtonConference,
	panel.Drop, "1", "0", "2", panel.Pound, "999",
}

// press presses buttons at the first three stations, which are registered most of
// the time, or lifts or hangs up their handsets.
func (m *model) press(t *rapid.T) {
	m.t = t
	d := m.terminal()
	if rapid.IntRange(0, 5).Draw(t, "hook") == 0 {
		on := rapid.Bool().Draw(t, "on hook")
		m.do(fmt.Sprintf("%s on hook %v", d, on), func() error {
			return m.s.SetHookswitchStatus(csta.SetHookswitchStatus{Device: d, OnHook: on})
		})
		return
	}
	b := rapid.SampledFrom(buttons).Draw(t, "button")
	m.do(fmt.Sprintf("%s presses %s", d, b), func() error {
		return m.s.ButtonPress(csta.ButtonPress{Device: d, Button: b})
	})
}

func (m *model) pass(t *rapid.T) {
	m.t = t
	d := time.Duration(rapid.IntRange(1, 30_000).Draw(t, "ms")) * time.Millisecond
	t.Logf("%v pass", d)
	m.clock.Advance(d)
}

func (m *model) register(t *rapid.T) {
	m.t = t
	req := csta.RegisterTerminal{Device: m.station(), Media: &csta.MediaInfo{
		RTP: csta.IPAddress{Address: "192.0.2.9", Port: 4000},
	}}
	req.Login.Password = "123456"
	req.Login.MediaMode = csta.MediaClient
	owner := rapid.IntRange(1, 3).Draw(t, "owner")
	if rapid.IntRange(0, 2).Draw(t, "on") > 0 {
		t.Logf("register %s: %v", req.Device, m.s.register(req, owner))
		return
	}
	t.Logf("unregister %s: %v", req.Device,
		m.s.Unregister(csta.UnregisterTerminal{Device: req.Device}, owner))
}
