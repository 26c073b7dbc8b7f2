package audio

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

func TestSounds(t *testing.T) {
	tests := []struct {
		name  string
		spec  string
		loops bool
		freqs []float64 // all that is in its first quarter of a second
		level float64   // dBFS of the same
	}{
		// Levels and cadences: ANSI T1.401; 0 dBm0 is -3.17 dBFS (G.711).
		{"dial tone", "dial", true, []float64{350, 440}, -13 - 3.17 + 3},
		{"ringback", "ringback", true, []float64{440, 480}, -19 - 3.17 + 3},
		{"busy tone", "busy", true, []float64{480, 620}, -24 - 3.17 + 3},
		{"reorder tone", "reorder", true, []float64{480, 620}, -24 - 3.17 + 3},
		{"intercept tone", "intercept", true, []float64{440}, -16},
		// Tones that applications ask for: Telcordia GR-506, ITU-T T.30 and V.25,
		// 47 CFR 64.501, and ANSI T1.401 for the special information tones.
		{"a beep", "beep", false, []float64{480}, -13.17},
		{"a modem's answer", "carrier", false, []float64{2100}, -13.17},
		{"a calling facsimile", "faxCNG", true, []float64{1100}, -13.17},
		{"a calling modem", "modemCNG", true, []float64{1300}, -13.17},
		{"somebody listens", "intrusion", false, []float64{440}, -16.17},
		{"a recording goes on", "recordWarning", true, []float64{1400}, -17.17},
		{"vacant code", "sitVC", false, []float64{985.2}, -27.17},
		{"intercept", "sitIC", false, []float64{913.8}, -27.17},
		{"no circuit", "sitNC", false, []float64{985.2}, -27.17},
		{"reorder", "sitRO", false, []float64{913.8}, -27.17},
		{"milliwatt", "tone:1004", true, []float64{1004}, -3.17},
		{"a tone with a level", "tone:400@-20", true, []float64{400}, -20},
		{"digit five", "dtmf:5", false, []float64{770, 1336}, -10.4},
		{"silence", "silence", false, nil, rtpmedia.SilenceLevel},
		{"nothing", "", false, nil, rtpmedia.SilenceLevel},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := newBank("").find(tt.spec, false)
			if err != nil {
				t.Fatal(err)
			}
			if c.loop != tt.loops {
				t.Errorf("it loops: %v", c.loop)
			}
			pcm := played(c, 0, 2000)
			sum := 0.0
			for _, f := range tt.freqs {
				sum += tonal(pcm, f)
			}
			if len(tt.freqs) > 0 && tt.spec != "dtmf:5" && sum < 0.95 {
				t.Errorf("%.3f of it is %v Hz", sum, tt.freqs)
			}
			if got := rtpmedia.Level(pcm); math.Abs(got-tt.level) > 1 {
				t.Errorf("its level is %.2f dBFS, want %.2f", got, tt.level)
			}
		})
	}
}

// played returns samples of a clip that began a while ago.
func played(c clip, ago time.Duration, samples int) []int16 {
	sum := make([]int32, samples)
	c.play(ago).add(sum)
	pcm := make([]int16, samples)
	for i, v := range sum {
		pcm[i] = int16(v)
	}
	return pcm
}

// tonal is the part of the power of pcm that is at freq.
func tonal(pcm []int16, freq float64) float64 {
	var re, im, power float64
	for i, v := range pcm {
		x := 2 * math.Pi * freq * float64(i) / rtpmedia.SampleRate
		re += float64(v) * math.Cos(x)
		im += float64(v) * math.Sin(x)
		power += float64(v) * float64(v)
	}
	return 2 * (re*re + im*im) / (power * float64(len(pcm)))
}

func TestCadences(t *testing.T) {
	tests := []struct {
		spec   string
		at     time.Duration
		sounds bool
	}{
		{"ringback", 1900 * time.Millisecond, true},
		{"ringback", 2100 * time.Millisecond, false},
		{"ringback", 5800 * time.Millisecond, false},
		{"ringback", 6100 * time.Millisecond, true},
		{"ringback", time.Hour + 100*time.Millisecond, true},
		{"busy", 400 * time.Millisecond, true},
		{"busy", 600 * time.Millisecond, false},
		{"reorder", 300 * time.Millisecond, false},
		{"dtmf:5", 10 * time.Second, false},
		{"wav:welcome", time.Second, true},
		{"wav:welcome", time.Minute, false},
		{"music", time.Hour, true},
		{"hold", time.Hour, true},
		{"beep", 490 * time.Millisecond, true},
		{"beep", 510 * time.Millisecond, false},
		{"confirmation", 450 * time.Millisecond, true},
		{"confirmation", 550 * time.Millisecond, false},
		{"howler", time.Hour + 50*time.Millisecond, true},
		{"howler", time.Hour + 150*time.Millisecond, false},
		{"faxCNG", 3400 * time.Millisecond, false},
		{"faxCNG", 3600 * time.Millisecond, true},
		{"recordWarning", 15*time.Second + 100*time.Millisecond, true},
		{"intrusion", 12*time.Second + 100*time.Millisecond, true},
		{"billing", 900 * time.Millisecond, true},
		{"sitIC", 900 * time.Millisecond, true},
		{"sitIC", 950 * time.Millisecond, false},
	}
	for _, tt := range tests {
		c, err := newBank("").find(tt.spec, false)
		if err != nil {
			t.Fatal(err)
		}
		if got := rtpmedia.Level(played(c, tt.at, 160)) > -60; got != tt.sounds {
			t.Errorf("%s sounds after %v: %v", tt.spec, tt.at, got)
		}
	}
}

