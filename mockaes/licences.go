package mockaes

import (
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// Licences is what AES may use of the licences that its license manager (WebLM) has. The
// zero value is no end of them, at once.
type Licences struct {
	TSAPI *uint64 // TSAPI Basic User: stations and skills; nil is without end
	DMCC  *uint64 // registered terminals; nil is without end
	// Fetch is how long WebLM takes for one request. AES makes one request after another.
	Fetch    time.Duration
	Reserved Reserved
}

// Reserved is what AES fetches with one request (Avaya: Reserved Licenses).
type Reserved struct {
	TSAPI uint64 // when it starts; the others one by one
	DMCC  uint64 // at the first registration, and again whenever these are used up
}

func (l Licences) check() error {
	if l.TSAPI != nil && l.Reserved.TSAPI > *l.TSAPI {
		return mistake("Licences.Reserved.TSAPI",
			"licences: %d of tsapi are reserved, of %d: want no more than there are",
			l.Reserved.TSAPI, *l.TSAPI)
	}
	if l.DMCC != nil && l.Reserved.DMCC > *l.DMCC {
		return mistake("Licences.Reserved.DMCC",
			"licences: %d of dmcc are reserved, of %d: want no more than there are",
			l.Reserved.DMCC, *l.DMCC)
	}
	if l.Fetch < 0 {
		return mistake("Licences.Fetch", "licences: fetched in %v: want no negative time", l.Fetch)
	}
	return nil
}

// licences are those in use. A TSAPI Basic User licence is that of a station or a skill,
// whichever sessions work with it: it is in use from the first request on that needs one,
// as long as the device is monitored or, a station, has any call (Avaya: AE Services
// overview, TSAPI basic user license). What the switch ends is found out when somebody
// asks.
type licences struct {
	server *Server
	clock  clock.Clock

	mu     sync.Mutex // may be held while the switch is called, and taken with Server.mu
	held   map[csta.DeviceID]*licence
	tsapi  supply
	dmcc   supply
	coming uint64 // registrations that wait for WebLM
}

// licence is that of a device.
type licence struct {
	device   csta.DeviceID // as the switch calls it, with the switch's name
	requests int           // under way
	monitors int
	idled    uint64    // of the device when neither was left, and calls were
	ready    time.Time // when WebLM has given it
}

func newLicences(o Licences, s *Server) *licences {
	return &licences{
		server: s, clock: s.opts.Clock, held: make(map[csta.DeviceID]*licence),
		tsapi: newSupply(o.TSAPI, o.Fetch, o.Reserved.TSAPI, 1),
		dmcc:  newSupply(o.DMCC, o.Fetch, 0, max(o.Reserved.DMCC, 1)),
	}
}

// needed reports whether a licence is still in use.
func (l *licence) needed(p pbx.Presence) bool {
	return l.requests > 0 || l.monitors > 0 ||
		p.Station && p.Calls > 0 && p.Idled == l.idled
}

// hire finds or fetches the licence of a device for a request, which gives it back with
// settle. It reports false if none is left.
func (l *licences) hire(device csta.DeviceID) (_ *licence, wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	if held := l.held[device]; held != nil {
		l.review(held)
	}
	held := l.held[device]
	if held == nil {
		if uint64(len(l.held)) >= l.tsapi.total {
			l.sweep()
		}
		if uint64(len(l.held)) >= l.tsapi.total {
			return nil, 0, false
		}
		held = &licence{device: device}
		l.held[device] = held
		held.ready = l.tsapi.take(uint64(len(l.held)), now)
	}
	held.requests++
	return held, held.ready.Sub(now), true
}

// settle says that a request is done.
func (l *licences) settle(held *licence) {
	l.mu.Lock()
	defer l.mu.Unlock()
	held.requests--
	l.leave(held)
}

// monitor counts a monitor of a device whose licence a request holds.
func (l *licences) monitor(device csta.DeviceID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held[device].monitors++
}

// unmonitor counts it out again.
func (l *licences) unmonitor(device csta.DeviceID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	held := l.held[device]
	held.monitors--
	l.leave(held)
}

// leave notes how the device is when only its calls keep the licence.
func (l *licences) leave(held *licence) {
	if held.requests == 0 && held.monitors == 0 {
		p := l.server.presence(held.device)
		held.idled = p.Idled
	}
	l.review(held)
}

// review gives a licence back that is not needed any more.
func (l *licences) review(held *licence) {
	p := l.server.presence(held.device)
	if !held.needed(p) {
		delete(l.held, held.device)
		l.tsapi.keep(uint64(len(l.held)))
	}
}

// sweep gives back those of devices whose calls have ended.
func (l *licences) sweep() {
	for _, held := range l.held {
		l.review(held)
	}
}

// LicencesState is what AES uses of its licences.
type LicencesState struct {
	TSAPI LicenceState `json:"tsapi"`
	DMCC  LicenceState `json:"dmcc"`
}

func (l *licences) state() LicencesState {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep()
	terminals, _ := l.terminals("")
	l.dmcc.keep(terminals)
	return LicencesState{
		TSAPI: l.tsapi.state(uint64(len(l.held))), DMCC: l.dmcc.state(terminals),
	}
}
