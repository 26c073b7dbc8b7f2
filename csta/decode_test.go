package csta_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

// The delivered event of a queue call, in the plainest of the spellings.
const delivered = `{"monitorCrossRefID":"1",
 "connection":{"callID":"179","deviceID":"5591:CM55::0"},
 "alertingDevice":{"deviceIdentifier":"5591:CM55::0"},
 "callingDevice":{"deviceIdentifier":"5590:CM55::0"},
 "calledDevice":{"notKnown":{}},"lastRedirectionDevice":{"numberDialed":"8001:CM55::0"},
 "localConnectionInfo":"alerting","cause":"newCall",
 "callLinkageData":{"globalCallData":{"globalCallLinkageID":
  {"globallyUniqueCallLinkageID":"00001001791428242051"}}},
 "extensions":{"privateData":{"private":{"DeliveredEventPrivateData":
  {"trunkGroup":"1","acdGroup":"5001:CM55::0",
   "distributingVDN":{"deviceIdentifier":"8001:CM55::0"}}}}}}`

func wantDelivered() csta.Delivered {
	return csta.Delivered{
		CallEvent: csta.CallEvent{
			Monitored: csta.Monitored{CrossRefID: "1"},
			Local:     csta.Alerting, Cause: csta.CauseNewCall,
			Linkage: csta.Linkage("00001001791428242051"),
		},
		Connection:  csta.ConnectionID{Call: "179", Device: "5591:CM55::0"},
		Alerting:    csta.Party("5591:CM55::0"),
		Calling:     csta.Party("5590:CM55::0"),
		Called:      csta.ExtendedDeviceID{Presence: csta.NotKnown},
		Redirection: csta.Redirection("8001:CM55::0"),
		Private: csta.DeliveredPrivate{ArrivalPrivate: csta.ArrivalPrivate{
			TrunkGroup: "1", ACDGroup: "5001:CM55::0",
			DistributingVDN: csta.Party("8001:CM55::0"),
		}},
	}
}

