package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// streamFlags say how the audio travels, and what is kept of it.
type streamFlags struct {
	codecs, encryption     []string
	plainRTCP, latch       bool
	ports, record, capture string
	jitter                 time.Duration
}

func (s *streamFlags) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&s.codecs, "codecs", nil,
		"to offer, the preferred first: g711U, g711A, g722; with --capture also g729, g729A, "+
			"g723, which are not heard (default g711U,g711A)")
	f.StringSliceVar(&s.encryption, "encryption", nil,
		"of the audio, the preferred first: srtp-aescm128-hmac80, none (default none)")
	f.BoolVar(&s.plainRTCP, "plain-rtcp", false,
		"with --encryption: RTCP stays in the clear, as with many H.323 systems")
	f.BoolVar(&s.latch, "latch", false,
		"send audio to where it comes from, not to where the switch says (gateways behind NAT)")
	f.StringVar(&s.ports, "rtp-ports", "",
		"range of UDP ports for the audio, such as 16384-16483 (default: any)")
	f.DurationVar(&s.jitter, "jitter", 0,
		"how long audio is held before it is heard, at least (default 40ms)")
	f.StringVar(&s.record, "record", "",
		"WAV to record both sides to: this one on the left, the far one on the right; at 16 kHz "+
			"if --codecs has g722")
	f.StringVar(&s.capture, "capture", "",
		"file for the packets of the audio, for Wireshark (pcap)")
}

// check finds what is wrong with the flags before anything is opened.
func (s *streamFlags) check() error {
	for _, name := range s.codecs {
		_, err := rtpmedia.CodecByName(name)
		switch {
		case err == nil:
		case !rtpmedia.CanCapture(name):
			return usagef("--codecs %q: want g711U, g711A, g722, l16, or with --capture g729, "+
				"g729A, g723", name)
		case s.capture == "":
			return usagef("--codecs %s: it cannot be heard here; with --capture FILE its packets "+
				"are kept", name)
		}
	}
	for _, name := range s.encryption {
		if err := rtpmedia.CheckEncryption(name); err != nil {
			return usagef("--encryption: %v", err)
		}
	}
	if s.jitter < 0 || s.jitter > time.Second {
		return usagef("--jitter %v: want 0 to 1s", s.jitter)
	}
	_, _, err := s.portRange()
	return err
}

// portRange reads --rtp-ports; 0 and 0 are any.
func (s *streamFlags) portRange() (low, high uint16, err error) {
	if s.ports == "" {
		return 0, 0, nil
	}
	first, last, _ := strings.Cut(s.ports, "-")
	a, errA := strconv.ParseUint(first, 10, 16)
	b, errB := strconv.ParseUint(last, 10, 16)
	if errA != nil || errB != nil || a == 0 || b < a+a%2+1 {
		return 0, 0, usagef("--rtp-ports %q: want two ports such as 16384-16483, with room for an "+
			"even one and the next", s.ports)
	}
	return uint16(a), uint16(b), nil
}

// open opens the files and completes the phone's options. What it returns is to be closed
// when the phone is.
func (s *streamFlags) open(o *phone.Options) (closers []io.Closer, err error) {
	o.Codecs, o.Encryption, o.PlainRTCP = s.codecs, s.encryption, s.plainRTCP
	o.JitterDelay, o.Latch = s.jitter, s.latch
	o.PortMin, o.PortMax, err = s.portRange()
	if err != nil {
		return nil, err
	}
	if s.record != "" {
		if err := spare(s.record, "WAV", isWAV); err != nil {
			return nil, usagef("--record: %w", err)
		}
		if o.Recorder, err = rtpmedia.CreateRecording(s.record); err != nil {
			return nil, audioError(fmt.Errorf("--record: %w", err))
		}
		closers = append(closers, o.Recorder)
	}
	if s.capture != "" {
		if err := spare(s.capture, "capture", isCapture); err != nil {
			return closers, usagef("--capture: %w", err)
		}
		file, err := createCapture(s.capture)
		if err != nil {
			return closers, audioError(fmt.Errorf("--capture: %w", err))
		}
		o.Capture = file.capture
		closers = append(closers, file)
	}
	return closers, nil
}

// captureFile is a capture on its way to a file.
type captureFile struct {
	capture *rtpmedia.Capture
	buffer  *bufio.Writer
	file    *os.File
}

// createCapture makes a file that only its owner reads: calls are private.
func createCapture(path string) (*captureFile, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	c := &captureFile{buffer: bufio.NewWriter(file), file: file}
	if c.capture, err = rtpmedia.NewCapture(c.buffer); err != nil {
		_ = file.Close() // the first error is the one to tell
		return nil, err
	}
	return c, nil
}

// Close completes the file. The error is the first that writing met.
func (c *captureFile) Close() error {
	if err := errors.Join(c.capture.Err(), c.buffer.Flush(), c.file.Close()); err != nil {
		return fmt.Errorf("capture %s: %w", c.file.Name(), err)
	}
	return nil
}
