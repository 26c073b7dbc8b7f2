package pbx

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

var update = flag.Bool("update", false, "rewrite the ladders in testdata")

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) // a Monday

// stage is a switch with monitors, and the record of what they were told.
type stage struct {
	*testing.T
	s     *Switch
	clock *clock.Virtual
	media *ear
	lines []string
	near  *stage // whose record this one writes too; nil: its own
}

// note puts a line into the record.
func (st *stage) note(line string) {
	if st.near != nil {
		st = st.near
	}
	st.lines = append(st.lines, line)
}

func newStage(t *testing.T, lab Lab) *stage {
	t.Helper()
	st := &stage{
		T: t, clock: clock.NewVirtual(start), media: &ear{heard: map[csta.CallID][]Heard{}},
	}
	s, err := New(lab, Options{Clock: st.clock, Media: st.media})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	st.s = s
	return st
}

// watch starts device monitors of numbers; a number with a * is followed by calls.
func (st *stage) watch(numbers ...string) {
	for _, n := range numbers {
		ext, follow := strings.CutSuffix(n, "*")
		req := csta.MonitorStart{Object: csta.MonitorObject{Device: csta.DeviceID(ext)}}
		if follow {
			req.Type = csta.CallMonitor
		}
		_, err := st.s.Monitor(req, csta.MonitorCrossRefID(n), func(ev csta.Event) {
			st.note(ladderLine(string(ev.CrossRef()), ev))
		})
		st.ok(err)
	}
}

// says puts a line about what happens into the record.
func (st *stage) says(format string, args ...any) {
	st.note("")
	st.note(fmt.Sprintf(format, args...))
}

func (st *stage) ok(err error) {
	st.Helper()
	if err != nil {
		st.Fatalf("%v\n%s", err, strings.Join(st.lines, "\n"))
	}
}

// pass lets time go by.
func (st *stage) pass(d time.Duration) {
	st.says("(%v pass)", d)
	st.clock.Advance(d)
}

// compare compares the record with a file in testdata.
func (st *stage) compare(name string) {
	st.Helper()
	path := filepath.Join("testdata", name+".txt")
	got := strings.TrimSpace(strings.Join(st.lines, "\n")) + "\n"
	if *update {
		st.ok(os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	st.ok(err)
	if got != string(want) {
		st.Errorf("%s differs; got:\n%s\nwant:\n%s", path, got, want)
	}
}

func (st *stage) call(from, to string) csta.ConnectionID {
	st.Helper()
	st.says("%s calls %s", from, to)
	made, err := st.s.MakeCall(csta.MakeCall{From: csta.DeviceID(from), To: csta.DeviceID(to)})
	st.ok(err)
	return made.Connection
}

func (st *stage) incoming(in IncomingCall) csta.ConnectionID {
	st.Helper()
	st.says("%s calls %s from outside", cmp.Or(in.From, "somebody"), in.To)
	id, err := st.s.IncomingCall(in)
	st.ok(err)
	return id
}

// at is a station's connection in a call.
func at(call csta.ConnectionID, ext string) csta.ConnectionID {
	return csta.ConnectionID{Call: call.Call, Device: csta.DeviceID(ext)}
}

func (st *stage) answer(id csta.ConnectionID) {
	st.Helper()
	st.says("%s answers", id.Device.Extension())
	st.ok(st.s.AnswerCall(csta.AnswerCall{Target: id}))
}

func (st *stage) clear(id csta.ConnectionID) {
	st.Helper()
	st.says("%s hangs up", id.Device.Extension())
	st.ok(st.s.ClearConnection(csta.ClearConnection{Target: id}))
}

func (st *stage) hold(id csta.ConnectionID) {
	st.Helper()
	st.says("%s holds call %s", id.Device.Extension(), id.Call)
	st.ok(st.s.HoldCall(csta.HoldCall{Target: id}))
}

func (st *stage) consult(id csta.ConnectionID, to string) csta.ConnectionID {
	st.Helper()
	st.says("%s consults %s", id.Device.Extension(), to)
	r, err := st.s.ConsultationCall(csta.ConsultationCall{Existing: id, To: csta.DeviceID(to)})
	st.ok(err)
	return r.Initiated
}

func (st *stage) login(agent, station string, mode csta.WorkMode) {
	st.Helper()
	st.says("agent %s logs in at %s, %s", agent, station, mode)
	_, err := st.s.SetAgentState(csta.SetAgentState{
		Device: csta.DeviceID(station), State: csta.LogOn, AgentID: agent, Password: "4321",
		Private: csta.SetAgentPrivate{WorkMode: mode},
	})
	st.ok(err)
}

func (st *stage) agent(station string, to csta.RequestedAgentState, p csta.SetAgentPrivate) {
	st.Helper()
	st.says("the agent at %s asks for %s", station, cmp.Or(string(p.WorkMode), string(to)))
	_, err := st.s.SetAgentState(csta.SetAgentState{
		Device: csta.DeviceID(station), State: to, Private: p,
	})
	st.ok(err)
}

// ear records what the media are told.
type ear struct {
	heard  map[csta.CallID][]Heard
	open   map[LegID]csta.MediaInfo
	digits []string
}

func (e *ear) Open(leg LegID, far csta.MediaInfo, _ Terms) (Near, error) {
	if e.open == nil {
		e.open = map[LegID]csta.MediaInfo{}
	}
	e.open[leg] = far
	near := csta.IPAddress{Address: "192.0.2.1", Port: 20000 + int(leg)*2}
	return Near{MediaInfo: csta.MediaInfo{
		RTP: near, RTCP: csta.IPAddress{Address: near.Address, Port: near.Port + 1},
	}}, nil
}

func (e *ear) Close(leg LegID) { delete(e.open, leg) }

func (e *ear) Route(call csta.CallID, parties []Heard) {
	e.heard[call] = parties
	if len(parties) == 0 {
		delete(e.heard, call)
	}
}

func (e *ear) Digits(to []LegID, digits string, _, _ time.Duration) {
	e.digits = append(e.digits, fmt.Sprintf("%s to %v", digits, to))
}

// hears says what a device hears in a call, in words.
func (e *ear) hears(call csta.CallID, ext string) string {
	names := map[LegID]string{}
	for _, h := range e.heard[call] {
		names[h.Leg] = h.Device.Extension()
	}
	for _, h := range e.heard[call] {
		if h.Device.Extension() != ext {
			continue
		}
		var what []string
		for _, leg := range h.From {
			what = append(what, names[leg])
		}
		if h.Play.Sound != "" {
			what = append(what, string(h.Play.Sound))
		}
		return cmp.Or(strings.Join(what, "+"), "nothing")
	}
	return "no stream"
}
