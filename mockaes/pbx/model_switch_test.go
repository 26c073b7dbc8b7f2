package pbx

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/csta"
)

// either does one of several things.
func (m *model) either(does map[string]func() error, with string) {
	what := rapid.SampledFrom(slices.Sorted(maps.Keys(does))).Draw(m.t, "what")
	m.do(what+": "+with, does[what])
}

// adjunct adds a VDN that asks an application, to a lab.
func adjunct(lab *Lab) {
	lab.VDNs = append(lab.VDNs, VDN{Extension: "8005", Name: "Asks", Vector: 5})
	lab.Vectors = append(lab.Vectors, Vector{Number: 5, Name: "Asks", Steps: []string{
		"adjunct routing link 1", "wait-time 5 secs hearing ringback",
		"goto step 6 if available-agents in skill 5001 < 1", "queue-to skill 5001 pri t",
		"stop", "route-to number 1003 with cov y", "busy",
	}})
}

// routing registers an application, answers what it was asked, and cancels it.
func (m *model) routing(t *rapid.T) {
	m.t = t
	if m.unroute == nil {
		r, stop, err := m.s.RouteRegister(csta.RouteRegister{Device: "8005"}, m.routed)
		if err != nil {
			t.Fatal(err)
		}
		m.unroute, m.asked = stop, nil
		t.Logf("an application registers for 8005: %s", r.Register)
		return
	}
	if rapid.IntRange(0, 9).Draw(t, "cancel") == 0 {
		m.stopRouting()
		return
	}
	id := csta.RouteCrossRefID("77")
	if len(m.asked) > 0 && rapid.IntRange(0, 9).Draw(t, "stray") > 0 {
		id = rapid.SampledFrom(m.asked).Draw(t, "dialogue")
	}
	to, agent := m.number(), m.number()
	yes := rapid.Bool().Draw(t, "route used")
	m.either(map[string]func() error{
		"route": func() error {
			return m.s.RouteSelect(csta.RouteSelect{
				Dialogue: id, Selected: to, Alternates: []csta.DeviceID{agent}, WantUsed: &yes,
			})
		},
		"route to an agent": func() error {
			return m.s.RouteSelect(csta.RouteSelect{
				Dialogue: id, Selected: agent,
				Private: csta.RouteSelectPrivate{DirectAgent: "5001"},
			})
		},
		"end":    func() error { return m.s.RouteEnd(csta.RouteEnd{Dialogue: id}) },
		"reject": func() error { return m.s.RouteReject(csta.RouteReject{Dialogue: id}) },
	}, fmt.Sprintf("dialogue %s, %s, %s", id, to, agent))
}

// routed keeps the dialogues that wait for an answer.
func (m *model) routed(ev csta.Event) {
	m.events++
	switch ev := ev.(type) {
	case csta.RouteRequest:
		m.asked = append(m.asked, ev.Dialogue)
	case csta.RouteEnded:
		m.asked = without(m.asked, ev.Dialogue)
	}
}

func (m *model) stopRouting() {
	if m.unroute != nil {
		m.t.Log("the application cancels its registration")
		m.unroute()
		m.unroute = nil
	}
}

// administer does what an administrator does, and what only happens in a switch as a whole.
func (m *model) administer(t *rapid.T) {
	m.t = t
	on, to := rapid.Bool().Draw(t, "on"), m.number()
	agent := fmt.Sprint(rapid.IntRange(4001, 4010).Draw(t, "agent"))
	d := m.station()
	switch rapid.IntRange(0, 5).Draw(t, "what") {
	case 0:
		t.Logf("trunk group in service: %v", on)
		m.s.SetTrunkService(1, on)
	case 1:
		t.Logf("agent %s is logged off: %v", agent, m.s.ForceLogOff(agent))
	case 2:
		t.Logf("%s is unregistered: %v", d, m.s.ForceUnregister(string(d), "2018"))
	case 3:
		t.Logf("%s is registered anew: %v", d, m.s.Reregister(string(d), "the link was lost"))
	case 4:
		m.do(fmt.Sprintf("lamp of %s: %v", d, on), func() error {
			return m.s.SetMessageWaitingIndicator(csta.SetMessageWaitingIndicator{
				Device: d, On: on,
			})
		})
	case 5:
		m.do("predictive call to "+string(to), func() error {
			_, err := m.s.MakePredictiveCall(csta.MakePredictiveCall{
				From: "8001", To: to, AlertTime: int(10 * time.Second / time.Second),
			})
			return err
		})
	}
}

// direct calls an agent directly, for a skill.
func (m *model) direct(t *rapid.T) {
	m.t = t
	req := csta.MakeCall{
		From: m.station(),
		To:   csta.DeviceID(fmt.Sprint(rapid.IntRange(4001, 4010).Draw(t, "agent"))),
	}
	skill := rapid.SampledFrom([]csta.DeviceID{"5001", "5002"}).Draw(t, "skill")
	req.Private.Call = csta.CallPrivateData{Type: csta.DirectAgent, ACDGroup: skill}
	m.do(fmt.Sprintf("%s calls agent %s of %s", req.From, req.To, skill), func() error {
		_, err := m.s.MakeCall(req)
		return err
	})
}
