package wti_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/mockaes/dialect"
	"github.com/wtiphone/wtiphone/wti"
)

// How a session takes what a server does differently.
const (
	foundOut = iota // it is a row of [wti.Quirks]
	decoded         // it is read as if it were not there
	told            // it is what happens, and the session tells it
)

// ways says of every way of the mock how a session takes it. The events and answers whose
// names are in differs are others than usual; where it says refused, so are the codes of
// refusals.
var ways = map[string]struct {
	how      int
	sentence string
	differs  string
}{
	"payload=string-start": {decoded, "a payload that is a string is unquoted", ""},
	"payload=string-all":   {decoded, "a payload that is a string is unquoted", ""},
	"payload=object":       {decoded, "a payload need not be a string", ""},

	"token=socket":               {decoded, "it is what is tried first", ""},
	"token=header.token":         {foundOut, "a refusal asks who it is", ""},
	"token=header.Authorization": {foundOut, "a refusal asks who it is", ""},

	"monitor=both":          {decoded, "the name that is tried first will do", ""},
	"monitor=MonitorStart":  {foundOut, "the name that is tried first is not known", ""},
	"monitor=MonitorDevice": {decoded, "it is what is tried first", ""},
	"monitor=StartMonitor":  {foundOut, "the names that are tried first are not known", ""},

	"register=both":                    {decoded, "the name that is tried first will do", ""},
	"register=RegisterTerminal":        {foundOut, "the names tried first are not known", ""},
	"register=RegisterTerminalRequest": {decoded, "it is what is tried first", ""},

	"thirdparty=own":  {decoded, "it is what is tried first", ""},
	"thirdparty=none": {foundOut, "GetDeviceId takes its place", ""},

	"answer=X":            {decoded, "answers are told by their invokeId", ""},
	"answer=XResponse":    {decoded, "answers are told by their invokeId", ""},
	"answer=XPosResponse": {decoded, "answers are told by their invokeId", ""},

	"fault=CSTAErrorCode": {decoded, "a refusal is looked for in every form", ""},
	"fault=bare":          {decoded, "a refusal is looked for in every form", ""},
	"fault=error":         {decoded, "a refusal is looked for in every form", ""},
	"fault=text":          {told, "the words of a refusal are for people", "refused"},
	"fault=exception":     {decoded, "a refusal is looked for in every form", ""},

	"event=XEvent":      {decoded, "an event is known by any of its names", ""},
	"event=X":           {decoded, "an event is known by any of its names", ""},
	"event=Transferred": {decoded, "an event is known by any of its names", ""},

	"event-id=9999": {decoded, "an event's invokeId is not looked at", ""},
	"event-id=0":    {decoded, "an event's invokeId is not looked at", ""},
	"event-id=none": {decoded, "an event's invokeId is not looked at", ""},

	"header=refuse": {decoded, "the header of every request comes first", ""},
	"header=ignore": {decoded, "the header of every request comes first", ""},
	"header=close":  {decoded, "the header of every request comes first", ""},
	"header=any":    {decoded, "the header of every request comes first", ""},

	"unknown=serviceNotSupported": {decoded, "both codes say that a name is not known", ""},
	"unknown=invalidMsgID":        {decoded, "both codes say that a name is not known", ""},

	"private=nested":  {decoded, "private data is found wherever it is", ""},
	"private=short":   {decoded, "private data is found wherever it is", ""},
	"private=hoisted": {decoded, "private data is found wherever it is", ""},

	"numbers=number":   {decoded, "a number may be text", ""},
	"numbers=text":     {decoded, "a number may be text", ""},
	"booleans=boolean": {decoded, "a boolean may be text", ""},
	"booleans=text":    {decoded, "a boolean may be text", ""},
	"devices=mixed":    {decoded, "an id may be bare or wrapped", ""},
	"devices=bare":     {decoded, "an id may be bare or wrapped", ""},
	"devices=wrapped":  {decoded, "an id may be bare or wrapped", ""},
	"nothing=object":   {decoded, "an empty choice has many forms", ""},
	"nothing=null":     {decoded, "an empty choice has many forms", ""},
	"nothing=text":     {decoded, "an empty choice has many forms", ""},
	"nothing=word":     {decoded, "an empty choice has many forms", ""},
	"lists=array":      {decoded, "a list may be wrapped, or its only element", ""},
	"lists=wrapped":    {decoded, "a list may be wrapped, or its only element", ""},
	"lists=single":     {decoded, "a list may be wrapped, or its only element", ""},
	"fields=any":       {decoded, "members are read in any case", ""},
	"fields=upper":     {foundOut, "a refusal misses a member that was sent", ""},
	"case=callID":      {decoded, "members are read in any case", ""},
	"case=callId":      {decoded, "members are read in any case", ""},

	"order=answer-first": {decoded, "an event may come before its answer", ""},
	"order=events-first": {decoded, "an event may come before its answer", ""},
	"resume=yes":         {decoded, "a session is taken up again", ""},
	"resume=no":          {decoded, "a new session is given what the old one had", ""},
	"release=10.2":       {decoded, "Basic credentials open the socket", ""},
	"release=10.1":       {told, "Dial fails with ErrUnauthorized, which an upgrade cures", ""},
	"haste=carried-out":  {decoded, "keys are sent at a pace that no server minds", ""},
	"haste=dropped":      {decoded, "keys are sent at a pace that no server minds", ""},

	"link=ends-monitors":    {decoded, "a monitor goes on when its link is back", ""},
	"link=keeps-monitors":   {decoded, "a monitor goes on when its link is back", ""},
	"link=forgets-monitors": {decoded, "a monitor goes on when its link is back", ""},

	"licence=overview": {decoded, "what needs a licence is up to AES", ""},
	"licence=forum":    {decoded, "what needs a licence is up to AES", ""},
	"licence=all":      {decoded, "what needs a licence is up to AES", ""},

	"no-licence=private":         {decoded, "no service stands or falls with it", ""},
	"no-licence=subscribed":      {decoded, "no service stands or falls with it", ""},
	"no-terminal-licence=answer": {decoded, "no service stands or falls with it", ""},
	"no-terminal-licence=fault":  {decoded, "no service stands or falls with it", ""},

	"filter=lab":    {decoded, "the answer says that the filter is read as it is meant", ""},
	"filter=wanted": {decoded, "the answer says that the filter is read as it is meant", ""},
	"filter=csta":   {decoded, "the answer says that the filter is read as it is meant", ""},
	"filter=ecma":   {foundOut, "the answer does not confirm the filter", ""},
	"filter=echo": {
		foundOut, "an event comes that the filter does not ask for", "Delivered Gap",
	},
	"agents=lab":    {decoded, "nothing is expected of the events of agents", ""},
	"agents=events": {decoded, "nothing is expected of the events of agents", ""},
	"agents=logins": {
		told, "GetAgentState says what no event does",
		"AgentLoggedOn AgentLoggedOff AgentReady AgentNotReady",
	},
	"keys=lab":        {decoded, "package phone reads a key in both forms", ""},
	"keys=hex":        {decoded, "package phone reads a key in both forms", ""},
	"keys=base64":     {decoded, "package phone reads a key in both forms", ""},
	"srtp-type=lab":   {decoded, "package phone takes the type that is told", ""},
	"srtp-type=codec": {decoded, "package phone takes the type that is told", ""},
	"srtp-type=own":   {decoded, "package phone takes the type that is told", ""},

	"events=lab": {decoded, "it is what is expected", ""},
	"events=cm":  {decoded, "it is what is expected", ""},
	"events=ecma": {
		told, "they are events of their own, and move no call",
		"Offered DigitsDialed Bridged CallInformation",
	},
	"reached=lab":    {decoded, "nothing is expected of the network", ""},
	"reached=seized": {decoded, "nothing is expected of the network", ""},
	"reached=progress": {
		told, "a call goes on without NetworkReached", "NetworkReached",
	},
	"merge=lab":  {decoded, "the call that lives on is told by event and answer", ""},
	"merge=held": {decoded, "the call that lives on is told by event and answer", ""},
	"merge=active": {
		told, "the call that lives on is told by event and answer",
		"Transfered TransferCall",
	},
	"diverted=lab": {decoded, "package calls takes both, by the device that is left", ""},
	"diverted=own": {decoded, "package calls takes both, by the device that is left", ""},
	"diverted=all": {told, "package calls takes both, by the device that is left", "Diverted"},

	"rest-body=bare":     {decoded, "an answer is known by its header, where it has one", ""},
	"rest-body=envelope": {decoded, "an answer is known by its header, where it has one", ""},
	"rest-fault=json":    {decoded, "a refusal is looked for whatever the status is", ""},
	"rest-fault=ok":      {decoded, "a refusal is looked for whatever the status is", ""},
	"rest-fault=text":    {told, "HTTP says what was refused, but not why", "refused"},
}

