package pbx

import (
	"fmt"
	"time"
)

// DefaultLab is a small call center: twenty stations, ten agents, two skills, four
// VDNs, announcements to call, and a trunk group. Audio is protected where a terminal
// asks for it.
func DefaultLab() Lab {
	return Lab{
		Name: "CM1", Node: 1,
		Stations:      defaultStations(),
		Agents:        defaultAgents(),
		Skills:        defaultSkills(),
		VDNs:          defaultVDNs(),
		Vectors:       defaultVectors(),
		Announcements: defaultAnnouncements(),
		TrunkGroups:   []TrunkGroup{{Number: 1, Name: "PSTN", Members: 200}},
		Outside: []Outside{
			{Number: "+1555019*", Answer: IsBusy},
			{Number: "+1555018*", Answer: NeverAnswer},
			{Number: "+1555017*", Answer: Unallocated},
		},
		Features: Features{Encryption: []string{plain, srtp}},
	}
}

func defaultStations() []Station {
	names := []string{
		"Ada Keller", "Ben Okafor", "Chiara Rossi", "Daniel Novak", "Elif Demir",
		"Finn Larsen", "Grace Mbeki", "Hugo Silva", "Ines Moreau", "Jonas Weber",
		"Kavya Rao", "Liam Byrne", "Mina Sato", "Noah Cohen", "Olga Petrova",
		"Pablo Vega", "Quinn Taylor", "Rosa Lind", "Samir Haddad", "Tara Singh",
	}
	stations := make([]Station, len(names))
	for i, name := range names {
		stations[i] = Station{
			Extension: fmt.Sprint(1001 + i), Name: name, SecurityCode: "123456",
		}
	}
	return stations
}

func defaultAgents() []Agent {
	names := []string{
		"Ada Keller", "Ben Okafor", "Chiara Rossi", "Daniel Novak", "Elif Demir",
		"Finn Larsen", "Grace Mbeki", "Hugo Silva", "Ines Moreau", "Jonas Weber",
	}
	agents := make([]Agent, len(names))
	for i, name := range names {
		a := Agent{ID: fmt.Sprint(4001 + i), Name: name, Password: "4321"}
		if i < 5 {
			a.Skills = append(a.Skills, AgentSkill{Skill: "5001", Level: 1})
		}
		if i >= 2 {
			a.Skills = append(a.Skills, AgentSkill{Skill: "5002", Level: 1 + (9-i)/5})
		}
		agents[i] = a
	}
	return agents
}

func defaultSkills() []Skill {
	return []Skill{
		{Extension: "5001", Name: "Sales", RONA: 20 * time.Second},
		{Extension: "5002", Name: "Support", Selection: BestLevel, RONA: 20 * time.Second},
	}
}

func defaultVDNs() []VDN {
	return []VDN{
		{Extension: "8001", Name: "Sales", Vector: 1},
		{Extension: "8002", Name: "Support", Vector: 2},
		{Extension: "8003", Name: "Always busy", Vector: 3},
		{Extension: "8004", Name: "Closed", Vector: 4},
	}
}

func defaultVectors() []Vector {
	return []Vector{
		{Number: 1, Name: "Sales", Steps: []string{
			"announcement 7001",
			"queue-to skill 5001 pri m",
			"wait-time 60 secs hearing music",
			"goto step 3 if unconditionally",
		}},
		{Number: 2, Name: "Support", Steps: []string{
			"collect 1 digits after announcement 7002",
			"goto step 5 if digits = 1",
			"route-to number 1010 with cov n if digit = 2",
			"goto step 1 if unconditionally",
			"queue-to skill 5002 pri m",
			"wait-time 60 secs hearing music",
			"goto step 6 if unconditionally",
		}},
		{Number: 3, Name: "Busy", Steps: []string{"busy"}},
		{Number: 4, Name: "Closed", Steps: []string{"disconnect after announcement 7003"}},
	}
}

func defaultAnnouncements() []Announcement {
	return []Announcement{
		{Extension: "7001", Name: "Welcome", Sound: "wav:welcome", Length: 4 * time.Second},
		{Extension: "7002", Name: "Menu", Sound: "wav:menu", Length: 6 * time.Second},
		{Extension: "7003", Name: "Closed", Sound: "wav:closed", Length: 4 * time.Second},
		{Extension: "7100", Name: "Echo", Sound: Echo},
		{Extension: "7101", Name: "Milliwatt", Sound: "tone:1004"},
		{Extension: "7102", Name: "Silence", Sound: Silence},
	}
}
