package calls

import "github.com/wtiphone/wtiphone/csta"

// kind is what an event says of its subject's connection.
type kind int

const (
	initiated kind = iota
	originated
	delivered
	established
	reached // the network, by a trunk
	held
	retrieved
	queued
	failed
	diverted
	cleared
)

// means is the state that the subject's connection is in after each kind of event
// (ECMA-269, call control events). What reached says of the far end is nothing.
var means = map[kind]csta.ConnectionState{
	initiated: csta.Initiated, originated: csta.Connected, delivered: csta.Alerting,
	established: csta.Connected, held: csta.Held, retrieved: csta.Connected,
	queued: csta.Queued, failed: csta.Fail, diverted: csta.Null, cleared: csta.Null,
}

// legal is ECMA-269's connection state model for the events that a device's own
// connection is the subject of. A pair that is not
// here is a surprise, unless it leaves the state as it is.
var legal = map[csta.ConnectionState]map[kind]csta.ConnectionState{
	csta.Null: {
		initiated: csta.Initiated, originated: csta.Connected, delivered: csta.Alerting,
		established: csta.Connected, queued: csta.Queued, failed: csta.Fail,
	},
	csta.Initiated: {originated: csta.Connected, failed: csta.Fail, cleared: csta.Null},
	csta.Alerting: {
		established: csta.Connected, diverted: csta.Null, failed: csta.Fail,
		cleared: csta.Null,
	},
	csta.Connected: {
		held: csta.Held, queued: csta.Queued, failed: csta.Fail, cleared: csta.Null,
	},
	csta.Held: {retrieved: csta.Connected, failed: csta.Fail, cleared: csta.Null},
	csta.Queued: {
		delivered: csta.Alerting, established: csta.Connected, diverted: csta.Null,
		failed: csta.Fail, cleared: csta.Null,
	},
	csta.Fail: {diverted: csta.Null, cleared: csta.Null},
}

// next is the state after an event. ok is false where the model does not allow it;
// the switch is followed all the same.
func next(from csta.ConnectionState, k kind) (to csta.ConnectionState, ok bool) {
	if to, ok := legal[from][k]; ok {
		return to, true
	}
	to, ok = means[k]
	if !ok {
		return from, true
	}
	return to, from == to || from == ""
}
