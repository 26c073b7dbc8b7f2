package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/tui"
)

// screenFlags are those of the screen itself.
type screenFlags struct{ plain, noBell, notify, stay bool }

func (s *screenFlags) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVar(&s.plain, "plain", false,
		"lines instead of a screen, without escape codes: for screen readers, and on TERM=dumb")
	f.BoolVar(&s.noBell, "no-bell", false, "do not ring the terminal's bell")
	f.BoolVar(&s.stay, "stay", false,
		"when the phone is closed, leave the agent logged in and the calls standing")
	f.BoolVar(&s.notify, "notify", false, "ask the terminal to show a notification on a call")
}

// check finds out whether there is a terminal to show anything on. Plain lines may go
// into a file, but keys have to come one by one.
func (s *screenFlags) check() error {
	// A terminal without a kind could not place a cursor either; Windows names none.
	kind := os.Getenv("TERM")
	s.plain = s.plain || kind == "dumb" || kind == "" && runtime.GOOS != "windows"
	if !term.IsTerminal(os.Stdin.Fd()) || !s.plain && !term.IsTerminal(os.Stdout.Fd()) {
		return usagef("the softphone needs a terminal to read keys from, also with --plain; " +
			"without one try 'call' or 'answer'")
	}
	return nil
}

// program makes the program of a screen. Plain lines go to a terminal in raw mode,
// without a renderer, whose escape codes a screen reader would read out; restore ends
// that, and may be called twice.
func (s *screenFlags) program(ctx context.Context, o tui.Options,
) (program *tea.Program, restore func(), err error) {
	o.Bell, o.Notify, o.Plain = !s.noBell, s.notify, s.plain
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithoutSignalHandler()}
	restore = func() {}
	if s.plain {
		before, err := term.MakeRaw(os.Stdin.Fd())
		if err != nil {
			return nil, nil, fmt.Errorf("terminal: %w", err)
		}
		restore = sync.OnceFunc(func() { _ = term.Restore(os.Stdin.Fd(), before) })
		options = append(options, tea.WithoutRenderer())
	}
	return tea.NewProgram(tui.New(o), options...), restore, nil
}
