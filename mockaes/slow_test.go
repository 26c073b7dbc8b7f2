package mockaes_test

import (
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/mockaes"
)

func TestSlowReaderIsLetGo(t *testing.T) {
	o := mockaes.Options{Limits: mockaes.Limits{OutboxFrames: 50}}
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		slow := login(t, srv)
		slow.monitor(slow.device("1001"))
		busy := login(t, srv)
		for range 30 { // each call is several events at 1001
			made := busy.ask("MakeCall",
				`{"callingDevice":"1001:CM1::0","calledDirectoryNumber":"1002"}`)
			busy.must("ClearConnection", `{"connectionToBeCleared":`+
				connection(t, made.Payload, "callingDevice")+`}`, nil)
		}
		synctest.Wait()
		for _, s := range srv.State().Sockets {
			if s.Waiting > 50 {
				t.Errorf("%d frames wait for socket %d", s.Waiting, s.Number)
			}
		}
		code, reason := slow.closed()
		if code != 1008 || !strings.HasPrefix(reason, "too slow: 50 frames") {
			t.Errorf("got close %d %q", code, reason)
		}
	})
}

func TestReaderThatStopsForGoodIsCutOff(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		gone := login(t, srv)
		gone.monitor(gone.device("1001"))
		busy := login(t, srv)
		busy.must("MakeCall",
			`{"callingDevice":"1001:CM1::0","calledDirectoryNumber":"1002"}`, nil)
		time.Sleep(11 * time.Second) // longer than a write may take
		synctest.Wait()
		if n := len(srv.State().Sockets); n != 1 {
			t.Errorf("%d sockets are open, want 1", n)
		}
	})
}

func TestSilentCutTellsNobody(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		if n := srv.CutSilently(); n != 1 {
			t.Errorf("%d sockets were cut", n)
		}
		c.send("GetDeviceId", `{"switchName":"CM1","extension":"1001"}`)
		heard := listen(c)
		time.Sleep(time.Minute)
		synctest.Wait()
		select {
		case frames := <-heard:
			t.Errorf("the client was told: %q", frames)
		default:
		}
		srv.Cut()
		if frames := <-heard; len(frames) > 0 {
			t.Errorf("the client got %q", frames)
		}
	})
}

func TestClosingSaysSo(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		heard := listen(c)
		srv.Close()
		if got := <-heard; len(got) != 1 || got[0] != "close 1001" {
			t.Errorf("the client got %q", got)
		}
		if _, err := srv.Dial(t.Context(), "tcp", "x"); err == nil {
			t.Error("a closed server was dialled")
		}
		srv.Close()
	})
}

func TestAClientThatDoesNotReadHoldsNoFarewellUp(t *testing.T) {
	for _, tt := range []struct {
		name string
		ends func(*mockaes.Server, *client)
	}{
		{"the server is closed", func(srv *mockaes.Server, _ *client) { srv.Close() }},
		{"its session is stopped, and then the server is closed", stopThenClose},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
				c := login(t, srv)
				before := time.Now()
				tt.ends(srv, c)
				if took := time.Since(before); took > time.Second {
					t.Errorf("it took %v", took)
				}
			})
		})
	}
}

func stopThenClose(srv *mockaes.Server, c *client) {
	c.send("StopApplicationSession", `{}`)
	srv.Close()
}

func TestStartSaysWhatIsWrong(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = busy.Close() }()
	tests := []struct {
		name string
		o    mockaes.Options
		want string
	}{
		{
			"a port that is taken",
			mockaes.Options{Listen: busy.Addr().String()},
			"address already in use",
		},
		{"a user without a name", mockaes.Options{Users: []mockaes.User{{}}}, "without a name"},
		{
			"a user twice",
			mockaes.Options{Users: []mockaes.User{{Name: "a"}, {Name: "a"}}},
			`two users are called "a"`,
		},
		{
			"durations that cannot be", mockaes.Options{
				Limits: mockaes.Limits{MinDuration: time.Hour, MaxDuration: time.Minute},
			}, "at least 1h0m0s and at most 1m0s",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := mockaes.New(tt.o)
			defer srv.Close()
			if srv.Err == nil || !strings.Contains(srv.Err.Error(), tt.want) {
				t.Errorf("got %v", srv.Err)
			}
			if _, err := srv.Dial(t.Context(), "", ""); err != srv.Err {
				t.Errorf("dialling it: %v", err)
			}
		})
	}
}
