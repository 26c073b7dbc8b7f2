package wti_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/wti"
)

// linked is a session at a mock in memory that follows its CTI link, with a monitor.
type linked struct {
	t   *testing.T
	srv *mockaes.Server
	s   *wti.Session
	m   *wti.Monitor
}

// overLink runs f inside a bubble.
func overLink(t *testing.T, f func(t *testing.T, l *linked), quirks ...string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		srv := mockaes.New(mockaes.Options{InMemory: true, Silent: true, Quirks: quirks})
		if srv.Err != nil {
			t.Fatal(srv.Err)
		}
		t.Cleanup(func() {
			srv.Close()
			time.Sleep(time.Second) // net/http lingers where it has not read all of a body
		})
		s, err := wti.Dial(t.Context(), srv.WTI, wti.Options{
			User: "cti", Password: "cti-secret", DialContext: srv.Dial,
			CTILinks: []string{"CM1"},
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		l := &linked{t: t, srv: srv, s: s}
		l.m = l.monitor("1001")
		synctest.Wait()
		f(t, l)
	})
}

func (l *linked) monitor(number string) *wti.Monitor {
	l.t.Helper()
	d, err := wti.Do(l.t.Context(), l.s, csta.GetDeviceID{SwitchName: "CM1", Extension: number})
	if err != nil {
		l.t.Fatal(err)
	}
	m, err := l.s.Monitor(l.t.Context(), csta.MonitorStart{
		Object: csta.MonitorObject{Device: d.Device},
	})
	if err != nil {
		l.t.Fatal(err)
	}
	return m
}

func (l *linked) rings(number string) {
	l.t.Helper()
	_, err := l.srv.Switch().IncomingCall(pbx.IncomingCall{From: "+15550100123", To: number})
	if err != nil {
		l.t.Fatal(err)
	}
}

// events are what a monitor has delivered since; gaps are told apart.
func (l *linked) events(m *wti.Monitor) (gaps []wti.Gap, names string) {
	var all []string
	for _, ev := range drain(m) {
		if gap, ok := ev.Event.(wti.Gap); ok {
			gaps = append(gaps, gap)
		}
		all = append(all, ev.EventName())
	}
	return gaps, strings.Join(all, " ")
}

func (l *linked) cti() wti.CTILink {
	l.t.Helper()
	list := l.s.Status().CTI
	if len(list) != 1 || list[0].Switch != "CM1" {
		l.t.Fatalf("the links are %+v", list)
	}
	return list[0]
}

var linkQuirks = []string{"link=ends-monitors", "link=keeps-monitors", "link=forgets-monitors"}

func TestWhatWasMissedWhileTheCTILinkWasDownIsToldWhenItIsBack(t *testing.T) {
	for _, quirk := range linkQuirks {
		t.Run(quirk, func(t *testing.T) {
			overLink(t, func(t *testing.T, l *linked) {
				if got := l.cti(); got.State != wti.CTIUp {
					t.Errorf("the link is %+v", got)
				}
				other := l.monitor("1002")
				time.Sleep(time.Minute)
				lost := time.Now()
				l.srv.SetLink(false)
				l.rings("1001")
				time.Sleep(time.Minute)
				if got := l.cti(); got.State != wti.CTIDown || !got.Since.Equal(lost) {
					t.Errorf("the link is %+v, want down since %v", got, lost)
				}
				if gaps, names := l.events(l.m); gaps != nil || names != "MonitorStop" &&
					names != "" {
					t.Errorf("while it was down there came %s", names)
				}
				l.srv.SetLink(true)
				synctest.Wait()
				for m, calls := range map[*wti.Monitor]int{l.m: 1, other: 0} {
					gaps, _ := l.events(m)
					if len(gaps) != 1 {
						t.Fatalf("%d gaps were told", len(gaps))
					}
					g := gaps[0]
					if !errors.Is(g.Cause, wti.ErrCTIDown) || !g.From.Equal(lost) || !g.Resumed ||
						g.Missing != nil || len(g.Snapshot.Calls()) != calls {
						t.Errorf("got %+v", g)
					}
				}
				l.rings("1001")
				if _, names := l.events(l.m); names != "DeliveredEvent" {
					t.Errorf("a call was told as %q, want it once", names)
				}
				if st := l.s.Status(); st.Epoch != 1 || st.State != wti.Live ||
					l.cti().State != wti.CTIUp {
					t.Errorf("got %+v", st)
				}
			}, quirk)
		})
	}
}

func TestRequestsThatFailMeanwhileSayThatTheCTILinkIsDown(t *testing.T) {
	overLink(t, func(t *testing.T, l *linked) {
		ask := func() error {
			_, err := wti.Do(t.Context(), l.s, csta.MakeCall{From: "1001:CM1::0", To: "1002"})
			return err
		}
		if err := ask(); err != nil {
			t.Fatal(err)
		}
		l.srv.SetLink(false)
		synctest.Wait()
		for _, err := range []error{ask(), func() error {
			_, err := l.s.Monitor(t.Context(), csta.MonitorStart{
				Object: csta.MonitorObject{Device: "1002:CM1::0"},
			})
			return err
		}()} {
			fault, refused := errors.AsType[*csta.Fault](err)
			if !refused || fault.Code != csta.ResourceOutOfServe ||
				!errors.Is(err, wti.ErrCTIDown) ||
				!strings.Contains(err.Error(), "the CTI link to CM1 is down since ") {
				t.Errorf("got %v", err)
			}
		}
		for what, err := range map[string]error{
			"a name":       refusal(t, l, csta.GetDeviceID{SwitchName: "CM9", Extension: "1"}),
			"a device":     refusal(t, l, csta.SnapshotDevice{Device: "1001:CM9::0"}),
			"a connection": refusal(t, l, csta.AnswerCall{Target: at("1001:CM9::0")}),
		} {
			if errors.Is(err, wti.ErrCTIDown) {
				t.Errorf("%s of another switch: %v", what, err)
			}
		}
		if err := refusal(t, l, csta.GetTimeOfDay{}); !errors.Is(err, wti.ErrCTIDown) {
			t.Errorf("of no switch in particular: %v", err)
		}
		l.srv.SetLink(true)
		synctest.Wait()
		_, err := wti.Do(t.Context(), l.s, csta.GetDeviceID{SwitchName: "CM9", Extension: "1"})
		if err == nil || errors.Is(err, wti.ErrCTIDown) {
			t.Errorf("with the link up a refusal is %v", err)
		}
	})
}

