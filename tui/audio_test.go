package tui_test

import (
	"math"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/tui"
)

func TestTheMeter(t *testing.T) {
	for _, test := range []struct {
		name string
		l    tui.Levels
		want string
	}{
		{"full scale", tui.Levels{In: 0}, "hear [############]   0 dBFS"},
		{"speech", tui.Levels{In: -20}, "hear [########....] -20 dBFS"},
		{"as good as nothing", tui.Levels{In: -59.9}, "hear [............]    silence"},
		{"nothing", tui.Levels{In: math.Inf(-1)}, "hear [............]    silence"},
		{"nonsense", tui.Levels{In: math.NaN()}, "hear [............]    silence"},
		{"too much", tui.Levels{In: 3}, "hear [############]   3 dBFS"},
		{"no packets yet", tui.Levels{}, "lost 0.0% of 0"},
		{"some lost", tui.Levels{Lost: 5, Received: 95}, "! lost 5.0% of 100"},
		{"a recording", tui.Levels{Recorded: true}, "   REC"},
		{"protected", tui.Levels{Protected: true}, "   SRTP"},
		{"a warning", tui.Levels{Warning: "no packets for 5 s"}, "! no packets for 5 s"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.l.Active = true
			m := screen(tui.Options{Audio: &microphone{l: test.l}}, tui.Tick())
			if !strings.Contains(text(m), test.want) {
				t.Errorf("%q is not shown:\n%s", test.want, text(m))
			}
		})
	}
}

func TestAudioInWords(t *testing.T) {
	bad := &microphone{l: tui.Levels{Active: true, Muted: true, In: -90, Lost: 1, Received: 9}}
	const want = "audio is up, you hear silence you are MUTED 10% of the audio is lost\r\n"
	plainly(t, tui.Options{Audio: bad}, tui.Tick(), press("i"), want)
	kept := &microphone{l: tui.Levels{Active: true, Recorded: true, Protected: true}}
	plainly(t, tui.Options{Audio: kept}, tui.Tick(),
		"the audio is up, it is recorded, protected by SRTP\r\n")
	if m := screen(tui.Options{Audio: &microphone{}}, tui.Tick()); !strings.Contains(text(m),
		"no audio") {
		t.Errorf("a silent line:\n%s", text(m))
	}
}
