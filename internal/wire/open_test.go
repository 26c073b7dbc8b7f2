package wire_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
)

// FuzzOpen: a frame that is opened and settled is the frame that Parse reads; and one
// whose payload could be decoded needs not be settled.
func FuzzOpen(f *testing.F) {
	for _, e := range csta.Events() {
		text := string(e.Example)
		f.Add(e.Name, text)
		f.Add(e.Name, text[:len(text)-1])
		f.Add(e.Name, text+"}")
	}
	deep := strings.Repeat("[", wire.MaxDepth) + strings.Repeat("]", wire.MaxDepth)
	for _, text := range []string{
		"", "null", "401", "{no", "[]", "{}", "{} {}", `{"a":1}x`, `"{}"`, deep,
		`{"a":` + deep + `}`,
	} {
		f.Add("DeliveredEvent", text)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		payload, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		head, err := json.Marshal(map[string]string{"headerType": "event", "event": name})
		if err != nil {
			t.Fatal(err)
		}
		data := []byte(`{"header":` + string(head) + `,"payload":` + string(payload) + `}`)
		want, wrong := wire.Parse(data)
		got, err := wire.Open(data)
		ev := csta.DecodeEvent(got.Name, got.Payload)
		if _, unknown := ev.(csta.Unknown); unknown && err == nil {
			err = got.Settle()
		}
		if fmt.Sprint(err) != fmt.Sprint(wrong) {
			t.Fatalf("%s: %T and the error %v, want %v", data, ev, err, wrong)
		}
		if diff := cmp.Diff(want, got); err == nil && diff != "" {
			t.Fatalf("%s: %T (-want +got)\n%s", data, ev, diff)
		}
	})
}
