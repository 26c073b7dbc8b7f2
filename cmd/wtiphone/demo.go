package main

import (
	"context"
	"io"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wtiphone/wtiphone/mockaes"
)

// demoFlags are those of the demo.
type demoFlags struct {
	headless, json bool
	audio          audioFlags
	screen         screenFlags
}

func newDemo() *cobra.Command {
	d := &demoFlags{}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Be an agent in a small call center: no AES needed",
		Long: "Be an agent in a small call center: no AES needed.\n\n" +
			"Starts a mock AES in this process, with customers who call in, and opens the " +
			"softphone on it.\nWith --headless it plays one whole story instead: log in, take a " +
			"queued call, hear the caller,\nhold, retrieve, consult, transfer, wrap up.",
		Example: "wtiphone demo\nwtiphone demo --headless --json",
		Args:    exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := d.check(cmd.Flags()); err != nil {
				return err
			}
			if d.headless {
				return d.tellStory(cmd)
			}
			return d.play(cmd)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&d.headless, "headless", false, "play the story without a screen and report it")
	f.BoolVar(&d.json, "json", false, "with --headless: print the report as JSON")
	d.audio.register(cmd, "pulse", "pulse")
	d.screen.register(cmd)
	return cmd
}

// check refuses flags that would make no difference.
func (d *demoFlags) check(f *pflag.FlagSet) (err error) {
	f.Visit(func(flag *pflag.Flag) {
		switch flag.Name {
		case "headless":
		case "json":
			if !d.headless {
				err = usagef("--json is for the report of --headless")
			}
		default:
			if d.headless {
				err = usagef("--%s makes no difference to --headless: the story has its own audio "+
					"and no screen", flag.Name)
			}
		}
	})
	return err
}

// play opens the softphone on a mock with customers.
func (d *demoFlags) play(cmd *cobra.Command) error {
	srv, err := mockaes.Start(mockaes.Options{
		Traffic: &mockaes.Traffic{First: time.Second, Every: 40 * time.Second},
	})
	if err != nil {
		return err
	}
	defer srv.Close()
	ctx, cancel := context.WithCancel(cmd.Context())
	var beside sync.WaitGroup
	beside.Go(func() { _ = colleague(ctx, srv) })
	defer beside.Wait()
	defer cancel()
	p := &phoneFlags{screen: d.screen}
	p.connection = connection{profile: mockProfile, aes: srv.WTI}
	p.audio = d.audio
	p.station, p.agent, p.media = demoStation, demoAgent, "client"
	p.atWork = true
	return p.run(cmd)
}

// The demo's agent.
const (
	demoStation   = "1001"
	demoAgent     = "4001"
	demoColleague = "1002"
	demoQueue     = "8001"
)

// tellStory plays the story against a mock of its own.
func (d *demoFlags) tellStory(cmd *cobra.Command) error {
	srv, err := mockaes.Start(mockaes.Options{})
	if err != nil {
		return err
	}
	defer srv.Close()
	t := &teller{}
	if !d.json {
		t.say = cmd.OutOrStdout()
	}
	return t.finish(cmd.OutOrStdout(), d.json, play(cmd.Context(), t, srv))
}

// closers are closed in reverse, when what they belong to is done with.
type closers []io.Closer

func (c closers) close() {
	for i := len(c) - 1; i >= 0; i-- {
		_ = c[i].Close()
	}
}

// play is the story of one call through a call center.
func play(ctx context.Context, t *teller, srv *mockaes.Server) error {
	s := &scene{srv: srv}
	defer func() { s.open.close() }()
	for _, act := range []func(context.Context, *teller) error{
		s.arrive, s.takeCall, s.holdAndRetrieve, s.consultAndTransfer, s.wrapUp,
	} {
		if err := act(ctx, t); err != nil {
			return err
		}
	}
	return nil
}
