package audio

import (
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// leg is one party's ears and mouth. Of a terminal it is the source and the sink of
// the stream; a party from outside has none, and what it says is a clip.
type leg struct {
	id      pbx.LegID
	session *rtpmedia.Session // nil for a party from outside

	// Guarded by the gateway's mu.
	call  callKey
	tape  *tape                  // what it hears is being recorded
	wants []pbx.LegID            // whom its switch lets it hear
	told  pbx.Play               // what its switch plays to it
	tie   bool                   // it is one end of a tie trunk: it says what the other hears
	far   pbx.LegID              // the other end; 0 while that is not known
	from  map[pbx.LegID]bool     // whom it hears, be it through tie trunks
	plays map[pbx.LegID]pbx.Play // what it hears played to the far ends of tie trunks
	spec  string                 // what an outside party says
	says  clip                   // the same, to be heard
	since time.Time              // when it began to speak; zero while nobody has listened
	play  pbx.Play

	mu      sync.Mutex // guards all below; the stream's goroutines take it too
	ears    *rtpmedia.Mixer
	ear     *rtpmedia.Port        // its own place in ears
	mouths  map[pbx.LegID]mouth   // where it speaks, by who hears it
	voices  map[pbx.LegID]*player // outside parties that it hears
	playing *player               // what the switch plays to it
	echo    *rtpmedia.Ring        // while it hears itself
	heard   uint64                // audible frames that an outside party got
	loudest float64               // of those, in dBFS
	sum     []int32               // room for a frame
	frame   []int16
}

// audible is the level in dBFS above which a frame is more than a line's noise.
const audible = -50

// mouth is where a terminal's voice goes: into the ears of another party. One without a
// stream measures it, and hears it if it is being recorded.
type mouth struct {
	listener *leg
	port     *rtpmedia.Port
}

func newLeg(id pbx.LegID) *leg {
	l := &leg{
		id: id, from: make(map[pbx.LegID]bool), plays: make(map[pbx.LegID]pbx.Play),
		ears:   rtpmedia.NewMixer(),
		mouths: make(map[pbx.LegID]mouth), voices: make(map[pbx.LegID]*player),
		loudest: rtpmedia.SilenceLevel,
	}
	l.ear = l.ears.Join()
	return l
}

// ReadFrame is what the leg hears, at the rate of its codec.
func (l *leg) ReadFrame(pcm []int16) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(pcm) > cap(l.sum) {
		l.sum, l.frame = make([]int32, len(pcm)), make([]int16, len(pcm))
	}
	sum := l.sum[:len(pcm)]
	clear(sum)
	l.addFrom(sum, l.ear)
	if l.echo != nil {
		l.addFrom(sum, l.echo)
	}
	for _, voice := range l.voices {
		voice.add(sum)
	}
	l.playing.add(sum)
	for i, v := range sum {
		pcm[i] = int16(min(max(v, -32768), 32767))
	}
	return nil
}

// addFrom adds a frame of a source that neither ends nor fails.
func (l *leg) addFrom(sum []int32, src rtpmedia.Source) {
	_ = src.ReadFrame(l.frame[:len(sum)])
	for i, v := range l.frame[:len(sum)] {
		sum[i] += int32(v)
	}
}

// WriteFrame is what the leg says.
func (l *leg) WriteFrame(pcm []int16) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	level, measured := 0.0, false // it is needed by outside parties alone
	for _, m := range l.mouths {
		_ = m.port.WriteFrame(pcm) // it has no way to fail
		if m.listener.session != nil {
			continue
		}
		if !measured {
			level, measured = rtpmedia.Level(pcm), true
		}
		m.listener.listen(level)
	}
	if l.echo != nil {
		_ = l.echo.WriteFrame(pcm) // it has no way to fail
	}
	return nil
}

// listen is how loud a frame is that an outside party hears.
func (l *leg) listen(level float64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.loudest = max(l.loudest, level)
	if level > audible {
		l.heard++
	}
}

// speakTo lets the listener hear this leg, a terminal, from now on.
func (l *leg) speakTo(listener *leg) {
	m := mouth{listener, listener.ears.Join()}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mouths[listener.id] = m
}

// speakNoMoreTo ends speakTo.
func (l *leg) speakNoMoreTo(listener *leg) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if m, speaks := l.mouths[listener.id]; speaks {
		m.port.Leave()
	}
	delete(l.mouths, listener.id)
}

// hearVoice lets the leg hear an outside party, nil for no more.
func (l *leg) hearVoice(from pbx.LegID, p *player) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p == nil {
		delete(l.voices, from)
		return
	}
	l.voices[from] = p
}

// hearPlay lets the leg hear what the switch plays; nil and false are nothing.
func (l *leg) hearPlay(p *player, echo bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.playing, l.echo = p, nil
	if echo {
		l.echo = rtpmedia.Echo()
	}
}
