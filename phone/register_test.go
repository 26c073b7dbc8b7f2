package phone_test

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/phone"
)

func TestARegistrationThatTheSwitchEndedIsMadeAgain(t *testing.T) {
	for _, reason := range []string{"", "by an administrator"} {
		inLab(t, mockaes.Options{}, func(l *lab) {
			p, done := l.station("1001", audioOptions())
			defer done()
			if !l.srv.Switch().ForceUnregister("1001", reason) {
				t.Fatal("1001 was not registered")
			}
			s := l.await(p, "it is unregistered", func(s phone.State) bool {
				return s.Media.Unregistered
			})
			const ended = "the switch ended the registration"
			want := strings.TrimSuffix(ended+": "+reason, ": ")
			if s.Media.Registered || s.Media.Trouble != want {
				t.Errorf("got %+v, want the trouble %q", s.Media, want)
			}
			l.must(p.Register(l.ctx))
			m := p.State().Media
			if !m.Registered || m.Unregistered || m.Trouble != "" {
				t.Errorf("after registering: %+v", m)
			}
			_, err := p.Dial(l.ctx, "7101")
			l.must(err)
			l.await(p, "audio flows again", func(s phone.State) bool { return s.Media.Active })
		})
	}
}

func TestAnUnregistrationInACallIsNotHiddenByItsStreamsEnd(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		p, done := l.station("1001", audioOptions())
		defer done()
		_, err := p.Dial(l.ctx, "7101")
		l.must(err)
		l.await(p, "audio flows", func(s phone.State) bool { return s.Media.Active })
		l.srv.Switch().ForceUnregister("1001", "by an administrator")
		s := l.await(p, "audio has ended", func(s phone.State) bool {
			return !s.Media.Active && s.Media.Unregistered
		})
		_ = p.HangUp(l.ctx, active(p).Own) // the switch may have ended the call already
		s = l.await(p, "the call is over", idle)
		if !strings.HasSuffix(s.Media.Trouble, "by an administrator") || !s.Media.Unregistered {
			t.Errorf("got %+v", s.Media)
		}
	})
}

func TestAStationWithoutAudioIsNotRegistered(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		p, done := l.station("1001", phone.Options{})
		defer done()
		if err := p.Register(l.ctx); err == nil || p.State().Media.Registered {
			t.Errorf("registered: %v", err)
		}
	})
}

func TestReadyTakesBackWhatWaitsForTheCallToEnd(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		p, done := l.station("1001", phone.Options{AgentID: "4001", Password: "4321"})
		defer done()
		l.must(p.Login(l.ctx))
		l.must(p.Ready(l.ctx))
		l.customer("8001")
		l.await(p, "the customer's call rings", alerting)
		ringing, _ := p.State().Board.Alerting()
		l.must(p.Answer(l.ctx, ringing.Own))
		l.await(p, "the agent is busy", agentIs(csta.AgentBusyState))
		l.must(p.Aux(l.ctx, 1))
		if got := p.State().Agent.Pending; got != csta.AgentNotReadyState {
			t.Fatalf("pending is %q", got)
		}
		l.must(p.Ready(l.ctx))
		if got := p.State().Agent.Pending; got != csta.AgentReadyState {
			t.Fatalf("pending is %q", got)
		}
		l.must(p.HangUp(l.ctx, ringing.Own))
		l.await(p, "the agent is ready", agentIs(csta.AgentReadyState))
	})
}

func audioOptions() phone.Options {
	return phone.Options{Media: csta.MediaClient, Address: netip.MustParseAddr("127.0.0.1")}
}

// What a monitor tells of registrations is about the device, whoever registered it.
func TestAStationThatAnotherPhoneTakesOver(t *testing.T) {
	for _, order := range []string{"order=answer-first", "order=events-first"} {
		t.Run(order, func(t *testing.T) {
			inLab(t, mockaes.Options{Quirks: []string{order}}, takesOver)
		})
	}
}

func takesOver(l *lab) {
	first, done := l.station("1001", audioOptions())
	defer done()
	desk, done := l.station("1001", phone.Options{}) // its audio is elsewhere
	defer done()
	_, err := first.Dial(l.ctx, "7101")
	l.must(err)
	l.await(first, "audio flows", talking)
	second, gone := l.station("1001", audioOptions())
	time.Sleep(time.Second)
	synctest.Wait()
	sent := func(p *phone.Phone) uint64 { s, _ := p.Stats(); return s.Sent }
	before := sent(first)
	time.Sleep(time.Second)
	synctest.Wait()
	for _, tt := range []struct {
		who, trouble                     string
		p                                *phone.Phone
		registered, active, unregistered bool
	}{
		{
			"who was thrown out", "the switch ended the registration: forced out by another " +
				"registration", first, false, false, true,
		},
		{"who took it over", "", second, true, true, false},
		{"who never had its audio", "", desk, false, true, false},
	} {
		m := tt.p.State().Media
		if m.Registered != tt.registered || m.Active != tt.active ||
			m.Unregistered != tt.unregistered || m.Trouble != tt.trouble {
			l.t.Errorf("%s: %+v", tt.who, m)
		}
	}
	if got := sent(first); got != before || sent(second) < 50 {
		l.t.Errorf("sent: %d by who was thrown out, %d by the other", got-before, sent(second))
	}
	gone()
	l.must(first.Register(l.ctx))
	l.await(first, "audio flows again", talking)
}

func TestARegistrationThatAESGetsBackNeedsNoOtherOne(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		p, done := l.station("1001", audioOptions())
		defer done()
		l.srv.Switch().ForceUnregister("1001", "")
		l.await(p, "it is unregistered", func(s phone.State) bool { return s.Media.Unregistered })
		l.sends("1001", "TerminalReregisteredEvent")
		s := l.await(p, "it is registered", func(s phone.State) bool { return s.Media.Registered })
		m := s.Media
		if m.Unregistered || m.Trouble != "" {
			t.Errorf("got %+v", m)
		}
	})
}

// sends has the server send an event without content to a device's monitors.
func (l *lab) sends(device, event string) {
	l.t.Helper()
	carrier := &http.Transport{DialContext: l.srv.Dial}
	defer carrier.CloseIdleConnections()
	answer, err := (&http.Client{Transport: carrier}).Post(l.srv.URL+"/mock/events",
		"application/json", strings.NewReader(`{"device":"`+device+`","event":"`+event+`"}`))
	l.must(err)
	if _ = answer.Body.Close(); answer.StatusCode/100 != 2 {
		l.t.Fatalf("HTTP %s", answer.Status)
	}
}
