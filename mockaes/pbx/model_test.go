package pbx

import (
	"flag"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// fromCommandLine are the flags that were given there: TestModel sets some itself.
var fromCommandLine = sync.OnceValue(func() map[string]bool {
	given := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { given[f.Name] = true })
	return given
})

// TestModel drives a switch with whatever twenty stations, ten agents and callers
// from outside may think of, and holds it after each step to what must be true of
// every switch. The stories are the same each time; -rapid.checks=10000 tells more of
// each seed, -rapid.seed=9 others, -short a fifth.
func TestModel(t *testing.T) { tellStories(t, 200, story) }

// tellStories tells stories of five seeds, so many of each.
func tellStories(t *testing.T, each int, story func(*rapid.T)) {
	told, given := 0, fromCommandLine()
	for seed := 1; seed <= 5; seed++ {
		for name, value := range map[string]int{"rapid.checks": each, "rapid.seed": seed} {
			if given[name] {
				continue
			}
			if err := flag.Set(name, strconv.Itoa(value)); err != nil {
				t.Fatal(err)
			}
		}
		rapid.Check(t, func(t *rapid.T) {
			story(t)
			told++
		})
		if given["rapid.seed"] {
			break
		}
	}
	t.Logf("stories told: %d", told)
}

func story(t *rapid.T) {
	m := newModel(t)
	actions := m.actions()
	actions[""] = m.check
	t.Repeat(actions)
	m.everybodyLeaves()
}

// actions are what can happen at a switch.
func (m *model) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"make":      m.makeCall,
		"incoming":  m.incoming,
		"answer":    m.answer,
		"answer 2":  m.answer,
		"control":   m.control,
		"control 2": m.control,
		"consult":   m.consult,
		"pair":      m.pair,
		"move":      m.move,
		"feature":   m.feature,
		"party":     m.party,
		"agent":     m.agent,
		"outside":   m.outside,
		"pass":      m.pass,
		"register":  m.register,
		"press":     m.press,
		"press 2":   m.press,
		"voice":     m.voice,
		"tones":     m.tones,
		"listening": m.listening,
		"routing":   m.routing,
		"routing 2": m.routing,
		"switch":    m.administer,
		"direct":    m.direct,
	}
}

type model struct {
	t      *rapid.T
	s      *Switch
	clock  *clock.Virtual
	ear    *ear
	own    map[string]map[csta.CallID]csta.ConnectionState // by station, from events alone
	events int

	numbers []string // that are called

	asked   []csta.RouteCrossRefID // dialogues that wait for an answer
	unroute func()                 // ends the application's registration; nil: there is none
}

func newModel(t *rapid.T) *model {
	return newModelOf(t, featureLab(), clock.NewVirtual(start), 0)
}

