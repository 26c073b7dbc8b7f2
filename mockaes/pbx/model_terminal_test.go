package pbx

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/wtiphone/wtiphone/csta"
)

// files are those that the model's voice units can play, and how long they are.
var files = map[string]time.Duration{
	"wav:hello.wav": 2 * time.Second, "wav:menu.wav": 3 * time.Second,
}

// terminal draws one of the first three stations, which are registered with server media
// most of the time.
func (m *model) terminal() csta.DeviceID {
	d := csta.DeviceID(fmt.Sprint(rapid.IntRange(1001, 1003).Draw(m.t, "station")))
	if st, _ := m.s.GetRegistrationState(csta.GetRegistrationState{
		Device: d,
	}); st.State != csta.IsRegistered {
		req := csta.RegisterTerminal{Device: d}
		req.Login.Password, req.Login.MediaMode = "123456", csta.MediaServer
		m.s.register(req, 1)
	}
	return d
}

// voice has a voice unit do something.
func (m *model) voice(t *rapid.T) {
	m.t = t
	unit := csta.ConnectionID{Device: m.terminal()}
	n := rapid.IntRange(0, 3).Draw(t, "count")
	does := map[string]func() error{
		"play": func() error {
			return m.s.PlayMessage(csta.PlayMessage{Over: unit, Private: csta.PlayPrivate{
				Files: []string{"menu.wav", "hello.wav"}, Count: &n,
			}})
		},
		"play briefly": func() error {
			return m.s.PlayMessage(csta.PlayMessage{
				Over: unit, Duration: 1000 * n,
				Private: csta.PlayPrivate{Files: []string{"hello.wav"}},
			})
		},
		"pause":  func() error { return m.s.SuspendPlaying(csta.SuspendPlaying{Connection: unit}) },
		"resume": func() error { return m.s.ResumePlaying(csta.ResumePlaying{Connection: unit}) },
		"silence": func() error {
			return m.s.StopPlaying(csta.StopPlaying{Connection: unit})
		},
		"record": func() error {
			_, err := m.s.RecordMessage(csta.RecordMessage{Call: unit})
			return err
		},
		"stop recording": func() error {
			return m.s.StopRecording(csta.StopRecording{Connection: unit})
		},
		"dub": func() error {
			return m.s.StartDubbing(csta.StartDubbing{
				Connection: unit, Message: "hello.wav", Duration: 1000 * n,
			})
		},
		"stop dubbing": func() error { return m.s.StopDubbing(csta.StopDubbing{Connection: unit}) },
	}
	m.either(does, "voice unit "+unit.Device.Extension())
	for _, both := range []struct {
		name string
		do   func() error
	}{
		{"stop", func() error { return m.s.Stop(csta.Stop{Connection: unit}) }},
		{"suspend", func() error { return m.s.Suspend(csta.Suspend{Connection: unit}) }},
		{"go on", func() error { return m.s.Resume(csta.Resume{Connection: unit}) }},
	} {
		if rapid.IntRange(0, 9).Draw(t, both.name) == 0 {
			m.do(both.name+" "+unit.Device.Extension(), both.do)
		}
	}
}

// tones has the digits that a station hears collected.
func (m *model) tones(t *rapid.T) {
	m.t = t
	here := csta.CallObject{Device: m.terminal()}
	n := rapid.IntRange(0, 3).Draw(t, "number")
	flush := rapid.SampledFrom([]string{"", "#", "1", "x"}).Draw(t, "flush")
	m.either(map[string]func() error{
		"start": func() error {
			return m.s.ToneCollectionStart(csta.ToneCollectionStart{Object: here})
		},
		"stop": func() error {
			return m.s.ToneCollectionStop(csta.ToneCollectionStop{Object: here})
		},
		"criteria": func() error {
			return m.s.ToneRetrievalCriteria(csta.ToneRetrievalCriteria{
				Object: here, Number: n, FlushCharacter: flush, InitialTimeout: 3000 * n,
				InterdigitTimeout: 1000 * n,
			})
		},
		"flush": func() error {
			return m.s.ToneCollectionFlushBuffer(csta.ToneCollectionFlushBuffer{
				Object: here, SendEvent: n > 0, ClearCriteria: n > 1,
			})
		},
	}, "tones at "+here.Device.Extension())
}

// listening has who hears whom changed, tones played, and streams ended and begun again.
func (m *model) listening(t *rapid.T) {
	m.t = t
	one, other := m.connection(csta.Connected), m.connection()
	l := csta.SelectiveListening{
		Subject: one, Selected: other, All: rapid.Bool().Draw(t, "all"),
	}
	owner := rapid.IntRange(1, 3).Draw(t, "owner")
	m.either(map[string]func() error{
		"deafen": func() error {
			return m.s.SelectiveListeningHold(csta.SelectiveListeningHold{Listening: l})
		},
		"hear again": func() error {
			return m.s.SelectiveListeningRetrieve(csta.SelectiveListeningRetrieve{Listening: l})
		},
		"beep": func() error {
			return m.s.GenerateTelephonyTones(csta.GenerateTelephonyTones{
				Target: one, Tone: csta.ToneBeep,
			})
		},
		"stop its stream": func() error {
			_, err := m.s.MediaStop(csta.MediaStop{Connection: one}, owner)
			return err
		},
		"start its stream": func() error {
			_, err := m.s.MediaStart(csta.MediaStart{Connection: one}, owner)
			return err
		},
	}, fmt.Sprint("listening of ", one, " to ", other))
}
