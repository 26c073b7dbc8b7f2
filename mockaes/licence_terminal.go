package mockaes

import (
	"log/slog"
	"math"
	"sync"

	"github.com/wtiphone/wtiphone/csta"
)

// Each terminal that is registered uses a DMCC licence until it is not (Avaya: DMCC
// licensing). So does one whose registration is outstanding, or AES would not have asked
// the switch.

// How a registration is refused that there is no licence for. Code and text are inferred.
const (
	codeNoLicence     = 10
	noTerminalLicence = "no license available: " + csta.DMCCLicence
)

// withTerminal registers a terminal, or refuses, if there is no licence for it. The
// session's owner has been asked for before: register is called with the licences locked.
func (h *session) withTerminal(
	device csta.DeviceID, register, refuse func() (any, error),
) (any, error) {
	l := h.server.licences
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.dmcc.total == math.MaxUint64 && l.dmcc.fetch == 0 {
		return register() // nobody need count
	}
	used, among := l.terminals(device)
	switch {
	case among:
		return register()
	case used >= l.dmcc.total:
		h.server.log.Warn("no licence was left", slog.String("licence", csta.DMCCLicence),
			slog.String("device", string(device)))
		if code := h.server.dialect.NoDMCCLicence; code != "" {
			return nil, csta.Refuse(code)
		}
		return refuse()
	}
	now := l.clock.Now()
	l.dmcc.keep(used)
	wait := l.dmcc.take(used+1, now).Sub(now)
	if wait <= 0 {
		return register()
	}
	l.coming++
	arrive := sync.OnceFunc(func() { l.coming-- })
	return h.whenThere(device, wait, func() (any, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		defer arrive()
		return register()
	}, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		arrive()
	}), nil
}

// terminals is how many licences terminals use, and whether that of id is one of them. The
// caller holds mu.
func (l *licences) terminals(id csta.DeviceID) (used uint64, among bool) {
	used = l.coming
	for _, at := range l.server.exchanges {
		n, _ := at.Terminals("")
		used += uint64(n)
	}
	_, among = l.server.exchangeOf(id).Terminals(id)
	return used, among
}
