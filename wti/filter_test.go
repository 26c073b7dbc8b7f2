package wti_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/wti"
)

// overSocket runs f with a mock in memory and a session over a WebSocket.
func overSocket(t *testing.T, d wti.Dialect,
	f func(t *testing.T, srv *mockaes.Server, s *wti.Session), quirks ...string,
) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		srv, err := mockaes.Start(mockaes.Options{InMemory: true, Silent: true, Quirks: quirks})
		if err != nil {
			t.Fatal(err)
		}
		defer srv.Close()
		s, err := wti.Dial(t.Context(), srv.WTI, wti.Options{
			User: "cti", Password: "cti-secret", DialContext: srv.Dial, Dialect: d,
		})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		f(t, srv, s)
	})
}

// chosen lets a call come, be answered and end while a monitor wants two of its events.
// It returns what the monitor told and what the server sent.
func chosen(t *testing.T, srv *mockaes.Server, s *wti.Session) (told, sent []string) {
	t.Helper()
	device, err := wti.Do(t.Context(), s, csta.GetDeviceID{SwitchName: "CM1", Extension: "1001"})
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.MonitorOnly(t.Context(), csta.MonitorStart{
		Object: csta.MonitorObject{Device: device.Device},
	}, csta.Delivered{}, csta.ConnectionCleared{})
	if err != nil {
		t.Fatal(err)
	}
	ring(t, srv)
	synctest.Wait()
	call, err := wti.Do(t.Context(), s, csta.SnapshotDevice{Device: device.Device})
	if err != nil || len(call.Calls()) != 1 {
		t.Fatalf("got %+v, %v; want one call", call, err)
	}
	own := call.Calls()[0].Connection
	if _, err := wti.Do(t.Context(), s, csta.AnswerCall{Target: own}); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	if _, err := wti.Do(t.Context(), s, csta.ClearConnection{Target: own}); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	if err := m.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	for ev, err := range m.Events(t.Context()) {
		if errors.Is(err, wti.ErrClosed) {
			break
		}
		told = append(told, strings.TrimSuffix(ev.EventName(), "Event"))
	}
	for _, e := range srv.Journal(0) {
		if e.Kind == "event" {
			sent = append(sent, strings.TrimSuffix(e.Name, "Event"))
		}
	}
	return told, sent
}

// TestAMonitorTellsWhatItsUserWantsWhateverAFilterMeans: the readings of a filter are
// those of the DMCC samples (true asks for an event), of ECMA-269 (true holds it back)
// with Avaya's invertFilter, and of ECMA-269 alone.
func TestAMonitorTellsWhatItsUserWantsWhateverAFilterMeans(t *testing.T) {
	const wanted, others = "[Delivered ConnectionCleared]", "[Established]"
	const all = "[Delivered Established ConnectionCleared]"
	for _, row := range []struct {
		sentence, quirk string
		polarity        wti.FilterPolarity
		told, sent      string
		found           string
	}{
		{"true asks for it", "filter=wanted", wti.FilterAuto, wanted, wanted, ""},
		{"invertFilter turns it round", "filter=csta", wti.FilterAuto, wanted, wanted, ""},
		{
			"invertFilter is not known, which the answer shows", "filter=ecma",
			wti.FilterAuto, wanted, all, "filter=ecma",
		},
		{
			"invertFilter is repeated and not heeded, which events show", "filter=echo",
			wti.FilterAuto, "[Gap ConnectionCleared]", "[Established ConnectionCleared]",
			"filter=echo",
		},
		{"true is said to ask", "filter=wanted", wti.FilterWanted, wanted, wanted, ""},
		{
			"true is said to ask by invertFilter", "filter=csta",
			wti.FilterWanted, wanted, wanted, "",
		},
		{"true is said to suppress", "filter=csta", wti.FilterCSTA, wanted, wanted, ""},
		{"true is said to suppress, ever", "filter=ecma", wti.FilterCSTA, wanted, wanted, ""},
		{"no filter where true asks", "filter=wanted", wti.FilterNone, wanted, all, ""},
		{"no filter where true suppresses", "filter=csta", wti.FilterNone, wanted, all, ""},
		{"no filter by ECMA-269 alone", "filter=ecma", wti.FilterNone, wanted, all, ""},
		{
			"it is said wrongly to suppress: nothing comes that is not wanted",
			"filter=wanted", wti.FilterCSTA, "[]", others, "",
		},
		{
			"it is said wrongly to ask: nothing comes that is not wanted",
			"filter=ecma", wti.FilterWanted, "[]", others, "",
		},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			overSocket(t, wti.Dialect{Filter: row.polarity},
				func(t *testing.T, srv *mockaes.Server, s *wti.Session) {
					told, sent := chosen(t, srv, s)
					got := []string{
						fmt.Sprint(told), fmt.Sprint(sent), strings.Join(s.Findings(), " "),
					}
					if want := []string{row.told, row.sent, row.found}; !slices.Equal(got, want) {
						t.Errorf("told, sent, found %q, want %q", got, want)
					}
				}, row.quirk)
		})
	}
}

