package phone_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/analyze"
)

const srtp = "srtp-aescm128-hmac80"

// protected is the default lab whose switch protects audio in the given ways.
func protected(ways ...string) *pbx.Lab {
	lab := pbx.DefaultLab()
	lab.Features.Encryption = ways
	return &lab
}

// event has the mock send an event that nothing in it causes.
func (l *lab) event(device, name, payload string) {
	l.t.Helper()
	transport := &http.Transport{DialContext: l.srv.Dial, DisableKeepAlives: true}
	body := fmt.Sprintf(`{"device":%q,"event":%q,"payload":%s}`, device, name, payload)
	r, err := (&http.Client{Transport: transport}).Post(
		l.srv.Admin+"/events", "application/json", strings.NewReader(body))
	l.must(err)
	defer r.Body.Close()
	if answer, _ := io.ReadAll(r.Body); r.StatusCode != http.StatusOK {
		l.t.Fatalf("%s: %s", r.Status, answer)
	}
}

func talking(s phone.State) bool { return s.Media.Active }

// rtpTypes counts the RTP packets of a capture by their payload type, and tells whether
// all of a type have the payload of silence in µ-law.
func rtpTypes(t *testing.T, capture []byte) (count map[byte]int, silent map[byte]bool) {
	t.Helper()
	count, silent = map[byte]int{}, map[byte]bool{}
	const header = 20 + 8 // IPv4 and UDP, RFC 791 and 768
	for rest := capture[24:]; len(rest) > 16; {
		size := int(binary.LittleEndian.Uint32(rest[8:]))
		p := rest[16+header : 16+size]
		rest = rest[16+size:]
		kind := p[1] & 0x7f
		if p[1] >= 200 && p[1] <= 207 {
			continue // RTCP, RFC 5761 §4
		}
		if _, known := silent[kind]; !known {
			silent[kind] = true
		}
		count[kind]++
		silent[kind] = silent[kind] && bytes.Count(p[12:], []byte{0xff}) > 150
	}
	return count, silent
}

func TestAudioIsProtectedInEveryWayThatAnAESMayHave(t *testing.T) {
	for _, c := range []struct {
		name   string
		quirks []string
		plain  bool // RTCP
		kind   byte // of the RTP packets
	}{
		{"keys in hexadecimal digits", []string{"keys=hex"}, false, 0},
		{"keys in base64", []string{"keys=base64"}, false, 0},
		{"a payload type of its own", []string{"srtp-type=own"}, false, 110},
		{"reports in the clear", nil, true, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := mockaes.Options{Lab: protected("none", srtp), Quirks: c.quirks}
			o.Lab.Features.PlainRTCP = c.plain
			inLab(t, o, func(l *lab) {
				var file bytes.Buffer
				capture, err := rtpmedia.NewCapture(&file)
				l.must(err)
				heard := &level{}
				p, done := l.station("1001", phone.Options{
					Media: csta.MediaClient, Encryption: []string{srtp, "none"},
					PlainRTCP: c.plain, Capture: capture, Sink: heard,
				})
				_, err = p.Dial(l.ctx, "7100")
				l.must(err)
				s := l.await(p, "the audio flows", talking)
				if s.Media.Encryption != srtp {
					t.Errorf("protected by %q", s.Media.Encryption)
				}
				time.Sleep(10 * time.Second) // until the announcement lets the caller talk
				p.SetSource(rtpmedia.Tone(440, -10))
				time.Sleep(time.Second)
				if got := heard.get(); got < -13 || got > -7 {
					t.Errorf("the echo of a tone of -10 dBFS is %.1f dBFS", got)
				}
				time.Sleep(20 * time.Second)
				synctest.Wait()
				stats, _ := p.Stats()
				if stats.RTT == nil || stats.Refused != 0 || stats.Encryption != srtp {
					t.Errorf("%+v", stats)
				}
				done()
				count, silent := rtpTypes(t, file.Bytes())
				if len(count) != 1 || count[c.kind] < 2000 || silent[c.kind] {
					t.Errorf("on the network: %v, in the clear %v", count, silent)
				}
			})
		})
	}
}

