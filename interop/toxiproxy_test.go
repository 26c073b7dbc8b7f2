//go:build unix

package interop_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"github.com/wtiphone/wtiphone/mockaes"
)

// spoiler is a proxy that spoils the network between a session and its AES.
type spoiler struct {
	t     *testing.T
	proxy *toxiproxy.Proxy
}

func newSpoiler(t *testing.T, srv *mockaes.Server) (s *spoiler, aes string) {
	t.Helper()
	api := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	upstream := strings.TrimPrefix(srv.URL, "http://")
	s = &spoiler{t, toxiproxy.NewProxy(api, "aes", "127.0.0.1:0", upstream)}
	if err := s.proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.proxy.Stop)
	return s, "ws://" + s.proxy.Listen
}

// add spoils one direction: upstream is towards AES.
func (s *spoiler) add(kind, stream, attributes string) {
	s.t.Helper()
	toxic := fmt.Sprintf(`{"name":"%s-%s","type":%[1]q,"stream":%[2]q,"attributes":{%s}}`,
		kind, stream, attributes)
	if _, err := s.proxy.Toxics.AddToxicJson(strings.NewReader(toxic)); err != nil {
		s.t.Fatal(err)
	}
}

func (s *spoiler) clear() { s.proxy.Toxics.ResetToxics(context.Background()) }

// again makes the proxy serve anew at the same address.
func (s *spoiler) again() {
	s.t.Helper()
	s.proxy.Stop()
	if err := s.proxy.Start(); err != nil {
		s.t.Fatal(err)
	}
}

// TestTheBoardIsRightBehindASpoiledNetwork: things go on at the station meanwhile.
func TestTheBoardIsRightBehindASpoiledNetwork(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		spoil func(p *spoiler, s *site)
		least int64 // losses
		none  bool  // no loss at all
	}{
		{"frames are late, and not evenly", func(p *spoiler, s *site) {
			p.add("latency", "downstream", `"latency":60,"jitter":50`)
			p.add("latency", "upstream", `"latency":30,"jitter":20`)
			s.goesOn(p.t, 12)
		}, 0, true},
		{"frames come in slices", func(p *spoiler, s *site) {
			p.add("slicer", "downstream", `"average_size":40,"size_variation":39,"delay":10`)
			p.add("slicer", "upstream", `"average_size":40,"size_variation":39,"delay":10`)
			s.goesOn(p.t, 12)
		}, 0, true},
		{"connections are reset", func(p *spoiler, s *site) {
			for n := range int64(3) {
				p.add("reset_peer", "downstream", `"timeout":0`)
				happens(p.t, "a loss", func() bool { return s.losses.Load() > n })
				p.clear()
				s.heals(p.t)
			}
		}, 3, false},
		{"connections end in the middle of a frame", func(p *spoiler, s *site) {
			for n, bytes := range []int{400, 900, 1500, 2100, 3333} {
				p.add("limit_data", "downstream", fmt.Sprintf(`"bytes":%d`, bytes))
				happens(p.t, "a loss", func() bool { return s.losses.Load() > int64(n) })
				p.clear()
				s.heals(p.t)
			}
		}, 5, false},
		{"nothing comes through any more, and nobody says so", func(p *spoiler, s *site) {
			p.add("timeout", "downstream", `"timeout":0`)
			happens(p.t, "a loss", func() bool { return s.losses.Load() > 0 })
			p.clear()
		}, 1, false},
		{"the server hangs up and the network tells it late", func(p *spoiler, s *site) {
			p.add("slow_close", "downstream", `"delay":300`)
			for n := range int64(3) {
				p.cutAtServer(s)
				happens(p.t, "a loss", func() bool { return s.losses.Load() > n })
				s.heals(p.t)
			}
		}, 3, false},
		{"the proxy goes away and comes back", func(p *spoiler, s *site) {
			for n := range int64(3) {
				p.again()
				happens(p.t, "a loss", func() bool { return s.losses.Load() > n })
				s.heals(p.t)
			}
		}, 3, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			srv := quietMock(t, false)
			proxy, aes := newSpoiler(t, srv)
			s := visit(t, srv, aes, nil, 2*time.Second)
			rest := s.bustle(t)
			c.spoil(proxy, s)
			s.heals(t)
			rest()
			s.agrees(t, c.least)
			if n := s.losses.Load(); c.none && n > 0 {
				t.Errorf("the connection was lost %d times, for no reason", n)
			}
		})
	}
}

func (p *spoiler) cutAtServer(s *site) {
	p.t.Helper()
	happens(p.t, "a connection to cut", func() bool { return s.srv.Cut() > 0 })
}

// quietMock is a mock AES without audio.
func quietMock(t *testing.T, secure bool) *mockaes.Server {
	t.Helper()
	srv, err := mockaes.Start(mockaes.Options{Silent: true, TLS: secure})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Close)
	return srv
}
