package rtpmedia

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// defaultToneLevel is that of a tone for which none was asked, in dBFS.
const defaultToneLevel = -10

// ErrSpec is what is wrapped by an error about the text that names a source or a sink,
// and not about what it names.
var ErrSpec = errors.New("rtpmedia: no such source or sink")

// ParseSource makes the source that spec asks for:
//
//	wav:FILE          a sound file, once
//	tone:HZ[@DBFS]    a sine, at -10 dBFS if nothing else is said
//	dtmf:DIGITS       digits as tones, once
//	loop:SPEC         wav:FILE or dtmf:DIGITS, again and again
//	silence
//	pulse[:DEVICE]    a microphone of PulseAudio or PipeWire
//
// The closer is nil where there is nothing to close.
func ParseSource(spec string) (Source, io.Closer, error) {
	kind, rest, _ := strings.Cut(spec, ":")
	var src Source
	var closer io.Closer
	var err error
	switch kind {
	case "wav":
		var w *WAVReader
		if w, err = OpenWAV(rest); err == nil {
			src, closer = w, w
		}
	case "tone":
		src, err = parseTone(rest)
	case "dtmf":
		if src, err = DTMF(rest); err != nil {
			err = fmt.Errorf("%w: %w", ErrSpec, err)
		}
	case "loop":
		return parseLoop(rest)
	case "silence":
		src = Silence()
	case "pulse":
		var m *Microphone
		if m, err = OpenMicrophone(PulseOptions{Device: rest}); err == nil {
			src, closer = m, m
		}
	default:
		err = fmt.Errorf("%w: %q is none of wav:FILE, tone:HZ[@DBFS], "+
			"dtmf:DIGITS, loop:SPEC, silence, pulse[:DEVICE]", ErrSpec, spec)
	}
	if err != nil {
		return nil, nil, err
	}
	return src, closer, nil
}

// parseLoop repeats what ends. It is opened once to tell at once what is wrong with it.
func parseLoop(spec string) (Source, io.Closer, error) {
	if kind, _, _ := strings.Cut(spec, ":"); kind != "wav" && kind != "dtmf" {
		return nil, nil, fmt.Errorf("%w: loop:%s: want loop:wav:FILE or loop:dtmf:DIGITS; "+
			"others do not end", ErrSpec, spec)
	}
	_, closer, err := ParseSource(spec)
	if err != nil {
		return nil, nil, err
	}
	if closer != nil {
		_ = closer.Close() // nothing was read yet
	}
	again := &loop{open: func() (Source, error) {
		next, _, err := ParseSource(spec) // the loop closes what it opens
		return next, err
	}}
	return again, again, nil
}

// ParseSink makes the sink that spec asks for:
//
//	wav:FILE          a sound file, which is overwritten
//	null
//	pulse[:DEVICE]    a loudspeaker of PulseAudio or PipeWire
//
// The closer is nil where there is nothing to close.
func ParseSink(spec string) (Sink, io.Closer, error) {
	kind, rest, _ := strings.Cut(spec, ":")
	var sink Sink
	var closer io.Closer
	var err error
	switch kind {
	case "wav":
		var w *WAVWriter
		if w, err = CreateWAV(rest); err == nil {
			sink, closer = w, w
		}
	case "null":
		sink = Discard()
	case "pulse":
		var l *Loudspeaker
		if l, err = OpenLoudspeaker(PulseOptions{Device: rest}); err == nil {
			sink, closer = l, l
		}
	default:
		err = fmt.Errorf("%w: %q is none of wav:FILE, null, pulse[:DEVICE]", ErrSpec, spec)
	}
	if err != nil {
		return nil, nil, err
	}
	return sink, closer, nil
}

// parseTone reads HZ[@DBFS].
func parseTone(s string) (Source, error) {
	hz, level, hasLevel := strings.Cut(s, "@")
	freq, err := strconv.ParseFloat(hz, 64)
	if err != nil || !(freq > 0 && freq < SampleRate/2) {
		return nil, fmt.Errorf("%w: tone of %q is not between 0 and 4000 Hz", ErrSpec, hz)
	}
	dBFS := float64(defaultToneLevel)
	if hasLevel {
		dBFS, err = strconv.ParseFloat(level, 64)
		if err != nil || !(dBFS <= 0 && dBFS >= SilenceLevel) {
			return nil, fmt.Errorf("%w: level of %q is not -96 to 0 dBFS", ErrSpec, level)
		}
	}
	return Tone(freq, dBFS), nil
}
