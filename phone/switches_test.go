package phone_test

import (
	"errors"
	"testing"
	"testing/synctest"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// twoSwitches have the same numbers: each reaches the other's 1001 as 71001.
func twoSwitches() mockaes.Options {
	near, far := pbx.DefaultLab(), pbx.DefaultLab()
	far.Name, far.Node = "CM2", 2
	far.TrunkGroups = append(far.TrunkGroups, pbx.TrunkGroup{Number: 5, Members: 3, To: "CM1"})
	near.TrunkGroups = append(near.TrunkGroups, pbx.TrunkGroup{Number: 5, Members: 3, To: "CM2"})
	near.Uniform = []dialplan.Uniform{{Number: "71*", TrunkGroup: 5, Delete: 1}}
	far.Uniform = near.Uniform
	return mockaes.Options{Lab: &near, Switches: []pbx.Lab{far}}
}

// TestPhonesOfOneNumberAtTwoSwitches: call 1 of each switch is another call, and no phone
// takes the other's for its own.
func TestPhonesOfOneNumberAtTwoSwitches(t *testing.T) {
	for name, sessions := range map[string]int{"in one session": 1, "in two": 2} {
		t.Run(name, func(t *testing.T) {
			inLab(t, twoSwitches(), func(l *lab) {
				s := l.session()
				defer s.Close()
				other := s
				if sessions == 2 {
					other = l.session()
					defer other.Close()
				}
				a := l.stationOf(s, "1001", phone.Options{})
				defer a.Close()
				b := l.stationOf(other, "1001", phone.Options{Switch: "CM2"})
				defer b.Close()
				if a.Device() == b.Device() {
					t.Fatalf("both are %s", a.Device())
				}

				first, err := a.Dial(l.ctx, "7100")
				l.must(err)
				second, err := b.Dial(l.ctx, "7101")
				l.must(err)
				if first.Call != second.Call {
					t.Fatalf("calls %s and %s: they have to be alike here", first.Call, second.Call)
				}
				l.must(a.HangUp(l.ctx, first))
				l.await(a, "its call has ended", idle)
				synctest.Wait()
				c, there := b.State().Board.Call(second.Call)
				if !there || c.State != csta.Connected {
					t.Errorf("the other phone's call is gone, or %s", c.State)
				}
				l.must(b.HangUp(l.ctx, second))
				l.await(b, "its call has ended", idle)

				talk(l, a, b)
			})
		})
	}
}

// talk lets one phone call the other over the tie trunk.
func talk(l *lab, a, b *phone.Phone) {
	l.t.Helper()
	own, err := a.Dial(l.ctx, "71001")
	l.must(err)
	rings, _ := l.await(b, "it rings", alerting).Board.Alerting()
	if got := rings.Calling.Device.Extension(); got != "71001" {
		l.t.Errorf("%s calls, want the number that calls back", got)
	}
	l.must(b.Answer(l.ctx, rings.Own))
	s := l.await(a, "it is answered", func(s phone.State) bool {
		c, _ := s.Board.Call(own.Call)
		return !c.Answered.IsZero()
	})
	mine, _ := s.Board.Active()
	if mine.UCID != rings.UCID || mine.UCID == "" {
		l.t.Errorf("UCIDs %s and %s", mine.UCID, rings.UCID)
	}
	l.must(b.HangUp(l.ctx, rings.Own))
	l.await(a, "the other has hung up", idle)
	l.await(b, "it has hung up", idle)
}

// TestTheLossOfAnotherSwitchesLinkIsNoTrouble: the link to CM2 is down, which is nothing
// to a phone of CM1, nor to blame for what CM1 refuses.
func TestTheLossOfAnotherSwitchesLinkIsNoTrouble(t *testing.T) {
	inLab(t, twoSwitches(), func(l *lab) {
		l.dial = func(o *wti.Options) { o.CTILinks = []string{"CM1", "CM2"} }
		s := l.session()
		defer s.Close()
		o, gaps := counting(phone.Options{})
		a := l.stationOf(s, "1001", o)
		defer a.Close()
		b := l.stationOf(s, "1001", phone.Options{Switch: "CM2"})
		defer b.Close()
		if err := l.srv.SetLinkOf("CM2", false); err != nil {
			t.Fatal(err)
		}
		l.await(b, "the phone of CM2 says so", func(s phone.State) bool {
			cut, down := s.Link.CTIDown()
			return down && cut.Switch == "CM2"
		})
		if cut, down := a.State().Link.CTIDown(); down {
			t.Errorf("the phone of CM1 says that the link to %s is down", cut.Switch)
		}
		if _, err := b.Dial(l.ctx, "7100"); !errors.Is(err, wti.ErrCTIDown) {
			t.Errorf("at CM2: %v", err)
		}
		err := a.Answer(l.ctx, csta.ConnectionID{Call: "99", Device: a.Device()})
		if !isFault(err, csta.InvalidCallID) || errors.Is(err, wti.ErrCTIDown) {
			t.Errorf("at CM1: %v", err)
		}
		checkCalls(l, a)
		if err := l.srv.SetLinkOf("CM2", true); err != nil {
			t.Fatal(err)
		}
		l.await(b, "the link is back", func(s phone.State) bool {
			_, down := s.Link.CTIDown()
			return !down
		})
		checkCalls(l, b)
		checkCalls(l, a)
		if n := gaps.Load(); n > 0 {
			t.Errorf("%d gaps at CM1, whose link was up", n)
		}
	})
}
