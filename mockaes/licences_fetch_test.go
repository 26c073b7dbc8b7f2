package mockaes_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes"
)

// TestLicencesAreFetchedOneByOne: a service waits for its own, and what comes behind it
// waits only if it needs one.
func TestLicencesAreFetchedOneByOne(t *testing.T) {
	o := few(10, 0)
	o.Licences.Fetch, o.Licences.Reserved.TSAPI = 50*time.Millisecond, 2
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		c, began := login(t, srv), time.Now()
		after := make(map[int64]time.Duration)
		for i, want := range []time.Duration{0, 0, 50, 100, 150} {
			after[c.send("MonitorStart", monitorBody(id(fmt.Sprint(1001+i))))] = want
		}
		after[c.send("MonitorStart", monitorBody(id("1005")))] = 150 // the same station
		after[c.send("GetTimeOfDay", `{}`)] = 0
		for range len(after) {
			frame := c.any()
			if _, refused := csta.DecodeFault(frame.Payload); refused {
				t.Fatalf("%s", frame.Payload)
			}
			if got := time.Since(began); got != after[frame.InvokeID]*time.Millisecond {
				t.Errorf("answer %d came after %v", frame.InvokeID, got)
			}
		}
		wantUsed(t, srv, 5, 0)
		if got := srv.State().Licences.TSAPI.Fetched; got != 5 {
			t.Errorf("%d are fetched", got)
		}
		c.must("CleanupSession", `{}`, nil)
		if got := srv.State().Licences.TSAPI.Fetched; got != 2 {
			t.Errorf("%d are kept, want those that are reserved", got)
		}
	})
}

func TestTerminalsFetchLicencesByTheBatch(t *testing.T) {
	o := few(0, 5)
	o.Licences.Fetch, o.Licences.Reserved.DMCC = 50*time.Millisecond, 2
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		wantFetched := func(want uint64) {
			t.Helper()
			if got := srv.State().Licences.DMCC.Fetched; got != want {
				t.Errorf("%d are fetched, want %d", got, want)
			}
		}
		wantFetched(0)
		for i, want := range []struct {
			fetched uint64
			after   time.Duration
		}{{2, 50}, {2, 0}, {4, 50}, {4, 0}, {5, 50}} {
			began := time.Now()
			c.must("RegisterTerminalRequest", registration(fmt.Sprint(1001+i)), nil)
			if got := time.Since(began); got != want.after*time.Millisecond {
				t.Errorf("terminal %d was registered after %v", i+1, got)
			}
			wantFetched(want.fetched)
		}
		for i, want := range []uint64{5, 3, 3, 1, 0} {
			c.must("UnregisterTerminalRequest", `{"device":"`+id(fmt.Sprint(1001+i))+`"}`, nil)
			wantFetched(want)
		}
	})
}

func TestWhoIsGoneWhenTheLicenceComesHasNone(t *testing.T) {
	o := few(1, 1)
	o.Licences.Fetch = time.Minute
	o.Limits.CleanupDelay = time.Second
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.send("MonitorStart", monitorBody(id("1001")))
		c.send("RegisterTerminalRequest", registration("1001"))
		synctest.Wait()
		wantUsed(t, srv, 1, 1) // WebLM has been asked for them
		srv.Cut()
		pass(2 * time.Minute)
		wantUsed(t, srv, 0, 0)
	})
}

// TestAnAnswerThatWaitedComesBeforeItsEvents as any other does.
func TestAnAnswerThatWaitedComesBeforeItsEvents(t *testing.T) {
	for quirk, want := range map[string]wire.Kind{
		"order=answer-first": wire.Response, "order=events-first": wire.Event,
	} {
		o := few(2, 0, quirk)
		o.Licences.Fetch = time.Second
		bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
			c := login(t, srv)
			c.monitor(id("1002"))
			c.send("MakeCall", makeCall(id("1001"), "1002"))
			if frame := c.any(); frame.Kind != want {
				t.Errorf("%s: first came %s", quirk, frame.Payload)
			}
		})
	}
}

// TestOnlyAsManyFindALicenceAsThereAre, though all ask at once.
func TestOnlyAsManyFindALicenceAsThereAre(t *testing.T) {
	for _, fetch := range []time.Duration{0, time.Second} {
		o := few(5, 5)
		o.Licences.Fetch = fetch
		bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
			var work sync.WaitGroup
			var monitors, terminals atomic.Int64
			for i := range 12 {
				c := login(t, srv)
				work.Go(func() {
					ext := fmt.Sprint(1001 + i)
					frame := c.ask("MonitorStart", monitorBody(id(ext)))
					if _, refused := csta.DecodeFault(frame.Payload); !refused {
						monitors.Add(1)
					}
					frame = c.ask("RegisterTerminalRequest", registration(ext))
					var reply csta.TerminalRegistered
					if err := csta.Decode(frame.Payload, &reply); err != nil {
						t.Error(err)
					}
					if reply.Code == csta.NormalRegister {
						terminals.Add(1)
					}
				})
			}
			work.Wait()
			if monitors.Load() != 5 || terminals.Load() != 5 {
				t.Errorf("%d monitors and %d terminals", monitors.Load(), terminals.Load())
			}
			wantUsed(t, srv, 5, 5)
		})
	}
}
