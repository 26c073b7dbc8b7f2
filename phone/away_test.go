package phone_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// counting adds the number of gaps that a phone was told of to its options.
func counting(o phone.Options) (phone.Options, *atomic.Int32) {
	gaps := new(atomic.Int32)
	o.Notify = func(u phone.Update) {
		if _, ok := u.Event.Event.(wti.Gap); ok {
			gaps.Add(1)
		}
	}
	return o, gaps
}

func TestAPhoneLivesThroughAnAESThatIsAway(t *testing.T) {
	tests := []struct {
		about string
		gone  time.Duration
		keep  bool
	}{
		{"a moment, and the sessions were kept", 100 * time.Millisecond, true},
		{"a moment, and they are gone", 100 * time.Millisecond, false},
		{"half a minute, and the sessions were kept", 30 * time.Second, true},
		{"half a minute, and they are gone", 30 * time.Second, false},
		{"longer than a session lasts without its client", 5 * time.Minute, true},
	}
	for _, tt := range tests {
		t.Run(tt.about, func(t *testing.T) {
			inLab(t, mockaes.Options{}, func(l *lab) {
				o, gaps := counting(agentOptions())
				o.Media = csta.MediaClient
				p, done := l.station("1001", o)
				defer done()
				must := func(err error) {
					t.Helper()
					l.must(err)
				}
				must(p.Login(l.ctx))
				must(p.Ready(l.ctx))
				l.customer("8001")
				call, _ := l.await(p, "it rings", alerting).Board.Alerting()
				must(p.Answer(l.ctx, call.Own))
				epoch := p.State().Link.Epoch
				l.srv.Away(tt.gone, tt.keep)
				time.Sleep(tt.gone / 2)
				synctest.Wait()
				if st := p.State().Link; st.State != wti.Healing {
					t.Errorf("while it is away the link is %+v", st)
				}
				l.healed(p, epoch)
				synctest.Wait()
				s := p.State()
				if n := gaps.Load(); n != 1 || s.Link.Missing != nil || s.Media.Trouble != "" {
					t.Errorf("%d gaps, missing %v, trouble %q", n, s.Link.Missing, s.Media.Trouble)
				}
				compare(l, p)
				must(p.Hold(l.ctx, call.Own))
				l.await(p, "the call is held", func(s phone.State) bool {
					_, ok := s.Board.Held()
					return ok
				})
				must(p.Retrieve(l.ctx, call.Own))
				l.await(p, "it is retrieved, and heard", func(s phone.State) bool {
					_, ok := s.Board.Active()
					return ok && s.Media.Active
				})
			})
		})
	}
}

func TestAPhoneSaysThatTheCTILinkIsDownAndIsRightWhenItIsBack(t *testing.T) {
	for _, quirk := range []string{
		"link=ends-monitors", "link=keeps-monitors", "link=forgets-monitors",
	} {
		t.Run(quirk, func(t *testing.T) {
			inLab(t, mockaes.Options{Quirks: []string{quirk}}, func(l *lab) {
				l.dial = func(o *wti.Options) { o.CTILinks = []string{"CM1"} }
				o, gaps := counting(agentOptions())
				p, done := l.station("1001", o)
				defer done()
				l.must(p.Login(l.ctx))
				l.must(p.Ready(l.ctx))
				customer := l.customer("8001")
				call, _ := l.await(p, "it rings", alerting).Board.Alerting()
				l.srv.SetLink(false)
				l.await(p, "the phone says so", func(s phone.State) bool {
					cut, down := s.Link.CTIDown()
					return down && cut.Switch == "CM1" && s.Link.State == wti.Live
				})
				if err := p.Answer(l.ctx, call.Own); !errors.Is(err, wti.ErrCTIDown) {
					t.Errorf("to answer gives %v", err)
				}
				l.must(l.srv.Switch().OutsideHangUp(customer))
				time.Sleep(time.Minute)
				if len(p.State().Board.Calls()) != 1 {
					t.Error("the phone knows what nobody has told it")
				}
				l.srv.SetLink(true)
				l.await(p, "the call is gone", idle)
				synctest.Wait()
				if _, down := p.State().Link.CTIDown(); down || gaps.Load() != 1 {
					t.Errorf("%d gaps, link %+v", gaps.Load(), p.State().Link)
				}
				compare(l, p)
				checkCalls(l, p)
			})
		})
	}
}
