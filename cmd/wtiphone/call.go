package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// callFlags are those of the verbs that hold one call.
type callFlags struct {
	stationFlags
	digits   string
	early    bool
	duration time.Duration
	patience time.Duration
	json     bool

	talks io.Writer    // for what is said beside the report
	heard *heardDigits // from the far end
	began bool         // the call was answered, or with early there was audio
	sent  bool         // the digits were
}

func (c *callFlags) register(cmd *cobra.Command) {
	c.stationFlags.register(cmd, "silence", "null")
	f := cmd.Flags()
	f.StringVar(&c.digits, "dtmf", "",
		"digits to send once the call is answered; each comma waits 2 s")
	f.DurationVar(&c.duration, "for", 0,
		"how long to stay in the call once it is answered and the digits are sent "+
			"(default: until it ends)")
	f.DurationVar(&c.patience, "patience", 60*time.Second, "how long to wait for an answer")
	f.BoolVar(&c.json, "json", false, "print the report as JSON")
}

func newCall() *cobra.Command {
	c := &callFlags{}
	cmd := &cobra.Command{
		Use:   "call NUMBER --station N",
		Short: "Place one call, carry its audio, hang up, report",
		Long:  "Place one call, carry its audio, hang up, report.\n\n" + heardHelp,
		Example: "wtiphone call 7100 --station 1001 --mic wav:hello.wav " +
			"--speaker wav:echo.wav --for 6s\n" +
			"wtiphone call +15550100123 --station 1001 --dtmf 1 --json",
		Args:              exactArgs(1),
		ValidArgsFunction: numbers(1, false),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.run(cmd, args[0])
		},
	}
	c.register(cmd)
	cmd.Flags().BoolVar(&c.early, "early", false,
		"count the call's audio as its answer: for vectors that collect digits")
	return cmd
}

// opened is [stationFlags.open], with the far end's digits noted.
func (c *callFlags) opened(ctx context.Context) (*desk, error) {
	c.heard = newHeardDigits()
	return c.open(ctx, phone.Options{OnDigit: c.heard.take})
}

// check finds what is wrong with the flags before anybody's telephone rings.
func (c *callFlags) check() error {
	if err := checkFor(c.duration); err != nil {
		return err
	}
	switch {
	case c.patience <= 0:
		return usagef("--patience %v: want a time above zero", c.patience)
	case strings.Trim(strings.ToUpper(c.digits), "0123456789*#ABCD,") != "":
		return usagef("--dtmf %q: want digits, *, # and A to D, and commas that wait", c.digits)
	case c.early && strings.ToLower(c.media) != "client":
		return usagef("--early: there is no audio here to go by with --media %s", c.media)
	}
	return nil
}

// run is the life of one call. What was recorded is complete when it returns.
func (c *callFlags) run(cmd *cobra.Command, number string) (err error) {
	if err := c.check(); err != nil {
		return err
	}
	ctx := cmd.Context()
	d, err := c.opened(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if e := d.Close(); err == nil {
			err = e
		}
	}()
	defer d.session.OnStatus((&linkTeller{errs: cmd.ErrOrStderr()}).tell)()
	// An interrupt while the switch places the call must not leave it standing: the
	// answer is waited for, and the call is cleared.
	placing, cancel := context.WithTimeout(context.WithoutCancel(ctx), wti.DefaultRequestTimeout)
	defer cancel()
	own, err := d.phone.Dial(placing, number)
	if err != nil {
		return err
	}
	return c.hold(cmd, d, own)
}

// hold stays in a call until it ends or its time is up, and reports.
func (c *callFlags) hold(cmd *cobra.Command, d *desk, own csta.ConnectionID) error {
	ctx := cmd.Context()
	c.talks = cmd.ErrOrStderr()
	end := c.heard.follow(cmd.OutOrStdout(), c.json, own.Call)
	failure, held := c.talk(ctx, d, own.Call)
	last, left := hangUp(d.phone, own.Call)
	report := reportOf(last, d.phone)
	c.tellHeard(&report, end)
	report.heard = c.began
	if failure != "" {
		report.Cause = failure // what we hung up on tells more than that we did
	}
	if err := report.print(cmd.OutOrStdout(), c.json); err != nil {
		return err
	}
	c.tellUnsent()
	switch {
	case held != nil:
		return held
	case left != nil:
		return left
	case !report.Established && !c.began:
		return failed(fmt.Sprintf("call %s was not connected: %s", report.Call, report.Cause))
	}
	return nil
}

// talk waits for the answer, speaks, and stays. No error means that the call ended
// or its time was up, also when nobody answered; failure is why it cannot be
// answered any more.
func (c *callFlags) talk(ctx context.Context, d *desk, id csta.CallID,
) (failure csta.EventCause, err error) {
	waiting, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	state, err := d.phone.Await(waiting, func(s phone.State) bool {
		call, going := find(s.Board, id)
		return !going || c.begins(s, call) || call.Cause != "" && call.Failing()
	})
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case waiting.Err() != nil:
		return csta.CauseCallNotAnswered, nil
	case err != nil:
		return "", err
	}
	call, going := find(state.Board, id)
	switch {
	case !going:
		return "", nil
	case !c.begins(state, call):
		return call.Cause, nil
	}
	c.began = true
	d.phone.SetSource(d.devices.source)
	if c.duration == 0 {
		fmt.Fprintf(c.talks, "wtiphone: call %s is connected; Ctrl-C hangs up\n",
			printable(string(id)))
	}
	if going, err := c.press(ctx, d.phone, id); err != nil || !going {
		return "", err
	}
	return "", c.stay(ctx, d.phone, id)
}

func (c *callFlags) stay(ctx context.Context, p *phone.Phone, id csta.CallID) error {
	staying := ctx
	if c.duration > 0 {
		var cancel context.CancelFunc
		staying, cancel = context.WithTimeout(ctx, c.duration)
		defer cancel()
	}
	state, err := p.Await(staying, func(s phone.State) bool {
		_, going := find(s.Board, id)
		return !going || s.Media.Trouble != ""
	})
	switch {
	case ctx.Err() == nil && staying.Err() != nil:
		return nil // its time was up
	case err == nil && state.Media.Trouble != "":
		return audioError(errors.New(state.Media.Trouble))
	}
	return err
}

// find is the call of that id, and whether it still goes on. A call that was merged
// with another is followed, also when it is over.
func find(b calls.Board, id csta.CallID) (c calls.Call, going bool) {
	is := func(c calls.Call) bool { return c.ID == id || slices.Contains(c.Formerly, id) }
	if all := b.Calls(); slices.ContainsFunc(all, is) {
		return all[slices.IndexFunc(all, is)], true
	}
	if all := b.Ended(); slices.ContainsFunc(all, is) {
		return all[slices.IndexFunc(all, is)], false
	}
	return calls.Call{ID: id}, false
}

// exactArgs is cobra's, with an error that counts as wrong usage.
func exactArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) > n:
			return usagef("%q is one argument too many", args[n])
		case len(args) < n:
			// The usage names the arguments in their order, before any flag.
			return usagef("%s is missing", strings.Fields(cmd.Use)[1+len(args)])
		}
		return nil
	}
}
