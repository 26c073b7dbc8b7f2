package pbx

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// again restores both sites from one moment, on a clock of their own.
func again(t *testing.T, sites ...*stage) []*stage {
	t.Helper()
	images, err := SaveAll(sites[0].s, sites[1].s)
	sites[0].ok(err)
	clock := clock.NewVirtual(sites[0].clock.Now())
	var copies []*stage
	var switches []*Switch
	for i, image := range images {
		s, err := Restore(image, Options{Clock: clock, Place: i})
		sites[0].ok(err)
		t.Cleanup(s.Close)
		switches = append(switches, s)
		copies = append(copies, &stage{T: t, s: s, clock: clock})
	}
	sites[0].ok(Join(switches...))
	return copies
}

// TestTieCallsAreSaved saves two switches 10 ms after something happened, while the
// message about it is on its way, and holds the copies to go on as the originals do.
func TestTieCallsAreSaved(t *testing.T) {
	for _, tt := range []struct {
		name string
		to   string
		do   func(st, far *stage, a csta.ConnectionID)
	}{
		{
			"a call that the other switch has not heard of", "2001",
			func(*stage, *stage, csta.ConnectionID) {},
		},
		{"a call that rings", "2001", func(st, _ *stage, _ csta.ConnectionID) { st.pass(aMoment) }},
		{"an answer", "2001", func(st, far *stage, _ csta.ConnectionID) {
			st.pass(aMoment)
			far.answer(at(far.only(), "2001"))
		}},
		{"an end", "2001", func(st, far *stage, a csta.ConnectionID) {
			st.pass(aMoment)
			far.answer(at(far.only(), "2001"))
			st.pass(aMoment)
			st.clear(a)
		}},
		{"a vector that looks ahead", "8001", func(st, _ *stage, _ csta.ConnectionID) {
			st.pass(5 * time.Second)
		}},
		{"a vector that was refused", "8001", func(st, far *stage, _ csta.ConnectionID) {
			far.s.SetTrunkService(7, false)
			st.pass(5*time.Second + tieDelay)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			st := newStage(t, DefaultLab())
			far := st.join(overflowLab("8101"))
			tt.do(st, far, st.call("1002", tt.to))
			st.pass(10 * time.Millisecond)
			copies := again(t, st, far)
			for _, d := range []time.Duration{0, aMoment, time.Second, time.Minute} {
				st.clock.Advance(d)
				copies[0].clock.Advance(d)
				for i, site := range []*stage{st, far} {
					if diff := cmp.Diff(site.s.State(), copies[i].s.State()); diff != "" {
						t.Fatalf("%s, %v on:\n%s", site.s.lab.Name, d, diff)
					}
				}
			}
		})
	}
}

func TestACallWhoseOtherEndWasNotSavedEnds(t *testing.T) {
	st, far := twoStages(t, nil)
	early, err := far.s.Save()
	st.ok(err)
	st.call("1001", "2001")
	st.pass(aMoment)
	far.answer(at(far.only(), "2001"))
	st.pass(aMoment)
	late, err := st.s.Save()
	st.ok(err)
	a, err := Restore(late, Options{Clock: st.clock})
	st.ok(err)
	defer a.Close()
	b, err := Restore(early, Options{Clock: st.clock, Place: 1})
	st.ok(err)
	defer b.Close()
	if len(a.State().Calls) != 1 {
		t.Fatal("the call was not restored")
	}
	st.ok(Join(a, b))
	over(&stage{T: t, s: a}, &stage{T: t, s: b})
}
