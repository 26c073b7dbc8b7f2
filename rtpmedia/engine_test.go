package rtpmedia_test

import (
	"errors"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/rtpmedia/netsim"
)

func TestAnEngineCarriesManySessions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine := rtpmedia.NewEngine(rtpmedia.EngineOptions{
			Threads: 2, Sleep: func(until time.Time) { time.Sleep(time.Until(until)) },
		})
		network := netsim.New(netsim.Profile{})
		paced := func(c *rtpmedia.Config) { c.Engine = engine }
		var pairs []*pair
		for range 260 { // more than one thread gets
			p := &pair{t, open(t, network, "10.0.0.1", paced), open(t, network, "10.0.0.2", paced)}
			p.a.SetSource(rtpmedia.Tone(440, -10))
			p.start("g711U", 0)
			pairs = append(pairs, p)
			time.Sleep(time.Millisecond)
		}
		time.Sleep(10 * time.Second)
		for _, p := range pairs {
			s := p.b.Stats()
			expectCleanStream(t, s)
			if s.LevelHeard < -11 || s.Received < 495 {
				t.Errorf("%d packets, heard at %.1f dBFS", s.Received, s.LevelHeard)
			}
			if s.Jitter > time.Millisecond {
				t.Errorf("jitter %v", s.Jitter)
			}
			p.a.Stop()
		}
		time.Sleep(time.Second)
		for _, p := range pairs {
			p.close()
		}
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestAClosedEngineStartsNothing(t *testing.T) {
	engine := rtpmedia.NewEngine(rtpmedia.EngineOptions{})
	if err := engine.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := rtpmedia.Open(rtpmedia.Config{Engine: engine})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	far := netip.MustParseAddrPort("127.0.0.1:9")
	err = s.Start(rtpmedia.Remote{RTP: far, Codec: "g711U"})
	if !errors.Is(err, rtpmedia.ErrClosed) {
		t.Errorf("%v, want ErrClosed", err)
	}
}
