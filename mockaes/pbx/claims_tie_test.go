package pbx

import "maps"

func init() { maps.Copy(claims, tieClaims) }

// tieClaims are about calls between switches. What a switch tells of a trunk call is
// general knowledge of TSAPI; when a call is accepted in look-ahead interflow, that of
// call vectoring.
var tieClaims = map[string][]claim{
	"B17-tie-call": {
		{"the call leaves by the tie trunk, rings and is answered at the far number", []string{
			"1001 NetworkReached 1@2001 L=connected newCall 1001>2001 by T5#1",
			"1001 Delivered 1@2001 L=connected networkSignal 1001>2001",
			"1001 Established 1@2001 L=connected networkSignal 1001>2001",
		}, nil},
		{"who is called is told the caller's number, and the trunk", []string{
			"2001 Delivered 1@2001 L=alerting newCall 1001>2001 trunk 7/1",
			"2001 Established 1@2001 L=connected newCall 1001>2001 trunk 7/1",
		}, nil},
		{"who hangs up there ends the call here", []string{
			"2001 ConnectionCleared 1@2001 L=null normalClearing",
			"1001 ConnectionCleared 1@2001 L=connected normalClearing",
			"1001 ConnectionCleared 1@1001 L=null normalClearing",
		}, []string{"2001 NetworkReached"}},
	},
	"B17-tie-busy": {
		{"the caller is told of the far end's failure, then of its own", []string{
			"1001 NetworkReached 1@2001", "1001 Failed 1@2001 L=connected busy",
			"1001 Failed 1@1001 L=fail busy", "1001 ConnectionCleared 1@1001 L=null",
		}, []string{"1001 Delivered", "2001 Delivered", "2001 Failed"}},
	},
	"B17-tie-transfer": {
		{"the consulted party is not told of a transfer that another switch makes", []string{
			"1001 Transfered 1@1001+2@1001 L=null transfer to 2001 now 1@+15550100123,1@2001",
			"2001 ConnectionCleared 1@2001 L=null",
		}, []string{"2001 Transfered"}},
	},
	"B17-look-ahead": {
		{"the call leaves the queue when the other switch has accepted it, not before", []string{
			"8001 Queued 1@5001", "8101 Delivered 1@8101 L=alerting newCall +15550100123>8101",
			"2001 Delivered 1@2001 L=alerting newCall +15550100123>8101 from 8101 trunk 7/1",
			"5001 Diverted 1@5001 L=null redirected to 8101",
			"8001 Diverted 1@8001 L=null redirected to 8101",
			"2001 Established 1@2001",
		}, nil},
	},
	"B17-look-ahead-refused": {
		{"a call that the other switch refuses keeps its place in the queue", []string{
			"8001 Queued 1@5001", "8102 Delivered 1@8102", "8102 Failed 1@8102 L=fail busy",
			"1001 Delivered 1@1001 L=alerting newCall +15550100123>8001 from 8001",
			"1001 Established 1@1001",
		}, []string{"8001 NetworkReached", "5001 Diverted 1@5001 L=null redirected to 8102"}},
	},
}
