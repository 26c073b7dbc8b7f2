package rtpmedia_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/analyze"
)

// The other programs run on the real clock, so these tests take seconds each
// and share them. A machine that stands still may spoil one, hence attempts.

// leadIn is silence before what is said, for programs that are slow to start.
const leadIn = 1500 * time.Millisecond

// localSession is a session on the loopback interface.
func localSession(t *testing.T) *rtpmedia.Session {
	t.Helper()
	return sessionWith(t, 100*time.Millisecond)
}

// patientSession is one for those who send in bursts.
func patientSession(t *testing.T) *rtpmedia.Session {
	t.Helper()
	return sessionWith(t, 500*time.Millisecond)
}

func sessionWith(t *testing.T, delay time.Duration) *rtpmedia.Session {
	t.Helper()
	if raceEnabled {
		t.Skip("other programs are talked to without the race detector")
	}
	s, err := rtpmedia.Open(rtpmedia.Config{JitterDelay: delay})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// freePort is one that was free a moment ago.
func freePort(t *testing.T) netip.AddrPort {
	t.Helper()
	s, err := rtpmedia.Open(rtpmedia.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return s.LocalRTP()
}

// untilHeard tries a few times and reports the best correlation if it is too
// low.
func untilHeard(t *testing.T, least float64, try func() (said, heard []int16)) {
	t.Helper()
	best := 0.0
	for range attempts {
		said, heard := try()
		match, err := analyze.Correlate(said, heard)
		if err != nil {
			t.Logf("attempt: %v", err)
			continue
		}
		if best = max(best, match.Correlation); best >= least {
			t.Logf("correlation %.5f", best)
			return
		}
	}
	t.Errorf("correlation %.5f, want %v", best, least)
}

// sdp describes one stream of audio at a port.
func sdp(t *testing.T, port uint16, profile, format string, more ...string) string {
	t.Helper()
	text := "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" +
		fmt.Sprintf("m=audio %d %s %s\r\n", port, profile, format)
	for _, line := range more {
		text += line + "\r\n"
	}
	path := filepath.Join(t.TempDir(), "stream.sdp")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// hearByFFmpeg sends speech to a port at which FFmpeg listens.
func hearByFFmpeg(t *testing.T, r rtpmedia.Remote, profile, format string, more ...string) (
	said, heard []int16,
) {
	t.Helper()
	s := localSession(t)
	r.RTP = freePort(t)
	out := filepath.Join(t.TempDir(), "heard.wav")
	ffmpeg := exec.CommandContext(t.Context(), "ffmpeg", "-v", "error", "-y",
		"-protocol_whitelist", "file,udp,rtp,srtp", "-analyzeduration", "0", "-probesize", "32",
		"-i", sdp(t, r.RTP.Port(), profile, format, more...), "-t", "5", out)
	var complaints bytes.Buffer
	ffmpeg.Stderr = &complaints
	if err := ffmpeg.Start(); err != nil {
		t.Fatal(err)
	}
	v := voiceFor(t, r.Codec)
	s.SetSource(v.source(leadIn))
	if err := s.Start(r); err != nil {
		t.Fatal(err)
	}
	if err := ffmpeg.Wait(); err != nil {
		t.Fatalf("ffmpeg: %v\n%s", err, complaints.String())
	}
	s.Stop()
	return v.coded(t), v.heardIn(t, out)
}

func TestFFmpegHearsUs(t *testing.T) {
	need(t, "ffmpeg")
	for codec, format := range map[string]string{"g711U": "0", "g711A": "8", "g722": "9"} {
		t.Run(codec, func(t *testing.T) {
			t.Parallel()
			untilHeard(t, 0.999, func() (said, heard []int16) {
				return hearByFFmpeg(t, rtpmedia.Remote{Codec: codec}, "RTP/AVP", format)
			})
		})
	}
	t.Run("SRTP", func(t *testing.T) {
		t.Parallel()
		e := keys(1, 1)
		both := base64.StdEncoding.EncodeToString(append(e.TransmitKey, e.TransmitSalt...))
		untilHeard(t, 0.999, func() (said, heard []int16) {
			return hearByFFmpeg(t, rtpmedia.Remote{Codec: "g711U", Encryption: e}, "RTP/SAVP", "0",
				"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:"+both)
		})
	})
}

// hearOthers starts a program that sends speech to us, and returns what is
// heard. In its arguments FILE and PORT stand for what to send and where to.
func hearOthers(
	t *testing.T, s *rtpmedia.Session, r rtpmedia.Remote, program string, args ...string,
) (said, heard []int16) {
	t.Helper()
	v := voiceFor(t, r.Codec)
	r.RTP = netip.MustParseAddrPort("127.0.0.1:9")
	sink := &waiter{want: v.samples(v.length() + 2*time.Second), enough: make(chan struct{})}
	s.SetSink(sink)
	if err := s.Start(r); err != nil {
		t.Fatal(err)
	}
	file := v.file(t, time.Second/2, time.Second)
	port := fmt.Sprint(s.LocalRTP().Port())
	for i := range args {
		args[i] = string(bytes.ReplaceAll(bytes.ReplaceAll([]byte(args[i]),
			[]byte("FILE"), []byte(file)), []byte("PORT"), []byte(port)))
	}
	tool(t, program, args...)
	<-sink.enough
	s.Stop()
	return v.coded(t), sink.heard()
}

func TestWeHearGStreamer(t *testing.T) {
	need(t, "gst-launch-1.0")
	for _, c := range []struct{ codec, encoder, pay string }{
		{"g711U", "mulawenc", "rtppcmupay"},
		{"g711A", "alawenc", "rtppcmapay"},
		{"g722", "avenc_g722", "rtpg722pay"},
	} {
		t.Run(c.codec, func(t *testing.T) {
			needElement(t, c.encoder)
			t.Parallel()
			untilHeard(t, 0.999, func() (said, heard []int16) {
				return hearOthers(t, localSession(t), rtpmedia.Remote{Codec: c.codec},
					"gst-launch-1.0", "-q", "filesrc", "location=FILE", "!", "wavparse", "!",
					c.encoder, "!", c.pay, "min-ptime=20000000", "max-ptime=20000000", "!",
					"udpsink", "host=127.0.0.1", "port=PORT", "sync=true")
			})
		})
	}
}

// FFmpeg reads a file at its pace and sends in bursts, so it is heard through a longer
// jitter buffer than a telephone has.
func TestWeHearFFmpeg(t *testing.T) {
	need(t, "ffmpeg")
	e := keys(1, 1)
	both := base64.StdEncoding.EncodeToString(append(e.TransmitKey, e.TransmitSalt...))
	for name, c := range map[string]struct {
		remote rtpmedia.Remote
		to     string
		args   []string
	}{
		"g711U": {rtpmedia.Remote{Codec: "g711U"}, "rtp", []string{"-c:a", "pcm_mulaw"}},
		"g711A": {rtpmedia.Remote{Codec: "g711A"}, "rtp", []string{"-c:a", "pcm_alaw"}},
		"g722":  {rtpmedia.Remote{Codec: "g722"}, "rtp", []string{"-c:a", "g722"}},
		"SRTP": {rtpmedia.Remote{Codec: "g711U", Encryption: e}, "srtp", []string{
			"-c:a", "pcm_mulaw", "-srtp_out_suite", "AES_CM_128_HMAC_SHA1_80",
			"-srtp_out_params", both,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			untilHeard(t, 0.999, func() (said, heard []int16) {
				args := append([]string{"-v", "error", "-re", "-i", "FILE"}, c.args...)
				return hearOthers(t, patientSession(t), c.remote, "ffmpeg", append(args,
					"-f", "rtp", c.to+"://127.0.0.1:PORT?pkt_size=172")...)
			})
		})
	}
}