// newModelOf is the model of the switch of a lab with the features that stories are about.
func newModelOf(t *rapid.T, lab Lab, clock *clock.Virtual, place int) *model {
	u := &unit{ear: ear{heard: map[csta.CallID][]Heard{}}, lengths: files}
	m := &model{t: t, clock: clock, ear: &u.ear, numbers: numbers}
	lab.Stations[2].Coverage = []string{"1004", "+15550100123", "8001"}
	lab.Stations[6].Bridges = []string{"1001", "1002"}
	lab.Stations[7].Pickup = 1
	lab.Stations[4].AutoAnswer = true
	lab.TrunkGroups[0].Members = 6
	adjunct(&lab)
	lab.Outside = append(lab.Outside, Outside{Number: "+1555016*", Progress: OffISDN})
	lab.Features.MergeKeepsActive = rapid.Bool().Draw(t, "active call's id is kept")
	s, err := New(lab, Options{Clock: m.clock, Media: u, Place: place})
	if err != nil {
		t.Fatal(err)
	}
	m.s = s
	m.own = map[string]map[csta.CallID]csta.ConnectionState{}
	for _, st := range lab.Stations {
		m.own[st.Extension] = map[csta.CallID]csta.ConnectionState{}
		req := csta.MonitorStart{Object: csta.MonitorObject{Device: csta.DeviceID(st.Extension)}}
		_, err := s.Monitor(req, csta.MonitorCrossRefID(st.Extension), m.event)
		if err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// event is the state of a station rebuilt from its monitor's events alone: from who
// is the subject of each, as a client would.
func (m *model) event(ev csta.Event) {
	m.events++
	who := string(ev.CrossRef())
	own := m.own[who]
	set := func(id csta.ConnectionID, state csta.ConnectionState) {
		if id.Device.Extension() != who {
			return
		}
		own[id.Call] = state
		if state == csta.Null {
			delete(own, id.Call)
		}
	}
	switch ev := ev.(type) {
	case csta.ServiceInitiated:
		set(ev.Connection, csta.Initiated)
	case csta.Originated:
		set(ev.Connection, csta.Connected)
	case csta.Delivered:
		set(ev.Connection, csta.Alerting)
	case csta.Established:
		set(ev.Connection, csta.Connected)
	case csta.HeldEvent:
		set(ev.Connection, csta.Held)
	case csta.Retrieved:
		set(ev.Connection, csta.Connected)
	case csta.Failed:
		set(ev.Connection, csta.Fail)
	case csta.Diverted:
		set(ev.Connection, csta.Null)
	case csta.ConnectionCleared:
		set(ev.Connection, csta.Null)
	case csta.Transferred:
		m.merged(who, ev.Connections, ev.Local, ev.PrimaryOld, ev.SecondaryOld)
	case csta.Conferenced:
		m.merged(who, ev.Connections, ev.Local, ev.PrimaryOld, ev.SecondaryOld)
	}
}

// merged takes a station through a merger: its connections in the old calls are
// gone, and the new one is in the list, if it is still in the call.
func (m *model) merged(
	who string, list []csta.ConnectionListItem, local csta.ConnectionState,
	old ...csta.ConnectionID,
) {
	for _, id := range old {
		delete(m.own[who], id.Call)
	}
	for _, item := range list {
		if item.New.Device.Extension() == who && local != csta.Null {
			m.own[who][item.New.Call] = local
		}
	}
}

// do carries out a request, and holds a refusal to its word: nothing has changed, as
// a portrait of the whole switch shows, and nobody was told of anything.
func (m *model) do(what string, request func() error) {
	before, events := m.image(), m.events
	err := request()
	m.t.Logf("%s: %v", what, err)
	if err == nil {
		return
	}
	if diff := cmp.Diff(before, m.image()); diff != "" || m.events != events {
		m.t.Fatalf("%s was refused with %v, but: %s (%d events)", what, err, diff, m.events-events)
	}
}

func (m *model) image() string {
	image, err := portrait(m.s)
	if err != nil {
		m.t.Fatal(err)
	}
	return image
}

func (m *model) station() csta.DeviceID {
	return csta.DeviceID(fmt.Sprint(rapid.IntRange(1001, 1020).Draw(m.t, "station")))
}

var numbers = []string{
	"1001", "1002", "1003", "1004", "1005", "1006", "1007", "1008", "8001", "8002", "8003",
	"8004", "8005", "8005", "5001", "5002", "3001", "1011", "1015", "1016", "4001", "4003",
	"7001", "7100", "+15550100123", "+15550190000", "+15550180000", "+15550170000",
	"+15550160000", "6666", "12x",
}

func (m *model) number() csta.DeviceID {
	return csta.DeviceID(rapid.SampledFrom(m.numbers).Draw(m.t, "number"))
}

// connection draws any connection that there is, or, now and then, one that is not.
func (m *model) connection(states ...csta.ConnectionState) csta.ConnectionID {
	var all []csta.ConnectionID
	for _, c := range m.s.State().Calls {
		for _, p := range c.Parties {
			if len(states) == 0 || slices.Contains(states, p.State) {
				all = append(all, p.Connection)
			}
		}
	}
	if len(all) == 0 || rapid.IntRange(0, 19).Draw(m.t, "stray") == 0 {
		return csta.ConnectionID{Call: "77", Device: m.station()}
	}
	return rapid.SampledFrom(all).Draw(m.t, "connection")
}

func (m *model) makeCall(t *rapid.T) {
	m.t = t
	from, to := m.station(), m.number()
	m.do(fmt.Sprintf("%s calls %s", from, to), func() error {
		_, err := m.s.MakeCall(csta.MakeCall{From: from, To: to})
		return err
	})
}

func (m *model) incoming(t *rapid.T) {
	m.t = t
	to := m.number()
	patience := time.Duration(rapid.IntRange(0, 60).Draw(t, "patience")) * time.Second
	m.t.Logf("call from outside to %s", to)
	_, _ = m.s.IncomingCall(IncomingCall{From: "+15550100200", To: string(to), Patience: patience})
}

func (m *model) answer(t *rapid.T) {
	m.t = t
	id := m.connection(csta.Alerting)
	m.do(fmt.Sprint("answer ", id), func() error {
		return m.s.AnswerCall(csta.AnswerCall{Target: id})
	})
}

func (m *model) control(t *rapid.T) {
	m.t = t
	id := m.connection()
	switch what := rapid.SampledFrom([]string{"hold", "retrieve", "clear", "digits"}).
		Draw(t, "what"); what {
	case "hold":
		m.do(fmt.Sprint("hold ", id), func() error {
			return m.s.HoldCall(csta.HoldCall{Target: id})
		})
	case "retrieve":
		m.do(fmt.Sprint("retrieve ", id), func() error {
			return m.s.RetrieveCall(csta.RetrieveCall{Target: id})
		})
	case "clear":
		m.do(fmt.Sprint("clear ", id), func() error {
			return m.s.ClearConnection(csta.ClearConnection{Target: id})
		})
	case "digits":
		m.do(fmt.Sprint("digits ", id), func() error {
			return m.s.GenerateDigits(csta.GenerateDigits{Target: id, Digits: "12"})
		})
	}
}

func (m *model) consult(t *rapid.T) {
	m.t = t
	id, to := m.connection(csta.Connected), m.number()
	m.do(fmt.Sprintf("%s consults %s", id, to), func() error {
		_, err := m.s.ConsultationCall(csta.ConsultationCall{Existing: id, To: to})
		return err
	})
}

func (m *model) pair(t *rapid.T) {
	m.t = t
	held, active := m.connection(csta.Held), m.connection()
	for _, c := range m.s.State().Calls {
		for _, p := range c.Parties {
			own := p.Connection.Device == held.Device && p.State == csta.Connected
			if own && rapid.IntRange(0, 9).Draw(t, "own") > 0 {
				active = p.Connection
			}
		}
	}
	what := rapid.SampledFrom([]string{"alternate", "reconnect", "transfer", "conference"}).
		Draw(t, "what")
	m.do(fmt.Sprintf("%s held %s active %s", what, held, active), func() (err error) {
		switch what {
		case "alternate":
			err = m.s.AlternateCall(csta.AlternateCall{Held: held, Active: active})
		case "reconnect":
			err = m.s.ReconnectCall(csta.ReconnectCall{Held: held, Active: active})
		case "transfer":
			_, err = m.s.TransferCall(csta.TransferCall{Held: held, Active: active})
		case "conference":
			_, err = m.s.ConferenceCall(csta.ConferenceCall{Held: held, Active: active})
		}
		return err
	})
}

func (m *model) move(t *rapid.T) {
	m.t = t
	to := m.number()
	if rapid.Bool().Draw(t, "deflect") {
		id := m.connection(csta.Alerting)
		m.do(fmt.Sprintf("deflect %s to %s", id, to), func() error {
			return m.s.DeflectCall(csta.DeflectCall{Target: id, To: to})
		})
		return
	}
	id := m.connection(csta.Connected)
	m.do(fmt.Sprintf("transfer %s to %s", id, to), func() error {
		_, err := m.s.SingleStepTransferCall(csta.SingleStepTransferCall{Active: id, To: to})
		return err
	})
}

func (m *model) agent(t *rapid.T) {
	m.t = t
	states := []csta.RequestedAgentState{
		csta.LogOn, csta.LogOn, csta.LogOff, csta.NotReady, csta.Ready, csta.Ready,
		csta.WorkingAfterCall,
	}
	req := csta.SetAgentState{
		Device:   csta.DeviceID(fmt.Sprint(rapid.IntRange(1001, 1008).Draw(t, "station"))),
		State:    rapid.SampledFrom(states).Draw(t, "state"),
		Password: "4321",
	}
	if req.State == csta.LogOn {
		req.AgentID = fmt.Sprint(rapid.IntRange(4001, 4011).Draw(t, "agent"))
		req.Private.WorkMode = csta.AutoIn
	}
	if rapid.Bool().Draw(t, "pending") {
		yes := true
		req.Private.Pending = &yes
	}
	m.do(fmt.Sprintf("agent %s at %s: %s", req.AgentID, req.Device, req.State), func() error {
		_, err := m.s.SetAgentState(req)
		return err
	})
}

func (m *model) outside(t *rapid.T) {
	m.t = t
	id := m.connection()
	if rapid.Bool().Draw(t, "hang up") {
		m.do(fmt.Sprint("outside party hangs up ", id), func() error {
			return m.s.OutsideHangUp(id)
		})
		return
	}
	m.do(fmt.Sprint("outside party dials ", id), func() error {
		return m.s.OutsideDigits(id, "1")
	})
}
