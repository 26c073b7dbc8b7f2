package mockaes_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/mockaes"
)

// bytesOf is how long the frames of a journal are together.
func bytesOf(entries []mockaes.Entry) (n int) {
	for _, e := range entries {
		n += len(e.Frame) + len(e.Name) + len(e.Note)
	}
	return n
}

func TestJournalKeepsTheBeginningOfAHugeFrame(t *testing.T) {
	for name, filling := range map[string]string{
		"of letters": strings.Repeat("x", 300_000),
		"of quotes":  strings.Repeat(`\"`, 150_000),
		"of text":    strings.Repeat("é ", 100_000),
	} {
		bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
			c := login(t, srv)
			c.ask("Fly", `{"password":"hush","wings":"`+filling+`"}`)
			for _, e := range srv.Journal(0) {
				if e.Name != "Fly" || e.Kind != "request" {
					continue
				}
				var text string
				if err := json.Unmarshal(e.Frame, &text); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if len(e.Frame) > 64<<10 || !strings.Contains(text, `"wings"`) {
					t.Errorf("%s: %d bytes: %.100s", name, len(e.Frame), text)
				}
				if strings.Contains(text, "hush") {
					t.Errorf("%s: the secret is in it", name)
				}
			}
		})
	}
}

func TestJournalForgetsTheOldestWhenItHasTooManyBytes(t *testing.T) {
	o := mockaes.Options{Limits: mockaes.Limits{JournalBytes: 200_000}}
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		for i := range 20 {
			c.ask("Fly", fmt.Sprintf(`{"turn":%d,"wings":%q}`, i, strings.Repeat("x", 50_000)))
		}
		entries := srv.Journal(0)
		if n := bytesOf(entries); n > 200_000 || n < 50_000 {
			t.Errorf("%d bytes are kept", n)
		}
		for i, e := range entries[1:] {
			if e.Number != entries[i].Number+1 {
				t.Errorf("%d follows %d", e.Number, entries[i].Number)
			}
		}
		if last := entries[len(entries)-1]; last.Kind != "refusal" {
			t.Errorf("the last entry is a %s", last.Kind)
		}
	})
}

func TestJournalIsReadInPages(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		for range 200 {
			c.ask("Fly", `{}`)
		}
		total := len(srv.Journal(0))
		for _, size := range []int{256, 100, 1} {
			var after uint64
			seen := 0
			for range total + 1 {
				path := fmt.Sprintf("/journal?after=%d&limit=%d", after, size)
				status, body := admin(t, srv, "GET", path, "")
				var page []mockaes.Entry
				if err := json.Unmarshal(body, &page); err != nil || status != http.StatusOK {
					t.Fatalf("HTTP %d: %v", status, err)
				}
				if len(page) == 0 {
					break
				}
				if len(page) > size {
					t.Fatalf("%d entries on a page of %d", len(page), size)
				}
				seen += len(page)
				after = page[len(page)-1].Number
			}
			if seen != total {
				t.Errorf("pages of %d have %d entries, want %d", size, seen, total)
			}
		}
		_, body := admin(t, srv, "GET", "/journal?limit=100000", "")
		if n := strings.Count(string(body), `"number"`); n != 256 {
			t.Errorf("%d entries at once", n)
		}
	})
}
