package gateway

import (
	"fmt"
	"math"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/rtp"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// TestTsharkHasOurFigures lets twenty legs talk while the network loses some of what every
// other one says, and captures all of it. What tshark says of each stream has to be what
// its ends say: packets and losses exactly, jitter of the same packets to 1 %.
func TestTsharkHasOurFigures(t *testing.T) {
	const n = 20
	f := openFloor(t, n, 0, func(i int, l *leg) (c rtpmedia.Config) {
		if i%2 == 0 {
			c.Listen = listenLeaky(l, 20+i)
		}
		return c
	})
	defer f.close()
	ports := make([]uint16, n)
	for i, l := range f.legs {
		ports[i] = l.audio.LocalRTP().Port()
	}
	capture := startCapture(t, ports)
	f.talk(t)
	pause(t, stretch)
	before := f.mock.streams(t)
	pause(t, grace)
	here := make([]rtpmedia.Stats, n)
	for i, l := range f.legs {
		remote := l.audio.Stats().RemoteSSRC
		l.audio.Stop() // it forgets whom it heard
		here[i] = l.audio.Stats()
		here[i].RemoteSSRC = remote
	}
	pause(t, grace)
	after := f.mock.streams(t)
	capture.stop(t)
	theirs := capture.streams(t, ports)
	lost := 0
	for i, l := range f.legs {
		ssrc := here[i].SSRC
		up, down, there := theirs[ssrc], theirs[here[i].RemoteSSRC], after[ssrc]
		if want := int(here[i].Sent) - int(l.held.Load()); up.packets != want {
			t.Errorf("leg %d sent %d; tshark has %+v", i, want, up)
		}
		dropped := up.packets - int(arrived(there)) // behind the place where tshark looks
		if int(there.Lost) != up.lost+dropped || dropped < 0 {
			t.Errorf("leg %d: the mock lost %d; tshark has %+v", i, there.Lost, up)
		}
		if int(before[ssrc].Sent) > down.packets || int(there.Sent) < down.packets {
			t.Errorf("leg %d: the mock sent %d to %d; tshark has %+v",
				i, before[ssrc].Sent, there.Sent, down)
		}
		if down.lost != 0 {
			t.Errorf("leg %d: nothing is kept from it; tshark has %+v", i, down)
		}
		lost += up.lost
	}
	t.Logf("%d streams, %d packets missing in them", len(theirs), lost)
	if lost < n/2*5 {
		t.Errorf("tshark saw only %d packets missing", lost)
	}
	compareReplays(t, capture, ports, theirs)
}

// compareReplays lets a session receive the packets of each stream at their times.
func compareReplays(t *testing.T, c *capture, ports []uint16, theirs map[uint32]stream) {
	t.Helper()
	packets := c.packets(t, ports)
	if len(packets) != 2*len(ports) {
		t.Errorf("%d streams were captured", len(packets))
	}
	for ssrc, all := range packets {
		want := theirs[ssrc]
		got := replay(t, ssrc, all)
		if got.packets != want.packets || got.lost != want.lost ||
			!close1(got.meanJitter, want.meanJitter) || !close1(got.maxJitter, want.maxJitter) {
			t.Errorf("%#x: %+v; tshark has %+v", ssrc, got, want)
		}
	}
}

// close1 tells whether two figures are within 1 % of each other, or within what tshark's
// three decimals can show.
func close1(a, b float64) bool { return math.Abs(a-b) <= max(0.01*b, 0.002) }

// packet is when one came, and what of it matters here.
type packet struct {
	at        time.Duration // since the first of the capture
	sequence  uint16
	timestamp uint32
}

// packets are those of the capture by SSRC.
func (c *capture) packets(t *testing.T, ports []uint16) map[uint32][]packet {
	t.Helper()
	out := c.tshark(t, ports, "-Y", "rtp", "-T", "fields", "-e", "frame.time_relative",
		"-e", "rtp.ssrc", "-e", "rtp.seq", "-e", "rtp.timestamp")
	all := make(map[uint32][]packet)
	for line := range strings.Lines(out) {
		var at float64
		var word string
		var p packet
		_, err := fmt.Sscan(line, &at, &word, &p.sequence, &p.timestamp)
		ssrc, err2 := strconv.ParseUint(word, 0, 32)
		if err != nil || err2 != nil {
			t.Fatalf("%q: %v, %v", line, err, err2)
		}
		p.at = time.Duration(math.Round(at * float64(time.Second)))
		all[uint32(ssrc)] = append(all[uint32(ssrc)], p)
	}
	return all
}

// fed is a socket that gives what the test puts in.
type fed struct {
	in   chan []byte
	done chan struct{}
	once sync.Once
}

var far = netip.MustParseAddrPort("127.0.0.1:4000")

func (c *fed) ReadFromUDPAddrPort(b []byte) (int, netip.AddrPort, error) {
	select {
	case data := <-c.in:
		return copy(b, data), far, nil
	case <-c.done:
		return 0, netip.AddrPort{}, net.ErrClosed
	}
}

func (c *fed) WriteToUDPAddrPort(b []byte, _ netip.AddrPort) (int, error) { return len(b), nil }

func (c *fed) LocalAddr() net.Addr { return net.UDPAddrFromAddrPort(far) }

func (c *fed) Close() error {
	c.once.Do(func() { close(c.done) })
	return nil
}

// replay is what a session says of packets that come to it as they came to the capture.
func replay(t *testing.T, ssrc uint32, all []packet) (s stream) {
	synctest.Test(t, func(t *testing.T) {
		audio := &fed{in: make(chan []byte), done: make(chan struct{})}
		session, err := rtpmedia.Open(rtpmedia.Config{
			PortMin: far.Port(), PortMax: far.Port() + 1,
			Listen: func(at netip.AddrPort) (rtpmedia.PacketConn, error) {
				if at.Port() == far.Port() {
					return audio, nil
				}
				return &fed{done: make(chan struct{})}, nil
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		defer session.Close()
		if err := session.Start(rtpmedia.Remote{RTP: far, Codec: "g711U"}); err != nil {
			t.Fatal(err)
		}
		sum, began := 0.0, time.Now()
		for _, p := range all {
			data, err := (&rtp.Packet{
				Header: rtp.Header{
					Version: 2, SSRC: ssrc, SequenceNumber: p.sequence, Timestamp: p.timestamp,
				},
				Payload: make([]byte, rtpmedia.FrameSamples),
			}).Marshal()
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Until(began.Add(p.at)))
			audio.in <- data
			synctest.Wait()
			ms := session.Stats().Jitter.Seconds() * 1000
			sum, s.maxJitter = sum+ms, max(s.maxJitter, ms)
		}
		stats := session.Stats()
		s.packets, s.lost = int(stats.Received), int(stats.Lost)
		s.meanJitter = sum / float64(len(all))
	})
	return s
}