// TestEveryWayOfTheMockIsTaken: with any one of the mock's quirks a session makes the same
// of the story as without, finds out what the table says, and nothing else.
func TestEveryWayOfTheMockIsTaken(t *testing.T) {
	for _, rest := range []bool{false, true} {
		usual := read(t, rest)
		if usual.err != nil || usual.found != nil {
			t.Fatalf("by default: %v, found out %q", usual.err, usual.found)
		}
		for _, q := range dialect.Quirks() {
			way, known := ways[q.Name]
			if !known {
				t.Errorf("the table has no sentence for %s", q.Name)
			}
			if q.Default || rest && !shows(q.Name) {
				continue // the mock's own tests hold a default to make no difference
			}
			name := q.Name
			if rest {
				name += " over REST"
			}
			t.Run(name, func(t *testing.T) {
				r := read(t, rest, q.Name)
				if q.Name == "release=10.1" {
					if !errors.Is(r.err, wti.ErrUnauthorized) {
						t.Errorf("got %v, want ErrUnauthorized", r.err)
					}
					return
				}
				var want []string
				if way.how == foundOut && !needless(q.Name, rest) {
					want = []string{q.Name}
				}
				if !slices.Equal(r.found, want) {
					t.Errorf("found out %q, want %q", r.found, want)
				}
				differs := strings.Fields(way.differs)
				if strings.HasPrefix(q.Name, "rest-") && !rest {
					differs = nil
				}
				r.compare(t, usual, differs)
			})
		}
	}
	for name := range ways {
		if _, err := dialect.New(name); err != nil {
			t.Error(err)
		}
	}
}

