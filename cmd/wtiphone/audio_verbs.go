package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// newAudio tests devices and recordings without a call.
func newAudio() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "audio",
		Short: "Test a headset, or look into a recording, without a call",
		Example: "wtiphone audio check               # is there a microphone and a loudspeaker\n" +
			"wtiphone audio echo                # hear yourself a second later\n" +
			"wtiphone audio analyze heard.wav   # what a test would say of it",
		Args: noCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newAudioDevices(), newAudioPlay(), newAudioRecord(), newAudioEcho(),
		newAudioCheck(), newAudioAnalyze())
	return cmd
}

// Help for the two ends of audio, and where they are if nothing else is said.
const (
	micHelp = "where sound comes from: wav:FILE, tone:HZ[@DBFS], dtmf:DIGITS, loop:wav:FILE, " +
		"silence, pulse[:DEVICE]"
	speakerHelp = "where sound goes to: wav:FILE, null, pulse[:DEVICE]"
	usualDevice = "pulse"
)

// checkFor refuses a time that cannot pass.
func checkFor(limit time.Duration) error {
	if limit < 0 {
		return usagef("--for %v: want a time that is not negative", limit)
	}
	return nil
}

// pump moves frames in real time until the source ends, the time is up or ctx is
// done, which are all good ends. Zero is no limit. Frames are those of a wideband call,
// as devices have them.
func pump(ctx context.Context, from rtpmedia.Source, to rtpmedia.Sink, limit time.Duration) error {
	frames := int((limit + rtpmedia.FrameDuration - 1) / rtpmedia.FrameDuration)
	ticker := time.NewTicker(rtpmedia.FrameDuration)
	defer ticker.Stop()
	pcm := make([]int16, rtpmedia.WideSamples)
	started, done := time.Now(), 0
	for limit == 0 || done < frames {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		// A tick may be lost on a busy machine; the count makes up for it.
		for owed := int(time.Since(started)/rtpmedia.FrameDuration) - done; owed > 0; owed-- {
			if limit != 0 && done == frames {
				break
			}
			err := from.ReadFrame(pcm)
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err == nil {
				err = to.WriteFrame(pcm)
			}
			if err != nil {
				return audioError(err)
			}
			done++
		}
	}
	return nil
}

// sound opens a file by its name, or what a specification asks for.
func sound(spec string) string {
	if _, err := os.Stat(spec); err == nil {
		return "wav:" + spec
	}
	if strings.HasSuffix(strings.ToLower(spec), ".wav") && !strings.Contains(spec, ":") {
		return "wav:" + spec // to be refused by its name
	}
	return spec
}

// settle waits until a loudspeaker plays: what is written before is not heard.
func settle(ctx context.Context, sink rtpmedia.Sink) error {
	starting, ok := sink.(interface{ Ready() <-chan struct{} })
	if !ok {
		return nil
	}
	select {
	case <-starting.Ready():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(deviceStart):
		return audioError(errors.New("the loudspeaker does not start"))
	}
}

const deviceStart = 5 * time.Second

// drain lets a device play what it holds.
func drain(ctx context.Context, sink rtpmedia.Sink) error {
	return pump(ctx, rtpmedia.Silence(), sink, 300*time.Millisecond)
}

// closing closes d and keeps the first error.
func closing(d *devices, err *error) {
	if e := d.Close(); *err == nil {
		*err = e
	}
}
