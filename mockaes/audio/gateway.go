package audio

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"sync"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// Options configures [NewGateway]. The zero value is ready to use.
type Options struct {
	Clock clock.Clock // the switch's; nil is clock.Real
	// Dir is where wav:FILE finds files; "" allows the package's own speech only.
	Dir string
	// Listen opens sockets; nil uses UDP.
	Listen func(netip.AddrPort) (rtpmedia.PacketConn, error)
	// OnlyHere sends to this machine alone.
	OnlyHere bool
	// Secrets is where keys come from; nil is crypto/rand.
	Secrets io.Reader
	// Port is the one by which all streams go, and an even one; their reports go by the
	// next. Zero gives each stream ports of its own, as a switch does. It does not go
	// together with Listen, and needs Linux.
	Port uint16
	Log  *slog.Logger // nil discards
}

// Gateway carries the audio of one switch, or ([Gateway.For]) of several.
type Gateway struct {
	opts Options
	bank *bank

	ctx  context.Context // ends when Shutdown begins
	stop context.CancelFunc
	work sync.WaitGroup
	keys chan key // digits that terminals dial; never closed

	mu     sync.Mutex // the switch's lock is taken before it, legs' locks after it
	closed bool
	legs   map[pbx.LegID]*leg
	calls  map[callKey][]pbx.LegID
	files  map[string]*tape // recordings that are being written
	engine *rtpmedia.Engine // of all streams over UDP; nil before the first
	trunks trunks           // the shared ports, if there are any
}

// key is a digit that a terminal dialled.
type key struct {
	leg   pbx.LegID
	digit string
}

var (
	_ pbx.Media     = (*Gateway)(nil)
	_ pbx.Addresses = (*Gateway)(nil)
	_ pbx.Voices    = (*Gateway)(nil)
	_ pbx.Recorder  = (*Gateway)(nil)
)

// callKey names a call: each switch has ids of its own.
type callKey struct {
	at string // the name of the switch
	id csta.CallID
}

// side is a gateway as one of several switches sees it.
type side struct {
	*Gateway
	name string
}

// Route connects the parties of a call of that switch.
func (s side) Route(call csta.CallID, parties []pbx.Heard) {
	s.route(callKey{s.name, call}, parties)
}

// For is the gateway for one of several switches, by its name.
func (g *Gateway) For(name string) pbx.Media { return side{g, name} }

// NewGateway returns a gateway without any streams. It has to be started.
func NewGateway(o Options) *Gateway {
	if o.Clock == nil {
		o.Clock = clock.Real()
	}
	if o.Secrets == nil {
		o.Secrets = rand.Reader
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	g := &Gateway{
		opts: o, bank: newBank(o.Dir), keys: make(chan key, 256),
		legs: make(map[pbx.LegID]*leg), calls: make(map[callKey][]pbx.LegID),
		files: make(map[string]*tape), trunks: make(trunks),
	}
	g.ctx, g.stop = context.WithCancel(context.Background())
	return g
}

// Start passes the digits that terminals dial by RFC 4733 to the switch, from a
// goroutine that holds no lock.
func (g *Gateway) Start(digits func(leg pbx.LegID, digits string)) {
	g.work.Go(func() {
		for {
			select {
			case k := <-g.keys:
				digits(k.leg, k.digit)
			case <-g.ctx.Done():
				return
			}
		}
	})
}

// Shutdown ends all streams and waits for everything that the gateway started.
func (g *Gateway) Shutdown() {
	g.mu.Lock()
	g.closed = true
	for id := range g.legs {
		g.remove(id)
	}
	engine := g.engine
	g.mu.Unlock()
	g.stop()
	g.work.Wait()
	g.trunks.close(g.opts.Log)
	if engine != nil {
		_ = engine.Close() // it has no way to fail
	}
}

// Open binds ports for a terminal's stream and begins to send to where the terminal
// said that it listens.
func (g *Gateway) Open(id pbx.LegID, far csta.MediaInfo, terms pbx.Terms) (pbx.Near, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	none := pbx.Near{}
	if g.closed {
		return none, fmt.Errorf("audio: Open: %w", rtpmedia.ErrClosed)
	}
	if err := g.CheckFar(far); err != nil {
		return none, fmt.Errorf("audio: Open: %w", err)
	}
	rtp, err := addrPort(far.RTP)
	if err != nil {
		return none, fmt.Errorf("audio: Open: %w", err)
	}
	config, err := g.ports(near(rtp.Addr()))
	if err != nil {
		return none, fmt.Errorf("audio: Open: %w", err)
	}
	session, err := rtpmedia.Open(config)
	if err != nil {
		return none, fmt.Errorf("audio: Open: %w", err)
	}
	l := newLeg(id)
	l.session = session
	session.SetSource(l)
	session.SetSink(l)
	session.OnDigit(func(d rtpmedia.Digit) { g.pressed(id, d) })
	remote, keys := remoteOf(rtp, far, terms), g.keysFor(terms)
	remote.Encryption = encryption(terms, keys)
	if err := session.Start(remote); err != nil {
		_ = session.Close() // the first error is the one to tell
		return none, fmt.Errorf("audio: Open: %w", err)
	}
	g.legs[id] = l
	return pbx.Near{Keys: keys, MediaInfo: csta.MediaInfo{
		RTP: ipAddress(session.LocalRTP()), RTCP: ipAddress(session.LocalRTCP()),
		Codecs: []string{terms.Codec}, PacketSize: max(far.PacketSize, 20),
		Encryption: []string{terms.Encryption},
	}}, nil
}

// paced is the engine that all streams share, since a thread for hundreds of them
// costs much less than a timer for each. A network of the caller's own may run on a clock
// that an engine's thread cannot wait for: nil. The caller holds mu.
func (g *Gateway) paced() *rtpmedia.Engine {
	if g.engine == nil && g.opts.Listen == nil {
		g.engine = rtpmedia.NewEngine(rtpmedia.EngineOptions{})
	}
	return g.engine
}

// Close ends the stream of a terminal. Its ports are given back a moment later.
func (g *Gateway) Close(id pbx.LegID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.remove(id)
}

// pressed notes a digit of a terminal when its key goes down. It must not block.
func (g *Gateway) pressed(id pbx.LegID, d rtpmedia.Digit) {
	if d.Ended {
		return
	}
	select {
	case g.keys <- key{id, string(d.Digit)}:
	default:
		g.opts.Log.Warn("digit was lost", slog.Uint64("leg", uint64(id)))
	}
}

// remove takes a leg out of everything. The caller holds mu.
func (g *Gateway) remove(id pbx.LegID) {
	l := g.legs[id]
	if l == nil {
		return
	}
	g.silence(l)
	g.mute(l)
	delete(g.legs, id)
	l.tape.stop()
	if l.session == nil {
		return
	}
	l.session.Stop()
	// Close waits for goroutines that may be waiting for the switch, whose lock our
	// caller holds.
	g.work.Go(func() {
		if err := l.session.Close(); err != nil {
			g.opts.Log.Warn("stream was not closed in order", slog.Any("error", err))
		}
	})
}
