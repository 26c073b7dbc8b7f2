package protocol

import (
	"encoding/json"
	"testing"

	"github.com/wtiphone/wtiphone/bench/feed"
	"github.com/wtiphone/wtiphone/csta"
)

// delivered is the event as a user of encoding/json would write it down: just the members
// that the example has, and no other spelling of any.
type delivered struct {
	CrossRef   string `json:"monitorCrossRefID"`
	Local      string `json:"localConnectionInfo"`
	Cause      string `json:"cause"`
	Connection struct {
		CallID   string `json:"callID"`
		DeviceID string `json:"deviceID"`
	} `json:"connection"`
	Alerting    device `json:"alertingDevice"`
	Calling     device `json:"callingDevice"`
	Called      device `json:"calledDevice"`
	Redirection struct {
		Dialed string `json:"numberDialed"`
	} `json:"lastRedirectionDevice"`
	UserData struct {
		String string `json:"string"`
	} `json:"userData"`
	Linkage struct {
		Global struct {
			ID struct {
				UCID string `json:"globallyUniqueCallLinkageID"`
			} `json:"globalCallLinkageID"`
		} `json:"globalCallData"`
	} `json:"callLinkageData"`
	Extensions struct {
		Data struct {
			Private struct {
				Delivered private `json:"DeliveredEventPrivateData"`
			} `json:"private"`
		} `json:"privateData"`
	} `json:"extensions"`
}

type device struct {
	ID string `json:"deviceIdentifier"`
}

type private struct {
	TrunkGroup  string `json:"trunkGroup"`
	TrunkMember string `json:"trunkMember"`
	ACDGroup    string `json:"acdGroup"`
	Entered     struct {
		Type      string `json:"userEnteredCodeType"`
		Indicator string `json:"userEnteredCodeIndicator"`
		Data      string `json:"data"`
		VDN       string `json:"collectVDN"`
	} `json:"userEnteredCode"`
	DistributingDevice device `json:"distributingDevice"`
	DistributingVDN    device `json:"distributingVDN"`
	Channel            string `json:"channelType"`
}

func TestTheCandidatesReadTheSameEvent(t *testing.T) {
	payload := feed.Payload()
	if n := len(payload); n < 850 || n > 950 {
		t.Errorf("the payload has %d bytes", n)
	}
	var theirs delivered
	if err := json.Unmarshal(payload, &theirs); err != nil {
		t.Fatal(err)
	}
	ours, ok := csta.DecodeEvent(feed.EventName, payload).(csta.Delivered)
	if !ok {
		t.Fatal("it is no Delivered")
	}
	p := theirs.Extensions.Data.Private.Delivered
	for _, c := range []struct{ what, ours, theirs string }{
		{"call", string(ours.Connection.Call), theirs.Connection.CallID},
		{"calling device", string(ours.Calling.Device), theirs.Calling.ID},
		{"UCID", string(ours.Linkage.Global.Linkage.UCID), theirs.Linkage.Global.ID.UCID},
		{"distributing VDN", string(ours.Private.DistributingVDN.Device), p.DistributingVDN.ID},
		{"digits", ours.Private.Entered.Data, p.Entered.Data},
	} {
		if c.ours != c.theirs || c.ours == "" {
			t.Errorf("%s: %q and %q", c.what, c.ours, c.theirs)
		}
	}
}
