package mockaes_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
)

func TestUpgradeNeedsCredentials(t *testing.T) {
	tests := []struct {
		name          string
		quirks        []string
		authorization string
		want          int
	}{
		{"the CTI user and its password", nil, basic("cti", "cti-secret"), 101},
		{"another password", nil, basic("cti", "password"), 401},
		{"another user", nil, basic("itc", "cti-secret"), 401},
		{"nothing at all", nil, "", 401},
		{"a token that nobody has", nil, "Bearer abc", 401},
		{"an empty token", nil, "Bearer ", 401},
		{"a scheme that is not known", nil, "Digest abc", 401},
		{"before release 10.2", []string{"release=10.1"}, basic("cti", "cti-secret"), 401},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, mockaes.Options{Quirks: tt.quirks}, func(t *testing.T, srv *mockaes.Server) {
				if _, got := dial(t, srv, tt.authorization); got != tt.want {
					t.Errorf("got HTTP %d, want %d", got, tt.want)
				}
			})
		})
	}
}

func TestNothingGoesBeforeTheSession(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := open(t, srv)
		got := c.refused("GetDeviceId", `{"switchName":"CM1","extension":"1001"}`)
		if got != csta.InvalidSessionID {
			t.Errorf("got %s, want %s", got, csta.InvalidSessionID)
		}
		c.start()
		if got := c.device("1001"); got != "1001:CM1:0.0.0.0:0" {
			t.Errorf("got device id %s", got)
		}
	})
}

func TestSocketWithoutSessionEnds(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := open(t, srv)
		began := time.Now()
		code, reason := c.closed()
		if code != 1008 || reason != "no session was started" {
			t.Errorf("got close %d %q", code, reason)
		}
		if got := time.Since(began); got != time.Minute {
			t.Errorf("it lived for %v", got)
		}
	})
}

func TestStartRefusals(t *testing.T) {
	tests := []struct {
		name    string
		payload string
		want    csta.FaultCode
	}{
		{"no application id", `{"SessionDuration":"180"}`, csta.InvalidApplicationInfo},
		{
			"the body of DMCC",
			`{"applicationInfo":{"applicationID":"x"},"requestedSessionDuration":180}`,
			csta.InvalidApplicationInfo,
		},
		{
			"a protocol of the future",
			`{"ApplicationID":"x","ProtocolVersionList":["99.1"]}`,
			csta.ProtocolNotSupported,
		},
		{
			"the id of a session that never was",
			`{"ApplicationID":"x","SessionID":"00-0"}`,
			csta.InvalidSessionID,
		},
		{
			"a duration that is no number",
			`{"ApplicationID":"x","SessionDuration":"soon"}`,
			csta.InvalidParameterValue,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
				c := open(t, srv)
				if got := c.refused("StartApplicationSession", tt.payload); got != tt.want {
					t.Errorf("got %s, want %s", got, tt.want)
				}
			})
		})
	}
}

func TestDurationIsClamped(t *testing.T) {
	tests := []struct {
		name string
		asks string
		want int
	}{
		{"what is asked for", `"180"`, 180},
		{"as a number", `600`, 600},
		{"nothing", `null`, 180},
		{"too short", `"1"`, 30},
		{"too long", `"100000"`, 7200},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
				c := open(t, srv)
				reply := c.ask("StartApplicationSession",
					`{"ApplicationID":"x","SessionDuration":`+tt.asks+`}`)
				if !reply.WasString {
					t.Error("the payload of the start answer was not a string")
				}
				var got struct{ ActualSessionDuration int }
				c.decode(reply, &got)
				if got.ActualSessionDuration != tt.want {
					t.Errorf("got %d s, want %d s", got.ActualSessionDuration, tt.want)
				}
			})
		})
	}
}

func TestSessionEndsUnlessItsTimerIsReset(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := open(t, srv)
		id, _ := c.start()
		for range 3 {
			pass(179 * time.Second)
			c.must("ResetApplicationSessionTimer",
				`{"sessionID":"`+id+`","requestedSessionDuration":180}`, nil)
		}
		began := time.Now()
		var ended csta.ApplicationSessionTerminated
		if err := csta.Decode(c.event("ApplicationSessionTerminated"), &ended); err != nil {
			t.Fatal(err)
		}
		if ended.SessionID != id || ended.Reason.Defined != "sessionTimerExpired" {
			t.Errorf("got %+v", ended)
		}
		if got := time.Since(began); got != 180*time.Second {
			t.Errorf("the session lived %v after its last reset", got)
		}
		if code, _ := c.closed(); code != 4001 {
			t.Errorf("got close code %d, want 4001", code)
		}
	})
}

