package pbx

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// trunkGroup is a bundle of lines and who uses them.
type trunkGroup struct {
	lab  TrunkGroup
	used []bool
	out  bool  // of service: it takes no new calls
	wire *wire // to the other end of a tie trunk group that has been joined
}

// buildTrunks makes the trunk groups of the lab.
func (s *Switch) buildTrunks() error {
	for i, lab := range s.lab.TrunkGroups {
		entry := fmt.Sprintf("trunk group %d", lab.Number)
		switch {
		case s.group(lab.Number) != nil:
			return s.mistake(item("TrunkGroups", i, ".Number"), entry,
				"the number is taken by another trunk group: want one of its own")
		case lab.Number < 1 || lab.Members < 1 || lab.Members > maxTrunk:
			field := ".Members"
			if lab.Number < 1 {
				field = ".Number"
			}
			return s.mistake(item("TrunkGroups", i, field), entry,
				"want a number from 1 and 1 to %d members", maxTrunk)
		case lab.To == "" && lab.ToGroup != 0, lab.ToGroup < 0, lab.To != "" && lab.Analog,
			strings.EqualFold(lab.To, s.lab.Name):
			return s.mistake(item("TrunkGroups", i, ""), entry,
				"a tie trunk leads to a group of another switch, and is not analog")
		}
		if lab.To != "" {
			lab.ToGroup = cmp.Or(lab.ToGroup, lab.Number)
		}
		s.trunks = append(s.trunks, &trunkGroup{lab: lab, used: make([]bool, lab.Members)})
	}
	return nil
}

// buildUniform checks the plan of the numbers of other switches.
func (s *Switch) buildUniform() error {
	seen := make(map[dialplan.Uniform]bool)
	for i, u := range s.lab.Uniform {
		entry := fmt.Sprintf("uniform dial plan, %q", u.Number)
		if err := u.Check(); err != nil {
			return s.mistake(item("Uniform", i, ""), entry, "%w", err)
		}
		if g := s.group(u.TrunkGroup); g == nil || !g.tie() {
			return s.mistake(item("Uniform", i, ".TrunkGroup"), entry,
				"%d is no tie trunk group: want the number of one", u.TrunkGroup)
		}
		way := dialplan.Uniform{Number: u.Number, TrunkGroup: u.TrunkGroup}
		if seen[way] {
			return s.mistake(item("Uniform", i, ""), entry,
				"over trunk group %d twice: want it once", u.TrunkGroup)
		}
		seen[way] = true
	}
	return nil
}

// tie reports whether the group leads to another switch.
func (g *trunkGroup) tie() bool { return g.lab.To != "" }

// group finds a trunk group by its number, nil if there is none.
func (s *Switch) group(number int) *trunkGroup {
	for _, g := range s.trunks {
		if g.lab.Number == number {
			return g
		}
	}
	return nil
}

// refuses is the cause why a group takes no call, taken if it does.
func (g *trunkGroup) refuses() csta.EventCause {
	switch {
	case g.out, g.tie() && g.wire == nil:
		return csta.CauseResources
	case !slices.Contains(g.used, false):
		return csta.CauseTrunksBusy
	}
	return taken
}

// trunkMember is one line. The zero value is none.
type trunkMember struct {
	group    *trunkGroup
	member   int // from 0
	incoming bool
}

// freeTrunk finds a group with a free line to the public network: one by its number,
// or any for 0.
func (s *Switch) freeTrunk(number int) *trunkGroup {
	for _, g := range s.trunks {
		if !g.tie() && (number == 0 || g.lab.Number == number) && g.refuses() == taken {
			return g
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
	g := s.group(number)
	if g != nil {
		g.out = !in
	}
	return g != nil
}

// noTrunk is the cause of a call's failure when no line to the public network is free.
func (s *Switch) noTrunk() csta.EventCause {
	for _, g := range s.trunks {
		if !g.out && !g.tie() {
			return csta.CauseTrunksBusy
		}
	}
	return csta.CauseResources
}
