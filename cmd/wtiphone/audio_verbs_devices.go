package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// deviceReport is one line of 'audio devices'.
type deviceReport struct {
	Kind    string `json:"kind"` // speaker or mic
	ID      string `json:"id"`
	Name    string `json:"name"`
	Default bool   `json:"default"`
}

func newAudioDevices() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "devices",
		Short:   "List loudspeakers and microphones",
		Example: "wtiphone audio devices --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return listDevices(cmd.OutOrStdout(), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return cmd
}

// listDevices prints what can stand behind 'pulse:'.
func listDevices(out io.Writer, asJSON bool) error {
	all, err := rtpmedia.Devices("")
	if err != nil {
		return audioError(err)
	}
	for _, d := range all {
		r := deviceReport{"speaker", d.ID, d.Name, d.Default}
		if d.Capture {
			r.Kind = "mic"
		}
		if asJSON {
			if err := json.NewEncoder(out).Encode(r); err != nil {
				return err
			}
			continue
		}
		mark := " "
		if d.Default {
			mark = "*"
		}
		_, err := fmt.Fprintf(out, "%s --%-7s pulse:%s  %s\n", mark, r.Kind, printable(d.ID),
			printable(d.Name))
		if err != nil {
			return err
		}
	}
	return nil
}
