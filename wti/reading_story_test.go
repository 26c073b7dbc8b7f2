package wti_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/wti"
)

// reading is what a session makes of a mock with certain quirks: what it decoded of
// answers and events, and what it found out.
type reading struct {
	t       *testing.T
	srv     *mockaes.Server
	s       *wti.Session
	answers []string
	events  []string
	found   []string
	moved   []csta.CallID // where a transfer has put the parties, by its event
	lives   csta.CallID   // the same by the answer
	err     error         // of Dial; then there is no more
}

// read has a session live through a story that asks for something of every kind, over a
// socket or over REST.
func read(t *testing.T, overREST bool, quirks ...string) *reading {
	t.Helper()
	r := &reading{}
	synctest.Test(t, func(t *testing.T) {
		box := mailbox()
		srv, err := mockaes.Start(mockaes.Options{
			InMemory: true, Silent: true, Quirks: quirks,
			Targets: mockaes.Targets{Dial: box.dial},
		})
		if err != nil {
			t.Fatal(err)
		}
		o := wti.Options{User: "cti", Password: "cti-secret", DialContext: srv.Dial}
		address := srv.WTI
		if overREST {
			address, o.REST = srv.REST, wti.REST{Listener: box, URL: "http://desk.test"}
		}
		r.t, r.srv = t, srv
		if r.s, r.err = wti.Dial(t.Context(), address, o); r.err == nil {
			r.live()
			r.found = r.s.Findings()
			_ = r.s.Close()
		}
		srv.Close()
		time.Sleep(time.Second) // net/http lingers where it has not read all of a body
	})
	return r
}

// say asks for something and keeps what is understood of the answer.
func say[R any](r *reading, req csta.Request[R]) R {
	r.t.Helper()
	reply, err := wti.Do(r.t.Context(), r.s, req)
	text, _ := json.Marshal(reply)
	said := string(text)
	if err != nil {
		f, ok := errors.AsType[*csta.Fault](err)
		if !ok {
			r.t.Fatalf("%s: %v", req.Service(), err)
		}
		said = "refused " + string(f.Code)
	}
	r.answers = append(r.answers, req.Service()+" "+said)
	synctest.Wait()
	return reply
}

// refs finds the numbers of monitors, of which some quirks take more than one.
var refs = regexp.MustCompile(`"monitorCrossRefID":"\d+",?`)

// hear keeps what is understood of a monitor's events, to its end.
func (r *reading) hear(m *wti.Monitor) {
	r.t.Helper()
	synctest.Wait()
	if err := m.Stop(r.t.Context()); err != nil {
		r.t.Error(err)
	}
	for ev, err := range m.Events(r.t.Context()) {
		if errors.Is(err, wti.ErrClosed) {
			return
		}
		if err != nil {
			r.t.Fatal(err)
		}
		text, _ := json.Marshal(ev.Event)
		if gap, ok := ev.Event.(wti.Gap); ok { // whether the session was resumed may differ
			text, _ = json.Marshal(gap.Snapshot)
			text = fmt.Append(text, gap.Missing)
		}
		if told, ok := ev.Event.(csta.Transferred); ok {
			for _, item := range told.Connections {
				r.moved = append(r.moved, item.New.Call)
			}
		}
		r.events = append(r.events, ev.EventName()+" "+refs.ReplaceAllString(string(text), ""))
	}
}

func (r *reading) watch(device csta.DeviceID, wanted ...csta.Event) *wti.Monitor {
	r.t.Helper()
	req := csta.MonitorStart{Object: csta.MonitorObject{Device: device}}
	m, err := r.s.Monitor(r.t.Context(), req)
	if wanted != nil {
		m, err = r.s.MonitorOnly(r.t.Context(), req, wanted...)
	}
	if err != nil {
		r.t.Fatal(err)
	}
	return m
}

// live is the story. 1001 is the session's own station, 1002 and 1003 are others.
func (r *reading) live() {
	own := say(r, csta.GetDeviceID{SwitchName: "CM1", Extension: "1001"}).Device
	say(r, csta.GetDeviceID{SwitchName: "CM1", Extension: "9999"})
	say(r, csta.GetThirdPartyDeviceID{SwitchName: "CM1", Extension: "8001"})
	m, skill := r.watch(own), r.watch("5001:CM1::0")
	r.agent(own)
	r.calls(own)
	r.phone(own)
	r.srv.Cut()
	time.Sleep(time.Minute)
	say(r, csta.SnapshotDevice{Device: own})
	r.hear(m)
	r.hear(skill)
	few := r.watch(own, csta.Delivered{})
	call := say(r, csta.MakeCall{
		From: "1002:CM1::0", To: "1001", AutoOriginate: csta.DoNotPrompt,
	})
	say(r, csta.ClearCall{Target: call.Connection})
	r.hear(few)
}

func (r *reading) agent(own csta.DeviceID) {
	for _, req := range []csta.SetAgentState{
		{State: csta.LogOn, AgentID: "4001", Password: "4321"},
		{State: csta.Ready},
		{State: csta.NotReady},
	} {
		req.Device = own
		say(r, req)
	}
	say(r, csta.GetAgentState{Device: own})
	say(r, csta.SetAgentState{Device: own, State: csta.LogOff})
}

// calls come and go in every way whose events differ in shape.
func (r *reading) calls(own csta.DeviceID) {
	_, err := r.srv.Switch().IncomingCall(pbx.IncomingCall{To: "1001", UUI: "customer=42"})
	if err != nil {
		r.t.Fatal(err)
	}
	synctest.Wait()
	in := say(r, csta.SnapshotDevice{Device: own}).Calls()[0].Connection
	say(r, csta.AnswerCall{Target: in})
	say(r, csta.SnapshotCall{Call: in})
	out := say(r, csta.ConsultationCall{Existing: in, To: "1002:CM1::0"}).Initiated
	far := csta.ConnectionID{Call: out.Call, Device: "1002:CM1::0"}
	say(r, csta.DeflectCall{Target: far, To: "1003:CM1::0"})
	far.Device = "1003:CM1::0"
	say(r, csta.AnswerCall{Target: far})
	r.lives = say(r, csta.TransferCall{Held: in, Active: out}).Call.Call
	far.Call = r.lives
	say(r, csta.ClearCall{Target: far})
	outside := say(r, csta.MakeCall{From: own, To: "+15550100123"})
	say(r, csta.ClearCall{Target: outside.Connection})
}

// phone dials by keys, as fast as the pacing of requests has it.
func (r *reading) phone(own csta.DeviceID) {
	say(r, csta.RegisterTerminal{
		Device: own, Login: csta.LoginInfo{Password: "123456", MediaMode: csta.MediaNone},
	})
	say(r, csta.SetHookswitchStatus{Device: own, OnHook: false})
	for _, key := range strings.Split("1 0 0 2", " ") {
		say(r, csta.ButtonPress{Device: own, Button: key})
	}
	say(r, csta.SnapshotDevice{Device: "1002:CM1::0"})
	time.Sleep(time.Second)
	say(r, csta.SetHookswitchStatus{Device: own, OnHook: true})
	say(r, csta.UnregisterTerminal{Device: own})
}
