package mockaes

import (
	"fmt"
	"net/http"

	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// What an administrator of a switch does: of the first where no other is named.

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
	body, err := read[struct {
		Extension string `json:"extension"`
		Switch    string `json:"switch,omitempty"`
		Reason    string `json:"reason"`
	}](r)
	if err != nil {
		return nil, err
	}
	at, err := s.exchangeNamed(body.Switch)
	if err != nil {
		return nil, err
	}
	if !do(at.Switch, body.Extension, body.Reason) {
		return nil, fmt.Errorf("no terminal is registered at %.60q", body.Extension)
	}
	return body, nil
}

func (s *Server) adminLogOff(r *http.Request) (any, error) {
	body, err := read[struct {
		Agent  string `json:"agent"`
		Switch string `json:"switch,omitempty"`
	}](r)
	if err != nil {
		return nil, err
	}
	at, err := s.exchangeNamed(body.Switch)
	if err != nil {
		return nil, err
	}
	if !at.ForceLogOff(body.Agent) {
		return nil, fmt.Errorf("agent %.60q is not logged in", body.Agent)
	}
	return body, nil
}

func (s *Server) adminTrunks(r *http.Request) (any, error) {
	body, err := read[struct {
		Group     int    `json:"group"`
		Switch    string `json:"switch,omitempty"`
		InService bool   `json:"inService"`
	}](r)
	if err != nil {
		return nil, err
	}
	at, err := s.exchangeNamed(body.Switch)
	if err != nil {
		return nil, err
	}
	if !at.SetTrunkService(body.Group, body.InService) {
		return nil, fmt.Errorf("there is no trunk group %d", body.Group)
	}
	return body, nil
}
