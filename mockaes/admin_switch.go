package mockaes

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

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
	if err := needed("extension", body.Extension, "that of a station"); err != nil {
		return nil, err
	}
	if !do(at.Switch, body.Extension, body.Reason) {
		return nil, fmt.Errorf("no terminal is registered at %.60q of %s", body.Extension, at.name)
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
	if err := needed("agent", body.Agent, "who is to be logged off"); err != nil {
		return nil, err
	}
	if !at.ForceLogOff(body.Agent) {
		known := func(a pbx.AgentInfo) bool { return a.ID == body.Agent }
		if !slices.ContainsFunc(at.State().Agents, known) {
			return nil, fmt.Errorf("%s has no agent %.60q", at.name, body.Agent)
		}
		return nil, fmt.Errorf("agent %.60q is not logged in", body.Agent)
	}
	return body, nil
}

func (s *Server) adminTrunks(r *http.Request) (any, error) {
	body, at, err := readAt[struct {
		site
		Group     *int `json:"group"`
		InService bool `json:"inService"`
	}](s, r)
	switch {
	case err != nil:
		return nil, err
	case body.Group == nil:
		return nil, badRequest(errors.New("group: the number of a trunk group is missing"))
	case !at.SetTrunkService(*body.Group, body.InService):
		return nil, fmt.Errorf("there is no trunk group %d at %s", *body.Group, at.name)
	}
	return body, nil
}

// operateBody is what a hand changes at a telephone. What is not there stays.
type operateBody struct {
	site
	Extension       string  `json:"extension"`
	SpeakerMuted    *bool   `json:"speakerMuted,omitempty"`
	SpeakerVolume   *int    `json:"speakerVolume,omitempty"`
	MicrophoneMuted *bool   `json:"microphoneMuted,omitempty"`
	MicrophoneGain  *int    `json:"microphoneGain,omitempty"`
	Button          string  `json:"button,omitempty"`
	Label           *string `json:"label,omitempty"`
}

// check finds what no hand can do.
func (b operateBody) check() error {
	if err := needed("extension", b.Extension, "that of a station"); err != nil {
		return err
	}
	for name, percent := range map[string]*int{
		"speakerVolume": b.SpeakerVolume, "microphoneGain": b.MicrophoneGain,
	} {
		if percent != nil && (*percent < 0 || *percent > 100) {
			return badRequest(fmt.Errorf("%s: %d: want 0 to 100", name, *percent))
		}
	}
	switch {
	case (b.Button == "") != (b.Label == nil):
		return badRequest(errors.New("button, label: want both, a button and its new label"))
	case b.SpeakerMuted == nil && b.SpeakerVolume == nil && b.MicrophoneMuted == nil &&
		b.MicrophoneGain == nil && b.Button == "":
		return badRequest(errors.New("nothing is changed: want speakerMuted, speakerVolume, " +
			"microphoneMuted, microphoneGain, or button and label"))
	}
	return nil
}

func (s *Server) adminOperate(r *http.Request) (any, error) {
	body, at, err := readAt[operateBody](s, r)
	if err == nil {
		err = body.check()
	}
	if err != nil {
		return nil, err
	}
	h := pbx.Hardware{
		SpeakerMuted: body.SpeakerMuted, SpeakerVolume: body.SpeakerVolume,
		MicrophoneMuted: body.MicrophoneMuted, MicrophoneGain: body.MicrophoneGain,
		Button: body.Button,
	}
	if body.Label != nil {
		h.Label = *body.Label
	}
	return body, at.Operate(body.Extension, h)
}
