package pbx

import "github.com/wtiphone/wtiphone/csta"

// packetTime is the length of audio in one packet, in milliseconds.
const packetTime = 20

// settleStreams makes the streams of a station's registrations follow the call that
// the station attends to.
func (s *Switch) settleStreams(d *device) {
	if s.media == nil {
		return
	}
	now := d.active()
	for _, r := range s.regs[d.ext] {
		if r.mode != csta.MediaClient || r.party == now {
			continue
		}
		s.closeStream(r)
		if now != nil {
			s.openStream(r, now)
		}
	}
}

func (s *Switch) openStream(r *registration, p *party) {
	s.lastLeg++
	near, err := s.media.Open(s.lastLeg, r.far, r.codec)
	if err != nil {
		s.log.Warn("stream could not be opened", "device", r.dev.ext, "error", err)
		return
	}
	r.leg, r.party, r.stream = s.lastLeg, p, p.id()
	s.legs[r.leg] = p
	s.touchCall(p.call)
	packet := near.PacketSize
	if packet == 0 {
		packet = packetTime
	}
	s.tellStream(r, func(m csta.Monitored) csta.Event {
		return csta.MediaStarted{
			Monitored: m, Connection: r.stream, RTP: near.RTP, RTCP: near.RTCP,
			Codec: r.codec, PacketSize: packet,
		}
	})
}

func (s *Switch) closeStream(r *registration) {
	p := r.party
	if p == nil {
		return
	}
	s.media.Close(r.leg)
	delete(s.legs, r.leg)
	r.leg, r.party = 0, nil
	s.touchCall(p.call)
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
