package mockaes_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// refusesConnections reports whether nobody listens.
func refusesConnections(t *testing.T, srv *mockaes.Server) bool {
	t.Helper()
	conn, err := srv.Dial(t.Context(), "", "")
	if err == nil {
		_ = conn.Close()
	}
	return err != nil
}

func TestAServerThatIsAwayRefusesConnectionsUntilItIsBack(t *testing.T) {
	for _, keep := range []bool{true, false} {
		bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
			c := open(t, srv)
			_, token := c.start()
			body := map[bool]string{true: `,"keepSessions":true`}[keep]
			if status, text := admin(t, srv, "POST", "/away", `{"for":"20s"`+body+`}`); status !=
				http.StatusOK {
				t.Fatalf("got HTTP %d %s", status, text)
			}
			if code, _ := c.closed(); code != -1 {
				t.Errorf("the connection was closed with code %d", code)
			}
			pass(19 * time.Second)
			if !refusesConnections(t, srv) {
				t.Error("it took a connection while it was away")
			}
			pass(2 * time.Second)
			want := map[bool]int{true: 101, false: 401}[keep]
			if _, status := dial(t, srv, "Bearer "+token); status != want {
				t.Errorf("sessions kept: %v; the token gives HTTP %d", keep, status)
			}
			login(t, srv)
		})
	}
}

func TestAServerThatGoesAwayAgainStaysForTheWholeTime(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		srv.Away(20*time.Second, true)
		pass(10 * time.Second)
		srv.Away(20*time.Second, true)
		pass(19 * time.Second)
		if !refusesConnections(t, srv) {
			t.Error("the first time's end has brought it back")
		}
		pass(2 * time.Second)
		login(t, srv)
		// Nor does one that is over end another.
		srv.Away(time.Second, true)
		pass(2 * time.Second)
		srv.Away(time.Minute, true)
		pass(50 * time.Second)
		if !refusesConnections(t, srv) {
			t.Error("it is back too early")
		}
	})
}

func TestAServerThatIsAwayCanBeClosed(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		srv.Away(time.Hour, false)
		srv.Close()
		pass(2 * time.Hour)
		if !refusesConnections(t, srv) {
			t.Error("it came back after it was closed")
		}
	})
}

func TestAnAbsenceHasATime(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		for _, body := range []string{`{}`, `{"for":"-3s"}`, `{"for":3}`} {
			if status, _ := admin(t, srv, "POST", "/away", body); status != http.StatusBadRequest {
				t.Errorf("%s: got HTTP %d", body, status)
			}
		}
	})
}

func TestAServerComesBackToItsPort(t *testing.T) {
	srv := mockaes.New(mockaes.Options{Silent: true})
	if srv.Err != nil {
		t.Fatal(srv.Err)
	}
	defer srv.Close()
	srv.Away(50*time.Millisecond, false)
	if !refusesConnections(t, srv) {
		t.Error("it took a connection while it was away")
	}
	tries := time.NewTicker(10 * time.Millisecond)
	defer tries.Stop()
	for range 1000 {
		<-tries.C
		if !refusesConnections(t, srv) {
			return
		}
	}
	t.Error("it did not come back within 10 s")
}

func TestMonitorsAfterTheLinkWasLost(t *testing.T) {
	tests := []struct {
		quirk       string
		told, lives bool
	}{
		{"link=ends-monitors", true, false},
		{"link=keeps-monitors", false, true},
		{"link=forgets-monitors", false, false},
	}
	for _, tt := range tests {
		o := mockaes.Options{Quirks: []string{tt.quirk}}
		bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
			c := login(t, srv)
			ref := c.monitor(c.device("1001"))
			srv.SetLink(false)
			ring := func() {
				if _, err := srv.Switch().IncomingCall(pbx.IncomingCall{To: "1001"}); err != nil {
					t.Fatal(err)
				}
			}
			ring()
			srv.SetLink(true)
			ring()
			c.must("GetLinkStatus", `{}`, nil) // what came before it has been read
			var names []string
			for _, frame := range c.late {
				names = append(names, frame.Name)
			}
			delivered, stopped := 0, 0
			for _, name := range names {
				switch name {
				case "DeliveredEvent":
					delivered++
				case "MonitorStop":
					stopped++
				}
			}
			if (delivered == 1) != tt.lives || delivered > 1 || (stopped == 1) != tt.told {
				t.Errorf("%s: got %v", tt.quirk, names)
			}
			frame := c.ask("MonitorStop", `{"monitorCrossRefID":"`+ref+`"}`)
			_, refused := csta.DecodeFault(frame.Payload)
			if refused == tt.lives {
				t.Errorf("%s: to stop the monitor was answered %s", tt.quirk, frame.Payload)
			}
		})
	}
}
