package panel

import (
	"strconv"

	"github.com/wtiphone/wtiphone/csta"
)

// Ring is what an application has made of a telephone's ringer. The zero value follows the
// calls.
type Ring struct {
	Mode   csta.RingMode    // empty: it follows the calls
	Sound  csta.RingPattern // 0: the telephone's own
	Volume string           // empty: the telephone's own
}

// Settle lets the ringer follow the calls again once there is none to be kept silent.
func (r *Ring) Settle(alerting bool) {
	if r.Mode == csta.NotRinging && !alerting {
		r.Mode = ""
	}
}

func (r Ring) pattern(own csta.RingPattern) csta.RingPattern {
	if r.Sound != csta.RingOff {
		return r.Sound
	}
	return own
}

// loud is the volume as an event has it; nil for the telephone's own.
func (r Ring) loud() *csta.Volume {
	n, err := strconv.Atoi(r.Volume)
	if err != nil {
		return nil
	}
	return &csta.Volume{Absolute: &n}
}

// Ringer is how the telephone rings.
func (p Panel) Ringer() csta.RingerItem {
	item := csta.RingerItem{Ringer: "0", Mode: csta.NotRinging, Count: "0"}
	pattern := csta.RingOff
	if p.rings {
		item.Mode, item.Count = csta.Ringing, "1"
		pattern = p.ring.pattern(csta.RingStandard)
	}
	item.Pattern, item.Volume = &pattern, p.ring.Volume
	return item
}
