package main

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wtiphone/wtiphone/mockaes/dialect"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// completions are the values of flags that a shell can offer, by the flag's name, which
// means the same for every verb. Flags that name files are left to the shell.
var completions = map[string]func(cmd *cobra.Command, typed string) []cobra.Completion{
	"profile": func(*cobra.Command, string) []cobra.Completion { return profileNames() },
	"media": func(*cobra.Command, string) []cobra.Completion {
		return slices.Sorted(maps.Keys(mediaModes))
	},
	"quirk": func(*cobra.Command, string) []cobra.Completion {
		all := []cobra.Completion{cobra.CompletionWithDesc("help", "list them all")}
		for _, q := range dialect.Quirks() {
			all = append(all, cobra.CompletionWithDesc(q.Name, q.About))
		}
		return all
	},
	"codecs": func(*cobra.Command, string) []cobra.Completion {
		return []cobra.Completion{"g711U", "g711A", "g722"}
	},
	"encryption": func(*cobra.Command, string) []cobra.Completion {
		return []cobra.Completion{"srtp-aescm128-hmac80", "none"}
	},
	"mic": func(_ *cobra.Command, typed string) []cobra.Completion {
		return sounds(typed, "wav:", "tone:", "dtmf:", "loop:", "silence", "pulse")
	},
	"speaker": func(_ *cobra.Command, typed string) []cobra.Completion {
		return sounds(typed, "wav:", "null", "pulse")
	},
	"station": func(cmd *cobra.Command, _ string) []cobra.Completion {
		return inLab(cmd, func(lab pbx.Lab, add func(number, name string)) {
			for _, s := range lab.Stations {
				add(s.Extension, s.Name)
			}
		})
	},
	"agent": func(cmd *cobra.Command, _ string) []cobra.Completion {
		return inLab(cmd, func(lab pbx.Lab, add func(number, name string)) {
			for _, a := range lab.Agents {
				add(a.ID, a.Name)
			}
		})
	},
}

// registerCompletions gives every flag of a command and of those below it its values.
func registerCompletions(cmd *cobra.Command) {
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		values, ok := completions[f.Name]
		if !ok {
			return
		}
		_ = cmd.RegisterFlagCompletionFunc(f.Name, // fails for a flag that is not there
			func(cmd *cobra.Command, _ []string, typed string,
			) ([]cobra.Completion, cobra.ShellCompDirective) {
				directive := cobra.ShellCompDirectiveNoFileComp
				if f.Name == "mic" || f.Name == "speaker" {
					directive |= cobra.ShellCompDirectiveNoSpace
				}
				return values(cmd, typed), directive
			})
	})
	for _, below := range cmd.Commands() {
		registerCompletions(below)
	}
}

// sounds are the kinds of sources or sinks, or the recordings that can follow 'wav:'.
func sounds(typed string, kinds ...cobra.Completion) []cobra.Completion {
	path, ok := strings.CutPrefix(typed, "wav:")
	if !ok {
		return kinds
	}
	files, _ := filepath.Glob(path + "*.wav") // a path that is no pattern has no files
	for i, file := range files {
		files[i] = "wav:" + file
	}
	return files
}

// numbers completes arguments with numbers of the default lab: what can be watched, and,
// without queues, what can be called.
func numbers(most int, skills bool) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, _ string,
	) ([]cobra.Completion, cobra.ShellCompDirective) {
		if most > 0 && len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return inLab(cmd, func(lab pbx.Lab, add func(number, name string)) {
			for _, s := range lab.Stations {
				add(s.Extension, s.Name)
			}
			for _, v := range lab.VDNs {
				add(v.Extension, "VDN "+v.Name)
			}
			for _, s := range lab.Skills {
				if skills {
					add(s.Extension, "skill "+s.Name)
				}
			}
			for _, a := range lab.Announcements {
				if !skills {
					add(a.Extension, a.Name)
				}
			}
		}), cobra.ShellCompDirectiveNoFileComp
	}
}

// inLab lists numbers of the default lab, where that is what would be talked to: with
// another AES nobody here knows its numbers.
func inLab(cmd *cobra.Command, list func(lab pbx.Lab, add func(number, name string)),
) []cobra.Completion {
	aes, _ := cmd.Flags().GetString("aes")
	name, _ := cmd.Flags().GetString("profile")
	if p, err := loadProfile(name, aes == ""); err != nil || p.password == "" {
		return nil // only the built-in profile has its password
	}
	var all []cobra.Completion
	list(pbx.DefaultLab(), func(number, name string) {
		all = append(all, cobra.CompletionWithDesc(number, name))
	})
	return all
}
