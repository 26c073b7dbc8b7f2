package pbx

import (
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
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

// wire carries messages one way between the ends of a tie trunk group. They arrive in
// the order in which they were sent, on whatever goroutine the clock has.
type wire struct {
	to    *Switch
	group *trunkGroup // at that switch

	mu   sync.Mutex // no other lock is taken while it is held, but the clock's
	over bool
	sent []flight // the first to arrive first
}

// flight is a message on its way.
type flight struct {
	message tieMessage
	due     time.Time
	timer   clock.Timer
}

// send sends a message about a call to its other end.
func (s *Switch) send(e *tieEnd, m tieMessage) {
	m.Ref = e.ref
	g := e.trunk.group
	if g.wire == nil { // of an image; Join sends it
		s.unsent = append(s.unsent, unsent{g, s.clock.Now().Add(tieDelay), m})
		return
	}
	g.wire.send(s.clock, tieDelay, m)
}

func (w *wire) send(c clock.Clock, after time.Duration, m tieMessage) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.over {
		w.sent = append(w.sent, flight{
			m, c.Now().Add(after), c.AfterFunc(after, w.arrives),
		})
	}
}

// arrives gives the first message on its way to the switch that it is for. Which timer
// has called it does not matter: there is one for each message.
func (w *wire) arrives() {
	w.to.mu.Lock()
	defer w.to.unlock()
	w.mu.Lock()
	if w.over || len(w.sent) == 0 {
		w.mu.Unlock()
		return
	}
	m := w.sent[0].message
	w.sent = w.sent[1:]
	w.mu.Unlock()
	if !w.to.closed {
		w.to.receive(w.group, m)
	}
}

// close loses what is on its way.
func (w *wire) close() {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	for _, f := range w.sent {
		f.timer.Stop()
	}
	w.sent = nil
}

// onTheWay returns what has been sent and has not arrived.
func (w *wire) onTheWay() []flight {
	if w == nil {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]flight(nil), w.sent...)
}
