package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/analyze"
)

// Bounds of what is looked at: an hour, which takes 116 MB a channel at 16 kHz, and
// what a call has.
const (
	longestRecording = time.Hour
	mostChannels     = 2
)

type analyzeFlags struct {
	json                   bool
	spectrogram, reference string
}

func newAudioAnalyze() *cobra.Command {
	var a analyzeFlags
	cmd := &cobra.Command{
		Use:   "analyze FILE",
		Short: "Say what is heard in a recording, as an assertion would",
		Example: "wtiphone audio analyze heard.wav --spectrogram heard.png\n" +
			"wtiphone audio analyze heard.wav --reference prompt.wav --json",
		Args: exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.run(args[0], cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.BoolVar(&a.json, "json", false, "print JSON; null is what could not be measured")
	f.StringVar(&a.spectrogram, "spectrogram", "",
		"PNG to draw: time to the right, 0 to 4 or 8 kHz upwards, channels below each other")
	f.StringVar(&a.reference, "reference", "", "WAV to look for in the recording")
	return cmd
}

func (a *analyzeFlags) run(path string, out io.Writer) error {
	rate, err := rateOf(path)
	if err != nil {
		return err
	}
	channels, err := load(path, rate)
	if err != nil {
		return err
	}
	report, err := a.report(path, rate, channels)
	if err != nil {
		return err
	}
	if a.spectrogram != "" {
		if err := draw(a.spectrogram, rate, channels); err != nil {
			return err
		}
	}
	if a.json {
		return json.NewEncoder(out).Encode(report)
	}
	return report.print(out)
}

func (a *analyzeFlags) report(path string, rate analyze.Rate, channels [][]int16,
) (*findings, error) {
	report := &findings{File: path, Rate: rate}
	var reference [][]int16
	if a.reference != "" {
		var err error
		if reference, err = load(a.reference, rate); err != nil {
			return nil, err
		}
	}
	for _, pcm := range channels {
		f := soundsIn(rate, pcm)
		if reference != nil {
			f.Match = matchOf(rate, reference[0], pcm)
		}
		report.Channels = append(report.Channels, f)
	}
	if len(channels) == mostChannels {
		report.Talk = talkOf(rate, channels[0], channels[1])
	}
	return report, nil
}

// rateOf is the rate at which a file is looked at: that of a wideband call if the file
// has anything that a narrowband one has not.
func rateOf(path string) (analyze.Rate, error) {
	file, err := rtpmedia.OpenWAV(path)
	if err != nil {
		return 0, audioError(err)
	}
	defer file.Close()
	if file.Rate() > rtpmedia.SampleRate {
		return analyze.Wide, nil
	}
	return analyze.Narrow, nil
}

// load reads a file, each channel at a rate.
func load(path string, rate analyze.Rate) ([][]int16, error) {
	channels := 1
	var all [][]int16
	for c := 0; c < channels; c++ {
		pcm, n, err := loadChannel(path, c, rate)
		if err != nil {
			return nil, audioError(err)
		}
		if channels = n; channels > mostChannels {
			return nil, audioError(fmt.Errorf("%s has %d channels, at most %d", path, n,
				mostChannels))
		}
		all = append(all, pcm)
	}
	return all, nil
}

func loadChannel(path string, channel int, rate analyze.Rate) (
	pcm []int16, channels int, err error,
) {
	file, err := rtpmedia.OpenWAV(path)
	if err != nil {
		return nil, 0, err
	}
	defer file.Close()
	if err := file.Only(channel); err != nil {
		return nil, 0, err
	}
	frame := make([]int16, rtpmedia.FrameSamples*int(rate)/rtpmedia.SampleRate)
	for {
		n, err := file.Read(frame)
		if errors.Is(err, io.EOF) {
			if len(pcm) == 0 {
				return nil, 0, fmt.Errorf("%s has no samples: nothing was recorded", path)
			}
			return pcm, file.Channels(), nil
		}
		if err != nil {
			return nil, 0, err
		}
		if len(pcm) >= int(longestRecording.Seconds())*int(rate) {
			return nil, 0, fmt.Errorf("%s is longer than %v", path, longestRecording)
		}
		pcm = append(pcm, frame[:n]...)
	}
}

// draw writes a spectrogram of each channel, the first above.
func draw(path string, rate analyze.Rate, channels [][]int16) (err error) {
	if err := spare(path, "PNG", isPNG); err != nil {
		return usagef("--spectrogram: %w", err)
	}
	var all *image.Paletted
	for i, pcm := range channels {
		one, err := rate.Spectrogram(pcm)
		if err != nil {
			return audioError(err)
		}
		size := one.Bounds().Size()
		if all == nil {
			all = image.NewPaletted(image.Rect(0, 0, size.X, size.Y*len(channels)), one.Palette)
		}
		copy(all.Pix[i*len(one.Pix):], one.Pix)
	}
	file, err := os.Create(path)
	if err != nil {
		return audioError(err)
	}
	out := bufio.NewWriter(file)
	if err = png.Encode(out, all); err == nil {
		err = out.Flush()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return audioError(err)
	}
	return nil
}
