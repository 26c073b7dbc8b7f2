package mockaes

import (
	"fmt"
	"net/http"

	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// What an administrator of a switch does.

// site is the part of a body that names a switch: the first where it names none.
type site struct {
	Switch string `json:"switch,omitempty"`
}

func (b site) name() string { return b.Switch }

// readAt decodes a body with a site, and finds the switch.
func readAt[T interface{ name() string }](s *Server, r *http.Request) (T, *exchange, error) {
	body, err := read[T](r)
	if err != nil {
		return body, nil, err
	}
	at, err := s.exchangeNamed(body.name())
	return body, at, err
}

func (s *Server) adminUnregister(r *http.Request) (any, error) {
	return s.adminTerminal(r, (*pbx.Switch).ForceUnregister)
}

func (s *Server) adminReregister(r *http.Request) (any, error) {
	return s.adminTerminal(r, (*pbx.Switch).Reregister)
}

// adminTerminal does something to the terminals of a station, which has to have some.
func (s *Server) adminTerminal(
	r *http.Request, do func(s *pbx.Switch, ext, reason string) bool,
) (any, error) {
	body, at, err := readAt[struct {
		site
		Extension string `json:"extension"`
		Reason    string `json:"reason"`
	}](s, r)
	if err != nil {
		return nil, err
	}
	if !do(at.Switch, body.Extension, body.Reason) {
		return nil, fmt.Errorf("no terminal is registered at %.60q", body.Extension)
	}
	return body, nil
}

func (s *Server) adminLogOff(r *http.Request) (any, error) {
	body, at, err := readAt[struct {
		site
		Agent string `json:"agent"`
	}](s, r)
	if err != nil {
		return nil, err
	}
	if !at.ForceLogOff(body.Agent) {
		return nil, fmt.Errorf("agent %.60q is not logged in", body.Agent)
	}
	return body, nil
}

func (s *Server) adminTrunks(r *http.Request) (any, error) {
	body, at, err := readAt[struct {
		site
		Group     int  `json:"group"`
		InService bool `json:"inService"`
	}](s, r)
	if err != nil {
		return nil, err
	}
	if !at.SetTrunkService(body.Group, body.InService) {
		return nil, fmt.Errorf("there is no trunk group %d", body.Group)
	}
	return body, nil
}
