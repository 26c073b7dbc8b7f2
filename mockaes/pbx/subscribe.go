package pbx

import (
	"fmt"
	"strconv"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/internal/panel"
)

// listener is an application's wish to hear, without a monitor, of one thing at a
// station.
type listener struct {
	id      string
	sip     bool               // of SIP headers; else of tones that fail
	tone    csta.TelephonyTone // of this one only; empty: of any
	deliver func(csta.Event)
}

// TelephonyTonesEventStart lets an application hear when a tone at a station fails;
// the events carry id. deliver is called while the switch is locked: it must only
// enqueue. When stop has returned it is not called any more.
func (s *Switch) TelephonyTonesEventStart(
	req csta.TelephonyTonesEventStart, id string, deliver func(csta.Event),
) (stop func(), err error) {
	return s.subscribe(req.Device, &listener{id: id, tone: req.Tone, deliver: deliver})
}

// SIPHeaderEventsStart lets an application hear the SIP headers of the calls that
// reach a station; the rest is as in [Switch.TelephonyTonesEventStart].
func (s *Switch) SIPHeaderEventsStart(
	req csta.SIPHeaderEventsStart, id string, deliver func(csta.Event),
) (stop func(), err error) {
	return s.subscribe(req.Device, &listener{id: id, sip: true, deliver: deliver})
}

func (s *Switch) subscribe(id csta.DeviceID, l *listener) (stop func(), err error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(id)
	if err != nil {
		return nil, err
	}
	d.station.listeners = append(d.station.listeners, l)
	return func() {
		s.mu.Lock()
		defer s.unlock()
		d.station.listeners = without(d.station.listeners, l)
	}, nil
}

// toneFailed tells that a tone of a station could not begin or ended early.
func (d *device) toneFailed(
	id csta.ConnectionID, tone csta.TelephonyTone, why csta.TelephonyToneReasonCode,
) {
	if d == nil || d.kind != stationKind {
		return
	}
	for _, l := range d.station.listeners {
		if !l.sip && (l.tone == "" || l.tone == tone) {
			l.deliver(csta.TelephonyTonesAborted{
				Connection: id, Tone: tone, Reason: why, Listener: l.id,
			})
		}
	}
}

// tellSIPHeader tells the headers of a call that reaches a station.
func (s *Switch) tellSIPHeader(p *party) {
	if p.dev.kind != stationKind {
		return
	}
	for _, l := range p.dev.station.listeners {
		if l.sip {
			l.deliver(csta.SIPHeaderChanged{
				Device: p.dev.id, Listener: l.id, Call: p.call.number(), Button: p.button(),
				Header: s.sipHeader(p),
			})
		}
	}
}

// GetSIPHeader tells the SIP headers of the call on a station's appearance.
func (s *Switch) GetSIPHeader(req csta.GetSIPHeader) (csta.SIPHeader, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return csta.SIPHeader{}, err
	}
	for _, p := range d.station.calls {
		if p != nil && (req.Button == "" || p.button() == req.Button) {
			return csta.SIPHeader{
				Device: d.id, Call: p.call.number(), Button: p.button(), Header: s.sipHeader(p),
			}, nil
		}
	}
	n, err := strconv.Atoi(req.Button)
	if i := n - panel.FirstAppearance; err != nil || i < 0 || i >= len(d.station.calls) {
		return csta.SIPHeader{}, csta.Refuse(csta.InvalidButtonIdentifier)
	}
	return csta.SIPHeader{}, csta.Refuse(csta.NoActiveCall)
}

// sipHeader is who is at the other end of a call (RFC 3325) and, if there is any, its
// user-to-user information (RFC 7433): one header a line.
func (s *Switch) sipHeader(p *party) string {
	other := p.call.calling.Device
	if other == p.dev.id || other == "" {
		other = p.call.called.Device
	}
	name := ""
	if d := s.device(other); d != nil && d.name != "" {
		name = `"` + d.name + `" `
	}
	header := "P-Asserted-Identity: " + name + "<sip:" + other.Extension() + "@" + s.lab.Name + ">"
	if p.call.uui != "" {
		header += fmt.Sprintf("\r\nUser-to-User: %x;encoding=hex", p.call.uui)
	}
	return header
}

// number is the id of a call where it is sent as a number.
func (c *call) number() int64 {
	n, _ := strconv.ParseInt(string(c.id), 10, 64) // ids are made of numbers
	return n
}

// button is the button of a party's appearance.
func (p *party) button() string { return panel.Appearance(p.appearance) }
