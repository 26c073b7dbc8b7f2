package audio

import (
	"math"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// playedWide returns frames of 16 kHz of a clip.
func playedWide(c clip, ago time.Duration, frames int) []int16 {
	p := c.play(ago)
	var pcm []int16
	for range frames {
		sum := make([]int32, rtpmedia.WideSamples)
		p.add(sum)
		for _, v := range sum {
			pcm = append(pcm, int16(v))
		}
	}
	return pcm
}

// strength is the amplitude of a frequency at 16 kHz, where 1 is full scale.
func strength(pcm []int16, hz float64) float64 {
	var re, im float64
	for i, v := range pcm {
		x := 2 * math.Pi * hz * float64(i) / rtpmedia.WideRate
		re, im = re+float64(v)*math.Cos(x), im+float64(v)*math.Sin(x)
	}
	return 2 * math.Hypot(re, im) / float64(len(pcm)) / 32767
}

func TestASoundIsTheSameForAWidebandTerminal(t *testing.T) {
	b := newBank("")
	c, err := b.find("tone:1000@-20", true)
	if err != nil {
		t.Fatal(err)
	}
	pcm := playedWide(c, time.Minute, 250) // over the seam, which is each second
	if got := strength(pcm, 1000); math.Abs(got-0.1) > 0.001 {
		t.Errorf("amplitude %.4f, want 0.1", got)
	}
	most := 0.
	for i := 1; i < len(pcm); i++ {
		most = max(most, math.Abs(float64(pcm[i])-float64(pcm[i-1])))
	}
	if slope := 3276.7 * 2 * math.Pi * 1000 / 16000; most > 1.05*slope {
		t.Errorf("a step of %.0f from sample to sample, the tone's own are %.0f", most, slope)
	}
	for _, name := range []pbx.Sound{pbx.Ringback, pbx.Music, "wav:welcome"} {
		c, err := b.find(string(name), false)
		if err != nil {
			t.Fatal(err)
		}
		narrow := rtpmedia.Level(played(c, time.Second/2, 8000))
		if wide := rtpmedia.Level(playedWide(c, time.Second/2, 50)); math.Abs(wide-narrow) > 0.2 {
			t.Errorf("%s has %.1f dBFS at 8 kHz and %.1f at 16", name, narrow, wide)
		}
	}
}

func TestAWidebandFileKeepsItsUpperBand(t *testing.T) {
	dir := t.TempDir()
	w, err := rtpmedia.CreateWAV(filepath.Join(dir, "wide.wav"))
	if err != nil {
		t.Fatal(err)
	}
	src, frame := rtpmedia.Tone(6000, -20), make([]int16, rtpmedia.WideSamples)
	for range 50 {
		if err := src.ReadFrame(frame); err != nil {
			t.Fatal(err)
		}
		if err := w.WriteFrame(frame); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	c, err := newBank(dir).find("wav:wide.wav", false)
	if err != nil {
		t.Fatal(err)
	}
	if c.length() != time.Second {
		t.Errorf("it takes %v, want a second", c.length())
	}
	if got := strength(playedWide(c, 0, 50), 6000); math.Abs(got-0.1) > 0.001 {
		t.Errorf("6 kHz with an amplitude of %.4f, want 0.1", got)
	}
	if level := rtpmedia.Level(played(c, 100*time.Millisecond, 4000)); level > -60 {
		t.Errorf("6 kHz are heard at 8 kHz, with %.1f dBFS", level)
	}
}

// TestAConferenceOfBothRates has two wideband terminals, of which one says more than a
// narrow one can hear, a narrowband one, and an outside party.
func TestAConferenceOfBothRates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := NewNetwork()
		g := NewGateway(Options{Listen: n.Listen})
		g.Start(func(pbx.LegID, string) {})
		high := terminalIn(t, g, n, 1, 6000, "g722")
		wide := terminalIn(t, g, n, 2, 900, "g722")
		narrow := terminalIn(t, g, n, 3, 1300, "g711U")
		defer func() {
			g.Shutdown()
			for _, f := range []*far{high, wide, narrow} {
				_ = f.Close()
			}
		}()
		g.Route("7", []pbx.Heard{
			{Leg: 1, Kind: pbx.Terminal, From: []pbx.LegID{2, 3, 4}},
			{Leg: 2, Kind: pbx.Terminal, From: []pbx.LegID{1, 3, 4}},
			{Leg: 3, Kind: pbx.Terminal, From: []pbx.LegID{1, 2, 4}},
			{
				Leg: 4, Kind: pbx.OutsideParty, Says: "tone:2000@-13",
				From: []pbx.LegID{1, 2, 3},
			},
		})
		time.Sleep(500 * time.Millisecond)
		for _, f := range []*far{high, wide, narrow} {
			f.heard()
		}
		time.Sleep(time.Second)
		const said = 0.224 // -13 dBFS
		for _, c := range []struct {
			name string
			ear  *far
			rate int
			want map[float64]float64
		}{
			{"the one with the high voice", high, 16000, map[float64]float64{
				900: said, 1300: said, 2000: said, 6000: 0,
			}},
			{"the other wideband one", wide, 16000, map[float64]float64{
				900: 0, 1300: said, 2000: said, 6000: said, 6700: 0, // 1300 mirrored
			}},
			{"the narrowband one", narrow, 8000, map[float64]float64{
				900: said, 1300: 0, 2000: said, // 6000 folded would add to it
			}},
		} {
			pcm := c.ear.heard()
			if got := len(pcm); got < c.rate*49/50 {
				t.Errorf("%s hears %d samples in a second, want %d", c.name, got, c.rate)
			}
			for hz, want := range c.want {
				at := hz
				if c.rate == 8000 {
					at = 2 * hz // strength measures at 16 kHz
				}
				if got := strength(pcm, at); math.Abs(got-want) > 0.01 {
					t.Errorf("%s hears %v Hz at %.3f, want %.3f", c.name, hz, got, want)
				}
			}
		}
		if level := g.Legs()[3].Loudest; math.Abs(level+13) > 0.5 {
			t.Errorf("the outside party hears %.1f dBFS at most, want -13", level)
		}
	})
}
