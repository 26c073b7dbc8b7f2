package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/wti"
)

// watcher prints the events of devices as they come.
type watcher struct {
	connection
	json bool

	mu        sync.Mutex // one line at a time
	out, errs io.Writer
}

func newWatch() *cobra.Command {
	w := &watcher{}
	cmd := &cobra.Command{
		Use:   "watch DEVICE...",
		Short: "Print the events of stations, VDNs or skills as they come",
		Long: "Print the events of stations, VDNs or skills as they come.\n\n" +
			"A device that AES refuses to have monitored, or whose monitor ends, is told on\n" +
			"stderr, and with --json as a line whose event is Unwatched as well; the others\n" +
			"are watched on. With the last one the verb ends, with its exit code.",
		Example: "wtiphone watch 1001 8001 5001\nwtiphone watch 1001 --json | jq .event",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("watch: name at least one device, for example 1001")
			}
			return nil
		},
		ValidArgsFunction: numbers(0, true),
		RunE: func(cmd *cobra.Command, args []string) error {
			w.out, w.errs = cmd.OutOrStdout(), cmd.ErrOrStderr()
			return w.run(cmd.Context(), args)
		},
	}
	w.register(cmd)
	cmd.Flags().BoolVar(&w.json, "json", false, "print one JSON object a line")
	return cmd
}

func (w *watcher) run(ctx context.Context, numbers []string) error {
	t, err := w.resolve()
	if err != nil {
		return err
	}
	if t.Switch == "" {
		return usagef("no switch: give --switch, the name of the switch connection at AES")
	}
	s, box, err := t.dial(ctx, talk)
	if err != nil {
		return err
	}
	defer func() { _, _ = s.Close(), box.Close() }()
	v := vigil{watcher: w, session: s, ends: make(chan ending, len(numbers))}
	ctx, cancel := context.WithCancel(ctx)
	defer v.all.Wait()
	defer cancel()
	if err := v.begin(ctx, t.Switch, numbers); err != nil {
		return err
	}
	watching := "watching " + list(v.watched)
	fmt.Fprintln(w.errs, "wtiphone: "+watching)
	teller := &linkTeller{errs: w.errs, again: ", " + watching}
	if w.json {
		teller.changed = w.printCTI // among the events of its monitors
	}
	defer s.OnStatus(teller.tell)()
	return v.last(ctx)
}

// printCTI prints the state of a CTI link among the events.
func (w *watcher) printCTI(l wti.CTILink) {
	payload, _ := json.Marshal(map[string]any{ // texts and times always can be
		"switch": l.Switch, "state": l.State, "since": l.Since,
	})
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = writeJSON(w.out, line{Time: l.Since, Event: "CTILink", Payload: payload})
}

// line is what watch --json prints; the payload is the server's, untouched.
type line struct {
	Time    time.Time       `json:"time"`
	Device  string          `json:"device"`
	Event   string          `json:"event"`
	Call    string          `json:"call"`
	Cause   string          `json:"cause"`
	Payload json.RawMessage `json:"payload"`
}

// missed is the payload of a Gap, which no server sends.
type missed struct {
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	Resumed bool      `json:"resumed"` // the session survived, and its monitors
	Missing []string  `json:"missing"` // what could not be restored
}

func gapLine(l line, gap wti.Gap) line {
	m := missed{From: gap.From, To: gap.To, Resumed: gap.Resumed, Missing: []string{}}
	for _, err := range gap.Missing {
		m.Missing = append(m.Missing, err.Error())
	}
	if gap.Cause != nil {
		l.Cause = gap.Cause.Error()
	}
	l.Payload, _ = json.Marshal(m) // times and texts always can be
	return l
}

func (w *watcher) print(ev wti.Event, number string) error {
	l := line{
		Time: ev.At, Device: number, Event: ev.EventName(),
		Call: callOf(ev.Payload), Cause: gjson.GetBytes(ev.Payload, "cause").String(),
		Payload: ev.Payload,
	}
	if gap, ok := ev.Event.(wti.Gap); ok {
		l = gapLine(l, gap)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.json {
		return writeJSON(w.out, l)
	}
	_, err := fmt.Fprintln(w.out, l.text(ev.Event))
	return err
}

// callOf is the first call id in a payload, whatever the connection is called that
// it stands in.
func callOf(payload []byte) (id string) {
	gjson.ParseBytes(payload).ForEach(func(_, value gjson.Result) bool {
		if value.IsObject() {
			id = value.Get("callID").String()
		}
		return id == ""
	})
	return id
}
