package rtpmedia

import (
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia/tone"
)

type digitDetector struct {
	next Sink
	tell func(Digit)

	mu     sync.Mutex
	digits tone.Digits
}

// DetectDigits is a sink that recognizes digits sent as tones on their way to
// next, by the rules of ITU-T Q.24, and tells when each begins and ends. Tell
// must not block; a nil next discards the audio.
func DetectDigits(next Sink, tell func(Digit)) Sink {
	if next == nil {
		next = Discard()
	}
	return &digitDetector{next: next, tell: tell}
}

// WriteFrame listens to pcm and passes it on.
func (d *digitDetector) WriteFrame(pcm []int16) error {
	d.mu.Lock()
	d.digits.Feed(pcm, func(e tone.Event) {
		d.tell(Digit{
			Digit: e.Digit, Ended: e.Ended,
			Duration: time.Duration(e.Duration) * time.Second / SampleRate,
		})
	})
	d.mu.Unlock()
	return d.next.WriteFrame(pcm)
}
