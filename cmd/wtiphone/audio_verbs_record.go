package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
)

func newAudioRecord() *cobra.Command {
	var a audioFlags
	var limit time.Duration
	cmd := &cobra.Command{
		Use:   "record FILE",
		Short: "Record a microphone, until Ctrl-C or for a while",
		Example: "wtiphone audio record voice.wav --for 5s && " +
			"wtiphone audio analyze voice.wav",
		Args: exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			a.speaker, a.argument = "wav:"+args[0], "speaker"
			return record(cmd.Context(), &a, limit, cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&a.mic, "mic", usualDevice, micHelp)
	cmd.Flags().BoolVar(&a.agc, "agc", false, agcHelp)
	cmd.Flags().DurationVar(&limit, "for", 0, "how long to record (default: until Ctrl-C)")
	return cmd
}

// record is complete also when it was interrupted.
func record(ctx context.Context, a *audioFlags, limit time.Duration, talk io.Writer) (err error) {
	if err := checkFor(limit); err != nil {
		return err
	}
	d, err := a.open()
	if err != nil {
		return err
	}
	defer closing(d, &err)
	if limit == 0 {
		fmt.Fprintln(talk, "recording; Ctrl-C ends it")
	}
	return pump(ctx, d.source, d.sink, limit)
}
