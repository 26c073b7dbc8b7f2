package main

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/rtpmedia/analyze"
)

// wave is a file of 24 bits with an extensible header (tag 0xfffe, whose first two bytes of the
// sub-format are the tag of PCM), as recorders of more than 16 bits write it. The first channel
// has 440 Hz at -6 dBFS, others nothing.
func wave(t *testing.T, channels, rate, frames int) string {
	t.Helper()
	var data bytes.Buffer
	for i := range frames {
		v := int32(0.5 * (1<<23 - 1) * math.Sin(2*math.Pi*440*float64(i)/float64(rate)))
		for c := range channels {
			if c > 0 {
				v = 0
			}
			data.Write([]byte{byte(v), byte(v >> 8), byte(v >> 16)})
		}
	}
	file := []byte("RIFF\x00\x00\x00\x00WAVEfmt ")
	le := binary.LittleEndian
	file = le.AppendUint32(file, 40)
	file = le.AppendUint16(file, 0xfffe)
	file = le.AppendUint16(file, uint16(channels))
	file = le.AppendUint32(file, uint32(rate))
	file = le.AppendUint32(file, uint32(rate*channels*3))
	file = le.AppendUint16(file, uint16(channels*3))
	file = le.AppendUint16(file, 24)
	file = append(file, 22, 0, 24, 0, 0, 0, 0, 0, 1, 0)
	file = append(file, "\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71data"...)
	file = le.AppendUint32(file, uint32(data.Len()))
	le.PutUint32(file[4:], uint32(len(file)+data.Len()-8))
	path := filepath.Join(t.TempDir(), "odd.wav")
	if err := os.WriteFile(path, append(file, data.Bytes()...), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFileWithoutSamplesIsAnError(t *testing.T) {
	_, err := load(wave(t, 1, 8000, 0), analyze.Narrow)
	if err == nil || !strings.Contains(err.Error(), "no samples") {
		t.Errorf("a recording of nothing: %v", err)
	}
}

// TestAShortFileIsNotFilledUp looks at 10 ms, half a frame: silence that fills the frame would
// make it longer than it is, and 3 dB fainter.
func TestAShortFileIsNotFilledUp(t *testing.T) {
	for _, rate := range []int{8000, 48000} {
		channels, err := load(wave(t, 1, rate, rate/100), analyze.Narrow)
		if err != nil {
			t.Fatal(err)
		}
		got := soundsIn(analyze.Narrow, channels[0])
		if got.Seconds != 0.01 || got.Level == nil || math.Abs(*got.Level+6) > 1 {
			t.Errorf("at %d Hz, 10 ms at -6 dBFS: %+v", rate, got)
		}
		if got.Digits != nil || got.Kind != nil {
			t.Errorf("at %d Hz, 10 ms are enough for digits %v and kind %v",
				rate, got.Digits, got.Kind)
		}
	}
}

func TestADeadSideHasNoLevel(t *testing.T) {
	channels, err := load(wave(t, 2, 44100, 88200), analyze.Narrow)
	if err != nil {
		t.Fatal(err)
	}
	left, right := soundsIn(analyze.Narrow, channels[0]), soundsIn(analyze.Narrow, channels[1])
	if left.Level == nil || *left.Level != -6 || left.Seconds != 2 || left.Clipped != 0 {
		t.Errorf("2 s at -6 dBFS: %+v", left)
	}
	if right.Level != nil || right.Peak != nil || *right.Kind != "silence" || right.Seconds != 2 {
		t.Errorf("2 s of nothing: %+v", right)
	}
	talk := talkOf(analyze.Narrow, channels[0], channels[1])
	if talk.Left < 1.9 || talk.Right != 0 || talk.Both != 0 {
		t.Errorf("one side is dead: %+v", talk)
	}
}

func TestNoFigureIsANegativeZero(t *testing.T) {
	if v := tenth(-0.04); math.Signbit(v) || v != 0 {
		t.Errorf("-0.04 is rounded to %v", v)
	}
}
