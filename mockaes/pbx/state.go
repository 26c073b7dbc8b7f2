package pbx

import (
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/vector"
)

// State is what there is in a switch at one moment, for people and for tests. It
// shares nothing with the switch.
type State struct {
	Calls  []CallInfo  `json:"calls"`
	Agents []AgentInfo `json:"agents"`
	Skills []SkillInfo `json:"skills"`
	Trunks []TrunkInfo `json:"trunks"`
}

// CallInfo is one call.
type CallInfo struct {
	Call    csta.CallID   `json:"call"`
	UCID    string        `json:"ucid"`
	Calling csta.DeviceID `json:"calling"`
	Called  csta.DeviceID `json:"called"`
	VDN     string        `json:"vdn,omitempty"`
	Digits  string        `json:"digits,omitempty"`
	UUI     string        `json:"uui,omitempty"`
	Parties []PartyInfo   `json:"parties"`
}

// PartyInfo is one party of a call.
type PartyInfo struct {
	Connection csta.ConnectionID    `json:"connection"`
	State      csta.ConnectionState `json:"state"`
	Since      time.Time            `json:"since"`
	Outside    bool                 `json:"outside,omitempty"`
	// Absent is a failed connection that the device itself knows nothing of.
	Absent bool   `json:"absent,omitempty"`
	Skill  string `json:"skill,omitempty"` // whose call it is, at an agent
}

// AgentInfo is one agent.
type AgentInfo struct {
	ID      string          `json:"id"`
	Name    string          `json:"name"`
	Station string          `json:"station,omitempty"` // empty: not logged in
	State   csta.AgentState `json:"state"`
	Mode    csta.WorkMode   `json:"workMode,omitempty"`
	Reason  *int            `json:"reasonCode,omitempty"`
	Pending csta.AgentState `json:"pendingState,omitempty"`
}

// SkillInfo is one skill.
type SkillInfo struct {
	Extension string        `json:"extension"`
	Name      string        `json:"name"`
	Waiting   []csta.CallID `json:"waiting"` // in the order in which they are served
	Staffed   int           `json:"staffed"`
	Available int           `json:"available"`
}

// TrunkInfo is one trunk group.
type TrunkInfo struct {
	Number int    `json:"number"`
	Used   int    `json:"used"`
	Size   int    `json:"size"`
	To     string `json:"to,omitempty"` // the switch at the other end of a tie trunk
	// Out says that it is out of service: it takes no new calls.
	Out bool `json:"outOfService,omitempty"`
}

// State tells what there is in the switch now.
func (s *Switch) State() State {
	s.mu.Lock()
	defer s.unlock()
	st := State{ // lists that are empty are lists, in JSON as well
		Calls: []CallInfo{}, Agents: []AgentInfo{}, Skills: []SkillInfo{}, Trunks: []TrunkInfo{},
	}
	for _, c := range s.order {
		st.Calls = append(st.Calls, c.info())
	}
	for _, a := range s.agents {
		st.Agents = append(st.Agents, a.info())
	}
	for _, sk := range s.skills {
		info := SkillInfo{
			Extension: sk.lab.Extension, Name: sk.lab.Name,
			Staffed:   sk.count(s, vector.Staffed),
			Available: sk.count(s, vector.Available),
			Waiting:   []csta.CallID{},
		}
		for _, w := range sk.queue {
			info.Waiting = append(info.Waiting, w.call.id)
		}
		st.Skills = append(st.Skills, info)
	}
	for _, g := range s.trunks {
		info := TrunkInfo{
			Number: g.lab.Number, Size: len(g.used), To: g.lab.To, Out: g.out,
		}
		for _, used := range g.used {
			if used {
				info.Used++
			}
		}
		st.Trunks = append(st.Trunks, info)
	}
	return st
}

func (c *call) info() CallInfo {
	info := CallInfo{
		Call: c.id, UCID: c.ucid, Calling: c.calling.Device, Called: c.called.Device,
		Digits: c.entered, UUI: c.uui, Parties: []PartyInfo{},
	}
	if c.vdn != nil {
		info.VDN = c.vdn.ext
	}
	for _, p := range c.parties {
		pi := PartyInfo{
			Connection: p.id(), State: p.state, Since: p.since,
			Outside: p.dev.kind == outsideKind, Absent: p.absent,
		}
		if p.skill != nil {
			pi.Skill = p.skill.lab.Extension
		}
		info.Parties = append(info.Parties, pi)
	}
	return info
}

func (a *agent) info() AgentInfo {
	info := AgentInfo{
		ID: a.lab.ID, Name: a.lab.Name, State: a.state(), Mode: a.mode, Reason: a.reason,
		Pending: a.pendingState(),
	}
	if a.station != nil {
		info.Station = a.station.ext
	}
	return info
}
