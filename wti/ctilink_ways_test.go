package wti_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// asksOf are the questions about links in a site's log.
func asksOf(s *site) (asked []string) {
	for _, line := range s.log {
		_, service, _ := strings.Cut(line, ":")
		if slices.Contains([]string{
			"SystemRegister", "RequestSystemStatus", "CallInformationEventsStart", "GetLinkStatus",
		}, service) {
			asked = append(asked, service)
		}
	}
	return asked
}

const (
	unknownService = `{"CSTAErrorCode":{"operation":"serviceNotSupported"}}`
	notAllowed     = `{"CSTAErrorCode":{"operation":"privilegeViolationOnSpecifiedDevice"}}`
	registered     = `{"sysStatRegisterID":"500046"}`
	tlinkUp        = `{"systemStatus":"normal","extensions":{"privateData":{"private":` +
		`{"RequestSystemStatusResponsePrivateData":{"switchTlinkStatus":[` +
		`{"switchName":"CM1","tlinkStatus":"tlinkUp"}]}}}}}`
	linkIsUp = `{"linkList":[{"linkName":"cm1","isLinkUp":true,"autoReconnect":true}]}`
)

func TestHowAnAESTellsOfItsLinksIsFoundOutOnce(t *testing.T) {
	tests := []struct {
		about   string
		answers map[string]string // "" leaves a question unanswered
		first   string            // what is asked at the start
		again   string            // and after the socket and the session were lost
		want    wti.CTIState
	}{
		{
			"an AES that knows none of the services is asked once",
			map[string]string{
				"SystemRegister": unknownService, "CallInformationEventsStart": unknownService,
			},
			"SystemRegister CallInformationEventsStart", "", wti.CTIUnknown,
		},
		{
			"so is one whose CTI user may not know",
			map[string]string{
				"SystemRegister": notAllowed, "CallInformationEventsStart": notAllowed,
			},
			"SystemRegister CallInformationEventsStart", "", wti.CTIUnknown,
		},
		{
			"one that does not answer costs nobody time",
			map[string]string{"SystemRegister": "", "CallInformationEventsStart": ""},
			"SystemRegister CallInformationEventsStart", "", wti.CTIUnknown,
		},
		{
			"the status of the system tells of its link",
			map[string]string{"SystemRegister": registered, "RequestSystemStatus": tlinkUp},
			"SystemRegister RequestSystemStatus", "SystemRegister RequestSystemStatus", wti.CTIUp,
		},
		{
			"where the switch is not named, the status is the link's",
			map[string]string{
				"SystemRegister": registered, "RequestSystemStatus": `{"systemStatus":"disabled"}`,
			},
			"SystemRegister RequestSystemStatus", "SystemRegister RequestSystemStatus", wti.CTIDown,
		},
		{
			"an AES that tells changes alone is taken at its word",
			map[string]string{"SystemRegister": registered, "RequestSystemStatus": unknownService},
			"SystemRegister RequestSystemStatus", "SystemRegister RequestSystemStatus",
			wti.CTIUnknown,
		},
		{
			"call information is the other way",
			map[string]string{
				"SystemRegister":             unknownService,
				"CallInformationEventsStart": `{"eventListenerId":"1"}`, "GetLinkStatus": linkIsUp,
			},
			"SystemRegister CallInformationEventsStart GetLinkStatus",
			"CallInformationEventsStart GetLinkStatus", wti.CTIUp,
		},
	}
	for _, tt := range tests {
		t.Run(tt.about, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &site{}
				a := newAES(t, func(p *peer) {
					s.conns++
					n := s.conns
					s.peers = append(s.peers, p)
					p.follow(func(service string, _ gjson.Result) string {
						s.log = append(s.log, service+":"+service)
						if text, ok := tt.answers[service]; ok {
							return text
						}
						if service == "ResetApplicationSessionTimer" {
							return `{"errorCode":{"definedError":"invalidSessionID"}}`
						}
						return s.ordinary(n, service)
					})
				})
				o := a.options()
				o.CTILinks = []string{"CM1"}
				begin := time.Now()
				session, m := watched(t, a, o)
				if waited := time.Since(begin); waited > 0 {
					t.Errorf("the session was open after %v", waited)
				}
				time.Sleep(20 * time.Second)
				synctest.Wait()
				if got := strings.Join(asksOf(s), " "); got != tt.first {
					t.Errorf("asked %s\nwant  %s", got, tt.first)
				}
				if got := session.Status().CTI[0].State; got != tt.want {
					t.Errorf("the link is %q, want %q", got, tt.want)
				}
				s.log = nil
				s.cut()
				nextEvent(t, m)
				synctest.Wait()
				if got := strings.Join(asksOf(s), " "); got != tt.again {
					t.Errorf("after a loss asked %s\nwant %s", got, tt.again)
				}
			})
		})
	}
}