func TestAFilterOutlivesAReconnection(t *testing.T) {
	for _, quirk := range []string{"filter=wanted", "filter=csta", "filter=ecma", "filter=echo"} {
		overSocket(t, wti.Dialect{}, func(t *testing.T, srv *mockaes.Server, s *wti.Session) {
			m, err := s.MonitorOnly(t.Context(), csta.MonitorStart{
				Object: csta.MonitorObject{Device: "1001:CM1::0"},
			}, csta.Established{})
			if err != nil {
				t.Fatal(err)
			}
			srv.Restart(false)
			if gap, ok := nextEvent(t, m).Event.(wti.Gap); !ok || gap.Missing != nil {
				t.Errorf("%s: got %+v, want a gap", quirk, gap)
			}
			ring(t, srv)
			time.Sleep(time.Second)
			snap, err := wti.Do(t.Context(), s, csta.SnapshotDevice{Device: "1001:CM1::0"})
			if err != nil {
				t.Fatal(err)
			}
			_, err = wti.Do(t.Context(), s, csta.AnswerCall{Target: snap.Calls()[0].Connection})
			if err != nil {
				t.Fatal(err)
			}
			switch ev := nextEvent(t, m).Event.(type) {
			case csta.Established:
			case wti.Gap: // the filter was given up: what was held back is in the snapshot
				calls := ev.Snapshot.Calls()
				if quirk != "filter=echo" || len(calls) != 1 || ev.Missing != nil {
					t.Errorf("%s: got %+v", quirk, ev)
				}
			default:
				t.Errorf("%s: got %T, want the one event that is wanted", quirk, ev)
			}
		}, quirk)
	}
}

// TestAFilterThatIsGivenUpWhileTheConnectionDies: the server hears nothing of it, and the
// old monitor goes on in a session that is resumed. The next event that is not wanted is
// reason enough to try once more.
func TestAFilterThatIsGivenUpWhileTheConnectionDies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const unwanted = `{"monitorCrossRefID":"m1"}`
		asked := 0
		s := &site{
			answers: func(_ int, service string, payload gjson.Result) string {
				switch {
				case service != "MonitorDevice":
					return ""
				case payload.Get("requestedMonitorFilter").Exists():
					return `{"monitorCrossRefID":"m1","invertFilter":true}`
				}
				return `{"monitorCrossRefID":"m9"}`
			},
			before: func(p *peer, _ int, service string) {
				if service == "MonitorDevice" {
					if asked++; asked == 2 {
						_ = p.ws.CloseNow()
					}
				}
			},
		}
		a := newAES(t, s.serve)
		m, err := a.open(t).MonitorOnly(t.Context(), csta.MonitorStart{
			Object: csta.MonitorObject{Device: "1001:CM1::0"},
		}, csta.Delivered{})
		if err != nil {
			t.Fatal(err)
		}
		s.peers[0].event("EstablishedEvent", unwanted)
		if gap, ok := nextEvent(t, m).Event.(wti.Gap); !ok || !gap.Resumed {
			t.Fatalf("got %+v, want the gap of the connection", gap)
		}
		s.peers[1].event("EstablishedEvent", unwanted)
		gap, ok := nextEvent(t, m).Event.(wti.Gap)
		if !ok || gap.Missing != nil || len(gap.Snapshot.Calls()) != 1 {
			t.Fatalf("got %+v, want the gap of the filter", gap)
		}
		s.peers[1].event("DeliveredEvent", `{"monitorCrossRefID":"m9"}`)
		if ev, ok := nextEvent(t, m).Event.(csta.Delivered); !ok {
			t.Errorf("got %+v, want the event", ev)
		}
		want := "2:MonitorDevice 2:MonitorStop 2:SnapshotDevice 2:SnapshotCall"
		if log := strings.Join(s.log, " "); !strings.HasSuffix(log, want) {
			t.Errorf("asked %s, want %s in the end", log, want)
		}
	})
}