func TestOtherRequestsDoNotResetTheTimer(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		began := time.Now()
		for range 17 {
			pass(10 * time.Second)
			c.device("1001")
		}
		c.event("ApplicationSessionTerminated")
		if got := time.Since(began); got != 180*time.Second {
			t.Errorf("the session lived for %v", got)
		}
	})
}

func TestStopEndsSessionAndSocket(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := open(t, srv)
		id, token := c.start()
		if got := c.refused("StopApplicationSession", `{"sessionID":"other"}`); got !=
			csta.InvalidSessionID {
			t.Errorf("got %s", got)
		}
		c.must("StopApplicationSession",
			`{"sessionID":"`+id+`","sessionEndReason":{"definedEndReason":"normal"}}`, nil)
		if code, _ := c.closed(); code != 1000 {
			t.Errorf("got close code %d, want 1000", code)
		}
		if _, status := dial(t, srv, "Bearer "+token); status != 401 {
			t.Errorf("the token of a session that is over gives HTTP %d", status)
		}
	})
}

func TestSessionOutlivesItsSocket(t *testing.T) {
	resume := map[string]func(t *testing.T, srv *mockaes.Server, id, token string) *client{
		"by its token": func(t *testing.T, srv *mockaes.Server, id, token string) *client {
			c, status := dial(t, srv, "Bearer "+token)
			if c == nil {
				t.Fatalf("got HTTP %d", status)
			}
			c.must("ResetApplicationSessionTimer", `{"sessionID":"`+id+`"}`, nil)
			return c
		},
		"by its id in a start": func(t *testing.T, srv *mockaes.Server, id, _ string) *client {
			c := open(t, srv)
			c.must("StartApplicationSession",
				`{"ApplicationID":"x","SessionID":"`+id+`"}`, nil)
			return c
		},
		"by its id in a reset": func(t *testing.T, srv *mockaes.Server, id, _ string) *client {
			c := open(t, srv)
			c.must("ResetApplicationSessionTimer", `{"sessionID":"`+id+`"}`, nil)
			return c
		},
	}
	for name, again := range resume {
		t.Run(name, func(t *testing.T) {
			bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
				c := open(t, srv)
				id, token := c.start()
				ref := c.monitor(c.device("1001"))
				srv.Cut()
				if code, _ := c.closed(); code != -1 {
					t.Errorf("a cut connection ended with close code %d", code)
				}
				pass(59 * time.Second)
				c = again(t, srv, id, token)
				c.must("MakeCall", `{"callingDevice":"1001:CM1::0",`+
					`"calledDirectoryNumber":"1002"}`, nil)
				var got struct{ MonitorCrossRefID string }
				if err := json.Unmarshal(c.event("Originated"), &got); err != nil {
					t.Fatal(err)
				}
				if got.MonitorCrossRefID != ref {
					t.Errorf("the event is for monitor %q, want %q", got.MonitorCrossRefID, ref)
				}
			})
		})
	}
}

func TestSessionIsGoneAfterTheCleanupDelay(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := open(t, srv)
		id, token := c.start()
		c.monitor(c.device("1001"))
		srv.Cut()
		c.closed()
		pass(61 * time.Second)
		if _, status := dial(t, srv, "Bearer "+token); status != 401 {
			t.Errorf("its token gives HTTP %d", status)
		}
		again := open(t, srv)
		got := again.refused("StartApplicationSession",
			`{"ApplicationID":"x","SessionID":"`+id+`"}`)
		if got != csta.InvalidSessionID {
			t.Errorf("got %s, want %s", got, csta.InvalidSessionID)
		}
		if n := len(srv.State().Sessions); n != 0 {
			t.Errorf("%d sessions are left", n)
		}
	})
}

func TestRestart(t *testing.T) {
	for _, keep := range []bool{true, false} {
		bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
			c := open(t, srv)
			_, token := c.start()
			srv.Restart(keep)
			if code, _ := c.closed(); code != -1 {
				t.Errorf("the connection was closed with code %d", code)
			}
			want := map[bool]int{true: 101, false: 401}[keep]
			if _, status := dial(t, srv, "Bearer "+token); status != want {
				t.Errorf("sessions kept: %v; the token gives HTTP %d", keep, status)
			}
			login(t, srv)
		})
	}
}
