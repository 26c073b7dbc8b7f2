package rtpmedia

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"
)

// ErrAddressTaken is returned by Start when another session of the same [Trunk] has a
// stream with the same far address.
var ErrAddressTaken = errors.New("rtpmedia: another session of the trunk has this far address")

// Trunk is one pair of ports that many sessions share, for programs that hold more legs
// than they want sockets: a mock of a switch, a generator of load. Datagrams are read
// and sent many at a time, and each finds its session by the far address that was given
// to Start. So
//
//   - no two sessions of a trunk can have the same far address ([ErrAddressTaken]),
//   - a far end that sends from another address than it told is not heard, and a
//     session cannot latch,
//   - who floods the port floods all its sessions; what belongs to no session costs
//     little and is counted.
//
// A digit is told by the trunk's thread, and who is told must not close the trunk.
//
// A telephone, and whatever hears from behind translators of addresses, has to use
// ports of its own. Trunks exist on Linux.
type Trunk struct {
	engine *Engine
	thread int // of the engine, which all sessions share
	log    *slog.Logger

	reading sync.Mutex // guards the reading of the sockets; never wanted with sending held
	reports time.Time  // when they are looked for next
	broken  bool       // reading failed, which was told
	heard   rtp.Packet // what is made of a datagram

	sending sync.Mutex // guards what waits to be sent, and closed
	audio   *batch
	control polled
	closed  bool

	routing sync.RWMutex // guards the routes, nothing is called while it is held
	byRTP   routes
	byRTCP  routes

	unknown, failed atomic.Uint64
}

// TrunkConfig configures [OpenTrunk]. Engine is needed; the zero values of the other
// fields are those of [Config].
type TrunkConfig struct {
	Engine           *Engine
	Address          netip.Addr
	PortMin, PortMax uint16
	DSCP             int
	Log              *slog.Logger
}

// TrunkStats is what happened to datagrams that belong to no single session.
type TrunkStats struct {
	Sessions   int    // with a stream
	Unknown    uint64 // came from addresses that no session expects
	SendFailed uint64
}

// OpenTrunk binds a pair of ports for sessions whose [Config] names the trunk. They
// all run on one thread of the engine. The error wraps [errors.ErrUnsupported] on
// platforms that have no trunks.
func OpenTrunk(c TrunkConfig) (*Trunk, error) {
	t, err := openTrunk(c)
	if err != nil {
		return nil, fmt.Errorf("rtpmedia: OpenTrunk: %w", err)
	}
	return t, nil
}

func openTrunk(c TrunkConfig) (*Trunk, error) {
	if c.Engine == nil {
		return nil, errors.New("a trunk needs an engine")
	}
	cfg := Config{
		Address: c.Address, PortMin: c.PortMin, PortMax: c.PortMax, DSCP: c.DSCP, Log: c.Log,
	}.withDefaults()
	if err := cfg.check(); err != nil {
		return nil, err
	}
	rtp, rtcp, err := listenPair(cfg)
	if err != nil {
		return nil, err
	}
	t := &Trunk{
		engine: c.Engine, thread: c.Engine.wheel.Thread(), log: cfg.Log,
		byRTP: newRoutes(), byRTCP: newRoutes(),
	}
	if t.audio, err = newBatch(rtp.(*net.UDPConn)); err != nil {
		return nil, errors.Join(err, rtp.Close(), rtcp.Close())
	}
	if t.control, err = poll(rtcp.(*net.UDPConn)); err != nil {
		return nil, errors.Join(err, t.audio.Close(), rtcp.Close())
	}
	c.Engine.wheel.Between(t.thread, t.between)
	return t, nil
}

// LocalRTP is the address for the audio of all sessions.
func (t *Trunk) LocalRTP() netip.AddrPort { return localPort(t.audio) }

// LocalRTCP is the address for their reports.
func (t *Trunk) LocalRTCP() netip.AddrPort { return localPort(t.control) }

// Stats returns the figures as they are now.
func (t *Trunk) Stats() TrunkStats {
	t.routing.RLock()
	defer t.routing.RUnlock()
	return TrunkStats{t.byRTP.size(), t.unknown.Load(), t.failed.Load()}
}

// Close gives the ports back. The sessions are to be closed before. A second call does
// nothing.
func (t *Trunk) Close() error {
	t.reading.Lock()
	defer t.reading.Unlock()
	t.sending.Lock()
	defer t.sending.Unlock()
	if t.closed {
		return nil
	}
	t.closed = true
	t.flush()
	if err := errors.Join(t.audio.Close(), t.control.Close()); err != nil {
		return fmt.Errorf("rtpmedia: Trunk: Close: %w", err)
	}
	return nil
}

