package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run executes one command line and returns its exit code. The first interrupt ends
// the work in order, the second at once.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(),
		os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop)
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	code := exitCode(ctx, err)
	if err != nil && code != exitInterrupted {
		cmd, _, _ := root.Find(args)
		complain(errs, cmd, err, code)
	}
	return code
}

// complain says in one line what went wrong, and after a wrong command line, but not after
// a mistake in a file, how to write it.
func complain(w io.Writer, cmd *cobra.Command, err error, code int) {
	if silent(err) {
		return
	}
	fmt.Fprintf(w, "wtiphone: %s\n", explain(err))
	if code == exitUsage && cmd != nil && !isMistaken(err) {
		fmt.Fprintf(w, "Usage: %s\nSee '%s --help'.\n", cmd.UseLine(), cmd.CommandPath())
	}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "wtiphone",
		Short: "A terminal agent softphone for Avaya AES, and a mock AES to try it on",
		Example: "wtiphone demo                      # a call center to play with\n" +
			"wtiphone mock                      # a mock AES for programs of your own\n" +
			"wtiphone call 7100 --station 1001  # one call, with audio",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          noCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.AddCommand(newDemo(), newPhone(), newCall(), newAnswer(), newWatch(), newSend(),
		newAudio(), newMock(), newMan())
	root.SetHelpCommand(newHelp())
	registerCompletions(root)
	root.Version = version()
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	return root
}
