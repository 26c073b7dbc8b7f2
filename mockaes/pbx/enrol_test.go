package pbx

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// noMedia asks to register a station without audio.
func noMedia(device csta.DeviceID) csta.RegisterTerminal {
	return csta.RegisterTerminal{Device: device, Login: csta.LoginInfo{
		Password: "123456", MediaMode: csta.MediaNone, DependencyMode: csta.Independent,
	}}
}

// slowLab takes half a second for each registration, and has 25 stations.
func slowLab() Lab {
	lab := DefaultLab()
	lab.Features.RegisterTime = 500 * time.Millisecond
	for i := range 5 {
		lab.Stations = append(lab.Stations, Station{
			Extension: fmt.Sprint(1021 + i), SecurityCode: "123456",
		})
	}
	return lab
}

// enrols asks for registrations of stations from 1001 on, and keeps the answers.
func (st *stage) enrols(count int, owner any, answers *[]csta.TerminalRegistered) {
	st.Helper()
	for i := range count {
		st.ok(st.s.Register(noMedia(csta.DeviceID(fmt.Sprint(1001+i))), owner,
			func(r csta.TerminalRegistered) { *answers = append(*answers, r) }))
	}
}

func (st *stage) state(device csta.DeviceID) csta.RegistrationState {
	st.Helper()
	r, err := st.s.GetRegistrationState(csta.GetRegistrationState{Device: device})
	st.ok(err)
	return r.State
}

func TestAtMostTwentyRegistrationsAreOutstanding(t *testing.T) {
	st := newStage(t, slowLab())
	var answers []csta.TerminalRegistered
	st.enrols(20, "me", &answers)
	never := func(r csta.TerminalRegistered) { t.Errorf("the one too many was answered: %+v", r) }
	for _, owner := range []string{"me", "somebody else"} {
		st.refuses("subscribedResourceAvailability/outstandingReqLimitExceeded", func() error {
			return st.s.Register(noMedia("1021"), owner, never)
		})
	}
	st.refuses(csta.OutstandingLimit, func() error {
		return st.s.RegisterDevice(csta.RegisterDevice(noMedia("1021")), "me")
	})
	if got := st.state("1020"); got != "REGISTERING" || len(answers) > 0 {
		t.Errorf("the twentieth is %s, with %d answers", got, len(answers))
	}
	st.pass(500 * time.Millisecond)
	for i, r := range answers {
		if want := fmt.Sprint(1001 + i); r.Code != csta.NormalRegister ||
			r.Device.Device.Extension() != want {
			t.Errorf("answer %d is %+v, want %s to be registered", i, r, want)
		}
	}
	if got := st.state("1020"); got != "REGISTERED" || len(answers) != 20 {
		t.Errorf("the twentieth is %s, with %d answers", got, len(answers))
	}
	if got := st.state("1021"); got != "IDLE" {
		t.Errorf("the one too many is %s", got)
	}
	st.ok(st.s.Register(noMedia("1021"), "me", func(csta.TerminalRegistered) {}))
}

func TestARegistrationIsAnsweredBeforeItsEvents(t *testing.T) {
	st := newStage(t, slowLab())
	st.watch("1001")
	st.ok(st.s.Register(noMedia("1001"), "me", func(csta.TerminalRegistered) {
		st.lines = append(st.lines, "answer")
	}))
	st.pass(time.Second)
	text := strings.Join(st.lines, "\n")
	answer, event := strings.Index(text, "answer"), strings.Index(text, "EndpointRegistered")
	if answer < 0 || event < answer {
		t.Errorf("in another order: %s", text)
	}
}

func TestAnOwnerWhoIsGoneRegistersNothing(t *testing.T) {
	st := newStage(t, slowLab())
	var mine, others []csta.TerminalRegistered
	st.enrols(2, "me", &mine)
	st.ok(st.s.Register(noMedia("1011"), "other", func(r csta.TerminalRegistered) {
		others = append(others, r)
	}))
	st.s.ReleaseOwner("me")
	if len(mine) != 2 || mine[0].Code == csta.NormalRegister {
		t.Errorf("I was answered %+v", mine)
	}
	st.pass(time.Second)
	if st.state("1001") != csta.RegistrationIdle || st.state("1011") != csta.IsRegistered ||
		len(mine) != 2 || len(others) != 1 {
		t.Errorf("1001 is %s, 1011 %s", st.state("1001"), st.state("1011"))
	}
}

func TestAnOlderRegistrationTakesItsTimeToo(t *testing.T) {
	st := newStage(t, slowLab())
	events := st.told("1001")
	wrong := noMedia("1001")
	wrong.Login.Password = "000000"
	st.ok(st.s.RegisterDevice(csta.RegisterDevice(wrong), "me"))
	if len(events) > 0 {
		t.Errorf("at once: %v", events)
	}
	st.pass(time.Second)
	if events["RegisterFailedEvent"] == nil {
		t.Errorf("after a second: %v", events)
	}
}

func TestAnExtensionHasTenInstancesFromRelease801On(t *testing.T) {
	for _, test := range []struct{ feature, want int }{{0, 3}, {10, 10}} {
		lab := DefaultLab()
		lab.Features.Registrations = test.feature
		st := newStage(t, lab)
		taken := 0
		for i := range 12 {
			r := st.s.register(noMedia(csta.DeviceID(fmt.Sprintf("1001:CM1:0.0.0.0:%d", i))), i)
			if r.Code == csta.NormalRegister {
				taken++
			}
		}
		if taken != test.want {
			t.Errorf("%d instances could be registered, want %d", taken, test.want)
		}
	}
}
