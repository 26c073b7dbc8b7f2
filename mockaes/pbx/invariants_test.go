package pbx

import (
	"maps"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/csta"
)

func (m *model) check(t *rapid.T) {
	m.t = t
	st := m.s.State()
	checkCalls(t, st, m.attempts())
	checkAgents(t, st)
	checkQueues(t, st)
	m.checkWaiting(st)
	m.checkEvents(st)
	m.checkMedia(st)
}

// attempts are how many lines are taken by what vectors have asked of another switch.
func (m *model) attempts() (n int) {
	for _, e := range m.s.tiesInOrder() {
		if e.run != nil {
			n++
		}
	}
	return n
}

func checkCalls(t *rapid.T, st State, attempts int) {
	seen := map[csta.ConnectionID]bool{}
	attends := map[csta.DeviceID]csta.CallID{}
	outside := 0
	for _, c := range st.Calls {
		talkers := 0
		for _, p := range c.Parties {
			if seen[p.Connection] {
				t.Fatalf("%s is there twice", p.Connection)
			}
			seen[p.Connection] = true
			ext := p.Connection.Device.Extension()
			station := strings.HasPrefix(ext, "10") && len(ext) == 4
			if p.Connection.Call != c.Call || p.State == csta.Null {
				t.Fatalf("connection %s (%s) in call %s", p.Connection, p.State, c.Call)
			}
			if p.Outside {
				outside++
			}
			if station && p.State != csta.Alerting && !p.Absent {
				talkers++
			}
			if p.Outside && p.State == csta.Connected {
				talkers++
			}
			if station && !p.Absent && p.State != csta.Alerting && p.State != csta.Held {
				if other, two := attends[p.Connection.Device]; two {
					t.Fatalf("%s attends to calls %s and %s", ext, other, c.Call)
				}
				attends[p.Connection.Device] = c.Call
			}
		}
		predictive := len(c.Parties) == 1 && c.Parties[0].Outside &&
			c.Parties[0].State == csta.Alerting
		if talkers == 0 && !predictive || len(c.Parties) > 8 {
			t.Fatalf("call %s has %d talkers and %d parties", c.Call, talkers, len(c.Parties))
		}
	}
	used := 0
	for _, g := range st.Trunks {
		used += g.Used
	}
	if used != outside+attempts {
		t.Fatalf("%d lines are in use by %d outside parties and %d attempts",
			used, outside, attempts)
	}
}

func checkAgents(t *rapid.T, st State) {
	answered, ringing := map[string]bool{}, map[string]bool{}
	idle := map[string]bool{}
	for _, a := range st.Agents {
		idle[a.Station] = true
	}
	for _, c := range st.Calls {
		for _, p := range c.Parties {
			ext := p.Connection.Device.Extension()
			idle[ext] = idle[ext] && p.Absent
			if p.Skill != "" {
				answered[ext] = answered[ext] || p.State != csta.Alerting
				ringing[ext] = ringing[ext] || p.State == csta.Alerting
			}
		}
	}
	stations := map[string]string{}
	for _, a := range st.Agents {
		if other := stations[a.Station]; a.Station != "" && other != "" {
			t.Fatalf("agents %s and %s are at %s", a.ID, other, a.Station)
		}
		stations[a.Station] = a.ID
		busy := a.State == csta.AgentBusyState
		if answered[a.Station] != busy && !ringing[a.Station] {
			t.Fatalf("agent %s is %s, with a call: %v", a.ID, a.State, answered[a.Station])
		}
		if (a.State == csta.AgentNullState) != (a.Station == "") {
			t.Fatalf("agent %s is %s at %q", a.ID, a.State, a.Station)
		}
	}
}

// checkWaiting lets no call wait for an agent who is free: for anybody of its skill, or, if
// it is a direct agent call, for that agent.
func (m *model) checkWaiting(st State) {
	for i, sk := range m.s.skills {
		for _, w := range sk.queue {
			if w.only == nil && st.Skills[i].Available > 0 || w.only != nil && w.only.available() {
				m.t.Fatalf("skill %s: call %s waits, and %d agents are free",
					sk.lab.Extension, w.call.id, st.Skills[i].Available)
			}
		}
	}
}

func checkQueues(t *rapid.T, st State) {
	for _, sk := range st.Skills {
		var queued []csta.CallID
		for _, c := range st.Calls {
			for _, p := range c.Parties {
				if p.State == csta.Queued && p.Connection.Device.Extension() == sk.Extension {
					queued = append(queued, c.Call)
				}
			}
		}
		waiting := slices.Clone(sk.Waiting)
		slices.Sort(waiting)
		slices.Sort(queued)
		if !slices.Equal(waiting, queued) {
			t.Fatalf("skill %s: queue %v, connections %v", sk.Extension, waiting, queued)
		}
	}
}

// checkEvents compares what monitors were told with what there is.
func (m *model) checkEvents(st State) {
	now := map[string]map[csta.CallID]csta.ConnectionState{}
	for ext := range m.own {
		now[ext] = map[csta.CallID]csta.ConnectionState{}
	}
	for _, c := range st.Calls {
		for _, p := range c.Parties {
			if of := now[p.Connection.Device.Extension()]; of != nil && !p.Absent {
				of[c.Call] = p.State
			}
		}
	}
	if diff := cmp.Diff(now, m.own); diff != "" {
		m.t.Fatalf("what there is (-) is not what monitors were told (+):\n%s", diff)
	}
}

// checkMedia holds what is to be heard to what there is.
func (m *model) checkMedia(st State) {
	live := map[csta.CallID]bool{}
	for _, c := range st.Calls {
		live[c.Call] = true
	}
	used := map[LegID]bool{}
	for _, call := range slices.Sorted(maps.Keys(m.ear.heard)) {
		here := map[LegID]bool{}
		for _, h := range m.ear.heard[call] {
			if used[h.Leg] || h.Leg == 0 {
				m.t.Fatalf("leg %d is in two places", h.Leg)
			}
			used[h.Leg], here[h.Leg] = true, true
			if _, open := m.ear.open[h.Leg]; h.Kind == Terminal && !open {
				m.t.Fatalf("leg %d of call %s is not open", h.Leg, call)
			}
		}
		for _, h := range m.ear.heard[call] {
			for _, from := range h.From {
				if !here[from] || from == h.Leg {
					m.t.Fatalf("leg %d hears %d, which is not in call %s", h.Leg, from, call)
				}
			}
		}
		if !live[call] {
			m.t.Fatalf("call %s is over but still to be heard", call)
		}
	}
	for leg := range m.ear.open {
		if !used[leg] {
			m.t.Fatalf("leg %d is open but in no call", leg)
		}
	}
}

// everybodyLeaves lets every call end: whoever can hang up does.
func (m *model) everybodyLeaves() {
	m.stopRouting() // a restored switch has no applications
	m.checkSave()
	for range 100 {
		calls := m.s.State().Calls
		if len(calls) == 0 {
			break
		}
		for _, p := range calls[0].Parties {
			if p.Outside {
				_ = m.s.OutsideHangUp(p.Connection)
			} else {
				_ = m.s.ClearConnection(csta.ClearConnection{Target: p.Connection})
			}
		}
	}
	st := m.s.State()
	if len(st.Calls) > 0 || st.Trunks[0].Used > 0 {
		m.t.Fatalf("calls that do not end: %+v", st.Calls)
	}
	m.check(m.t)
}
