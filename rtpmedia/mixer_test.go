package rtpmedia_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

func TestTwoPartiesHearEachOtherThroughAMixer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		caller := newPair(t, netsim.Profile{Seed: 1, Jitter: 2 * time.Millisecond})
		agent := newPair(t, netsim.Profile{Seed: 2, Jitter: 2 * time.Millisecond})
		defer caller.close()
		defer agent.close()
		mixer := rtpmedia.NewMixer()
		for _, p := range []*pair{caller, agent} {
			port := mixer.Join()
			p.b.SetSource(port)
			p.b.SetSink(port)
			time.Sleep(7 * time.Millisecond) // their ticks are apart
			p.start("g711U", 0)
		}
		said, heard, own := speech(10*time.Second), &collector{}, rtpmedia.NewMeter(nil)
		caller.a.SetSource(rtpmedia.FromPCM(said))
		caller.a.SetSink(own)
		agent.a.SetSink(heard)
		time.Sleep(11 * time.Second)
		if got, lag := bestCorrelation(said, heard.heard(), 3200); got < 0.999 {
			t.Errorf("correlation %.4f at %d samples, want 0.999", got, lag)
		}
		if own.Level() > -60 {
			t.Errorf("the caller hears himself at %.1f dBFS", own.Level())
		}
	})
}

func TestAMixerLeavesEveryoneOutOfHisOwnMix(t *testing.T) {
	mixer := rtpmedia.NewMixer()
	ports := [3]*rtpmedia.Port{mixer.Join(), mixer.Join(), mixer.Join()}
	said := [3]int16{100, 20, 3}
	frame := make([]int16, rtpmedia.FrameSamples)
	write := func() {
		for i, p := range ports {
			for k := range frame {
				frame[k] = said[i]
			}
			if err := p.WriteFrame(frame); err != nil {
				t.Fatal(err)
			}
		}
	}
	write()
	write()
	for i, want := range [3]int16{23, 103, 120} {
		if err := ports[i].ReadFrame(frame); err != nil || frame[80] != want {
			t.Errorf("port %d hears %d, want %d (%v)", i, frame[80], want, err)
		}
	}
	ports[1].Leave()
	write()
	for i, want := range [3]int16{3, 0, 100} {
		if err := ports[i].ReadFrame(frame); err != nil || frame[80] != want {
			t.Errorf("port %d hears %d after one left, want %d (%v)", i, frame[80], want, err)
		}
	}
}

func TestAMixClipsRatherThanWrapsAround(t *testing.T) {
	mixer := rtpmedia.NewMixer()
	listener, loud, louder := mixer.Join(), mixer.Join(), mixer.Join()
	frame := make([]int16, rtpmedia.FrameSamples)
	for i := range frame {
		frame[i] = 30000
	}
	for range 2 {
		_ = loud.WriteFrame(frame)
		_ = louder.WriteFrame(frame)
	}
	if _ = listener.ReadFrame(frame); frame[0] != 32767 {
		t.Errorf("30000 and 30000 are %d", frame[0])
	}
}

func TestEchoSendsBackWhatCame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{})
		defer p.close()
		said, heard, echo := speech(3*time.Second), &collector{}, rtpmedia.Echo()
		p.a.SetSource(rtpmedia.FromPCM(said))
		p.a.SetSink(heard)
		p.b.SetSource(echo)
		p.b.SetSink(echo)
		p.start("g711A", 0)
		time.Sleep(4 * time.Second)
		if got, _ := bestCorrelation(said, heard.heard(), 3200); got < 0.999 {
			t.Errorf("correlation %.4f, want 0.999", got)
		}
	})
}
