package pbx

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// checkSave saves the switch, restores it, and holds the copy to be the same now and
// after some time in which nobody does anything.
func (m *model) checkSave() {
	saved, err := m.s.Save()
	if err != nil {
		m.t.Fatal(err)
	}
	clock := clock.NewVirtual(m.clock.Now())
	again, err := Restore(saved, Options{Clock: clock})
	if err != nil {
		m.t.Fatal(err)
	}
	defer again.Close()
	if diff := cmp.Diff(m.s.State(), again.State()); diff != "" {
		m.t.Fatalf("the restored switch differs:\n%s", diff)
	}
	for _, d := range []time.Duration{time.Second, 10 * time.Second, time.Minute} {
		m.clock.Advance(d)
		clock.Advance(d)
		if diff := cmp.Diff(m.s.State(), again.State()); diff != "" {
			m.t.Fatalf("the restored switch differs after %v:\n%s", d, diff)
		}
	}
}

func TestWhatIsDueAtOneInstantStaysInOrder(t *testing.T) {
	st := newStage(t, DefaultLab())
	for range 5 {
		st.incoming(IncomingCall{To: "8001"})
	}
	saved, err := st.s.Save()
	st.ok(err)
	clock := clock.NewVirtual(start)
	s, err := Restore(saved, Options{Clock: clock})
	st.ok(err)
	defer s.Close()
	clock.Advance(time.Minute)
	want := []csta.CallID{"1", "2", "3", "4", "5"}
	if diff := cmp.Diff(want, s.State().Skills[0].Waiting); diff != "" {
		t.Error(diff)
	}
}

func TestARestoredSwitchGoesOnAtTheTimeOfItsNewClock(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.login("4001", "1001", csta.AutoIn)
	st.call("1001", "1002")
	st.incoming(IncomingCall{
		From: "+15550100123", To: "8001", UUI: "order 77", Patience: 30 * time.Second,
	})
	st.pass(10 * time.Second)
	saved, err := st.s.Save()
	st.ok(err)

	later := clock.NewVirtual(start.Add(1000 * time.Hour))
	ear := &ear{heard: map[csta.CallID][]Heard{}}
	s, err := Restore(saved, Options{Clock: later, Media: ear})
	st.ok(err)
	defer s.Close()
	if got := ear.hears("2", "+15550100123"); got != "music" {
		t.Errorf("the caller hears %s, want music", got)
	}
	later.Advance(19 * time.Second)
	if got := len(s.State().Calls); got != 2 {
		t.Errorf("%d calls after 29 s, want 2", got)
	}
	later.Advance(time.Second)
	if got := len(s.State().Calls); got != 1 {
		t.Errorf("%d calls after 30 s, want the caller to have given up", got)
	}
}

func TestWhatIsNotAnImageIsRefused(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.incoming(IncomingCall{To: "8001"})
	st.pass(10 * time.Second)
	good, err := st.s.Save()
	st.ok(err)
	for name, bad := range map[string]string{
		"nothing":          "",
		"another version":  strings.Replace(string(good), `"version": 1`, `"version": 9`, 1),
		"a lost device":    strings.Replace(string(good), `n": "8001",`, `n": "9",`, 1),
		"a future call":    strings.Replace(string(good), `"turn": 1,`, `"turn": 99,`, 1),
		"a lost trunk":     strings.ReplaceAll(string(good), `"member": 0`, `"member": 7000`),
		"a lost vector":    strings.ReplaceAll(string(good), `"vector": 1,`, `"vector": 77,`),
		"a party too many": strings.Replace(string(good), `"party": 1`, `"party": 11`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Restore([]byte(bad), Options{Clock: clock.NewVirtual(start)})
			if !errors.Is(err, ErrImage) {
				t.Errorf("got %v, %v, want ErrImage", s, err)
			}
		})
	}
}

// journal is what a day with a seed looks like from outside: every event, and the
// switch at the end.
func journal(t *testing.T, seed uint64) []byte {
	t.Helper()
	c := newCenter(t, 12, seed)
	defer c.s.Close()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	for _, ext := range []csta.DeviceID{"10001", "10002", centerVDN, "50001"} {
		_, err := c.s.Monitor(csta.MonitorStart{
			Object: csta.MonitorObject{Device: ext},
		}, csta.MonitorCrossRefID(ext), func(ev csta.Event) {
			out.WriteString(c.clock.Now().Format(time.RFC3339Nano) + ev.EventName())
			if err := enc.Encode(ev); err != nil {
				t.Error(err)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	c.rate, c.talk, c.patience = 0.06, 3*time.Minute, time.Minute
	c.run(0, 3*time.Hour)
	saved, err := c.s.Save()
	if err != nil {
		t.Fatal(err)
	}
	return append(out.Bytes(), saved...)
}

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	first, again, other := journal(t, 7), journal(t, 7), journal(t, 8)
	if !bytes.Equal(first, again) {
		t.Error("two runs with one seed differ")
	}
	if bytes.Equal(first, other) {
		t.Error("two seeds give one run")
	}
	if len(first) < 100_000 {
		t.Errorf("a journal of %d bytes says little", len(first))
	}
}