// TestANameIsFoundOutByEveryFormOfARefusal: what says that a name is not known has as many
// forms as a refusal has.
func TestANameIsFoundOutByEveryFormOfARefusal(t *testing.T) {
	for _, rest := range []bool{false, true} {
		for _, q := range dialect.Quirks() {
			switch group, _, _ := strings.Cut(q.Name, "="); group {
			case "fault", "unknown", "rest-fault", "rest-body", "payload":
			default:
				continue
			}
			r := read(t, rest, q.Name, "monitor=MonitorStart")
			want := []string{"monitor=MonitorStart"}
			if !slices.Equal(r.found, want) {
				t.Errorf("%s, over REST %v: found out %q, want %q", q.Name, rest, r.found, want)
			}
		}
	}
}

// shows reports whether a quirk is one that may show itself in another way over REST.
func shows(quirk string) bool {
	group, _, _ := strings.Cut(quirk, "=")
	return slices.Contains([]string{
		"rest-body", "rest-fault", "payload", "fault", "token", "answer", "order", "fields",
	}, group)
}

// needless reports whether a quirk does not show over REST: HTTP's own header has the
// token there.
func needless(quirk string, rest bool) bool {
	return rest && strings.HasPrefix(quirk, "token=")
}

// compare holds what was understood against what is usual, but for what differs.
func (r *reading) compare(t *testing.T, usual *reading, differs []string) {
	t.Helper()
	usually := func(lines []string) (kept []string) {
		for _, line := range lines {
			name, _, _ := strings.Cut(line, " ")
			head, _, refused := strings.Cut(line, " refused ")
			switch {
			case refused && slices.Contains(differs, "refused"):
				kept = append(kept, head)
			case !slices.Contains(differs, strings.TrimSuffix(name, "Event")):
				kept = append(kept, line)
			}
		}
		return kept
	}
	same(t, "answers", usually(r.answers), usually(usual.answers))
	same(t, "events", usually(r.events), usually(usual.events))
	if len(differs) > 0 && slices.Equal(r.events, usual.events) &&
		slices.Equal(r.answers, usual.answers) {
		t.Errorf("it makes no difference to %q", differs)
	}
	for _, call := range r.moved {
		if call != r.lives {
			t.Errorf("the event of a transfer has call %s, its answer %s", call, r.lives)
		}
	}
	if len(r.moved) != 2 {
		t.Errorf("the transfer left parties in %q, want two", r.moved)
	}
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if slices.Equal(got, want) {
		return
	}
	for i := range max(len(got), len(want)) {
		var g, w string
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("%s %d: got\n%s, want\n%s", what, i, g, w)
			return
		}
	}
}

func TestEveryQuirkHasItsMirror(t *testing.T) {
	for _, q := range wti.Quirks() {
		if _, err := dialect.New(q.Name); err != nil {
			t.Errorf("the mock has no such quirk: %v", err)
		}
		if ways[q.Name].how != foundOut {
			t.Errorf("the table does not say that %s is found out", q.Name)
		}
	}
	for name, way := range ways {
		has := slices.ContainsFunc(wti.Quirks(), func(q wti.Quirk) bool { return q.Name == name })
		if way.how == foundOut && !has {
			t.Errorf("no quirk of the session is called %s", name)
		}
	}
}
