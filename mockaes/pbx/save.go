package pbx

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/wtiphone/wtiphone/csta"
)

// Save writes the whole switch as JSON, for [Restore]. Monitors, registrations,
// tone collections and routing dialogues belong to sessions and are not in it.
func (s *Switch) Save() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.save()
}

// SaveAll writes switches that have been joined, each as [Switch.Save] does, at one
// moment: what one sees under way the others have sent.
func SaveAll(switches ...*Switch) ([][]byte, error) {
	for _, s := range switches { // nothing else holds the locks of two
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	images := make([][]byte, len(switches))
	for i, s := range switches {
		var err error
		if images[i], err = s.save(); err != nil {
			return nil, err
		}
	}
	return images, nil
}

func (s *Switch) save() ([]byte, error) {
	im := image{
		Version: imageVersion, Lab: s.lab, Time: s.clock.Now(), LastCall: s.lastCall,
		LastLeg: s.lastLeg, LastTie: s.lastTie, Turn: s.turn,
	}
	for _, d := range s.stations {
		if st := d.station; st.sendAll || st.message || st.forward != "" {
			im.Stations = append(im.Stations, stationImage{
				Extension: d.ext, SendAll: st.sendAll, Forward: st.forward, Message: st.message,
			})
		}
	}
	for _, a := range s.agents {
		if a.station != nil {
			im.Agents = append(im.Agents, a.image())
		}
	}
	for _, lab := range s.lab.HuntGroups {
		if g := s.devices[lab.Extension].hunt; g.last != "" {
			im.Hunts = append(im.Hunts, huntImage{lab.Extension, g.last})
		}
	}
	for _, g := range s.trunks {
		if g.out {
			im.Out = append(im.Out, g.lab.Number)
		}
	}
	for _, c := range s.order {
		ci, err := c.image()
		if err != nil {
			return nil, fmt.Errorf("pbx: Save: call %s: %w", c.id, err)
		}
		im.Calls = append(im.Calls, ci)
	}
	var err error
	if im.Flights, err = s.flights(); err != nil {
		return nil, err
	}
	return json.MarshalIndent(im, "", "  ")
}

func (t *timer) image() *alarmImage {
	if !t.running() {
		return nil
	}
	return &alarmImage{Job: t.job, At: t.At(), Turn: t.Turn()}
}

func (a *agent) image() agentImage {
	im := agentImage{
		ID: a.lab.ID, Station: a.station.ext, Mode: a.mode, Ready: a.ready, Reason: a.reason,
		Busy: a.busy, IdleTurn: a.idleTurn, ACW: a.acw.image(),
	}
	if a.last != nil {
		im.Last = a.last.lab.Extension
	}
	if p := a.pending; p != nil {
		im.Pending = &pendingImage{State: p.state, Mode: p.mode, Reason: p.reason}
	}
	return im
}

func (t trunkMember) image() trunkImage {
	return trunkImage{Group: t.group.lab.Number, Member: t.member, Incoming: t.incoming}
}

func endOf(d csta.ExtendedDeviceID) endImage {
	return endImage{Device: d.Device, Presence: d.Presence}
}

func (c *call) image() (callImage, error) {
	memory, err := json.Marshal(memoryImage{
		Original: c.original, LookAhead: c.lookAhead, History: c.history,
	})
	im := callImage{
		Call: c.id, UCID: c.ucid, Turn: c.turn, Calling: endOf(c.calling),
		Called: endOf(c.called), Redirected: c.redirected, UUI: c.uui, Entered: c.entered,
		Memory: memory, Tone: c.tone, Hops: c.hops, Predicts: c.predicts, Steps: c.steps,
	}
	if c.trunk.group != nil {
		t := c.trunk.image()
		im.Trunk = &t
	}
	if c.vdn != nil {
		im.VDN = c.vdn.ext
	}
	if c.skill != nil {
		im.Skill = c.skill.lab.Extension
	}
	if c.enteredAt != nil {
		im.EnteredAt = c.enteredAt.ext
	}
	for _, p := range c.parties {
		pi := p.image()
		for _, other := range p.deafTo {
			pi.DeafTo = append(pi.DeafTo, slices.Index(c.parties, other))
		}
		im.Parties = append(im.Parties, pi)
	}
	if r := c.run; r != nil {
		im.Run = &runImage{
			Party: slices.Index(c.parties, r.vdn), Vector: r.vector, Next: r.next,
			Digits: r.digits, Ahead: r.ahead, Want: r.want, Play: r.play,
			Alarm: r.timer.image(),
		}
		if e := r.attempt; e != nil {
			im.Run.Attempt = &attemptImage{Number: e.number, Trunk: e.trunk.image(), Tie: e.image()}
		}
	}
	for _, w := range c.queued {
		im.Queued = append(im.Queued, w.image())
	}
	return im, err
}

func (w *waiting) image() waitingImage {
	im := waitingImage{
		Party: slices.Index(w.call.parties, w.party), Priority: w.priority, Since: w.since,
		Turn: w.turn,
	}
	if w.only != nil {
		im.Only = w.only.lab.ID
	}
	return im
}

func (p *party) image() partyImage {
	im := partyImage{
		Extension: p.dev.ext, State: p.state, Appearance: p.appearance, Silent: p.silent,
		Stepped: p.stepped,
		Absent:  p.absent, Since: p.since, Cover: p.cover, Dialled: p.dialled, Play: p.play,
		Alarm: p.timer.image(),
	}
	if p.skill != nil {
		im.Skill = p.skill.lab.Extension
	}
	if o := p.dev.outside; o != nil {
		im.Extension = ""
		im.Outside = &outsideImage{
			Number: p.dev.ext, ID: p.dev.id, Behaviour: o.lab, Trunk: o.trunk.image(),
			First: o.first, Was: o.was, Rings: o.rings, Leg: p.leg, Alarm: o.timer.image(),
			Talking: o.talking.image(),
		}
		if o.tie != nil {
			tie := o.tie.image()
			im.Outside.Tie = &tie
		}
	}
	return im
}
