//go:build unix

package interop_test

import (
	"encoding/json"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/phone"
)

// eachBox runs f behind nginx and behind HAProxy.
func eachBox(t *testing.T, f func(t *testing.T, b box)) {
	t.Parallel()
	for _, b := range boxes {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			f(t, b)
		})
	}
}

// TestPingsKeepAQuietConnectionThroughABox: a customer rings for twice as long as the box
// allows silence, and that he gives up is heard on the first connection.
func TestPingsKeepAQuietConnectionThroughABox(t *testing.T) {
	eachBox(t, func(t *testing.T, b box) {
		srv := quietMock(t, true)
		box := b.before(t, srv)
		s := visit(t, srv, "wss://"+box.at, box.roots, pings)
		rings(t, s, 2*idleLimit)
		happens(t, "the customer gives up", func() bool {
			return len(s.phone.State().Board.Ended()) == 1
		})
		s.agrees(t, 0)
		if n := s.losses.Load(); n > 0 {
			t.Errorf("the connection was lost %d times", n)
		}
	})
}

// TestABoxThatCutsQuietConnectionsIsLivedWith: without pings each silence ends the
// connection. A customer who rings all the while is on the board at the end.
func TestABoxThatCutsQuietConnectionsIsLivedWith(t *testing.T) {
	eachBox(t, func(t *testing.T, b box) {
		srv := quietMock(t, true)
		box := b.before(t, srv)
		s := visit(t, srv, "wss://"+box.at, box.roots, time.Hour)
		rings(t, s, time.Minute)
		happens(t, "three losses", func() bool { return s.losses.Load() >= 3 })
		s.agrees(t, 3)
		if _, ringing := s.phone.State().Board.Alerting(); !ringing {
			t.Error("the customer is not on the board any more")
		}
	})
}

func rings(t *testing.T, s *site, patience time.Duration) {
	t.Helper()
	_, err := s.srv.Switch().IncomingCall(pbx.IncomingCall{
		From: "+15550100123", To: "1001", Patience: patience,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.phone.Await(t.Context(), func(st phone.State) bool {
		_, ringing := st.Board.Alerting()
		return ringing
	}); err != nil {
		t.Fatal(err)
	}
}

// TestTheBoardIsRightAfterABoxWasRestarted: things go on at the station meanwhile.
func TestTheBoardIsRightAfterABoxWasRestarted(t *testing.T) {
	eachBox(t, func(t *testing.T, b box) {
		srv := quietMock(t, true)
		box := b.before(t, srv)
		s := visit(t, srv, "wss://"+box.at, box.roots, pings)
		rest := s.bustle(t)
		for n := range int64(3) {
			box.restart()
			happens(t, "a loss", func() bool { return s.losses.Load() > n })
			s.heals(t)
		}
		if b.reloads {
			n := s.losses.Load()
			box.process.signal(t, syscall.SIGHUP)
			happens(t, "the old worker ends", func() bool { return s.losses.Load() > n })
			s.heals(t)
		}
		rest()
		s.agrees(t, 3)
	})
}

// TestTheProgramCallsThroughABoxThatItTrusts restarts the box in the middle of a call
// with audio, which does not go through it.
func TestTheProgramCallsThroughABoxThatItTrusts(t *testing.T) {
	eachBox(t, func(t *testing.T, b box) {
		srv, err := mockaes.Start(mockaes.Options{TLS: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(srv.Close)
		box := b.before(t, srv)
		call := start(t, clientEnv("wss://"+box.at), wtiphone, "call", "7100", "-v",
			"--station", "1001", "--ca", box.path("ca.pem"), "--for", "4s", "--json")
		call.errs.await(t, "the audio", func(lines []string) bool {
			return strings.Contains(strings.Join(lines, "\n"), "stream started")
		})
		box.restart()
		if code := call.exit(t); code != 0 {
			t.Fatalf("exit code %d, want 0", code)
		}
		var r report
		if err := json.Unmarshal([]byte(strings.Join(call.out.all(), "")), &r); err != nil {
			t.Fatal(err)
		}
		if !r.Established || r.Media.Received < 100 {
			t.Errorf("got %+v", r)
		}
		if n := len(srv.Switch().State().Calls); n != 0 {
			t.Errorf("%d calls were left standing", n)
		}
		if log := strings.Join(call.errs.all(), "\n"); !strings.Contains(log, "session healed") {
			t.Errorf("the restart was not noticed:\n%s", log)
		}
	})
}

func TestTheProgramRefusesABoxThatItDoesNotTrust(t *testing.T) {
	eachBox(t, func(t *testing.T, b box) {
		srv := quietMock(t, true)
		box := b.before(t, srv)
		call := start(t, clientEnv("wss://"+box.at), wtiphone, "call", "7100",
			"--station", "1001", "--ca", box.path("aes-ca.pem"))
		if code := call.exit(t); code != 3 {
			t.Errorf("exit code %d, want 3", code)
		}
		if said := strings.Join(call.errs.all(), "\n"); !strings.Contains(said, "certificate") {
			t.Errorf("said only %s", said)
		}
	})
}
