package session

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/wtiphone/wtiphone/bench/measure"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/wti"
)

// variable says to the test binary that it is to be a mock with so many stations.
const variable = "WTIPHONE_BENCH_STATIONS"

func TestMain(m *testing.M) {
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil {
		serve(n)
		return
	}
	os.Exit(m.Run())
}

// serve is what the mock's process does, until its input ends.
func serve(stations int) {
	lab := pbx.Lab{Name: "CM1"}
	for i := range stations {
		lab.Stations = append(lab.Stations, pbx.Station{Extension: extension(i)})
	}
	s, err := mockaes.Start(mockaes.Options{Lab: &lab, Silent: true})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(s.WTI, s.Admin)
	_, _ = os.Stdin.Read(make([]byte, 1))
	s.Close()
}

func extension(i int) string { return strconv.Itoa(10_001 + i) }

// mock is a mock AES in another process.
type mock struct{ wti, admin string }

func startMock(b *testing.B, stations int) mock {
	b.Helper()
	words, _ := measure.Child(b, variable+"="+strconv.Itoa(stations))
	return mock{words[0], words[1]}
}

// expire lets the time of every session run out.
func (m mock) expire(b *testing.B) {
	b.Helper()
	response, err := http.Post(m.admin+"/sessions/expire", "application/json", nil)
	if err != nil {
		b.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		b.Fatal(response.Status)
	}
}

// network dials for a session, counts its bytes, and can cut the connection.
type network struct {
	in, out atomic.Int64

	mu   sync.Mutex
	last net.Conn
}

func (n *network) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.last = c
	return counted{c, n}, nil
}

// cut ends the connection as a reset by the network does.
func (n *network) cut() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if c, ok := n.last.(*net.TCPConn); ok {
		_ = c.SetLinger(0)
	}
	_ = n.last.Close()
}

// bytes are those of both directions.
func (n *network) bytes() float64 { return float64(n.in.Load() + n.out.Load()) }

type counted struct {
	net.Conn
	network *network
}

func (c counted) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.network.in.Add(int64(n))
	return n, err
}

func (c counted) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.network.out.Add(int64(n))
	return n, err
}

func open(b *testing.B, address string, n *network) *wti.Session {
	b.Helper()
	s, err := wti.Dial(b.Context(), address, wti.Options{
		User: "cti", Password: "cti-secret", DialContext: n.dial,
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// monitor starts n monitors, many at a time, as a program does that starts.
func monitor(b *testing.B, s *wti.Session, n int) []*wti.Monitor {
	b.Helper()
	const together = 64
	monitors := make([]*wti.Monitor, n)
	var wg sync.WaitGroup
	for w := range together {
		wg.Go(func() {
			for i := w; i < n; i += together {
				m, err := s.Monitor(b.Context(), csta.MonitorStart{
					Object: csta.MonitorObject{Device: csta.DeviceID(extension(i) + ":CM1::0")},
				})
				if err != nil {
					b.Error(err)
					return
				}
				monitors[i] = m
			}
		})
	}
	wg.Wait()
	if b.Failed() {
		b.FailNow()
	}
	return monitors
}
