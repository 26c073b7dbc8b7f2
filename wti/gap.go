package wti

import (
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// Gap is what a session says after it healed: between From and To events may have
// been missed. Each monitor gets exactly one for each time that the connection was
// lost, before any event that came after it, and with it the device as it is now:
// calls.Board.Reconcile makes a board right again from that, without guessing. A monitor
// whose filter was misread by the server gets one, too ([Session.MonitorOnly]).
//
// The session's own stream ([Session.Events]) gets one too, without a snapshot.
type Gap struct {
	From, To time.Time
	Cause    error // why the connection was lost, or the filter given up
	Resumed  bool  // the application session itself survived, and its monitors

	// Missing is what could not be restored, in words for people; nil for nothing. A
	// registration among it is an [ErrNotRegistered].
	Missing []error

	// Snapshot is the monitored device after the gap, and Calls the parties of its
	// calls. Nil where the monitor is not of a device, or AES refused: then Missing
	// says so.
	Snapshot *csta.DeviceSnapshot
	Calls    map[csta.CallID]csta.CallSnapshot

	ref csta.MonitorCrossRefID
}

// EventName is Gap; no server sends it.
func (Gap) EventName() string { return "Gap" }

// CrossRef is the monitor's id after the gap.
func (g Gap) CrossRef() csta.MonitorCrossRefID { return g.ref }

// movesCalls reports whether a snapshot that is newer than an event has what the
// event says, so that the event must not be applied after it.
func movesCalls(ev csta.Event) bool {
	switch ev.(type) {
	case csta.ServiceInitiated, csta.Originated, csta.Delivered, csta.Established,
		csta.NetworkReached, csta.HeldEvent, csta.Retrieved, csta.QueuedEvent, csta.Diverted,
		csta.Failed, csta.ConnectionCleared, csta.CallCleared, csta.Transferred,
		csta.Conferenced:
		return true
	}
	return false
}
