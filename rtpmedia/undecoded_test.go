package rtpmedia_test

import (
	"bytes"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/rtp"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

// foreignStream sends packets of a codec from 10.0.0.9 for as long as they last, one each
// interval, and leaves out the one at index lost.
func foreignStream(t *testing.T, n *netsim.Network, to netip.AddrPort, kind uint8,
	payloads [][]byte, interval time.Duration, lost int,
) netip.AddrPort {
	t.Helper()
	at := netip.MustParseAddrPort("10.0.0.9:4000")
	conn, err := n.Listen(at)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		defer conn.Close()
		for i, payload := range payloads {
			p := rtp.Packet{
				Header: rtp.Header{
					Version: 2, PayloadType: kind, SequenceNumber: uint16(i), SSRC: 7,
					Timestamp: uint32(i) * uint32(interval/(time.Second/8000)),
				},
				Payload: payload,
			}
			raw, _ := p.Marshal()
			if i != lost {
				_, _ = conn.WriteToUDPAddrPort(raw, to)
			}
			time.Sleep(interval)
		}
	}()
	return at
}

func TestCodecsThatAreNotHereAreCountedAndCaptured(t *testing.T) {
	for _, c := range []struct {
		name     string
		codec    string
		kind     uint8 // RFC 3551 table 4
		frame    int   // bytes of speech, RFC 3551 §4.5.3 and §4.5.6
		silence  int   // bytes that describe a pause
		interval time.Duration
	}{
		{"G.729 with two frames a packet", "g729", 18, 20, 2, 20 * time.Millisecond},
		{"G.729A in capitals", "G729A", 18, 20, 2, 20 * time.Millisecond},
		{"G.723.1 at 6.3 kbit/s", "g723", 4, 24, 4, 30 * time.Millisecond},
		{"G.723.1 at 5.3 kbit/s", "g723", 4, 20, 4, 30 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			var file bytes.Buffer
			synctest.Test(t, func(t *testing.T) {
				capture, err := rtpmedia.NewCapture(&file)
				if err != nil {
					t.Fatal(err)
				}
				network := netsim.New(netsim.Profile{})
				s := open(t, network, "10.0.0.1", func(cfg *rtpmedia.Config) {
					cfg.Capture, cfg.Undecoded = capture, true
				})
				payloads := make([][]byte, 100)
				for i := range payloads {
					payloads[i] = bytes.Repeat([]byte{byte(i)}, c.frame)
				}
				payloads[99] = payloads[99][:c.silence]
				heard := &collector{}
				s.SetSink(heard)
				far := netip.MustParseAddrPort("10.0.0.9:4000")
				if err := s.Start(rtpmedia.Remote{RTP: far, Codec: c.codec}); err != nil {
					t.Fatal(err)
				}
				foreignStream(t, network, s.LocalRTP(), c.kind, payloads, c.interval, 50)
				time.Sleep(4 * time.Second)
				got := s.Stats()
				if got.Received != 99 || got.Lost != 1 || got.Foreign != 0 || got.Sent != 0 {
					t.Errorf("received %d, lost %d, foreign %d, sent %d; want 99, 1, 0, 0",
						got.Received, got.Lost, got.Foreign, got.Sent)
				}
				if got.Late != 0 || got.MOS != nil {
					t.Errorf("%d late, MOS %v; want none and none", got.Late, got.MOS)
				}
				if level := rtpmedia.Level(heard.heard()); level > rtpmedia.SilenceLevel {
					t.Errorf("heard %.0f dBFS, want silence", level)
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
			need(t, "tshark")
			path := filepath.Join(t.TempDir(), "call.pcap")
			if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			out := tool(t, "tshark", "-r", path, "-d", "udp.port==4000,rtp", "-Y", "rtp",
				"-T", "fields", "-e", "rtp.p_type", "-e", "rtp.seq", "-e", "udp.length")
			rows := strings.Split(strings.TrimSpace(out), "\n")
			want := []string{
				"18\t0\t40", "18\t98\t40", "18\t99\t22", // 8 of UDP and 12 of RTP besides
			}
			if c.kind == 4 {
				frame := map[int]string{24: "44", 20: "40"}[c.frame]
				want = []string{"4\t0\t" + frame, "4\t98\t" + frame, "4\t99\t24"}
			}
			if len(rows) != 99 || rows[0] != want[0] || rows[97] != want[1] || rows[98] != want[2] {
				t.Errorf("tshark has %d packets, %q %q", len(rows), rows[0], rows[len(rows)-1])
			}
		})
	}
}

func TestDigitsAreSentBesideACodecThatIsNotHere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := netsim.New(netsim.Profile{})
		undecoded := func(c *rtpmedia.Config) { c.Undecoded = true }
		p := &pair{
			t, open(t, network, "10.0.0.1", undecoded), open(t, network, "10.0.0.2", undecoded),
		}
		defer p.close()
		p.start("g729", 0)
		var dialled strings.Builder
		p.b.OnDigit(func(d rtpmedia.Digit) {
			if d.Ended {
				dialled.WriteRune(d.Digit)
			}
		})
		if err := p.a.SendDigits(t.Context(), "40#"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if dialled.String() != "40#" {
			t.Errorf("%q arrived", &dialled)
		}
	})
}