func TestMusicIsQuietAndSeamless(t *testing.T) {
	pcm := music()
	if got := rtpmedia.Level(pcm); got < -36 || got > -20 {
		t.Errorf("its level is %.1f dBFS", got)
	}
	largest, step := 0, 0
	for i, v := range pcm {
		largest = max(largest, int(math.Abs(float64(v))))
		step = max(step, int(math.Abs(float64(v)-float64(pcm[(i+1)%len(pcm)]))))
	}
	if largest > 16000 || step > largest {
		t.Errorf("it peaks at %d, and jumps by %d", largest, step)
	}
}

func TestSoundsThatAreNotThere(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{"empty.wav": "", "text.wav": "hello"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct{ dir, spec, want string }{
		{"", "wav:other.wav", "no directory"},
		{dir, "wav:other.wav", "no such file"},
		{dir, "wav:../secret.wav", "outside"},
		{dir, "wav:/etc/passwd", "outside"},
		{dir, "wav:empty.wav", "wav"},
		{dir, "wav:text.wav", "wav"},
		{"", "tone:0", "hertz"},
		{"", "tone:4000", "hertz"},
		{"", "tone:440@3", "dBFS"},
		{"", "tone:440@x", "dBFS"},
		{"", "dtmf:x", "no digit"},
		{"", "whistle", "no such sound"},
		{"", "park", "no such sound"},
	}
	for _, tt := range tests {
		_, err := newBank(tt.dir).find(tt.spec, false)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q in it", tt.spec, err, tt.want)
		}
	}
}

func TestFilesAreHeard(t *testing.T) {
	dir := t.TempDir()
	w, err := rtpmedia.CreateWAV(filepath.Join(dir, "tone.wav"))
	if err != nil {
		t.Fatal(err)
	}
	frame := make([]int16, rtpmedia.FrameSamples)
	src := rtpmedia.Tone(500, -10)
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
	c, err := newBank(dir).find("wav:tone.wav", true)
	if err != nil {
		t.Fatal(err)
	}
	if c.length() != 0 || tonal(played(c, time.Minute, 2000), 500) < 0.99 {
		t.Error("the file does not repeat")
	}
}

func TestLengthsAreThoseOfTheSpeech(t *testing.T) {
	lab := pbx.DefaultLab()
	before := lab.Announcements[0].Length
	SetLengths(&lab, "")
	want := map[string]time.Duration{ // as soxi -D says
		"7001": 3889250 * time.Microsecond,
		"7002": 5823250 * time.Microsecond,
		"7003": 3447 * time.Millisecond,
		"7100": 0, "7101": 0, "7102": 0,
	}
	for _, a := range lab.Announcements {
		if a.Length != want[a.Extension] {
			t.Errorf("%s takes %v, want %v", a.Extension, a.Length, want[a.Extension])
		}
	}
	if again := pbx.DefaultLab().Announcements[0].Length; again != before {
		t.Error("the lab of others has changed")
	}
}

// TestEveryToneOfTheSwitchHasASound asks a switch to play each tone that CSTA names.
func TestEveryToneOfTheSwitchHasASound(t *testing.T) {
	clock := clock.NewVirtual(time.Time{})
	s, err := pbx.New(pbx.DefaultLab(), pbx.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	made, err := s.MakeCall(csta.MakeCall{From: "1001", To: "7100"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tone := range []csta.TelephonyTone{
		"beep", "billing", "busy", "carrier", "confirmation", "dial", "faxCNG", "hold", "howler",
		"intrusion", "modemCNG", "recordWarning", "reorder", "ringback", "sitVC", "sitIC",
		"sitRO", "sitNC",
	} {
		if err := s.GenerateTelephonyTones(csta.GenerateTelephonyTones{
			Target: made.Connection, Tone: tone,
		}); err != nil {
			t.Errorf("%s: %v", tone, err)
		}
		clock.Advance(time.Second) // as long as a tone is whose length is left open
		c, err := newBank("").find(string(tone), false)
		if err != nil || rtpmedia.Level(played(c, 0, 400)) < -40 {
			t.Errorf("%s is not to be heard: %v", tone, err)
		}
	}
}