// route lets what comes from r go to s, and nothing that comes from where s was before.
// A zero r is nowhere.
func (t *Trunk) route(s *Session, before, r Remote) error {
	t.routing.Lock()
	defer t.routing.Unlock()
	if t.byRTP.taken(r.RTP, s) {
		return fmt.Errorf("%v: %w", r.RTP, ErrAddressTaken)
	}
	if t.byRTCP.taken(r.RTCP, s) {
		return fmt.Errorf("%v: %w", r.RTCP, ErrAddressTaken)
	}
	t.byRTP.drop(before.RTP, s)
	t.byRTCP.drop(before.RTCP, s)
	t.byRTP.set(r.RTP, s)
	t.byRTCP.set(r.RTCP, s)
	return nil
}

// between sends what sessions have given to be sent, and gives them what has come. It
// returns false when the trunk is closed.
func (t *Trunk) between(now time.Time) bool {
	t.reading.Lock()
	defer t.reading.Unlock()
	t.sending.Lock()
	closed := t.closed
	if !closed {
		t.flush()
	}
	t.sending.Unlock()
	if closed {
		return false
	}
	t.readAudio()
	if !now.Before(t.reports) {
		t.reports = now.Add(framesApart * FrameDuration)
		t.readReports(now)
	}
	return true
}

// readAudio takes what has come, but not more than twice what the sessions can expect
// in a frame. The caller holds reading.
func (t *Trunk) readAudio() {
	t.routing.RLock()
	most := 2*t.byRTP.size() + batchSize
	t.routing.RUnlock()
	for n := batchSize; n == batchSize && most > 0; most -= n {
		now := time.Now()
		var err error
		if n, err = t.audio.read(); err != nil && !t.broken {
			t.broken = true
			t.log.Error("trunk was not read", slog.Any("cause", err))
		}
		t.sort(n, now)
	}
}

// sort gives the first n datagrams that were read to their sessions. The caller holds
// reading.
func (t *Trunk) sort(n int, now time.Time) {
	var to [batchSize]*Session
	var from [batchSize]netip.AddrPort
	t.routing.RLock()
	for i := range n {
		from[i] = t.audio.from(i)
		to[i] = t.byRTP.at(from[i])
	}
	t.routing.RUnlock()
	fetchForPackets(to[:n])
	for i, s := range to[:n] {
		if s == nil {
			t.unknown.Add(1)
			continue
		}
		data, waited := t.audio.datagram(i, now)
		s.take(&t.heard, data, from[i], now.Sub(s.epoch)-waited)
	}
}

// readReports is readAudio for reports, which are few.
func (t *Trunk) readReports(now time.Time) {
	d := desks.Get().(*desk)
	defer desks.Put(d)
	for range perDrain {
		a, err := t.control.read(d, now)
		if err != nil {
			return
		}
		t.routing.RLock()
		s := t.byRTCP.at(a.from)
		t.routing.RUnlock()
		if s == nil {
			t.unknown.Add(1)
			continue
		}
		s.receiveReport(d.data[:a.size], a.from, now.Sub(s.epoch)-a.waited)
	}
}

// push sends what waits, so that nothing of a session that stops is sent later.
func (t *Trunk) push() {
	t.sending.Lock()
	defer t.sending.Unlock()
	if !t.closed {
		t.flush()
	}
}

// flush sends what waits. The caller holds sending.
func (t *Trunk) flush() { t.failed.Add(uint64(t.audio.flush())) }

// trunkAudio and trunkControl are the ports as a session sees them.
type (
	trunkAudio   struct{ *Trunk }
	trunkControl struct{ *Trunk }
)

func (t trunkAudio) LocalAddr() net.Addr { return t.audio.LocalAddr() }

func (trunkAudio) Close() error { return nil }

// WriteToUDPAddrPort keeps b until the thread has come to the end of a few sessions.
func (t trunkAudio) WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error) {
	t.sending.Lock()
	defer t.sending.Unlock()
	if t.closed {
		return 0, net.ErrClosed
	}
	if t.audio.full() {
		t.flush()
	}
	t.audio.put(b, to)
	return len(b), nil
}

func (t trunkControl) LocalAddr() net.Addr { return t.control.LocalAddr() }

func (trunkControl) Close() error { return nil }

// WriteToUDPAddrPort sends b at once: reports are few.
func (t trunkControl) WriteToUDPAddrPort(b []byte, to netip.AddrPort) (int, error) {
	t.sending.Lock()
	defer t.sending.Unlock()
	if t.closed {
		return 0, net.ErrClosed
	}
	return t.control.WriteToUDPAddrPort(b, to)
}
