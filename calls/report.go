package calls

import (
	"cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// report is what a call control event says, whatever its members are called.
type report struct {
	name        string // on the wire
	kind        kind
	conn        csta.ConnectionID     // the subject
	device      csta.ExtendedDeviceID // the subject's device
	calling     csta.ExtendedDeviceID
	called      csta.ExtendedDeviceID
	redirection csta.RedirectionDeviceID
	arrival     csta.ArrivalPrivate
	common      csta.CallEvent
}

// reportOf reads an event about one connection; ok is false for all others.
func reportOf(ev csta.Event) (r report, ok bool) {
	switch ev := ev.(type) {
	case csta.ServiceInitiated:
		r = report{
			kind: initiated, conn: ev.Connection, device: ev.Device,
			calling: ev.Device, common: ev.CallEvent,
		}
	case csta.Originated:
		r = report{
			kind: originated, conn: ev.Connection, device: ev.Calling,
			calling: ev.Calling, called: ev.Called, common: ev.CallEvent,
		}
		r.common.UserData = cmp.Or(ev.UserData, ev.Private.UserData)
	case csta.Delivered:
		r = report{
			kind: delivered, conn: ev.Connection, device: ev.Alerting,
			calling: ev.Calling, called: ev.Called, redirection: ev.Redirection,
			arrival: ev.Private.ArrivalPrivate, common: ev.CallEvent,
		}
	case csta.Established:
		r = report{
			kind: established, conn: ev.Connection, device: ev.Answering,
			calling: ev.Calling, called: ev.Called, redirection: ev.Redirection,
			arrival: ev.Private.ArrivalPrivate, common: ev.CallEvent,
		}
	case csta.NetworkReached:
		r = report{
			kind: reached, conn: ev.Connection, device: ev.Called, calling: ev.Calling,
			called: ev.Called, redirection: ev.Redirection, common: ev.CallEvent,
		}
		if ev.Redirection.Device != "" && ev.Connection.Device != "" {
			r.device = csta.Party(ev.Connection.Device) // another was called
		}
	case csta.QueuedEvent:
		r = report{
			kind: queued, conn: ev.Connection, device: ev.Queue, calling: ev.Calling,
			called: ev.Called, redirection: ev.Redirection, common: ev.CallEvent,
		}
	case csta.Failed:
		r = report{
			kind: failed, conn: ev.Connection, device: ev.Failing, calling: ev.Calling,
			called: ev.Called, redirection: ev.Redirection, common: ev.CallEvent,
		}
	case csta.HeldEvent:
		r = report{kind: held, conn: ev.Connection, device: ev.Holding, common: ev.CallEvent}
	case csta.Retrieved:
		r = report{
			kind: retrieved, conn: ev.Connection, device: ev.Retrieving,
			common: ev.CallEvent,
		}
	case csta.Diverted:
		r = report{
			kind: diverted, conn: ev.Connection, device: ev.Diverting, calling: ev.Calling,
			called: ev.Called, redirection: ev.Redirection, common: ev.CallEvent,
		}
	case csta.ConnectionCleared:
		r = report{
			kind: cleared, conn: ev.Connection, device: ev.Releasing,
			common: ev.CallEvent,
		}
	default:
		return report{}, false
	}
	r.name = ev.EventName()
	return r.completed(), r.conn.Call != ""
}

// completed names the subject's device where only one of its two names was sent.
// For a cleared connection the two differ in meaning: the releasing device may be
// another than the dropped one, which alone counts.
func (r report) completed() report {
	if r.conn.Device == "" {
		r.conn.Device = r.device.Device
	}
	if r.device.IsZero() || r.kind == cleared {
		r.device = csta.Party(r.conn.Device)
	}
	return r
}

// ends reports whether the subject's connection is over.
func (r report) ends() bool { return r.kind == diverted || r.kind == cleared }
