package rtpmedia_test

import (
	"net"
	"net/netip"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

func TestASessionOfAnEngineHasNoGoroutines(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("sockets are not polled here")
	}
	engine := newEngine(t)
	before := runtime.NumGoroutine()
	for range 20 {
		s, err := rtpmedia.Open(rtpmedia.Config{Engine: engine})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := s.Start(rtpmedia.Remote{RTP: s.LocalRTP(), Codec: "g711U"}); err != nil {
			t.Fatal(err)
		}
	}
	// Other tests may end some of theirs meanwhile.
	if n := runtime.NumGoroutine() - before; n > 5 {
		t.Errorf("%d goroutines of 20 sessions", n)
	}
}

func TestDigitsAreToldOutsideOfAllLocks(t *testing.T) {
	for _, engine := range []*rtpmedia.Engine{nil, newEngine(t)} {
		s, err := rtpmedia.Open(rtpmedia.Config{Engine: engine})
		if err != nil {
			t.Fatal(err)
		}
		told := make(chan rtpmedia.Digit, 10)
		s.OnDigit(func(d rtpmedia.Digit) {
			_ = s.Stats() // would wait for ever where a lock is held
			told <- d
		})
		if err := s.Start(rtpmedia.Remote{RTP: s.LocalRTP(), Codec: "g711U"}); err != nil {
			t.Fatal(err)
		}
		if err := s.SendDigits(t.Context(), "7"); err != nil {
			t.Fatal(err)
		}
		if d := <-told; d.Digit != '7' || d.Ended {
			t.Errorf("told %+v first", d)
		}
		if d := <-told; d.Digit != '7' || !d.Ended {
			t.Errorf("told %+v then", d)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// The kernel gives the number of a closed socket to the next that is opened. Whoever
// reads by a number that is not theirs any more takes what is another's.
func TestAnEngineReadsNoSocketThatIsClosed(t *testing.T) {
	engine := newEngine(t)
	var work sync.WaitGroup
	over := make(chan struct{})
	for range 4 {
		work.Go(func() {
			for {
				select {
				case <-over:
					return
				default:
				}
				s, err := rtpmedia.Open(rtpmedia.Config{Engine: engine})
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Start(rtpmedia.Remote{RTP: s.LocalRTP(), Codec: "g711U"}); err != nil {
					t.Error(err)
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 300 {
		if err := talkToOneself(); err != nil {
			t.Error(err)
			break
		}
	}
	close(over)
	work.Wait()
}

// talkToOneself opens a socket and waits for what it sends to itself.
func talkToOneself() error {
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return err
	}
	to := conn.LocalAddr().(*net.UDPAddr).AddrPort()
	buffer := make([]byte, 10)
	for range 10 {
		if _, err := conn.WriteToUDPAddrPort([]byte("mine"), to); err != nil {
			return err
		}
		var from netip.AddrPort
		for from != to { // what comes from others does not count
			if _, from, err = conn.ReadFromUDPAddrPort(buffer); err != nil {
				return err
			}
		}
	}
	return nil
}

func TestWhatCameBeforeStartIsUnwanted(t *testing.T) {
	engine := newEngine(t)
	for _, paced := range []*rtpmedia.Engine{nil, engine} {
		s, err := rtpmedia.Open(rtpmedia.Config{Engine: paced})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		far, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
		if err != nil {
			t.Fatal(err)
		}
		defer far.Close()
		data := make([]byte, 172)
		data[0] = 0x80
		for range 20 {
			if _, err := far.WriteToUDPAddrPort(data, s.LocalRTP()); err != nil {
				t.Fatal(err)
			}
		}
		for s.Stats().Unwanted < 20 {
			runtime.Gosched()
		}
		if got := s.Stats(); got.Unwanted != 20 || got.Received != 0 {
			t.Errorf("%d unwanted, %d received", got.Unwanted, got.Received)
		}
	}
}
