package scan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/internal/scan"
)

func TestAStoreKeepsStringsAsTheyWere(t *testing.T) {
	var store scan.Store
	var got, want []string
	for round := range 3 {
		var text strings.Builder
		for n := range 40 {
			s := fmt.Sprintf("%d/%d %s", round, n, strings.Repeat("x", n*round))
			want = append(want, s)
			fmt.Fprintf(&text, "%q,", s)
		}
		data := []byte("[" + strings.TrimSuffix(text.String(), ",") + "]")
		store.Reset(len(data))
		c := scan.New(data)
		c.Keep(&store)
		err := c.Elements(func() error {
			s, err := c.Text()
			got = append(got, s)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		clear(data) // strings must not change with what they were read from
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %q, want %q", got[i], want[i])
		}
	}
}

func TestAStoreTakesFewAllocations(t *testing.T) {
	text := []byte(`["` + strings.Repeat(`short","`, 50) + strings.Repeat("long", 100) + `"]`)
	got := testing.AllocsPerRun(100, func() {
		var store scan.Store
		store.Reset(len(text))
		c := scan.New(text)
		c.Keep(&store)
		_ = c.Elements(func() error {
			_, err := c.Text()
			return err
		})
	})
	// The cursor and the store, one piece for 250 bytes in short strings, the long string.
	if got > 4 {
		t.Errorf("got %v allocations, want at most 4", got)
	}
}
