package mockaes_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// slow is a lab whose switch takes half a second to register a terminal, and is busy
// with two at a time.
func slow() *pbx.Lab {
	lab := pbx.DefaultLab()
	lab.Features.RegisterTime = 500 * time.Millisecond
	lab.Features.OutstandingRegistrations = 2
	return &lab
}

func registration(extension string) string {
	return fmt.Sprintf(`{"device":"%s:CM1:0.0.0.0:0","loginInfo":{"password":"123456",`+
		`"mediaMode":"NONE","dependencyMode":"MAIN"}}`, extension)
}

func TestOtherRequestsDoNotWaitForARegistration(t *testing.T) {
	bubble(t, mockaes.Options{Lab: slow()}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.monitor(c.device("1001"))
		began := time.Now()
		first := c.send("RegisterTerminalRequest", registration("1001"))
		second := c.send("RegisterTerminalRequest", registration("1002"))
		if got := c.refused("RegisterTerminalRequest", registration("1003")); got !=
			csta.OutstandingLimit {
			t.Errorf("one too many: %s", got)
		}
		var state struct{ RegistrationState string }
		c.must("GetRegistrationState", `{"device":"1001:CM1:0.0.0.0:0"}`, &state)
		if waited := time.Since(began); waited > 0 || state.RegistrationState != "REGISTERING" {
			t.Errorf("after %v it is %s", waited, state.RegistrationState)
		}
		waiting := map[int64]bool{first: true, second: true} // they are due at one instant
		for len(waiting) > 0 {
			frame := c.any()
			if frame.Kind == wire.Event {
				continue
			}
			if !waiting[frame.InvokeID] || !strings.Contains(string(frame.Payload), `"code":1`) {
				t.Errorf("answer %d: %s", frame.InvokeID, frame.Payload)
			}
			delete(waiting, frame.InvokeID)
			if waited := time.Since(began); waited != 500*time.Millisecond {
				t.Errorf("it came after %v", waited)
			}
		}
	})
}

func TestTheEventsOfARegistrationFollowItsAnswer(t *testing.T) {
	bubble(t, mockaes.Options{Lab: slow()}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.monitor(c.device("1001"))
		id := c.send("RegisterTerminalRequest", registration("1001"))
		if frame := c.any(); frame.Kind == wire.Event || frame.InvokeID != id {
			t.Errorf("first came %s", frame.Name)
		}
		c.event("EndpointRegisteredEvent")
	})
}

func TestASessionMayEndBeforeItsRegistration(t *testing.T) {
	bubble(t, mockaes.Options{Lab: slow()}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.send("RegisterTerminalRequest", registration("1001"))
		c.must("StopApplicationSession", `{}`, nil)
		c.closed()
		pass(time.Second)
		other := login(t, srv)
		other.must("RegisterTerminalRequest", registration("1001"), nil)
	})
}

func TestARegistrationOverRESTIsAnsweredWhenItIsDone(t *testing.T) {
	bubble(t, mockaes.Options{Lab: slow()}, func(t *testing.T, srv *mockaes.Server) {
		c := newREST(t, srv)
		c.start()
		began := time.Now()
		status, _, text := c.post("RegisterTerminalRequest", registration("1001"))
		if status != http.StatusOK || !strings.Contains(text, `"code":1`) ||
			time.Since(began) != 500*time.Millisecond {
			t.Errorf("after %v HTTP %d: %s", time.Since(began), status, text)
		}
	})
}

func TestAServerCanBeClosedDuringARegistration(t *testing.T) {
	bubble(t, mockaes.Options{Lab: slow()}, func(t *testing.T, srv *mockaes.Server) {
		c := newREST(t, srv)
		c.start()
		ended := make(chan string)
		go func() {
			_, _, text := c.post("RegisterTerminalRequest", registration("1001"))
			ended <- text
		}()
		pass(100 * time.Millisecond)
		srv.Close()
		<-ended
	})
}
