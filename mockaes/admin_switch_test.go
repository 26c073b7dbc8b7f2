package mockaes_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
)

// TestAnAdministratorOfTheSwitch does what otherwise happens to a client: each is told to it
// as an event of the DMCC schema.
func TestAnAdministratorOfTheSwitch(t *testing.T) {
	const own = `"1001:CM1:0.0.0.0:0"`
	for _, test := range []struct {
		name, path, body string
		then             func(*client)
		events           []string // in this order, others may be between them
	}{
		{
			"an agent is logged off", "/agents/logoff", `{"agent":"4001"}`, nil,
			[]string{"AgentLoggedOffEvent"},
		},
		{
			"a terminal is registered anew", "/terminals/reregister",
			`{"extension":"1001","reason":"the network was away"}`, nil,
			[]string{"TerminalReregisteredEvent"},
		},
		{
			"no line is in service", "/trunks/service", `{"group":1}`, func(c *client) {
				c.must("MakeCall", `{"callingDevice":`+own+
					`,"calledDirectoryNumber":"+15550100123"}`, &csta.CallMade{})
			},
			[]string{"OriginatedEvent", `FailedEvent "cause":"resourcesNotAvailable"`},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
				c := login(t, srv)
				c.must("MonitorStart", `{"monitorObject":{"deviceObject":`+own+`}}`,
					&csta.MonitorStarted{})
				c.must("SetAgentState", `{"device":`+own+`,"requestedAgentState":"loggedOn",`+
					`"agentID":"4001","password":"34333231"}`, &csta.AgentStateSet{})
				c.must("RegisterTerminalRequest", `{"device":`+own+`,"loginInfo":{`+
					`"password":"123456","mediaMode":"NONE"}}`, &csta.TerminalRegistered{})
				before := srv.Journal(0)
				status, body := admin(t, srv, http.MethodPost, test.path, test.body)
				if status != http.StatusOK {
					t.Fatalf("HTTP %d %s", status, body)
				}
				if test.then != nil {
					test.then(c)
				}
				synctest.Wait()
				var told []string
				for _, entry := range srv.Journal(0)[len(before):] {
					told = append(told, entry.Name+" "+string(entry.Frame))
				}
				rest := strings.Join(told, "\n")
				for _, want := range test.events {
					name, more, _ := strings.Cut(want, " ")
					_, after, found := strings.Cut(rest, name+" ")
					line, _, _ := strings.Cut(after, "\n")
					if !found || !strings.Contains(line, more) {
						t.Fatalf("there is no %s in its place in\n%s", want,
							strings.Join(told, "\n"))
					}
					rest = after
				}
				if srv.State().Switch.Trunks[0].Out != strings.Contains(test.path, "trunks") {
					t.Error("the state does not tell which trunk group is out of service")
				}
			})
		})
	}
}
