package wti_test

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

func TestKeysArePressedNoFasterThanTheSwitchTakesThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var at []time.Duration
		begin := time.Now()
		a := newAES(t, func(p *peer) {
			p.start()
			p.follow(func(string, gjson.Result) string {
				at = append(at, time.Since(begin))
				return "{}"
			})
		})
		s := a.open(t)
		press := func(req csta.Request[csta.Empty]) {
			if _, err := wti.Do(t.Context(), s, req); err != nil {
				t.Fatal(err)
			}
		}
		here := csta.ConnectionID{Call: "1", Device: "1001"}
		press(csta.GenerateDigits{Target: here, Digits: "1"})
		press(csta.GenerateDigits{Target: here, Digits: "2"})
		press(csta.ButtonPress{Device: "1001", Button: "260"}) // transfer
		press(csta.ButtonPress{Device: "1001", Button: "1"})
		press(csta.ButtonPress{Device: "1002", Button: "1"}) // another device need not wait
		press(csta.AnswerCall{Target: here})
		press(csta.SetHookswitchStatus{Device: "1003"})
		press(csta.ButtonPress{Device: "1003", Button: "1"}) // lost right behind the hookswitch
		const ms = time.Millisecond
		want := fmt.Sprint([]time.Duration{
			0, 200 * ms, 400 * ms, 900 * ms, 900 * ms, 900 * ms, 900 * ms, 1100 * ms,
		})
		if got := fmt.Sprint(at); got != want {
			t.Errorf("asked at %s, want %s", got, want)
		}
	})
}

func TestNoMoreRequestsAreOutstandingThanAllowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAES(t, func(p *peer) {
			p.start()
			for {
				header, _ := p.next()
				if !header.Exists() {
					return
				}
				go func() {
					time.Sleep(time.Second)
					p.reply(header, "{}")
				}()
			}
		})
		o := a.options()
		o.Pacing.Outstanding = 3
		s, err := wti.Dial(t.Context(), "ws://aes", o)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var wg sync.WaitGroup
		begin := time.Now()
		for range 9 {
			wg.Go(func() { _, _ = wti.Do(t.Context(), s, csta.AnswerCall{}) })
		}
		wg.Wait()
		if took := time.Since(begin); took != 3*time.Second {
			t.Errorf("nine requests of a second each, three at a time, took %v", took)
		}
	})
}