func TestEverySpellingOfAnEventGivesTheSameEvent(t *testing.T) {
	rows := []struct{ what, payload string }{
		{"as the DMCC schema has it", delivered},
		{"with member names in another case and devices bare", `{"monitorcrossrefid":1,
 "Connection":{"callId":179,"deviceId":"5591:CM55::0"},
 "alertingDevice":"5591:CM55::0","callingDevice":"5590:CM55::0","calledDevice":"notKnown",
 "lastRedirectionDevice":"8001:CM55::0","localConnectionInfo":"alerting","cause":"newCall",
 "callLinkageData":{"globalCallData":{"globalCallLinkageID":
  {"globallyUniqueCallLinkageID":"00001001791428242051"}}},
 "privateData":{"trunkGroup":1,"acdGroup":{"deviceIdentifier":"5001:CM55::0"},
  "distributingVDN":"8001:CM55::0"}}`},
		{"with private data hoisted and the empty choice as null", `{"monitorCrossRefID":"1",
 "connection":{"callID":"179","deviceID":{"deviceIdentifier":"5591:CM55::0"}},
 "alertingDevice":{"deviceIdentifier":"5591:CM55::0"},"callingDevice":"5590:CM55::0",
 "calledDevice":{"notKnown":null},"lastRedirectionDevice":{"numberDialed":"8001:CM55::0"},
 "localConnectionInfo":"alerting","cause":"newCall","trunkGroup":"1",
 "acdGroup":"5001:CM55::0","distributingVDN":"8001:CM55::0","somethingNew":{"a":[1]},
 "callLinkageData":{"globalCallData":{"globalCallLinkageID":
  {"globallyUniqueCallLinkageID":"00001001791428242051"}}}}`},
	}
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			got := csta.DecodeEvent("DeliveredEvent", []byte(row.payload))
			if diff := cmp.Diff(csta.Event(wantDelivered()), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnEventSurvivesEncoding(t *testing.T) {
	raw, err := json.Marshal(wantDelivered())
	if err != nil {
		t.Fatal(err)
	}
	got := csta.DecodeEvent("Delivered", raw)
	if diff := cmp.Diff(csta.Event(wantDelivered()), got); diff != "" {
		t.Error(diff, string(raw))
	}
}

func TestListsAreReadInEveryForm(t *testing.T) {
	one := `{"newConnection":{"callID":"7","deviceID":"1001"}}`
	rows := []struct{ what, list string }{
		{"an array", `[` + one + `]`},
		{"a wrapper around an array", `{"connectionListItem":[` + one + `]}`},
		{"a wrapper around one element", `{"connectionListItem":` + one + `}`},
		{"one element instead of a list", one + ``},
	}
	want := []csta.ConnectionListItem{{New: csta.ConnectionID{Call: "7", Device: "1001"}}}
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			var got csta.CallTransferred
			if err := csta.Decode([]byte(`{"connections":`+row.list+`}`), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got.Connections); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestADeviceMayBeWrappedTwice(t *testing.T) {
	const device = `{"deviceID":{"deviceIdentifier":"1001:CM1::0"}}`
	var got csta.ConnectionListItem
	err := csta.Decode([]byte(`{"endpoint":`+device+`}`), &got)
	if err != nil || got.Endpoint.Device != "1001:CM1::0" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestNumbersAndBooleansMayBeText(t *testing.T) {
	var got csta.SessionStarted
	if err := csta.Decode([]byte(`{"actualSessionDuration":"180"}`), &got); err != nil {
		t.Fatal(err)
	}
	var reply csta.AgentStateReply
	err := csta.Decode([]byte(`{"agentStateList":{"agentStateEntry":{"agentID":4001,
 "loggedOnState":"true","agentInfo":{"agentInfoItem":{"agentState":"agentReady"}}}},
 "reasonCode":"3"}`), &reply)
	if err != nil {
		t.Fatal(err)
	}
	if got.ActualDuration != 180 || len(reply.Agents) != 1 || !reply.Agents[0].LoggedOn ||
		reply.Agents[0].AgentID != "4001" || *reply.Private.Reason != 3 ||
		reply.Agents[0].Skills[0].State != csta.AgentReadyState {
		t.Errorf("got %+v and %+v", got, reply)
	}
}

func TestWhatCannotBeReadIsNamed(t *testing.T) {
	var got csta.SessionStarted
	err := csta.Decode([]byte(`{"actualSessionDuration":"soon"}`), &got)
	member, ok := errors.AsType[*csta.MemberError](err)
	if !ok || member.Member != "actualSessionDuration" {
		t.Errorf("got %v, want an error about actualSessionDuration", err)
	}
	if err := csta.Decode([]byte(`[1]`), &got); !errors.Is(err, csta.ErrMalformed) {
		t.Errorf("got %v for a list, want ErrMalformed", err)
	}
}

func TestRefusalsInEveryFormBecomeOneFault(t *testing.T) {
	rows := []struct {
		what, payload string
		want          csta.FaultCode
	}{
		{
			"a session service refuses", `{"errorCode":{"definedError":"invalidSessionID"}}`,
			csta.InvalidSessionID,
		},
		{
			"a CSTA service refuses", `{"CSTAErrorCode":{"operation":"invalidDeviceID"}}`,
			csta.InvalidDeviceID,
		},
		{
			"only the category is there", `{"stateIncompatibility":"noCallToAnswer"}`,
			csta.NoCallToAnswer,
		},
		{
			"a session service refuses without a choice", `{"errorCode":"invalidSessionID"}`,
			csta.InvalidSessionID,
		},
		{
			"the category is spelt as English has it",
			`{"CSTAErrorCode":{"systemResourceAvailability":"resourceBusy"}}`, csta.ResourceBusy,
		},
		{"the category has no value", `{"CSTAErrorCode":{"unspecified":{}}}`, "unspecified/"},
		{
			"Avaya has a code of its own", `{"CSTAErrorCode":{"privateErrorCode":"no licence"}}`,
			"privateErrorCode/no licence",
		},
		{"the server had an exception", `{"CSTAException":{"message":"x","CSTAErrorCode":
 {"systemResourceAvailibility":"resourceBusy"}}}`, csta.ResourceBusy},
	}
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			f, ok := csta.DecodeFault([]byte(row.payload))
			if !ok || f.Code != row.want {
				t.Errorf("got %v, want %s", f, row.want)
			}
		})
	}
	if f, ok := csta.DecodeFault([]byte(`{"device":"5590:CM55:0.0.0.0:0"}`)); ok {
		t.Errorf("an answer was taken for the refusal %v", f)
	}
}

func TestSecretsShowNowhere(t *testing.T) {
	reply := csta.SessionStarted{Token: "s3cr3t"}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(format, reply); strings.Contains(got, "s3cr3t") {
			t.Errorf("%s shows the token: %s", format, got)
		}
	}
}
