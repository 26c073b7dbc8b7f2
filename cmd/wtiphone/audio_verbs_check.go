package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/analyze"
)

// checkReport is what 'audio check' prints; null is 'could not be measured'.
type checkReport struct {
	Mic     string         `json:"mic"`
	Speaker string         `json:"speaker"`
	Plays   bool           `json:"plays"`       // the loudspeaker has started
	Kind    *analyze.Kind  `json:"hears"`       // what the microphone hears on its own
	Level   *float64       `json:"level"`       // of that, in dBFS
	Loop    *loopbackFound `json:"hearsItself"` // the loudspeaker's tone in the microphone
}

// loopbackFound is how a tone came back.
type loopbackFound struct {
	Level   float64 `json:"level"`   // dBFS
	Seconds float64 `json:"seconds"` // of it that were heard
}

// Of the check: how long it listens, how long it plays, and what.
const (
	checkListens = time.Second
	checkPlays   = 2 * time.Second
	checkHz      = 1004
	checkLevel   = -20
)

func newAudioCheck() *cobra.Command {
	var a audioFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Listen, play a tone, and say what works",
		Long: "Listens to the microphone for a second, then plays a tone for two seconds and " +
			"listens for it.\nFails with code 6 when a device cannot be opened, or when the " +
			"microphone gives no sound at all:\nit is muted, or not plugged in. A headset need " +
			"not hear its own tone.",
		Example: "wtiphone audio check --mic pulse:alsa_input.usb-headset",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return check(cmd.Context(), &a, asJSON, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&a.mic, "mic", usualDevice, micHelp)
	cmd.Flags().StringVar(&a.speaker, "speaker", usualDevice, speakerHelp)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON; null is what could not be measured")
	return cmd
}

func check(ctx context.Context, a *audioFlags, asJSON bool, out io.Writer) (err error) {
	d, err := a.open()
	if err != nil {
		return err
	}
	defer closing(d, &err)
	r := &checkReport{Mic: a.mic, Speaker: a.speaker}
	if err := settle(ctx, d.sink); err != nil {
		return err
	}
	r.Plays = true
	quietly, err := r.listen(ctx, d)
	if err != nil {
		return err
	}
	if err := r.print(out, asJSON); err != nil {
		return err
	}
	if quietly {
		return audioError(fmt.Errorf("%s gives no sound at all: is it muted, or not plugged in?",
			a.mic))
	}
	return nil
}

// listen hears the room and then the tone, and tells whether all was digital
// silence.
func (r *checkReport) listen(ctx context.Context, d *devices) (silent bool, err error) {
	room, tone := &tape{}, &tape{}
	if err := pump(ctx, d.source, room, checkListens); err != nil {
		return false, err
	}
	both := &duplex{from: d.source, heard: tone}
	if err := pump(ctx, rtpmedia.Tone(checkHz, checkLevel), rtpmedia.Tee(d.sink, both),
		checkPlays); err != nil {
		return false, err
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	alone := soundsIn(analyze.Wide, room.pcm)
	r.Kind, r.Level = alone.Kind, alone.Level
	if t, err := analyze.Wide.FindTone(tone.pcm, checkHz, 10); err == nil {
		r.Loop = &loopbackFound{tenth(t.Level), round(t.Length().Seconds())}
	}
	return alone.Level == nil && soundsIn(analyze.Wide, tone.pcm).Level == nil, nil
}

// tape keeps all that is written to it.
type tape struct{ pcm []int16 }

// WriteFrame keeps a frame.
func (t *tape) WriteFrame(pcm []int16) error {
	t.pcm = append(t.pcm, pcm...)
	return nil
}

// duplex hears a frame of a source for each that is played.
type duplex struct {
	from  rtpmedia.Source
	heard rtpmedia.Sink
}

// WriteFrame lets time pass by a frame.
func (d *duplex) WriteFrame(played []int16) error {
	pcm := make([]int16, len(played))
	err := d.from.ReadFrame(pcm)
	if errors.Is(err, io.EOF) {
		return nil // a file may end before the check
	}
	if err != nil {
		return err
	}
	return d.heard.WriteFrame(pcm)
}

// print writes the report as JSON or in words.
func (r *checkReport) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	heard := "nothing that could be measured"
	switch {
	case r.Kind != nil && r.Level == nil:
		heard = string(*r.Kind)
	case r.Kind != nil:
		heard = fmt.Sprintf("%s at %.0f dBFS", *r.Kind, *r.Level)
	}
	itself := "does not hear it"
	if r.Loop != nil {
		itself = fmt.Sprintf("hears it at %.0f dBFS", r.Loop.Level)
	}
	_, err := fmt.Fprintf(w, "speaker %s: plays\nmicrophone %s: hears %s\n"+
		"a tone of %d Hz at %d dBFS is played: the microphone %s\n",
		r.Speaker, r.Mic, heard, checkHz, checkLevel, itself)
	return err
}
