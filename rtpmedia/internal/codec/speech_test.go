package codec_test

import (
	"math"
	"math/bits"
	"math/cmplx"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/codec"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/resample"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/wav"
)

// spoken is half a minute of speech at a rate.
func spoken(t *testing.T, rate int) []int16 {
	t.Helper()
	if _, err := exec.LookPath("espeak-ng"); err != nil {
		t.Skip("espeak-ng is not installed")
	}
	path := filepath.Join(t.TempDir(), "speech.wav")
	text := strings.Repeat("The agent answers the call and asks how she can help. The caller "+
		"wants to know when the parcel will arrive, and where it is at the moment. ", 5)
	if err := exec.CommandContext(t.Context(), "espeak-ng", "-w", path, text).Run(); err != nil {
		t.Fatal(err)
	}
	return readWave(t, path, rate)
}

// readWave is a WAVE file at a rate, at most half a minute of it, in whole frames.
func readWave(t *testing.T, path string, rate int) []int16 {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in, err := wav.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	samples := make([]float32, 30*rate)
	n, err := resample.New(in.Read, in.Format().Rate, rate).Read(samples)
	if err != nil {
		t.Fatal(err)
	}
	pcm := make([]int16, n/320*320)
	for i := range pcm {
		pcm[i] = int16(samples[i] * 32767)
	}
	return pcm
}

// pattern makes a row of losses: of frames alone, or of two or three in a row.
type pattern func(loss float64, seed uint64) func() bool

func alone(loss float64, seed uint64) func() bool {
	random := rand.New(rand.NewPCG(seed, 1))
	return func() bool { return random.Float64() < loss }
}

// Bursts last 40 or 60 ms, since after 60 ms silence is what concealment is meant to be.
// Two are apart by a frame at least.
func bursts(loss float64, seed uint64) func() bool {
	random := rand.New(rand.NewPCG(seed, 2))
	left := -1
	return func() bool {
		if left--; left < -1 && random.Float64() < loss/2.5/(1-loss) {
			left = 2 + random.IntN(2)
		}
		return left > 0
	}
}

// filled is speech with holes that were filled in three ways.
type filled struct {
	silence, repetition, appendix []int16
	holes                         []int // where the frames that were lost begin
}

// conceal loses frames and fills the holes.
func conceal(in []int16, lost func() bool) (out filled) {
	var c codec.Concealer
	last, pcm := make([]int16, 160), make([]int16, 160)
	for at := 0; at < len(in); at += 160 {
		frame := in[at : at+160]
		if lost() {
			out.holes = append(out.holes, at)
			out.silence = append(out.silence, make([]int16, 160)...)
			out.repetition = append(out.repetition, last...)
			c.Lost(160)
		} else {
			out.silence = append(out.silence, frame...)
			out.repetition = append(out.repetition, frame...)
			copy(last, frame)
			copy(c.Room(160), frame)
			c.Good(160)
		}
		c.Read(pcm)
		out.appendix = append(out.appendix, pcm...)
	}
	return out
}

func likeness(a, b []int16) float64 {
	var ab, aa, bb float64
	for i := range min(len(a), len(b)) {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	return ab / math.Sqrt(aa*bb)
}

// distance is how far the spectra of two sounds are apart around the holes that
// are in speech, in dB: the log-spectral distance above -78 dBFS.
func distance(a, b []int16, holes []int) (mean float64) {
	n := 0.0
	for _, at := range holes {
		from := at - 48 // 256 samples, of which the hole is the middle
		if from < 0 || from+256 > len(a) || power(a[at:at+160]) < 1e4 {
			continue
		}
		x, y := spectrum(a[from:from+256]), spectrum(b[from:from+256])
		var sum float64
		for k := range x {
			sum += (x[k] - y[k]) * (x[k] - y[k])
		}
		mean, n = mean+math.Sqrt(sum/float64(len(x))), n+1
	}
	return mean / max(n, 1)
}

func power(pcm []int16) (sum float64) {
	for _, v := range pcm {
		sum += float64(v) * float64(v)
	}
	return sum / float64(len(pcm))
}

// turns are the 256th parts of a turn, backwards.
var turns = func() (t [256]complex128) {
	for i := range t {
		t[i] = cmplx.Rect(1, -2*math.Pi*float64(i)/256)
	}
	return t
}()

// spectrum is that of 256 samples in a window of Hann, in dB.
func spectrum(pcm []int16) (db [127]float64) {
	var x [256]complex128
	for i, v := range pcm[:256] {
		x[bits.Reverse8(uint8(i))] = complex(float64(v)*(0.5-0.5*real(turns[i])), 0)
	}
	for half := 1; half < 256; half *= 2 { // the fast Fourier transform
		for from := 0; from < 256; from += 2 * half {
			for k := range half {
				a, b := x[from+k], x[from+k+half]*turns[k*128/half]
				x[from+k], x[from+k+half] = a+b, a-b
			}
		}
	}
	for k := range db {
		amplitude := cmplx.Abs(x[k+1]) / 256
		db[k] = 10 * math.Log10(amplitude*amplitude+4)
	}
	return db
}

// The correlation of waveforms hardly tells a loss that was concealed well from
// one that was not: it punishes the right sound in a wrong phase more than silence.
// The spectrum, which is nearer to what is heard, does.
func TestConcealmentBeatsSilenceAndRepetition(t *testing.T) {
	in := spoken(t, 8000)
	var apart [3]float64
	for _, loss := range []float64{0.01, 0.02, 0.05} {
		const rounds = 10
		var like, far [3]float64 // of silence, repetition, appendix
		for seed := range uint64(rounds) {
			out := conceal(in, alone(loss, seed))
			for i, pcm := range [][]int16{out.silence, out.repetition, out.appendix} {
				like[i] += likeness(in, pcm) / rounds
				far[i] += distance(in, pcm, out.holes) / rounds
			}
		}
		t.Logf("%v lost: correlation %.4f, spectra apart by %.2f dB", loss, like, far)
		if like[2] <= like[0] || like[2] <= like[1] {
			t.Errorf("%v lost: correlation %.4f of silence, repetition, concealment", loss, like)
		}
		for i := range apart {
			apart[i] += far[i] / 3
		}
	}
	if apart[2] >= apart[0]-2 || apart[2] >= apart[1] {
		t.Errorf("spectra apart by %.2f dB: silence, repetition, concealment", apart)
	}
}
