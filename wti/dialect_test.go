package wti_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// recording is what testdata/quirks holds for each quirk: a conversation in which
// the server has it. Each step is a request's header and payload as gjson paths that
// must be there, and what the server says.
type recording struct {
	About string `json:"about"`
	Steps []step `json:"steps"`
}

type step struct {
	Expect map[string]string `json:"expect"` // path in the frame -> value, "" for none
	Reply  json.RawMessage   `json:"reply"`  // the payload of the answer
	Events []struct {
		Name    string          `json:"name"`
		Payload json.RawMessage `json:"payload"`
	} `json:"events"` // that follow it
}

// filtered reports whether the step is about the filter of a monitor.
func (s step) filtered() bool {
	return slices.ContainsFunc(slices.Collect(maps.Keys(s.Expect)), func(path string) bool {
		return strings.HasPrefix(path, "payload.requestedMonitorFilter")
	})
}

// TestEachQuirkIsFoundOutAsItsRecordingSays plays the recordings against the client.
// A quirk without a recording fails, and so does a recording without a quirk.
func TestEachQuirkIsFoundOutAsItsRecordingSays(t *testing.T) {
	files, err := filepath.Glob("testdata/quirks/*.json")
	if err != nil || len(files) != len(wti.Quirks()) {
		t.Errorf("%d recordings for %d quirks (%v)", len(files), len(wti.Quirks()), err)
	}
	for _, q := range wti.Quirks() {
		t.Run(q.Name, func(t *testing.T) {
			name := strings.ReplaceAll(q.Name, "=", "-") + ".json"
			text, err := os.ReadFile(filepath.Join("testdata", "quirks", name))
			if err != nil {
				t.Fatal(err)
			}
			var r recording
			if err := json.Unmarshal(text, &r); err != nil {
				t.Fatal(err)
			}
			synctest.Test(t, func(t *testing.T) {
				if got, want := play(t, r), []string{q.Name}; !slices.Equal(got, want) {
					t.Errorf("found out %q, want %q", got, want)
				}
			})
		})
	}
}

// play holds the conversation: device, monitor, registration and their opposites. It
// returns what the session has found out.
func play(t *testing.T, r recording) []string {
	var played atomic.Int32 // steps; a session may take some by itself
	a := newAES(t, func(p *peer) {
		p.start()
		for {
			header, payload := p.next()
			step := int(played.Load())
			if !header.Exists() || step == len(r.Steps) {
				return
			}
			frame := fmt.Sprintf(`{"header":%s,"payload":%s}`, header.Raw, payload.Raw)
			for path, want := range r.Steps[step].Expect {
				if got := gjson.Get(frame, path).String(); got != want {
					t.Errorf("step %d: %s is %q, want %q", step, path, got, want)
				}
			}
			played.Add(1)
			p.reply(header, string(r.Steps[step].Reply))
			for _, ev := range r.Steps[step].Events {
				p.event(ev.Name, string(ev.Payload))
			}
		}
	})
	s := a.open(t)
	ctx := t.Context()
	device := csta.DeviceID("1001:CM1::0")
	for {
		synctest.Wait() // what the session does by itself
		step := int(played.Load())
		if step == len(r.Steps) {
			return s.Findings()
		}
		switch asked := r.Steps[step].Expect["header.request"]; asked {
		case "GetDeviceId":
			_, _ = wti.Do(ctx, s, csta.GetDeviceID{Extension: "1001"})
		case "GetThirdPartyDeviceId":
			_, _ = wti.Do(ctx, s, csta.GetThirdPartyDeviceID{Extension: "1001"})
		case "MonitorDevice", "MonitorStart", "StartMonitor":
			req := csta.MonitorStart{Object: csta.MonitorObject{Device: device}}
			if r.Steps[step].filtered() {
				_, _ = s.MonitorOnly(ctx, req, csta.Delivered{})
			} else {
				_, _ = s.Monitor(ctx, req)
			}
		case "MonitorStop", "StopMonitor":
			_, _ = wti.Do(ctx, s, csta.MonitorStop{CrossRefID: "1"})
		case "RegisterTerminalRequest", "RegisterTerminal":
			_, _ = wti.Do(ctx, s, csta.RegisterTerminal{Device: device})
		case "UnregisterTerminalRequest", "UnregisterTerminal":
			_, _ = wti.Do(ctx, s, csta.UnregisterTerminal{Device: device})
		default:
			t.Fatalf("step %d asks for %q", step, asked)
		}
		if int(played.Load()) == step {
			t.Fatalf("step %d: nothing was asked", step)
		}
	}
}

func TestADialectThatIsGivenIsUsedFromTheStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var header, payload gjson.Result
		a := newAES(t, func(p *peer) {
			p.start()
			header, payload = p.next()
			p.reply(header, `{"monitorCrossRefID":"1"}`)
			p.next() // a socket that is closed too early is come back to
		})
		o := a.options()
		o.Dialect = wti.Dialect{
			Token: wti.TokenAuthorization, Fields: wti.FieldsUpper,
			Names: map[string]string{"MonitorStart": "MonitorDeviceStart"},
		}
		s, err := wti.Dial(t.Context(), "ws://aes", o)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, err := s.Monitor(t.Context(), csta.MonitorStart{
			Object: csta.MonitorObject{Device: "1001:CM1:\"x\":0"},
		}); err != nil {
			t.Fatal(err)
		}
		if header.Get("request").Str != "MonitorDeviceStart" ||
			header.Get("Authorization").Str != "Bearer t0ken" ||
			payload.Get("MonitorObject.DeviceObject").Str != "1001:CM1:\"x\":0" {
			t.Errorf("got %s %s", header.Raw, payload.Raw)
		}
	})
}

// TestADialectThatIsGivenIsNotTried: what the user says of the token and of fields stays,
// whatever the server complains of.
func TestADialectThatIsGivenIsNotTried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []string
		o := newAES(t, picky(&asked)).options()
		o.Dialect = wti.Dialect{Token: wti.TokenSocket, Fields: wti.FieldsLower}
		s, err := wti.Dial(t.Context(), "ws://aes", o)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		_, err = wti.Do(t.Context(), s, csta.GetDeviceID{Extension: "1001"})
		if _, refused := errors.AsType[*csta.Fault](err); !refused || len(asked) != 1 {
			t.Errorf("asked %q and got %v, want one refusal", asked, err)
		}
		if found := s.Findings(); found != nil {
			t.Errorf("found out %q", found)
		}
	})
}
