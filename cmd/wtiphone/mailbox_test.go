package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/wti"
)

func TestAnAESWhoseEventsDoNotArriveIsTold(t *testing.T) {
	for _, tt := range []struct {
		name, aes string
		after     time.Duration // of the first event; 0 for none
		told      bool
	}{
		{"none over REST", "https://aes.example.com", 0, true},
		{"one in time", "https://aes.example.com", 9 * time.Second, false},
		{"none over a WebSocket", "wss://aes.example.com", 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				target := &target{profile: profile{AES: tt.aes}}
				target.options.REST.URL = "https://desk.example.com:8443"
				m := target.expectEvents()
				told := make(chan string, 1)
				m.watch(func(text string) { told <- text })
				if tt.after > 0 {
					time.Sleep(tt.after)
					target.options.Tap(wti.Event{})
					target.options.Tap(wti.Event{}) // one is enough, and more do no harm
				}
				time.Sleep(time.Minute)
				_ = m.Close()
				select {
				case text := <-told:
					if !tt.told || !strings.Contains(text, "at https://desk.example.com:8443") {
						t.Errorf("told %q", text)
					}
				default:
					if tt.told {
						t.Error("nothing was told")
					}
				}
			})
		})
	}
}
