package main

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/analyze"
)

// findings is what 'audio analyze' prints; null is 'could not be measured'.
type findings struct {
	File     string         `json:"file"`
	Rate     analyze.Rate   `json:"rate"` // samples a second that were looked at
	Channels []channelFound `json:"channels"`
	Talk     *talkFound     `json:"talk"` // of two channels
}

// channelFound is what is heard in one channel. Times are seconds, levels dBFS.
type channelFound struct {
	Seconds  float64        `json:"seconds"`
	Kind     *analyze.Kind  `json:"kind"` // what is heard most
	Level    *float64       `json:"level"`
	Peak     *float64       `json:"peak"`
	Clipped  int            `json:"clipped"` // samples at full scale
	Digits   *string        `json:"digits"`
	Progress *string        `json:"progress"` // name of the call progress tone
	Tones    []toneFound    `json:"tones"`
	Keys     []keyFound     `json:"keys"`
	Passages []passageFound `json:"passages"`
	Gaps     []spanFound    `json:"gaps"`
	Match    *matchFound    `json:"match"` // of --reference
}

type spanFound struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
}

type toneFound struct {
	Hz    []float64 `json:"hz"`
	Level float64   `json:"level"`
	spanFound
}

type keyFound struct {
	Digit string `json:"digit"`
	spanFound
}

type passageFound struct {
	Kind *analyze.Kind `json:"kind"`
	spanFound
}

type matchFound struct {
	Correlation float64 `json:"correlation"`
	At          float64 `json:"at"`
	Gain        float64 `json:"gain"` // dB
}

type talkFound struct {
	Left    float64 `json:"left"` // seconds in which only this side is heard
	Right   float64 `json:"right"`
	Both    float64 `json:"both"`
	Neither float64 `json:"neither"`
}

// leastGap is the shortest silence between sounds that is listed.
const leastGap = 200 * time.Millisecond

// leastDigits is what has to be there for 'no digits' to be a finding, in milliseconds: the
// shortest digit by ITU-T Q.24.
const leastDigits = 40

// tenth is how fine frequencies and levels are measured. It is never a negative zero.
func tenth(f float64) float64 { return math.Round(f*10)/10 + 0 }

func span(from, to time.Duration) spanFound {
	return spanFound{round(from.Seconds()), round(to.Seconds())}
}

func kindFound(k analyze.Kind) *analyze.Kind {
	if k == "" {
		return nil
	}
	return &k
}

// soundsIn looks at one channel.
func soundsIn(r analyze.Rate, pcm []int16) channelFound {
	f := channelFound{
		Seconds: round(float64(len(pcm)) / float64(r)),
		Tones:   []toneFound{}, Keys: []keyFound{}, Passages: []passageFound{}, Gaps: []spanFound{},
	}
	f.measure(pcm)
	if len(pcm) >= int(r)*leastDigits/1000 {
		f.Digits = new(r.Digits(pcm))
	}
	if kind, err := r.Classify(pcm); err == nil {
		f.Kind = &kind
	}
	if name, err := r.Progress(pcm); err == nil {
		f.Progress = &name
	}
	for _, t := range r.Tones(pcm) {
		hz := []float64{tenth(t.Hz[0]), tenth(t.Hz[1])}
		if t.Hz[1] == 0 {
			hz = hz[:1]
		}
		f.Tones = append(f.Tones, toneFound{hz, tenth(t.Level), span(t.From, t.To)})
	}
	for _, k := range r.Keys(pcm) {
		f.Keys = append(f.Keys, keyFound{string(k.Digit), span(k.From, k.To)})
	}
	for _, p := range r.Passages(pcm) {
		f.Passages = append(f.Passages, passageFound{kindFound(p.Kind), span(p.From, p.To)})
	}
	if digitsMost(f.Passages) {
		f.Kind = kindFound(analyze.Dialled)
	}
	for _, g := range r.Gaps(pcm, leastGap) {
		f.Gaps = append(f.Gaps, span(g.From, g.To))
	}
	return f
}

