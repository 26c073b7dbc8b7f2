package rtpmedia_test

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// hearByGStreamer sends speech to a pipeline that plays four seconds into a file.
// The pipe decodes packets of the given capabilities, in which SSRC is ours.
func hearByGStreamer(t *testing.T, r rtpmedia.Remote, caps string, pipe ...string) (
	said, heard []int16,
) {
	t.Helper()
	s := localSession(t)
	r.RTP = freePort(t)
	out := filepath.Join(t.TempDir(), "heard.wav")
	caps = strings.ReplaceAll(caps, "SSRC", fmt.Sprint(s.Stats().SSRC))
	args := []string{
		"-q", "-e", "udpsrc", "num-buffers=200", "address=127.0.0.1",
		fmt.Sprintf("port=%d", r.RTP.Port()), "caps=" + caps, "!",
	}
	args = append(append(args, pipe...), "!", "wavenc", "!", "filesink", "location="+out)
	gst := exec.CommandContext(t.Context(), "gst-launch-1.0", args...)
	var complaints bytes.Buffer
	gst.Stdout, gst.Stderr = &complaints, &complaints
	if err := gst.Start(); err != nil {
		t.Fatal(err)
	}
	v := voiceFor(t, r.Codec)
	s.SetSource(v.source(leadIn))
	if err := s.Start(r); err != nil {
		t.Fatal(err)
	}
	if err := gst.Wait(); err != nil {
		t.Fatalf("gst-launch-1.0: %v\n%s", err, complaints.String())
	}
	s.Stop()
	return v.coded(t), v.heardIn(t, out)
}

// needElement skips a test if GStreamer lacks a part.
func needElement(t *testing.T, name string) {
	t.Helper()
	if exec.CommandContext(t.Context(), "gst-inspect-1.0", name).Run() != nil {
		t.Skipf("GStreamer has no %s here", name)
	}
}

func TestGStreamerHearsUs(t *testing.T) {
	need(t, "gst-launch-1.0")
	const clear = "application/x-rtp,media=audio,clock-rate=8000,"
	for _, c := range []struct{ codec, caps, depay, decode string }{
		{"g711U", clear + "encoding-name=PCMU,payload=0", "rtppcmudepay", "mulawdec"},
		{"g711A", clear + "encoding-name=PCMA,payload=8", "rtppcmadepay", "alawdec"},
		{"g722", clear + "encoding-name=G722,payload=9", "rtpg722depay", "avdec_g722"},
	} {
		t.Run(c.codec, func(t *testing.T) {
			needElement(t, c.decode)
			t.Parallel()
			untilHeard(t, 0.999, func() (said, heard []int16) {
				return hearByGStreamer(t, rtpmedia.Remote{Codec: c.codec}, c.caps,
					"rtpjitterbuffer", "latency=100", "!", c.depay, "!", c.decode)
			})
		})
	}
}

func TestGStreamerOpensWhatWeEncrypt(t *testing.T) {
	need(t, "gst-launch-1.0")
	needElement(t, "srtpdec")
	t.Parallel()
	e := keys(1, 1)
	caps := fmt.Sprintf("application/x-srtp,media=audio,clock-rate=8000,encoding-name=PCMU,"+
		"payload=0,ssrc=(uint)SSRC,srtp-key=(buffer)%x%x,srtp-cipher=aes-128-icm,"+
		"srtp-auth=hmac-sha1-80,srtcp-cipher=aes-128-icm,srtcp-auth=hmac-sha1-80",
		e.TransmitKey, e.TransmitSalt)
	untilHeard(t, 0.999, func() (said, heard []int16) {
		return hearByGStreamer(t, rtpmedia.Remote{Codec: "g711U", Encryption: e}, caps,
			"srtpdec", "!", "rtpjitterbuffer", "latency=100", "!", "rtppcmudepay", "!",
			"mulawdec")
	})
}
