package csta_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// torment is a payload that no honest server would send, and what becomes of it.
type torment struct {
	file, event, why, verdict string
	payload                   []byte
}

// torments reads testdata/torture/expect.txt, whose head explains the layout.
func torments(tb testing.TB) []torment {
	tb.Helper()
	text, err := os.ReadFile("testdata/torture/expect.txt")
	if err != nil {
		tb.Fatal(err)
	}
	var list []torment
	for _, block := range strings.Split(string(text), "\n\n")[1:] {
		lines := strings.Split(strings.TrimSpace(block), "\n\t")
		name, event, _ := strings.Cut(lines[0], " ")
		t := torment{file: name + ".json", event: event, why: lines[1], verdict: lines[2]}
		if t.payload, err = os.ReadFile(filepath.Join("testdata/torture", t.file)); err != nil {
			tb.Fatal(err)
		}
		list = append(list, t)
	}
	return list
}

func TestNoPayloadDoesMoreHarmThanItShould(t *testing.T) {
	known := map[string]bool{"testdata/torture/expect.txt": true}
	for _, row := range torments(t) {
		known["testdata/torture/"+row.file] = true
		t.Run(row.why, func(t *testing.T) {
			row.check(t, csta.DecodeEvent(row.event, row.payload))
		})
	}
	files, err := filepath.Glob("testdata/torture/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !known[file] {
			t.Errorf("expect.txt does not say what becomes of %s", file)
		}
	}
}

func (row torment) check(t *testing.T, ev csta.Event) {
	t.Helper()
	if want, ok := strings.CutPrefix(row.verdict, "is "); ok {
		got, err := json.Marshal(ev)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(parsed(t, []byte(want)), parsed(t, got)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", row.file, diff)
		}
		return
	}
	u, ok := ev.(csta.Unknown)
	if !ok || string(u.Body) != string(row.payload) || u.Name != row.event {
		t.Fatalf("%s: got %T, want the event as it came", row.file, ev)
	}
	wrong, isMember := errors.AsType[*csta.MemberError](u.Err)
	name, wantsMember := strings.CutPrefix(row.verdict, "member ")
	id, untyped := strings.CutPrefix(row.verdict, "no type")
	switch {
	case row.verdict == "malformed" && errors.Is(u.Err, csta.ErrMalformed):
	case row.verdict == "too deep" && errors.Is(u.Err, csta.ErrTooDeep):
	case wantsMember && isMember && wrong.Member == name:
	case untyped && u.Err == nil && string(u.CrossRef()) == strings.TrimSpace(id):
	default:
		t.Errorf("%s: got the error %v, want %s", row.file, u.Err, row.verdict)
	}
}

func TestMemoryIsBoundedByTheLengthOfThePayload(t *testing.T) {
	const size = 1 << 20
	rows := []struct{ what, event, begin, again, end string }{
		{"tiny elements", "GetMonitorListEvent", `{"monitorObjectDataList":[`, `"",`, `""]}`},
		{"empty objects", "ConferencedEvent", `{"conferenceConnections":[`, `{},`, `{}]}`},
		{"lists repeated", "ConferencedEvent", `{`, `"conferenceConnections":[""],`, `"x":1}`},
		{"objects repeated", "DeliveredEvent", `{`, `"userData":{},`, `"x":1}`},
		{"unknown members", "DeliveredEvent", `{`, `"x":{"y":[1]},`, `"x":1}`},
		{"brackets", "DeliveredEvent", `{"x":`, `[`, `1`},
		{"escapes", "DeliveredEvent", `{"x":"`, `\u0041`, `"}`},
		{"bad bytes", "DeliveredEvent", `{"x":"`, "\xff", `"}`},
	}
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			middle := strings.Repeat(row.again, size/len(row.again))
			payload := []byte(row.begin + middle + row.end)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			csta.DecodeEvent(row.event, payload)
			runtime.ReadMemStats(&after)
			factor := (after.TotalAlloc - before.TotalAlloc) / uint64(len(payload))
			if factor > 100 {
				t.Errorf("%d bytes of payload took %d times as many", len(payload), factor)
			}
			t.Logf("%d bytes of memory for a byte of payload", factor)
		})
	}
}
