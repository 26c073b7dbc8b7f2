package phone_test

import (
	"net/netip"
	"strings"
	"testing"

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
