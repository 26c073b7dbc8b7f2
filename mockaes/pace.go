package mockaes

import (
	"strconv"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// Communication Manager drops what comes too fast for it, and nobody is told: AES has
// accepted it (DevConnect FAQ, which suggests these times).
const (
	afterKey     = 200 * time.Millisecond // a digit or a hookswitch
	afterFeature = 500 * time.Millisecond // a feature button
	firstFeature = 256                    // buttons from here on are features
)

// paced is [done] for what a hand does on a telephone.
func paced[Req any](do func(*pbx.Switch, Req) error) service {
	find := subjectOf[Req]()
	return withSwitch(func(h *session, at *exchange, req Req) (none csta.Empty, err error) {
		device := find(req)
		if err := h.mayControl(device); err != nil {
			return none, err
		}
		key := at.name + ":" + device.Extension()
		if h.server.hurries(key) {
			return none, nil
		}
		if err := do(at.Switch, req); err != nil {
			return none, err
		}
		h.server.handled(key, any(req))
		return none, nil
	})
}

// hurries reports whether a request comes too soon after the one before it, if the
// dialect minds.
func (s *Server) hurries(device string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dialect.DropsHaste && s.opts.Clock.Now().Before(s.patience[device])
}

// handled notes until when the device is busy with a request that was carried out, so
// that only devices that exist are kept.
func (s *Server) handled(device string, req any) {
	wait := afterKey
	if press, ok := req.(csta.ButtonPress); ok {
		if n, err := strconv.Atoi(press.Button); err == nil && n >= firstFeature {
			wait = afterFeature
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.patience[device] = s.opts.Clock.Now().Add(wait)
}
