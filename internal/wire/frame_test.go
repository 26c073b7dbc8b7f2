package wire_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/internal/wire"
)

func TestParse(t *testing.T) {
	response := wire.Frame{
		Kind: wire.Response, Name: "X", InvokeID: 1, HasID: true, HeaderFirst: true,
	}
	with := func(change func(f *wire.Frame)) wire.Frame {
		f := response
		change(&f)
		return f
	}
	tests := []struct {
		name string
		in   string
		want wire.Frame
	}{
		{
			"the forum's start request", forumStart,
			wire.Frame{
				Kind: wire.Request, Name: "StartApplicationSession",
				InvokeID: 1, HasID: true, Version: "v2", HeaderFirst: true,
				Payload: []byte(forumStart[strings.LastIndex(forumStart, "{") : len(forumStart)-1]),
			},
		},
		{
			"the forum's start answer has its payload in a string",
			`{"header":{"headerType":"response","response":"X","invokeId":1},` +
				`"payload":"{\"token\":\"a\\\"b\"}"}`,
			with(func(f *wire.Frame) { f.WasString, f.Payload = true, []byte(`{"token":"a\"b"}`) }),
		},
		{
			"a string that is not JSON stays text",
			`{"header":{"headerType":"response","response":"X","invokeId":1},"payload":"{no"}`,
			with(func(f *wire.Frame) {
				f.WasString, f.IsText, f.Payload = true, true, []byte("{no")
			}),
		},
		{
			"a string that is a number is text",
			`{"header":{"headerType":"response","response":"X","invokeId":1},"payload":"401"}`,
			with(func(f *wire.Frame) {
				f.WasString, f.IsText, f.Payload = true, true, []byte("401")
			}),
		},
		{
			"an empty string is no payload",
			`{"header":{"headerType":"response","response":"X","invokeId":1},"payload":" "}`,
			with(func(f *wire.Frame) { f.WasString = true }),
		},
		{
			"null is no payload",
			`{"header":{"headerType":"response","response":"X","invokeId":1},"payload":null}`,
			response,
		},
		{
			"no payload at all",
			` {"header":{"headerType":"response","response":"X","invokeId":1}}`,
			response,
		},
		{
			"member names in any case, the id as text with leading zeros",
			`{"HEADER":{"HeaderType":"Response","RESPONSE":"X","InvokeID":"0001"}}`,
			response,
		},
		{
			"an id that is a whole number in other clothes",
			`{"header":{"headerType":"response","response":"X","invokeId":1.0}}`,
			response,
		},
		{
			"an id that is no number is no id",
			`{"header":{"headerType":"response","response":"X","invokeId":"one"}}`,
			with(func(f *wire.Frame) { f.InvokeID, f.HasID = 0, false }),
		},
		{
			"the header last is told apart",
			`{"payload":{},"header":{"headerType":"response","response":"X","invokeId":1}}`,
			with(func(f *wire.Frame) { f.HeaderFirst, f.Payload = false, []byte("{}") }),
		},
		{
			"credentials in the header",
			`{"header":{"headerType":"response","response":"X","invokeId":1,` +
				`"token":"t","Authorization":"Bearer t"}}`,
			with(func(f *wire.Frame) { f.Token, f.Authorization = "t", "Bearer t" }),
		},
		{
			"of duplicates the last one counts",
			`{"header":{"headerType":"response","response":"Y","response":"X","invokeId":1},` +
				`"payload":1,"payload":[2]}`,
			with(func(f *wire.Frame) { f.Payload = []byte("[2]") }),
		},
		{
			"a kind that we do not know is kept",
			`{"header":{"headerType":"Notice","Notice":"X","invokeId":1}}`,
			with(func(f *wire.Frame) { f.Kind = "Notice" }),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := wire.Parse([]byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestParseSaysWhatWasWrong(t *testing.T) {
	deep := strings.Repeat("[", 63) + strings.Repeat("]", 63)
	header := `{"header":{"headerType":"event","event":"X"},"payload":`
	tests := []struct {
		name string
		in   string
		want error
	}{
		{"nothing", "", wire.ErrNotJSON},
		{"half a frame", `{"header":{`, wire.ErrNotJSON},
		{"two frames", `{"header":{}}{}`, wire.ErrNotJSON},
		{"an array", `[]`, wire.ErrNotJSON},
		{"a header that is missing", `{"payload":{}}`, wire.ErrNoHeader},
		{"a header that is text", `{"header":"{}"}`, wire.ErrNoHeader},
		{"no headerType", `{"header":{"request":"X"}}`, wire.ErrNoName},
		{"a headerType that names nothing", `{"header":{"headerType":"request"}}`, wire.ErrNoName},
		{"a name that is a number", `{"header":{"headerType":"a","a":1}}`, wire.ErrNoName},
		{"64 levels are the most", header + deep + "}", nil},
		{"65 levels are too many", header + "[" + deep + "]}", wire.ErrTooDeep},
		{"brackets in strings are not levels", header + `["` + deep + deep + `\"["]}`, nil},
		{"too deep inside a string", header + `"` + deep + `["}`, nil},
		{"an unbalanced tower", strings.Repeat("[", 1<<16), wire.ErrTooDeep},
		{
			"a tower inside a string",
			header + `"` + strings.Repeat("[", 65) + strings.Repeat("]", 65) + `"}`,
			wire.ErrTooDeep,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := wire.Parse([]byte(tt.in)); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestParseAllocatesAtMostTwice(t *testing.T) {
	frame := []byte(forumStart)
	if n := testing.AllocsPerRun(100, func() { _, _ = wire.Parse(frame) }); n > 2 {
		t.Errorf("got %v allocations for a frame, want at most 2", n)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(forumStart))
	f.Add([]byte(`{"header":{"headerType":"response","response":"X"},"payload":"{\"a\":[1]}"}`))
	f.Add([]byte(`{"payload":"","header":{"headerType":"event","EVENT":"X","invokeId":"9999"}}`))
	f.Add([]byte(strings.Repeat("[", 100)))
	f.Fuzz(func(t *testing.T, data []byte) {
		frame, err := wire.Parse(data)
		if err == nil && frame.Name == "" {
			t.Error("a frame without a name and without an error")
		}
		known := errors.Is(err, wire.ErrNotJSON) || errors.Is(err, wire.ErrNoHeader) ||
			errors.Is(err, wire.ErrNoName) || errors.Is(err, wire.ErrTooDeep)
		if err != nil && !known {
			t.Errorf("%v is none of the package's errors", err)
		}
		if len(frame.Payload) > len(data) {
			t.Errorf("%d bytes of payload out of %d", len(frame.Payload), len(data))
		}
	})
}
