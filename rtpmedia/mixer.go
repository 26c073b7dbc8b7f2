package rtpmedia

import (
	"slices"
	"sync"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/resample"
)

// Mixer lets any number of parties hear each other: everyone hears all but
// himself. It has no clock; each [Port] is read and written at the pace of the
// session that it is attached to, and at its rate. What parties of another rate say
// is summed before it is converted, once for each listener, and comes 3 ms later.
type Mixer struct {
	mu    sync.Mutex
	ports []*Port

	sum, foreign [WideSamples]int32 // of who is listening now
	frames       [2][WideSamples]int16
}

// NewMixer returns a mixer that nobody has joined.
func NewMixer() *Mixer { return new(Mixer) }

// Port is the place of one party: a [Sink] for what it says, a [Source] of
// what it hears.
type Port struct {
	mixer   *Mixer
	said    track
	cursors map[*Port]*cursor // of this listener, one for each other party
	bridge  *resample.Bridge  // from the other rate; nil while nobody spoke in it
}

// Join adds a party.
func (m *Mixer) Join() *Port {
	p := &Port{mixer: m, cursors: make(map[*Port]*cursor)}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, other := range m.ports {
		other.cursors[p] = &cursor{}
		p.cursors[other] = &cursor{next: other.said.written}
	}
	m.ports = append(m.ports, p)
	return p
}

// Leave takes the party out. Its port is silent from then on, both ways.
func (p *Port) Leave() {
	m := p.mixer
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ports = slices.DeleteFunc(m.ports, func(o *Port) bool { return o == p })
	for _, other := range m.ports {
		delete(other.cursors, p)
	}
	clear(p.cursors)
}

// WriteFrame takes what the party says.
func (p *Port) WriteFrame(pcm []int16) error {
	p.mixer.mu.Lock()
	defer p.mixer.mu.Unlock()
	p.said.write(pcm)
	return nil
}

// ReadFrame gives what all the others say, summed and clipped.
func (p *Port) ReadFrame(pcm []int16) error {
	m := p.mixer
	m.mu.Lock()
	defer m.mu.Unlock()
	n := min(len(pcm), samplesAt(RateOf(pcm)))
	sum := m.sum[:n]
	clear(sum)
	foreign := false
	for _, other := range m.ports {
		c := p.cursors[other]
		if c == nil {
			continue // itself
		}
		switch frame := c.read(&other.said); {
		case frame == nil:
		case RateOf(frame) == RateOf(pcm):
			add(sum, frame)
		default:
			if !foreign {
				clear(m.foreign[:])
			}
			foreign = true
			add(m.foreign[:], frame)
		}
	}
	if foreign || p.bridge != nil {
		p.translate(sum, RateOf(pcm), foreign)
	}
	clip(pcm, sum)
	clear(pcm[n:])
	return nil
}

// translate adds what was said at the other rate, if anything was, to a sum of the
// given one.
func (p *Port) translate(sum []int32, to int, foreign bool) {
	m := p.mixer
	if p.bridge == nil {
		p.bridge = new(resample.Bridge)
	}
	from := SampleRate + WideRate - to
	said, heard := m.frames[0][:samplesAt(from)], m.frames[1][:samplesAt(to)]
	clear(said)
	if foreign {
		clip(said, m.foreign[:len(said)])
	}
	p.bridge.Convert(heard, to, said, from)
	add(sum, heard)
}

// add adds as much of a frame as there is room for.
func add(sum []int32, frame []int16) {
	for i, v := range frame[:min(len(frame), len(sum))] {
		sum[i] += int32(v)
	}
}

// clip makes samples of a sum.
func clip(pcm []int16, sum []int32) {
	for i, v := range sum {
		pcm[i] = int16(min(max(v, -32768), 32767))
	}
}

// ringFrames is how many frames a ring keeps at most, primeFrames how many
// must be there before the first is given out: two sessions tick at the same
// pace but not at the same moment, and either may be a little late.
const (
	ringFrames  = 16
	primeFrames = 2
)

// track is a short memory of frames with one writer. Each reader has a cursor
// of its own.
type track struct {
	frames  [ringFrames][]int16 // of whole frames
	written uint64              // frames so far
}

func (t *track) write(pcm []int16) {
	slot := &t.frames[t.written%ringFrames]
	if n := samplesAt(RateOf(pcm)); len(*slot) != n {
		*slot = make([]int16, n)
	}
	clear((*slot)[copy(*slot, pcm):])
	t.written++
}

// cursor is the place of one reader in a track.
type cursor struct {
	next    uint64
	running bool
}

// read returns the next frame, or nil when there is none yet. A reader that
// fell behind goes on where the writer is.
func (c *cursor) read(t *track) []int16 {
	held := t.written - c.next
	if held > ringFrames-primeFrames || !c.running && held > primeFrames {
		c.next = t.written - primeFrames
		held = primeFrames
	}
	if !c.running && held < primeFrames || held == 0 {
		c.running = false
		return nil
	}
	c.running = true
	frame := t.frames[c.next%ringFrames]
	c.next++
	return frame
}

// nothing is a silent frame.
var nothing [WideSamples]int16

// Ring is a sink whose frames come out of it as a source, a moment later.
type Ring struct {
	mu     sync.Mutex
	track  track
	cursor cursor
	bridge *resample.Bridge // nil while frames are wanted at the rate they came at
}

// Echo is a ring: as source and sink of one session it lets the far side hear
// itself.
func Echo() *Ring { return new(Ring) }

// WriteFrame keeps pcm until it is read. When nobody reads, the oldest frames
// are forgotten.
func (r *Ring) WriteFrame(pcm []int16) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.track.write(pcm)
	return nil
}

// ReadFrame gives the oldest frame, or silence while there is none.
func (r *Ring) ReadFrame(pcm []int16) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	frame := r.cursor.read(&r.track)
	to := RateOf(pcm)
	if r.bridge == nil && (frame == nil || RateOf(frame) == to) {
		clear(pcm[copy(pcm, frame):])
		return nil
	}
	if r.bridge == nil {
		r.bridge = new(resample.Bridge)
	}
	if frame == nil {
		frame = nothing[:samplesAt(to)]
	}
	r.bridge.Convert(pcm[:min(len(pcm), samplesAt(to))], to, frame, RateOf(frame))
	return nil
}
