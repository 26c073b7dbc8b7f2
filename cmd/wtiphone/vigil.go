package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// vigil is the devices that are watched. One that is refused, or whose monitor ends,
// does not end the others.
type vigil struct {
	*watcher
	session *wti.Session
	watched []string
	ends    chan ending // with room for all
	all     sync.WaitGroup
}

// ending is why a device is not watched.
type ending struct {
	number string
	err    error
	silent bool // nothing can be printed any more
}

func (e ending) Error() string { return fmt.Sprintf("device %s: %v", e.number, e.err) }
func (e ending) Unwrap() error { return e.err }

// begin starts the monitors. The error is a failure of the session's, or the last refusal
// where every device was refused.
func (v *vigil) begin(ctx context.Context, switchName string, numbers []string) error {
	var refused []ending
	for _, number := range numbers {
		m, err := monitorNumber(ctx, v.session, switchName, number)
		if err != nil {
			e := ending{number: number, err: err}
			if _, refusal := errors.AsType[*csta.Fault](err); !refusal {
				return e
			}
			refused = append(refused, e)
			continue
		}
		v.watched = append(v.watched, number)
		v.all.Go(func() { v.ends <- v.follow(ctx, m, number) })
	}
	for i, e := range refused {
		if len(v.watched) == 0 && i == len(refused)-1 {
			return e
		}
		v.tellUnwatched(e, "is not watched")
	}
	return nil
}

// last returns when nothing is watched any more, and why that is.
func (v *vigil) last(ctx context.Context) error {
	for left := len(v.watched); ; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case e := <-v.ends:
			left--
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case left == 0, e.silent, v.session.Err() != nil:
				return e
			}
			v.tellUnwatched(e, "is not watched any more")
		}
	}
}

// monitorNumber starts a monitor for an extension. Stations are asked for as the
// session's own first; VDNs and skills are third parties.
func monitorNumber(ctx context.Context, s *wti.Session, switchName, number string,
) (*wti.Monitor, error) {
	reply, err := wti.Do(ctx, s, csta.GetThirdPartyDeviceID{
		SwitchName: switchName, Extension: number,
	})
	if err != nil {
		return nil, err
	}
	return s.Monitor(ctx, csta.MonitorStart{Object: csta.MonitorObject{Device: reply.Device}})
}

// follow prints the events of a monitor until it ends.
func (v *vigil) follow(ctx context.Context, m *wti.Monitor, number string) ending {
	for ev, err := range m.Events(ctx) {
		if err != nil {
			return ending{number: number, err: err}
		}
		if err := v.print(ev, number); err != nil {
			return ending{number: number, err: err, silent: true}
		}
	}
	return ending{number: number, err: errors.New("events ended")}
}

// tellUnwatched says on stderr that a device is not watched, and among the events for
// whoever reads only those.
func (v *vigil) tellUnwatched(e ending, how string) {
	fmt.Fprintf(v.errs, "wtiphone: device %s %s: %s\n", e.number, how, explain(e.err))
	if !v.json {
		return
	}
	l := line{Time: time.Now(), Device: e.number, Event: "Unwatched"}
	if f, refused := errors.AsType[*csta.Fault](e.err); refused {
		l.Cause = string(f.Code)
	}
	l.Payload, _ = json.Marshal(map[string]string{"why": e.err.Error()}) // texts always can be
	v.mu.Lock()
	defer v.mu.Unlock()
	_ = writeJSON(v.out, l) // the next event finds out as well
}
