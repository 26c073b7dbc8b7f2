package audio

import (
	"cmp"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

//go:embed speech/*.wav
var speech embed.FS

// maxClip bounds what is read from a file.
const maxClip = 10 * time.Minute

// errNoDir refuses sound files where no directory was given to take them from.
var errNoDir = errors.New("it is none of the mock's own (" +
	"welcome, menu, closed, customer-order, customer-invoice, customer-address), and " +
	"there is no directory for other files: that of a lab file is one")

// bank finds sounds by name and keeps them.
type bank struct {
	dir string // of sound files; "" is none

	mu    sync.Mutex
	clips map[string]clip
}

func newBank(dir string) *bank { return &bank{dir: dir, clips: make(map[string]clip)} }

// find returns the sound of a specification: wav:NAME, tone:HZ[@DBFS], dtmf:DIGITS,
// silence, or one of the switch's own. again repeats speech for ever.
func (b *bank) find(spec string, again bool) (clip, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, ok := b.clips[spec]
	if !ok {
		var err error
		if c, err = b.load(spec); err != nil {
			return clip{}, fmt.Errorf("audio: sound %.60q: %w", spec, err)
		}
		c = c.widened()
		b.clips[spec] = c
	}
	c.loop = c.loop || again
	return c, nil
}

func (b *bank) load(spec string) (clip, error) {
	kind, rest, _ := strings.Cut(spec, ":")
	switch kind {
	case "wav":
		return b.loadWAV(rest)
	case "tone":
		return loadTone(rest)
	case "dtmf":
		src, err := rtpmedia.DTMF(rest)
		if err != nil {
			return clip{}, err
		}
		pcm, err := readAll(src, rtpmedia.FrameSamples)
		return clip{pcm: pcm}, err
	case string(pbx.Silence), "":
		return clip{}, nil
	}
	return loadSignal(pbx.Sound(spec))
}

// loadSignal makes the sounds of the switch itself: those that repeat for one period.
func loadSignal(name pbx.Sound) (clip, error) {
	sources := map[pbx.Sound]struct {
		src    rtpmedia.Source
		period time.Duration
	}{
		pbx.DialTone: {rtpmedia.DialTone(), time.Second},
		pbx.Ringback: {rtpmedia.Ringback(), 6 * time.Second},
		pbx.BusyTone: {rtpmedia.Busy(), time.Second},
		pbx.Reorder:  {rtpmedia.Reorder(), time.Second / 2},
	}
	if s, ok := sources[name]; ok {
		pcm, err := record(s.src, s.period)
		return clip{pcm: pcm, loop: true}, err
	}
	if s, ok := signals[csta.TelephonyTone(name)]; ok {
		return s.clip(), nil
	}
	switch name {
	case pbx.Music, pbx.Sound(csta.ToneHold):
		return clip{pcm: music(), loop: true}, nil
	}
	return clip{}, errors.New("there is no such sound")
}

// milliwatt is 0 dBm0 in dBFS: a full-scale sine in µ-law is 3.17 dBm0 (G.711).
const milliwatt = -3.17

// loadTone makes a second of a tone, which is a whole number of its periods.
func loadTone(spec string) (clip, error) {
	hz, level, found := strings.Cut(spec, "@")
	freq, err := strconv.Atoi(hz)
	if err != nil || freq < 1 || freq >= rtpmedia.SampleRate/2 {
		return clip{}, errors.New("a tone has a whole number of hertz below 4000")
	}
	dBFS := float64(milliwatt)
	if found {
		if dBFS, err = strconv.ParseFloat(level, 64); err != nil || !(dBFS <= 0) {
			return clip{}, errors.New("a level is dBFS, at most 0")
		}
	}
	pcm, err := record(rtpmedia.Tone(float64(freq), dBFS), time.Second)
	return clip{pcm: pcm, loop: true}, err
}

// loadWAV finds speech that is part of the package, or a file.
func (b *bank) loadWAV(name string) (clip, error) {
	if data, err := speech.ReadFile("speech/" + name + ".wav"); err == nil {
		pcm, err := samplesOf(data)
		return clip{pcm: pcm}, err
	}
	if b.dir == "" {
		return clip{}, errNoDir
	}
	if !filepath.IsLocal(name) {
		return clip{}, errors.New("the file is outside of the directory for sound files")
	}
	path := filepath.Join(b.dir, name)
	pcm, rate, err := readFile(path, rtpmedia.FrameSamples)
	c := clip{pcm: pcm}
	if err == nil && rate > rtpmedia.SampleRate {
		var wide []int16
		wide, _, err = readFile(path, rtpmedia.WideSamples)
		c.wide = &wider{make: func() []int16 { return wide }}
	}
	return c, err
}

// readFile reads a sound file in frames of so many samples, and tells its own rate.
func readFile(path string, frame int) (pcm []int16, rate int, err error) {
	src, err := rtpmedia.OpenWAV(path)
	if err != nil {
		return nil, 0, err
	}
	pcm, err = readAll(src, frame)
	return pcm, src.Rate(), cmp.Or(err, src.Close())
}

// readAll reads a source that ends, in frames of so many samples.
func readAll(src rtpmedia.Source, samples int) ([]int16, error) {
	var pcm []int16
	frame := make([]int16, samples)
	for len(pcm) < int(maxClip/rtpmedia.FrameDuration)*samples {
		switch err := src.ReadFrame(frame); {
		case err == io.EOF:
			return pcm, nil
		case err != nil:
			return pcm, err
		}
		pcm = append(pcm, frame...)
	}
	return pcm, fmt.Errorf("longer than %v", maxClip)
}

// samplesOf returns the samples of a WAVE file of 8 kHz, 16 bits and one channel, as
// those of the package are.
func samplesOf(data []byte) ([]int16, error) {
	const header = 12 // RIFF, size, WAVE
	for rest := data[min(header, len(data)):]; len(rest) >= 8; {
		size := int(binary.LittleEndian.Uint32(rest[4:]))
		body := rest[8:]
		if size > len(body) {
			break
		}
		if string(rest[:4]) == "data" {
			pcm := make([]int16, size/2)
			for i := range pcm {
				pcm[i] = int16(binary.LittleEndian.Uint16(body[2*i:]))
			}
			return pcm, nil
		}
		rest = body[min(size+size%2, len(body)):]
	}
	return nil, os.ErrInvalid
}

// CheckSounds tells which sound of a lab there is not, as a [*pbx.LabError], nil if there are
// all. Files are looked for in dir, see [Options].
func CheckSounds(lab pbx.Lab, dir string) error {
	b := newBank(dir)
	for i, a := range lab.Announcements {
		if a.Sound == pbx.Echo {
			continue // what the listener says
		}
		if _, err := b.find(string(a.Sound), false); err != nil {
			return &pbx.LabError{
				Path:  fmt.Sprintf("Announcements[%d].Sound", i),
				Entry: "announcement " + a.Extension, Err: err,
			}
		}
	}
	for i, o := range lab.Outside {
		if _, err := b.find(o.Says, false); err != nil {
			return &pbx.LabError{
				Path:  fmt.Sprintf("Outside[%d].Says", i),
				Entry: "outside number " + o.Number, Err: err,
			}
		}
	}
	return nil
}

// CheckSound says what is wrong with a sound, as [CheckSounds] does.
func CheckSound(name, dir string) error {
	_, err := newBank(dir).find(name, false)
	return err
}

// SetLengths makes the announcements of a lab as long as the files that they play, which
// are of this package or in dir.
func SetLengths(lab *pbx.Lab, dir string) {
	b := newBank(dir)
	announcements := append([]pbx.Announcement(nil), lab.Announcements...)
	for i, a := range announcements {
		if !strings.HasPrefix(string(a.Sound), "wav:") {
			continue
		}
		if c, err := b.find(string(a.Sound), false); err == nil {
			announcements[i].Length = c.length()
		}
	}
	lab.Announcements = announcements
}

// level is an amplitude in the range of samples for dBFS.
func level(dBFS float64) float64 { return 32767 * math.Pow(10, dBFS/20) }
