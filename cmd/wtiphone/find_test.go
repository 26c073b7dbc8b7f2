package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/phone"
)

func TestACallIsFoundUnderEveryIDThatItHad(t *testing.T) {
	const me = csta.DeviceID("3002:CM1:0.0.0.0:0")
	own := func(id csta.CallID) csta.ConnectionID { return csta.ConnectionID{Call: id, Device: me} }
	agent := csta.DeviceID("3001:CM1:0.0.0.0:0")
	events := []csta.Event{
		csta.Delivered{Connection: own("2"), Alerting: csta.Party(me), Calling: csta.Party(agent)},
		csta.Established{
			Connection: own("2"), Answering: csta.Party(me), Calling: csta.Party(agent),
		},
		csta.Transferred{
			PrimaryOld:   csta.ConnectionID{Call: "1", Device: agent},
			SecondaryOld: csta.ConnectionID{Call: "2", Device: agent},
			Transferring: csta.Party(agent), TransferredTo: csta.Party(me),
			Connections: []csta.ConnectionListItem{
				{New: own("1"), Old: own("2"), Endpoint: csta.Endpoint{Device: me}},
			},
		},
		csta.ConnectionCleared{Connection: own("1"), Releasing: csta.Party(me)},
	}
	b := calls.New(me)
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for i, ev := range events {
		b = b.Apply(ev, at.Add(time.Duration(i)*time.Second))
		c, going := find(b, "2")
		if last := i == len(events)-1; going == last {
			t.Errorf("after event %d: going is %v", i, going)
		}
		if i > 0 && c.Answered.IsZero() {
			t.Errorf("after event %d: %+v was never answered", i, c)
		}
	}
}

// TestAnAnsweredCallThatIsTransferredWasConnected has 'answer' take a consultation, whose
// call goes on under the id of the customer's.
func TestAnAnsweredCallThatIsTransferredWasConnected(t *testing.T) {
	srv := mockaes.New(mockaes.Options{})
	defer srv.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s := &scene{srv: srv}
	defer func() { s.open.close() }()
	agent, _, err := s.station(ctx, "1001", "", agentTone)
	if err != nil {
		t.Fatal(err)
	}
	answering := answered(t, srv, "--station", "1002", "--for", "1s", "--json")
	if _, err := agent.Dial(ctx, "7101"); err != nil {
		t.Fatal(err)
	}
	until(ctx, t, agent, func(s phone.State) bool { return !s.Board.Can().Consult.IsZero() })
	if _, err := agent.Consult(ctx, "1002"); err != nil {
		t.Fatal(err)
	}
	until(ctx, t, agent, func(s phone.State) bool {
		c, ok := s.Board.Active()
		return ok && c.Consults != "" && !c.Answered.IsZero()
	})
	if err := agent.Transfer(ctx); err != nil {
		t.Fatal(err)
	}
	got := <-answering
	var report callReport
	if err := json.Unmarshal([]byte(got.out), &report); err != nil || got.code != exitDone {
		t.Fatalf("exit code %d: %s%s (%v)", got.code, got.out, got.errs, err)
	}
	if !report.Established || report.UCID == nil || report.Seconds < 0.9 {
		t.Errorf("reported as %s", got.out)
	}
}

// ended is what a run of the program left behind.
type ended struct {
	code      int
	out, errs string
}

// answered runs 'answer' against a mock until its call is over.
func answered(t *testing.T, srv *mockaes.Server, args ...string) <-chan ended {
	done := make(chan ended, 1)
	args = append([]string{"answer", "--profile", "mock", "--aes", srv.WTI}, args...)
	var wg sync.WaitGroup
	wg.Go(func() {
		var out, errs bytes.Buffer
		code := run(args, strings.NewReader(""), &out, &errs)
		done <- ended{code, out.String(), errs.String()}
	})
	t.Cleanup(wg.Wait)
	return done
}

func until(ctx context.Context, t *testing.T, p *phone.Phone, fits func(phone.State) bool) {
	t.Helper()
	if _, err := p.Await(ctx, fits); err != nil {
		t.Fatal(err)
	}
}
