package media

import (
	"testing"

	"github.com/pion/rtp"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/tone"
)

// The steps that a packet goes through and that other packages can call. Codecs and
// concealment have their benchmarks in rtpmedia/internal/codec.

func BenchmarkHeaderMarshal(b *testing.B) {
	h := rtp.Header{Version: 2, SSRC: 7}
	packet := make([]byte, 172)
	b.ReportAllocs()
	for b.Loop() {
		h.SequenceNumber++
		if _, err := h.MarshalTo(packet); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHeaderUnmarshal(b *testing.B) {
	data, err := (&rtp.Packet{
		Header: rtp.Header{Version: 2, SSRC: 7}, Payload: make([]byte, 160),
	}).Marshal()
	if err != nil {
		b.Fatal(err)
	}
	var p rtp.Packet
	b.ReportAllocs()
	for b.Loop() {
		if err := p.Unmarshal(data); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDetector looks for DTMF in a frame of 20 ms.
func BenchmarkDetector(b *testing.B) {
	var d tone.Digits
	frame := voice()
	b.ReportAllocs()
	for b.Loop() {
		d.Feed(frame, func(tone.Event) {})
	}
}

// BenchmarkMixer is a conference of three: each says a frame and hears the others.
func BenchmarkMixer(b *testing.B) {
	m := rtpmedia.NewMixer()
	ports := []*rtpmedia.Port{m.Join(), m.Join(), m.Join()}
	frame, heard := voice(), make([]int16, rtpmedia.FrameSamples)
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range ports {
			if p.WriteFrame(frame) != nil || p.ReadFrame(heard) != nil {
				b.Fatal("the mixer refused a frame")
			}
		}
	}
}
