package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// newHelp is cobra's help command, but that a topic which is not there is wrong usage
// and no success.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Help about any command",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string,
		) ([]cobra.Completion, cobra.ShellCompDirective) {
			var names []cobra.Completion
			if topic, rest, err := cmd.Root().Find(args); err == nil && len(rest) == 0 {
				for _, c := range topic.Commands() {
					if c.IsAvailableCommand() {
						names = append(names, cobra.CompletionWithDesc(c.Name(), c.Short))
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			topic, rest, err := cmd.Root().Find(args)
			switch {
			case err != nil:
				return err
			case len(rest) > 0:
				return noCommand(topic, rest)
			}
			topic.InitDefaultHelpFlag() // only the command that runs has it by itself
			return topic.Help()
		},
	}
}

// noCommand is the error about a word that should have been a command, with those
// that it may have been meant for.
func noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if cmd.SuggestionsMinimumDistance <= 0 {
		cmd.SuggestionsMinimumDistance = 2
	}
	text := fmt.Sprintf("unknown command %q for %q", args[0], cmd.CommandPath())
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		text += "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return usagef("%s", text)
}
