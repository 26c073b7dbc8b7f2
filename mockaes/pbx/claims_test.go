package pbx

import (
	"slices"
	"strings"
	"testing"
)

// claim is a sentence about a sequence that does not come from this switch: from the
// DMCC schema, ECMA-269, or general knowledge of what a Communication Manager sends.
type claim struct {
	sentence string
	// lines are the beginnings of lines of the ladder that must be there, in this
	// order; others may stand between them.
	lines []string
	never []string // beginnings of lines that must not be there
}

// holds holds what monitors were told to claims.
func (st *stage) holds(claims []claim) {
	st.Helper()
	if len(claims) == 0 {
		st.Error("nothing is claimed of this sequence")
	}
	var told []string
	for _, line := range st.lines {
		told = append(told, strings.Join(strings.Fields(line), " "))
	}
	for _, c := range claims {
		if why := c.missed(told); why != "" {
			st.Errorf("%s.\n%s in\n%s", c.sentence, why, strings.Join(told, "\n"))
		}
	}
}

// missed tells why a claim is not true of what was told; "" if it is.
func (c claim) missed(told []string) string {
	begins := func(with string) func(string) bool {
		return func(line string) bool { return strings.HasPrefix(line+" ", with+" ") }
	}
	rest := told
	for _, want := range c.lines {
		i := slices.IndexFunc(rest, begins(want))
		if i < 0 {
			return "There is no " + want + ", or it is not in its place,"
		}
		rest = rest[i+1:]
	}
	for _, bad := range c.never {
		if i := slices.IndexFunc(told, begins(bad)); i >= 0 {
			return "There is " + told[i]
		}
	}
	return ""
}

func TestEveryClaimIsAboutASequence(t *testing.T) {
	for name := range claims {
		if sequences[name] == nil {
			t.Errorf("no sequence %s", name)
		}
	}
}

func TestAClaimCanFail(t *testing.T) {
	told := []string{
		"1001 Originated 1@1001", "1001 Established 1@1002", "1002 ConnectionCleared 1@1001",
	}
	for name, c := range map[string]claim{
		"a line that is not there": {lines: []string{"1001 Held"}},
		"lines in another order": {
			lines: []string{"1001 Established 1@1002", "1001 Originated 1@1001"},
		},
		"a line that must not be there": {never: []string{"1002 ConnectionCleared 1@1001"}},
		"the beginning of a word":       {lines: []string{"1001 Origin"}},
	} {
		if c.missed(told) == "" {
			t.Errorf("%s passes", name)
		}
	}
}

