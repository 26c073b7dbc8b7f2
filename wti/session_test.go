package wti_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tidwall/gjson"
	"go.uber.org/goleak"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestDialSendsBasicAndTheStartRequestOfTheForum(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var header, payload gjson.Result
		a := newAES(t, func(p *peer) {
			header, payload = p.next()
			p.reply(header, started)
			p.follow(func(string, gjson.Result) string { return "{}" })
		})
		if err := a.open(t).Close(); err != nil {
			t.Fatal(err)
		}
		wantHeader := `{"invokeId":1,"request":"StartApplicationSession",` +
			`"headerType":"request","version":"v2"}`
		wantPayload := `{"SessionDuration":"180","ProtocolVersionList":["10.2.0","10.1.0"],` +
			`"ApplicationID":"wtiphone"}`
		if header.Raw != wantHeader || payload.Raw != wantPayload {
			t.Errorf("got %s %s\nwant %s %s", header.Raw, payload.Raw, wantHeader, wantPayload)
		}
		if got := a.headers[0].Get("Authorization"); got != "Basic Y3RpOmdvb2Q=" {
			t.Errorf("got Authorization %q", got)
		}
	})
}

func TestWrongCredentialsAreToldFromAServerThatIsNotThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAES(t, func(*peer) {})
		o := a.options()
		o.Password = "b4d"
		_, err := wti.Dial(t.Context(), "ws://aes", o)
		if !errors.Is(err, wti.ErrUnauthorized) || errors.Is(err, wti.ErrUnreachable) {
			t.Errorf("got %v, want ErrUnauthorized", err)
		}
		if strings.Contains(fmt.Sprintf("%+v %#v", err, o), "b4d") {
			t.Error("the password shows")
		}
		_ = a.Close()
		_, err = wti.Dial(t.Context(), "ws://aes", a.options())
		if !errors.Is(err, wti.ErrUnreachable) || errors.Is(err, wti.ErrUnauthorized) {
			t.Errorf("got %v, want ErrUnreachable", err)
		}
	})
}

func TestAddressesThatCannotBeRight(t *testing.T) {
	for _, address := range []string{
		"ftp://aes", "aes", "ws://", "ws://u:p@aes", "://", "wss://u:p@host:bad", "u:p@host",
		"htps://u:p@host", "ws://%zz:u:p@host", "wss://aes/?token=u:p",
	} {
		if _, err := wti.Dial(t.Context(), address, wti.Options{}); err == nil {
			t.Errorf("%q was accepted", address)
		} else if strings.Contains(err.Error(), "u:p") {
			t.Errorf("the error shows credentials: %v", err)
		}
	}
}

func TestTheTimerIsResetAtAThirdOfTheActualDuration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var at []time.Duration
		begin := time.Now()
		a := newAES(t, func(p *peer) {
			header, _ := p.next()
			p.reply(header, `{"sessionID":"S-0","token":"t","actualSessionDuration":"60"}`)
			p.follow(func(service string, payload gjson.Result) string {
				if service == "ResetApplicationSessionTimer" {
					at = append(at, time.Since(begin))
				}
				return `{"actualSessionDuration":30}`
			})
		})
		s := a.open(t)
		time.Sleep(45 * time.Second)
		_ = s.Close()
		want := fmt.Sprint([]time.Duration{20 * time.Second, 30 * time.Second, 40 * time.Second})
		if got := fmt.Sprint(at); got != want {
			t.Errorf("timer was reset at %s, want %s", got, want)
		}
	})
}

