package audio

import (
	"math"
	"path/filepath"
	"testing"
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
