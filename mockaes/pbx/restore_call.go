package pbx

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

func (r *restorer) call(im callImage) (err error) {
	s := r.s
	if s.calls[im.Call] != nil {
		return errors.New("is there twice")
	}
	if n := len(s.order); im.Turn > s.turn || n > 0 && im.Turn <= s.order[n-1].turn {
		return errors.New("is out of order")
	}
	if im.Steps < 0 {
		return fmt.Errorf("%d steps", im.Steps)
	}
	c := &call{
		id: im.Call, ucid: im.UCID, turn: im.Turn, redirected: im.Redirected, uui: im.UUI,
		steps:   im.Steps,
		entered: im.Entered, tone: r.play(im.Tone), vdn: s.devices[im.VDN],
		enteredAt: s.devices[im.EnteredAt], predicts: im.Predicts, hops: im.Hops,
		calling: csta.ExtendedDeviceID{Device: im.Calling.Device, Presence: im.Calling.Presence},
		called:  csta.ExtendedDeviceID{Device: im.Called.Device, Presence: im.Called.Presence},
	}
	if err := r.knowledge(c, im); err != nil {
		return err
	}
	s.calls[c.id] = c
	s.order = append(s.order, c)
	for _, p := range im.Parties {
		if err := r.party(c, p); err != nil {
			return err
		}
	}
	if err := restoreDeafness(c, im.Parties); err != nil {
		return err
	}
	for _, w := range im.Queued {
		if err := r.waiting(c, w); err != nil {
			return err
		}
	}
	s.touchCall(c)
	return r.run(c, im.Run)
}

// knowledge restores what travels with a call.
func (r *restorer) knowledge(c *call, im callImage) (err error) {
	if d := r.s.devices[im.Predicts]; im.Predicts != "" && (d == nil || d.kind != vdnKind) {
		return fmt.Errorf("no VDN %q", im.Predicts)
	}
	var memory memoryImage
	if err := csta.Decode(im.Memory, &memory); err != nil {
		return err
	}
	c.original, c.lookAhead, c.history = memory.Original, memory.LookAhead, memory.History
	if c.skill, err = r.skill(im.Skill); err != nil {
		return err
	}
	if im.Trunk != nil {
		if c.trunk, err = r.trunk(*im.Trunk); err != nil {
			return err
		}
	}
	return nil
}

func restoreDeafness(c *call, parties []partyImage) error {
	for i, p := range parties {
		for _, j := range p.DeafTo {
			if j < 0 || j >= len(c.parties) {
				return errors.New("a party is missing")
			}
			c.parties[i].deafTo = append(c.parties[i].deafTo, c.parties[j])
		}
	}
	return nil
}

func (r *restorer) party(c *call, im partyImage) error {
	d := r.s.devices[im.Extension]
	if im.Outside != nil {
		o, err := r.outside(im.Outside)
		if err != nil {
			return err
		}
		d = o
	}
	if d == nil {
		return fmt.Errorf("no such device %q", im.Extension)
	}
	p := &party{
		call: c, dev: d, state: im.State, appearance: im.Appearance, silent: im.Silent,
		stepped: im.Stepped,
		absent:  im.Absent, since: im.Since.Add(r.shift), cover: im.Cover, dialled: im.Dialled,
		play: r.play(im.Play),
	}
	var err error
	if p.skill, err = r.skill(im.Skill); err != nil {
		return err
	}
	c.parties = append(c.parties, p)
	if !p.absent || d.kind != stationKind {
		d.parties = append(d.parties, p)
	}
	if d.kind == stationKind && !p.absent {
		if p.appearance < 0 || p.appearance >= len(d.station.calls) ||
			d.station.calls[p.appearance] != nil {
			return fmt.Errorf("no appearance %d at %s", p.appearance, d.ext)
		}
		d.station.calls[p.appearance] = p
	}
	if im.Outside != nil {
		p.leg = im.Outside.Leg
		r.s.legs[p.leg] = p
		if e := p.tie(); e != nil {
			e.party = p
		}
		r.outsideAlarms(p, im.Outside)
	}
	r.later(im.Alarm, func(d time.Duration) { p.timer = r.s.alarm(d, im.Alarm.Job, p) })
	return nil
}

func (r *restorer) outside(im *outsideImage) (*device, error) {
	t, err := r.line(im.Trunk)
	if err != nil {
		return nil, err
	}
	d := &device{
		ext: im.Number, id: im.ID, kind: outsideKind,
		outside: &outside{
			lab: im.Behaviour, trunk: t, first: im.First, was: im.Was, rings: im.Rings,
		},
	}
	if im.Tie != nil {
		d.name = im.Tie.Name
		d.outside.tie, err = r.tie(*im.Tie, t)
	}
	return d, err
}

// line takes a line that was in use.
func (r *restorer) line(im trunkImage) (trunkMember, error) {
	t, err := r.trunk(im)
	if err != nil {
		return t, err
	}
	if t.group.used[t.member] {
		return t, fmt.Errorf("trunk %s is used twice", t.name())
	}
	t.group.used[t.member] = true
	return t, nil
}

func (r *restorer) outsideAlarms(p *party, im *outsideImage) {
	o := p.dev.outside
	r.later(im.Alarm, func(d time.Duration) { o.timer = r.s.alarm(d, im.Alarm.Job, p) })
	r.later(im.Talking, func(d time.Duration) { o.talking = r.s.alarm(d, im.Talking.Job, p) })
}

// partyAt is a party of a call by its place.
func partyAt(c *call, i int, k kind) (*party, error) {
	if i < 0 || i >= len(c.parties) || c.parties[i].dev.kind != k {
		return nil, errors.New("a party is missing")
	}
	return c.parties[i], nil
}

func (r *restorer) waiting(c *call, im waitingImage) error {
	p, err := partyAt(c, im.Party, skillKind)
	if err != nil || p.state != csta.Queued {
		return errors.New("a queue is missing")
	}
	w := &waiting{
		call: c, skill: p.dev.skill, party: p, priority: im.Priority,
		since: im.Since.Add(r.shift), turn: im.Turn,
	}
	if im.Only != "" {
		d, err := r.device(im.Only, agentKind)
		if err != nil {
			return err
		}
		w.only = d.agent
	}
	place, _ := slices.BinarySearchFunc(w.skill.queue, w, compareWaiting)
	w.skill.queue = slices.Insert(w.skill.queue, place, w)
	c.queued = append(c.queued, w)
	return nil
}

func (r *restorer) run(c *call, im *runImage) error {
	if im == nil {
		return nil
	}
	p, err := partyAt(c, im.Party, vdnKind)
	if err != nil {
		return err
	}
	if _, ok := r.s.vectors[im.Vector]; !ok || im.Next < 0 {
		return fmt.Errorf("no vector %d", im.Vector)
	}
	run := &vectorRun{
		s: r.s, call: c, vdn: p, vector: im.Vector, next: im.Next,
		digits: im.Digits, ahead: im.Ahead, want: im.Want, play: r.play(im.Play),
	}
	c.run = run
	r.later(im.Alarm, func(d time.Duration) { run.timer = run.alarm(d, im.Alarm.Job) })
	return r.attempt(run, im.Attempt)
}
