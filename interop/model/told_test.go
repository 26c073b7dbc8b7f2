package model

import (
	"maps"
	"slices"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// gone is the state of a connection that is not there.
const gone csta.ConnectionState = "gone"

// told is what a monitor was told of connections other than its own, event by event
// and without package calls: for what it was not told of, a board may be wrong.
type told struct {
	own    csta.DeviceID
	states map[csta.ConnectionID]csta.ConnectionState // the last that an event told; gone
	// untold are the connections of which no event has told a state, and the state
	// that they had when they came to the board: told of every change, the monitor
	// would know a later one.
	untold map[csta.ConnectionID]csta.ConnectionState
}

func newTold(own csta.DeviceID) *told {
	return &told{
		own: own, states: map[csta.ConnectionID]csta.ConnectionState{},
		untold: map[csta.ConnectionID]csta.ConnectionState{},
	}
}

// event notes the subject of an event. What is merely named in it, such as the
// calling device, is not told the state of.
func (k *told) event(ev csta.Event) {
	switch ev := ev.(type) {
	case csta.ServiceInitiated:
		k.tell(ev.Connection, csta.Initiated)
	case csta.Originated:
		k.tell(ev.Connection, csta.Connected)
	case csta.Delivered:
		k.tell(ev.Connection, csta.Alerting)
	case csta.Established:
		k.tell(ev.Connection, csta.Connected)
	case csta.HeldEvent:
		k.tell(ev.Connection, csta.Held)
	case csta.Retrieved:
		k.tell(ev.Connection, csta.Connected)
	case csta.QueuedEvent:
		k.tell(ev.Connection, csta.Queued)
	case csta.Failed:
		k.tell(ev.Connection, csta.Fail)
	case csta.Diverted:
		k.left(ev.Connection)
	case csta.ConnectionCleared:
		k.left(ev.Connection)
	case csta.Transferred:
		k.merged(ev.Connections, "", ev.PrimaryOld, ev.SecondaryOld)
	case csta.Conferenced:
		k.merged(ev.Connections, ev.Added.Device, ev.PrimaryOld, ev.SecondaryOld)
	}
}

func (k *told) tell(id csta.ConnectionID, state csta.ConnectionState) {
	k.states[id] = state
	delete(k.untold, id)
}

// left ends a connection. When the own one ends, nothing more is told of the call.
func (k *told) left(id csta.ConnectionID) {
	k.tell(id, gone)
	if id.Device.Same(k.own) {
		k.forget(func(call csta.CallID) bool { return call == id.Call })
	}
}

// merged takes what was told of the old connections to the new ones. What the device
// that joined two calls is afterwards is not told, for it had two connections in them,
// and nothing is of one that joins a single call.
func (k *told) merged(
	list []csta.ConnectionListItem, added csta.DeviceID, old ...csta.ConnectionID,
) {
	joiner := added
	if old[1].Call != "" {
		joiner = old[0].Device
	}
	states, untold := map[csta.ConnectionID]csta.ConnectionState{},
		map[csta.ConnectionID]csta.ConnectionState{}
	for _, item := range list {
		if item.New.Device.Same(joiner) {
			continue
		}
		if state, ok := k.states[item.Old]; ok {
			states[item.New] = state
		}
		if state, ok := k.untold[item.Old]; ok {
			untold[item.New] = state
		}
	}
	k.forget(func(call csta.CallID) bool { return call == old[0].Call || call == old[1].Call })
	maps.Copy(k.states, states)
	maps.Copy(k.untold, untold)
}

// keep forgets the calls that are not on a board (any more): what a bridge is told
// before it answers is not kept.
func (k *told) keep(b calls.Board) {
	k.forget(func(call csta.CallID) bool {
		_, on := b.Call(call)
		return !on
	})
}

// forget forgets calls.
func (k *told) forget(which func(csta.CallID) bool) {
	in := func(id csta.ConnectionID, _ csta.ConnectionState) bool { return which(id.Call) }
	maps.DeleteFunc(k.states, in)
	maps.DeleteFunc(k.untold, in)
}

// knows reports whether an event has told of a connection.
func (k *told) knows(id csta.ConnectionID) bool {
	_, known := k.states[id]
	return known
}

// checkParties holds what a board says of a call to what its monitor was told and to
// what there is.
func (w *world) checkParties(ext string, c calls.Call, now pbx.CallInfo) {
	k := w.told[ext]
	for _, p := range c.Parties {
		is := stateIn(now, p.Connection)
		state, known := k.states[p.Connection]
		switch {
		case known && (state != is || p.State != is):
			w.Fatalf("%s was told that %s is %s, and its board says %q of call %+v",
				ext, p.Connection, state, p.State, now)
		case known:
			continue
		}
		before, seen := k.untold[p.Connection]
		if !seen {
			before = is
			k.untold[p.Connection] = is
		}
		switch {
		case before != is && !w.leftUntold(before, is):
			w.Fatalf("%s was not told that %s, which was %s, is %s now, in call %+v",
				ext, p.Connection, before, is, now)
		case !assumed(p, is, c):
			w.Fatalf("the board of %s says, unasked, that %s is %q in call %+v",
				ext, p.Connection, p.State, now)
		}
	}
	w.checkNothingIsForgotten(ext, c, now)
}

// checkNothingIsForgotten: whoever an event has told of is on the board.
func (w *world) checkNothingIsForgotten(ext string, c calls.Call, now pbx.CallInfo) {
	for id, state := range w.told[ext].states {
		if id.Call != c.ID || id.Device.Same(w.told[ext].own) {
			continue
		}
		is := stateIn(now, id)
		switch {
		case w.leftUntold(state, is):
			continue
		case is == gone && state == csta.Fail:
			continue // a failed connection ends without a word
		case state != is:
			w.Fatalf("%s was told that %s is %s, in call %+v", ext, id, state, now)
		case state != gone && !slices.ContainsFunc(c.Parties, func(p calls.Party) bool {
			return p.Connection == id
		}):
			w.Fatalf("%s was told that %s is %s, but it is not on its board: %+v",
				ext, id, state, c.Parties)
		}
	}
}

// leftUntold reports whether a connection can have ended without a word to others than
// the monitors of its own device: those alone are told that a call is diverted.
func (w *world) leftUntold(before, is csta.ConnectionState) bool {
	waited := before == csta.Alerting || before == csta.Queued
	return waited && is == gone && !w.features.DivertedToAll
}

func stateIn(c pbx.CallInfo, id csta.ConnectionID) csta.ConnectionState {
	for _, p := range c.Parties {
		if p.Connection == id {
			return p.State
		}
	}
	return gone
}

// assumed reports whether a board may say so of a party of which no event has told a
// state, and which is in a state, or gone. It may leave the state open; it may take it
// that parties are connected (ECMA-269: a caller is, while the call is delivered; a
// merger lists its parties without their states). That somebody is there at all it may
// take only of the caller, who can have left before the call came here.
func assumed(p calls.Party, is csta.ConnectionState, c calls.Call) bool {
	switch {
	case is == gone:
		return p.State == csta.Connected && c.Calling.Device.Same(p.Connection.Device)
	case p.State == "" || p.State == is:
		return true
	}
	return p.State == csta.Connected
}