// digitsMost reports whether digits are what is heard most: as a whole they rise and fall
// like speech.
func digitsMost(passages []passageFound) bool {
	digits, others := 0.0, 0.0
	for _, p := range passages {
		switch {
		case p.Kind == nil, *p.Kind == analyze.Silence:
		case *p.Kind == analyze.Dialled:
			digits += p.To - p.From
		default:
			others += p.To - p.From
		}
	}
	return digits > others
}

// measure notes the levels; digital silence has none.
func (f *channelFound) measure(pcm []int16) {
	const full = 32767
	peak := 0
	for _, v := range pcm {
		magnitude := max(int(v), -int(v))
		peak = max(peak, magnitude)
		if magnitude >= full {
			f.Clipped++
		}
	}
	if peak == 0 {
		return
	}
	square := rtpmedia.Level([]int16{int16(min(peak, full))})
	f.Level = new(tenth(rtpmedia.Level(pcm)))
	f.Peak = new(tenth(square - sineOverSquare))
}

// sineOverSquare is by how many dB a constant is above a sine of the same peak.
const sineOverSquare = 3.0103

func matchOf(r analyze.Rate, reference, pcm []int16) *matchFound {
	m, err := r.Correlate(reference, pcm)
	if err != nil {
		return nil
	}
	return &matchFound{round(m.Correlation), round(m.Offset.Seconds()), tenth(m.Gain)}
}

func talkOf(r analyze.Rate, left, right []int16) *talkFound {
	t, err := r.Conversation(left, right)
	if err != nil {
		return nil
	}
	return &talkFound{
		round(t.Near.Seconds()), round(t.Far.Seconds()), round(t.Both.Seconds()),
		round(t.Neither.Seconds()),
	}
}

// print writes the findings in words.
func (f *findings) print(w io.Writer) error {
	var b strings.Builder
	for i, c := range f.Channels {
		if len(f.Channels) > 1 {
			fmt.Fprintf(&b, "%s:\n", [mostChannels]string{"left", "right"}[i])
		}
		c.describe(&b)
	}
	if t := f.Talk; t != nil {
		fmt.Fprintf(&b, "left alone %.1f s, right alone %.1f s, both %.1f s, neither %.1f s\n",
			t.Left, t.Right, t.Both, t.Neither)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (f *channelFound) describe(b *strings.Builder) {
	fmt.Fprintf(b, "%.1f s", f.Seconds)
	if f.Level != nil {
		fmt.Fprintf(b, ", %.1f dBFS, peak %.1f", *f.Level, *f.Peak)
	}
	if f.Clipped > 0 {
		fmt.Fprintf(b, ", %d samples clipped", f.Clipped)
	}
	b.WriteByte('\n')
	for _, p := range f.Passages {
		kind := analyze.Kind("sound, too short to tell")
		if p.Kind != nil {
			kind = *p.Kind
		}
		fmt.Fprintf(b, "%8.2f to %.2f s  %s\n", p.From, p.To, kind)
	}
	for _, t := range f.Tones {
		fmt.Fprintf(b, "tone %s at %.1f dBFS, %.2f to %.2f s\n", hertz(t.Hz), t.Level, t.From, t.To)
	}
	if f.Progress != nil {
		fmt.Fprintf(b, "call progress: %s\n", *f.Progress)
	}
	if f.Digits != nil && *f.Digits != "" {
		fmt.Fprintf(b, "digits: %s\n", *f.Digits)
	}
	if m := f.Match; m != nil {
		fmt.Fprintf(b, "reference: correlation %.3f at %.2f s, %+.1f dB\n", m.Correlation, m.At,
			m.Gain)
	}
}

func hertz(hz []float64) string {
	if len(hz) == 1 {
		return fmt.Sprintf("%.0f Hz", hz[0])
	}
	return fmt.Sprintf("%.0f + %.0f Hz", hz[0], hz[1])
}
