package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"
)

func newAudioPlay() *cobra.Command {
	var a audioFlags
	var limit time.Duration
	cmd := &cobra.Command{
		Use:     "play FILE",
		Short:   "Play a sound file, a tone or digits",
		Example: "wtiphone audio play hello.wav\nwtiphone audio play tone:1004@-20 --for 3s",
		Args:    exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			a.mic, a.argument = sound(args[0]), "mic"
			return playSound(cmd.Context(), &a, limit)
		},
	}
	cmd.Flags().StringVar(&a.speaker, "speaker", usualDevice, speakerHelp)
	cmd.Flags().DurationVar(&limit, "for", 0,
		"how long to play (default: to the end, which a tone has not)")
	return cmd
}

// playSound plays until the sound ends, its time is up or it is interrupted.
func playSound(ctx context.Context, a *audioFlags, limit time.Duration) (err error) {
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
	if err := pump(ctx, d.source, d.sink, limit); err != nil {
		return err
	}
	if _, device := d.sink.(interface{ Ready() <-chan struct{} }); device {
		return drain(ctx, d.sink)
	}
	return nil
}
