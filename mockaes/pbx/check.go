package pbx

import (
	"cmp"
	"fmt"
	"time"

	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// The limits of a lab.
const (
	maxAppearances = 54   // call appearances of one station (CM)
	maxTrunk       = 9999 // members of one trunk group (CM)
	maxLevel       = 16   // skill levels (CM)

	maxRegistrations = 10 // of one extension (Aura 8.0.1)
)

func (f Features) withDefaults() Features {
	f.ConferenceSize = cmp.Or(f.ConferenceSize, 6)
	f.Registrations = cmp.Or(f.Registrations, 3)
	f.OutstandingRegistrations = cmp.Or(f.OutstandingRegistrations, 20)
	if len(f.Codecs) == 0 {
		f.Codecs = []string{"g711U", "g711A"}
	}
	if len(f.Encryption) == 0 {
		f.Encryption = []string{plain}
	}
	return f
}

// build makes the devices of the lab. An error names the first mistake.
func (s *Switch) build() error {
	if s.lab.Node < 1 || s.lab.Node > 32767 {
		return fmt.Errorf("pbx: lab: node %d: want 1 to 32767", s.lab.Node)
	}
	if err := s.lab.DialPlan.Check(); err != nil {
		return fmt.Errorf("pbx: lab: dial plan %+v: %w", s.lab.DialPlan, err)
	}
	if n := s.features.Registrations; n < 1 || n > maxRegistrations {
		return fmt.Errorf("pbx: lab: %d registrations: want 1 to %d", n, maxRegistrations)
	}
	if f := s.features; f.RegisterTime < 0 || f.OutstandingRegistrations < 1 {
		return fmt.Errorf("pbx: lab: %d outstanding registrations of %v each: want at least "+
			"one, of no negative time", f.OutstandingRegistrations, f.RegisterTime)
	}
	if t := s.features.EncryptedType; t != 0 && (t < 96 || t > 127 || t == eventType) {
		return fmt.Errorf("pbx: lab: payload type %d for protected audio: want a dynamic one, "+
			"96 to 127, and not that of digits, %d", t, eventType)
	}
	for _, name := range s.features.Encryption {
		if name != plain && name != srtp {
			return fmt.Errorf("pbx: lab: media encryption %q: want %s or %s", name, srtp, plain)
		}
	}
	for _, make := range []func() error{
		s.buildStations, s.buildSkills, s.buildAgents, s.buildAnnouncements,
		s.buildHuntGroups, s.buildVectors, s.buildVDNs, s.buildTrunks, s.buildUniform,
		s.buildCoverage, s.checkOutside,
	} {
		if err := make(); err != nil {
			return err
		}
	}
	return nil
}

// add puts a device under its number.
func (s *Switch) add(what, ext, name string, k kind) (*device, error) {
	if !dialplan.Dialable(ext) || ext[0] == '+' {
		return nil, fmt.Errorf("pbx: lab: %s %q: not a number", what, ext)
	}
	if s.devices[ext] != nil {
		return nil, fmt.Errorf("pbx: lab: %s %s: the number is taken", what, ext)
	}
	d := &device{ext: ext, id: s.idOf(ext), kind: k, name: name}
	s.devices[ext] = d
	return d, nil
}

func (s *Switch) buildStations() error {
	for _, lab := range s.lab.Stations {
		d, err := s.add("station", lab.Extension, lab.Name, stationKind)
		if err != nil {
			return err
		}
		lab.Appearances = cmp.Or(lab.Appearances, 3)
		lab.CoverAfter = cmp.Or(lab.CoverAfter, 12*time.Second)
		if lab.Appearances < 1 || lab.Appearances > maxAppearances {
			return fmt.Errorf("pbx: lab: station %s: %d appearances: want 1 to %d",
				lab.Extension, lab.Appearances, maxAppearances)
		}
		d.station = &station{lab: lab, calls: make([]*party, lab.Appearances)}
		s.stations = append(s.stations, d)
	}
	return nil
}

func (s *Switch) buildSkills() error {
	for _, lab := range s.lab.Skills {
		d, err := s.add("skill", lab.Extension, lab.Name, skillKind)
		if err != nil {
			return err
		}
		switch lab.Selection {
		case "", MostIdle, BestLevel:
		default:
			return fmt.Errorf("pbx: lab: skill %s: selection %q: want %s or %s",
				lab.Extension, lab.Selection, MostIdle, BestLevel)
		}
		d.skill = &skill{lab: lab, dev: d}
		s.skills = append(s.skills, d.skill)
	}
	return nil
}

func (s *Switch) buildAgents() error {
	for _, lab := range s.lab.Agents {
		d, err := s.add("agent", lab.ID, lab.Name, agentKind)
		if err != nil {
			return err
		}
		a := &agent{lab: lab, dev: d}
		d.agent = a
		s.agents = append(s.agents, a)
		for _, has := range lab.Skills {
			sk := s.devices[has.Skill]
			if sk == nil || sk.kind != skillKind {
				return fmt.Errorf("pbx: lab: agent %s: no skill %q", lab.ID, has.Skill)
			}
			level := cmp.Or(has.Level, 1)
			if level < 1 || level > maxLevel {
				return fmt.Errorf("pbx: lab: agent %s: level %d: want 1 to %d",
					lab.ID, level, maxLevel)
			}
			a.skills = append(a.skills, agentSkill{skill: sk.skill, level: level})
			sk.skill.members = append(sk.skill.members, member{agent: a, level: level})
		}
	}
	return nil
}

func (s *Switch) buildAnnouncements() error {
	for _, lab := range s.lab.Announcements {
		d, err := s.add("announcement", lab.Extension, lab.Name, announcementKind)
		if err != nil {
			return err
		}
		if lab.Sound == "" || lab.Length < 0 {
			return fmt.Errorf("pbx: lab: announcement %s: want a sound and a length from 0",
				lab.Extension)
		}
		d.announcement = lab
	}
	return nil
}

func (s *Switch) buildHuntGroups() error {
	for _, lab := range s.lab.HuntGroups {
		d, err := s.add("hunt group", lab.Extension, lab.Name, huntKind)
		if err != nil {
			return err
		}
		for _, ext := range lab.Members {
			if m := s.devices[ext]; m == nil || m.kind != stationKind {
				return fmt.Errorf("pbx: lab: hunt group %s: no station %q", lab.Extension, ext)
			}
		}
		d.hunt = &huntGroup{lab: lab}
	}
	return nil
}

// buildCoverage checks the coverage points, when all numbers are known, and joins
// stations with their bridges.
func (s *Switch) buildCoverage() error {
	check := func(owner string, points []string) error {
		for _, ext := range points {
			if s.devices[ext] == nil && !s.leadsOut(ext) || ext == owner {
				return fmt.Errorf("pbx: lab: coverage of %s: no number %q", owner, ext)
			}
		}
		return nil
	}
	for _, d := range s.stations {
		if err := check(d.ext, d.station.lab.Coverage); err != nil {
			return err
		}
		for _, ext := range d.station.lab.Bridges {
			principal := s.devices[ext]
			if principal == nil || principal.kind != stationKind || principal == d {
				return fmt.Errorf("pbx: lab: station %s: no station %q to bridge", d.ext, ext)
			}
			principal.station.bridges = append(principal.station.bridges, d)
		}
	}
	for _, lab := range s.lab.HuntGroups {
		if err := check(lab.Extension, lab.Coverage); err != nil {
			return err
		}
	}
	return nil
}

func (s *Switch) buildVectors() error {
	for _, lab := range s.lab.Vectors {
		if lab.Number < 1 || s.vectors[lab.Number] != nil {
			return fmt.Errorf("pbx: lab: vector %d: the number is taken, or below 1", lab.Number)
		}
		steps, err := vector.Parse(lab.Steps)
		if err != nil {
			return fmt.Errorf("pbx: lab: vector %d: %w", lab.Number, err)
		}
		s.vectors[lab.Number] = program(steps)
	}
	for _, lab := range s.lab.Vectors {
		for i, st := range s.vectors[lab.Number] {
			if err := s.checkStep(st); err != nil {
				return &StepError{s.lab.Name, lab.Number, i + 1, st.Text, err}
			}
		}
	}
	return nil
}

// StepError is a step of a vector that names what the lab does not have.
type StepError struct {
	Switch string // its name
	Vector int    // its number
	Step   int    // from 1
	Text   string
	Err    error // what there is not
}

// Error says where the step is and what there is not.
func (e *StepError) Error() string {
	return fmt.Sprintf("pbx: lab: vector %d: line %d, %q: %v", e.Vector, e.Step, e.Text, e.Err)
}

// Unwrap returns what there is not.
func (e *StepError) Unwrap() error { return e.Err }

// checkStep finds numbers in a vector that the lab does not have.
func (s *Switch) checkStep(st vector.Step) error {
	for _, ext := range []string{st.Skill, st.If.Skill} {
		if d := s.devices[ext]; ext != "" && (d == nil || d.kind != skillKind) {
			return fmt.Errorf("no skill %s", ext)
		}
	}
	if ext := st.Announcement; ext != "" {
		if d := s.devices[ext]; d == nil || d.kind != announcementKind {
			return fmt.Errorf("no announcement %s", ext)
		}
	}
	if st.Vector > 0 {
		target, ok := s.vectors[st.Vector]
		if !ok || st.Step > len(target) {
			return fmt.Errorf("no vector %d with a step %d", st.Vector, st.Step)
		}
	}
	return nil
}

func (s *Switch) buildVDNs() error {
	for _, lab := range s.lab.VDNs {
		d, err := s.add("VDN", lab.Extension, lab.Name, vdnKind)
		if err != nil {
			return err
		}
		if _, ok := s.vectors[lab.Vector]; !ok {
			return fmt.Errorf("pbx: lab: VDN %s: no vector %d", lab.Extension, lab.Vector)
		}
		d.vdn = lab
	}
	return nil
}
