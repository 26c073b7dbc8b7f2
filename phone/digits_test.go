package phone_test

import (
	"net/netip"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// keypad notes which keys go down, and which are up after a time that RFC 4733 tells.
type keypad struct {
	mu       sync.Mutex
	down, up string
	shortest time.Duration
}

func (k *keypad) digit(d rtpmedia.Digit) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !d.Ended {
		k.down += string(d.Digit)
		return
	}
	if k.up == "" || d.Duration < k.shortest {
		k.shortest = d.Duration
	}
	k.up += string(d.Digit)
}

// ITU-T Q.24 asks receivers for digits of 40 ms and more.
func TestTheDigitsOfTheFarEndAreTold(t *testing.T) {
	inLab(t, mockaes.Options{}, func(l *lab) {
		var near, far keypad
		here := netip.MustParseAddr("127.0.0.1")
		a, done := l.station("1001", phone.Options{
			Media: csta.MediaClient, Address: here, OnDigit: near.digit,
		})
		defer done()
		b, done := l.station("1002", phone.Options{
			Media: csta.MediaClient, Address: here, OnDigit: far.digit,
		})
		defer done()
		_, err := a.Dial(l.ctx, "1002")
		l.must(err)
		ringing, _ := l.await(b, "it rings", alerting).Board.Alerting()
		l.must(b.Answer(l.ctx, ringing.Own))
		l.await(a, "they talk", talking)
		l.must(a.Digits(l.ctx, "42#"))
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if far.down != "42#" || far.up != "42#" || far.shortest < 40*time.Millisecond {
			t.Errorf("the far end is told of %q and %q, of %v at least",
				far.down, far.up, far.shortest)
		}
		if near.down != "" || near.up != "" {
			t.Errorf("who dials is told of %q and %q", near.down, near.up)
		}
	})
}
