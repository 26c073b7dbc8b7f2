//go:build unix

package interop_test

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/mockaes"
)

// toxiproxy builds the server once. Its module is that of the tools, so that nothing of it
// is in ours.
var toxiproxy = sync.OnceValues(func() (path string, err error) {
	path = filepath.Join(filepath.Dir(wtiphone), "toxiproxy")
	build := exec.Command("go", "build", "-modfile=../tools/go.mod", "-o", path,
		"github.com/Shopify/toxiproxy/v2/cmd/server")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("toxiproxy was not built: %w\n%s", err, out)
	}
	return path, nil
})

// spoiler is a proxy that spoils the network between a session and its AES.
type spoiler struct {
	t      *testing.T
	api    string
	toxics []string // names
}

func newSpoiler(t *testing.T, srv *mockaes.Server) (s *spoiler, aes string) {
	t.Helper()
	path, err := toxiproxy()
	if err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host, port, err := net.SplitHostPort(free.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_ = free.Close() // the server takes no port of the system's choice
	server := start(t, nil, path, "-host", host, "-port", port)
	s = &spoiler{t: t, api: "http://" + net.JoinHostPort(host, port)}
	happens(t, "toxiproxy listens", func() bool {
		select {
		case <-server.done:
			t.Fatalf("toxiproxy ended: %s", strings.Join(server.out.all(), "\n"))
		default:
		}
		response, err := http.Get(s.api + "/version")
		if err != nil {
			return false
		}
		return response.Body.Close() == nil && response.StatusCode == http.StatusOK
	})
	var proxy struct{ Listen string }
	s.ask(http.MethodPost, "/proxies", &proxy, fmt.Sprintf(
		`{"name":"aes","listen":"127.0.0.1:0","upstream":%q,"enabled":true}`,
		strings.TrimPrefix(srv.URL, "http://")))
	return s, "ws://" + proxy.Listen
}

// ask sends a request to the server's interface; reply nil takes no answer.
func (s *spoiler) ask(method, path string, reply any, body string) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.api+path,
		strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode/100 != 2 {
		s.t.Fatalf("%s %s: %s", method, path, response.Status)
	}
	if reply == nil {
		return
	}
	if err := json.NewDecoder(response.Body).Decode(reply); err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
}

// add spoils one direction: upstream is towards AES.
func (s *spoiler) add(kind, stream, attributes string) {
	s.t.Helper()
	name := kind + "-" + stream
	s.ask(http.MethodPost, "/proxies/aes/toxics", nil, fmt.Sprintf(
		`{"name":%q,"type":%q,"stream":%q,"attributes":{%s}}`, name, kind, stream, attributes))
	s.toxics = append(s.toxics, name)
}

func (s *spoiler) clear() {
	s.t.Helper()
	for _, name := range s.toxics {
		s.ask(http.MethodDelete, "/proxies/aes/toxics/"+name, nil, "")
	}
	s.toxics = nil
}

// again makes the proxy serve anew at the same address.
func (s *spoiler) again() {
	s.t.Helper()
	s.ask(http.MethodPost, "/proxies/aes", nil, `{"enabled":false}`)
	s.ask(http.MethodPost, "/proxies/aes", nil, `{"enabled":true}`)
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
