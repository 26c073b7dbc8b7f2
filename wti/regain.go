package wti

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// claims is what a session is to be given.
type claims struct {
	devices   []deviceEntry
	monitors  []*Monitor
	routings  []*Routing
	terminals []csta.RegisterTerminal
}

// outcome collects what could not be had, and what of it may be had when a CTI link is
// back.
type outcome struct {
	mu      sync.Mutex
	missing []error
	owed    claims
}

func (o *outcome) add(err error) {
	if err != nil {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.missing = append(o.missing, err)
	}
}

// registerWindow is how many registrations are asked for at a time: Communication Manager
// takes 20 outstanding ones, 10 where signalling is encrypted (Avaya's release notes).
const registerWindow = 10

// regain asks AES for claims. Each refusal is reported and the rest goes on.
func (s *Session) regain(ctx context.Context, l *link, c claims) *outcome {
	lost := &outcome{}
	parallel(len(c.devices), func(i int) {
		reply, err := doOn(ctx, s, l, c.devices[i].request)
		if s.mayComeBack(err, c.devices[i].device) {
			lost.owe(claims{devices: c.devices[i : i+1]})
		}
		if err == nil && reply.Device != c.devices[i].device {
			err = fmt.Errorf("wti: device %s is now called %s", c.devices[i].device, reply.Device)
		}
		lost.add(err)
	})
	parallel(len(c.monitors), func(i int) {
		lost.add(s.retake(ctx, l, c.monitors[i]))
	})
	parallel(len(c.routings), func(i int) {
		if err := c.routings[i].register(ctx, l); err != nil {
			lost.add(fmt.Errorf("wti: routing of %s: %w", c.routings[i].request.Device, err))
		}
	})
	parallelBy(registerWindow, len(c.terminals), func(i int) {
		reply, err := doOn(ctx, s, l, c.terminals[i])
		if s.mayComeBack(err, c.terminals[i].Device) {
			lost.owe(claims{terminals: c.terminals[i : i+1]})
		}
		if err == nil && reply.Code != csta.NormalRegister {
			err = fmt.Errorf("%s (code %d)", reply.Reason, reply.Code)
			s.ledger.forgetTerminal(c.terminals[i].Device)
		}
		if err != nil {
			lost.add(fmt.Errorf("%w: %s: %w", ErrNotRegistered, c.terminals[i].Device, err))
		}
	})
	return lost
}

func (o *outcome) owe(c claims) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.owed.devices = append(o.owed.devices, c.devices...)
	o.owed.terminals = append(o.owed.terminals, c.terminals...)
}

// mayComeBack reports whether a request was refused that may not be when the link to the
// device's switch is up.
func (s *Session) mayComeBack(err error, device csta.DeviceID) bool {
	_, refused := errors.AsType[*csta.Fault](err)
	_, down := s.links.down(device)
	return refused && down
}

// retake starts a monitor anew. If the session has one for it, that is kept until the
// new one is there. One that is refused is over, unless it can wait for a CTI link.
func (s *Session) retake(ctx context.Context, l *link, m *Monitor) error {
	old := s.routes.detach(m)
	err := m.again(ctx, l)
	if err == nil {
		if old != "" && old != m.CrossRef() {
			// AES may have dropped it already, which is as good.
			_, _ = doOn(ctx, s, l, csta.MonitorStop{CrossRefID: old})
		}
		return nil
	}
	_, refused := errors.AsType[*csta.Fault](err)
	switch {
	case old != "":
		m.setRef(old)
		s.routes.add(old, m)
	case refused && !s.mayComeBack(err, m.device()):
		m.fail(err)
	}
	return fmt.Errorf("wti: monitor of %s: %w", m.device(), err)
}

// lapsed is what a session that lives has lost all the same: what AES ended or refused
// while a CTI link was down, and the monitors over those links, of which nobody knows
// whether AES still has them.
func (s *Session) lapsed(links []CTILink) claims {
	c := claims{routings: s.routings.ended()}
	for _, m := range s.routes.all() {
		if m.CrossRef() == "" || isOver(links, m) {
			c.monitors = append(c.monitors, m)
		}
	}
	devices, terminals := s.ledger.entries()
	for _, d := range s.owed.devices {
		if slices.Contains(devices, d) {
			c.devices = append(c.devices, d)
		}
	}
	for _, t := range s.owed.terminals {
		if slices.ContainsFunc(terminals, func(r csta.RegisterTerminal) bool {
			return r.Device.Same(t.Device)
		}) {
			c.terminals = append(c.terminals, t)
		}
	}
	return c
}

// isOver reports whether what a monitor reports comes over one of the links.
func isOver(links []CTILink, m *Monitor) bool {
	device := m.device()
	return device != "" && slices.ContainsFunc(links, func(l CTILink) bool {
		return l.serves(device)
	})
}

// remedy makes up for what was missed over CTI links that are up again: what AES ended
// is asked for anew, and each monitor over them gets one [Gap]. If the connection is
// lost meanwhile, healing does it.
func (s *Session) remedy(ctx context.Context, l *link) {
	links, since := s.links.back()
	if len(links) == 0 {
		return
	}
	monitors := slices.DeleteFunc(s.routes.all(), func(m *Monitor) bool {
		return !isOver(links, m)
	})
	for _, m := range monitors {
		m.hold()
	}
	gap := Gap{From: since, Resumed: true, Cause: linkLoss{links}}
	got := s.regain(ctx, l, s.lapsed(links))
	gap.Missing = got.missing
	settled := s.settleAll(ctx, l, monitors, gap)
	if l.cause() != nil || ctx.Err() != nil {
		return
	}
	s.owed = got.owed
	s.links.madeUp(links)
	gap.To = time.Now()
	s.tell(monitors, settled, gap)
	s.log.Info("CTI link came back", "why", gap.Cause, "gap", gap.To.Sub(gap.From),
		"monitors", len(monitors), "missing", len(gap.Missing))
}
