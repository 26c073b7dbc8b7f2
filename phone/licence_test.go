package phone_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// licensed is a mock AES with so many licences.
func licensed(tsapi, dmcc uint64) mockaes.Options {
	return mockaes.Options{Licences: mockaes.Licences{TSAPI: &tsapi, DMCC: &dmcc}}
}

// wantShortage wants an error that says which licence is missing.
func wantShortage(t *testing.T, err error, want string) {
	t.Helper()
	var got string
	if f, ok := errors.AsType[*csta.Fault](err); ok {
		got, _ = f.Licence()
	} else if r, ok := errors.AsType[*phone.RegistrationError](err); ok {
		got, _ = csta.LicenceIn(r.Reason)
	}
	if got != want {
		t.Errorf("missing is %q, want %s: %v", got, want, err)
	}
}

func TestAPhoneSaysWhichLicenceIsMissing(t *testing.T) {
	tests := []struct {
		name        string
		tsapi, dmcc uint64
		want        string
	}{
		{"to monitor the station", 0, 1, csta.TSAPILicence},
		{"to register the terminal", 1, 0, csta.DMCCLicence},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inLab(t, licensed(tt.tsapi, tt.dmcc), func(l *lab) {
				s := l.session()
				_, err := phone.Open(l.ctx, s, phone.Options{
					Switch: "CM1", Station: "1001", SecurityCode: "123456",
					Media: csta.MediaClient, Listen: l.srv.ListenPacket,
				})
				wantShortage(t, err, tt.want)
				l.must(s.Close())
				synctest.Wait()
				if used := l.srv.State().Licences; used.TSAPI.Used+used.DMCC.Used > 0 {
					t.Errorf("what it had is not given back: %+v", used)
				}
			})
		})
	}
}

// gate is a network that can be shut for those who dial through it.
type gate struct{ shut atomic.Bool }

func (g *gate) through(dial func(context.Context, string, string) (net.Conn, error)) func(
	context.Context, string, string,
) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if g.shut.Load() {
			return nil, errors.New("the gate is shut")
		}
		return dial(ctx, network, address)
	}
}

// asked counts the requests of a service.
func (l *lab) asked(service string) (n int) {
	for _, e := range l.srv.Journal(0) {
		if e.Kind == "request" && e.Name == service {
			n++
		}
	}
	return n
}

// loseTo has a phone lose its session and somebody else take what it had, and lets it back.
func (l *lab) loseTo(g *gate, other func(s *wti.Session) error) (done func()) {
	l.t.Helper()
	g.shut.Store(true)
	l.srv.Restart(false)
	dial := l.dial
	l.dial = nil
	s := l.session()
	l.dial = dial
	l.must(other(s))
	g.shut.Store(false)
	time.Sleep(time.Minute)
	return func() { _ = s.Close() }
}

func TestAPhoneWhoseLicenceIsTakenDoesNotAskOnAndOn(t *testing.T) {
	inLab(t, licensed(1, 9), func(l *lab) {
		g := &gate{}
		l.dial = func(o *wti.Options) { o.DialContext = g.through(o.DialContext) }
		p, done := l.station("1001", phone.Options{})
		defer done()
		defer l.loseTo(g, func(s *wti.Session) error {
			_, err := s.Monitor(l.ctx, csta.MonitorStart{
				Object: csta.MonitorObject{Device: "1002:CM1::0"},
			})
			return err
		})()
		wantShortage(t, p.State().Link.Lost, csta.TSAPILicence)
		before := l.asked("MonitorStart") + l.asked("MonitorDevice")
		time.Sleep(time.Hour)
		if after := l.asked("MonitorStart") + l.asked("MonitorDevice"); after != before {
			t.Errorf("it asked %d times more within an hour", after-before)
		}
	})
}

func TestAPhoneWhoseTerminalHasNoLicenceAnyMoreGoesOnWithoutAudio(t *testing.T) {
	inLab(t, licensed(9, 1), func(l *lab) {
		g := &gate{}
		l.dial = func(o *wti.Options) { o.DialContext = g.through(o.DialContext) }
		p, done := l.station("1001", phone.Options{Media: csta.MediaClient})
		defer done()
		defer l.loseTo(g, func(s *wti.Session) error {
			_, err := wti.Do(l.ctx, s, csta.RegisterTerminal{
				Device: "1002:CM1::0", Login: csta.LoginInfo{
					Password: "123456", MediaMode: csta.MediaNone, DependencyMode: csta.Main,
				},
			})
			return err
		})()
		state := p.State()
		if state.Link.Lost != nil || state.Link.State != wti.Live ||
			!strings.Contains(state.Media.Trouble, csta.DMCCLicence) {
			t.Errorf("the link is %+v, trouble %q", state.Link, state.Media.Trouble)
		}
		before := l.asked("RegisterTerminalRequest")
		time.Sleep(time.Hour)
		if after := l.asked("RegisterTerminalRequest"); before < 2 || after != before {
			t.Errorf("it asked %d times more within an hour", after-before)
		}
		if _, err := p.Dial(l.ctx, "7100"); err != nil {
			t.Errorf("calls can be placed all the same: %v", err)
		}
	})
}
