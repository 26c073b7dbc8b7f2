package rtpmedia_test

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/analyze"
)

// baresipModules are where Debian has them.
const baresipModules = "/usr/lib/baresip/modules"

// outward is an address of this host that is not its loopback: baresip offers its
// audio on no other.
func outward(t *testing.T) netip.Addr {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		p, err := netip.ParsePrefix(a.String())
		if err == nil && p.Addr().Is4() && !p.Addr().IsLoopback() {
			return p.Addr()
		}
	}
	t.Skip("this host has a loopback address only")
	return netip.Addr{}
}

// dialog is a call by SIP (RFC 3261), as much of it as it takes to be answered.
type dialog struct {
	t    *testing.T
	conn *net.UDPConn
	to   *net.UDPAddr
	tag  string // of the other side, with what stands before it
}

func (d *dialog) send(method string, sequence int, body string) {
	d.t.Helper()
	own := d.conn.LocalAddr()
	text := fmt.Sprintf("%s sip:them@%v SIP/2.0\r\n"+
		"Via: SIP/2.0/UDP %v;branch=z9hG4bK%s%d\r\nMax-Forwards: 70\r\n"+
		"From: <sip:us@%v>;tag=we\r\nTo: <sip:them@%v>%s\r\nCall-ID: interop\r\n"+
		"CSeq: %d %s\r\nContact: <sip:us@%v>\r\nContent-Type: application/sdp\r\n"+
		"Content-Length: %d\r\n\r\n%s",
		method, d.to, own, method, sequence, own, d.to, d.tag, sequence, method, own,
		len(body), body)
	if _, err := d.conn.WriteToUDP([]byte(text), d.to); err != nil {
		d.t.Fatal(err)
	}
}

var (
	toTag     = regexp.MustCompile(`(?im)^(?:To|t): .*(;tag=[^;\s]+)`)
	mediaPort = regexp.MustCompile(`m=audio (\d+) `)
)

// invite calls until it is answered, and returns the port of the other's audio.
func (d *dialog) invite(body string) (port uint16, ok bool) {
	buffer := make([]byte, 4096)
	for range 20 { // RFC 3261 §17.1.1.2 repeats a request that is not answered
		d.send("INVITE", 1, body)
		_ = d.conn.SetReadDeadline(time.Now().Add(time.Second / 2))
		for {
			n, _, err := d.conn.ReadFromUDP(buffer)
			if err != nil {
				break
			}
			if !bytes.HasPrefix(buffer[:n], []byte("SIP/2.0 200 ")) {
				continue
			}
			tag, media := toTag.FindSubmatch(buffer[:n]), mediaPort.FindSubmatch(buffer[:n])
			if tag == nil || media == nil {
				d.t.Fatalf("an answer without a tag or audio:\n%s", buffer[:n])
			}
			p, err := strconv.ParseUint(string(media[1]), 10, 16)
			d.tag = string(tag[1])
			d.send("ACK", 1, "")
			return uint16(p), err == nil
		}
	}
	return 0, false
}

// answerByBaresip starts baresip, which speaks what is in the file said, of the given
// rate, and keeps what it hears in the directory that is returned. It is told to work at
// that rate: where its source has 8 kHz and its codec 16, as with G.722 by default, its
// own resampler lets no more than 0.78 of what it speaks through, by correlation.
func answerByBaresip(t *testing.T, at netip.AddrPort, codec, said string, rate int) (
	heard string,
) {
	t.Helper()
	dir := t.TempDir()
	config := fmt.Sprintf("sip_listen %v\nmodule_path %s\nmodule g711.so\nmodule g722.so\n"+
		"module aufile.so\nmodule sndfile.so\nmodule_app account.so\nmodule_app menu.so\n"+
		"audio_source aufile,%s\naudio_player aufile,%s\nsnd_path %s\naudio_srate %d\n"+
		"audio_channels 1\nausrc_srate %d\nauplay_srate %d\n",
		at, baresipModules, said, filepath.Join(dir, "player.wav"), dir, rate, rate, rate)
	account := fmt.Sprintf("<sip:them@%v>;regint=0;answermode=auto;audio_codecs=%s\n", at, codec)
	for name, text := range map[string]string{
		"config": config, "accounts": account, "contacts": "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	baresip := exec.CommandContext(t.Context(), "baresip", "-f", dir)
	var printed bytes.Buffer
	baresip.Stdout, baresip.Stderr = &printed, &printed
	baresip.Cancel = func() error { return baresip.Process.Signal(os.Interrupt) }
	if err := baresip.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = baresip.Wait() // it was interrupted
		if t.Failed() {
			t.Logf("baresip:\n%s", printed.String())
		}
	})
	return dir
}

