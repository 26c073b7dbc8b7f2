package pbx

import (
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
	"github.com/wtiphone/wtiphone/mockaes/pbx/internal/link"
)

// tieDelay is how long a message takes from one switch to the other.
const tieDelay = 20 * time.Millisecond

// tieKind says what a message means. The names in brackets are those of Q.931.
type tieKind string

const (
	tieSetup    tieKind = "setup"    // take this call (SETUP)
	tieProgress tieKind = "progress" // it rings or was answered (ALERTING, CONNECT)
	tieUpdate   tieKind = "update"   // somebody else is here now (NOTIFY)
	tieDigits   tieKind = "digits"   // somebody here dials (INFORMATION)
	tieRelease  tieKind = "release"  // this end is given up (RELEASE)
	tieProbe    tieKind = "probe"    // is there anybody at all? See Switch.probe
)

// tieMessage is what one end of a tie trunk tells the other.
type tieMessage struct {
	Kind  tieKind         `json:"kind"`
	Ref   string          `json:"ref"`
	Stage tieStage        `json:"stage,omitempty"`
	Cause csta.EventCause `json:"cause,omitempty"`
	Leg   LegID           `json:"leg,omitempty"` // of the end that tells
	tieInfo

	Called      string `json:"called,omitempty"`
	Redirecting string `json:"redirecting,omitempty"`
	UCID        string `json:"ucid,omitempty"`
	Hops        int    `json:"hops,omitempty"`

	Digits string        `json:"digits,omitempty"`
	Tone   time.Duration `json:"tone,omitempty"` // 0: they are to be heard already
	Pause  time.Duration `json:"pause,omitempty"`

	Switch string      `json:"switch,omitempty"` // that asks whether there is anybody
	Call   csta.CallID `json:"call,omitempty"`   // of that switch

	lookAhead *csta.LookAheadInfo
	original  *csta.OriginalCallInfo
}

// wire leads one way between the ends of a tie trunk group.
type wire struct {
	*link.Link[tieMessage]
	to    *Switch
	group *trunkGroup // at that switch
}

func newWire(c clock.Clock, to *Switch, far *trunkGroup) *wire {
	w := &wire{to: to, group: far}
	w.Link = link.New[tieMessage](c, w.arrives)
	return w
}

// send sends a message about a call to its other end.
func (s *Switch) send(e *tieEnd, m tieMessage) {
	m.Ref = e.ref
	g := e.trunk.group
	if g.wire == nil { // of an image; Join sends it
		s.unsent = append(s.unsent, unsent{g, s.clock.Now().Add(tieDelay), m})
		return
	}
	g.wire.Send(m, tieDelay)
}

// arrives gives a message to the switch that it is for.
func (w *wire) arrives() {
	w.to.mu.Lock()
	defer w.to.unlock()
	if m, ok := w.Take(); ok && !w.to.closed {
		w.to.receive(w.group, m)
	}
}

// carries reports whether a message about a call is on its way.
func (w *wire) carries(ref string) bool {
	return slices.ContainsFunc(w.OnTheWay(), func(f link.Flight[tieMessage]) bool {
		return f.Message.Ref == ref
	})
}
