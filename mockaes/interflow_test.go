package mockaes_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
)

func TestACallFromAnotherSwitchSaysSo(t *testing.T) {
	bubble(t, mockaes.Options{Silent: true}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		c.monitor(c.device("1001"))
		status, body := admin(t, srv, "POST", "/calls", `{"to":"1001","lookAhead":{
			"type":"allInterflow","priority":"top","seconds":40,"sourceVDN":"8700"}}`)
		if status != http.StatusOK {
			t.Fatalf("got HTTP %d %s", status, body)
		}
		var rings csta.Delivered
		if err := csta.Decode(c.event("DeliveredEvent"), &rings); err != nil {
			t.Fatal(err)
		}
		want := &csta.LookAheadInfo{
			Type: csta.AllInterflow, Priority: csta.PriorityTop, Seconds: 40, SourceVDN: "8700",
		}
		if diff := cmp.Diff(want, rings.Private.LookAhead); diff != "" {
			t.Error(diff)
		}
		status, body = admin(t, srv, "POST", "/calls", `{"to":"1001","lookAhead":{"type":"all"}}`)
		if status == http.StatusOK {
			t.Errorf("what is no type of interflow was taken: %s", body)
		}
	})
}
