package mockaes_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// TestVoiceUnit lets a terminal whose media is the server's play a file to a caller and
// record what the caller says.
func TestVoiceUnit(t *testing.T) {
	dir := t.TempDir()
	bubble(t, mockaes.Options{AudioDir: dir}, func(t *testing.T, srv *mockaes.Server) {
		caller := register(t, srv, "1001", rtpmedia.Tone(700, -13))
		c := login(t, srv)
		device := c.device("1002")
		c.monitor(device)
		c.must("RegisterTerminalRequest", `{"device":"`+device+`","loginInfo":{`+
			`"password":"123456","mediaMode":"SERVER","dependencyMode":"MAIN"}}`, nil)
		caller.call("1001", "1002")
		rings := connection(t, c.event("DeliveredEvent"), "connection")
		c.must("AnswerCall", `{"callToBeAnswered":`+rings+`}`, nil)
		pass(time.Second)
		caller.heard()

		voice := `{"deviceID":"` + device + `"}`
		c.must("PlayMessage", `{"messageToBePlayed":"0","overConnection":`+voice+
			`,"extensions":{"privateData":{"private":{"PlayMessagePrivateData":`+
			`{"fileList":["closed"]}}}}}`, nil)
		record := `{"callToBeRecorded":` + voice + `,"extensions":{"privateData":{"private":` +
			`{"RecordMessagePrivateData":{"filename":"caller.wav"}}}}}`
		c.must("RecordMessage", record, nil)
		c.event("PlayEvent")
		c.event("RecordEvent")
		pass(3 * time.Second)
		said := from(speech(t, "closed"), time.Second)
		if got := likeness(said, caller.heard()); got < 0.99 {
			t.Errorf("what the caller hears correlates with %.4f", got)
		}
		c.must("StopRecording", `{"connection":`+voice+`}`, nil)
		synctest.Wait()
		c.refused("RecordMessage", record) // and the file is still what it was
	})
	wav, err := rtpmedia.OpenWAV(filepath.Join(dir, "caller.wav"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = wav.Close() }()
	pcm := make([]int16, 0, 4*rtpmedia.SampleRate)
	for {
		var frame [rtpmedia.FrameSamples]int16
		if err := wav.ReadFrame(frame[:]); err != nil {
			break
		}
		pcm = append(pcm, frame[:]...)
	}
	if len(pcm) < 2*rtpmedia.SampleRate {
		t.Fatalf("only %d samples were recorded", len(pcm))
	}
	if got := share(pcm[rtpmedia.SampleRate:2*rtpmedia.SampleRate], 700); got < 0.99 {
		t.Errorf("%.3f of the recording is the caller's tone", got)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%v: the directory has %v", err, entries)
	}
}
