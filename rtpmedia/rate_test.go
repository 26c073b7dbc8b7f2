package rtpmedia_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// frames reads n frames of a rate.
func frames(t *testing.T, s rtpmedia.Source, rate, n int) (all []int16) {
	t.Helper()
	for range n {
		frame := make([]int16, rate/50)
		if err := s.ReadFrame(frame); err != nil {
			t.Fatal(err)
		}
		all = append(all, frame...)
	}
	return all
}

// amplitude is that of a frequency, where 1 is a sine of full scale.
func amplitude(pcm []int16, hz float64, rate int) float64 {
	var re, im float64
	for i, v := range pcm {
		x := 2 * math.Pi * hz * float64(i) / float64(rate)
		re, im = re+float64(v)*math.Cos(x), im+float64(v)*math.Sin(x)
	}
	return 2 * math.Hypot(re, im) / float64(len(pcm)) / 32767
}

// wideSine is a second of a tone at half of full scale, at 16 kHz.
func wideSine(hz float64) []int16 {
	pcm := make([]int16, 16000)
	for i := range pcm {
		pcm[i] = int16(math.Round(16383.5 * math.Sin(2*math.Pi*hz*float64(i)/16000)))
	}
	return pcm
}

// wideFile is a file of 16 kHz.
func wideFile(t *testing.T, pcm []int16) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "wide.wav")
	w, err := rtpmedia.CreateWAV(path)
	if err != nil {
		t.Fatal(err)
	}
	for frame := range slices.Chunk(pcm, rtpmedia.WideSamples) {
		if err := w.WriteFrame(frame); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func openFile(t *testing.T, path string) *rtpmedia.WAVReader {
	t.Helper()
	r, err := rtpmedia.OpenWAV(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func TestEverySourceGivesWhatTheFrameHasRoomFor(t *testing.T) {
	for _, c := range []struct {
		name   string
		source func() rtpmedia.Source
		hz     float64
		narrow float64 // amplitude in frames of 8 kHz
		wide   float64 // in those of 16 kHz
	}{
		{
			"a tone within both bands",
			func() rtpmedia.Source { return rtpmedia.Tone(1000, -6.0206) }, 1000, 0.5, 0.5,
		},
		{
			"a tone above the narrow band is not folded into it",
			func() rtpmedia.Source { return rtpmedia.Tone(6000, -6.0206) }, 6000, 0, 0.5,
		},
		{
			"wideband samples",
			func() rtpmedia.Source { return rtpmedia.FromWidePCM(wideSine(6000)) }, 6000, 0, 0.5,
		},
		{
			"wideband samples within both bands",
			func() rtpmedia.Source { return rtpmedia.FromWidePCM(wideSine(900)) }, 900, 0.5, 0.5,
		},
		{
			"narrowband samples",
			func() rtpmedia.Source {
				return rtpmedia.FromPCM(readAll(t, rtpmedia.Tone(900, -6.0206), 50))
			}, 900, 0.5, 0.5,
		},
		{
			"a wideband file",
			func() rtpmedia.Source { return openFile(t, wideFile(t, wideSine(6000))) },
			6000, 0, 0.5,
		},
		{
			"a call progress tone",
			rtpmedia.Milliwatt, 1004, 0.694, 0.694, // -3.17 dBFS
		},
	} {
		narrow := frames(t, c.source(), 8000, 40)[800:5600]
		folded := c.hz
		if c.hz > 4000 {
			folded = 8000 - c.hz
		}
		if got := amplitude(narrow, folded, 8000); math.Abs(got-c.narrow) > 0.005 {
			t.Errorf("%s: amplitude %.4f in 8 kHz, want %v", c.name, got, c.narrow)
		}
		wide := frames(t, c.source(), 16000, 40)[1600:11200]
		if got := amplitude(wide, c.hz, 16000); math.Abs(got-c.wide) > 0.005 {
			t.Errorf("%s: amplitude %.4f in 16 kHz, want %v", c.name, got, c.wide)
		}
		if got := amplitude(wide, 8000-c.hz, 16000); got > 0.005 {
			t.Errorf("%s: amplitude %.4f of its mirror image in 16 kHz", c.name, got)
		}
	}
}

func TestASourceGoesOnWhereTheRateChanges(t *testing.T) {
	const hz = 700.
	for name, source := range map[string]rtpmedia.Source{
		"a tone":             rtpmedia.Tone(hz, -6.0206),
		"wideband samples":   rtpmedia.FromWidePCM(wideSine(hz)),
		"narrowband samples": rtpmedia.FromPCM(readAll(t, rtpmedia.Tone(hz, -6.0206), 50)),
		"a wideband file":    openFile(t, wideFile(t, wideSine(hz))),
	} {
		for i := range 30 {
			rate := [3]int{8000, 16000, 8000}[i/10]
			for k, v := range frames(t, source, rate, 1) {
				at := float64(i)/50 + float64(k)/float64(rate)
				want := 16383.5 * math.Sin(2*math.Pi*hz*at)
				if i > 0 && math.Abs(float64(v)-want) > 60 {
					t.Fatalf("%s: frame %d: sample %d is %d, want %.0f", name, i, k, v, want)
				}
			}
		}
	}
}

func TestAWidebandFileComesOutToTheBit(t *testing.T) {
	want := wideSine(5000)
	got := frames(t, openFile(t, wideFile(t, want)), 16000, 50)
	if !slices.Equal(got, want) {
		t.Error("16000 samples a second came out as others")
	}
}

func TestDigitsAreHeardAtEitherRate(t *testing.T) {
	const all = "0123456789*#ABCD"
	for _, rate := range []int{8000, 16000} {
		source, err := rtpmedia.DTMF(all)
		if err != nil {
			t.Fatal(err)
		}
		var heard strings.Builder
		sink := rtpmedia.DetectDigits(nil, func(d rtpmedia.Digit) {
			if !d.Ended {
				heard.WriteRune(d.Digit)
			}
		})
		for range len(all) * 10 {
			if err := sink.WriteFrame(frames(t, source, rate, 1)); err != nil {
				t.Fatal(err)
			}
		}
		if heard.String() != all {
			t.Errorf("%d Hz: heard %q, want %q", rate, heard.String(), all)
		}
	}
}

func TestPartiesOfBothRatesHearEachOther(t *testing.T) {
	mixer := rtpmedia.NewMixer()
	rates := []int{8000, 16000, 16000}
	tones := []float64{500, 1500, 6000}
	var ports []*rtpmedia.Port
	var sources []rtpmedia.Source
	for _, hz := range tones {
		ports = append(ports, mixer.Join())
		sources = append(sources, rtpmedia.Tone(hz, -20))
	}
	heard := make([][]int16, len(ports))
	for range 60 {
		for i, p := range ports {
			if err := p.WriteFrame(frames(t, sources[i], rates[i], 1)); err != nil {
				t.Fatal(err)
			}
		}
		for i, p := range ports {
			heard[i] = append(heard[i], frames(t, p, rates[i], 1)...)
		}
	}
	for i := range ports {
		for k, hz := range tones {
			want := 0.1
			if k == i || hz*2 > float64(rates[i]) {
				want = 0
			}
			if want == 0 && hz*2 > float64(rates[i]) {
				hz = float64(rates[i]) - hz // where it would be folded to
			}
			part := heard[i][rates[i]/5:]
			if got := amplitude(part, hz, rates[i]); math.Abs(got-want) > 0.003 {
				t.Errorf("party %d hears %v Hz at %.4f, want %v", i, hz, got, want)
			}
		}
	}
}

func TestAnEchoIsHeardAtTheRateThatIsAskedFor(t *testing.T) {
	echo, source := rtpmedia.Echo(), rtpmedia.Tone(1000, -20)
	var heard []int16
	for i := range 60 {
		if err := echo.WriteFrame(frames(t, source, 8000, 1)); err != nil {
			t.Fatal(err)
		}
		if frame := frames(t, echo, 16000, 1); i >= 10 {
			heard = append(heard, frame...)
		}
	}
	if got := amplitude(heard, 1000, 16000); math.Abs(got-0.1) > 0.002 {
		t.Errorf("amplitude %.4f, want 0.1", got)
	}
}

// rateOf is what the header of a file says (RIFF WAVE: byte 24 on).
func rateOf(t *testing.T, path string) int {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return int(b[24]) | int(b[25])<<8
}

func TestARecordingHasTheHigherRateOfItsSides(t *testing.T) {
	for _, c := range []struct {
		name      string
		near, far int
		want      int
	}{
		{"both narrow", 8000, 8000, 8000},
		{"both wide", 16000, 16000, 16000},
		{"near wide", 16000, 8000, 16000},
		{"far wide", 8000, 16000, 16000},
	} {
		path := filepath.Join(t.TempDir(), "both.wav")
		r, err := rtpmedia.CreateRecording(path)
		if err != nil {
			t.Fatal(err)
		}
		near, far := r.Near(rtpmedia.Tone(700, -20)), r.Far(rtpmedia.Discard())
		said := rtpmedia.Tone(1100, -20)
		for range 50 {
			frames(t, near, c.near, 1)
			if err := far.WriteFrame(frames(t, said, c.far, 1)); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		if got := rateOf(t, path); got != c.want {
			t.Errorf("%s: the file has %d samples a second, want %d", c.name, got, c.want)
		}
		for channel, hz := range []float64{700, 1100} {
			file := openFile(t, path)
			if err := file.Only(channel); err != nil {
				t.Fatal(err)
			}
			pcm := frames(t, file, c.want, 49)[c.want/10:]
			if got := amplitude(pcm, hz, c.want); math.Abs(got-0.1) > 0.002 {
				t.Errorf("%s: channel %d has %v Hz at %.4f, want 0.1", c.name, channel, hz, got)
			}
		}
	}
}

func TestAnAdaptedSinkHearsOneRate(t *testing.T) {
	for _, rate := range []int{8000, 16000} {
		heard, tone := &collector{}, rtpmedia.Tone(900, -20)
		sink := rtpmedia.SinkAt(heard, rate)
		for i := range 60 {
			if err := sink.WriteFrame(frames(t, tone, [2]int{8000, 16000}[i/30], 1)); err != nil {
				t.Fatal(err)
			}
		}
		pcm := heard.heard()
		if len(pcm) != 60*rate/50 {
			t.Fatalf("%d samples at %d, want %d", len(pcm), rate, 60*rate/50)
		}
		for name, part := range map[string][]int16{
			"before": pcm[rate/10 : rate/2], "after": pcm[rate*7/10:],
		} {
			if got := amplitude(part, 900, rate); math.Abs(got-0.1) > 0.002 {
				t.Errorf("%d Hz, %s the change: amplitude %.4f, want 0.1", rate, name, got)
			}
		}
	}
}
