package phone_test

import (
	"errors"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/wti"
)

func agentOptions() phone.Options {
	return phone.Options{AgentID: "4001", Password: "4321"}
}

func TestAnAgentTakesAQueuedCall(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		p, done := l.station("1001", agentOptions())
		defer done()
		l.must(p.Login(l.ctx))
		l.await(p, "the agent is in auxiliary work", agentIs(csta.AgentNotReadyState))
		l.must(p.Ready(l.ctx))
		l.customer("8001")
		s := l.await(p, "the call rings", alerting)
		call, _ := s.Board.Alerting()
		if call.VDN.Extension() != "8001" || call.Skill.Extension() != "5001" ||
			call.Calling.Device.Extension() != "+15550100123" {
			t.Errorf("the call is %+v", call)
		}
		l.must(p.Answer(l.ctx, call.Own))
		l.await(p, "the agent is busy", agentIs(csta.AgentBusyState))
		l.must(p.AfterCallWork(l.ctx))
		l.must(p.HangUp(l.ctx, call.Own))
		l.await(p, "the agent works after the call", agentIs(csta.AgentACWState))
		l.must(p.Aux(l.ctx, 3))
		s = l.await(p, "the agent is in auxiliary work", agentIs(csta.AgentNotReadyState))
		if s.Agent.Reason == nil || *s.Agent.Reason != 3 {
			t.Errorf("got reason %v, want 3", s.Agent.Reason)
		}
		l.must(p.Logout(l.ctx))
		l.await(p, "nobody is logged in", agentIs(csta.AgentNullState))
	})
}

func TestAConsultationIsTransferredConferencedSwappedOrCancelled(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		p, done := l.station("1001", phone.Options{})
		defer done()
		other, doneOther := l.station("1002", phone.Options{})
		defer doneOther()
		consult := func() {
			own, err := p.Dial(l.ctx, "7100")
			l.must(err)
			l.await(p, "the echo answers", func(s phone.State) bool {
				c, _ := s.Board.Call(own.Call)
				return !c.Answered.IsZero()
			})
			_, err = p.Consult(l.ctx, "1002")
			l.must(err)
			s := l.await(other, "the colleague rings", alerting)
			c, _ := s.Board.Alerting()
			l.must(other.Answer(l.ctx, c.Own))
			l.await(p, "the colleague has answered", func(s phone.State) bool {
				return s.Board.Can().Transfer
			})
		}
		finish := func() {
			for _, c := range p.State().Board.Calls() {
				l.must(p.HangUp(l.ctx, c.Own))
			}
			synctest.Wait() // the colleague's calls may end with ours
			for _, c := range other.State().Board.Calls() {
				l.must(other.HangUp(l.ctx, c.Own))
			}
			l.await(p, "1001 is idle", idle)
			l.await(other, "1002 is idle", idle)
		}
		consult()
		l.must(p.Transfer(l.ctx))
		l.await(p, "1001 is out", idle)
		finish()
		consult()
		l.must(p.Conference(l.ctx))
		l.await(p, "all are in one call", func(s phone.State) bool {
			all := s.Board.Calls()
			return len(all) == 1 && len(all[0].Parties) == 2
		})
		finish()
		consult()
		first := active(p)
		l.must(p.Swap(l.ctx))
		l.await(p, "the other call is active", func(s phone.State) bool {
			c, ok := s.Board.Active()
			return ok && c.ID != first.ID
		})
		l.must(p.Swap(l.ctx))
		l.await(p, "the consultation is active again", func(s phone.State) bool {
			return s.Board.Can().Cancel
		})
		l.must(p.Cancel(l.ctx))
		l.await(p, "one call is left, and talked on", func(s phone.State) bool {
			_, ok := s.Board.Active()
			return ok && len(s.Board.Calls()) == 1
		})
		finish()
	})
}

func TestVerbsWithoutACallAskNothing(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		p, done := l.station("1001", phone.Options{})
		defer done()
		for what, err := range map[string]error{
			"transfer": p.Transfer(l.ctx), "conference": p.Conference(l.ctx),
			"swap": p.Swap(l.ctx), "cancel": p.Cancel(l.ctx), "digits": p.Digits(l.ctx, "1"),
			"blind transfer": p.BlindTransfer(l.ctx, "1002"),
		} {
			if !errors.Is(err, phone.ErrNothingToDo) {
				t.Errorf("%s: got %v", what, err)
			}
		}
		if err := p.Login(l.ctx); err == nil {
			t.Error("a log-in without an agent id was tried")
		}
	})
}

func TestWhatTheSwitchRefusesIsToldByName(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		s := l.session()
		defer s.Close()
		_, err := phone.Open(l.ctx, s, phone.Options{Switch: "CM1", Station: "9999"})
		if !isFault(err, csta.InvalidDeviceID) {
			t.Errorf("unknown station: got %v", err)
		}
		_, err = phone.Open(l.ctx, s, phone.Options{
			Switch: "CM1", Station: "1001", Media: csta.MediaClient, SecurityCode: "wrong",
			Listen: l.srv.ListenPacket,
		})
		r, ok := errors.AsType[*phone.RegistrationError](err)
		if !ok || r.Code == csta.NormalRegister || r.Reason == "" {
			t.Errorf("wrong code: got %v", err)
		}
		p, done := l.station("1002", phone.Options{AgentID: "4001", Password: "wrong"})
		defer done()
		if err := p.Login(l.ctx); !isFault(err, csta.InvalidAgentPassword) {
			t.Errorf("wrong agent password: got %v", err)
		}
	})
}

func TestTwoStationsHearEachOtherAndHoldIsSilent(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		here, there := &level{}, &level{}
		media := phone.Options{
			Media: csta.MediaClient, Source: rtpmedia.Tone(440, -10), Sink: here,
			Address: netip.MustParseAddr("127.0.0.1"),
		}
		p, done := l.station("1001", media)
		defer done()
		media.Source, media.Sink = rtpmedia.Tone(440, -10), there
		other, doneOther := l.station("1002", media)
		defer doneOther()
		_, err := p.Dial(l.ctx, "1002")
		l.must(err)
		s := l.await(other, "the other rings", alerting)
		c, _ := s.Board.Alerting()
		l.must(other.Answer(l.ctx, c.Own))
		time.Sleep(2 * time.Second)
		if a, b := here.get(), there.get(); a < -15 || b < -15 {
			t.Errorf("levels %f and %f, want about -10 both ways", a, b)
		}
		other.Mute(true)
		time.Sleep(time.Second)
		if a := here.get(); a > -60 || !other.Muted() {
			t.Errorf("level %f from a muted microphone", a)
		}
		other.Mute(false)
		l.must(p.Hold(l.ctx, active(p).Own))
		time.Sleep(time.Second)
		stats, _ := p.Stats()
		if p.State().Media.Active && here.get() > -60 || stats.Lost != 0 {
			t.Errorf("level %f while on hold, %d lost", here.get(), stats.Lost)
		}
	})
}

func TestAStationThatIsTakenOverSaysSo(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		p, done := l.station("1001", phone.Options{Media: csta.MediaClient})
		defer done()
		l.srv.Switch().ForceUnregister("1001", "FORCE_LOGIN")
		s := l.await(p, "the registration is gone", func(s phone.State) bool {
			return !s.Media.Registered
		})
		if s.Media.Trouble == "" || s.Link.State != wti.Live {
			t.Errorf("got %+v, %+v", s.Media, s.Link)
		}
	})
}
