package pbx

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/csta"
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
