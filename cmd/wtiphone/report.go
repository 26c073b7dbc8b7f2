package main

import (
	"fmt"
	"io"
	"math"
	"time"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/phone"
)

// callReport is what 'call' and 'answer' print at the end; null is 'not measured'.
type callReport struct {
	Call        csta.CallID     `json:"call"`
	UCID        *string         `json:"ucid"`
	Established bool            `json:"established"`
	Cause       csta.EventCause `json:"cause"`
	Seconds     float64         `json:"seconds"` // from the answer to the end
	Digits      *string         `json:"digits"`  // that the far end sent by RFC 4733
	Media       *mediaReport    `json:"media"`

	heard bool // --early: its audio counted as the answer
}

// mediaReport is the audio's figures.
type mediaReport struct {
	Codec      string   `json:"codec"`
	Encryption string   `json:"encryption"` // none in the clear
	Sent       uint64   `json:"sent"`       // packets
	Received   uint64   `json:"received"`
	Lost       uint64   `json:"lost"`
	Late       uint64   `json:"late"`
	JitterMs   *float64 `json:"jitterMs"`
	RTTMs      *float64 `json:"rttMs"`
	MOS        *float64 `json:"mos"`
}

// reportOf tells of a call as the phone knows it at the end.
func reportOf(c calls.Call, p *phone.Phone) callReport {
	r := callReport{Call: c.ID, Established: !c.Answered.IsZero(), Cause: c.Cause}
	if c.UCID != "" {
		r.UCID = &c.UCID
	}
	if r.Established {
		end := c.Ended
		if end.IsZero() {
			end = time.Now()
		}
		r.Seconds = round(end.Sub(c.Answered).Seconds())
	}
	stats, ok := p.Stats()
	if !ok || stats.Codec == "" {
		return r
	}
	r.Media = &mediaReport{
		Codec: stats.Codec, Encryption: stats.Encryption,
		Sent: stats.Sent, Received: stats.Received,
		Lost: stats.Lost, Late: stats.Late,
	}
	if stats.MOS != nil {
		r.Media.MOS = new(math.Round(*stats.MOS*100) / 100)
	}
	if stats.Received > 1 {
		r.Media.JitterMs = milliseconds(stats.Jitter)
	}
	if stats.RTT != nil {
		r.Media.RTTMs = milliseconds(*stats.RTT)
	}
	return r
}

func milliseconds(d time.Duration) *float64 { return new(round(d.Seconds() * 1000)) }

// round keeps three decimals: more are noise.
func round(f float64) float64 { return math.Round(f*1000) / 1000 }

// print writes the report as JSON or in words.
func (r callReport) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return writeJSON(w, r)
	}
	if r.Call == "" {
		_, err := fmt.Fprintf(w, "no call came (%s)\n", printable(string(r.Cause)))
		return err
	}
	outcome := fmt.Sprintf("connected for %.1f s", r.Seconds)
	switch {
	case !r.Established && r.heard:
		outcome = "heard, not answered"
	case !r.Established:
		outcome = "not connected"
	}
	if r.Cause != "" {
		outcome += fmt.Sprintf(" (%s)", printable(string(r.Cause)))
	}
	_, err := fmt.Fprintf(w, "call %s: %s\n", printable(string(r.Call)), outcome)
	if err == nil && r.Digits != nil && *r.Digits != "" {
		_, err = fmt.Fprintf(w, "digits from the far end: %s\n", *r.Digits)
	}
	if m := r.Media; err == nil && m != nil {
		terms := m.Codec
		if m.Encryption != "none" {
			terms += " by " + m.Encryption
		}
		_, err = fmt.Fprintf(w, "audio: %s, %d packets sent, %d received, %d lost, %d late\n",
			terms, m.Sent, m.Received, m.Lost, m.Late)
	}
	return err
}
