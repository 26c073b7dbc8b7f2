package mockaes_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

const (
	noTSAPI = csta.FaultCode("privateErrorCode/no license available: VALUE_AES_TSAPI_USERS")
	skill   = "5001:CM1::0"
	vdn     = "8001:CM1::0"
)

// few is a server with so many licences.
func few(tsapi, dmcc uint64, quirks ...string) mockaes.Options {
	return mockaes.Options{
		Silent: true, Quirks: quirks,
		Licences: mockaes.Licences{TSAPI: &tsapi, DMCC: &dmcc},
	}
}

func wantUsed(t *testing.T, srv *mockaes.Server, tsapi, dmcc uint64) {
	t.Helper()
	got := srv.State().Licences
	if got.TSAPI.Used != tsapi || got.DMCC.Used != dmcc {
		t.Errorf("in use are %d of TSAPI and %d of DMCC, want %d and %d", got.TSAPI.Used,
			got.DMCC.Used, tsapi, dmcc)
	}
}

func monitorBody(device string) string {
	return `{"monitorObject":{"deviceObject":"` + device + `"}}`
}

func makeCall(from, to string) string {
	return `{"callingDevice":"` + from + `","calledDirectoryNumber":"` + to +
		`","autoOriginate":"doNotPrompt"}`
}

func id(extension string) string { return extension + ":CM1:0.0.0.0:0" }

func TestAThirdMonitorFindsNoLicence(t *testing.T) {
	bubble(t, few(2, 0), func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		first := c.monitor(id("1001"))
		c.monitor(id("1002"))
		if got := c.refused("MonitorStart", monitorBody(id("1003"))); got != noTSAPI {
			t.Errorf("refused with %s", got)
		}
		wantUsed(t, srv, 2, 0)
		c.must("MonitorStop", `{"monitorCrossRefID":"`+first+`"}`, nil)
		wantUsed(t, srv, 1, 0)
		c.monitor(id("1003"))
		wantUsed(t, srv, 2, 0)
	})
}

func TestSessionsShareTheLicenceOfAStation(t *testing.T) {
	bubble(t, few(1, 0), func(t *testing.T, srv *mockaes.Server) {
		a, b := login(t, srv), login(t, srv)
		a.monitor(id("1001"))
		b.monitor("1001:cm1::0") // the same, however it is spelt
		again := b.monitor(id("1001"))
		wantUsed(t, srv, 1, 0)
		b.must("MonitorStop", `{"monitorCrossRefID":"`+again+`"}`, nil)
		a.must("StopApplicationSession", `{}`, nil)
		synctest.Wait()
		wantUsed(t, srv, 1, 0)
		b.must("StopApplicationSession", `{}`, nil)
		synctest.Wait()
		wantUsed(t, srv, 0, 0)
	})
}

// TestACallKeepsALicence: a licence that a station has is in use as long as it is monitored
// or there is any call at it (Avaya: AE Services overview).
func TestACallKeepsALicence(t *testing.T) {
	bubble(t, few(1, 0), func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		var made struct {
			CallingDevice struct{ CallID, DeviceID string }
		}
		c.must("MakeCall", makeCall(id("1001"), "1002"), &made)
		wantUsed(t, srv, 1, 0)
		answer := `{"callToBeAnswered":{"callID":"` + made.CallingDevice.CallID +
			`","deviceID":"` + id("1002") + `"}}`
		if got := c.refused("AnswerCall", answer); got != noTSAPI {
			t.Errorf("the called station was controlled without a licence: %s", got)
		}
		c.must("SnapshotDevice", `{"snapshotObject":"`+id("1002")+`"}`, nil) // needs none
		// A call that nobody of AES has to do with uses none, also after one that did, which
		// was not ended by AES.
		if err := srv.Switch().ClearConnection(csta.ClearConnection{Target: csta.ConnectionID{
			Call: csta.CallID(made.CallingDevice.CallID), Device: csta.DeviceID(id("1001")),
		}}); err != nil {
			t.Fatal(err)
		}
		if _, err := srv.Switch().IncomingCall(pbx.IncomingCall{
			From: "+15550100123", To: "1001",
		}); err != nil {
			t.Fatal(err)
		}
		wantUsed(t, srv, 0, 0)
		c.must("MakeCall", makeCall(id("1002"), "1003"), nil)
		wantUsed(t, srv, 1, 0)
	})
}

// TestCallsKeepNoLicenceOfASkill: that is in use as long as the skill is monitored.
func TestCallsKeepNoLicenceOfASkill(t *testing.T) {
	bubble(t, few(1, 0), func(t *testing.T, srv *mockaes.Server) {
		c := attentive(login(t, srv))
		ref := c.monitor(skill)
		if _, err := srv.Switch().IncomingCall(pbx.IncomingCall{
			From: "+15550100123", To: "8001",
		}); err != nil {
			t.Fatal(err)
		}
		pass(time.Minute)
		if waiting := srv.Switch().State().Skills[0].Waiting; len(waiting) != 1 {
			t.Fatalf("%d calls wait", len(waiting))
		}
		wantUsed(t, srv, 1, 0)
		c.must("MonitorStop", `{"monitorCrossRefID":"`+ref+`"}`, nil)
		wantUsed(t, srv, 0, 0)
	})
}

func TestARefusedRequestKeepsNoLicence(t *testing.T) {
	bubble(t, few(1, 0), func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.refused("AnswerCall", `{"callToBeAnswered":{"callID":"9","deviceID":"`+id("1001")+`"}}`)
		wantUsed(t, srv, 0, 0)
		if got := c.refused("MakeCall", makeCall("9999:CM1::0", "1001")); got == noTSAPI {
			t.Error("a station that is not there was refused for want of a licence")
		}
		wantUsed(t, srv, 0, 0)
	})
}

