package pbx

import (
	"fmt"
	"slices"

	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// buildCoverage checks the coverage points, when all numbers are known, and joins
// stations with their bridges.
func (s *Switch) buildCoverage() error {
	for i, d := range s.stations {
		err := s.checkCoverage(item("Stations", i, ".Coverage"), d.ext, d.station.lab.Coverage)
		if err != nil {
			return err
		}
		if err := s.buildBridges(item("Stations", i, ".Bridges"), d); err != nil {
			return err
		}
	}
	for i, lab := range s.lab.HuntGroups {
		err := s.checkCoverage(item("HuntGroups", i, ".Coverage"), lab.Extension, lab.Coverage)
		if err != nil {
			return err
		}
	}
	return nil
}

// checkCoverage finds a point that leads nowhere, or back to who is covered.
func (s *Switch) checkCoverage(path, owner string, points []string) error {
	for j, ext := range points {
		switch entry := "coverage of " + owner; {
		case ext == owner:
			return s.mistake(item(path, j, ""), entry,
				"no number %q but its own: want another", ext)
		case s.devices[ext] == nil && !s.leadsOut(ext):
			return s.mistake(item(path, j, ""), entry,
				"no number %q: want one of the lab, or one outside", ext)
		}
	}
	return nil
}

// buildBridges has a station's telephone show the calls of others.
func (s *Switch) buildBridges(path string, d *device) error {
	for j, ext := range d.station.lab.Bridges {
		principal, entry := s.devices[ext], "station "+d.ext
		if principal == nil || principal.kind != stationKind || principal == d {
			return s.mistake(item(path, j, ""), entry,
				"no station %q to bridge: want the extension of another station", ext)
		}
		if slices.Contains(principal.station.bridges, d) {
			return s.mistake(item(path, j, ""), entry, "bridges %s twice: want it once", ext)
		}
		principal.station.bridges = append(principal.station.bridges, d)
	}
	return nil
}

func (s *Switch) buildVectors() error {
	for i, lab := range s.lab.Vectors {
		entry := fmt.Sprintf("vector %d", lab.Number)
		if lab.Number < 1 {
			return s.mistake(item("Vectors", i, ".Number"), entry, "want a number from 1")
		}
		if s.vectors[lab.Number] != nil {
			return s.mistake(item("Vectors", i, ".Number"), entry,
				"the number is taken by another vector: want one of its own")
		}
		steps, err := vector.Parse(lab.Steps)
		if err != nil {
			return s.mistake(item("Vectors", i, ".Steps"), entry, "%w", err)
		}
		s.vectors[lab.Number] = program(steps)
	}
	for i, lab := range s.lab.Vectors {
		for j, st := range s.vectors[lab.Number] {
			if err := s.checkStep(st); err != nil {
				return s.mistake(item(item("Vectors", i, ".Steps"), j, ""),
					fmt.Sprintf("vector %d: line %d, %q", lab.Number, j+1, st.Text), "%w", err)
			}
		}
	}
	return nil
}

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
	for i, lab := range s.lab.VDNs {
		d, err := s.add(item("VDNs", i, ".Extension"), "VDN", lab.Extension, lab.Name, vdnKind)
		if err != nil {
			return err
		}
		if _, ok := s.vectors[lab.Vector]; !ok {
			return s.mistake(item("VDNs", i, ".Vector"), "VDN "+lab.Extension,
				"no vector %d: want the number of one of the vectors", lab.Vector)
		}
		d.vdn = lab
	}
	return nil
}
