package netsim

import (
	"errors"
	"math"
	"net"
	"net/netip"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

var (
	here  = netip.MustParseAddrPort("10.0.0.1:4000")
	there = netip.MustParseAddrPort("10.0.0.2:4000")
)

// passage is one datagram that arrived.
type passage struct {
	number int
	late   time.Duration
}

// send sends datagrams 20 ms apart and returns what arrives.
func send(t *testing.T, p Profile, count int) []passage {
	t.Helper()
	var out []passage
	synctest.Test(t, func(t *testing.T) {
		n := New(p)
		a, err := n.Listen(here)
		if err != nil {
			t.Fatal(err)
		}
		b, err := n.Listen(there)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		done := make(chan struct{})
		go func() {
			defer close(done)
			buf := make([]byte, 16)
			for {
				if _, _, err := b.ReadFromUDPAddrPort(buf); err != nil {
					return
				}
				number := int(buf[0])<<16 | int(buf[1])<<8 | int(buf[2])
				sent := began.Add(time.Duration(number) * 20 * time.Millisecond)
				out = append(out, passage{number, time.Since(sent)})
			}
		}()
		for i := range count {
			_, _ = a.WriteToUDPAddrPort([]byte{byte(i >> 16), byte(i >> 8), byte(i)}, there)
			time.Sleep(20 * time.Millisecond)
		}
		time.Sleep(10 * time.Second)
		_, _ = a.Close(), b.Close()
		<-done
	})
	return out
}

func TestAPerfectNetworkDeliversAtOnceAndInOrder(t *testing.T) {
	for i, p := range send(t, Profile{}, 100) {
		if p.number != i || p.late != 0 {
			t.Fatalf("datagram %d arrived as number %d after %v", p.number, i, p.late)
		}
	}
}

func TestLossIsTheShareThatWasAskedFor(t *testing.T) {
	for _, c := range []struct{ loss, burst float64 }{{0.01, 0}, {0.05, 0}, {0.1, 0}, {0.05, 4}} {
		const count = 50000
		got := send(t, Profile{Loss: c.loss, Burst: c.burst, Seed: 5}, count)
		lost := 1 - float64(len(got))/count
		if math.Abs(lost-c.loss) > 0.003 {
			t.Errorf("%v in bursts of %v: lost %.4f", c.loss, c.burst, lost)
		}
		bursts, last := 0, -1
		for _, p := range got {
			if p.number != last+1 {
				bursts++
			}
			last = p.number
		}
		length := float64(count-len(got)) / float64(bursts)
		if c.burst > 1 && math.Abs(length-c.burst) > 0.3 {
			t.Errorf("bursts of %.2f on average, want %v", length, c.burst)
		}
	}
}

func TestJitterIsWhatRFC3550Measures(t *testing.T) {
	for _, want := range []time.Duration{20 * time.Millisecond, 40 * time.Millisecond} {
		got := send(t, Profile{Jitter: want, Ordered: false, Seed: 9}, 20000)
		late := make([]time.Duration, 20000)
		for _, p := range got {
			late[p.number] = p.late
		}
		var sum time.Duration
		for i := 1; i < len(late); i++ {
			sum += (late[i] - late[i-1]).Abs()
		}
		mean := sum / time.Duration(len(late)-1)
		if (mean - want).Abs() > want/50 {
			t.Errorf("asked for %v, mean difference %v", want, mean)
		}
	}
}

func TestDelayReorderingAndDuplicates(t *testing.T) {
	const count = 10000
	got := send(t, Profile{Delay: 50 * time.Millisecond, Reorder: 0.02, Duplicate: 0.01}, count)
	behind, newest := 0, -1
	for _, p := range got {
		if p.late < 50*time.Millisecond {
			t.Fatalf("datagram %d took %v", p.number, p.late)
		}
		if p.number < newest {
			behind++
		}
		newest = max(newest, p.number)
	}
	if behind < 150 || behind > 250 {
		t.Errorf("%d of %d were overtaken, want about 200", behind, count)
	}
	if extra := len(got) - count; extra < 60 || extra > 140 {
		t.Errorf("%d of %d came twice, want about 100", extra, count)
	}
}

func TestDriftLetsDelaysGrow(t *testing.T) {
	got := send(t, Profile{DriftPPM: 200}, 5000) // 100 s
	if last := got[len(got)-1].late; (last - 20*time.Millisecond).Abs() > time.Millisecond {
		t.Errorf("after 100 s of 200 ppm the delay is %v, want 20ms", last)
	}
}

func TestTheSameSeedGivesTheSameNetwork(t *testing.T) {
	p := Profile{Loss: 0.1, Jitter: 5 * time.Millisecond, Seed: 77}
	a, b := send(t, p, 1000), send(t, p, 1000)
	if len(a) != len(b) {
		t.Fatalf("%d and %d arrived", len(a), len(b))
	}
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("%+v and %+v", a[i], b[i])
		}
	}
}

func TestAnAddressIsTakenOnce(t *testing.T) {
	n := New(Profile{})
	c, err := n.Listen(here)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.Listen(here); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("the second time: %v", err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.WriteToUDPAddrPort(nil, there); !errors.Is(err, net.ErrClosed) {
		t.Errorf("write after Close: %v", err)
	}
	if _, err := n.Listen(here); err != nil {
		t.Errorf("after Close: %v", err)
	}
}

func TestARealSocketCanSuffer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := New(Profile{})
		a, _ := n.Listen(here)
		b, _ := n.Listen(there)
		bad := Impair(a, Profile{Delay: 30 * time.Millisecond})
		began := time.Now()
		if _, err := bad.WriteToUDPAddrPort([]byte("x"), there); err != nil {
			t.Fatal(err)
		}
		if _, from, err := b.ReadFromUDPAddrPort(make([]byte, 4)); err != nil || from != here {
			t.Errorf("from %v, %v", from, err)
		}
		if got := time.Since(began); got != 30*time.Millisecond {
			t.Errorf("it took %v", got)
		}
		if err := errors.Join(bad.Close(), b.Close()); err != nil {
			t.Error(err)
		}
		if err := bad.Close(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("the second Close: %v", err)
		}
	})
}
