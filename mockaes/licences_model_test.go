package mockaes_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// TestLicencesInUseAreThoseOfDevicesInUse asks for random services with few licences. The
// model is Avaya's sentence: a licence that a station was given remains in use as long as
// the station is monitored or there are any calls at it.
func TestLicencesInUseAreThoseOfDevicesInUse(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		total := rapid.Uint64Range(0, 4).Draw(rt, "licences")
		steps := rapid.SliceOfN(licenceSteps, 1, 60).Draw(rt, "steps")
		synctest.Test(t, func(t *testing.T) {
			m := newLicenceModel(t, total)
			defer m.close()
			for n, s := range steps {
				licenceActs[s.act](m, s)
				m.check()
				if m.wrong != "" {
					rt.Errorf("step %d, %s: %s", n, s.act, m.wrong)
					return
				}
			}
		})
	})
}

// licenceStep is something that a session, a station or a caller does.
type licenceStep struct {
	act                string
	session            int
	station, otherSide string
}

var licenceActs = map[string]func(*licenceModel, licenceStep){
	"monitor": (*licenceModel).monitor, "stop": (*licenceModel).stop,
	"call": (*licenceModel).call, "answer": (*licenceModel).answer,
	"clear": (*licenceModel).clear, "incoming": (*licenceModel).incoming,
	"register": (*licenceModel).register, "unregister": (*licenceModel).unregister,
	"cut": (*licenceModel).cut, "expire": (*licenceModel).expire,
}

var licenceSteps = rapid.Custom(func(rt *rapid.T) licenceStep {
	station := rapid.SampledFrom([]string{"1001", "1002", "1003", "1004", "1005", "1006"})
	return licenceStep{
		act: rapid.SampledFrom([]string{
			"monitor", "monitor", "stop", "call", "answer", "answer", "clear", "clear",
			"incoming", "register", "unregister", "cut", "expire",
		}).Draw(rt, "act"),
		session: rapid.IntRange(0, 1).Draw(rt, "session"),
		station: station.Draw(rt, "station"), otherSide: station.Draw(rt, "other side"),
	}
})

// licenceModel is a server, two sessions of it, and what they should hold.
type licenceModel struct {
	t         *testing.T
	srv       *mockaes.Server
	total     uint64
	clients   []*client
	monitors  []map[string]string // devices by the numbers of their monitors, by session
	terminals []map[string]bool   // extensions, by session
	held      map[string]bool
	wrong     string // what was found first
}

func newLicenceModel(t *testing.T, total uint64) *licenceModel {
	m := &licenceModel{t: t, total: total, held: make(map[string]bool)}
	o := few(m.total, m.total)
	o.InMemory, o.Limits.CleanupDelay = true, time.Second
	if m.srv = mockaes.New(o); m.srv.Err != nil {
		t.Fatal(m.srv.Err)
	}
	for range 2 {
		m.clients = append(m.clients, attentive(login(t, m.srv)))
		m.monitors = append(m.monitors, make(map[string]string))
		m.terminals = append(m.terminals, make(map[string]bool))
	}
	return m
}

// attentive has somebody read what comes for a client at once, so that the server is never
// kept waiting.
func attentive(c *client) *client {
	frames := make(chan wire.Frame, 10_000)
	go func() {
		defer close(frames)
		for {
			data, err := c.read()
			if err != nil {
				return
			}
			if frame, err := wire.Parse(data); err == nil {
				frames <- frame
			}
		}
	}()
	c.frames = frames
	return c
}

func (m *licenceModel) close() {
	for _, c := range m.clients {
		_ = c.ws.CloseNow()
	}
	m.srv.Close()
	pass(time.Second) // net/http lingers where it has not read all of a body
}

func (m *licenceModel) fail(format string, args ...any) {
	if m.wrong == "" {
		m.wrong = fmt.Sprintf(format, args...)
	}
}

// busy are the stations at which there are calls, and one connection of each.
func (m *licenceModel) busy() map[string]csta.ConnectionID {
	at := make(map[string]csta.ConnectionID)
	for _, c := range m.srv.Switch().State().Calls {
		for _, p := range c.Parties {
			if !p.Absent && !p.Outside {
				at[p.Connection.Device.Extension()] = p.Connection
			}
		}
	}
	return at
}

