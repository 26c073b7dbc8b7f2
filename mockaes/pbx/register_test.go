package pbx

import (
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

// register is Register for a switch that answers at once.
func (s *Switch) register(req csta.RegisterTerminal, owner any) (r csta.TerminalRegistered) {
	if err := s.Register(req, owner, func(a csta.TerminalRegistered) { r = a }); err != nil {
		panic(err)
	}
	return r
}

func TestRegistrations(t *testing.T) {
	good := csta.RegisterTerminal{
		Device: "1001",
		Login: csta.LoginInfo{
			Password: "123456", MediaMode: csta.MediaClient, DependencyMode: csta.Main,
		},
		Media: &csta.MediaInfo{
			RTP:    csta.IPAddress{Address: "192.0.2.7", Port: 5000},
			Codecs: []string{"g729", "g711A"},
		},
	}
	for _, test := range []struct {
		name   string
		edit   func(*csta.RegisterTerminal)
		code   int
		reason string
	}{
		{"the right security code", func(*csta.RegisterTerminal) {}, 1, ""},
		{"the device by its id", func(r *csta.RegisterTerminal) {
			r.Device = "1001:CM1:0.0.0.0:0"
		}, 1, ""},
		{"a wrong security code", func(r *csta.RegisterTerminal) {
			r.Login.Password = "654321"
		}, csta.SecurityDenial, "securityDenial"},
		{"an unknown extension", func(r *csta.RegisterTerminal) {
			r.Device = "1999"
		}, codeUnknown, "unknown extension"},
		{"a VDN", func(r *csta.RegisterTerminal) {
			r.Device = "8001"
		}, codeUnknown, "unknown extension"},
		{"no address for the audio", func(r *csta.RegisterTerminal) {
			r.Media = nil
		}, codeMediaNotAllowed, "RTP address"},
		{"no codec that the switch speaks", func(r *csta.RegisterTerminal) {
			r.Media = &csta.MediaInfo{RTP: r.Media.RTP, Codecs: []string{"g729"}}
		}, codeMediaNotAllowed, "no codec"},
		{"a copy without a main registration", func(r *csta.RegisterTerminal) {
			r.Login.DependencyMode = csta.Dependent
		}, codeNoMain, "needs a main"},
		{"an independent telecommuter", func(r *csta.RegisterTerminal) {
			r.Login.DependencyMode, r.Login.MediaMode = csta.Independent, csta.MediaTelecommuter
		}, codeModeNotAllowed, "do not go together"},
		{"a fourth device instance", func(r *csta.RegisterTerminal) {
			r.Device = "1001:CM1:0.0.0.0:3"
		}, codeUnknown, "instance"},
		{"an instance that is no number", func(r *csta.RegisterTerminal) {
			r.Device = "1001:CM1:0.0.0.0:first"
		}, codeUnknown, "instance"},
		{"a telecommuter without a telephone", func(r *csta.RegisterTerminal) {
			r.Login.MediaMode = csta.MediaTelecommuter
		}, codeMediaNotAllowed, "needs a telecommuter extension"},
		{"no modes at all, as older clients", func(r *csta.RegisterTerminal) {
			r.Login.DependencyMode, r.Login.MediaMode = "", ""
		}, 1, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			st := newStage(t, DefaultLab())
			req := good
			test.edit(&req)
			r := st.s.register(req, "me")
			if r.Code != test.code || !strings.Contains(r.Reason, test.reason) {
				t.Errorf("got code %d, %q; want %d, %q", r.Code, r.Reason, test.code, test.reason)
			}
		})
	}
}

func TestAStationIsTakenOverByForceOnly(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	st.watch("1001")
	req := csta.RegisterTerminal{
		Device: "1001", Login: csta.LoginInfo{Password: "123456", MediaMode: csta.MediaNone},
	}
	if r := st.s.register(req, "somebody else"); r.Code != codeInUse {
		t.Errorf("without force: %+v, want extension in use", r)
	}
	req.Login.ForceLogin = true
	if r := st.s.register(req, "somebody else"); r.Code != csta.NormalRegister {
		t.Errorf("with force: %+v", r)
	}
	told := strings.Join(st.lines, "\n")
	for _, want := range []string{
		"EndpointUnregistered", "TerminalUnregistered", "EndpointRegistered",
	} {
		at := strings.Index(told, want)
		if at < 0 {
			t.Fatalf("the first owner was told %q, want %s next", st.lines, want)
		}
		told = told[at:]
	}
}

func TestUnregisterNeedsTheOwnerOrForce(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	req := csta.UnregisterTerminal{Device: "1001"}
	if r := st.s.Unregister(req, "somebody else"); r.Code == csta.NormalRegister {
		t.Error("somebody else gave the station back")
	}
	if r := st.s.Unregister(req, "1001"); r.Code != csta.NormalRegister {
		t.Errorf("the owner could not: %+v", r)
	}
}

func TestASessionThatEndsLetsItsStationsGo(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	call := st.call("1001", "7100")
	st.s.ReleaseOwner("1001")
	if len(st.media.open) > 0 {
		t.Errorf("streams are open: %v", st.media.open)
	}
	st.clear(call)
	st.register("1001")
}
