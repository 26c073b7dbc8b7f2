package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// longestEcho bounds what is held.
const longestEcho = time.Minute

func newAudioEcho() *cobra.Command {
	var a audioFlags
	var limit, delay time.Duration
	cmd := &cobra.Command{
		Use:     "echo",
		Short:   "Hear yourself, a little later",
		Example: "wtiphone audio echo --delay 2s",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if delay < 0 || delay > longestEcho {
				return usagef("--delay %v is not between 0 and %v", delay, longestEcho)
			}
			return echo(cmd.Context(), &a, delay, limit, cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&a.mic, "mic", usualDevice, micHelp)
	cmd.Flags().StringVar(&a.speaker, "speaker", usualDevice, speakerHelp)
	cmd.Flags().BoolVar(&a.agc, "agc", false, agcHelp)
	cmd.Flags().DurationVar(&delay, "delay", time.Second, "how much later")
	cmd.Flags().DurationVar(&limit, "for", 0, "for how long (default: until Ctrl-C)")
	return cmd
}

func echo(ctx context.Context, a *audioFlags, delay, limit time.Duration, talk io.Writer,
) (err error) {
	if err := checkFor(limit); err != nil {
		return err
	}
	d, err := a.open()
	if err != nil {
		return err
	}
	defer closing(d, &err)
	if err := settle(ctx, d.sink); err != nil {
		return err
	}
	if limit == 0 {
		fmt.Fprintln(talk, "speak; Ctrl-C ends it")
	}
	return pump(ctx, later(d.source, delay), d.sink, limit)
}

// later is source after so much silence.
func later(source rtpmedia.Source, delay time.Duration) rtpmedia.Source {
	frames := int(delay / rtpmedia.FrameDuration)
	held := make([][rtpmedia.WideSamples]int16, max(frames, 1))
	return &delayed{source: source, held: held, left: len(held)}
}

// delayed keeps frames in a ring.
type delayed struct {
	source rtpmedia.Source
	held   [][rtpmedia.WideSamples]int16
	next   int
	left   int // frames to give after the source has ended
}

// ReadFrame gives the oldest frame and keeps a new one in its place.
func (d *delayed) ReadFrame(pcm []int16) error {
	var fresh [rtpmedia.WideSamples]int16
	if err := d.source.ReadFrame(fresh[:]); errors.Is(err, io.EOF) && d.left > 0 {
		clear(fresh[:])
		d.left--
	} else if err != nil {
		return err
	}
	copy(pcm, d.held[d.next][:])
	d.held[d.next] = fresh
	d.next = (d.next + 1) % len(d.held)
	return nil
}
