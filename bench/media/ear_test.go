package media

import (
	"sync"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// clicks is a source that says a click now and then, and a sink that listens for it. What
// is said in a frame was spoken in the 20 ms before the frame is read.
type clicks struct {
	mu     sync.Mutex
	frames int
	said   time.Time // when the click was spoken; zero while none is under way
	delays []float64 // in ms
}

// place is the sample of a frame at which the click is.
const place = 80

func (c *clicks) ReadFrame(pcm []int16) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(pcm)
	if c.frames++; c.frames%10 == 0 {
		for i := place; i < place+8; i++ {
			pcm[i] = 20_000
		}
		c.said = time.Now().Add(-rtpmedia.FrameDuration + sampleTime(place))
	}
	return nil
}

func (c *clicks) WriteFrame(pcm []int16) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, v := range pcm {
		if v > 10_000 && !c.said.IsZero() {
			heard := time.Now().Add(sampleTime(i))
			c.delays = append(c.delays, float64(heard.Sub(c.said).Microseconds())/1000)
			c.said = time.Time{}
			break
		}
	}
	return nil
}

func sampleTime(n int) time.Duration {
	return time.Duration(n) * time.Second / rtpmedia.SampleRate
}

// BenchmarkMouthToEar is the way of a sound from the moment it is spoken to the moment it
// is played, without sound devices, over 20 streams whose ends tick at different moments,
// with a jitter buffer of 20 ms.
func BenchmarkMouthToEar(b *testing.B) {
	const pairs = 20
	var s measure.Series
	for b.Loop() {
		l := openLegs(b, 2*pairs, rtpmedia.EngineOptions{})
		all := make([]*clicks, pairs)
		for i := range all {
			all[i] = &clicks{}
			l.sessions[2*i].SetSource(all[i])
			l.sessions[2*i+1].SetSink(all[i])
		}
		for i, session := range l.sessions {
			err := session.Start(rtpmedia.Remote{RTP: l.partner(i), Codec: "g711U"})
			if err != nil {
				b.Fatal(err)
			}
			// The ends of pair k tick k ms apart.
			pause(b, time.Duration(1-i%2)*time.Duration(i/2)*time.Millisecond+time.Microsecond)
		}
		pause(b, 8*time.Second)
		var delays []float64
		best := make([]float64, 0, pairs)
		for _, c := range all {
			c.mu.Lock()
			delays = append(delays, c.delays...)
			best = append(best, measure.Quantile(c.delays, 0.5))
			c.mu.Unlock()
		}
		l.close()
		s.Add("p50-ms", measure.Quantile(delays, 0.5))
		s.Add("p99-ms", measure.Quantile(delays, 0.99))
		s.Add("best-stream-p50-ms", measure.Quantile(best, 0))
		s.Add("worst-stream-p50-ms", measure.Quantile(best, 1))
	}
	s.Report(b)
}
