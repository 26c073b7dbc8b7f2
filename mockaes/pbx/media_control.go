package pbx

import "github.com/wtiphone/wtiphone/csta"

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
