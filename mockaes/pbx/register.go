package pbx

import (
	"slices"
	"strconv"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// The codes of a refused registration besides [csta.SecurityDenial]. The sources name
// these cases but not their codes, which are inferred.
const (
	codeInUse           = 2
	codeUnknown         = 3
	codeModeNotAllowed  = 4
	codeTooMany         = 5
	codeNoMain          = 6
	codeMediaNotAllowed = 7
	codeNotRegistered   = 8
	codeCancelled       = 9
)

// registration is a terminal's hold on a station.
type registration struct {
	owner    any
	dev      *device
	instance int
	mode     csta.MediaMode
	depends  csta.DependencyMode
	far      csta.MediaInfo
	before   csta.MediaInfo // what far was before it was redirected
	terms    Terms
	leg      LegID
	party    *party            // whose audio the stream carries now; nil: there is no stream
	stream   csta.ConnectionID // that party as it was when the stream was opened
	near     Near              // the switch's end of that stream
	stopped  *party            // whose stream its owner has ended
	older    bool              // by RegisterDevice: events have other names
	e911     bool              // emergency calls are not placed
	linked   bool              // the service link to the telecommuter stands
	voice    voice             // of server media
}

// listens reports whether the registration is a copy that hears but does not talk.
func (r *registration) listens() bool { return r.depends != csta.Main && r.depends != "" }

func (r *registration) id() csta.DeviceID {
	id := string(r.dev.id)
	return csta.DeviceID(id[:strings.LastIndexByte(id, ':')+1] + strconv.Itoa(r.instance))
}

// instanceOf is the last part of a device id: 0 where there is none.
func instanceOf(id csta.DeviceID) int {
	parts := strings.Split(string(id), ":")
	if len(parts) < 4 {
		return 0
	}
	n, err := strconv.Atoi(parts[3])
	if err != nil {
		return -1
	}
	return n
}

// allowedModes are the media modes of each dependency mode (Avaya: permitted
// combinations of dependency and media mode).
var allowedModes = map[csta.DependencyMode][]csta.MediaMode{
	csta.Main: {
		csta.MediaClient, csta.MediaTelecommuter, csta.MediaServer, csta.MediaNone,
	},
	csta.Dependent:   {csta.MediaClient, csta.MediaServer, csta.MediaNone},
	csta.Independent: {csta.MediaClient, csta.MediaServer, csta.MediaNone},
}

// Register takes control of a station for owner. answer is called once: before
// Register returns, or when the switch has had its [Features.RegisterTime]. It is
// called while the switch is locked and before any event about the registration: it
// must only enqueue. An answer whose code is not [csta.NormalRegister] refuses. The
// error is a fault for one registration too many at a time; then answer is not called.
func (s *Switch) Register(
	req csta.RegisterTerminal, owner any, answer func(csta.TerminalRegistered),
) error {
	s.mu.Lock()
	defer s.unlock()
	return s.enrol(req.Device, owner, func(cancelled bool) {
		p := s.plan(req, owner, cancelled)
		reply := csta.TerminalRegistered{
			Device: csta.Party(req.Device), Code: p.code, Reason: p.reason,
		}
		if p.code == csta.NormalRegister {
			reply.Device, reply.SignalingEncryption = csta.Party(p.reg.id()), "none"
		} else {
			s.log.Info("registration was refused", "device", req.Device.Extension(),
				"code", p.code, "reason", p.reason)
		}
		answer(reply)
		s.admit(p)
	})
}

// admission is what becomes of a request to register.
type admission struct {
	reg       *registration
	displaced []*registration
	code      int // not csta.NormalRegister: refused, and nothing happens
	reason    string
}

// plan decides on a request to register. It changes nothing.
func (s *Switch) plan(req csta.RegisterTerminal, owner any, cancelled bool) (p admission) {
	if cancelled {
		return admission{code: codeCancelled, reason: "the session has let go of its devices"}
	}
	if p.reg, p.code, p.reason = s.registration(req, owner); p.code == csta.NormalRegister {
		p.displaced, p.code, p.reason = s.room(p.reg, req.Login.ForceLogin)
	}
	return p
}

// registration reads a request, without regard to who is registered already.
func (s *Switch) registration(
	req csta.RegisterTerminal, owner any,
) (*registration, int, string) {
	d := s.device(req.Device)
	if d == nil || d.kind != stationKind {
		return nil, codeUnknown, "unknown extension"
	}
	r := &registration{
		owner: owner, dev: d, instance: instanceOf(req.Device),
		mode: req.Login.MediaMode, depends: req.Login.DependencyMode,
		e911: strings.EqualFold(req.Login.E911, "block"),
	}
	if r.instance < 0 || r.instance >= s.features.Registrations {
		return nil, codeUnknown, "device instance out of range"
	}
	if code := d.station.lab.SecurityCode; code != string(req.Login.Password) {
		return nil, csta.SecurityDenial, "registration rejected: securityDenial"
	}
	r.complete(req)
	if !slices.Contains(allowedModes[r.depends], r.mode) {
		return nil, codeModeNotAllowed, "dependency mode and media mode do not go together"
	}
	if r.mode == csta.MediaTelecommuter && !dialplan.Dialable(req.Login.Telecommuter) {
		return nil, codeMediaNotAllowed, "telecommuter mode needs a telecommuter extension"
	}
	if r.mode == csta.MediaClient {
		if req.Media != nil {
			r.far = *req.Media
		}
		if err := s.usable(r.far); err != nil {
			return nil, codeMediaNotAllowed, err.Error()
		}
		var missing string
		if r.terms, missing = s.agree(r.far); missing != "" {
			return nil, codeMediaNotAllowed, "no " + missing + " in common"
		}
	}
	return r, csta.NormalRegister, ""
}

// complete fills in what older clients leave out (DMCC samples).
func (r *registration) complete(req csta.RegisterTerminal) {
	if r.depends == "" {
		r.depends = csta.Main
		if req.Login.SharedControl {
			r.depends = csta.Dependent
		}
	}
	if r.mode == "" {
		switch {
		case req.Login.Telecommuter != "":
			r.mode = csta.MediaTelecommuter
		case req.Media != nil:
			r.mode = csta.MediaClient
		case req.Login.SharedControl:
			r.mode = csta.MediaNone
		default:
			r.mode = csta.MediaServer
		}
	}
}

// room finds room for a registration beside, or in the place of, those that are there.
func (s *Switch) room(r *registration, force bool) (displaced []*registration, _ int, _ string) {
	hasMain := r.depends != csta.Dependent
	for _, other := range s.regs[r.dev.ext] {
		hasMain = hasMain || other.depends == csta.Main
		clash := other.instance == r.instance ||
			r.depends == csta.Main && other.depends == csta.Main
		if clash && other.owner != r.owner && !force {
			return nil, codeInUse, "extension in use"
		}
		if clash {
			displaced = append(displaced, other)
		}
	}
	switch {
	case !hasMain:
		return nil, codeNoMain, "a dependent registration needs a main one"
	case len(s.regs[r.dev.ext])-len(displaced) >= s.features.Registrations:
		return nil, codeTooMany, "too many registrations"
	}
	return displaced, csta.NormalRegister, ""
}

// admit lets in a registration for which there is room.
func (s *Switch) admit(p admission) {
	if p.code != csta.NormalRegister {
		return
	}
	r := p.reg
	for _, other := range p.displaced {
		s.unregister(other, csta.UnregForceLogin)
		if other.owner != r.owner {
			s.tellUnregistered(other, "forced out by another registration")
		}
	}
	s.regs[r.dev.ext] = append(s.regs[r.dev.ext], r)
	s.touchStation(r.dev)
	s.tellEndpoint(r)
}
