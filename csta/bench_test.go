package csta_test

import (
	"testing"

	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
)

const deliveredFull = `{"monitorCrossRefID":"17","connection":{"callID":"179","deviceID":"1001:CM1:0.0.0.0:0"},` +
	`"alertingDevice":{"deviceIdentifier":"1001:CM1:0.0.0.0:0"},"callingDevice":{"deviceIdentifier":"+15550100123:CM1::0"},` +
	`"calledDevice":{"deviceIdentifier":"8001:CM1::0"},"lastRedirectionDevice":{"numberDialed":"8001:CM1::0"},` +
	`"localConnectionInfo":"alerting","cause":"newCall","callLinkageData":{"globalCallData":{"globalCallLinkageID":` +
	`{"globallyUniqueCallLinkageID":"00001001791428242051"}}},"userData":{"string":"637573746f6d65723d3432"},` +
	`"extensions":{"privateData":{"private":{"DeliveredEventPrivateData":{"trunkGroup":"1","trunkMember":"7",` +
	`"acdGroup":"5001:CM1::0","userEnteredCode":{"userEnteredCodeType":"callPrompter","userEnteredCodeIndicator":"entered",` +
	`"data":"1","collectVDN":"8002:CM1::0"},"distributingDevice":{"deviceIdentifier":"5001:CM1::0"},` +
	`"distributingVDN":{"deviceIdentifier":"8001:CM1::0"}}}}}}`

func BenchmarkDecodeEvent(b *testing.B) {
	payload := []byte(deliveredFull)
	b.SetBytes(int64(len(payload)))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := csta.DecodeEvent("DeliveredEvent", payload).(csta.Delivered); !ok {
			b.Fatal("not delivered")
		}
	}
}

func BenchmarkValid(b *testing.B) {
	payload := []byte(deliveredFull)
	b.SetBytes(int64(len(payload)))
	for b.Loop() {
		gjson.ValidBytes(payload)
	}
}
