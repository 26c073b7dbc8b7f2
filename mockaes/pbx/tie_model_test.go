package pbx

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// TestModelOfTwoSwitches drives two switches at once, with the same numbers in both: 7 and
// a number reaches it at the other. Besides what must be true of each, the ends of a call
// over a tie trunk are there at both switches or at none once no message is on its way,
// and when everybody has left, no call and no line is.
func TestModelOfTwoSwitches(t *testing.T) { tellStories(t, 40, storyOfTwo) }

// sites are two switches that are joined.
type sites struct{ near, far *model }

func storyOfTwo(t *rapid.T) {
	w := newSites(t)
	actions := map[string]func(*rapid.T){"": w.check}
	for name, m := range map[string]*model{"CM1": w.near, "CM2": w.far} {
		for what, do := range m.actions() {
			if what != "pass" || name == "CM1" { // they share a clock
				actions[name+" "+what] = do
			}
		}
	}
	actions["out of service"] = w.service
	actions["a moment"] = func(*rapid.T) { w.near.clock.Advance(tieDelay / 2) }
	t.Repeat(actions)
	w.everybodyLeaves()
}

func newSites(t *rapid.T) *sites {
	clock := clock.NewVirtual(start)
	labs := [2]Lab{featureLab(), featureLab()}
	others := []string{"CM2", "CM1"}
	for i := range labs {
		labs[i].Name, labs[i].Node = others[1-i], i+1
		labs[i].TrunkGroups = append(labs[i].TrunkGroups, TrunkGroup{
			Number: 5, Members: 3, To: others[i],
		})
		labs[i].Uniform = []dialplan.Uniform{{Number: "7*", TrunkGroup: 5, Delete: 1}}
		labs[i].Vectors = append(labs[i].Vectors, Vector{Number: 9, Steps: []string{
			"queue-to skill 5001", "route-to number 78003 with cov n if unconditionally",
			"route-to number 78009 with cov n if unconditionally",
			"wait-time 10 secs hearing music",
			"route-to number 71003 with cov n if unconditionally",
		}})
		labs[i].VDNs = append(labs[i].VDNs, VDN{Extension: "8009", Vector: 9})
	}
	w := &sites{near: newModelOf(t, labs[0], clock, 0), far: newModelOf(t, labs[1], clock, 1)}
	for _, m := range []*model{w.near, w.far} {
		m.numbers = slices.Concat(numbers, []string{
			"71001", "71002", "71003", "71004", "71005", "78001", "78002", "78003", "75001",
			"73001", "71011", "74001", "77001", "78009", "8009", "771001", "76666",
		})
	}
	if err := Join(w.near.s, w.far.s); err != nil {
		t.Fatal(err)
	}
	return w
}

// service takes the tie trunk group of a switch out of service, or back into it.
func (w *sites) service(t *rapid.T) {
	s := rapid.SampledFrom([]*Switch{w.near.s, w.far.s}).Draw(t, "switch")
	in := rapid.IntRange(0, 2).Draw(t, "in") > 0
	t.Logf("trunk group 5 of %s in service: %v", s.lab.Name, in)
	s.SetTrunkService(5, in)
}

func (w *sites) check(t *rapid.T) {
	w.near.check(t)
	w.far.check(t)
	for _, s := range []*Switch{w.near.s, w.far.s} {
		for _, g := range s.trunks {
			if g.wire != nil && len(g.wire.OnTheWay()) > 0 {
				return
			}
		}
	}
	refs := func(s *Switch) (list []string) {
		for _, e := range s.tiesInOrder() {
			list = append(list, e.ref)
		}
		return list
	}
	if diff := cmp.Diff(refs(w.near.s), refs(w.far.s)); diff != "" {
		t.Fatalf("ends of calls without another end:\n%s", diff)
	}
}

// saved holds copies of both switches to be the same, now and a while later.
func (w *sites) saved(t *rapid.T) {
	images, err := SaveAll(w.near.s, w.far.s)
	if err != nil {
		t.Fatal(err)
	}
	clock := clock.NewVirtual(w.near.clock.Now())
	var copies []*Switch
	for i, image := range images {
		s, err := Restore(image, Options{Clock: clock, Place: i})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		copies = append(copies, s)
	}
	if err := Join(copies...); err != nil {
		t.Fatal(err)
	}
	for _, d := range []time.Duration{0, tieDelay, time.Second, 10 * time.Second, time.Minute} {
		w.near.clock.Advance(d)
		clock.Advance(d)
		for i, m := range []*model{w.near, w.far} {
			if diff := cmp.Diff(m.s.State(), copies[i].State()); diff != "" {
				t.Fatalf("the restored %s differs after %v:\n%s", m.s.lab.Name, d, diff)
			}
		}
	}
}

func (w *sites) everybodyLeaves() {
	t := w.near.t
	w.near.stopRouting() // restored switches have no applications
	w.far.stopRouting()
	w.saved(t)
	for range 100 {
		calls := 0
		for _, m := range []*model{w.near, w.far} {
			for _, c := range m.s.State().Calls {
				calls++
				m.leave(c)
			}
		}
		w.near.clock.Advance(time.Second)
		if calls == 0 {
			break
		}
	}
	w.check(t)
	for _, m := range []*model{w.near, w.far} {
		st := m.s.State()
		if len(st.Calls) > 0 || st.Trunks[0].Used+st.Trunks[1].Used > 0 || len(m.s.ties) > 0 {
			t.Fatalf("%s: calls that do not end: %+v", m.s.lab.Name, st.Calls)
		}
	}
}

// leave lets everybody leave a call who is at this switch. What rings may ring for one who
// waits in the other's queue, and two queues may wait for each other, since a number that
// was predicted or transferred to is not always a person's.
func (m *model) leave(c CallInfo) {
	for _, p := range c.Parties {
		d := m.s.devices[p.Connection.Device.Extension()]
		switch {
		case p.Outside:
			_ = m.s.OutsideHangUp(p.Connection) // not those of tie trunks
		case d.kind == stationKind:
			_ = m.s.AnswerCall(csta.AnswerCall{Target: p.Connection})
			_ = m.s.ClearConnection(csta.ClearConnection{Target: p.Connection})
		default:
			_ = m.s.ClearCall(csta.ClearCall{Target: p.Connection})
		}
	}
}
