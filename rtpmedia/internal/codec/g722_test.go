package codec

import (
	"encoding/binary"
	"math"
	"testing"
)

// wideband is half a second at 16 kHz that can be made without any rounding:
// a glide of triangles from 100 Hz to 7 kHz, with noise on it.
func wideband() []int16 {
	pcm := make([]int16, 8000)
	phase, noise := 0, uint32(1)
	for i := range pcm {
		phase = (phase + 400 + 28*i/8) % 65536
		v := phase - 32768
		if v < 0 {
			v = -v
		}
		noise = noise*1664525 + 1013904223
		pcm[i] = int16((v-16384)*3/4 + int(noise>>22) - 512)
	}
	return pcm
}

// The golden files are what FFmpeg 5.1 makes of wideband:
//
//	ffmpeg -f s16le -ar 16000 -ac 1 -i wideband.raw -c:a g722 -f g722 encode.g722
//	ffmpeg -f g722 -i encode.g722 -f s16le decode.g722
func TestG722CodesAsFFmpegDoes(t *testing.T) {
	pcm := wideband()
	want := golden(t, "encode.g722")
	got := make([]byte, len(pcm)/2)
	var coder G722
	if n := coder.Encode(got, pcm); n != len(want) {
		t.Fatalf("%d bytes, FFmpeg has %d", n, len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("byte %d is %#x, FFmpeg says %#x", i, got[i], want[i])
		}
	}
}

func TestG722DecodesAsFFmpegDoes(t *testing.T) {
	want := golden(t, "decode.g722")
	got := make([]int16, len(want)/2)
	var coder G722
	coder.Decode(got, golden(t, "encode.g722"))
	for i := range got {
		if w := int16(binary.LittleEndian.Uint16(want[2*i:])); got[i] != w {
			t.Fatalf("sample %d is %d, FFmpeg says %d", i, got[i], w)
		}
	}
}

func TestG722KeepsAToneAboveTheTelephoneBand(t *testing.T) {
	var enc, dec G722
	pcm, wire := make([]int16, 3200), make([]byte, 1600)
	for i := range pcm {
		pcm[i] = int16(8000 * math.Sin(2*math.Pi*6000*float64(i)/16000))
	}
	enc.Encode(wire, pcm)
	before := power(pcm)
	dec.Decode(pcm, wire)
	if after := power(pcm[400:]); math.Abs(10*math.Log10(after/before)) > 1 {
		t.Errorf("6 kHz change by %.1f dB", 10*math.Log10(after/before))
	}
}
