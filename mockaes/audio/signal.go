package audio

import (
	"math"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// beat is a part of a signal: frequencies in hertz that sound together, each at a
// level in dBm0, for a time. Without frequencies it is a pause.
type beat struct {
	length time.Duration
	dBm0   float64
	hertz  []float64
}

// signal is what a tone sounds like.
type signal struct {
	beats []beat
	again bool // it begins again when it is over
}

const ms = time.Millisecond

// signals are the tones that an application can have played into a call, besides those
// that the switch makes anyway. ANSI T1.401 and Telcordia GR-506 have most of them;
// which one a Communication Manager plays for a name of CSTA is inferred.
var signals = map[csta.TelephonyTone]signal{
	// Zip tone (GR-506): a caller comes.
	csta.ToneBeep: {[]beat{{500 * ms, -10, []float64{480}}}, false},
	// The prompt for a calling card number (GR-506), without its fading.
	csta.ToneBilling: {
		[]beat{{60 * ms, -10, []float64{941, 1477}}, {940 * ms, -16, []float64{350, 440}}}, false,
	},
	// A modem's answer (ITU-T V.25).
	csta.ToneCarrier: {[]beat{{3300 * ms, -10, []float64{2100}}}, false},
	csta.ToneConfirmation: {repeat(3, []beat{
		{100 * ms, -13, []float64{350, 440}}, {length: 100 * ms},
	}), false},
	// A calling facsimile (ITU-T T.30 §4.2).
	csta.ToneFaxCNG: {
		[]beat{{500 * ms, -10, []float64{1100}}, {length: 3000 * ms}}, true,
	},
	// Receiver off hook.
	csta.ToneHowler: {
		[]beat{{100 * ms, -10, []float64{1400, 2060, 2450, 2600}}, {length: 100 * ms}}, true,
	},
	// Busy verification: somebody listens.
	csta.ToneIntrusion: {[]beat{
		{2000 * ms, -13, []float64{440}},
		{length: 10_000 * ms},
		{500 * ms, -13, []float64{440}},
		{length: 10_000 * ms},
		{500 * ms, -13, []float64{440}},
		{length: 10_000 * ms},
	}, false},
	// A calling modem (ITU-T V.25).
	csta.ToneModemCNG: {
		[]beat{{600 * ms, -10, []float64{1300}}, {length: 2000 * ms}}, true,
	},
	// Every 15 s (47 CFR 64.501).
	csta.ToneRecordWarning: {
		[]beat{{500 * ms, -14, []float64{1400}}, {length: 14_500 * ms}}, true,
	},
	// Special information tones (ANSI T1.401): of three, low or high and short or long.
	csta.ToneVacantCode: special(985.2, 380*ms, 1370.6, 274*ms),
	csta.ToneIntercept:  special(913.8, 274*ms, 1370.6, 274*ms),
	csta.ToneReorderSIT: special(913.8, 274*ms, 1428.5, 380*ms),
	csta.ToneNoCircuit:  special(985.2, 380*ms, 1428.5, 380*ms),
	csta.TelephonyTone(pbx.Intercept): {
		[]beat{{250 * ms, -12.83, []float64{440}}, {250 * ms, -12.83, []float64{620}}}, true,
	},
}

func special(first float64, long1 time.Duration, second float64, long2 time.Duration) signal {
	return signal{[]beat{
		{long1, -24, []float64{first}},
		{long2, -24, []float64{second}},
		{380 * ms, -24, []float64{1776.7}},
	}, false}
}

func repeat(n int, beats []beat) (all []beat) {
	for range n {
		all = append(all, beats...)
	}
	return all
}

// clip computes the samples of a signal.
func (s signal) clip() clip {
	var pcm []int16
	for _, b := range s.beats {
		peak := level(milliwatt + b.dBm0)
		for i := range int(b.length * rtpmedia.SampleRate / time.Second) {
			sum := 0.0
			for _, hz := range b.hertz {
				sum += math.Sin(2 * math.Pi * hz / rtpmedia.SampleRate * float64(i))
			}
			pcm = append(pcm, int16(math.Round(peak*sum)))
		}
	}
	return clip{pcm: pcm, loop: s.again}
}