func TestWhatNeedsALicence(t *testing.T) {
	const forwarding = `{"device":` + at1002 + `}`
	const snapshot = `{"snapshotObject":` + at1002 + `}`
	tests := []struct {
		name, quirk, service, body string
		needs                      bool
	}{
		{"a skill", "licence=overview", "MonitorStart", monitorBody(skill), true},
		{"a VDN", "licence=overview", "MonitorStart", monitorBody(vdn), false},
		{"a VDN, by the older list", "licence=forum", "MonitorStart", monitorBody(vdn), true},
		{"agent work", "licence=overview", "GetForwarding", forwarding, false},
		{"agent work, by the older list", "licence=forum", "GetForwarding", forwarding, true},
		{"a snapshot", "licence=forum", "SnapshotDevice", snapshot, false},
		{"a snapshot, by the guess", "licence=all", "SnapshotDevice", snapshot, true},
		{"a keypad", "licence=all", "GetLampMode", forwarding, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, few(0, 0, tt.quirk), func(t *testing.T, srv *mockaes.Server) {
				c := login(t, srv)
				fault, refused := csta.DecodeFault(c.ask(tt.service, tt.body).Payload)
				if got := refused && fault.Code == noTSAPI; got != tt.needs {
					t.Errorf("refused for want of a licence: %v (%v)", got, fault)
				}
				wantUsed(t, srv, 0, 0)
			})
		})
	}
}

func TestASessionThatIsLostKeepsItsLicencesForTheCleanupDelay(t *testing.T) {
	o := few(1, 1)
	o.Limits.CleanupDelay = time.Minute
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		c := attentive(login(t, srv))
		c.monitor(c.device("1001"))
		c.must("RegisterTerminalRequest", registration("1001"), nil)
		wantUsed(t, srv, 1, 1)
		srv.Cut()
		pass(59 * time.Second)
		wantUsed(t, srv, 1, 1)
		pass(2 * time.Second)
		wantUsed(t, srv, 0, 0)

		c = login(t, srv)
		c.monitor(c.device("1002"))
		srv.Restart(true)
		synctest.Wait()
		wantUsed(t, srv, 1, 0)
		srv.Restart(false)
		wantUsed(t, srv, 0, 0)

		c = login(t, srv)
		c.monitor(c.device("1003"))
		srv.SetLink(false)
		wantUsed(t, srv, 0, 0) // AES has stopped the monitor
	})
}

func TestATerminalWithoutALicence(t *testing.T) {
	bubble(t, few(9, 1), func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		var reply struct {
			Code   int
			Reason string
		}
		c.must("RegisterTerminalRequest", registration("1001"), &reply)
		c.must("RegisterTerminalRequest", registration("1001"), &reply) // takes its own place
		if reply.Code != csta.NormalRegister {
			t.Errorf("the first: %+v", reply)
		}
		c.must("RegisterTerminalRequest", registration("1002"), &reply)
		if which, missing := csta.LicenceIn(reply.Reason); reply.Code == csta.NormalRegister ||
			!missing || which != csta.DMCCLicence {
			t.Errorf("the second: %+v", reply)
		}
		c.monitor(id("1002"))
		c.must("RegisterDevice", registration("1002"), nil)
		if said := string(c.event("RegisterFailed")); !strings.Contains(said, csta.DMCCLicence) {
			t.Errorf("in the older form: %s", said)
		}
		wantUsed(t, srv, 1, 1)
		c.must("UnregisterTerminalRequest", `{"device":`+at1001+`}`, nil)
		c.must("RegisterTerminalRequest", registration("1002"), &reply)
		if reply.Code != csta.NormalRegister {
			t.Errorf("when there is one again: %+v", reply)
		}
	})
	bubble(t, few(9, 0, "no-terminal-licence=fault"), func(t *testing.T, srv *mockaes.Server) {
		got := login(t, srv).refused("RegisterTerminalRequest", registration("1001"))
		if got != csta.NoLicence(csta.DMCCLicence) {
			t.Errorf("refused with %s", got)
		}
	})
}

func TestTheSwitchEndsAMonitorAndItsLicence(t *testing.T) {
	bubble(t, few(1, 0, "licence=forum"), func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		var made struct {
			CallingDevice struct{ CallID, DeviceID string }
		}
		c.must("MakeCall", makeCall(id("1001"), "1002"), &made)
		c.must("MonitorStart", `{"monitorObject":{"callObject":{"callID":"`+
			made.CallingDevice.CallID+`","deviceID":"`+id("1001")+`"}}}`, nil)
		c.must("ClearCall", `{"callToBeCleared":{"callID":"`+
			made.CallingDevice.CallID+`","deviceID":"`+id("1001")+`"}}`, nil)
		c.monitor(id("1003"))
		wantUsed(t, srv, 1, 0)
	})
}

func TestTheStateTellsLicences(t *testing.T) {
	for want, o := range map[string]mockaes.Options{
		`"tsapi":{"used":1,"total":2,"fetched":1},"dmcc":{"used":0,"total":0,"fetched":0}`: few(2, 0),
		`"tsapi":{"used":1,"total":null,"fetched":1},"dmcc":{"used":0,"total":null,"fetched":0}`: {
			Silent: true,
		},
	} {
		bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
			login(t, srv).monitor(id("1001"))
			_, state := admin(t, srv, "GET", "/state", "")
			text := strings.Join(strings.Fields(string(state)), "")
			if !strings.Contains(text, `"licences":{`+want+`}`) {
				t.Errorf("got %s\nwant %s", text, want)
			}
		})
	}
}
