package model

import (
	"time"

	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// people do what comes to their minds.
type people struct {
	*world
	t *rapid.T
}

// moves are what they may do; some come to mind more often than others.
func (p *people) moves() map[string]func(*rapid.T) {
	moves := map[string]func(){
		"call": p.call, "call from outside": p.callIn, "answer": p.answer, "answer too": p.answer,
		"hold": p.hold, "retrieve": p.retrieve, "hang up": p.hangUp, "consult": p.consult,
		"finish": p.finish, "finish too": p.finish, "move": p.move, "join": p.join,
		"pick up": p.pickUp, "feature": p.feature, "agent": p.agent, "outside": p.outside,
		"wait": p.wait,
	}
	actions := map[string]func(*rapid.T){"": func(t *rapid.T) { p.teller = t; p.check() }}
	for name, move := range moves {
		actions[name] = func(t *rapid.T) {
			p.t, p.teller = t, t
			move()
		}
	}
	return actions
}

func (p *people) upTo(n int, what string) int { return rapid.IntRange(0, n-1).Draw(p.t, what) }

func (p *people) station() csta.DeviceID { return device(1001 + p.upTo(20, "station")) }

var numbers = []csta.DeviceID{
	"1001", "1002", "1003", "1004", "1005", "1006", "1007", "1008", "1009", "1011", "1018",
	"3001", "4001", "4003", "5001", "5002", "6666", "7001", "7100", "8001", "8002", "8003",
	"8004", "+15550100123", "+15550190000", "+15550180000", "+15550170000", "12x",
}

func (p *people) number() csta.DeviceID {
	return rapid.SampledFrom(numbers).Draw(p.t, "number")
}

// connection draws any connection that there is, or, now and then, one that is not.
func (p *people) connection(states ...csta.ConnectionState) csta.ConnectionID {
	all := p.connections(states...)
	if len(all) == 0 || p.upTo(20, "stray") == 0 {
		return csta.ConnectionID{Call: "77", Device: p.station()}
	}
	return rapid.SampledFrom(all).Draw(p.t, "connection")
}

func (p *people) call() {
	from, to := p.station(), p.number()
	p.do(func() error {
		_, err := p.s.MakeCall(csta.MakeCall{From: from, To: to})
		return err
	}, "%s calls %s", from, to)
}

func (p *people) callIn() {
	in := pbx.IncomingCall{
		From: "+15550100200", To: string(p.number()),
		Patience: time.Duration(p.upTo(60, "patience")) * time.Second,
	}
	p.do(func() error {
		_, err := p.s.IncomingCall(in)
		return err
	}, "call from outside to %s, patience %v", in.To, in.Patience)
}

func (p *people) answer() {
	id := p.connection(csta.Alerting)
	if p.upTo(6, "at a bridge") == 0 {
		id.Device = "1007"
	}
	p.do(func() error { return p.s.AnswerCall(csta.AnswerCall{Target: id}) }, "answer %s", id)
}

func (p *people) hold() {
	id := p.connection(csta.Connected)
	p.do(func() error { return p.s.HoldCall(csta.HoldCall{Target: id}) }, "hold %s", id)
}

func (p *people) retrieve() {
	id := p.connection(csta.Held)
	p.do(func() error { return p.s.RetrieveCall(csta.RetrieveCall{Target: id}) },
		"retrieve %s", id)
}

func (p *people) hangUp() {
	id := p.connection()
	if p.upTo(8, "all") == 0 {
		p.do(func() error { return p.s.ClearCall(csta.ClearCall{Target: id}) }, "clear call %s", id)
		return
	}
	p.do(func() error { return p.s.ClearConnection(csta.ClearConnection{Target: id}) },
		"clear %s", id)
}

func (p *people) consult() {
	id, to := p.connection(csta.Connected), p.number()
	p.do(func() error {
		_, err := p.s.ConsultationCall(csta.ConsultationCall{Existing: id, To: to})
		return err
	}, "%s consults %s", id, to)
}

// finish does something with a held call and, mostly, the active one of the same device.
func (p *people) finish() {
	held, active := p.connection(csta.Held), p.connection()
	for _, id := range p.connections(csta.Connected) {
		if id.Device == held.Device && p.upTo(10, "own") > 0 {
			active = id
		}
	}
	what := rapid.SampledFrom([]string{"alternate", "reconnect", "transfer", "conference"}).
		Draw(p.t, "what")
	p.do(func() (err error) {
		switch what {
		case "alternate":
			err = p.s.AlternateCall(csta.AlternateCall{Held: held, Active: active})
		case "reconnect":
			err = p.s.ReconnectCall(csta.ReconnectCall{Held: held, Active: active})
		case "transfer":
			_, err = p.s.TransferCall(csta.TransferCall{Held: held, Active: active})
		case "conference":
			_, err = p.s.ConferenceCall(csta.ConferenceCall{Held: held, Active: active})
		}
		return err
	}, "%s held %s active %s", what, held, active)
}
