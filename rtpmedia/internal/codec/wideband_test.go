package codec_test

import (
	"testing"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/codec"
)

// best is the correlation at the lag where it is greatest.
func best(in, out []int16) (most float64) {
	for lag := range 200 {
		most = max(most, likeness(in[:len(in)-lag], out[lag:]))
	}
	return most
}

// Sessions have frames of 8 kHz in G.722, too. This is what the far side hears of
// wideband speech, through the decoder that gives what FFmpeg's gives.
func TestG722OfEightKilohertzLacksTheUpperBand(t *testing.T) {
	wide, narrow := spoken(t, 16000), spoken(t, 8000)
	wide, narrow = wide[:len(wide)/4], narrow[:len(narrow)/4]
	heard := make([]int16, len(wide))
	var enc, dec codec.G722
	wire := make([]byte, len(wide)/2)
	enc.Encode(wire, wide)
	dec.Decode(heard, wire)
	full := best(wide, heard)
	var ours codec.Narrowband
	dec = codec.G722{}
	ours.Encode(wire, narrow[:len(wire)])
	dec.Decode(heard, wire)
	part := best(wide, heard)
	t.Logf("correlation at 16 kHz: %.4f with the upper band, %.4f without", full, part)
	if full < 0.995 {
		t.Errorf("correlation %.4f of wideband audio, want 0.995", full)
	}
	if part < 0.95 || part > full {
		t.Errorf("correlation %.4f of what is below 4 kHz, of all %.4f", part, full)
	}
}
