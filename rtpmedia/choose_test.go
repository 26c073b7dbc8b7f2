package rtpmedia

import (
	"testing"
	"time"
)

// arrival is one packet of a source, 20 ms after the one before it.
type arrival struct {
	far  bool // from the signalled address
	ssrc uint32
}

// row is count arrivals of one kind.
func row(count int, a arrival) []arrival {
	list := make([]arrival, count)
	for i := range list {
		list[i] = a
	}
	return list
}

func join(rows ...[]arrival) (all []arrival) {
	for _, r := range rows {
		all = append(all, r...)
	}
	return all
}

func TestTheSignalledAddressIsHeardBeforeAllOthers(t *testing.T) {
	const far, evil = 0x600d, 0xe
	for name, c := range map[string]struct {
		arrivals []arrival
		want     uint32
	}{
		"nobody else is heard in the first 200 ms": {
			row(9, arrival{false, evil}), 0,
		},
		"behind a translator of addresses it is heard after 200 ms": {
			row(12, arrival{false, far}), far,
		},
		"its first packet ends what another one has begun": {
			join(row(20, arrival{false, evil}), row(1, arrival{true, far})), far,
		},
		"it goes on though another one does, too": {
			join(
				row(20, arrival{false, evil}), row(1, arrival{true, far}),
				row(3, arrival{false, evil}),
			), far,
		},
		"silent for a moment it is still waited for": {
			join(row(5, arrival{true, far}), row(9, arrival{false, evil})), far,
		},
		"two packets in a row are another source of its own": {
			join(row(5, arrival{true, 1}), row(2, arrival{true, far})), far,
		},
		"one packet is not": {
			join(row(5, arrival{true, far}), row(1, arrival{true, 2})), far,
		},
	} {
		m := newManual(t, "g711U")
		for i, a := range c.arrivals {
			from := stranger
			if a.far {
				from = m.peer
			}
			m.feed(from, a.ssrc, i, 1, 0)
		}
		if got := m.Stats().RemoteSSRC; got != c.want {
			t.Errorf("%s: %#x is played, want %#x", name, got, c.want)
		}
	}
}

func TestAFloodCannotKeepTheFarEndFromChangingItsSource(t *testing.T) {
	m := newManual(t, "g711U")
	m.feed(m.peer, 1, 0, 5, 0)
	for i := range 5 {
		for j := range uint32(3) {
			at := m.now.Sub(m.epoch)
			m.receive(packet(7, 0, 1000+uint32(i)*3+j, 0, nil), stranger, at)
		}
		m.feed(m.peer, 2, 100+i, 1, 0)
	}
	if got := m.Stats(); got.RemoteSSRC != 2 {
		t.Errorf("%d is played", got.RemoteSSRC)
	}
}

func TestAGoodbyeEndsTheWaitForTheFarEnd(t *testing.T) {
	m := newManual(t, "g711U")
	m.feed(m.peer, 1, 0, 20, 0)
	goodbye := []byte{0x81, 203, 0, 1, 0, 0, 0, 1} // RFC 3550 §6.6
	m.receiveReport(goodbye, m.peer, m.now.Sub(m.epoch))
	m.feed(stranger, 2, 0, 2, 0)
	if got := m.Stats(); got.RemoteSSRC != 2 {
		t.Errorf("%d is played after the far end's goodbye", got.RemoteSSRC)
	}
}

func TestOnceLatchedTheSignalledAddressIsAStranger(t *testing.T) {
	m := newManual(t, "g711U")
	m.in.latch.wanted = true
	m.feed(stranger, 1, 0, 5, 0)
	m.feed(m.peer, 2, 0, 5, 0)
	if got := m.Stats(); got.RemoteSSRC != 1 || m.out.to != stranger {
		t.Errorf("%d is played, sent to %v", got.RemoteSSRC, m.out.to)
	}
	m.now = m.now.Add(patience + time.Millisecond)
	m.feed(m.peer, 2, 5, 2, 0)
	if got := m.Stats().RemoteSSRC; got != 2 {
		t.Errorf("%d is played after the latched address fell silent", got)
	}
}
