package pbx

import (
	"fmt"
	"strconv"

	"github.com/wtiphone/wtiphone/csta"
)

// trunkGroup is a bundle of lines and who uses them.
type trunkGroup struct {
	lab  TrunkGroup
	used []bool
	out  bool // of service: it takes no new calls
}

// trunkMember is one line. The zero value is none.
type trunkMember struct {
	group    *trunkGroup
	member   int // from 0
	incoming bool
}

// freeTrunk finds a group with a free line: one by its number, or any for 0.
func (s *Switch) freeTrunk(number int) *trunkGroup {
	for _, g := range s.trunks {
		if g.out || number != 0 && g.lab.Number != number {
			continue
		}
		for _, used := range g.used {
			if !used {
				return g
			}
		}
	}
	return nil
}

func (g *trunkGroup) take() trunkMember {
	for i, used := range g.used {
		if !used {
			g.used[i] = true
			return trunkMember{group: g, member: i}
		}
	}
	return trunkMember{group: g}
}

// numbers are the group and the member as events have them.
func (t trunkMember) numbers() (group, member string) {
	return strconv.Itoa(t.group.lab.Number), strconv.Itoa(t.member + 1)
}

func (t trunkMember) name() string {
	return fmt.Sprintf("T%d#%d", t.group.lab.Number, t.member+1)
}

// SetTrunkService takes a trunk group out of service, or back into it, and reports
// whether there is one with that number. Calls that it carries go on.
func (s *Switch) SetTrunkService(number int, in bool) bool {
	s.mu.Lock()
	defer s.unlock()
	for _, g := range s.trunks {
		if g.lab.Number == number {
			g.out = !in
			return true
		}
	}
	return false
}

// noTrunk is the cause of a call's failure when no line is free.
func (s *Switch) noTrunk() csta.EventCause {
	for _, g := range s.trunks {
		if !g.out {
			return csta.CauseTrunksBusy
		}
	}
	return csta.CauseResources
}