// ask asks for a service of a station, and wants it to find a licence just if there is one.
func (m *licenceModel) ask(s licenceStep, service, body string) (done bool, answer []byte) {
	frame := m.clients[s.session].ask(service, body)
	fault, refused := csta.DecodeFault(frame.Payload)
	has := m.held[s.station] || uint64(len(m.held)) < m.total
	if got := !refused || fault.Code != noTSAPI; got != has {
		m.fail("%s for %s, with %d of %d in use: found a licence: %v", service, s.station,
			len(m.held), m.total, got)
	}
	if has {
		m.held[s.station] = true
	}
	return !refused, frame.Payload
}

func (m *licenceModel) monitor(s licenceStep) {
	if done, answer := m.ask(s, "MonitorStart", monitorBody(id(s.station))); done {
		var reply csta.MonitorStarted
		if err := csta.Decode(answer, &reply); err != nil {
			m.t.Fatal(err)
		}
		m.monitors[s.session][string(reply.CrossRefID)] = s.station
	}
}

func (m *licenceModel) stop(s licenceStep) {
	refs := slices.Sorted(maps.Keys(m.monitors[s.session]))
	if len(refs) == 0 {
		return
	}
	m.clients[s.session].must("MonitorStop", `{"monitorCrossRefID":"`+refs[0]+`"}`, nil)
	delete(m.monitors[s.session], refs[0])
}

func (m *licenceModel) call(s licenceStep) {
	m.ask(s, "MakeCall", makeCall(id(s.station), s.otherSide))
}

func (m *licenceModel) answer(s licenceStep) { m.control(s, "AnswerCall", "callToBeAnswered") }

func (m *licenceModel) clear(s licenceStep) {
	m.control(s, "ClearConnection", "connectionToBeCleared")
}

func (m *licenceModel) control(s licenceStep, service, member string) {
	call := m.busy()[s.station].Call // perhaps none: then it is refused
	m.ask(s, service, fmt.Sprintf(`{%q:{"callID":%q,"deviceID":%q}}`, member, call,
		id(s.station)))
}

func (m *licenceModel) incoming(s licenceStep) {
	_, _ = m.srv.Switch().IncomingCall(pbx.IncomingCall{ // all trunks may be in use
		From: "+15550100123", To: s.station, Patience: 5 * time.Second, Talk: time.Second,
	})
}

func (m *licenceModel) register(s licenceStep) {
	mine, others := m.terminals[s.session], m.terminals[1-s.session]
	used := uint64(len(mine) + len(others))
	var reply struct{ Code int }
	m.clients[s.session].must("RegisterTerminalRequest", registration(s.station), &reply)
	want := mine[s.station] || !others[s.station] && used < m.total
	if want != (reply.Code == csta.NormalRegister) {
		m.fail("registered %s, with %d of %d in use: %+v", s.station, used, m.total, reply)
	}
	if want {
		mine[s.station] = true
	}
}

func (m *licenceModel) unregister(s licenceStep) {
	m.clients[s.session].must("UnregisterTerminalRequest", `{"device":"`+id(s.station)+`"}`, nil)
	delete(m.terminals[s.session], s.station)
}

// cut loses the connection of one session, and with it in time what it holds.
func (m *licenceModel) cut(s licenceStep) {
	_ = m.clients[s.session].ws.CloseNow()
	m.gone(s.session)
}

func (m *licenceModel) expire(licenceStep) {
	m.srv.ExpireSessions()
	pass(time.Minute)
	for i, c := range m.clients {
		_ = c.ws.CloseNow()
		m.enter(i)
	}
}

func (m *licenceModel) gone(i int) {
	pass(10 * time.Second)
	m.clients[1-i].must("ResetApplicationSessionTimer", `{}`, nil)
	m.enter(i)
}

// enter starts a session that holds nothing.
func (m *licenceModel) enter(i int) {
	m.clients[i] = attentive(login(m.t, m.srv))
	m.monitors[i], m.terminals[i] = make(map[string]string), make(map[string]bool)
}

func (m *licenceModel) check() {
	synctest.Wait()
	calls, monitored := m.busy(), make(map[string]bool)
	for _, mine := range m.monitors {
		for _, station := range mine {
			monitored[station] = true
		}
	}
	maps.DeleteFunc(m.held, func(station string, _ bool) bool {
		_, busy := calls[station]
		return !busy && !monitored[station]
	})
	got := m.srv.State().Licences
	terminals := uint64(len(m.terminals[0]) + len(m.terminals[1]))
	if got.TSAPI.Used != uint64(len(m.held)) || got.DMCC.Used != terminals {
		m.fail("in use are %d and %d, held %v and %d terminals", got.TSAPI.Used,
			got.DMCC.Used, m.held, terminals)
	}
	if got.TSAPI.Used > m.total || got.DMCC.Used > m.total {
		m.fail("more are in use than there are: %+v", got)
	}
}
