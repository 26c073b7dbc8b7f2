package pbx

import "fmt"

// trunkGroup is a bundle of lines and who uses them.
type trunkGroup struct {
	lab  TrunkGroup
	used []bool
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
		if number != 0 && g.lab.Number != number {
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

func (t trunkMember) name() string {
	return fmt.Sprintf("T%d#%d", t.group.lab.Number, t.member+1)
}
