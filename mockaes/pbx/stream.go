package pbx

import (
	"errors"

	"github.com/wtiphone/wtiphone/csta"
)

// packetTime is the length of audio in one packet, in milliseconds.
const packetTime = 20

// settleStreams makes the streams of a station's registrations follow the call that
// the station attends to.
func (s *Switch) settleStreams(d *device) {
	now := d.active()
	for _, r := range s.regs[d.ext] {
		if r.mode == csta.MediaTelecommuter && r.linked != (now != nil) {
			r.linked = now != nil
			s.tellStream(r, func(m csta.Monitored) csta.Event {
				return csta.ServiceLinkStatus{
					Monitored: m, Device: csta.Party(r.id()), Up: &r.linked,
				}
			})
		}
		if s.media == nil || !r.carries() || r.party == now {
			continue
		}
		s.closeStream(r)
		if r.stopped != now {
			r.stopped = nil
		}
		if now != nil && r.stopped == nil {
			s.openStream(r, now)
		}
	}
}

// carries reports whether the registration has audio of its own.
func (r *registration) carries() bool {
	return r.mode == csta.MediaClient || r.mode == csta.MediaServer
}

// shuffle gives the streams of a call that was answered another address, as a switch
// does that routes audio anew at the answer.
func (s *Switch) shuffle(c *call) {
	if !s.features.Shuffle {
		return
	}
	for _, p := range c.parties {
		for _, r := range s.regs[p.dev.ext] {
			if r.party == p && r.mode == csta.MediaClient {
				s.closeStream(r)
				s.touchStation(r.dev)
			}
		}
	}
}

func (s *Switch) openStream(r *registration, p *party) {
	leg := s.lastLeg + 1
	if r.mode == csta.MediaServer {
		s.lastLeg, r.leg, r.party = leg, leg, p
		s.legs[r.leg] = p
		s.touchCall(p.call)
		return
	}
	near, err := s.media.Open(leg, r.far, r.terms)
	if err != nil {
		s.log.Warn("stream could not be opened", "device", r.dev.ext, "error", err)
		return
	}
	s.lastLeg, r.leg = leg, leg
	r.party, r.stream, r.near = p, p.id(), near
	s.legs[r.leg] = p
	s.touchCall(p.call)
	packet := near.PacketSize
	if packet == 0 {
		packet = packetTime
	}
	s.tellStream(r, func(m csta.Monitored) csta.Event {
		return csta.MediaStarted{
			Monitored: m, Connection: r.stream, RTP: near.RTP, RTCP: near.RTCP,
			Codec: r.terms.Codec, PacketSize: packet, Encryption: s.encryption(r.terms, near.Keys),
		}
	})
}

func (s *Switch) closeStream(r *registration) {
	p := r.party
	if p == nil {
		return
	}
	if r.mode == csta.MediaServer {
		s.endVoice(r)
	} else {
		s.media.Close(r.leg)
	}
	delete(s.legs, r.leg)
	r.leg, r.party = 0, nil
	s.touchCall(p.call)
	if r.mode == csta.MediaServer {
		return
	}
	s.tellStream(r, func(m csta.Monitored) csta.Event {
		return csta.MediaStopped{Monitored: m, Connection: r.stream}
	})
}

// tellStream tells the monitors of a station of a stream. Those that follow calls
// hear of calls only.
func (s *Switch) tellStream(r *registration, ev func(csta.Monitored) csta.Event) {
	for _, m := range r.dev.monitors {
		if !m.follows {
			m.send(ev(csta.Monitored{CrossRefID: m.ref}))
		}
	}
}

// RedirectMedia moves the terminal's end of a registration's stream to another
// address, or back to the one before.
func (s *Switch) RedirectMedia(req csta.RedirectMedia, owner any) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.telephone(req.Device)
	if err != nil {
		return err
	}
	for _, r := range s.regs[d.ext] {
		if r.instance != instanceOf(req.Device) || r.owner != owner || r.mode != csta.MediaClient {
			continue
		}
		far := r.before
		if !req.Previous {
			if req.Local == nil {
				return csta.Refuse(csta.InvalidParameterValue)
			}
			far = *req.Local
		}
		terms, missing := s.agree(far)
		if missing != "" || s.usable(far) != nil {
			return csta.Refuse(csta.InvalidParameterValue)
		}
		r.before, r.far, r.terms = r.far, far, terms
		s.closeStream(r)
		s.touchStation(d)
		return nil
	}
	return csta.Refuse(csta.InvalidObjectState)
}

// usable tells why audio cannot be sent to a terminal, nil if it can.
func (s *Switch) usable(far csta.MediaInfo) error {
	if far.RTP.Address == "" || far.RTP.Port <= 0 || far.RTP.Port > 65535 {
		return errors.New("client media mode needs an RTP address")
	}
	if m, ok := s.media.(Addresses); ok {
		return m.CheckFar(far)
	}
	return nil
}

// streamer finds the registration of a connection whose audio goes to the terminal.
func (s *Switch) streamer(id csta.ConnectionID, owner any) (*registration, *party, error) {
	p, err := s.find(id)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range s.regs[p.dev.ext] {
		if r.instance == instanceOf(id.Device) && r.owner == owner &&
			r.mode == csta.MediaClient && s.media != nil {
			return r, p, nil
		}
	}
	return nil, nil, csta.Refuse(csta.InvalidObjectState)
}

// MediaStart begins the stream of a connection again, whose owner has ended it with
// MediaStop, perhaps to another address.
func (s *Switch) MediaStart(req csta.MediaStart, owner any) (csta.MediaReply, error) {
	s.mu.Lock()
	defer s.unlock()
	var none csta.MediaReply
	r, p, err := s.streamer(req.Connection, owner)
	switch {
	case err != nil:
		return none, err
	case r.stopped != p || p != p.dev.active():
		return none, csta.Refuse(csta.InvalidObjectState)
	}
	before := *r
	if local := req.Descriptor.Local; local != nil {
		terms, missing := s.agree(*local)
		if missing != "" || s.usable(*local) != nil {
			return none, csta.Refuse(csta.InvalidParameterValue)
		}
		r.before, r.far, r.terms = r.far, *local, terms
	}
	r.stopped = nil
	s.openStream(r, p)
	if r.party == nil {
		*r = before
		return none, csta.Refuse(csta.ResourceOutOfServe)
	}
	far, near := r.far, r.near.MediaInfo
	return csta.MediaReply{Connection: p.id(), Descriptor: csta.MediaDescriptor{
		Protocol: "RTP", Encryption: s.encryption(r.terms, r.near.Keys), Local: &far, Remote: &near,
	}}, nil
}

// MediaStop ends the stream of a connection; the call goes on without it.
func (s *Switch) MediaStop(req csta.MediaStop, owner any) (csta.ConnectionReply, error) {
	s.mu.Lock()
	defer s.unlock()
	r, p, err := s.streamer(req.Connection, owner)
	switch {
	case err != nil:
		return csta.ConnectionReply{}, err
	case r.party != p:
		return csta.ConnectionReply{}, csta.Refuse(csta.InvalidObjectState)
	}
	s.closeStream(r)
	r.stopped = p
	return csta.ConnectionReply{Connection: p.id()}, nil
}