// passed is what one side said and the other heard.
type passed struct{ said, heard []int16 }

// callBaresip, by whose name for it G.722 has 16 kHz, which SDP must not say (RFC 3551
// §4.5.2), calls it and returns what passed from us and to us.
func callBaresip(t *testing.T, token, codec string, format int) (out, in passed) {
	t.Helper()
	address := outward(t)
	s, err := rtpmedia.Open(rtpmedia.Config{
		Address: address, JitterDelay: 100 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ours := voiceFor(t, token)
	theirs := ours.reversed()
	in.said, out.said = theirs.coded(t), ours.coded(t)
	file := theirs.file(t, leadIn, leadIn)
	sip := netip.AddrPortFrom(address, freePort(t).Port())
	dir := answerByBaresip(t, sip, codec, file, ours.rate)
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: address.AsSlice()})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	d := &dialog{t: t, conn: conn, to: net.UDPAddrFromAddrPort(sip)}
	port, ok := d.invite(fmt.Sprintf("v=0\r\no=- 0 0 IN IP4 %v\r\ns=-\r\nc=IN IP4 %v\r\n"+
		"t=0 0\r\nm=audio %d RTP/AVP %d\r\na=rtpmap:%d %s\r\n", address, address,
		s.LocalRTP().Port(), format, format, strings.Replace(codec, "16000", "8000", 1)))
	if !ok {
		t.Skip("baresip does not answer here")
	}
	s.SetSource(ours.source(leadIn))
	sink := &waiter{want: ours.samples(5 * time.Second), enough: make(chan struct{})}
	s.SetSink(sink)
	err = s.Start(rtpmedia.Remote{RTP: netip.AddrPortFrom(address, port), Codec: token})
	if err != nil {
		t.Fatal(err)
	}
	<-sink.enough
	s.Stop()
	d.send("BYE", 2, "")
	_ = conn.SetReadDeadline(time.Now().Add(2 * time.Second))
	_, _, _ = conn.ReadFromUDP(make([]byte, 4096)) // once it answers, its files are complete
	files, _ := filepath.Glob(filepath.Join(dir, "*dec*.wav"))
	if len(files) == 0 {
		t.Fatal("baresip kept nothing of what it heard")
	}
	in.heard, out.heard = sink.heard(), ours.heardIn(t, files[0])
	return out, in
}

func TestBaresipAndWeHearEachOther(t *testing.T) {
	need(t, "baresip")
	if raceEnabled {
		t.Skip("other programs are talked to without the race detector")
	}
	for _, c := range []struct {
		token, codec string
		format       int
	}{
		{"g711U", "PCMU/8000/1", 0}, {"g711A", "PCMA/8000/1", 8}, {"g722", "G722/16000/1", 9},
	} {
		t.Run(c.token, func(t *testing.T) {
			t.Parallel()
			untilHeard(t, 0.999, func() (said, heard []int16) {
				out, in := callBaresip(t, c.token, c.codec, c.format)
				first, err := analyze.Correlate(out.said, out.heard)
				if err != nil {
					return out.said, out.heard
				}
				second, err := analyze.Correlate(in.said, in.heard)
				if err != nil || second.Correlation < first.Correlation {
					return in.said, in.heard // the worse way counts
				}
				return out.said, out.heard
			})
		})
	}
}
