package rtpmedia_test

import (
	"math"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

// wideSpeech is a sound at 16 kHz that resembles itself at one lag only: a voice's glide
// with overtones up to 7 kHz, in syllables.
func wideSpeech(d time.Duration) []int16 {
	pcm := make([]int16, int(d.Seconds()*rtpmedia.WideRate))
	phase := 0.0
	for i := range pcm {
		at := float64(i) / rtpmedia.WideRate
		phase += 2 * math.Pi * (200 + 150*math.Abs(math.Sin(at*1.3))) / rtpmedia.WideRate
		v := 0.0
		for h := 1.0; h <= 20; h++ {
			v += math.Sin(h*phase+h*h) / h
		}
		pcm[i] = int16(4000 * v * math.Abs(math.Sin(at*7)))
	}
	return pcm
}

// rates is a sink that notes at what rate frames come.
type rates struct {
	mu  sync.Mutex
	all []int
}

func (r *rates) WriteFrame(pcm []int16) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, len(pcm)*50)
	return nil
}

func (r *rates) last() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.all[len(r.all)-1]
}

func TestAWidebandCallHasBothBands(t *testing.T) {
	for _, ptime := range []time.Duration{0, 10, 30, 60} {
		ptime *= time.Millisecond
		t.Run(ptime.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPair(t, netsim.Profile{})
				defer p.close()
				said, heard := wideSpeech(4*time.Second), &collector{}
				p.a.SetSource(rtpmedia.FromWidePCM(said))
				p.b.SetSink(heard)
				p.start("g722", ptime)
				time.Sleep(5 * time.Second)
				got, lag := bestCorrelation(said, heard.heard(), 3200)
				t.Logf("correlation %.5f at %d samples", got, lag)
				if got < 0.999 {
					t.Errorf("correlation %.5f, want 0.999", got)
				}
				if n := len(heard.heard()); n < 4*rtpmedia.WideRate {
					t.Errorf("%d samples in five seconds", n)
				}
				expectCleanStream(t, p.b.Stats())
			})
		})
	}
}

func TestTheRateOfACallFollowsItsCodec(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{})
		defer p.close()
		p.a.SetSource(rtpmedia.Tone(1013, -10))
		heard, noted := &collector{}, &rates{}
		p.b.SetSink(rtpmedia.Tee(noted, rtpmedia.SinkAt(heard, rtpmedia.WideRate)))
		for _, c := range []struct {
			codec string
			rate  int
		}{{"g711U", 8000}, {"g722", 16000}, {"g711A", 8000}, {"l16", 8000}, {"g722", 16000}} {
			p.start(c.codec, 0)
			time.Sleep(time.Second + 7*time.Millisecond)
			if got := noted.last(); got != c.rate {
				t.Errorf("%s: frames at %d, want %d", c.codec, got, c.rate)
			}
			if level := p.b.Stats().LevelHeard; math.Abs(level+10) > 0.5 {
				t.Errorf("%s: a tone of -10 dBFS is heard at %.1f", c.codec, level)
			}
			pcm := heard.heard()
			part := pcm[len(pcm)-8000:]
			if got := amplitude(part, 1013, 16000); math.Abs(20*math.Log10(got)+10) > 0.5 {
				t.Errorf("%s: 1013 Hz of -10 dBFS is heard with an amplitude of %.3f", c.codec, got)
			}
		}
	})
}

func TestAStreamThatIsCutOffMakesNoClick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{})
		defer p.close()
		p.a.SetSource(rtpmedia.Tone(1013, -10))
		heard := &collector{}
		p.b.SetSink(rtpmedia.SinkAt(heard, rtpmedia.WideRate))
		var cuts []int
		for i := range 8 {
			p.start([2]string{"g711U", "g722"}[i%2], 0)
			time.Sleep(333 * time.Millisecond)
			cuts = append(cuts, len(heard.heard()))
		}
		pcm := heard.heard()
		slope := 32767 * math.Pow(10, -10./20) * 2 * math.Pi * 1013 / 16000
		for i, at := range cuts[:len(cuts)-1] {
			most := 0.
			for k := at - 10; k < at+480; k++ { // the next stream begins 40 ms later
				most = max(most, math.Abs(float64(pcm[k+1])-float64(pcm[k])))
			}
			if most > 1.1*slope {
				t.Errorf("cut %d: a step of %.0f, the tone's own are %.0f", i, most, slope)
			}
		}
	})
}

func TestNarrowPacketsOfAWidebandCallAreHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{})
		defer p.close()
		p.a.SetSource(rtpmedia.Tone(3000, -10))
		heard := &collector{}
		p.b.SetSink(heard)
		p.start("g722", 0)
		far := rtpmedia.Remote{RTP: p.b.LocalRTP(), RTCP: p.b.LocalRTCP(), Codec: "g711U"}
		if err := p.a.Start(far); err != nil { // it confuses the codecs
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		pcm := heard.heard()
		pcm = pcm[len(pcm)-16000:]
		if got := amplitude(pcm, 3000, 16000); math.Abs(20*math.Log10(got)+10) > 0.5 {
			t.Errorf("3 kHz with an amplitude of %.3f, want 0.316", got)
		}
		if got := amplitude(pcm, 5000, 16000); got > 0.001 {
			t.Errorf("the mirror image has an amplitude of %.4f", got)
		}
	})
}

func TestAPauseInAWidebandCallIsFilledWithNoise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := netsim.New(netsim.Profile{})
		p := &pair{t, open(t, network, "10.0.0.1", func(c *rtpmedia.Config) {
			c.SuppressSilence = true
		}), open(t, network, "10.0.0.2")}
		defer p.close()
		quiet := make([]int16, 3*rtpmedia.WideRate)
		for i := range quiet {
			quiet[i] = int16((i*7919)%81 - 40) // soft noise
		}
		p.a.SetSource(rtpmedia.FromWidePCM(append(wideSpeech(time.Second), quiet...)))
		heard := &collector{}
		p.b.SetSink(heard)
		p.start("g722", 0)
		time.Sleep(3 * time.Second)
		pcm := heard.heard()
		want, got := rtpmedia.Level(quiet), rtpmedia.Level(pcm[len(pcm)-8000:])
		if math.Abs(got-want) > 2 {
			t.Errorf("noise of %.1f dBFS, want %.1f", got, want)
		}
		if sent := p.a.Stats().Sent; sent > 80 {
			t.Errorf("%d packets were sent in a second of speech and two of silence", sent)
		}
	})
}

func TestALossyWidebandCallIsConcealed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{Loss: 0.05, Jitter: 5 * time.Millisecond, Seed: 3})
		defer p.close()
		p.a.SetSource(rtpmedia.Tone(5000, -10))
		heard := &collector{}
		p.b.SetSink(heard)
		p.start("g722", 0)
		time.Sleep(60 * time.Second)
		s := p.b.Stats()
		if math.Abs(s.LevelHeard+10) > 2 {
			t.Errorf("5 kHz of -10 dBFS are heard at %.1f", s.LevelHeard)
		}
		if s.Lost < 100 || s.Concealed < s.Lost || s.Concealed > s.Lost+s.Lost/10 {
			t.Errorf("%d packets lost, %d frames concealed", s.Lost, s.Concealed)
		}
		pcm := heard.heard()[16000:]
		if n := len(pcm) / 320; n < 2949 || n > 2951 {
			t.Errorf("%d frames in 59 s", n)
		}
		faint := 0
		for frame := range slices.Chunk(pcm, 320) {
			if rtpmedia.Level(frame) < -16 {
				faint++
			}
		}
		// Only the second frame of a row that is lost is that faint.
		if most := int(s.Lost) / 5; faint > most {
			t.Errorf("%d frames of 2950 are 6 dB down, want at most %d", faint, most)
		}
	})
}

func TestDigitsGoThroughAWidebandCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, netsim.Profile{})
		defer p.close()
		var digits []rtpmedia.Digit
		p.b.OnDigit(func(d rtpmedia.Digit) {
			if d.Ended {
				digits = append(digits, d)
			}
		})
		p.start("g722", 0)
		if err := p.a.SendDigits(t.Context(), "4#"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if len(digits) != 2 || digits[0].Digit != '4' || digits[1].Digit != '#' {
			t.Fatalf("%+v, want 4 and #", digits)
		}
		for _, d := range digits { // by a clock of 8 kHz (RFC 3551 §4.5.2)
			if d.Duration != 100*time.Millisecond {
				t.Errorf("%c lasts %v, want 100ms", d.Digit, d.Duration)
			}
		}
	})
}
