package rtpmedia

import "sync"

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
