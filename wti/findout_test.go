package wti_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// picky is an AES with several deviations: it wants the token in the header, knows
// one service for the ids of all devices, and wants members with a capital.
func picky(asked *[]string) func(*peer) {
	return func(p *peer) {
		p.start()
		for {
			header, payload := p.next()
			if !header.Exists() {
				return
			}
			service := header.Get("request").Str
			*asked = append(*asked, service)
			switch {
			case header.Get("token").Str != "t0ken":
				p.reply(header, `"401 Unauthorized"`)
			case service != "GetDeviceId":
				p.reply(header, `{"CSTAErrorCode":{"operation":"serviceNotSupported"}}`)
			case !payload.Get("Extension").Exists():
				p.reply(header, `"extension is missing"`)
			case payload.Get("Extension").Str == "9999":
				p.reply(header, `{"CSTAErrorCode":{"operation":"invalidDeviceID"}}`)
			default:
				p.reply(header, `{"device":"1001:CM1::0"}`)
			}
		}
	}
}

func TestSeveralDeviationsAreFoundOutOneAfterTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []string
		s := newAES(t, picky(&asked)).open(t)
		for range 2 {
			reply, err := wti.Do(t.Context(), s, csta.GetThirdPartyDeviceID{Extension: "1001"})
			if err != nil || reply.Device != "1001:CM1::0" {
				t.Fatalf("got %v, %v", reply, err)
			}
		}
		// Once without the token, once under the wrong name, once with small letters,
		// and then right at once.
		want := "[GetThirdPartyDeviceId GetThirdPartyDeviceId GetDeviceId GetDeviceId GetDeviceId]"
		if got := fmt.Sprint(asked); got != want {
			t.Errorf("asked\n%s, want\n%s", got, want)
		}
	})
}

func TestARefusalBehindTheDeviationsIsTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []string
		s := newAES(t, picky(&asked)).open(t)
		for range 2 {
			_, err := wti.Do(t.Context(), s, csta.GetThirdPartyDeviceID{Extension: "9999"})
			if f, ok := errors.AsType[*csta.Fault](err); !ok || f.Code != csta.InvalidDeviceID {
				t.Fatalf("got %v", err)
			}
		}
		if len(asked) != 5 {
			t.Errorf("asked %v, want the dialect kept after the first", asked)
		}
	})
}

// TestAServerThatNeverStopsComplainingIsLeftAlone: each complaint differs from the
// last, so that each form seems to help.
func TestAServerThatNeverStopsComplainingIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		a := newAES(t, func(p *peer) {
			p.start()
			for {
				header, _ := p.next()
				if !header.Exists() {
					return
				}
				asked++
				p.reply(header, []string{
					`"401 Unauthorized"`, `"unknown service"`, `"member is missing"`,
				}[asked%3])
			}
		})
		s := a.open(t)
		_, err := wti.Do(t.Context(), s, csta.GetThirdPartyDeviceID{Extension: "1001"})
		if _, ok := errors.AsType[*csta.Fault](err); !ok || asked > 20 {
			t.Errorf("asked %d times and got %v", asked, err)
		}
	})
}