func TestWhatCannotBeProtectedAsAskedIsNotRegistered(t *testing.T) {
	const missing = "no media encryption in common"
	for _, c := range []struct {
		name    string
		ways    []string // of the switch
		offered []string
		want    string // of the error; empty: registered
	}{
		{"the switch has the clear only", []string{"none"}, []string{srtp}, missing},
		{"the switch insists on SRTP", []string{srtp}, []string{"none"}, missing},
		{"Avaya's own way", []string{srtp}, []string{"aes"}, "not published"},
		{"the clear will do", []string{"none"}, []string{srtp, "none"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			inLab(t, mockaes.Options{Lab: protected(c.ways...)}, func(l *lab) {
				s := l.session()
				defer s.Close()
				p, err := phone.Open(l.ctx, s, phone.Options{
					Switch: "CM1", Station: "1001", SecurityCode: "123456",
					Media: csta.MediaClient, Encryption: c.offered, Listen: l.srv.ListenPacket,
				})
				if p != nil {
					defer p.Close()
				}
				if c.want == "" {
					l.must(err)
					return
				}
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("got %v, want %q", err, c.want)
				}
			})
		})
	}
}

func TestKeysThatMakeNoSenseAreNotShown(t *testing.T) {
	inLab(t, mockaes.Options{Lab: protected(srtp)}, func(l *lab) {
		p, done := l.station("1001", phone.Options{
			Media: csta.MediaClient, Encryption: []string{srtp},
		})
		defer done()
		l.event("1001:CM1::0", "MediaStartEvent", `{"connection":{"callID":"9",`+
			`"deviceID":"1001:CM1:0.0.0.0:0"},"rtpAddress":{"address":"127.0.0.1","port":4000},`+
			`"codec":"g711U","packetSize":20,"encryption":{"protocol":"`+srtp+`",`+
			`"transmitKey":"c0ffee","receiveKey":"00112233445566778899aabbccddeeff"}}`)
		s := l.await(p, "the phone tells of it", func(s phone.State) bool {
			return s.Media.Trouble != ""
		})
		for _, want := range []string{"transmitKey", "transmitSalt", "receiveSalt"} {
			if !strings.Contains(s.Media.Trouble, want) {
				t.Errorf("%q does not name %s", s.Media.Trouble, want)
			}
		}
		for _, not := range []string{"c0ffee", "receiveKey"} {
			if strings.Contains(s.Media.Trouble, not) {
				t.Errorf("%q has %s", s.Media.Trouble, not)
			}
		}
	})
}

func TestCodecsThatAreNotHereNeedACapture(t *testing.T) {
	site := pbx.DefaultLab()
	site.Features.Codecs = []string{"g729", "g711U"}
	inLab(t, mockaes.Options{Lab: &site, Silent: true}, func(l *lab) {
		s := l.session()
		defer s.Close()
		o := phone.Options{
			Switch: "CM1", Station: "1001", SecurityCode: "123456",
			Media: csta.MediaClient, Codecs: []string{"g729"}, Listen: l.srv.ListenPacket,
		}
		_, err := phone.Open(l.ctx, s, o)
		if e, ok := errors.AsType[*rtpmedia.UnsupportedCodecError](err); !ok || e.Name != "g729" {
			t.Errorf("got %v", err)
		}
		for _, e := range l.srv.Journal(0) {
			if strings.HasPrefix(e.Name, "RegisterTerminal") {
				t.Errorf("the switch was asked: %s", e.Frame)
			}
		}
	})
}

func TestBothSidesAreRecorded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "both.wav")
	inLab(t, mockaes.Options{}, func(l *lab) {
		recorder, err := rtpmedia.CreateRecording(path)
		l.must(err)
		p, done := l.station("1001", phone.Options{
			Media: csta.MediaClient, Recorder: recorder, Source: rtpmedia.Tone(700, -10),
		})
		_, err = p.Dial(l.ctx, "7101") // the milliwatt line
		l.must(err)
		l.await(p, "the audio flows", talking)
		time.Sleep(3 * time.Second)
		done()
		l.must(recorder.Close())
	})
	for channel, hz := range []float64{700, 1004} {
		w, err := rtpmedia.OpenWAV(path)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		if err := w.Only(channel); err != nil {
			t.Fatal(err)
		}
		var pcm []int16
		for frame := make([]int16, rtpmedia.FrameSamples); w.ReadFrame(frame) == nil; {
			pcm = append(pcm, frame...)
		}
		if tone, err := analyze.FindTone(pcm, hz, 5); err != nil || tone.Length() < 2*time.Second {
			t.Errorf("channel %d: %.0f Hz for %v, %v", channel, hz, tone.Length(), err)
		}
	}
}
