package audio

import (
	"slices"

	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// A tie trunk has no sound of its own: whoever hears one end of it is connected with all
// that the other end hears, at once. So nothing is carried in between, and nothing comes
// late.

// hearing is what a leg hears.
type hearing struct {
	from  []pbx.LegID
	plays map[pbx.LegID]pbx.Play // by the end of a tie trunk that they are played to
	play  pbx.Play               // to the leg itself
}

// hearing finds what a leg hears, through all tie trunks. The caller holds mu.
func (g *Gateway) hearing(l *leg) hearing {
	h := hearing{play: l.told}
	g.follow(l, l, &h, nil)
	return h
}

// follow adds what is heard at a leg, for a leg that may be at the far end of a tie. been
// are the ends that were come through already: trunks may go in a circle.
func (g *Gateway) follow(l, at *leg, h *hearing, been []pbx.LegID) {
	for _, id := range at.wants {
		talker := g.legs[id]
		switch {
		case talker == nil || talker == l:
		case !talker.tie:
			if !slices.Contains(h.from, id) {
				h.from = append(h.from, id)
			}
		case g.legs[talker.far] != nil && !slices.Contains(been, talker.far):
			end := g.legs[talker.far]
			h.through(end)
			g.follow(l, end, h, append(been, end.id))
		}
	}
}

// through adds what is played to the far end of a tie trunk. An echo there comes back to
// each who speaks.
func (h *hearing) through(end *leg) {
	switch {
	case end.told.Sound == "":
	case end.told.Sound != pbx.Echo:
		if h.plays == nil {
			h.plays = make(map[pbx.LegID]pbx.Play)
		}
		h.plays[end.id] = end.told
	case h.play.Sound == "":
		h.play = end.told
	}
}

// reach adds the calls that are one with a call by tie trunks, itself first, to a list.
// The caller holds mu.
func (g *Gateway) reach(call callKey, list []callKey) []callKey {
	if !slices.Contains(list, call) {
		list = append(list, call)
	}
	for i := 0; i < len(list); i++ {
		for _, id := range g.calls[list[i]] {
			l := g.legs[id]
			if l == nil || !l.tie || g.legs[l.far] == nil {
				continue
			}
			if other := g.legs[l.far].call; !slices.Contains(list, other) {
				list = append(list, other)
			}
		}
	}
	return list
}
