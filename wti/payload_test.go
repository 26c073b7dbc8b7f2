package wti_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

func TestAnEventIsReadHoweverItsPayloadIsWritten(t *testing.T) {
	const down = `{"eventListenerId":"7","linkName":"CM1","autoReconnect":true}`
	quoted := func(text string) string {
		b, _ := json.Marshal(text)
		return string(b)
	}
	deep := `{"linkName":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `}`
	typed := csta.LinkDown{Listener: "7", Link: "CM1", AutoReconnect: true}
	rows := []struct {
		what, name, payload string
		want                csta.Event // nil if the frame is dropped
		kept                string
	}{
		{"an object is its event", "LinkDownEvent", down, typed, down},
		{"an object in a string is its event", "LinkDownEvent", quoted(down), typed, down},
		{
			"a string that is no JSON stays a string", "LinkDownEvent", `"{no"`,
			csta.Unknown{Name: "LinkDownEvent", Body: []byte(`"{no"`), Err: csta.ErrMalformed},
			`"{no"`,
		},
		{
			"a string with more behind the object stays a string", "LinkDownEvent", `"{} {}"`,
			csta.Unknown{Name: "LinkDownEvent", Body: []byte(`"{} {}"`), Err: csta.ErrMalformed},
			`"{} {}"`,
		},
		{
			"a list in a string is not its event", "LinkDownEvent", `"[1]"`,
			csta.Unknown{Name: "LinkDownEvent", Body: []byte(`[1]`), Err: csta.ErrMalformed},
			`[1]`,
		},
		{
			"an unknown event with an object in a string keeps it", "NewEvent", `"{\"a\":1}"`,
			csta.Unknown{Name: "NewEvent", Body: []byte(`{"a":1}`)},
			`{"a":1}`,
		},
		{
			"an unknown event with text keeps the string", "NewEvent", `"{no"`,
			csta.Unknown{Name: "NewEvent", Body: []byte(`"{no"`)},
			`"{no"`,
		},
		{"a string that is nested too deep is no frame", "LinkDownEvent", quoted(deep), nil, ""},
	}
	sameCause := cmp.Comparer(func(a, b error) bool { return errors.Is(a, b) || errors.Is(b, a) })
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newAES(t, func(p *peer) {
					p.start()
					p.event(row.name, row.payload)
					p.event("LastEvent", "{}")
					p.next()
				})
				for ev, err := range a.open(t).Events(t.Context()) {
					if err != nil {
						t.Fatal(err)
					}
					if ev.EventName() == "LastEvent" {
						if row.want != nil {
							t.Error("the event did not arrive")
						}
						return
					}
					if diff := cmp.Diff(row.want, ev.Event, sameCause); diff != "" {
						t.Errorf("(-want +got)\n%s", diff)
					}
					if string(ev.Payload) != row.kept {
						t.Errorf("got the payload %s, want %s", ev.Payload, row.kept)
					}
					return
				}
			})
		})
	}
}
