package wav

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// file is a sound file of any format, written by hand.
func file(f Format, data []byte) []byte {
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00")
	b = binary.LittleEndian.AppendUint16(b, uint16(f.Tag))
	b = binary.LittleEndian.AppendUint16(b, uint16(f.Channels))
	b = binary.LittleEndian.AppendUint32(b, uint32(f.Rate))
	b = binary.LittleEndian.AppendUint32(b, uint32(f.Rate*f.frame()))
	b = binary.LittleEndian.AppendUint16(b, uint16(f.frame()))
	b = binary.LittleEndian.AppendUint16(b, uint16(f.Bits))
	b = append(b, "LIST\x03\x00\x00\x00abc\x00data"...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	return append(b, data...)
}

func TestEveryWidthIsReadAsTheSameSound(t *testing.T) {
	half := math.Float32bits(0.5)
	for _, c := range []struct {
		name string
		f    Format
		data []byte
	}{
		{"8 bits are without a sign", Format{tagPCM, 1, 8000, 8}, []byte{192, 64}},
		{"16 bits", Format{tagPCM, 1, 8000, 16}, []byte{0, 0x40, 0, 0xc0}},
		{"24 bits", Format{tagPCM, 1, 8000, 24}, []byte{0, 0, 0x40, 0, 0, 0xc0}},
		{"32 bits", Format{tagPCM, 1, 8000, 32}, []byte{0, 0, 0, 0x40, 0, 0, 0, 0xc0}},
		{
			"floats",
			Format{tagFloat, 1, 8000, 32},
			binary.LittleEndian.AppendUint32(
				binary.LittleEndian.AppendUint32(nil, half), half|1<<31),
		},
		{
			"two channels are mixed",
			Format{tagPCM, 2, 8000, 16},
			[]byte{0, 0x60, 0, 0x20, 0, 0xa0, 0, 0xe0},
		},
	} {
		r, err := NewReader(bytes.NewReader(file(c.f, c.data)))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := make([]float32, 3)
		n, err := r.Read(got)
		if n != 2 || err != nil || got[0] != 0.5 || got[1] != -0.5 {
			t.Errorf("%s: %v %d %v, want 0.5 and -0.5", c.name, got[:n], n, err)
		}
		if _, err := r.Read(got); err != io.EOF {
			t.Errorf("%s: %v after the end", c.name, err)
		}
	}
}

func TestHostileHeadersAreRefused(t *testing.T) {
	good := file(Format{tagPCM, 1, 8000, 16}, make([]byte, 8))
	change := func(at int, b ...byte) []byte {
		c := bytes.Clone(good)
		copy(c[at:], b)
		return c
	}
	for name, data := range map[string][]byte{
		"nothing":                   {},
		"no RIFF":                   change(0, 'X'),
		"no WAVE":                   change(8, 'X'),
		"a header that breaks off":  good[:30],
		"no channels":               change(22, 0),
		"255 channels":              change(22, 255),
		"no rate":                   change(24, 0, 0),
		"a rate of 4 GHz":           change(24, 255, 255, 255, 255),
		"17 bits":                   change(34, 17),
		"a compressed format":       change(20, 0x55),
		"a chunk longer than all":   change(40, 255, 255, 255, 255),
		"a format of two bytes":     change(16, 2),
		"a format of four billions": change(16, 255, 255, 255, 255),
	} {
		if _, err := NewReader(bytes.NewReader(data)); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	out, err := os.Create(filepath.Join(t.TempDir(), "x.wav"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w, err := NewWriter(out, 8000, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := []int16{0, 1, -1, 32767, -32768}
	if err := errors.Join(w.Write(want), w.Finish()); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(out)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]float32, 8)
	if n, _ := r.Read(got); n != len(want) {
		t.Fatalf("%d samples, want %d", n, len(want))
	}
	for i, v := range want {
		if got[i]*(1<<15) != float32(v) {
			t.Errorf("%d came back as %v", v, got[i]*(1<<15))
		}
	}
}

func FuzzWAV(f *testing.F) {
	f.Add(file(Format{tagPCM, 1, 8000, 16}, make([]byte, 64)))
	f.Add(file(Format{tagFloat, 2, 44100, 32}, make([]byte, 64)))
	f.Add(file(Format{tagMuLaw, 1, 8000, 8}, []byte{1, 2, 3}))
	f.Add([]byte("RIFF\x00\x00\x00\x00WAVEdata\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := NewReader(bytes.NewReader(data))
		if err != nil {
			if !errors.Is(err, ErrFormat) {
				t.Fatalf("error of another kind: %v", err)
			}
			return
		}
		total, buf := 0, make([]float32, 160)
		for {
			n, err := r.Read(buf)
			for _, v := range buf[:n] {
				if !(v >= -1 && v <= 1) {
					t.Fatalf("sample %v", v)
				}
			}
			if total += n; err != nil {
				break
			}
		}
		if total > len(data) {
			t.Fatalf("%d samples out of %d bytes", total, len(data))
		}
	})
}