// telling is a site that tells of its link by the status of the system.
func telling(t *testing.T, s *site, state *string) (*wti.Session, *wti.Monitor) {
	s.answers = func(_ int, service string, _ gjson.Result) string {
		switch service {
		case "SystemRegister":
			return registered
		case "RequestSystemStatus":
			return strings.ReplaceAll(tlinkUp, "tlinkUp", *state)
		}
		return ""
	}
	a := newAES(t, s.serve)
	o := a.options()
	o.CTILinks = []string{"CM1"}
	session, m := watched(t, a, o)
	synctest.Wait()
	return session, m
}

func TestAMonitorIsOverIfItWasNotTheLinkThatEndedIt(t *testing.T) {
	tests := []struct {
		about  string
		tell   func(p *peer)
		state  string // what AES says of its link when it is asked
		isOver bool
	}{
		{"the link is up, and was", func(*peer) {}, "tlinkUp", true},
		{"the link is down, which nobody has told yet", func(*peer) {}, "tlinkDown", false},
		{
			"the link was down for a moment", func(p *peer) {
				p.event("SystemStatus", `{"sysStatRegisterID":"500046","systemStatus":"disabled"}`)
				p.event("SystemStatus", `{"sysStatRegisterID":"500046","systemStatus":"normal"}`)
			},
			"tlinkUp", false,
		},
		{
			"the link to another switch is down", func(p *peer) {
				p.event("LinkDownEvent", `{"eventListenerId":"9","linkName":"CM2"}`)
			},
			"tlinkUp", true,
		},
	}
	for _, tt := range tests {
		t.Run(tt.about, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				state := "tlinkUp"
				s := &site{}
				_, m := telling(t, s, &state)
				state = tt.state
				s.before = func(p *peer, _ int, service string) {
					if service == "RequestSystemStatus" {
						tt.tell(p)
					}
				}
				s.peers[0].event("MonitorStop", `{"monitorCrossRefID":"m1","cause":"maintenance"}`)
				synctest.Wait()
				if ev, ok := nextEvent(t, m).Event.(csta.MonitorStopped); !ok {
					t.Errorf("got %+v, want the event first", ev)
				}
				state, s.before = "tlinkUp", nil
				s.peers[0].event("LinkUpEvent", `{"eventListenerId":"9","linkName":"CM1"}`)
				synctest.Wait()
				for ev, err := range m.Events(t.Context()) {
					_, gap := ev.Event.(wti.Gap)
					over := errors.Is(err, wti.ErrMonitorStopped)
					if over != tt.isOver || gap == over {
						t.Errorf("got %+v, %v", ev, err)
					}
					break
				}
			})
		})
	}
}

func TestAMonitorThatIsRefusedWhenTheLinkIsBackIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		state := "tlinkDown"
		s := &site{}
		_, m := telling(t, s, &state)
		ordinary := s.answers
		s.answers = func(n int, service string, payload gjson.Result) string {
			if service == "MonitorDevice" {
				return notAllowed
			}
			return ordinary(n, service, payload)
		}
		s.peers[0].event("MonitorStop", `{"monitorCrossRefID":"m1"}`)
		nextEvent(t, m)
		synctest.Wait() // the question has been answered
		state = "tlinkUp"
		s.peers[0].event("LinkUpEvent", `{"eventListenerId":"9","linkName":"CM1"}`)
		gap, ok := nextEvent(t, m).Event.(wti.Gap)
		if !ok || gap.Missing == nil {
			t.Errorf("got %+v", gap)
		}
		for _, err := range m.Events(t.Context()) {
			if f, ok := errors.AsType[*csta.Fault](err); !ok || f.Code.Value() !=
				"privilegeViolationOnSpecifiedDevice" {
				t.Errorf("got %v", err)
			}
		}
	})
}

// TestAnEventIsAsNewAsTheAnswerThatItOvertook has AES say that its link is down, and
// tell before that it is up.
func TestAnEventIsAsNewAsTheAnswerThatItOvertook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		state := "tlinkUp"
		s := &site{}
		session, _ := telling(t, s, &state)
		asked := 0
		ordinary := s.answers
		s.answers = func(n int, service string, payload gjson.Result) string {
			if service != "RequestSystemStatus" {
				return ordinary(n, service, payload)
			}
			asked++
			s.peers[0].event("LinkUpEvent", `{"linkName":"CM1"}`)
			return strings.ReplaceAll(tlinkUp, "tlinkUp", "tlinkDown")
		}
		s.peers[0].event("MonitorStop", `{"monitorCrossRefID":"m1"}`)
		synctest.Wait()
		if got := session.Status().CTI[0].State; got != wti.CTIUp || asked != 1 {
			t.Errorf("asked %d times, the link is %q", asked, got)
		}
	})
}

func TestASessionThatFollowsNoLinkAsksForNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &site{answers: refuse}
		a := newAES(t, s.serve)
		session, m := watched(t, a, a.options())
		s.peers[0].event("LinkDownEvent", `{"eventListenerId":"9","linkName":"CM1"}`)
		s.cut()
		nextEvent(t, m)
		synctest.Wait()
		if asked := asksOf(s); asked != nil || session.Status().CTI != nil {
			t.Errorf("asked %v, %+v", asked, session.Status())
		}
	})
}
