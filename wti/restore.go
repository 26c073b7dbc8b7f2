package wti

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// window is how many requests of a restoration are outstanding at a time: enough
// to hide the round trips of thousands of monitors, few enough not to flood AES.
const window = 64

// restore makes a new connection as good as the lost one: the session, its devices,
// monitors and registrations, and a snapshot of each monitored device. An error
// means that the connection is not worth keeping; what AES merely refuses is told
// in the gap.
func (s *Session) restore(ctx context.Context, l, old *link, lost time.Time) error {
	gap := Gap{From: lost, Cause: old.cause()}
	var err error
	if gap.Resumed, err = s.resume(ctx, l, old); err != nil {
		return err
	}
	monitors := s.routes.all()
	if !gap.Resumed {
		s.routes.forget()
		oldID, _ := old.session(0)
		if l.address != old.address || errors.Is(old.cause(), ErrTerminated) {
			oldID = ""
		}
		left, moved := s.takeOver(ctx, l, oldID, monitors)
		gap.Missing = s.regain(ctx, l, left, moved)
	}
	settled := make([]Gap, len(monitors))
	parallel(len(monitors), func(i int) {
		settled[i] = s.settle(ctx, l, monitors[i], gap)
	})
	if err := l.cause(); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.publish(l, monitors, settled, gap)
	return nil
}

// resume brings the old application session to the new connection if it still
// lives, or starts a new one: by a reset of its timer, which a session that is still
// there answers, then by a start that names it (DMCC practice), then afresh.
func (s *Session) resume(ctx context.Context, l, old *link) (same bool, err error) {
	id, _ := old.session(0)
	if id == "" || l.address != old.address || errors.Is(old.cause(), ErrTerminated) {
		return false, s.begin(ctx, l, "")
	}
	if s.resetTimer(ctx, l, id) == nil {
		old.mu.Lock()
		started := old.started
		old.mu.Unlock()
		l.mu.Lock()
		if l.started.ActualDuration > 0 {
			started.ActualDuration = l.started.ActualDuration
		}
		if l.started.Token != "" {
			started.Token = l.started.Token
		}
		l.started = started
		l.mu.Unlock()
		l.wg.Go(func() { s.keepAlive(l) })
		return true, nil
	}
	err = s.begin(ctx, l, id)
	if _, refused := errors.AsType[*csta.Fault](err); refused {
		return false, s.begin(ctx, l, "")
	}
	now, _ := l.session(0)
	return err == nil && now == id, err
}

// regain asks a new session for everything that the old one had and that was not
// handed over. Each refusal is
// reported and the rest goes on.
func (s *Session) regain(ctx context.Context, l *link, monitors []*Monitor, moved bool,
) (missing []error) {
	var mu sync.Mutex
	report := func(err error) {
		if err != nil {
			mu.Lock()
			missing = append(missing, err)
			mu.Unlock()
		}
	}
	devices, terminals := s.ledger.entries()
	if moved { // they were handed over with the monitors
		devices, terminals = nil, nil
	}
	parallel(len(devices), func(i int) {
		reply, err := doOn(ctx, s, l, devices[i].request)
		if err == nil && reply.Device != devices[i].device {
			err = fmt.Errorf("wti: device %s is now called %s", devices[i].device, reply.Device)
		}
		report(err)
	})
	parallel(len(monitors), func(i int) {
		if err := monitors[i].start(ctx, l); err != nil {
			report(fmt.Errorf("wti: monitor of %s: %w", monitors[i].request.Object.Device, err))
			if _, refused := errors.AsType[*csta.Fault](err); refused {
				monitors[i].fail(err)
			}
		}
	})
	routed := s.routings.all()
	parallel(len(routed), func(i int) {
		if err := routed[i].register(ctx, l); err != nil {
			report(fmt.Errorf("wti: routing of %s: %w", routed[i].request.Device, err))
		}
	})
	parallel(len(terminals), func(i int) {
		reply, err := doOn(ctx, s, l, terminals[i])
		if err == nil && reply.Code != csta.NormalRegister {
			err = fmt.Errorf("wti: %s was not registered again: %s (code %d)",
				terminals[i].Device, reply.Reason, reply.Code)
			s.ledger.forgetTerminal(terminals[i].Device)
		}
		report(err)
	})
	return missing
}

// publish makes the connection the session's, and lets the monitors go on: each
// with its gap, then what came after the snapshot.
func (s *Session) publish(l *link, monitors []*Monitor, gaps []Gap, own Gap) {
	s.mu.Lock()
	s.link = l
	s.mu.Unlock()
	now := time.Now()
	s.status.set(func(st *Status) {
		*st = Status{State: Live, Since: st.Since, Epoch: l.epoch, Address: l.address}
	})
	for i, m := range monitors {
		gaps[i].To = now
		m.release(gaps[i])
	}
	own.To = now
	s.own.push(Event{Event: own, At: now})
	s.log.Info("session healed", "epoch", l.epoch, "resumed", own.Resumed,
		"gap", own.To.Sub(own.From), "monitors", len(monitors), "missing", len(own.Missing))
}

// parallel calls f for 0 to n-1, at most window at a time.
func parallel(n int, f func(int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(n, window) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}
