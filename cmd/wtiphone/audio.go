package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/gain"
)

// audioFlags say where a call's audio comes from and goes to.
type audioFlags struct {
	mic, speaker, address string
	agc                   bool

	argument string // the flag, mic or speaker, in whose place an argument stands
}

const agcHelp = "keep the microphone's speech at one level"

func (a *audioFlags) register(cmd *cobra.Command, mic, speaker string) {
	f := cmd.Flags()
	f.StringVar(&a.mic, "mic", mic,
		"what the far end hears: wav:FILE, tone:HZ[@DBFS], dtmf:DIGITS, loop:wav:FILE, "+
			"silence, pulse[:DEVICE]")
	f.StringVar(&a.speaker, "speaker", speaker,
		"where its audio goes: wav:FILE, null, pulse[:DEVICE]")
	f.BoolVar(&a.agc, "agc", false, agcHelp)
	f.StringVar(&a.address, "rtp-address", "",
		"address of this host that the media gateways reach (default: the one towards AES)")
}

// devices are an opened source and sink; close flushes what was recorded.
type devices struct {
	source rtpmedia.Source
	sink   rtpmedia.Sink
	close  []io.Closer
}

// open opens both. It happens before any call: a sound server may take seconds.
func (a *audioFlags) open() (*devices, error) {
	d := &devices{}
	source, closer, err := rtpmedia.ParseSource(a.mic)
	if err != nil {
		return nil, a.specError("mic", err)
	}
	d.source = source
	if a.agc {
		d.source = gain.Control(source, gain.Options{})
	}
	d.add(closer)
	if path, ok := strings.CutPrefix(a.speaker, "wav:"); ok {
		if err := spare(path, "WAV", isWAV); err != nil {
			return nil, errors.Join(a.named("speaker", usage(err)), d.Close())
		}
	}
	sink, closer, err := rtpmedia.ParseSink(a.speaker)
	if err != nil {
		return nil, errors.Join(a.specError("speaker", err), d.Close())
	}
	d.sink = sink
	d.add(closer)
	return d, nil
}

// specError is wrong usage if a flag's text makes no sense, and an audio failure if
// what it names cannot be opened.
func (a *audioFlags) specError(flag string, err error) error {
	err = a.named(flag, err)
	if errors.Is(err, rtpmedia.ErrSpec) {
		return usage(err)
	}
	return audioError(err)
}

// named puts the flag before an error, if it was one that was given.
func (a *audioFlags) named(flag string, err error) error {
	if flag == a.argument {
		return err
	}
	return fmt.Errorf("--%s: %w", flag, err)
}

func (d *devices) add(closers ...io.Closer) {
	for _, c := range closers {
		if c != nil {
			d.close = append(d.close, c)
		}
	}
}

// Close closes both and forgets them, so that it may be called twice.
func (d *devices) Close() error {
	var all []error
	for _, c := range d.close {
		all = append(all, c.Close())
	}
	d.close = nil
	if err := errors.Join(all...); err != nil {
		return audioError(err)
	}
	return nil
}

// locate finds the address to be told to the switch, unless a flag has it: the one towards
// an AES that has been reached.
func (a *audioFlags) locate(o *phone.Options, aes string, mode csta.MediaMode) (err error) {
	if mode != "" && a.address == "" {
		o.Address, err = phone.LocalAddress(hostOf(aes))
	}
	return err
}
