package rtpmedia_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

func TestTheFarSideHearsWhatIsSaid(t *testing.T) {
	for _, c := range []struct {
		codec string
		ptime time.Duration
		least float64
	}{
		{"g711U", 0, 0.999},
		{"g711a", 0, 0.999},
		{"g711U", 10 * time.Millisecond, 0.999},
		{"g711U", 30 * time.Millisecond, 0.999},
		{"g711A", 60 * time.Millisecond, 0.999},
		{"L16", 0, 0.99999},
		{"g722", 0, 0.998},
	} {
		t.Run(c.codec+" "+c.ptime.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPair(t, netsim.Profile{})
				defer p.close()
				said, heard := speech(4*time.Second), &collector{}
				p.a.SetSource(rtpmedia.FromPCM(said))
				p.b.SetSink(rtpmedia.SinkAt(heard, rtpmedia.SampleRate))
				p.start(c.codec, c.ptime)
				time.Sleep(5 * time.Second)
				if got, lag := bestCorrelation(said, heard.heard(), 1600); got < c.least {
					t.Errorf("correlation %.5f at %d samples, want %v", got, lag, c.least)
				}
				expectCleanStream(t, p.b.Stats())
			})
		})
	}
}

func expectCleanStream(t *testing.T, s rtpmedia.Stats) {
	t.Helper()
	if s.Received == 0 || s.Lost+s.Late+s.Duplicate+s.Reordered+s.Concealed != 0 {
		t.Errorf("a perfect network gave %+v", s)
	}
}

func TestASinkGetsOneFrameEachTwentyMilliseconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{})
		defer p.close()
		heard := &collector{}
		p.b.SetSink(heard)
		p.start("g711U", 0)
		time.Sleep(10*time.Second - time.Millisecond)
		if got := len(heard.heard()) / rtpmedia.FrameSamples; got != 500 {
			t.Errorf("%d frames in 10 s, want 500", got)
		}
		if got := p.a.Stats().Sent; got != 500 {
			t.Errorf("%d packets in 10 s, want 500", got)
		}
	})
}

func TestStopIsSilentAtOnceAndStartGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{Delay: 30 * time.Millisecond})
		defer p.close()
		p.a.SetSource(rtpmedia.Tone(440, -10))
		heard := rtpmedia.NewMeter(nil)
		p.b.SetSink(heard)
		p.start("g711U", 0)
		time.Sleep(time.Second)
		if level := heard.Level(); level < -11 || level > -9 {
			t.Errorf("a tone of -10 dBFS is heard at %.1f", level)
		}
		p.a.Stop()
		ssrc, sent := p.a.Stats().SSRC, p.a.Stats().Sent
		time.Sleep(time.Second)
		if got := p.a.Stats().Sent; got != sent {
			t.Errorf("%d packets were sent after Stop", got-sent)
		}
		if level := heard.Level(); level > -90 {
			t.Errorf("%.1f dBFS is heard a second after the other side stopped", level)
		}
		p.start("g711U", 0)
		time.Sleep(time.Second)
		if level := heard.Level(); level < -11 {
			t.Errorf("%.1f dBFS is heard after the second Start", level)
		}
		if got := p.a.Stats(); got.SSRC != ssrc {
			t.Errorf("the SSRC changed from %x to %x", ssrc, got.SSRC)
		}
		expectCleanStream(t, p.b.Stats())
	})
}

func TestNothingStaleIsPlayedAfterAnotherStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := netsim.New(netsim.Profile{})
		phone, one, two := open(t, network, "10.0.0.1"), open(t, network, "10.0.0.2"),
			open(t, network, "10.0.0.3")
		for _, s := range []*rtpmedia.Session{phone, one, two} {
			defer s.Close()
		}
		heard := rtpmedia.NewMeter(nil)
		phone.SetSink(heard)
		one.SetSource(rtpmedia.Tone(440, -10))
		for _, s := range []*rtpmedia.Session{one, two} {
			if err := s.Start(rtpmedia.Remote{RTP: phone.LocalRTP(), Codec: "g711U"}); err != nil {
				t.Fatal(err)
			}
		}
		if err := phone.Start(rtpmedia.Remote{RTP: one.LocalRTP(), Codec: "g711U"}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if err := phone.Start(rtpmedia.Remote{RTP: two.LocalRTP(), Codec: "g711U"}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(200 * time.Millisecond)
		if level := heard.Level(); level > -80 {
			t.Errorf("the first party is still heard at %.1f dBFS", level)
		}
	})
}

func TestDigitsArriveInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{Loss: 0.1, Seed: 3})
		defer p.close()
		var got []rune
		p.b.OnDigit(func(d rtpmedia.Digit) {
			if d.Ended {
				got = append(got, d.Digit)
			}
		})
		p.start("g711U", 0)
		if err := p.a.SendDigits(t.Context(), "1234567890*#ABCD11"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if want := "1234567890*#ABCD11"; string(got) != want {
			t.Errorf("sent %s, heard %s", want, string(got))
		}
	})
}

func TestSendDigitsSaysWhyItCannot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{})
		defer p.close()
		if err := p.a.SendDigits(t.Context(), "1"); !errors.Is(err, rtpmedia.ErrNotStarted) {
			t.Errorf("before Start: %v", err)
		}
		p.start("g711U", 0)
		if err := p.a.SendDigits(t.Context(), "1x"); err == nil {
			t.Error("x was sent")
		}
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		if err := p.a.SendDigits(ctx, "123456789"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("too many digits for 300 ms: %v", err)
		}
	})
}

func TestRoundTripIsMeasuredFromReports(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{Delay: 40 * time.Millisecond})
		defer p.close()
		p.start("g711U", 0)
		if p.a.Stats().RTT != nil {
			t.Error("a round trip was known before any report")
		}
		time.Sleep(30 * time.Second)
		rtt := p.a.Stats().RTT
		if rtt == nil {
			t.Fatal("no round trip after 30 s")
		}
		if *rtt < 79*time.Millisecond || *rtt > 81*time.Millisecond {
			t.Errorf("round trip %v over 40 ms each way", *rtt)
		}
	})
}

func TestUnknownCodecsAreRefusedByName(t *testing.T) {
	for _, name := range []string{"g729", "g729A", "g723", ""} {
		_, err := rtpmedia.CodecByName(name)
		e, ok := errors.AsType[*rtpmedia.UnsupportedCodecError](err)
		if !ok || e.Name != name {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestSilenceIsToldOnceAndHeardAsNoise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := netsim.New(netsim.Profile{})
		a := open(t, network, "10.0.0.1", func(c *rtpmedia.Config) { c.SuppressSilence = true })
		p := &pair{t, a, open(t, network, "10.0.0.2")}
		defer p.close()
		p.start("g711U", 0)
		heard := rtpmedia.NewMeter(nil)
		p.b.SetSink(heard)
		p.a.SetSource(rtpmedia.Tone(440, -55)) // below what counts as voice
		time.Sleep(2 * time.Second)
		if got := p.a.Stats().Sent; got > 20 {
			t.Errorf("%d packets of silence in 2 s", got)
		}
		if level := heard.Level(); level < -58 || level > -52 {
			t.Errorf("silence of -55 dBFS is heard at %.1f", level)
		}
		p.a.SetSource(rtpmedia.Tone(440, -10))
		time.Sleep(time.Second)
		if level := heard.Level(); level < -11 {
			t.Errorf("voice after silence is heard at %.1f dBFS", level)
		}
		expectCleanStream(t, p.b.Stats())
	})
}
