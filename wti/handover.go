package wti

import (
	"context"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti/internal/carrier"
)

// handoverTime bounds how long the list of what was handed over may take.
const handoverTime = 3 * time.Second

// takeOver asks AES to hand what the old session still holds over to the new one
// (DMCC practice; whether WTI offers it is not known, and a refusal is remembered).
// What comes of it is told in events for a monitor of the new session itself. It
// returns the monitors that were not handed over, and whether anything was.
func (s *Session) takeOver(ctx context.Context, l *link, oldID string, monitors []*Monitor,
) (left []*Monitor, moved bool) {
	newID, _ := l.session(0)
	if oldID == "" || newID == "" || oldID == newID || !s.dialect.offersHandover() {
		return monitors, false
	}
	if carrier.IsREST(l.address) {
		return monitors, false // AES would go on posting to the old session's path
	}
	ctx, cancel := context.WithTimeout(ctx, handoverTime)
	defer cancel()
	ears := &Monitor{session: s, queue: newQueue(s.o.Buffer), request: csta.MonitorStart{
		Avaya: csta.AvayaEvents{
			Invert: new(true), DeviceServices: &csta.DeviceServicesFilter{Transfer: new(true)},
		},
	}}
	if err := ears.start(ctx, l); err != nil {
		s.dialect.noHandover(err)
		return monitors, false
	}
	defer s.dropEars(ctx, l, ears)
	_, err := doOn(ctx, s, l, csta.TransferMonitorObjects{From: oldID, To: newID})
	if err != nil {
		s.dialect.noHandover(err)
		return monitors, false
	}
	refs := make(map[csta.DeviceID][]csta.MonitorCrossRefID)
	for ev, err := range ears.Events(ctx) {
		if err != nil {
			break
		}
		told, ok := ev.Event.(csta.MonitorObjectsTransferred)
		if !ok {
			continue
		}
		for _, object := range told.Monitors {
			for _, started := range object.Monitors {
				key := object.Object.Device
				refs[key] = append(refs[key], started.CrossRefID)
			}
		}
		if told.Final {
			break
		}
	}
	return s.adopt(monitors, refs), len(refs) > 0
}

// adopt gives each monitor one of the references that its device was handed over
// with, and returns those for which there was none.
func (s *Session) adopt(monitors []*Monitor, refs map[csta.DeviceID][]csta.MonitorCrossRefID,
) (left []*Monitor) {
	for _, m := range monitors {
		device := m.request.Object.Device
		if list := refs[device]; device != "" && len(list) > 0 {
			refs[device] = list[1:]
			m.setRef(list[0])
			s.routes.add(list[0], m)
			continue
		}
		left = append(left, m)
	}
	return left
}

// dropEars ends the monitor that listened for the handover.
func (s *Session) dropEars(ctx context.Context, l *link, ears *Monitor) {
	ref := ears.CrossRef()
	s.routes.remove(ears)
	ears.queue.end(ErrClosed)
	_, _ = doOn(ctx, s, l, csta.MonitorStop{CrossRefID: ref})
}
