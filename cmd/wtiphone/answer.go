package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/phone"
)

func newAnswer() *cobra.Command {
	c := &callFlags{}
	cmd := &cobra.Command{
		Use:   "answer --station N",
		Short: "Wait for one call, answer it, carry its audio, report",
		Long:  "Wait for one call, answer it, carry its audio, report.\n\n" + heardHelp,
		Example: "wtiphone answer --station 1002 --mic tone:440@-10 " +
			"--speaker wav:caller.wav --json",
		Args: exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return c.answer(cmd) },
	}
	c.register(cmd)
	return cmd
}

func (c *callFlags) answer(cmd *cobra.Command) (err error) {
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
	fmt.Fprintf(cmd.ErrOrStderr(), "wtiphone: waiting for a call to %s\n", c.station)
	waiting, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	state, err := d.phone.Await(waiting, func(s phone.State) bool {
		_, ringing := s.Board.Alerting()
		return ringing
	})
	if err != nil {
		if ctx.Err() != nil || waiting.Err() == nil {
			return err
		}
		none := callReport{Cause: csta.CauseTimeout}
		if err := none.print(cmd.OutOrStdout(), c.json); err != nil {
			return err
		}
		return &codedError{
			code: exitFailed, err: fmt.Errorf("no call came to %s in %v", c.station, c.patience),
		}
	}
	ringing, _ := state.Board.Alerting()
	if err := d.phone.Answer(ctx, ringing.Own); err != nil {
		return err
	}
	return c.hold(cmd, d, ringing.Own)
}
