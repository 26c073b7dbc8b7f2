package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/tui"
)

// phoneFlags are those of the softphone.
type phoneFlags struct {
	stationFlags
	screen screenFlags
	atWork bool // log in and go ready by itself
}

func newPhone() *cobra.Command {
	p := &phoneFlags{}
	cmd := &cobra.Command{
		Use:   "phone --station N [--agent ID]",
		Short: "The softphone",
		Long: "The softphone.\n\nWhen it is closed, in whatever way, it hangs up the calls whose " +
			"audio it carried and logs the\nagent out, so that no customer is sent to an empty " +
			"desk; --stay leaves both as they are.\n\n" +
			"It needs a terminal to read its keys from, also with --plain. The agent is logged " +
			"in by the\nkeys l and r, or at once with --ready.",
		Example: "wtiphone phone --station 1001 --agent 4001 --ready",
		Args:    exactArgs(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return p.run(cmd) },
	}
	p.stationFlags.register(cmd, "pulse", "pulse")
	p.registerAgent(cmd)
	p.screen.register(cmd)
	cmd.Flags().BoolVar(&p.atWork, "ready", false,
		"log the agent in and make it ready at once, as the keys l and r do")
	return cmd
}

// run opens the station and shows it until the agent quits or the link is lost.
func (p *phoneFlags) run(cmd *cobra.Command) (err error) {
	if p.atWork && p.agent == "" {
		return usagef("--ready is for an agent: give --agent")
	}
	if err := p.screen.check(); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(cmd.Context())
	defer cancel()
	warnings := p.audio.orSilence()
	b := newBridge(p.station, warnings)
	b.recorded = p.stream.record != ""
	p.tell = b.warn
	d, err := p.open(ctx, phone.Options{Notify: b.update})
	if err != nil {
		return err
	}
	defer func() {
		if e := d.Close(); err == nil {
			err = e
		}
	}()
	b.attach(d)
	program, restore, err := p.screen.program(ctx, tui.Options{
		Phone: d.phone, Audio: b, NoAgent: p.agent == "",
	})
	if err != nil {
		return err
	}
	defer restore()
	b.start(program)
	if p.atWork {
		b.wg.Go(func() { b.goToWork(ctx, d.phone) })
	}
	_, err = program.Run()
	restore()
	cancel()
	b.stop()
	if !p.screen.stay {
		leave(d.phone, p.media == "client")
	}
	if errors.Is(err, tea.ErrInterrupted) || errors.Is(err, tea.ErrProgramKilled) {
		return &codedError{code: exitInterrupted, quiet: true, err: err}
	}
	return err
}

// orSilence replaces sound devices that cannot be opened by silence, and says which.
// Files that cannot be opened stay errors: they were asked for by name.
func (a *audioFlags) orSilence() (warnings []string) {
	if isPulse(a.mic) {
		_, closer, err := rtpmedia.ParseSource(a.mic)
		if err != nil {
			a.mic = "silence"
			warnings = append(warnings, fmt.Sprintf("no microphone, they hear silence: %v", err))
		}
		shut(closer)
	}
	if isPulse(a.speaker) {
		_, closer, err := rtpmedia.ParseSink(a.speaker)
		if err != nil {
			a.speaker = "null"
			warnings = append(warnings, fmt.Sprintf("no speaker, you hear nothing: %v", err))
		}
		shut(closer)
	}
	return warnings
}

func shut(c io.Closer) {
	if c != nil {
		_ = c.Close()
	}
}

func isPulse(spec string) bool { return spec == "pulse" || strings.HasPrefix(spec, "pulse:") }