// claims are by sequence. Where a sentence leaves a choice ("or"), the line is the
// choice that this switch has made.
var claims = map[string][]claim{
	"B01-basic-call": {
		{"ServiceInitiated is the first event, with the local state initiated", []string{
			"1001 ServiceInitiated 1@1001 L=initiated makeCall",
			"1001 Originated 1@1001 L=connected newCall 1001>1002",
		}, nil},
		{"Delivered goes to both: local state connected at the caller, alerting at the " +
			"called device", []string{
			"1001 Delivered 1@1002 L=connected newCall",
			"1002 Delivered 1@1002 L=alerting newCall",
		}, nil},
		{"Established tells both that the called device answered", []string{
			"1001 Established 1@1002 L=connected", "1002 Established 1@1002 L=connected",
		}, nil},
		{"both are told that the caller left, then the other of its own end; who has " +
			"left is told nothing more", []string{
			"1001 ConnectionCleared 1@1001 L=null normalClearing",
			"1002 ConnectionCleared 1@1001 L=connected normalClearing",
			"1002 ConnectionCleared 1@1002 L=null",
		}, []string{"1001 ConnectionCleared 1@1002"}},
		{"CallCleared is for call monitors", nil, []string{"1001 CallCleared", "1002 CallCleared"}},
	},
	"B02-over-a-trunk": {
		{"NetworkReached follows Originated, by a trunk; then comes what the network " +
			"signals, with the number as it was called", []string{
			"1001 Originated 1@1001 L=connected newCall 1001>+15550100123",
			"1001 NetworkReached 1@+15550100123 L=connected newCall 1001>+15550100123 by T1#1",
			"1001 Delivered 1@+15550100123 L=connected networkSignal 1001>+15550100123",
			"1001 Established 1@+15550100123 L=connected networkSignal 1001>+15550100123",
		}, nil},
	},
	"B02-over-an-analog-trunk": {
		{"the answer on an analog trunk is never reported", []string{
			"1001 NetworkReached 1@+15550100123 L=connected newCall",
			"1001 ConnectionCleared 1@1001 L=null",
		}, []string{"1001 Delivered", "1001 Established"}},
	},
	"B03-busy": {
		{"the busy device's connection fails while the caller's own is connected, then " +
			"the caller's own fails; ConnectionCleared comes when it hangs up", []string{
			"1001 Originated 3@1001 L=connected",
			"1001 Failed 3@1002 L=connected busy 1001>1002 at 1002",
			"1001 Failed 3@1001 L=fail busy",
			"1001 ConnectionCleared 3@1001 L=null",
		}, []string{"1001 Delivered"}},
		{
			"the busy device has no part in the call and is told nothing of it", nil,
			[]string{"1002"},
		},
	},
	"B03-unknown-number": {
		{"a number that is none fails with destNotObtainable", []string{
			"1001 Originated 1@1001", "1001 Failed 1@1001 L=fail destNotObtainable",
			"1001 ConnectionCleared 1@1001 L=null",
		}, nil},
	},
	"B03-no-circuit": {
		{"without a circuit the cause is resourcesNotAvailable", []string{
			"1001 Originated 1@1001", "1001 Failed 1@1001 L=fail resourcesNotAvailable",
		}, []string{"1001 NetworkReached"}},
	},
	"B04-coverage": {
		{"after Delivered the first device is told of Diverted to the next, the caller " +
			"of Delivered there, from the device that it left", []string{
			"1011 Delivered 1@1011 L=alerting newCall",
			"1011 Diverted 1@1011 L=null redirected to 1012",
			"1001 Delivered 1@1012 L=connected redirected 1001>1011 from 1011",
		}, nil},
	},
	"B04-forwarded": {
		{"a forwarded call has a cause of forwarding, and the forwarding device as its " +
			"last redirection", []string{
			"1002 Diverted 1@1002 L=null callForwardImmediate to 1003",
			"1001 Delivered 1@1003 L=connected callForwardImmediate 1001>1002 from 1002",
			"1003 Delivered 1@1003 L=alerting callForwardImmediate 1001>1002 from 1002",
		}, []string{"1002 Delivered"}},
	},
	"B04-hunt-group": {
		{"a hunt group hands the call on as coverage does", []string{
			"3001 Diverted 2@3001 L=null redirected to 1019",
			"1001 Delivered 2@1019 L=connected redirected 1001>3001 from 3001",
		}, nil},
	},
	"B04-caller-gives-up": {
		{"who gives up is cleared; the device that rang is cleared with callCancelled", []string{
			"1001 ConnectionCleared 1@1001 L=null normalClearing",
			"1002 ConnectionCleared 1@1002 L=null callCancelled",
		}, nil},
	},
	"B05-hold-and-retrieve": {
		{"Held is hold at the holder and connected at the other, with keyOperation", []string{
			"1001 Held 1@1001 L=hold keyOperation", "1002 Held 1@1001 L=connected keyOperation",
		}, nil},
		{"Retrieved is connected at the one who retrieves", []string{
			"1001 Retrieved 1@1001 L=connected",
		}, nil},
	},
	"B06-consult-and-cancel": {
		{"consulting is Held with the cause consultation, ServiceInitiated, Originated " +
			"with the cause consultation, Delivered, Established", []string{
			"1001 Held 1@1001 L=hold consultation", "1001 ServiceInitiated 2@1001 L=initiated",
			"1001 Originated 2@1001 L=connected consultation", "1001 Delivered 2@1003",
			"1001 Established 2@1003",
		}, nil},
		{"ReconnectCall clears both ends of the second call and retrieves the first", []string{
			"1001 ConnectionCleared 2@1001", "1003 ConnectionCleared 2@1003",
			"1001 Retrieved 1@1001 L=connected",
		}, nil},
	},
	"B06-alternate": {
		{"AlternateCall holds the second call and retrieves the first", []string{
			"1001 Held 2@1001 L=hold", "1001 Retrieved 1@1001 L=connected",
		}, nil},
	},
	"B07-consult-transfer": {
		{"all three are told of Transfered, with the held leg first and the consult leg " +
			"second; it is null at the one who transfers", []string{
			"1001 Transfered 1@1001+2@1001 L=null transfer to 1003 now 1@1002,1@1003",
		}, nil},
		{"the others stay connected", []string{
			"1002 Transfered 1@1001+2@1001 L=connected",
			"1003 Transfered 1@1001+2@1001 L=connected",
		}, nil},
		{"there is no ConnectionCleared for the one who transfers", nil, []string{
			"1001 ConnectionCleared", "1002 ConnectionCleared 1@1001",
			"1003 ConnectionCleared 2@1001",
		}},
	},
	"B07-transfer-while-rings": {
		{"Transfered comes while the third party rings, Established follows with the " +
			"id of the merged call", []string{
			"1003 Transfered 1@1001+2@1001 L=alerting transfer",
			"1003 Established 1@1003 L=connected newCall +15550100123>1003",
		}, nil},
	},
	"B08-blind-transfer": {
		{"Transfered has the cause singleStepTransfer, at both parties of the call", []string{
			"1002 Transfered 1@1001+@? L=connected singleStepTransfer",
			"1001 Transfered 1@1001+@? L=null singleStepTransfer",
		}, nil},
		{"the new party is told of Delivered", []string{
			"1003 Delivered 1@1003 L=alerting",
		}, []string{"1003 Transfered"}},
	},
	"B09-conference": {
		{"each party is told of Conferenced: held leg, active leg, who was added, and " +
			"all connections", []string{
			"1002 Conferenced 1@1001+2@1001 L=connected conference adds 1003 " +
				"now 1@1002,1@1001,1@1003",
			"1001 Conferenced 1@1001+2@1001", "1003 Conferenced 1@1001+2@1001",
		}, nil},
		{"later there is one ConnectionCleared for each party that leaves", []string{
			"1002 ConnectionCleared 1@1001 L=connected",
			"1002 ConnectionCleared 1@1002 L=null",
		}, nil},
	},
	"B09-silent-recorder": {
		{"a single step conference has the cause silentParticipation, and the device " +
			"that joins is the added party", []string{
			"1001 Conferenced 1@1001+@? L=connected silentParticipation adds 1020",
			"1020 Conferenced 1@1001+@? L=connected silentParticipation adds 1020",
		}, nil},
	},
	"B10-queue-call": {
		{"arriving at a VDN is Delivered with the VDN alerting", []string{
			"8001 Delivered 1@8001 L=alerting newCall +15550100123>8001 trunk 1/1",
		}, nil},
		{"leaving it is Diverted to the agent's station; there the called device stays " +
			"the VDN, which is also the last redirection, with skill and VDN", []string{
			"8001 Diverted 1@8001 L=null redirected to 1001",
			"1001 Delivered 1@1001 L=alerting newCall +15550100123>8001 from 8001 " +
				"trunk 1/1 acd 5001 vdn 8001",
			"1001 Established 1@1001 L=connected",
		}, nil},
		{"the agent is busy, and works after the call when it took it in manual-in", []string{
			"5001 AgentBusy 4001@1001", "5001 AgentWorkingAfterCall 4001@1001",
		}, nil},
		{"CallCleared comes at the end, to the call monitor", []string{
			"8001* ConnectionCleared 1@1001", "8001* CallCleared call 1",
		}, []string{"8001 CallCleared", "1001 CallCleared"}},
	},
	"B10-waits-for-agent": {
		{"the skill's and the VDN's monitors are told of the same Queued", []string{
			"8001 Queued 1@5001 L=alerting newCall +15550100123>8001 number 1, 0 in front",
			"5001 Queued 1@5001 L=queued newCall +15550100123>8001 number 1, 0 in front",
		}, nil},
		{"the skill and the VDN hand the call on with Diverted", []string{
			"5001 Diverted 1@5001 L=null redirected to 1001",
			"8001 Diverted 1@8001 L=null redirected to 1001", "1001 Delivered 1@1001 L=alerting",
		}, nil},
		{"after a call in auto-in the agent is ready", []string{
			"5001 AgentBusy 4001@1001", "1001 ConnectionCleared 1@1001",
			"5001 AgentReady 4001@1001",
		}, []string{"5001 AgentWorkingAfterCall"}},
	},
	"B10-digits": {
		{"what the caller entered comes with EnteredDigits, and with the call", []string{
			"8002 EnteredDigits 1@8002 L=alerting normal 1",
			"1006 Delivered 1@1006 L=alerting newCall +15550100123>8002 from 8002 " +
				"trunk 1/1 acd 5002 vdn 8002 digits 1",
		}, nil},
	},
	"B11-abandoned-in-queue": {
		{"after Queued the VDN's and the skill's monitors are told that the caller left", []string{
			"5001 Queued 1@5001", "8001 ConnectionCleared 1@+15550100123",
			"5001 ConnectionCleared 1@+15550100123 L=queued normalClearing",
		}, nil},
		{
			"CallCleared is for call monitors",
			[]string{"8001* CallCleared call 1"},
			[]string{"8001 CallCleared", "5001 CallCleared"},
		},
	},
	"B12-redirect-on-no-answer": {
		{"Delivered to the agent, Diverted from it with redirected, Queued again", []string{
			"1001 Delivered 1@1001 L=alerting", "1001 Diverted 1@1001 L=null redirected",
			"5001 Queued 1@5001 L=queued",
		}, []string{"1001 Established"}},
	},
	"B13-bridge-answers": {
		{"the bridge is told of Delivered; its connection begins when it answers, and " +
			"nothing is diverted", []string{
			"1014 Delivered 1@1015 L=null", "1014 Established 1@1014 L=connected",
		}, []string{"1014 Diverted", "1015 Diverted", "1001 Diverted"}},
		{"the others are told that the bridge answered", []string{
			"1001 Established 1@1014 L=connected",
		}, nil},
		{"the principal's call does not end because the bridge's connection begins", []string{
			"1014 ConnectionCleared 1@1014 L=null", "1001 ConnectionCleared 1@1001 L=null",
		}, nil},
	},
	"B13-principal-answers": {
		{"the bridge is told that the principal answered, and not diverted", []string{
			"1014 Delivered 1@1015", "1014 Established 1@1015",
		}, []string{"1014 Diverted"}},
	},
	"B14-pickup": {
		{"Diverted from the device that rang with callPickup, Established at the picker", []string{
			"1016 Diverted 1@1016 L=null callPickup to 1017", "1017 Established 1@1017 L=connected",
		}, []string{"1017 Delivered"}},
	},
	"B15-deflect": {
		{"Diverted with redirected, Delivered at the new device", []string{
			"1002 Diverted 1@1002 L=null redirected to 1003",
			"1003 Delivered 1@1003 L=alerting redirected 1001>1002 from 1002",
		}, []string{"1002 Established"}},
	},
	"B16-agent-states": {
		{"AgentLoggedOn comes once for each skill, to the skill's monitors", []string{
			"5001 AgentLoggedOn 4003@1003 L=- skill 5001",
			"5002 AgentLoggedOn 4003@1003 L=- skill 5002",
		}, nil},
		{"logging off is told as well", []string{
			"5001 AgentLoggedOff 4003@1003 L=- skill 5001",
		}, nil},
	},
}
