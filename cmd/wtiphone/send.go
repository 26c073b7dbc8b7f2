package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// sendFlags are those of a request by hand.
type sendFlags struct {
	connection
	list, example, json, follow, asIs bool
}

// maxPayload bounds what is read from stdin for a request.
const maxPayload = 1 << 20

func newSend() *cobra.Command {
	s := &sendFlags{}
	cmd := &cobra.Command{
		Use:   "send SERVICE [JSON]",
		Short: "Send any request by hand and print the answer",
		Long: "Send any request by hand and print the answer.\n\n" +
			"The payload is the second argument, or comes from stdin; without either it is an\n" +
			"empty object. --list names every service and event, --example shows a payload.\n" +
			"What looks misspelt in a payload is told and not sent, unless with --as-is.",
		Example: "wtiphone send --list\n" +
			"wtiphone send --example MakeCall\n" +
			"wtiphone send GetDeviceId '{\"switchName\":\"CM1\",\"extension\":\"1001\"}'\n" +
			"wtiphone send --example MonitorStart | wtiphone send MonitorStart --follow",
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cobra.MaximumNArgs(2)(cmd, args); err != nil {
				return usage(err)
			}
			if len(args) == 0 && !s.list {
				return usagef("send: name a service, or --list them")
			}
			return nil
		},
		ValidArgsFunction: completeService,
		RunE:              s.run,
	}
	s.register(cmd)
	f := cmd.Flags()
	f.BoolVar(&s.list, "list", false, "list every service and event, with a sentence for each")
	f.BoolVar(&s.example, "example", false, "print a payload for the service instead of sending")
	f.BoolVar(&s.json, "json", false, "print on one line; with --list, one object a line")
	f.BoolVar(&s.follow, "follow", false, "print the events that follow, until interrupted")
	f.BoolVar(&s.asIs, "as-is", false, "send what is not known here, and what looks misspelt")
	return cmd
}

func completeService(_ *cobra.Command, args []string, _ string,
) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []cobra.Completion
	for _, s := range csta.Services() {
		names = append(names, cobra.CompletionWithDesc(s.Name, s.Sentence))
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

func (s *sendFlags) run(cmd *cobra.Command, args []string) error {
	out := cmd.OutOrStdout()
	if s.list {
		return listReference(out, s.json)
	}
	info, known, err := s.find(args[0])
	if err != nil {
		return err
	}
	if s.example {
		return s.showExample(out, args[0], info, known)
	}
	payload, err := payloadOf(cmd.InOrStdin(), args)
	if err != nil {
		return err
	}
	if known && !s.asIs {
		if err := proofread(cmd.ErrOrStderr(), info, payload); err != nil {
			return err
		}
	}
	name := args[0]
	if known {
		name = info.Name // in the spelling that the session knows other names for
	}
	return s.exchange(cmd.Context(), out, csta.Raw{Name: name, Body: payload})
}

// find looks a service up. What looks like a misspelt name is refused, what looks
// like nothing that we know may still be known to a server.
func (s *sendFlags) find(name string) (csta.ServiceInfo, bool, error) {
	info, ok := csta.FindService(name)
	if ok || s.asIs {
		return info, ok, nil
	}
	if near := nearest(name); near != "" {
		return info, false, usagef("no service %q: did you mean %s? "+
			"(--as-is sends it all the same)", name, near)
	}
	return info, false, nil
}

func (s *sendFlags) showExample(out io.Writer, name string, info csta.ServiceInfo,
	known bool,
) error {
	if !known {
		return usagef("no example of %q: it is not a service that is known here", name)
	}
	return s.print(out, info.Example)
}

// payloadOf is the JSON of a request: an argument, or stdin when it is no terminal.
func payloadOf(in io.Reader, args []string) (json.RawMessage, error) {
	var text []byte
	if len(args) == 2 && args[1] != "-" {
		text = []byte(args[1])
	} else if f, ok := in.(*os.File); !ok || !term.IsTerminal(f.Fd()) {
		var err error
		if text, err = io.ReadAll(io.LimitReader(in, maxPayload+1)); err != nil {
			return nil, usagef("payload: %v", err)
		}
	}
	text = bytes.TrimSpace(text)
	switch {
	case len(text) == 0:
		return json.RawMessage("{}"), nil
	case len(text) > maxPayload:
		return nil, usagef("payload: more than %d bytes", maxPayload)
	case !json.Valid(text):
		return nil, usagef("payload: not JSON: %.60q", text)
	}
	return text, nil
}

// exchange sends the request, prints the answer, and follows the events if asked to.
func (s *sendFlags) exchange(ctx context.Context, out io.Writer, req csta.Raw) error {
	t, err := s.resolve()
	if err != nil {
		return err
	}
	events := make(chan wti.Event, wti.DefaultBuffer)
	if s.follow {
		t.options.Tap = func(ev wti.Event) {
			select {
			case events <- ev:
			default: // a terminal that is slower than thousands of events
			}
		}
	}
	session, err := wti.Dial(ctx, t.AES, t.options)
	if err != nil {
		return err
	}
	defer func() { _ = session.Close() }()
	reply, err := wti.Do(ctx, session, req)
	if err != nil {
		return err
	}
	if err := s.print(out, reply); err != nil {
		return err
	}
	for s.follow {
		select {
		case ev := <-events:
			if err := s.printEvent(out, ev); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (s *sendFlags) printEvent(out io.Writer, ev wti.Event) error {
	name := fmt.Sprintf("%q", ev.EventName())
	return s.print(out, fmt.Appendf(nil, `{"event":%s,"payload":%s}`, name, orNull(ev.Payload)))
}

func orNull(text []byte) []byte {
	if !json.Valid(text) {
		return []byte("null")
	}
	return text
}

// print writes JSON: over several lines for people, on one for programs. What a
// terminal could take for a command is escaped.
func (s *sendFlags) print(out io.Writer, text []byte) error {
	var buf bytes.Buffer
	var err error
	if s.json {
		err = json.Compact(&buf, orNull(text))
	} else {
		err = json.Indent(&buf, orNull(text), "", "  ")
	}
	if err == nil {
		_, err = out.Write(append(harmless(buf.Bytes()), '\n'))
	}
	return err
}
