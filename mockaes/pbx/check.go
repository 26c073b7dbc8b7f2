package pbx

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// The limits of a lab.
const (
	maxAppearances = 54   // call appearances of one station (CM)
	maxTrunk       = 9999 // members of one trunk group (CM)
	maxLevel       = 16   // skill levels (CM)
	maxNode        = 32767

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
	if s.lab.Node < 1 || s.lab.Node > maxNode {
		return s.mistake("Node", fmt.Sprintf("node %d", s.lab.Node), "want 1 to %d", maxNode)
	}
	if field := s.lab.DialPlan.Wrong(); field != "" {
		return s.mistake("DialPlan."+field, fmt.Sprintf("dial plan %+v", s.lab.DialPlan),
			"want digits")
	}
	for _, make := range []func() error{
		s.checkFeatures, s.buildStations, s.buildSkills, s.buildAgents, s.buildAnnouncements,
		s.buildHuntGroups, s.buildVectors, s.buildVDNs, s.buildTrunks, s.buildUniform,
		s.buildCoverage, s.checkOutside,
	} {
		if err := make(); err != nil {
			return err
		}
	}
	return nil
}

// add puts a device under its number, which stands in the lab at a path.
func (s *Switch) add(path, what, ext, name string, k kind) (*device, error) {
	if !dialplan.Dialable(ext) || ext[0] == '+' {
		return nil, s.mistake(path, fmt.Sprintf("%s %q", what, ext),
			"not a number: want up to %d digits", dialplan.MaxNumber)
	}
	if other := s.devices[ext]; other != nil {
		return nil, s.mistake(path, what+" "+ext,
			"the number is taken by %s: want one of its own", kindWords[other.kind])
	}
	d := &device{ext: ext, id: s.idOf(ext), kind: k, name: name}
	s.devices[ext] = d
	return d, nil
}

func (s *Switch) buildStations() error {
	for i, lab := range s.lab.Stations {
		d, err := s.add(item("Stations", i, ".Extension"), "station", lab.Extension, lab.Name,
			stationKind)
		if err != nil {
			return err
		}
		lab.Appearances = cmp.Or(lab.Appearances, 3)
		lab.CoverAfter = cmp.Or(lab.CoverAfter, 12*time.Second)
		entry := "station " + lab.Extension
		switch {
		case lab.Appearances < 1 || lab.Appearances > maxAppearances:
			return s.mistake(item("Stations", i, ".Appearances"), entry,
				"%d appearances: want 1 to %d", lab.Appearances, maxAppearances)
		case lab.CoverAfter < 0:
			return s.mistake(item("Stations", i, ".CoverAfter"), entry, "want no negative time")
		case lab.Pickup < 0:
			return s.mistake(item("Stations", i, ".Pickup"), entry,
				"pickup group %d: want one from 1, or 0 for none", lab.Pickup)
		}
		d.station = &station{lab: lab, calls: make([]*party, lab.Appearances)}
		s.stations = append(s.stations, d)
	}
	return nil
}

func (s *Switch) buildSkills() error {
	for i, lab := range s.lab.Skills {
		d, err := s.add(item("Skills", i, ".Extension"), "skill", lab.Extension, lab.Name,
			skillKind)
		if err != nil {
			return err
		}
		entry := "skill " + lab.Extension
		switch lab.Selection {
		case "", MostIdle, BestLevel:
		default:
			return s.mistake(item("Skills", i, ".Selection"), entry,
				"selection %q: want %s or %s", lab.Selection, MostIdle, BestLevel)
		}
		if lab.RONA < 0 || lab.TimedACW < 0 {
			return s.mistake(item("Skills", i, ""), entry, "want no negative times")
		}
		d.skill = &skill{lab: lab, dev: d}
		s.skills = append(s.skills, d.skill)
	}
	return nil
}

func (s *Switch) buildAgents() error {
	for i, lab := range s.lab.Agents {
		d, err := s.add(item("Agents", i, ".ID"), "agent", lab.ID, lab.Name, agentKind)
		if err != nil {
			return err
		}
		a := &agent{lab: lab, dev: d}
		d.agent = a
		s.agents = append(s.agents, a)
		for j, has := range lab.Skills {
			if err := s.giveSkill(a, has, item(item("Agents", i, ".Skills"), j, "")); err != nil {
				return err
			}
		}
	}
	return nil
}

// giveSkill makes an agent a member of a skill.
func (s *Switch) giveSkill(a *agent, has AgentSkill, path string) error {
	entry := "agent " + a.lab.ID
	sk := s.devices[has.Skill]
	if sk == nil || sk.kind != skillKind {
		return s.mistake(path+".Skill", entry,
			"no skill %q: want the extension of one of the skills", has.Skill)
	}
	if slices.ContainsFunc(a.skills, func(b agentSkill) bool { return b.skill == sk.skill }) {
		return s.mistake(path+".Skill", entry, "skill %s twice: want it once", has.Skill)
	}
	level := cmp.Or(has.Level, 1)
	if level < 1 || level > maxLevel {
		return s.mistake(path+".Level", entry, "level %d: want 1 to %d", level, maxLevel)
	}
	a.skills = append(a.skills, agentSkill{skill: sk.skill, level: level})
	sk.skill.members = append(sk.skill.members, member{agent: a, level: level})
	return nil
}

func (s *Switch) buildAnnouncements() error {
	for i, lab := range s.lab.Announcements {
		d, err := s.add(item("Announcements", i, ".Extension"), "announcement", lab.Extension,
			lab.Name, announcementKind)
		if err != nil {
			return err
		}
		if lab.Sound == "" || lab.Length < 0 {
			return s.mistake(item("Announcements", i, ""), "announcement "+lab.Extension,
				"want a sound and a length from 0")
		}
		d.announcement = lab
	}
	return nil
}

func (s *Switch) buildHuntGroups() error {
	for i, lab := range s.lab.HuntGroups {
		d, err := s.add(item("HuntGroups", i, ".Extension"), "hunt group", lab.Extension, lab.Name,
			huntKind)
		if err != nil {
			return err
		}
		entry := "hunt group " + lab.Extension
		for j, ext := range lab.Members {
			path := item(item("HuntGroups", i, ".Members"), j, "")
			if m := s.devices[ext]; m == nil || m.kind != stationKind {
				return s.mistake(path, entry,
					"no station %q: want the extension of one of the stations", ext)
			}
			if slices.Index(lab.Members, ext) < j {
				return s.mistake(path, entry, "member %s twice: want it once", ext)
			}
		}
		d.hunt = &huntGroup{lab: lab}
	}
	return nil
}
