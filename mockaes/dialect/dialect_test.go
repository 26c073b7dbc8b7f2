package dialect_test

import (
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes/dialect"
)

func TestFaultForms(t *testing.T) {
	tests := []struct {
		name  string
		fault *csta.Fault
		quirk string
		want  string // from the headerType on
	}{
		{
			"the error object of DMCC", csta.Refuse(csta.NoCallToAnswer), "fault=CSTAErrorCode",
			`"response","version":"v2"},"payload":` +
				`{"CSTAErrorCode":{"stateIncompatibility":"noCallToAnswer"}}}`,
		},
		{
			"without its wrapper", csta.Refuse(csta.NoCallToAnswer), "fault=bare",
			`"response","version":"v2"},"payload":{"stateIncompatibility":"noCallToAnswer"}}`,
		},
		{
			"with a headerType of its own", csta.Refuse(csta.NoCallToAnswer), "fault=error",
			`"error","version":"v2"},"payload":` +
				`{"CSTAErrorCode":{"stateIncompatibility":"noCallToAnswer"}}}`,
		},
		{
			"as text", csta.Refuse(csta.NoCallToAnswer), "fault=text",
			`"error","version":"v2"},"payload":"stateIncompatibility/noCallToAnswer"}`,
		},
		{
			"as an exception", csta.Refuse(csta.NoCallToAnswer), "fault=exception",
			`"response","version":"v2"},"payload":{"CSTAException":{"exceptionClass":` +
				`"ch.ecma.csta.errors.CSTAException","message":"stateIncompatibility/` +
				`noCallToAnswer","stackTrace":"","CSTAErrorCode":` +
				`{"stateIncompatibility":"noCallToAnswer"}}}}`,
		},
		{
			"a session's refusal has a form of its own", csta.Refuse(csta.InvalidSessionID),
			"fault=bare", `"response","version":"v2"},"payload":` +
				`{"errorCode":{"definedError":"invalidSessionID"}}}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := dialect.New(tt.quirk)
			if err != nil {
				t.Fatal(err)
			}
			frame, err := d.Answer(wire.Frame{Name: "AnswerCall", InvokeID: 5, HasID: true}, nil,
				tt.fault)
			if err != nil {
				t.Fatal(err)
			}
			_, got, _ := strings.Cut(string(frame), `"headerType":`)
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestEventForms(t *testing.T) {
	event := csta.HeldEvent{
		CallEvent:  csta.CallEvent{Monitored: csta.Monitored{CrossRefID: "1"}},
		Connection: csta.ConnectionID{Call: "179", Device: "1001:CM1::0"},
	}
	const payload = `"payload":{"monitorCrossRefID":"1",` +
		`"heldConnection":{"callID":"179","deviceID":"1001:CM1::0"}}}`
	tests := []struct {
		quirks []string
		want   string
	}{
		{nil, `{"header":{"invokeId":9999,"event":"HeldEvent","headerType":"event",` +
			`"version":"v2"},` + payload},
		{[]string{"event-id=0"}, `{"header":{"invokeId":0,"event":"HeldEvent",` +
			`"headerType":"event","version":"v2"},` + payload},
		{[]string{"event-id=none", "event=X"}, `{"header":{"event":"Held",` +
			`"headerType":"event","version":"v2"},` + payload},
		{[]string{"event=X", "event=XEvent"}, `{"header":{"invokeId":9999,"event":"HeldEvent",` +
			`"headerType":"event","version":"v2"},` + payload},
	}
	for _, tt := range tests {
		d, err := dialect.New(tt.quirks...)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := d.Event(event); err != nil || string(got) != tt.want {
			t.Errorf("%v: %v\ngot  %s\nwant %s", tt.quirks, err, got, tt.want)
		}
	}
}

func TestQuirksSayWhatTheyRestOn(t *testing.T) {
	for _, q := range dialect.Quirks() {
		if !strings.HasSuffix(q.About, "]") {
			t.Errorf("%s: %q does not", q.Name, q.About)
		}
	}
}
