package phone_test

import (
	"math"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// listener is a sink that keeps the last frame.
type listener struct {
	mu   sync.Mutex
	last []int16
}

func (l *listener) WriteFrame(pcm []int16) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = slices.Clone(pcm)
	return nil
}

// hears is how loud a frequency is in the last frame, in dBFS, and the frame's rate.
func (l *listener) hears(hz float64) (level float64, rate int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rate = rtpmedia.RateOf(l.last)
	var re, im float64
	for i, v := range l.last {
		x := 2 * math.Pi * hz * float64(i) / float64(rate)
		re, im = re+float64(v)*math.Cos(x), im+float64(v)*math.Sin(x)
	}
	amplitude := 2 * math.Hypot(re, im) / float64(len(l.last)) / 32767
	return 20 * math.Log10(amplitude+1e-5), rate
}

// Two stations in G.722 hear what is above the telephone band of each other, and one in
// G.711 is heard by both.
func TestStationsInG722HearBothBands(t *testing.T) {
	site := pbx.DefaultLab()
	site.Features.Codecs = []string{"g722", "g711U"}
	inLab(t, mockaes.Options{Lab: &site}, func(l *lab) {
		codecs := [][]string{{"g722", "g711U"}, {"g722"}, {"g711U"}}
		voices := []float64{6000, 5000, 1500} // of whole periods in a frame
		ears := []*listener{{}, {}, {}}
		var phones []*phone.Phone
		for i, number := range []string{"1001", "1002", "1003"} {
			p, done := l.station(number, phone.Options{
				Media: csta.MediaClient, Address: netip.MustParseAddr("127.0.0.1"),
				Codecs: codecs[i], Source: rtpmedia.Tone(voices[i], -20), Sink: ears[i],
			})
			defer done()
			phones = append(phones, p)
		}
		answer := func(p *phone.Phone) {
			s := l.await(p, "it rings", alerting)
			c, _ := s.Board.Alerting()
			l.must(p.Answer(l.ctx, c.Own))
		}
		_, err := phones[0].Dial(l.ctx, "1002")
		l.must(err)
		answer(phones[1])
		time.Sleep(time.Second)
		synctest.Wait()
		if level, rate := ears[1].hears(6000); rate != 16000 || math.Abs(level+20) > 1 {
			t.Errorf("6 kHz of -20 dBFS are heard with %.1f in frames of %d", level, rate)
		}
		if level, rate := ears[0].hears(5000); rate != 16000 || math.Abs(level+20) > 1 {
			t.Errorf("5 kHz of -20 dBFS are heard with %.1f in frames of %d", level, rate)
		}
		_, err = phones[0].Consult(l.ctx, "1003")
		l.must(err)
		answer(phones[2])
		l.await(phones[0], "a conference is possible", transferable)
		l.must(phones[0].Conference(l.ctx))
		time.Sleep(time.Second)
		synctest.Wait()
		for i, want := range [][]float64{{5000, 1500}, {6000, 1500}, {}} {
			for _, hz := range want {
				if level, _ := ears[i].hears(hz); math.Abs(level+20) > 1 {
					t.Errorf("station %d hears %v Hz with %.1f dBFS, want -20", i, hz, level)
				}
			}
		}
		for _, hz := range []float64{2000, 3000} { // where the high voices would be folded to
			if level, rate := ears[2].hears(hz); rate != 8000 || level > -50 {
				t.Errorf("the narrow one hears %v Hz with %.1f dBFS at %d", hz, level, rate)
			}
		}
	})
}

func TestFilesHaveTheHighestRateThatIsOffered(t *testing.T) {
	for _, tt := range []struct {
		name   string
		codecs []string
		rate   int
	}{
		{"G.722 is offered, and the switch takes G.711", []string{"g722", "g711U"}, 16000},
		{"G.711 is all that is offered", []string{"g711A", "g711U"}, 8000},
		{"nothing is said, which offers G.711", nil, 8000},
	} {
		dir := t.TempDir()
		both, alone := filepath.Join(dir, "both.wav"), filepath.Join(dir, "alone.wav")
		inLab(t, mockaes.Options{}, func(l *lab) {
			recorder, err := rtpmedia.CreateRecording(both)
			l.must(err)
			file, err := rtpmedia.CreateWAV(alone)
			l.must(err)
			p, done := l.station("1001", phone.Options{
				Media: csta.MediaClient, Address: netip.MustParseAddr("127.0.0.1"),
				Codecs: tt.codecs, Recorder: recorder, Sink: file,
			})
			_, err = p.Dial(l.ctx, "7101")
			l.must(err)
			codec := l.await(p, "the audio flows", talking).Media.Codec
			if !strings.HasPrefix(codec, "g711") {
				t.Errorf("%s: the call is in %s", tt.name, codec)
			}
			time.Sleep(time.Second)
			done()
			l.must(recorder.Close())
			l.must(file.Close())
		})
		for _, path := range []string{both, alone} {
			w, err := rtpmedia.OpenWAV(path)
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			if w.Rate() != tt.rate {
				t.Errorf("%s: %s has %d samples a second", tt.name, filepath.Base(path), w.Rate())
			}
		}
	}
}
