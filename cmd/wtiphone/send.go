package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

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
	f.BoolVar(&s.example, "example", false, "print an example of a service or event, send nothing")
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
	if s.example {
		return s.showExample(out, args[0])
	}
	info, known, err := s.find(args[0])
	if err != nil {
		return err
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
	if near := nearest(name, false); near != "" {
		return info, false, usagef("no service %q: did you mean %s? "+
			"(--as-is sends it all the same)", name, near)
	}
	return info, false, nil
}

// showExample prints a payload of a service, or of an event.
func (s *sendFlags) showExample(out io.Writer, name string) error {
	if info, ok := csta.FindService(name); ok {
		return s.print(out, info.Example)
	}
	for _, e := range csta.Events() {
		if strings.EqualFold(e.Name, name) {
			return s.print(out, e.Example)
		}
	}
	if near := nearest(name, true); near != "" {
		return usagef("no service or event %q: did you mean %s?", name, near)
	}
	return usagef("no example of %q: no service or event of that name is known here; "+
		"--list has them all", name)
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
		return nil, usagef("payload: not JSON: %s", mistakeIn(text))
	}
	return text, nil
}

// mistakeIn is where a text stops being JSON. The text itself may hold a password.
func mistakeIn(text []byte) string {
	var any json.RawMessage
	at, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(text, &any))
	if !ok || at.Offset > int64(len(text)) || at.Offset < 1 {
		return "there is a mistake in it"
	}
	before := text[:at.Offset]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	if at.Offset == int64(len(text)) && len(bytes.TrimRight(text, "}]")) == len(text) {
		return fmt.Sprintf("it ends too early, in line %d at character %d", line, column)
	}
	return fmt.Sprintf("the mistake is in line %d at character %d", line, column)
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
	if f, ok := errors.AsType[*csta.Fault](err); ok && f.Code == csta.InvalidAgentPassword {
		// What is typed goes out as it is (DMCC schema: the password is hexBinary).
		return fmt.Errorf("%w; a password travels as the hexadecimal digits of its bytes: "+
			"34333231 is 4321", err)
	}
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
