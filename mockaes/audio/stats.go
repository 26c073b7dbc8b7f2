package audio

import (
	"cmp"
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// Leg tells how one party's audio does.
type Leg struct {
	ID     pbx.LegID `json:"leg"`
	Switch string    `json:"switch,omitempty"` // whose call it is
	Call   string    `json:"call,omitempty"`

	Stream *rtpmedia.Stats `json:"stream,omitempty"` // of a terminal

	// Of a party from outside: for how long terminals have been loud enough to be heard,
	// and how loud they were at most (dBFS).
	Heard   time.Duration `json:"heard,omitempty"` // nanoseconds
	Loudest float64       `json:"loudest,omitempty"`
}

// Legs returns all parties, the oldest first.
func (g *Gateway) Legs() []Leg {
	g.mu.Lock()
	defer g.mu.Unlock()
	legs := make([]Leg, 0, len(g.legs))
	for _, l := range g.legs {
		info := Leg{ID: l.id, Switch: l.call.at, Call: string(l.call.id)}
		if l.session != nil {
			stats := l.session.Stats()
			info.Stream = &stats
		} else {
			l.mu.Lock()
			info.Heard = time.Duration(l.heard) * rtpmedia.FrameDuration
			info.Loudest = l.loudest
			l.mu.Unlock()
		}
		legs = append(legs, info)
	}
	slices.SortFunc(legs, func(a, b Leg) int { return cmp.Compare(a.ID, b.ID) })
	return legs
}
