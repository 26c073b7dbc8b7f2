package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/phone"
)

// begins reports whether a call is one that can be spoken in. A vector that plays and
// collects answers no call, and nothing that its caller is told sets it apart from a
// telephone that rings; its audio is there all the same, for who knows that it is one.
func (c *callFlags) begins(s phone.State, call calls.Call) bool {
	if !call.Answered.IsZero() {
		return true
	}
	return c.early && s.Media.Active && call.State == csta.Connected && !call.Failing()
}

// dialPause is how long a comma among digits waits (ITU-T V.250 §6.3.1 and S8).
const dialPause = 2 * time.Second

// press sends the digits into the call. It reports false if the call ended over it.
func (c *callFlags) press(ctx context.Context, p *phone.Phone, id csta.CallID) (bool, error) {
	for i, digits := range strings.Split(c.digits, ",") {
		if i > 0 {
			if going, err := pause(ctx, p, id); err != nil || !going {
				return false, err
			}
		}
		if digits == "" {
			continue
		}
		if err := p.Digits(ctx, digits); err != nil {
			return false, err
		}
	}
	c.sent = true
	return true, nil
}

// pause waits, unless the call ends before.
func pause(ctx context.Context, p *phone.Phone, id csta.CallID) (going bool, err error) {
	waiting, cancel := context.WithTimeout(ctx, dialPause)
	defer cancel()
	_, err = p.Await(waiting, func(s phone.State) bool {
		_, going := find(s.Board, id)
		return !going
	})
	if ctx.Err() == nil && errors.Is(waiting.Err(), context.DeadlineExceeded) {
		return true, nil
	}
	return false, err
}

// tellUnsent says that digits were asked for and not sent, which no report has.
func (c *callFlags) tellUnsent() {
	if c.digits == "" || c.sent {
		return
	}
	why := "nobody answered; --early sends them as soon as there is audio, for vectors that " +
		"collect them"
	if c.began || c.early {
		why = "the call ended before"
	}
	fmt.Fprintf(c.talks, "wtiphone: the digits were not sent: %s\n", why)
}

// tellHeard puts the far end's digits into the report of a call whose audio was here.
func (c *callFlags) tellHeard(r *callReport, end func() (string, int)) {
	digits, missed := end()
	if r.Media != nil {
		r.Digits = &digits
	}
	if missed > 0 {
		fmt.Fprintf(c.talks, "wtiphone: %d more digits came than are told\n", missed)
	}
}
