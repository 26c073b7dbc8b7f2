package audio

import (
	"fmt"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// firstLoud tells once that a frame was loud enough to be a tone.
type firstLoud chan struct{}

func (f firstLoud) WriteFrame(pcm []int16) error {
	if rtpmedia.Level(pcm) > audible {
		select {
		case f <- struct{}{}:
		default:
		}
	}
	return nil
}

// TestStreamsOverUDPShareAnEngine lets two terminals hear an echo through real sockets.
func TestStreamsOverUDPShareAnEngine(t *testing.T) {
	g := NewGateway(Options{OnlyHere: true})
	g.Start(func(pbx.LegID, string) {})
	engines := make(map[*rtpmedia.Engine]bool)
	for _, leg := range []pbx.LegID{1, 2} {
		session, err := rtpmedia.Open(rtpmedia.Config{})
		if err != nil {
			t.Fatal(err)
		}
		defer session.Close()
		loud := make(firstLoud, 1)
		session.SetSource(rtpmedia.Tone(500, -13))
		session.SetSink(loud)
		far := csta.MediaInfo{RTP: ipAddress(session.LocalRTP())}
		at, err := g.Open(leg, far, pbx.Terms{Codec: "g711U"})
		if err != nil {
			t.Fatal(err)
		}
		engines[g.engine] = true
		g.Route(csta.CallID(fmt.Sprint(leg)), []pbx.Heard{
			{Leg: leg, Kind: pbx.Terminal, Play: pbx.Play{Sound: pbx.Echo}},
		})
		near, err := addrPort(at.RTP)
		if err != nil {
			t.Fatal(err)
		}
		if err := session.Start(rtpmedia.Remote{RTP: near, Codec: "g711U"}); err != nil {
			t.Fatal(err)
		}
		<-loud
	}
	engine := g.engine
	g.Shutdown()
	if len(engines) != 1 || engine == nil {
		t.Errorf("%d engines pace two streams", len(engines))
	}
}
