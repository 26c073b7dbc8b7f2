package pbx

import (
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/internal/panel"
)

type kind int

const (
	stationKind kind = iota
	vdnKind
	skillKind
	announcementKind
	agentKind
	huntKind
	outsideKind
)

// device is whatever can be a party: a number of the switch, or, for as long as it
// is in a call, a party outside.
type device struct {
	ext      string
	id       csta.DeviceID
	kind     kind
	name     string
	parties  []*party   // its connections, the oldest first
	monitors []*monitor // in the order in which they were started
	touched  bool       // see Switch.touch
	idled    uint64     // how often its last connection has gone

	station      *station // what it is, by kind; the others are nil
	vdn          VDN
	skill        *skill
	announcement Announcement
	agent        *agent
	hunt         *huntGroup
	outside      *outside
}

// station is what a telephone has.
type station struct {
	lab   Station
	agent *agent   // who is logged in here
	calls []*party // by appearance; nil is a free one

	bridges []*device   // stations on which this one's calls appear as well
	sendAll bool        // all calls go to coverage (do not disturb)
	forward string      // where all calls are forwarded to; empty: nowhere
	message bool        // the message lamp is lit
	panel   panel.Panel // what the telephone shows; see settlePanel
	joining joining     // a transfer or conference that was begun by a button
	tones   *toneCollector
	rung    panel.Ring // what an application wants of the ringer
	hard    hardware

	listeners []*listener
}

// active is the connection that the station's user attends to, if any: there is at
// most one.
func (d *device) active() *party {
	for _, p := range d.parties {
		switch p.state {
		case csta.Initiated, csta.Connected, csta.Fail:
			return p
		}
	}
	return nil
}

// freeAppearance is the first free appearance, -1 if there is none. The last one is
// kept for calls that the station makes (CM: restrict last appearance).
func (st *station) freeAppearance(outgoing bool) int {
	free := slices.Index(st.calls, nil)
	if !outgoing && free == len(st.calls)-1 && free > 0 {
		return -1
	}
	return free
}

// party is a connection: one device's part in one call.
type party struct {
	call       *call
	dev        *device
	state      csta.ConnectionState
	appearance int    // of a station; -1 elsewhere
	stepped    bool   // joined by a single step conference
	silent     bool   // listens only, and is not counted as somebody who is there
	absent     bool   // a busy device's failed connection: the device has no part in it
	skill      *skill // whose call this is, at an agent
	timer      *timer // ends ringing, or an announcement
	since      time.Time
	cover      []string // the coverage points that are left
	dialled    string   // on the keypad, so far
	leg        LegID    // of an outside party
	play       Play     // what the party itself plays: an announcement, a tone
	deafTo     []*party // those whom it does not hear
}

func (p *party) id() csta.ConnectionID {
	return csta.ConnectionID{Call: p.call.id, Device: p.dev.id}
}

// talker reports whether somebody is there: a person, or a machine outside.
func (p *party) talker() bool {
	if p.dev.kind != stationKind && p.dev.kind != outsideKind || p.silent {
		return false
	}
	switch p.state {
	case csta.Initiated, csta.Connected, csta.Held:
		return true
	case csta.Fail:
		return !p.absent
	}
	return false
}

// hearsDialTone reports whether nothing has been dialled yet.
func (p *party) hearsDialTone() bool { return p.state == csta.Initiated && p.dialled == "" }

// pending reports whether the party may still become a talker, or serves one.
func (p *party) pending() bool {
	switch p.state {
	case csta.Alerting, csta.Queued:
		return true
	case csta.Connected:
		return p.dev.kind == announcementKind
	case csta.Fail:
		return p.absent
	}
	return false
}
