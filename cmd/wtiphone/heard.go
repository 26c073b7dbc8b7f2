package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// The far end may send digits without an end: so many wait to be printed, and so many are
// in the report.
const (
	maxHeardWaiting  = 256
	maxHeardReported = 4096
)

// heardHelp is what the help of the verbs that hold one call says of them.
const heardHelp = "Digits that the far end sends (RFC 4733) are told as they come, a line " +
	"each, and\nin the report, which is the last line. With --json the line of a digit has an\n" +
	"event, which the report has not:\n" +
	`{"time":...,"event":"Digit","call":"1","digit":"5","durationMs":100}`

// heardDigit is a digit that the far end sent, as a line of JSON; the report, which has no
// event, comes behind all of them.
type heardDigit struct {
	Time  time.Time   `json:"time"` // when its key went down
	Event string      `json:"event"`
	Call  csta.CallID `json:"call"`
	Digit string      `json:"digit"`
	// DurationMs is null where the stream ended before the key came up.
	DurationMs *float64 `json:"durationMs"`
}

// heardDigits notes the digits that the far end sends by RFC 4733. What takes them is the
// audio's own goroutine, which must not wait for whoever reads the output: another prints.
type heardDigits struct {
	mu      sync.Mutex
	down    *heardDigit
	waiting []heardDigit
	all     []byte
	missed  int
	wake    chan struct{} // room for one
}

func newHeardDigits() *heardDigits { return &heardDigits{wake: make(chan struct{}, 1)} }

// take is for [phone.Options]. A digit is told when its key is up again.
func (h *heardDigits) take(d rtpmedia.Digit) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !d.Ended {
		h.keep()
		h.down = &heardDigit{Time: time.Now(), Event: "Digit", Digit: string(d.Digit)}
		return
	}
	if h.down != nil {
		h.down.DurationMs = milliseconds(d.Duration)
	}
	h.keep()
}

// keep has the digit whose key was down last printed. The caller holds mu.
func (h *heardDigits) keep() {
	d := h.down
	h.down = nil
	switch {
	case d == nil:
		return
	case len(h.waiting) == maxHeardWaiting, len(h.all) == maxHeardReported:
		h.missed++
		return
	}
	h.waiting = append(h.waiting, *d)
	h.all = append(h.all, d.Digit...)
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// follow prints the digits of a call until end is called, which returns all of them and how
// many more there were.
func (h *heardDigits) follow(out io.Writer, asJSON bool, call csta.CallID,
) (end func() (all string, missed int)) {
	over := make(chan struct{})
	var printing sync.WaitGroup
	printing.Go(func() {
		for {
			select {
			case <-h.wake:
				h.print(out, asJSON, call)
			case <-over:
				return
			}
		}
	})
	return func() (string, int) {
		close(over)
		printing.Wait()
		h.mu.Lock()
		h.keep()
		h.mu.Unlock()
		h.print(out, asJSON, call)
		h.mu.Lock()
		defer h.mu.Unlock()
		return string(h.all), h.missed
	}
}

// print writes what waits. Where that fails, writing the report does as well, and says so.
func (h *heardDigits) print(out io.Writer, asJSON bool, call csta.CallID) {
	h.mu.Lock()
	digits := h.waiting
	h.waiting = nil
	h.mu.Unlock()
	for _, d := range digits {
		d.Call = call
		if asJSON {
			_ = writeJSON(out, d)
		} else {
			_, _ = fmt.Fprintln(out, d.text())
		}
	}
}

// text is the digit as a line for people.
func (d heardDigit) text() string {
	text := fmt.Sprintf("%s call %s: digit %s", d.Time.Format("15:04:05.000"),
		printable(string(d.Call)), d.Digit)
	if d.DurationMs != nil {
		text += fmt.Sprintf(" for %.0f ms", *d.DurationMs)
	}
	return text
}
