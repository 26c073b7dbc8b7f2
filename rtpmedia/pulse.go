package rtpmedia

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jfreymuth/pulse"
)

// ErrNoSoundServer is wrapped when neither PulseAudio nor PipeWire answers.
var ErrNoSoundServer = errors.New("no sound server answers")

// deviceLatency is asked of the sound server, in seconds: the least that was
// measured to play without gaps.
const deviceLatency = 0.04

// PulseOptions configures a device. The zero value is the default one.
type PulseOptions struct {
	Device string // the server's name of it; empty is the default
	Server string // address of the server; empty is the user's own
}

// Loudspeaker is a playback device of PulseAudio or PipeWire as a sink. Open it
// when the program starts and leave it open: a device may need seconds to
// begin.
type Loudspeaker struct {
	client *pulse.Client
	stream *pulse.PlaybackStream
	ring   elastic
	ready  chan struct{} // closed when the device has started
}

// startPatience is how long Close waits for a device that does not start: a
// server that went away meanwhile says nothing.
const startPatience = 3 * time.Second

// OpenLoudspeaker connects to the sound server. The error wraps
// [ErrNoSoundServer] when there is none.
func OpenLoudspeaker(o PulseOptions) (*Loudspeaker, error) {
	client, err := connectPulse(o)
	if err != nil {
		return nil, fmt.Errorf("rtpmedia: OpenLoudspeaker: %w", err)
	}
	options := []pulse.PlaybackOption{
		pulse.PlaybackMono, pulse.PlaybackSampleRate(SampleRate),
		pulse.PlaybackLatency(deviceLatency), pulse.PlaybackMediaName("telephone"),
	}
	if o.Device != "" {
		device, err := client.SinkByID(o.Device)
		if err != nil {
			client.Close()
			return nil, fmt.Errorf("rtpmedia: OpenLoudspeaker: device %q: %w", o.Device, err)
		}
		options = append(options, pulse.PlaybackSink(device))
	}
	l := &Loudspeaker{client: client, ready: make(chan struct{})}
	l.stream, err = client.NewPlayback(pulse.Int16Reader(l.ring.fill), options...)
	if err != nil {
		client.Close()
		return nil, fmt.Errorf("rtpmedia: OpenLoudspeaker: %w", err)
	}
	go l.start() // Close waits for it, within bounds
	return l, nil
}

// start waits until the device plays.
func (l *Loudspeaker) start() {
	defer close(l.ready)
	l.stream.Start()
}

// WriteFrame hands pcm to the device. What it does not play in time is left
// out.
func (l *Loudspeaker) WriteFrame(pcm []int16) error {
	l.ring.put(pcm)
	return nil
}

// Close waits until the device has started, if it has not, and ends playing.
func (l *Loudspeaker) Close() error {
	select {
	case <-l.ready:
	case <-time.After(startPatience):
		l.client.Close()
		return fmt.Errorf("rtpmedia: Loudspeaker: the device did not start: %w", ErrNoSoundServer)
	}
	l.stream.Stop()
	l.stream.Close()
	l.client.Close()
	return nil
}

// Microphone is a recording device of PulseAudio or PipeWire as a source.
type Microphone struct {
	client *pulse.Client
	stream *pulse.RecordStream
	ring   elastic
}

// OpenMicrophone connects to the sound server and begins to listen. The error
// wraps [ErrNoSoundServer] when there is none.
func OpenMicrophone(o PulseOptions) (*Microphone, error) {
	client, err := connectPulse(o)
	if err != nil {
		return nil, fmt.Errorf("rtpmedia: OpenMicrophone: %w", err)
	}
	options := []pulse.RecordOption{
		pulse.RecordMono, pulse.RecordSampleRate(SampleRate),
		pulse.RecordLatency(deviceLatency), pulse.RecordMediaName("telephone"),
	}
	if o.Device != "" {
		device, err := client.SourceByID(o.Device)
		if err != nil {
			client.Close()
			return nil, fmt.Errorf("rtpmedia: OpenMicrophone: device %q: %w", o.Device, err)
		}
		options = append(options, pulse.RecordSource(device))
	}
	m := &Microphone{client: client}
	m.stream, err = client.NewRecord(pulse.Int16Writer(m.ring.take), options...)
	if err != nil {
		client.Close()
		return nil, fmt.Errorf("rtpmedia: OpenMicrophone: %w", err)
	}
	m.stream.Start()
	return m, nil
}

// ReadFrame gives what was heard, or silence while nothing has come.
func (m *Microphone) ReadFrame(pcm []int16) error {
	m.ring.get(pcm)
	return nil
}

// Close ends listening.
func (m *Microphone) Close() error {
	m.stream.Stop()
	m.stream.Close()
	m.client.Close()
	return nil
}

func connectPulse(o PulseOptions) (*pulse.Client, error) {
	options := []pulse.ClientOption{pulse.ClientApplicationName("wtiphone")}
	if o.Server != "" {
		options = append(options, pulse.ClientServerString(o.Server))
	}
	client, err := pulse.NewClient(options...)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoSoundServer, err)
	}
	return client, nil
}

// A device takes samples in blocks of its own size and at its own clock; an
// elastic ring lies between it and frames. These are its sizes in samples.
const (
	elasticSize  = 16 * FrameSamples
	elasticPrime = 2 * FrameSamples // to be there before the first is given out
	elasticMost  = 8 * FrameSamples // more than that is delay that nobody wants
)

// elastic holds samples between two clocks. The zero value is empty.
type elastic struct {
	mu     sync.Mutex
	buffer [elasticSize]int16
	next   int // place of the oldest
	held   int
	primed bool
}

// put adds pcm, and forgets the oldest when too much is held.
func (e *elastic) put(pcm []int16) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(pcm) > elasticMost {
		pcm = pcm[len(pcm)-elasticMost:]
	}
	for _, v := range pcm {
		e.buffer[(e.next+e.held)%elasticSize] = v
		e.held++
	}
	if over := e.held - elasticMost; over > 0 {
		e.next = (e.next + over + elasticPrime) % elasticSize
		e.held -= over + elasticPrime
	}
}

// get fills pcm, with silence where nothing is held.
func (e *elastic) get(pcm []int16) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.held >= elasticPrime {
		e.primed = true
	}
	n := 0
	if e.primed {
		n = min(len(pcm), e.held)
	}
	for i := range n {
		pcm[i] = e.buffer[(e.next+i)%elasticSize]
	}
	e.next = (e.next + n) % elasticSize
	e.held -= n
	if n < len(pcm) {
		e.primed = false
		clear(pcm[n:])
	}
}

// fill and take are get and put as the device library calls them.
func (e *elastic) fill(pcm []int16) (int, error) {
	e.get(pcm)
	return len(pcm), nil
}

func (e *elastic) take(pcm []int16) (int, error) {
	e.put(pcm)
	return len(pcm), nil
}
