package wti

import (
	"slices"
	"sync"

	"github.com/wtiphone/wtiphone/csta"
)

// ledger holds what a session was given, so that a new one can be given the same:
// device ids, which a session owns, and registrations. Monitors are in the routes.
type ledger struct {
	mu        sync.Mutex
	devices   []deviceEntry
	terminals []csta.RegisterTerminal
}

type deviceEntry struct {
	request csta.GetDeviceID
	device  csta.DeviceID
}

// note keeps what a request that was carried out means for a later session.
func (b *ledger) note(req csta.Message, reply any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch req := req.(type) {
	case csta.GetDeviceID:
		r, _ := reply.(csta.DeviceIDReply)
		entry := deviceEntry{req, r.Device}
		if !slices.Contains(b.devices, entry) {
			b.devices = append(b.devices, entry)
		}
	case csta.ReleaseDeviceID:
		b.devices = slices.DeleteFunc(b.devices, func(e deviceEntry) bool {
			return e.device == req.Device
		})
	case csta.RegisterTerminal:
		b.dropTerminal(req.Device)
		if r, _ := reply.(csta.TerminalRegistered); r.Code == csta.NormalRegister {
			b.terminals = append(b.terminals, req)
		}
	case csta.UnregisterTerminal:
		b.dropTerminal(req.Device)
	}
}

func (b *ledger) dropTerminal(d csta.DeviceID) {
	b.terminals = slices.DeleteFunc(b.terminals, func(r csta.RegisterTerminal) bool {
		return r.Device.Same(d)
	})
}

// forgetTerminal follows a registration that the switch ended: whoever took the
// station over must not be thrown out again by a client that only lost its socket.
func (b *ledger) forgetTerminal(d csta.DeviceID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dropTerminal(d)
}

func (b *ledger) entries() ([]deviceEntry, []csta.RegisterTerminal) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.devices), slices.Clone(b.terminals)
}
