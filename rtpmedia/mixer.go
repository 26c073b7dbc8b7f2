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
