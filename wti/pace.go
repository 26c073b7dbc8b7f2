package wti

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// Pacing keeps requests apart that Communication Manager drops in silence when they
// come too fast (Avaya's DMCC FAQ). The zero value has the defaults; a negative
// duration switches a rule off.
type Pacing struct {
	Digits  time.Duration // between keys at one device; default 200 ms
	Feature time.Duration // after a feature button at one device; default 500 ms
	Other   time.Duration // between any other requests of the session; default none

	Outstanding int // requests without an answer at a time; default 256
}

func (p Pacing) withDefaults() Pacing {
	if p.Digits == 0 {
		p.Digits = 200 * time.Millisecond
	}
	if p.Feature == 0 {
		p.Feature = 500 * time.Millisecond
	}
	if p.Outstanding <= 0 {
		p.Outstanding = 256
	}
	return p
}

// pacer says when a device may be asked for something again.
type pacer struct {
	rules Pacing
	slots chan struct{} // one for each request without an answer

	mu    sync.Mutex
	ready map[csta.DeviceID]time.Time
}

func newPacer(rules Pacing) *pacer {
	return &pacer{
		rules: rules, slots: make(chan struct{}, rules.Outstanding),
		ready: make(map[csta.DeviceID]time.Time),
	}
}

// enter waits for a slot and for the device's turn. Who enters must leave.
func (p *pacer) enter(ctx context.Context, req csta.Message) error {
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	device, gap := p.gap(req)
	if device == "" || gap <= 0 {
		return nil
	}
	select {
	case <-time.After(time.Until(p.book(device, gap))):
		return nil
	case <-ctx.Done():
		p.leave()
		return ctx.Err()
	}
}

func (p *pacer) leave() { <-p.slots }

// book takes the device's next free moment, and keeps the gap behind it free.
func (p *pacer) book(device csta.DeviceID, gap time.Duration) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	at := p.ready[device]
	if at.Before(now) {
		at = now
	}
	p.ready[device] = at.Add(gap)
	if len(p.ready) > 1024 {
		for d, t := range p.ready { // the past needs no entry
			if t.Before(now) {
				delete(p.ready, d)
			}
		}
	}
	return at
}

// gap is the device that a request presses keys at, and how long it needs then.
func (p *pacer) gap(req csta.Message) (csta.DeviceID, time.Duration) {
	switch req := req.(type) {
	case csta.GenerateDigits:
		return req.Target.Device, p.rules.Digits
	case csta.SendDTMFTone:
		return req.Sender.Device, p.rules.Digits
	case csta.ButtonPress:
		if isFeature(req.Button) {
			return req.Device, p.rules.Feature
		}
		return req.Device, p.rules.Digits
	case csta.SetHookswitchStatus: // a digit right behind it is lost
		return req.Device, p.rules.Digits
	}
	if p.rules.Other > 0 {
		return "other", p.rules.Other
	}
	return "", 0
}

// isFeature tells the keys beside the dial pad by their numbers, which begin at 256
// (module 1 in Avaya's numbering of buttons).
func isFeature(button string) bool {
	n, err := strconv.Atoi(button)
	return err == nil && n >= 256
}
