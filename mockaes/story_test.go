package mockaes_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// TestEveryExampleIsAnswered plays stories in which the examples of the reference make
// sense, and holds the reference to them: every service was asked for with its example, in
// which nothing but ids was replaced that the server had given out, and answered; and
// every event was sent.
func TestEveryExampleIsAnswered(t *testing.T) {
	asked, told := map[string]bool{}, map[string]bool{}
	for _, story := range []struct {
		name string
		play func(*tale)
		lab  func(*pbx.Lab)
	}{
		{"a client comes, looks around and goes", sessionStory, nil},
		{"a client takes over what another one holds", transferStory, nil},
		{"a client asks about devices and numbers", deviceStory, nil},
		{"two stations talk", talkStory, nil},
		{"a call is answered, deflected and picked up", pickupStory, nil},
		{"a call is consulted about, transferred and shared", joinStory, nil},
		{"calls go out, wait and fail", waitStory, nil},
		{"an application routes calls", routeStory, routesSales},
		{"an agent works", agentStory, nil},
		{"a station is given features", featureStory, nil},
		{"a softphone registers", registrationStory, nil},
		{"a softphone registers in the older form", olderStory, nil},
		{"a hand uses the telephone", panelStory, nil},
		{"a voice unit plays and records", voiceStory, nil},
		{"a voice unit collects tones", toneStory, nil},
		{"a hand changes a telephone", hardwareStory, nil},
		{"a tester sends what nothing here causes", esigStory, nil},
		{"a switch follows the standard to the letter", standardStory, sendsAll},
		{"the link goes down and comes up", linkStory, nil},
	} {
		t.Run(story.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, file := range []string{"greeting.wav", "menu.wav", "silence.wav"} {
				sound(t, dir, file)
			}
			lab := pbx.DefaultLab()
			lab.Stations[0].Pickup, lab.Stations[1].Pickup = 1, 1
			if story.lab != nil {
				story.lab(&lab)
			}
			o := mockaes.Options{Lab: &lab, AudioDir: dir}
			bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
				s := &tale{
					client: open(t, srv), srv: srv, asked: asked, given: map[string]bool{},
				}
				s.heard = s.note
				s.does("StartApplicationSession")
				story.play(s)
				for _, e := range srv.Journal(0) {
					told[e.Name] = told[e.Name] || e.Kind == "event"
				}
			})
		})
	}
	for _, s := range csta.Services() {
		if !asked[s.Name] {
			t.Errorf("no story asks for %s", s.Name)
		}
	}
	for _, e := range csta.Events() {
		if !told[e.Name] {
			t.Errorf("%s was never sent", e.Name)
		}
	}
}

// routesSales has an application route the calls to 8001.
func routesSales(lab *pbx.Lab) {
	lab.Vectors[0].Steps = []string{
		"adjunct routing link 1", "wait-time 20 secs hearing silence", "disconnect",
	}
}

// sendsAll has the switch send what Communication Manager is not known to send, too.
func sendsAll(lab *pbx.Lab) {
	routesSales(lab)
	lab.Features.ECMAEvents = true
	lab.Stations[2].Bridges = []string{"1001"}
}

// tale is a client that says what the reference shows.
type tale struct {
	*client
	srv   *mockaes.Server
	asked map[string]bool
	given map[string]bool // every string that the server has sent
	names []string        // what examples call something, and what it is called here, in turn
}

// calls lets the examples' name of something stand for what it is called here. The last
// word counts.
func (s *tale) calls(example, here string) {
	s.names = append([]string{`"` + example + `"`, `"` + here + `"`}, s.names...)
}

// does asks for a service with its example and wants it done.
func (s *tale) does(service string) []byte {
	s.t.Helper()
	info, text := s.example(service)
	s.onlyIDsDiffer(service, parsed(s.t, info.Example), parsed(s.t, []byte(text)))
	s.asked[service] = true
	return s.wants(info, text)
}

// varies is does with a request that differs from the example in more than ids.
func (s *tale) varies(service string, edits ...string) []byte {
	s.t.Helper()
	info, text := s.example(service, edits...)
	return s.wants(info, text)
}

// example is the example of a service in the words of this story.
func (s *tale) example(service string, edits ...string) (csta.ServiceInfo, string) {
	s.t.Helper()
	info, ok := csta.FindService(service)
	if !ok || info.Name != service {
		s.t.Fatalf("there is no service %s", service)
	}
	words := strings.NewReplacer(slices.Concat(edits, s.names)...)
	return info, words.Replace(string(info.Example))
}

