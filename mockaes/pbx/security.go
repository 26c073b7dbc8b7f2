package pbx

import "github.com/wtiphone/wtiphone/csta"

// The answers about security codes; which texts AES uses is in no source.
const (
	codeAccepted = "SUCCESS"
	codeRejected = "FAILURE"
)

// shortestCode and longestCode bound a security code (CM: three to eight digits).
const (
	shortestCode = 3
	longestCode  = 8
)

// ValidateDeviceSecurityCode tells whether a station's security code is right.
func (s *Switch) ValidateDeviceSecurityCode(
	req csta.ValidateDeviceSecurityCode,
) (csta.SecurityCodeReply, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return csta.SecurityCodeReply{}, err
	}
	return d.station.accept(req.Code), nil
}

// ChangeDeviceSecurityCode gives a station another security code.
func (s *Switch) ChangeDeviceSecurityCode(
	req csta.ChangeDeviceSecurityCode,
) (csta.SecurityCodeReply, error) {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.stationOf(req.Device)
	if err != nil {
		return csta.SecurityCodeReply{}, err
	}
	r := d.station.accept(req.Old)
	if r.Response != codeAccepted {
		return r, nil
	}
	if n := len(req.New); n < shortestCode || n > longestCode {
		return csta.SecurityCodeReply{Response: codeRejected, Reason: "want 3 to 8 digits"}, nil
	}
	d.station.lab.SecurityCode = string(req.New)
	for i := range s.lab.Stations {
		if s.lab.Stations[i].Extension == d.ext {
			s.lab.Stations[i].SecurityCode = string(req.New)
		}
	}
	return r, nil
}

func (st *station) accept(code csta.Secret) csta.SecurityCodeReply {
	if string(code) != st.lab.SecurityCode {
		return csta.SecurityCodeReply{Response: codeRejected, Reason: "wrong security code"}
	}
	return csta.SecurityCodeReply{Response: codeAccepted}
}
