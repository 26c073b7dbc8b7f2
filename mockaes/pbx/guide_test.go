package pbx

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ladderGuide is what docs/ladders.md says about each family of sequences.
var ladderGuide = []struct{ family, title, note string }{
	{"B01", "A basic call", "Whoever hangs up is told of its own end only; " +
		"a call monitor would be told of CallCleared."},
	{"B02", "A call over a trunk", "What comes after NetworkReached is what the network " +
		"signals; on an analog trunk nothing does."},
	{"B03", "Busy, and no such number", "First the busy device's connection fails, which its " +
		"own monitors are not told of, then the caller's own. Elsewhere it is the caller's " +
		"own at once."},
	{
		"B04", "Ring no answer: coverage, forwarding, a hunt group, a caller who gives up",
		"Diverted goes to the monitors of the device that the call leaves; the feature " +
			"DivertedToAll tells all.",
	},
	{"B05", "Hold and retrieve", "The local state is that of the monitored device, " +
		"not of who holds."},
	{"B06", "Consultation", "Cancelled with ReconnectCall, and swapped with AlternateCall."},
	{"B07", "Consult transfer", "Who transfers is told once, with the local state null, " +
		"and of no ConnectionCleared. The surviving call id is in the list of connections."},
	{"B08", "Blind transfer", "The new party is told of Delivered only."},
	{"B09", "Conference", "A recorder that joins looks the same, without a second old call."},
	{"B10", "A call to a VDN", "Through the vector to a skill and an agent: a free agent, " +
		"one who logs in later, and after digits. `8001*` is a monitor of type call."},
	{"B11", "Abandoned in the queue", "The VDN and the skill are told; CallCleared " +
		"is for call monitors."},
	{"B12", "Redirect on no answer", "The agent is put into auxiliary work, and the call " +
		"goes back to the queue."},
	{"B13", "Bridged appearance", "1014 bridges 1015. It is told what the principal is " +
		"told, with the local state null; its connection begins when it answers, and only " +
		"then does the principal's own alerting end. Nothing is diverted."},
	{"B14", "Pickup", "Diverted with the cause callPickup at the device that rang, then " +
		"Established at the one that picked up; it was never told of Delivered."},
	{"B15", "Deflection", "As for forwarding, but on request."},
	{"B16", "Agent states", "Monitors of a skill name it; monitors of the station do not. " +
		"The feature OnlyLogins leaves out all but the log-ins and log-offs."},
	{
		"B17", "A call to another switch", "1001 and 8001 are of CM1, 2001 and 8101 of CM2. " +
			"Each switch has a call of its own, with its own id; the UCID is one. What one " +
			"switch tells the other comes 20 ms later.",
	},
}

const ladderHead = `# Ladders

What each monitor is told, from the sequences that the simulated switch is tested with. They rest on the DMCC schema and
on what client programs expect; the order of events is inferred. A line has the monitored number, the event, its subject
(call id @ device), the state of the monitored device's own connection, the cause, and who called whom. What stands between two empty lines happens at one moment unless time passes.

Run ` + "`go test ./mockaes/pbx -run 'TestSequences|TestLadders' -update`" + `
after a change of the switch.
`

// TestLadders holds docs/ladders.md to the ladders of TestSequences.
func TestLadders(t *testing.T) {
	var text strings.Builder
	text.WriteString(ladderHead)
	for _, g := range ladderGuide {
		fmt.Fprintf(&text, "\n## %s %s\n\n%s\n", g.family, g.title, g.note)
		files, err := filepath.Glob("testdata/" + g.family + "-*.txt")
		if err != nil || len(files) == 0 {
			t.Fatalf("no ladder of %s (%v)", g.family, err)
		}
		for _, file := range files {
			ladder, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimSuffix(filepath.Base(file), ".txt")[len(g.family)+1:]
			fmt.Fprintf(&text, "\n%s:\n\n```\n%s```\n", strings.ReplaceAll(name, "-", " "), ladder)
		}
	}
	const path = "../../docs/ladders.md"
	if *update {
		if err := os.WriteFile(path, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != text.String() {
		t.Errorf("%s is not what the ladders say: run the test with -update", path)
	}
}
