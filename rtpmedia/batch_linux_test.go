package rtpmedia

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"testing"
	"time"
)

func openBatch(t *testing.T, at string) *batch {
	t.Helper()
	conn, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(netip.MustParseAddrPort(at)))
	if err != nil {
		t.Skipf("%s cannot be bound: %v", at, err)
	}
	b, err := newBatch(conn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// readAll reads so many datagrams, as data and sender.
func (b *batch) readAll(t *testing.T, most int) (all []string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); len(all) < most; {
		n, err := b.read()
		if err != nil || time.Now().After(deadline) {
			t.Fatalf("%d of %d datagrams: %v", len(all), most, err)
		}
		now := time.Now()
		for i := range n {
			data, waited := b.datagram(i, now)
			if waited < 0 || waited > longest {
				t.Errorf("a datagram waited for %v", waited)
			}
			all = append(all, fmt.Sprint(string(data), " from ", b.from(i)))
		}
	}
	return all
}

func TestABatchIsWhatItsDatagramsAreOneByOne(t *testing.T) {
	for _, at := range []string{"127.0.0.1:0", "[::1]:0"} {
		t.Run(at, func(t *testing.T) {
			out, in := openBatch(t, at), openBatch(t, at)
			from, to := localPort(out), localPort(in)
			var want []string
			for _, n := range []int{1, batchSize, 3} {
				for i := range n {
					data := bytes.Repeat([]byte{'a' + byte(i%26)}, (i*97)%(maxDatagram+1))
					out.put(data, to)
					want = append(want, fmt.Sprint(string(data), " from ", from))
				}
				if out.full() != (n == batchSize) {
					t.Errorf("after %d datagrams full is %t", n, out.full())
				}
				if failed := out.flush(); failed != 0 {
					t.Errorf("%d of %d were not sent", failed, n)
				}
			}
			for i, got := range in.readAll(t, len(want)) {
				if got != want[i] {
					t.Errorf("datagram %d: %.40q, want %.40q", i, got, want[i])
				}
			}
		})
	}
}

// Port 0 is nobody's, and the kernel refuses to send there.
func TestADatagramThatCannotBeSentHoldsUpNoOther(t *testing.T) {
	out, in := openBatch(t, "127.0.0.1:0"), openBatch(t, "127.0.0.1:0")
	nowhere := netip.AddrPortFrom(localPort(in).Addr(), 0)
	for i, to := range []netip.AddrPort{nowhere, localPort(in), nowhere, nowhere, localPort(in)} {
		out.put([]byte{'0' + byte(i)}, to)
	}
	if failed := out.flush(); failed != 3 {
		t.Errorf("%d were not sent, want 3", failed)
	}
	want := fmt.Sprintf("[1 from %[1]v 4 from %[1]v]", localPort(out))
	if got := fmt.Sprint(in.readAll(t, 2)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAZoneIsTheSameThereAndBack(t *testing.T) {
	for _, text := range []string{"fe80::1%3", "fe80::1", "127.0.0.1", "::1"} {
		to := netip.AddrPortFrom(netip.MustParseAddr(text), 5004)
		a := newAddress(to, true)
		if got := a.addrPort(); got != to {
			t.Errorf("%v became %v", to, got)
		}
	}
}

func TestABatchAllocatesNothing(t *testing.T) {
	out, in := openBatch(t, "127.0.0.1:0"), openBatch(t, "127.0.0.1:0")
	to, data := localPort(in), make([]byte, 172)
	if n := testing.AllocsPerRun(100, func() {
		for range batchSize {
			out.put(data, to)
		}
		out.flush()
		n, _ := in.read()
		for i := range n {
			_, _ = in.datagram(i, time.Time{})
			_ = in.from(i)
		}
	}); n != 0 {
		t.Errorf("%v allocations for %d datagrams", n, batchSize)
	}
}

func TestAClosedBatchIsNotRead(t *testing.T) {
	b := openBatch(t, "127.0.0.1:0")
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.read(); err == nil {
		t.Error("it was read")
	}
}