// refusal asks for what is refused.
func refusal[R any](t *testing.T, l *linked, req csta.Request[R]) error {
	t.Helper()
	_, err := wti.Do(t.Context(), l.s, req)
	if _, refused := errors.AsType[*csta.Fault](err); !refused {
		t.Errorf("%s: got %v, want a refusal", req.Service(), err)
	}
	return err
}

func at(device csta.DeviceID) csta.ConnectionID {
	return csta.ConnectionID{Call: "1", Device: device}
}

func TestASessionThatIsNewWhileTheCTILinkIsDownGetsTheRestWhenItIsBack(t *testing.T) {
	for _, keep := range []bool{false, true} {
		for _, quirk := range linkQuirks {
			overLink(t, func(t *testing.T, l *linked) {
				register := csta.RegisterTerminal{Device: "1001:CM1:0.0.0.0:0"}
				register.Login.Password = "123456"
				register.Login.MediaMode = csta.MediaNone
				if _, err := wti.Do(t.Context(), l.s, register); err != nil {
					t.Fatal(err)
				}
				l.events(l.m)
				l.srv.SetLink(false)
				time.Sleep(time.Second)
				l.srv.Restart(keep)
				time.Sleep(time.Minute)
				gaps, _ := l.events(l.m)
				if len(gaps) != 1 || gaps[0].Resumed != keep || gaps[0].Missing == nil ||
					gaps[0].Snapshot != nil {
					t.Errorf("%s, kept %v: while it is down got %+v", quirk, keep, gaps)
				}
				if st := l.s.Status(); st.State != wti.Live || l.cti().State != wti.CTIDown {
					t.Errorf("%s, kept %v: got %+v", quirk, keep, st)
				}
				l.srv.SetLink(true)
				synctest.Wait()
				gaps, _ = l.events(l.m)
				if len(gaps) != 1 || gaps[0].Missing != nil || gaps[0].Snapshot == nil {
					t.Errorf("%s, kept %v: when it is back got %+v", quirk, keep, gaps)
				}
				l.rings("1001")
				if _, names := l.events(l.m); !strings.Contains(names, "DeliveredEvent") ||
					!strings.Contains(names, "RingerStatusEvent") {
					t.Errorf("%s, kept %v: a call was told as %q, want it at a registered station",
						quirk, keep, names)
				}
			}, quirk)
		}
	}
}

func TestACTILinkThatFailsWhileTheSocketIsLostIsMadeUpForByHealing(t *testing.T) {
	for _, quirk := range linkQuirks {
		overLink(t, func(t *testing.T, l *linked) {
			begin := time.Now()
			l.srv.SetLink(false)
			time.Sleep(time.Second)
			l.srv.Away(20*time.Second, true)
			l.srv.SetLink(true)
			l.rings("1001")
			time.Sleep(time.Minute)
			gaps, _ := l.events(l.m)
			if len(gaps) != 1 || !gaps[0].From.Equal(begin) || !gaps[0].Resumed ||
				gaps[0].Missing != nil || len(gaps[0].Snapshot.Calls()) != 1 {
				t.Errorf("%s: got %+v, want one gap since %v", quirk, gaps, begin)
			}
			l.rings("1001")
			if _, names := l.events(l.m); names != "DeliveredEvent" {
				t.Errorf("%s: a call was told as %q, want it once", quirk, names)
			}
		}, quirk)
	}
}

func TestRoutingGoesOnWhenTheCTILinkIsBack(t *testing.T) {
	overLink(t, func(t *testing.T, l *linked) {
		device := csta.DeviceID("8003:CM1:0.0.0.0:0")
		r, err := l.s.Route(t.Context(), csta.RouteRegister{Device: device}, nil)
		if err != nil {
			t.Fatal(err)
		}
		l.srv.SetLink(false)
		synctest.Wait()
		l.srv.SetLink(true)
		synctest.Wait()
		var asked []string
		for _, e := range l.srv.Journal(0) {
			if e.Kind == "answer" && e.Name == "RouteRegister" {
				asked = append(asked, e.Name)
			}
		}
		if len(asked) != 2 {
			t.Errorf("it was registered %d times, want once more", len(asked))
		}
		if err := r.Stop(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestAMonitorThatWaitsForTheCTILinkCanBeStopped(t *testing.T) {
	overLink(t, func(t *testing.T, l *linked) {
		l.srv.SetLink(false)
		synctest.Wait()
		if err := l.m.Stop(t.Context()); err != nil {
			t.Error(err)
		}
		l.srv.SetLink(true)
		synctest.Wait()
		if held := l.srv.State().Sessions[0].Monitors; len(held) != 0 {
			t.Errorf("AES has %v", held)
		}
	})
}