func TestDoGivesTheAnswerTheFaultOrTheContextsError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAES(t, func(p *peer) {
			p.start()
			p.follow(func(service string, payload gjson.Result) string {
				switch payload.Get("extension").Str {
				case "1001":
					return `"{\"device\":\"1001:CM1:0.0.0.0:0\"}"`
				case "9999":
					return `{"CSTAErrorCode":{"operation":"invalidDeviceID"}}`
				}
				return ""
			})
		})
		s := a.open(t)
		reply, err := wti.Do(t.Context(), s, csta.GetDeviceID{Extension: "1001"})
		if err != nil || reply.Device != "1001:CM1:0.0.0.0:0" {
			t.Errorf("got %v, %v", reply, err)
		}
		_, err = wti.Do(t.Context(), s, csta.GetDeviceID{Extension: "9999"})
		if f, ok := errors.AsType[*csta.Fault](err); !ok || f.Code != csta.InvalidDeviceID {
			t.Errorf("got %v, want the fault", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err = wti.Do(ctx, s, csta.GetDeviceID{Extension: "silent"})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want the deadline", err)
		}
		if _, err = wti.Do(t.Context(), s, csta.GetDeviceID{Extension: "1001"}); err != nil {
			t.Errorf("the connection did not survive a request that was given up: %v", err)
		}
	})
}

func TestTheMonitorsNameIsFoundOutOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []string
		a := newAES(t, func(p *peer) {
			p.start()
			p.follow(func(service string, _ gjson.Result) string {
				asked = append(asked, service)
				if service == "MonitorStart" {
					return fmt.Sprintf(`{"monitorCrossRefID":"%d"}`, len(asked))
				}
				return `{"CSTAErrorCode":{"operation":"serviceNotSupported"}}`
			})
		})
		s := a.open(t)
		for range 2 {
			if _, err := s.Monitor(t.Context(), csta.MonitorStart{}); err != nil {
				t.Fatal(err)
			}
		}
		want := "[MonitorDevice MonitorStart MonitorStart]"
		if got := fmt.Sprint(asked); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

func TestEventsReachTheirMonitorInOrderEvenBeforeTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAES(t, func(p *peer) {
			p.start()
			p.follow(func(service string, _ gjson.Result) string {
				p.event("HeldEvent", `{"monitorCrossRefID":"7","cause":"c0"}`)
				p.event("Held", `{"monitorCrossRefID":"8","cause":"other"}`)
				p.event("HeldEvent", `{"monitorCrossRefID":7,"cause":"c1"}`)
				return `{"monitorCrossRefID":"7"}`
			})
		})
		s := a.open(t)
		m, err := s.Monitor(t.Context(), csta.MonitorStart{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for ev, err := range m.Events(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, string(ev.Event.(csta.HeldEvent).Cause))
			if len(got) == 2 {
				break
			}
		}
		if fmt.Sprint(got) != "[c0 c1]" {
			t.Errorf("got %v", got)
		}
	})
}

func TestASlowConsumerIsToldAndTheSessionGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAES(t, func(p *peer) {
			p.start()
			p.follow(func(service string, _ gjson.Result) string {
				if service == "GetDeviceId" {
					for range 20 {
						p.event("HeldEvent", `{"monitorCrossRefID":"1"}`)
					}
				}
				return `{"monitorCrossRefID":"1","device":"d"}`
			})
		})
		o := a.options()
		o.Buffer = 10
		s, err := wti.Dial(t.Context(), "ws://aes", o)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		m, err := s.Monitor(t.Context(), csta.MonitorStart{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := wti.Do(t.Context(), s, csta.GetDeviceID{}); err != nil {
			t.Fatal(err)
		}
		for _, err := range m.Events(t.Context()) {
			if !errors.Is(err, wti.ErrTooSlow) {
				t.Errorf("got %v, want ErrTooSlow", err)
			}
		}
		if _, err := wti.Do(t.Context(), s, csta.GetDeviceID{}); err != nil {
			t.Error(err)
		}
	})
}

func TestARedirectDoesNotCarryTheCredentialsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAES(t, func(*peer) {})
		a.server.Handler = http.RedirectHandler("http://elsewhere/", http.StatusFound)
		_, err := wti.Dial(t.Context(), "ws://aes", a.options())
		if e, ok := errors.AsType[*wti.DialError](err); !ok || e.Status != http.StatusFound {
			t.Errorf("got %v, want the redirect as an error", err)
		}
	})
}
