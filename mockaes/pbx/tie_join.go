package pbx

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
)

// TieError is a mistake in where a tie trunk group leads.
type TieError struct {
	Switch string // the name of its switch
	Group  int    // its number
	Err    error
}

// Error names the group and says what is wrong.
func (e *TieError) Error() string {
	return fmt.Sprintf("pbx: Join: %s: trunk group %d: %v", e.Switch, e.Group, e.Err)
}

// Unwrap returns what is wrong.
func (e *TieError) Unwrap() error { return e.Err }

// Join connects the tie trunk groups of switches, once, before they are used. Each group
// has to have its counterpart: a group of the switch that it names, which names this one.
// Names and nodes have to differ. The switches share a clock. An error is a
// [*LabError] or a [*TieError]; then nothing is connected. Calls over a group that is not
// connected fail as over one that is out of service.
func Join(switches ...*Switch) error {
	byName := map[string]*Switch{}
	byNode := map[int]*Switch{}
	for _, s := range switches {
		name := strings.ToLower(s.lab.Name)
		if byName[name] != nil {
			return s.mistake("Name", "", "two switches are called %s: want a name each", s.lab.Name)
		}
		if other := byNode[s.lab.Node]; other != nil {
			return s.mistake("Node", "", "%s and %s are both node %d: want a node each",
				other.lab.Name, s.lab.Name, s.lab.Node)
		}
		byName[name], byNode[s.lab.Node] = s, s
	}
	wires := map[*trunkGroup]*wire{}
	for _, s := range switches {
		for _, g := range s.trunks {
			if !g.tie() {
				continue
			}
			w, err := s.counterpart(g, byName[strings.ToLower(g.lab.To)])
			if err != nil {
				return &TieError{Switch: s.lab.Name, Group: g.lab.Number, Err: err}
			}
			wires[g] = w
		}
	}
	for _, s := range switches {
		s.connect(wires)
	}
	for _, s := range switches {
		s.missOtherEnds()
	}
	return nil
}

// counterpart finds the other end of a tie trunk group.
func (s *Switch) counterpart(g *trunkGroup, to *Switch) (*wire, error) {
	if to == nil {
		return nil, fmt.Errorf("there is no switch %q", g.lab.To)
	}
	far := to.group(g.lab.ToGroup)
	switch {
	case far == nil:
		return nil, fmt.Errorf("%s has no trunk group %d", to.lab.Name, g.lab.ToGroup)
	case !strings.EqualFold(far.lab.To, s.lab.Name) || far.lab.ToGroup != g.lab.Number:
		return nil, fmt.Errorf("group %d of %s does not lead back to it",
			far.lab.Number, to.lab.Name)
	}
	return newWire(s.clock, to, far), nil
}

// connect gives the groups of a switch their wires, and sends on what an image had on
// its way.
func (s *Switch) connect(wires map[*trunkGroup]*wire) {
	s.mu.Lock()
	defer s.unlock()
	for _, g := range s.trunks {
		if w := wires[g]; w != nil && g.wire == nil {
			g.wire = w
		}
	}
	waiting := s.unsent
	s.unsent = nil
	for _, f := range waiting {
		f.group.wire.Send(f.message, max(f.due.Sub(s.clock.Now()), 0))
	}
}

// missOtherEnds gives up the ends of calls whose other end is not there, as there are
// when the images of two switches were not taken together.
func (s *Switch) missOtherEnds() {
	for _, e := range s.tiesInOrder() {
		g := e.trunk.group
		if g.wire == nil || g.wire.carries(e.ref) || g.wire.group.wire.carries(e.ref) ||
			g.wire.to.knows(e.ref) {
			continue
		}
		s.mu.Lock()
		if s.ties[e.ref] == e {
			s.farReleases(e, tieMessage{Cause: csta.CauseNormalClearing})
		}
		s.unlock()
	}
}

// knows reports whether the switch has an end of a call.
func (s *Switch) knows(ref string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ties[ref] != nil
}

// tiesInOrder are the switch's ends of calls.
func (s *Switch) tiesInOrder() []*tieEnd {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedFunc(maps.Values(s.ties), func(a, b *tieEnd) int {
		return cmp.Compare(a.ref, b.ref)
	})
}