func (s *tale) wants(info csta.ServiceInfo, text string) []byte {
	s.t.Helper()
	frame := s.ask(info.Name, text)
	if fault, refused := csta.DecodeFault(frame.Payload); refused {
		s.t.Fatalf("%s %s: %v", info.Name, text, fault)
	}
	if _, err := info.Reply(frame.Payload); err != nil {
		s.t.Errorf("%s was answered with %s: %v", info.Name, frame.Payload, err)
	}
	return frame.Payload
}

// onlyIDsDiffer holds a request to its example: the same members, in which no value
// differs but for strings that the server has sent before.
func (s *tale) onlyIDsDiffer(where string, example, sent any) {
	s.t.Helper()
	switch example := example.(type) {
	case map[string]any:
		sent, _ := sent.(map[string]any)
		if len(sent) != len(example) {
			s.t.Errorf("%s has other members than its example: %v", where, sent)
		}
		for name, value := range example {
			s.onlyIDsDiffer(where+"."+name, value, sent[name])
		}
	case []any:
		sent, _ := sent.([]any)
		if len(sent) != len(example) {
			s.t.Fatalf("%s has %d items, its example %d", where, len(sent), len(example))
		}
		for i, value := range example {
			s.onlyIDsDiffer(where, value, sent[i])
		}
	default:
		if id, _ := sent.(string); sent != example && !s.given[id] {
			s.t.Errorf("%s is %v, which no answer or event had; its example has %v",
				where, sent, example)
		}
	}
}

// parsed is a JSON text as values.
func parsed(t *testing.T, text []byte) (value any) {
	t.Helper()
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}

// note keeps every string that the server sends.
func (s *tale) note(frame wire.Frame) {
	var keep func(any)
	keep = func(value any) {
		switch value := value.(type) {
		case map[string]any:
			for _, v := range value {
				keep(v)
			}
		case []any:
			for _, v := range value {
				keep(v)
			}
		case string:
			s.given[value] = true
		}
	}
	if len(frame.Payload) > 0 && !frame.IsText {
		keep(parsed(s.t, frame.Payload))
	}
}

// learns takes from an answer what the examples call by a name of their own.
func (s *tale) learns(example, member string, payload []byte) {
	s.t.Helper()
	var reply map[string]any
	if err := json.Unmarshal(payload, &reply); err != nil {
		s.t.Fatal(err)
	}
	value, _ := reply[member].(string)
	if value == "" {
		s.t.Fatalf("no %s in %s", member, payload)
	}
	s.calls(example, value)
}

// reaches is the call whose own connection is a member of an answer.
func (s *tale) reaches(example, member string, payload []byte) {
	s.t.Helper()
	s.calls(example, string(s.connection(member, payload).Call))
}

func (s *tale) connection(member string, payload []byte) (id csta.ConnectionID) {
	s.t.Helper()
	var message map[string]json.RawMessage
	err := json.Unmarshal(payload, &message)
	if err == nil {
		err = json.Unmarshal(message[member], &id)
	}
	if err != nil {
		s.t.Fatalf("%s: %v", payload, err)
	}
	return id
}

// places calls from 1001 to a number, which is call 179 of the examples, and has it
// answered there.
func (s *tale) places(to string, answered bool) {
	s.t.Helper()
	if to == "1002" {
		s.reaches("179", "callingDevice", s.does("MakeCall"))
	} else {
		s.reaches("179", "callingDevice", s.varies("MakeCall", `"1002:CM1::0"`, `"`+to+`"`))
	}
	if answered {
		s.varies("AnswerCall", "1001:", to+":")
	}
}

// arrives calls a number from outside.
func (s *tale) arrives(example, to string) {
	s.t.Helper()
	id, err := s.srv.Switch().IncomingCall(pbx.IncomingCall{From: "+15550100123", To: to})
	if err != nil {
		s.t.Fatal(err)
	}
	s.calls(example, string(id.Call))
}

// sound writes three seconds of a tone into a file.
func sound(t *testing.T, dir, file string) {
	t.Helper()
	out, err := rtpmedia.CreateWAV(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	var frame [rtpmedia.FrameSamples]int16
	for i := range frame {
		frame[i] = int16(i % 8 * 1000)
	}
	for range 3 * time.Second / rtpmedia.FrameDuration {
		if err := out.WriteFrame(frame[:]); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
