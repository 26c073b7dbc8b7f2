package pbx

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

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
