package mockaes_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// TestEveryExampleIsAnswered plays stories in which the examples of the reference make
// sense, and holds the reference to them: every service was asked for with its example
// and answered, and every event was sent.
func TestEveryExampleIsAnswered(t *testing.T) {
	asked, told := map[string]bool{}, map[string]bool{}
	for _, story := range []struct {
		name string
		play func(*tale)
	}{
		{"a client comes, looks around and goes", sessionStory},
		{"a client takes over what another one holds", transferStory},
		{"a client asks about devices and numbers", deviceStory},
		{"two stations talk", talkStory},
		{"a call is answered, deflected and picked up", pickupStory},
		{"a call is consulted about, transferred and shared", joinStory},
		{"calls go out, wait and fail", waitStory},
		{"an application routes calls", routeStory},
		{"an agent works", agentStory},
		{"a station is given features", featureStory},
		{"a softphone registers", registrationStory},
		{"a softphone registers in the older form", olderStory},
		{"a hand uses the telephone", panelStory},
		{"a voice unit plays and records", voiceStory},
		{"a voice unit collects tones", toneStory},
		{"the link goes down and comes up", linkStory},
	} {
		t.Run(story.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, file := range []string{"greeting.wav", "menu.wav", "silence.wav"} {
				sound(t, dir, file)
			}
			lab := pbx.DefaultLab()
			lab.Stations[0].Pickup, lab.Stations[1].Pickup = 1, 1
			lab.Vectors[3].Steps = []string{
				"adjunct routing link 1", "wait-time 20 secs hearing silence", "disconnect",
			}
			o := mockaes.Options{Lab: &lab, AudioDir: dir}
			bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
				s := &tale{client: open(t, srv), srv: srv, asked: asked}
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
		if why := unsent[e.Name]; told[e.Name] == (why != "") {
			t.Errorf("%s was sent: %v; reason not to: %q", e.Name, told[e.Name], why)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(unsent)) {
		if _, unknown := csta.DecodeEvent(name, nil).(csta.Unknown); unknown {
			t.Errorf("there is no event %s", name)
		}
	}
}

// unsent are the events that the mock never sends, with the reasons.
var unsent = map[string]string{
	"BridgedEvent":           "a bridge that joins is Established here, as with CM",
	"OfferedEvent":           "CM delivers calls at once and does not offer them",
	"DigitsDialedEvent":      "CM tells what was dialled in Originated",
	"CallInformationEvent":   "accounts and authorization codes are not simulated",
	"ReRoute":                "CM ends a dialogue whose route does not work: RouteEnd",
	"EsigEvent":              "what signals outside of the audio is in no source",
	"ButtonInformationEvent": "the labels of buttons do not change",
	"SpeakerMuteEvent":       "the loudspeaker is the softphone's own",
	"SpeakerVolumeEvent":     "the loudspeaker is the softphone's own",
	"MicrophoneMuteEvent":    "the microphone is the softphone's own",
	"MicrophoneGainEvent":    "the microphone is the softphone's own",
}

// tale is a client that says what the reference shows.
type tale struct {
	*client
	srv   *mockaes.Server
	asked map[string]bool
	names []string // what examples call something, and what it is called here, in turn
}

// calls lets the examples' name of something stand for what it is called here. The last
// word counts.
func (s *tale) calls(example, here string) {
	s.names = append([]string{`"` + example + `"`, `"` + here + `"`}, s.names...)
}

// does asks for a service with its example, in which edits are made, and wants it done.
func (s *tale) does(service string, edits ...string) []byte {
	s.t.Helper()
	info, _ := csta.FindService(service)
	text := s.says(service, edits...)
	frame := s.ask(service, text)
	if fault, refused := csta.DecodeFault(frame.Payload); refused {
		s.t.Fatalf("%s %s: %v", service, text, fault)
	}
	if _, err := info.Reply(frame.Payload); err != nil {
		s.t.Errorf("%s was answered with %s: %v", service, frame.Payload, err)
	}
	s.asked[service] = true
	return frame.Payload
}

// says is the example of a service in the words of this story.
func (s *tale) says(service string, edits ...string) string {
	s.t.Helper()
	info, ok := csta.FindService(service)
	if !ok || info.Name != service {
		s.t.Fatalf("there is no service %s", service)
	}
	return strings.NewReplacer(slices.Concat(edits, s.names)...).Replace(string(info.Example))
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
	var reply map[string]json.RawMessage
	var own struct{ CallID string }
	err := json.Unmarshal(payload, &reply)
	if err == nil {
		err = json.Unmarshal(reply[member], &own)
	}
	if err != nil {
		s.t.Fatalf("%s: %v", payload, err)
	}
	s.calls(example, own.CallID)
}

// places calls from 1001 to a number, which is call 179 of the examples, and has it
// answered there.
func (s *tale) places(to string, answered bool) {
	s.t.Helper()
	s.reaches("179", "callingDevice", s.does("MakeCall", `"1002:CM1::0"`, `"`+to+`"`))
	if answered {
		s.does("AnswerCall", "1001:", to+":")
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
