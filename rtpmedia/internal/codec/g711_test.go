package codec

import (
	"encoding/binary"
	"os"
	"testing"
)

// The golden files hold what sox 14.4.2 makes of every input there is:
//
//	sox -D -t raw -r 8000 -c 1 -e signed -b 16 -L all16.raw -t raw -e u-law -b 8 encode.ulaw
//	sox -D -t raw -r 8000 -c 1 -e u-law -b 8 all8.raw -t raw -e signed -b 16 -L decode.ulaw
//
// all16.raw is -32768 to 32767 in order, all8.raw is 0 to 255; a-law likewise.
var laws = []struct {
	name string
	law  *Law
}{
	{"ulaw", MuLaw},
	{"alaw", ALaw},
}

func TestEncodesEveryInputAsSoxDoes(t *testing.T) {
	for _, l := range laws {
		want := golden(t, "encode."+l.name)
		pcm := make([]int16, len(want))
		for i := range pcm {
			pcm[i] = int16(i - 32768)
		}
		got := make([]byte, len(want))
		l.law.Encode(got, pcm)
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("%s: %d is %#x, sox says %#x", l.name, pcm[i], got[i], want[i])
			}
		}
	}
}

func TestDecodesEveryInputAsSoxDoes(t *testing.T) {
	for _, l := range laws {
		want := golden(t, "decode."+l.name)
		payload := make([]byte, 256)
		for i := range payload {
			payload[i] = byte(i)
		}
		got := make([]int16, 256)
		if n := l.law.Decode(got, payload); n != 256 {
			t.Fatalf("%s: decoded %d samples of 256", l.name, n)
		}
		for i := range got {
			if w := int16(binary.LittleEndian.Uint16(want[2*i:])); got[i] != w {
				t.Fatalf("%s: %#x is %d, sox says %d", l.name, i, got[i], w)
			}
		}
	}
}

func TestTandemCodingChangesNothing(t *testing.T) {
	for _, l := range laws {
		for i := range 256 {
			pcm, again := make([]int16, 1), make([]byte, 1)
			l.law.Decode(pcm, []byte{byte(i)})
			l.law.Encode(again, pcm)
			want := byte(i)
			if l.name == "ulaw" && want == 0x7f {
				want = 0xff // negative zero: G.711 has two zeros, linear PCM has one
			}
			if again[0] != want {
				t.Errorf("%s: %#x came back as %#x", l.name, i, again[0])
			}
		}
	}
}

func TestL16IsTransparent(t *testing.T) {
	pcm := []int16{0, 1, -1, 32767, -32768, 0x1234}
	wire, back := make([]byte, 12), make([]int16, 6)
	L16{}.Encode(wire, pcm)
	if wire[10] != 0x12 || wire[11] != 0x34 {
		t.Errorf("0x1234 is sent as % x, not in network byte order", wire[10:])
	}
	L16{}.Decode(back, wire)
	for i := range pcm {
		if back[i] != pcm[i] {
			t.Errorf("%d came back as %d", pcm[i], back[i])
		}
	}
}

func TestCodingAllocatesNothing(t *testing.T) {
	pcm, wire := make([]int16, 160), make([]byte, 320)
	if n := testing.AllocsPerRun(100, func() {
		MuLaw.Encode(wire, pcm)
		ALaw.Decode(pcm, wire)
		L16{}.Encode(wire, pcm)
		L16{}.Decode(pcm, wire)
	}); n != 0 {
		t.Errorf("%v allocations a frame", n)
	}
}

func golden(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func BenchmarkG711Encode(b *testing.B) {
	pcm, wire := make([]int16, 160), make([]byte, 160)
	for b.Loop() {
		MuLaw.Encode(wire, pcm)
	}
}

func BenchmarkG711Decode(b *testing.B) {
	pcm, wire := make([]int16, 160), make([]byte, 160)
	for b.Loop() {
		MuLaw.Decode(pcm, wire)
	}
}
