package rtpmedia_test

import (
	"context"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/analyze"
)

// soundServer starts a PulseAudio of its own with a device that plays into
// nothing, and returns its address.
func soundServer(t *testing.T) string {
	t.Helper()
	need(t, "pulseaudio")
	dir := t.TempDir()
	socket := filepath.Join(dir, "native")
	ctx, cancel := context.WithCancel(t.Context())
	server := exec.CommandContext(ctx, "pulseaudio", "-n", "--daemonize=no",
		"--exit-idle-time=-1", "--use-pid-file=0",
		"--load=module-null-sink sink_name=n1 rate=48000",
		"--load=module-native-protocol-unix socket="+socket+" auth-anonymous=1")
	server.Env = append(os.Environ(), "HOME="+dir, "XDG_RUNTIME_DIR="+dir)
	if err := server.Start(); err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = server.Wait() // it was killed
	})
	return "unix:" + socket
}

// every runs f each frame until it returns false.
func every(f func() bool) {
	ticker := time.NewTicker(rtpmedia.FrameDuration)
	defer ticker.Stop()
	for range ticker.C {
		if !f() {
			return
		}
	}
}

func TestTheSoundServerPlaysAndRecords(t *testing.T) {
	if raceEnabled {
		t.Skip("the library for PulseAudio keeps its state without locks")
	}
	server := soundServer(t)
	t.Parallel()
	var speaker *rtpmedia.Loudspeaker
	patience := 250 // frames
	every(func() (again bool) {
		var err error
		speaker, err = rtpmedia.OpenLoudspeaker(rtpmedia.PulseOptions{Server: server})
		patience--
		return err != nil && patience > 0
	})
	if speaker == nil {
		t.Skip("pulseaudio does not start here")
	}
	defer speaker.Close()
	microphone, err := rtpmedia.OpenMicrophone(rtpmedia.PulseOptions{
		Server: server, Device: "n1.monitor",
	})
	if err != nil {
		t.Fatal(err)
	}
	defer microphone.Close()
	<-speaker.Ready()
	// The server's own resampler takes 2 dB away at 6 kHz.
	for _, c := range []struct {
		rate analyze.Rate
		hz   float64
	}{{analyze.Narrow, 440}, {analyze.Wide, 5000}} {
		tone, heard, frames := rtpmedia.Tone(c.hz, -10), []int16(nil), 0
		pcm := make([]int16, c.rate/50)
		every(func() bool {
			_ = tone.ReadFrame(pcm)
			_ = speaker.WriteFrame(pcm)
			_ = microphone.ReadFrame(pcm)
			heard = append(heard, pcm...)
			frames++
			return frames < 250
		})
		// A busy machine may tear the tone into pieces.
		var length time.Duration
		for _, piece := range c.rate.Tones(heard) {
			if math.Abs(piece.Hz[0]-c.hz) < 5 && math.Abs(piece.Level+10) < 1 {
				length += piece.Length()
			}
		}
		if length < time.Second {
			t.Errorf("%v Hz at -10 dBFS are heard for %v in 5s", c.hz, length)
		}
	}
	all, err := rtpmedia.Devices(server)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, d := range all {
		names[d.ID] = d.Capture
	}
	if capture, ok := names["n1"]; !ok || capture || !names["n1.monitor"] {
		t.Errorf("devices: %+v", all)
	}
}

func TestWithoutASoundServerItIsSaid(t *testing.T) {
	nowhere := rtpmedia.PulseOptions{Server: "unix:" + filepath.Join(t.TempDir(), "none")}
	if _, err := rtpmedia.OpenLoudspeaker(nowhere); !errors.Is(err, rtpmedia.ErrNoSoundServer) {
		t.Errorf("loudspeaker: %v", err)
	}
	if _, err := rtpmedia.OpenMicrophone(nowhere); !errors.Is(err, rtpmedia.ErrNoSoundServer) {
		t.Errorf("microphone: %v", err)
	}
}
