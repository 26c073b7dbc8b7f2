package rtpmedia

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"sync"
	"time"
)

// Session is one end of an audio stream with ports of its own. All methods may
// be called at any time from any goroutine, except that a source or sink must
// not call Close on the session that is calling it.
//
// What each packet and frame needs stands in front, see layout.go.
type Session struct {
	turn  sync.Mutex // held by the run that is at work; taken before mu
	epoch time.Time  // arrival times count from here
	rtp   socket

	mu       sync.Mutex    // guards all below but what never changes; never held while a
	closed   bool          // source or sink runs
	failures [2]int        // of reading polls, in a row
	polls    [2]polled     // rtp and rtcp, each nil where a goroutine waits for it
	run      *run          // nil while stopped
	since    time.Duration // when it began
	slot     *parcel       // where a packet waits to be sent; nil where none has to
	crypt    *crypt        // nil for a stream in the clear
	source   sourceSlot
	sink     sinkSlot
	dials    []*dial // rows of digits to send, the first being sent
	digits   []Digit // noted and not told yet
	out      sender
	control  reports
	in       receiver // ends with what is needed now and then

	remote  Remote
	onDigit func(Digit)

	cfg   Config // this and what follows never changes
	log   *slog.Logger
	rtcp  socket
	cname string
	loops sync.WaitGroup
}

// flusher is where packets of several sessions wait until they are sent together.
type flusher interface{ Flush() }

// sourceSlot and sinkSlot give each choice a number: what was set may be of
// a type that cannot be compared.
type (
	sourceSlot struct {
		Source
		number int
	}
	sinkSlot struct {
		Sink
		number int
	}
)

// Open binds a pair of ports. Nothing is sent, and what comes is dropped,
// until [Session.Start].
func Open(cfg Config) (*Session, error) {
	cfg = cfg.withDefaults()
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("rtpmedia: Open: %w", err)
	}
	s := &Session{
		cfg: cfg, cname: rand.Text(), epoch: time.Now(),
		source: sourceSlot{Silence(), 0}, sink: sinkSlot{Discard(), 0},
		digits: make([]Digit, 0, maxNotes),
	}
	s.out.init()
	s.out.suppress.wanted = cfg.SuppressSilence
	s.in.init(cfg)
	if err := s.bind(); err != nil {
		return nil, fmt.Errorf("rtpmedia: Open: %w", err)
	}
	return s, nil
}

// bind gives s its sockets.
func (s *Session) bind() error {
	if t := s.cfg.Trunk; t != nil {
		s.cfg.Engine = t.engine
		s.rtp, s.rtcp = trunkAudio{t}, trunkControl{t}
		s.log = s.cfg.Log
		return nil
	}
	rtp, rtcp, err := listenPair(s.cfg)
	if err != nil {
		return err
	}
	s.log = s.cfg.Log.With(slog.String("rtp", localPort(rtp).String()))
	s.rtp, s.rtcp = s.watch(rtp, audio), s.watch(rtcp, report)
	return nil
}

// LocalRTP is the address for audio, to be told to the other side.
func (s *Session) LocalRTP() netip.AddrPort { return localPort(s.rtp) }

// LocalRTCP is the address for reports.
func (s *Session) LocalRTCP() netip.AddrPort { return localPort(s.rtcp) }

// Start begins to send to r and to play what comes. While the stream runs it
// moves it to another address, codec or packet time: the SSRC and the sequence
// numbers go on, and what came from the address before is not played any more.
// The error wraps an [*UnsupportedCodecError] or [*UnsupportedEncryptionError]
// where that is the reason.
func (s *Session) Start(r Remote) error {
	r, codec, err := r.resolve(&s.cfg, s.LocalRTP().Addr())
	if err != nil {
		return fmt.Errorf("rtpmedia: Start: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return fmt.Errorf("rtpmedia: Start: %w", ErrClosed)
	}
	now := time.Now()
	s.drain(now)
	s.post()
	crypt, err := newCrypt(r.Encryption, s.crypt)
	if err != nil {
		return fmt.Errorf("rtpmedia: Start: %w", err)
	}
	if s.cfg.Trunk != nil {
		if err := s.cfg.Trunk.route(s, s.remote, r); err != nil {
			return fmt.Errorf("rtpmedia: Start: %w", err)
		}
	}
	s.crypt = crypt
	moved := s.remote.RTP != r.RTP || !s.remote.Encryption.same(r.Encryption) ||
		s.remote.PayloadType != r.PayloadType || s.in.codec.token != codec.token
	if s.run == nil || moved {
		s.in.restart(codec, r, now.Sub(s.epoch))
	}
	s.remote = r
	s.out.target(codec, r, now, s.run != nil)
	s.control.restart(now)
	s.log.Info("stream started", slog.String("remote", r.RTP.String()),
		slog.String("codec", r.Codec), slog.Any("ssrc", s.out.ssrc))
	if s.run == nil {
		return s.begin(now)
	}
	return nil
}

// begin lets a run go on from now. The caller holds mu.
func (s *Session) begin(now time.Time) error {
	r := newRun(s, now)
	paced := true
	switch e, t := s.cfg.Engine, s.cfg.Trunk; {
	case t != nil:
		paced = e.wheel.AddTo(t.thread, r)
	case e != nil:
		paced = e.wheel.Add(r)
	default:
		s.loops.Go(r.pace)
	}
	if !paced {
		s.unroute()
		return fmt.Errorf("rtpmedia: Start: engine: %w", ErrClosed)
	}
	s.run, s.since = r, now.Sub(s.epoch)
	return nil
}

// unroute lets a trunk give what comes to others. The caller holds mu.
func (s *Session) unroute() {
	if s.cfg.Trunk != nil {
		_ = s.cfg.Trunk.route(s, s.remote, Remote{}) // nowhere is never taken
	}
}

// Stop ends the stream: nothing is sent after it returns, and nothing that
// came before it is played after the next Start. The ports stay bound.
func (s *Session) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.halt()
}

// halt ends the run. The caller holds mu.
func (s *Session) halt() {
	if s.run == nil {
		return
	}
	s.drain(time.Now())
	s.settle()
	if s.cfg.Trunk != nil {
		s.cfg.Trunk.push()
	}
	s.sayGoodbye()
	s.endDials(ErrNotStarted)
	close(s.run.stop)
	s.run = nil
	s.unroute()
	s.in.flush()
	s.log.Info("stream stopped", slog.Uint64("sent", s.out.packets))
}

// Close stops the stream, gives the ports back and waits for everything that
// the session started. A second call does nothing.
func (s *Session) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.halt()
	s.closed, s.digits = true, s.digits[:0]
	err := s.closeSockets(true)
	s.mu.Unlock()
	err = errors.Join(err, s.closeSockets(false))
	s.rest()
	s.loops.Wait()
	if err != nil {
		return fmt.Errorf("rtpmedia: Close: %w", err)
	}
	return nil
}

// rest waits until no run is at work; one of an engine may be.
func (s *Session) rest() {
	s.turn.Lock()
	defer s.turn.Unlock()
}

// SetSource chooses what is sent; nil is silence. A frame that is being read
// from the source before may still be finished.
func (s *Session) SetSource(src Source) {
	if src == nil {
		src = Silence()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.source = sourceSlot{src, s.source.number + 1}
}

// SetSink chooses where the audio goes; nil discards it. While the stream runs
// it gets one frame each [FrameDuration], concealed or silent where nothing
// came. A frame that is being written to the sink before may still be finished.
func (s *Session) SetSink(sink Sink) {
	if sink == nil {
		sink = Discard()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sink = sinkSlot{sink, s.sink.number + 1}
}
