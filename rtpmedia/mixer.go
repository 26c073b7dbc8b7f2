package rtpmedia

import (
	"slices"
	"sync"
)

// Mixer lets any number of parties hear each other: everyone hears all but
// himself. It has no clock; each [Port] is read and written at the pace of the
// session that it is attached to.
type Mixer struct {
	mu    sync.Mutex
	ports []*Port
}

// NewMixer returns a mixer that nobody has joined.
func NewMixer() *Mixer { return new(Mixer) }

// Port is the place of one party: a [Sink] for what it says, a [Source] of
// what it hears.
type Port struct {
	mixer   *Mixer
	said    track
	cursors map[*Port]*cursor // of this listener, one for each other party
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
	p.mixer.mu.Lock()
	defer p.mixer.mu.Unlock()
	var sum [FrameSamples]int32
	for _, other := range p.mixer.ports {
		c := p.cursors[other]
		if c == nil {
			continue // itself
		}
		if frame := c.read(&other.said); frame != nil {
			for i, v := range frame {
				sum[i] += int32(v)
			}
		}
	}
	n := min(len(pcm), FrameSamples)
	for i := range n {
		pcm[i] = int16(min(max(sum[i], -32768), 32767))
	}
	clear(pcm[n:])
	return nil
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
	frames  [ringFrames][FrameSamples]int16
	written uint64 // frames so far
}

func (t *track) write(pcm []int16) {
	slot := &t.frames[t.written%ringFrames]
	clear(slot[copy(slot[:], pcm):])
	t.written++
}

// cursor is the place of one reader in a track.
type cursor struct {
	next    uint64
	running bool
}

// read returns the next frame, or nil when there is none yet. A reader that
// fell behind goes on where the writer is.
func (c *cursor) read(t *track) *[FrameSamples]int16 {
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
	frame := &t.frames[c.next%ringFrames]
	c.next++
	return frame
}

// Ring is a sink whose frames come out of it as a source, a moment later.
type Ring struct {
	mu     sync.Mutex
	track  track
	cursor cursor
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
	if frame := r.cursor.read(&r.track); frame != nil {
		clear(pcm[copy(pcm, frame[:]):])
		return nil
	}
	clear(pcm)
	return nil
}
