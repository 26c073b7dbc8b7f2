package model

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) // a Monday

// teller is what a story needs of a test.
type teller interface {
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
}

// world is a switch with a monitored party at each station, and a board for each.
type world struct {
	teller
	s      *pbx.Switch
	clock  *clock.Virtual
	boards map[string]calls.Board // by extension, from events alone
	told   map[string]*told       // the same events without package calls
	order  []string
	events int

	features pbx.Features
}

// newWorld is a call center with everything in it that moves calls: coverage to
// stations, to the outside and to a VDN, bridges, a pickup group, a hunt group and a
// station that answers by itself.
func newWorld(t teller, f pbx.Features) *world {
	lab := pbx.DefaultLab()
	lab.Features = f
	lab.Stations[2].Coverage = []string{"1004", "+15550100123", "8001"}
	lab.Stations[4].AutoAnswer = true
	lab.Stations[6].Bridges = []string{"1001", "1002"}
	lab.Stations[7].Pickup, lab.Stations[8].Pickup = 1, 1
	lab.Stations[10].Coverage = []string{"1012", "1013"}
	lab.HuntGroups = []pbx.HuntGroup{{
		Extension: "3001", Name: "Operators", Members: []string{"1018", "1019"}, Circular: true,
	}}
	lab.TrunkGroups[0].Members = 6
	w := &world{
		teller: t, clock: clock.NewVirtual(start), boards: map[string]calls.Board{},
		told: map[string]*told{}, features: f,
	}
	s, err := pbx.New(lab, pbx.Options{Clock: w.clock})
	if err != nil {
		t.Fatalf("%v", err)
	}
	w.s = s
	for _, st := range lab.Stations {
		w.monitor(st.Extension)
	}
	return w
}

func (w *world) monitor(ext string) {
	id, err := w.s.DeviceID("CM1", ext, true)
	if err != nil {
		w.Fatalf("%v", err)
	}
	w.boards[ext], w.told[ext] = calls.New(id), newTold(id)
	w.order = append(w.order, ext)
	req := csta.MonitorStart{Object: csta.MonitorObject{Device: id}}
	_, err = w.s.Monitor(req, csta.MonitorCrossRefID(ext), func(ev csta.Event) {
		w.events++
		w.told[ext].event(ev)
		w.boards[ext] = w.boards[ext].Apply(ev, w.clock.Now())
		w.told[ext].keep(w.boards[ext])
	})
	if err != nil {
		w.Fatalf("%v", err)
	}
}

// do carries out a request, and holds a refusal to its word: nothing has changed,
// and nobody was told of anything.
func (w *world) do(request func() error, format string, args ...any) {
	before, events := w.s.State(), w.events
	err := request()
	w.Logf(format+": %v", append(slices.Clone(args), err)...)
	if err != nil && (events != w.events || !reflect.DeepEqual(before, w.s.State())) {
		w.Fatalf("that was refused with %v, but %d events came, and of\n%+v\nwas made\n%+v",
			err, w.events-events, before, w.s.State())
	}
}

func (w *world) pass(d time.Duration) {
	w.Logf("%v pass", d)
	w.clock.Advance(d)
}

// connections are those that there are, in the order of the calls.
func (w *world) connections(states ...csta.ConnectionState) []csta.ConnectionID {
	var all []csta.ConnectionID
	for _, c := range w.s.State().Calls {
		for _, p := range c.Parties {
			if len(states) == 0 || slices.Contains(states, p.State) {
				all = append(all, p.Connection)
			}
		}
	}
	return all
}

// everybodyLeaves lets every call end: whoever can hang up does.
func (w *world) everybodyLeaves() {
	for range 100 {
		live := w.s.State().Calls
		if len(live) == 0 {
			return
		}
		for _, p := range live[0].Parties {
			if p.Outside {
				_ = w.s.OutsideHangUp(p.Connection)
			} else {
				_ = w.s.ClearConnection(csta.ClearConnection{Target: p.Connection})
			}
		}
	}
	w.Fatalf("calls that do not end: %+v", w.s.State().Calls)
}

// TestModel plays stories of twenty stations, ten agents and callers from outside.
func TestModel(t *testing.T) {
	play(t, func(t *rapid.T) {
		w := newWorld(t, pbx.Features{
			MergeKeepsActive: rapid.Bool().Draw(t, "the active call's id is kept"),
			DivertedToAll:    rapid.Bool().Draw(t, "all are told of diversions"),
		})
		p := &people{world: w}
		t.Repeat(p.moves())
		w.checkSnapshots()
		w.everybodyLeaves()
		w.check()
	})
}

func device(ext int) csta.DeviceID { return csta.DeviceID(fmt.Sprint(ext)) }
