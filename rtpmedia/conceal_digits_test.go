package rtpmedia

import (
	"testing"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/codec"
)

// TestDigitsAreHeardOnceWhereAPacketIsLost dials by tones and loses a packet of 20 ms at every
// place: at the beginning of a digit, in its middle, at its end. What stands for it divides no
// digit, makes none, and takes none away.
func TestDigitsAreHeardOnceWhereAPacketIsLost(t *testing.T) {
	const keys = "159D*0#A7722"
	source, err := DTMF(keys)
	if err != nil {
		t.Fatal(err)
	}
	said := make([]int16, (200*len(keys)+200)*SampleRate/1000)
	for rest := said; len(rest) >= FrameSamples; rest = rest[FrameSamples:] {
		if source.ReadFrame(rest[:FrameSamples]) != nil {
			break
		}
	}
	for lost := 160; lost+160 <= len(said); lost += 20 { // not on the borders of frames alone
		var sound codec.Concealer
		var heard []rune
		ear := DetectDigits(nil, func(d Digit) {
			if !d.Ended {
				heard = append(heard, d.Digit)
			}
		})
		play := func(n int) {
			for frame := make([]int16, 20); n > 0; n -= len(frame) {
				sound.Read(frame)
				if err := ear.WriteFrame(frame); err != nil {
					t.Fatal(err)
				}
			}
		}
		copy(sound.Room(lost), said)
		sound.Good(lost)
		play(lost)
		sound.Lost(160)
		play(160)
		rest := said[lost+160:]
		copy(sound.Room(len(rest)), rest)
		sound.Good(len(rest))
		play(len(rest))
		if string(heard) != keys {
			t.Errorf("a packet lost at %v ms: heard %s, want %s", lost/8, string(heard), keys)
		}
	}
}
