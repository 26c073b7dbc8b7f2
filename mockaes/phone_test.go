package mockaes_test

import (
	"fmt"
	"math"
	"net/netip"
	"sync"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// phone is a registered terminal with ears: a client whose stream follows its
// MediaStart and MediaStop events.
type phone struct {
	*client
	rtp *rtpmedia.Session

	mu  sync.Mutex
	pcm []int16 // what was heard while the stream ran
}

// register makes a phone of a station. What it says is src.
func register(t *testing.T, srv *mockaes.Server, extension string, src rtpmedia.Source) *phone {
	t.Helper()
	rtp, err := rtpmedia.Open(rtpmedia.Config{
		Listen: func(at netip.AddrPort) (rtpmedia.PacketConn, error) {
			return srv.ListenPacket(at)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = rtp.Close() })
	p := &phone{client: login(t, srv), rtp: rtp}
	rtp.SetSource(src)
	rtp.SetSink(p)
	device := p.device(extension)
	p.monitor(device)
	var got csta.TerminalRegistered
	frame := p.ask("RegisterTerminalRequest", fmt.Sprintf(`{"device":%q,"loginInfo":{`+
		`"forceLogin":true,"sharedControl":false,"password":"123456","mediaMode":"CLIENT",`+
		`"dependencyMode":"MAIN"},"localMediaInfo":{`+
		`"rtpAddress":{"address":"127.0.0.1","port":%d},`+
		`"rtcpAddress":{"address":"127.0.0.1","port":%d},"codecs":["g711U"],"packetSize":20}}`,
		device, rtp.LocalRTP().Port(), rtp.LocalRTCP().Port()))
	if err := csta.Decode(frame.Payload, &got); err != nil || got.Code != csta.NormalRegister {
		t.Fatalf("registration: %v %s", err, frame.Payload)
	}
	p.frames = make(chan wire.Frame, 1000)
	go p.pump()
	return p
}

// pump reads the connection to its end and lets the stream follow the events.
func (p *phone) pump() {
	defer close(p.frames)
	for {
		_, data, err := p.ws.Read(p.t.Context())
		if err != nil {
			return
		}
		frame, err := wire.Parse(data)
		if err != nil {
			p.t.Errorf("%v: %s", err, data)
			return
		}
		switch frame.Name {
		case "MediaStartEvent":
			p.startStream(frame.Payload)
		case "MediaStopEvent":
			p.rtp.Stop()
		}
		p.frames <- frame
	}
}

func (p *phone) startStream(payload []byte) {
	var ev csta.MediaStarted
	if err := csta.Decode(payload, &ev); err != nil {
		p.t.Error(err)
		return
	}
	err := p.rtp.Start(rtpmedia.Remote{
		Codec: ev.Codec,
		RTP: netip.AddrPortFrom(netip.MustParseAddr(ev.RTP.Address),
			uint16(ev.RTP.Port)),
		RTCP: netip.AddrPortFrom(netip.MustParseAddr(ev.RTCP.Address),
			uint16(ev.RTCP.Port)),
	})
	if err != nil {
		p.t.Error(err)
	}
}

// WriteFrame takes what is heard.
func (p *phone) WriteFrame(pcm []int16) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pcm = append(p.pcm, pcm...)
	return nil
}

// heard returns what has been heard since it was last asked for.
func (p *phone) heard() []int16 {
	p.mu.Lock()
	defer p.mu.Unlock()
	pcm := p.pcm
	p.pcm = nil
	return pcm
}

// call calls a number and returns the own connection.
func (p *phone) call(from, to string) string {
	p.t.Helper()
	made := p.ask("MakeCall",
		`{"callingDevice":"`+from+`:CM1::0","calledDirectoryNumber":"`+to+`"}`)
	return connection(p.t, made.Payload, "callingDevice")
}

// hangUp clears a connection.
func (p *phone) hangUp(id string) {
	p.t.Helper()
	p.must("ClearConnection", `{"connectionToBeCleared":`+id+`}`, nil)
}

// likeness is the normalised correlation of the first second of said with that second
// of heard, begun within its first three, which is most like it.
func likeness(said, heard []int16) float64 {
	const window = rtpmedia.SampleRate
	if len(said) < window || len(heard) < window {
		return 0
	}
	said, heard = said[:window], heard[:min(len(heard), 4*window)]
	best, place := 0.0, 0
	for at := range len(heard) - window + 1 {
		// Every eighth sample is enough to find the place.
		if c := correlation(said, heard[at:at+window], 8); c > best {
			best, place = c, at
		}
	}
	return correlation(said, heard[place:place+window], 1)
}

// correlation looks at every step-th sample.
func correlation(a, b []int16, step int) float64 {
	var ab, aa, bb float64
	for i := 0; i < len(a); i += step {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

// share is the part of the power of pcm that is a tone of freq.
func share(pcm []int16, freq float64) float64 {
	var re, im, power float64
	for i, v := range pcm {
		x := 2 * math.Pi * freq * float64(i) / rtpmedia.SampleRate
		re += float64(v) * math.Cos(x)
		im += float64(v) * math.Sin(x)
		power += float64(v) * float64(v)
	}
	if power == 0 {
		return 0
	}
	return 2 * (re*re + im*im) / (power * float64(len(pcm)))
}

// speech returns the samples of a sentence of package audio.
func speech(t *testing.T, name string) []int16 {
	t.Helper()
	src, err := rtpmedia.OpenWAV("audio/speech/" + name + ".wav")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = src.Close() }()
	var pcm []int16
	for {
		var frame [rtpmedia.FrameSamples]int16
		if err := src.ReadFrame(frame[:]); err != nil {
			return pcm
		}
		pcm = append(pcm, frame[:]...)
	}
}
