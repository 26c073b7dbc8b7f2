package pbx

import (
	"errors"
	"regexp"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// tieImages are two switches in the middle of calls to each other: one that was answered,
// one that has not arrived, and one whose vector waits to be told.
func tieImages(f *testing.F) [][]byte {
	clock := clock.NewVirtual(start)
	near, south := overflowLab("8101")
	a, err := New(near, Options{Clock: clock})
	if err != nil {
		f.Fatal(err)
	}
	b, err := New(south, Options{Clock: clock, Place: 1})
	if err != nil {
		f.Fatal(err)
	}
	if err := Join(a, b); err != nil {
		f.Fatal(err)
	}
	for from, to := range map[csta.DeviceID]csta.DeviceID{"1001": "8103", "1002": "8001"} {
		if _, err := a.MakeCall(csta.MakeCall{From: from, To: to}); err != nil {
			f.Fatal(err)
		}
	}
	clock.Advance(5 * time.Second)
	if _, err := b.MakeCall(csta.MakeCall{From: "2001", To: "1003"}); err != nil {
		f.Fatal(err)
	}
	images, err := SaveAll(a, b)
	if err != nil {
		f.Fatal(err)
	}
	return images
}

// FuzzRestore holds Restore to taking any bytes: it refuses them, or makes a switch
// that can go on.
func FuzzRestore(f *testing.F) {
	s, err := New(featureLab(), Options{Clock: clock.NewVirtual(start)})
	if err != nil {
		f.Fatal(err)
	}
	for _, to := range []string{"8001", "8002", "1001", "1011"} {
		if _, err := s.IncomingCall(IncomingCall{To: to, Patience: time.Minute}); err != nil {
			f.Fatal(err)
		}
	}
	_, err = s.SetAgentState(csta.SetAgentState{
		Device: "1005", State: csta.LogOn, AgentID: "4001", Password: "4321",
		Private: csta.SetAgentPrivate{WorkMode: csta.AutoIn},
	})
	if err != nil {
		f.Fatal(err)
	}
	saved, err := s.Save()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(saved)
	for _, image := range tieImages(f) {
		f.Add(image)
	}
	f.Add([]byte(`{"version":1,"calls":[{"call":"1","parties":[{"extension":"1001"}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		clock := clock.NewVirtual(start)
		s, err := Restore(data, Options{Clock: clock, Media: &ear{
			heard: map[csta.CallID][]Heard{},
		}})
		if err != nil {
			return
		}
		defer s.Close()
		clock.Advance(time.Minute)
		for _, c := range s.State().Calls {
			for _, p := range c.Parties {
				_ = s.AnswerCall(csta.AnswerCall{Target: p.Connection})
				_ = s.ClearConnection(csta.ClearConnection{Target: p.Connection})
			}
		}
		clock.Advance(time.Minute)
		if _, err := s.Save(); err != nil {
			t.Error(err)
		}
	})
}

// TestAlarmsOfAnImageCannotDoHarm lets every alarm of an image do every job.
func TestAlarmsOfAnImageCannotDoHarm(t *testing.T) {
	lab := featureLab()
	lab.Skills[0].TimedACW = time.Minute
	st := newStage(t, lab)
	st.login("4001", "1001", csta.AutoIn)
	st.login("4002", "1002", csta.AutoIn)
	done := st.incoming(IncomingCall{To: "5001"})
	st.answer(at(done, "1001"))
	st.clear(at(done, "1001"))
	for _, to := range []string{"5001", "8001", "8002", "1011", "7001"} {
		st.incoming(IncomingCall{To: to, Patience: time.Minute, Talk: time.Minute})
	}
	st.call("1003", "+15550100123")
	saved, err := st.s.Save()
	st.ok(err)
	jobs := regexp.MustCompile(`"job": "([a-z ]+)"`)
	found := map[string]bool{}
	for _, match := range jobs.FindAllSubmatch(saved, -1) {
		found[string(match[1])] = true
	}
	if len(found) < 6 {
		t.Fatalf("the image has only the jobs %v", found)
	}
	for _, j := range []job{
		jobRedirect, jobCover, jobClear, jobDial, jobReached, jobAnswer, jobWorkDone, jobNext,
		jobSpoken, jobLastWords, jobAsked, jobCollected, jobUnanswered, "nonsense",
	} {
		clock := clock.NewVirtual(start)
		other := jobs.ReplaceAll(saved, []byte(`"job": "`+string(j)+`"`))
		s, err := Restore(other, Options{Clock: clock})
		st.ok(err)
		clock.Advance(time.Hour)
		s.Close()
	}
}

// TestDamagedImagesAreTakenOrRefused cuts and changes an image at many places.
func TestDamagedImagesAreTakenOrRefused(t *testing.T) {
	st := newStage(t, Lab{
		Stations: []Station{{Extension: "1001"}}, Skills: []Skill{{Extension: "5001"}},
		Agents:        []Agent{{ID: "4001", Skills: []AgentSkill{{Skill: "5001"}}}},
		Announcements: []Announcement{{Extension: "7001", Sound: Echo}},
		Vectors:       []Vector{{Number: 1, Steps: []string{"queue-to skill 5001", "stop"}}},
		VDNs:          []VDN{{Extension: "8001", Vector: 1}},
		TrunkGroups:   []TrunkGroup{{Number: 1, Members: 2}},
	})
	st.login("4001", "1001", csta.AuxWork)
	st.incoming(IncomingCall{To: "8001", Patience: time.Minute})
	saved, err := st.s.Save()
	st.ok(err)
	for i := 0; i < len(saved); i += 5 {
		for _, with := range []byte{'0', '9', '"', 'x'} {
			damaged := append([]byte(nil), saved...)
			damaged[i] = with
			clock := clock.NewVirtual(start)
			s, err := Restore(damaged, Options{Clock: clock})
			if err != nil {
				continue
			}
			clock.Advance(2 * time.Minute)
			s.Close()
		}
		if _, err := Restore(saved[:i], Options{}); !errors.Is(err, ErrImage) {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
}
