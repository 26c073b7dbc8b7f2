package rtpmedia

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jfreymuth/pulse"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/elastic"
	"github.com/wtiphone/wtiphone/rtpmedia/internal/resample"
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
// begin. It runs at [WideRate], as it is open before anyone knows what a call will
// have; narrowband frames are converted.
type Loudspeaker struct {
	client *pulse.Client
	stream *pulse.PlaybackStream
	mu     sync.Mutex
	tuned  tuned
	ring   elastic.Ring
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
		pulse.PlaybackMono, pulse.PlaybackSampleRate(WideRate),
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
	l := &Loudspeaker{
		client: client, tuned: tuned{rate: WideRate}, ready: make(chan struct{}),
	}
	l.stream, err = client.NewPlayback(pulse.Int16Reader(l.ring.Fill), options...)
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

// Ready is closed once the device plays; what is written before is left out.
func (l *Loudspeaker) Ready() <-chan struct{} { return l.ready }

// WriteFrame hands pcm to the device. What it does not play in time is left
// out.
func (l *Loudspeaker) WriteFrame(pcm []int16) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ring.Put(l.tuned.frame(pcm))
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

// Microphone is a recording device of PulseAudio or PipeWire as a source. It runs at
// [WideRate], and is converted to narrowband frames.
type Microphone struct {
	client *pulse.Client
	stream *pulse.RecordStream
	mu     sync.Mutex
	bridge *resample.Bridge // nil while only wideband frames were read
	frame  [WideSamples]int16
	ring   elastic.Ring
}

// OpenMicrophone connects to the sound server and begins to listen. The error
// wraps [ErrNoSoundServer] when there is none.
func OpenMicrophone(o PulseOptions) (*Microphone, error) {
	client, err := connectPulse(o)
	if err != nil {
		return nil, fmt.Errorf("rtpmedia: OpenMicrophone: %w", err)
	}
	options := []pulse.RecordOption{
		pulse.RecordMono, pulse.RecordSampleRate(WideRate),
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
	m.stream, err = client.NewRecord(pulse.Int16Writer(m.ring.Take), options...)
	if err != nil {
		client.Close()
		return nil, fmt.Errorf("rtpmedia: OpenMicrophone: %w", err)
	}
	m.stream.Start()
	return m, nil
}

// ReadFrame gives what was heard, or silence while nothing has come.
func (m *Microphone) ReadFrame(pcm []int16) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	rate := RateOf(pcm)
	if m.bridge == nil && rate == WideRate {
		m.ring.Get(pcm)
		return nil
	}
	if m.bridge == nil {
		m.bridge = new(resample.Bridge)
	}
	m.ring.Get(m.frame[:])
	m.bridge.Convert(pcm[:min(len(pcm), samplesAt(rate))], rate, m.frame[:], WideRate)
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

// Device is one that a sound server offers.
type Device struct {
	ID      string // for [PulseOptions.Device]
	Name    string // for people
	Capture bool   // a microphone, or what a loudspeaker plays; else a loudspeaker
	Default bool
}

// Devices lists what the sound server at the address offers, loudspeakers first;
// an empty address is the user's own server. The error wraps [ErrNoSoundServer]
// when there is none.
func Devices(server string) ([]Device, error) {
	client, err := connectPulse(PulseOptions{Server: server})
	if err != nil {
		return nil, fmt.Errorf("rtpmedia: Devices: %w", err)
	}
	defer client.Close()
	sinks, err := client.ListSinks()
	if err != nil {
		return nil, fmt.Errorf("rtpmedia: Devices: %w", err)
	}
	sources, err := client.ListSources()
	if err != nil {
		return nil, fmt.Errorf("rtpmedia: Devices: %w", err)
	}
	var all []Device
	usual, _ := client.DefaultSink() // a server may have devices and no default
	for _, s := range sinks {
		all = append(all, Device{s.ID(), s.Name(), false, usual != nil && usual.ID() == s.ID()})
	}
	heard, _ := client.DefaultSource()
	for _, s := range sources {
		all = append(all, Device{s.ID(), s.Name(), true, heard != nil && heard.ID() == s.ID()})
	}
	return all, nil
}
