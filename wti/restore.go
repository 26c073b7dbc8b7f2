package wti

import (
	"context"
	"errors"
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
	if err := s.askLinks(ctx, l, !gap.Resumed); err != nil {
		return err
	}
	s.judge()
	links, since := s.links.back()
	if len(links) > 0 && since.Before(lost) {
		gap.From = since
	}
	monitors := s.routes.all()
	var c claims
	if gap.Resumed {
		c = s.lapsed(links)
	} else {
		c = s.everything(ctx, l, old, monitors)
	}
	got := s.regain(ctx, l, c)
	gap.Missing = got.missing
	settled := s.settleAll(ctx, l, monitors, gap)
	if err := l.cause(); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.owed = got.owed
	s.links.madeUp(links)
	s.publish(l, monitors, settled, gap)
	return nil
}

// everything is what a new session has to be given: all that the old one had, except
// for what AES hands over.
func (s *Session) everything(ctx context.Context, l, old *link, monitors []*Monitor) claims {
	s.routes.forget()
	oldID, _ := old.session(0)
	if l.address != old.address || errors.Is(old.cause(), ErrTerminated) {
		oldID = ""
	}
	left, moved := s.takeOver(ctx, l, oldID, monitors)
	c := claims{monitors: left, routings: s.routings.all()}
	if !moved { // else devices and registrations were handed over with the monitors
		c.devices, c.terminals = s.ledger.entries()
	}
	return c
}

// settleAll takes the snapshots that belong to a gap.
func (s *Session) settleAll(ctx context.Context, l *link, monitors []*Monitor, gap Gap) []Gap {
	settled := make([]Gap, len(monitors))
	parallel(len(monitors), func(i int) {
		settled[i] = s.settle(ctx, l, monitors[i], gap)
	})
	return settled
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

// publish makes the connection the session's, and lets the monitors go on: each
// with its gap, then what came after the snapshot.
func (s *Session) publish(l *link, monitors []*Monitor, gaps []Gap, own Gap) {
	s.mu.Lock()
	s.link = l
	s.mu.Unlock()
	now := time.Now()
	s.status.set(func(st *Status) {
		*st = Status{
			State: Live, Since: st.Since, Epoch: l.epoch, Address: l.address,
			CTI: s.links.known(),
		}
	})
	own.To = now
	s.tell(monitors, gaps, own)
	s.log.Info("session healed", "epoch", l.epoch, "resumed", own.Resumed,
		"gap", own.To.Sub(own.From), "monitors", len(monitors), "missing", len(own.Missing))
}

// tell lets the monitors go on, each with its gap, and tells the session's own.
func (s *Session) tell(monitors []*Monitor, gaps []Gap, own Gap) {
	for i, m := range monitors {
		gaps[i].To = own.To
		m.release(gaps[i])
	}
	s.own.push(Event{Event: own, At: own.To})
}

// parallel calls f for 0 to n-1, at most window at a time.
func parallel(n int, f func(int)) { parallelBy(window, n, f) }

// parallelBy is parallel with a window of another width.
func parallelBy(width, n int, f func(int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(n, width) {
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
