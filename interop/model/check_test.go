package model

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// check holds the switch to what is true of every switch, and the boards to it.
func (w *world) check() {
	st := w.s.State()
	w.checkCalls(st)
	w.checkAgents(st)
	w.checkBoards(st)
}

// checkCalls: no connection without a call, and nobody talks in two active calls.
func (w *world) checkCalls(st pbx.State) {
	seen := map[csta.ConnectionID]bool{}
	talks := map[csta.DeviceID]csta.CallID{}
	for _, c := range st.Calls {
		alive := false
		for _, p := range c.Parties {
			id := p.Connection
			switch {
			case id.Call != c.Call || p.State == csta.Null:
				w.Fatalf("connection %s is %s in call %s", id, p.State, c.Call)
			case seen[id]:
				w.Fatalf("connection %s is there twice", id)
			}
			seen[id] = true
			alive = alive || p.State != csta.Alerting
			attends := p.State == csta.Connected || p.State == csta.Initiated
			if !attends || p.Outside || !strings.HasPrefix(id.Device.Extension(), "10") {
				continue
			}
			if other, two := talks[id.Device]; two {
				w.Fatalf("%s talks in calls %s and %s", id.Device, other, c.Call)
			}
			talks[id.Device] = c.Call
		}
		if !alive {
			w.Fatalf("call %s goes on with nobody in it: %+v", c.Call, c.Parties)
		}
	}
}

// checkAgents: every agent is in exactly one state, at one station at most, and the
// switch tells the same of it whoever asks.
func (w *world) checkAgents(st pbx.State) {
	at := map[string]string{}
	for _, a := range st.Agents {
		if (a.State == csta.AgentNullState) != (a.Station == "") {
			w.Fatalf("agent %s is %s at %q", a.ID, a.State, a.Station)
		}
		if a.Station == "" {
			continue
		}
		if other := at[a.Station]; other != "" {
			w.Fatalf("agents %s and %s are at %s", a.ID, other, a.Station)
		}
		at[a.Station] = a.ID
		told, err := w.s.GetAgentState(csta.GetAgentState{Device: csta.DeviceID(a.Station)})
		if err != nil || len(told.Agents) != 1 || told.Agents[0].AgentID != a.ID {
			w.Fatalf("agent %s: %+v, %v", a.ID, told, err)
		}
		for _, at := range told.Agents[0].Skills {
			if at.State != a.State {
				w.Fatalf("agent %s is %s, and %s at skill %s", a.ID, a.State, at.State, at.Skill)
			}
		}
	}
	for _, sk := range st.Skills {
		if len(sk.Waiting) > 0 && sk.Available > 0 {
			w.Fatalf("skill %s: %d calls wait for %d free agents",
				sk.Extension, len(sk.Waiting), sk.Available)
		}
	}
}

// checkBoards compares what monitors told, through package calls, with what there is.
// The own connections and their states are all known from events. Of the others a
// party that came later is not told; but nobody is on a board who is not in the call,
// or in another state than there.
func (w *world) checkBoards(st pbx.State) {
	for _, ext := range w.order {
		var now, told []string
		present := map[csta.CallID]pbx.CallInfo{}
		for _, c := range st.Calls {
			if i := slices.IndexFunc(c.Parties, own(ext)); i >= 0 {
				now = append(now, fmt.Sprintf("%s %s", c.Call, c.Parties[i].State))
				present[c.Call] = c
			}
		}
		for _, c := range w.boards[ext].Calls() {
			told = append(told, fmt.Sprintf("%s %s", c.ID, c.State))
		}
		slices.Sort(now)
		slices.Sort(told)
		if !slices.Equal(now, told) {
			w.Fatalf("at %s there is %v, and its board has %v", ext, now, told)
		}
		for _, c := range w.boards[ext].Calls() {
			w.checkParties(ext, c, present[c.ID])
		}
	}
}

func own(ext string) func(pbx.PartyInfo) bool {
	return func(p pbx.PartyInfo) bool {
		return p.Connection.Device.Extension() == ext && !p.Absent
	}
}

// checkSnapshots takes a snapshot for each board: it has nothing new to tell of the
// own connections, and makes the rest known.
func (w *world) checkSnapshots() {
	for _, ext := range w.order {
		b := w.boards[ext]
		snap, err := w.s.SnapshotDevice(csta.SnapshotDevice{Device: b.Device()})
		if err != nil {
			w.Fatalf("%v", err)
		}
		parties := map[csta.CallID]csta.CallSnapshot{}
		for _, c := range b.Calls() {
			parties[c.ID], err = w.s.SnapshotCall(csta.SnapshotCall{Call: c.Own})
			if err != nil {
				w.Fatalf("call %s of %s: %v", c.ID, ext, err)
			}
		}
		_, changes := b.Reconcile(snap, parties, w.clock.Now())
		for _, c := range changes {
			if !w.told[ext].couldNotKnow(c) {
				w.Fatalf("a snapshot tells %s: %s", ext, c)
			}
		}
	}
}

// couldNotKnow reports whether a snapshot says what no event has said.
func (k *told) couldNotKnow(c calls.Change) bool {
	switch c.Kind {
	case calls.Identified, calls.Informed:
		return true
	case calls.Joined, calls.Moved, calls.Left:
		return !k.knows(c.Party.Connection)
	}
	return false
}
