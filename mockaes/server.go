package mockaes

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/mockaes/audio"
	"github.com/wtiphone/wtiphone/mockaes/dialect"
	"github.com/wtiphone/wtiphone/mockaes/internal/transport"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// The paths that are served.
const (
	wtiPath   = "/api/wti/session"
	restPath  = "/api/fe/v1"
	adminPath = "/mock"
)

// Server is a running mock AES.
type Server struct {
	URL   string // http://127.0.0.1:PORT, or https
	WTI   string // ws://127.0.0.1:PORT/api/wti/session, or wss
	REST  string // http://127.0.0.1:PORT/api/fe/v1
	Admin string // http://127.0.0.1:PORT/mock
	CA    []byte // PEM of the CA that signed the certificate; nil without TLS
	Err   error  // why [New] could not start the server; nil if it runs

	opts    Options
	dialect *dialect.Dialect
	log     *slog.Logger
	gateway *audio.Gateway // nil if silent
	// exchanges are the switches in the order of the options. They do not change.
	exchanges []*exchange
	http      *http.Server
	addr      string // host and port
	// onlyHere says that the listener is on the loopback interface, so that nothing is
	// for other machines.
	onlyHere bool
	door     *transport.Absent
	mem      *transport.Pipes // nil unless in memory
	packets  *audio.Network   // nil unless in memory, or if silent
	journal  *journal

	visitors *visitors // nil without traffic
	lines    *transport.Lines
	poster   *transport.Poster
	comeback sync.Mutex // held while a session gets back what stands for its connection

	ctx  context.Context // ends when Close begins
	stop context.CancelFunc
	work sync.WaitGroup // everything that Close waits for

	mu       sync.Mutex // guards all below; may be held while the switch is called
	closed   bool
	secrets  io.Reader // of session ids and tokens
	lastConn uint64
	lastRef  uint64
	monitors int // of all sessions
	aways    int // how often it went away: only the last time's end brings it back
	conns    map[uint64]*conn
	sessions map[string]*session // by id
	claims   map[string]*claim   // by device

	patience map[string]time.Time // when a device takes the next key, by switch:extension

	lastListener uint64
	listeners    map[string]*listener

	licences *licences
}

// New starts a server as [Start] does. It is for tests, which cannot go on without:
// where the server does not start, Err says why and every connection is refused.
func New(o Options) *Server {
	s, err := Start(o)
	if err != nil {
		return &Server{Err: err, closed: true}
	}
	return s
}

// Start starts a server. An error names what is wrong with the options or the lab,
// or wraps that of the listener.
func Start(o Options) (*Server, error) {
	s, err := start(o.withDefaults())
	if err != nil {
		return nil, fmt.Errorf("mockaes: Start: %w", err)
	}
	return s, nil
}

func start(o Options) (*Server, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if !o.Silent {
		if err := o.CheckSounds(); err != nil {
			return nil, err
		}
	}
	d, err := dialect.New(o.Quirks...)
	if err != nil {
		return nil, err
	}
	s := &Server{
		opts: o, dialect: d, log: o.Log,
		journal:  newJournal(o.Limits.Journal, o.Limits.JournalBytes),
		secrets:  secretsFrom(o.Seed),
		conns:    make(map[uint64]*conn),
		sessions: make(map[string]*session),
		claims:   make(map[string]*claim),
		patience: make(map[string]time.Time),
		lines:    transport.NewLines(),

		listeners: make(map[string]*listener),
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	listener, err := s.listen()
	if err != nil {
		s.dismantle()
		return nil, err
	}
	at, err := netip.ParseAddrPort(listener.Addr().String()) // no address in memory
	s.onlyHere = err == nil && at.Addr().Unmap().IsLoopback()
	if err := s.build(); err != nil {
		_ = listener.Close() // it was not used
		return nil, err
	}
	s.http = &http.Server{
		Handler:           s.routes(),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       30 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
		ConnContext:       s.lines.Context,
		ConnState:         s.lines.State,
	}
	s.poster = transport.NewPoster(o.Targets.poster(listener.Addr()))
	s.work.Go(func() { _ = s.http.Serve(listener) }) // it ends when the server is closed
	s.invite(o.Traffic)
	return s, nil
}

// build makes the switches and what carries their audio.
func (s *Server) build() error {
	labs := s.opts.labs()
	if !s.opts.Silent {
		o := audio.Options{
			Clock: s.opts.Clock, Dir: s.opts.AudioDir, OnlyHere: s.onlyHere,
			Port: s.opts.AudioPort, Log: s.log,
			Secrets: secretsFrom(s.opts.Seed),
		}
		if s.opts.InMemory {
			s.packets = audio.NewNetwork()
			o.Listen = s.packets.Listen
		}
		s.gateway = audio.NewGateway(o)
		if err := s.shareAudio(); err != nil {
			s.dismantle()
			return err
		}
	}
	for i := range labs {
		s.dialect.Configure(&labs[i].Features)
		if s.gateway != nil {
			audio.SetLengths(&labs[i], s.opts.AudioDir)
		}
	}
	var err error
	s.exchanges, err = newSwitches(labs, func(i int) pbx.Options {
		o := pbx.Options{Clock: s.opts.Clock, Seed: s.opts.Seed, Log: s.log, Place: i}
		if s.gateway != nil {
			o.Media = s.gateway.For(labs[i].Name)
		}
		return o
	})
	if err != nil {
		s.dismantle()
		return err
	}
	s.licences = newLicences(s.opts.Licences, s)
	if s.gateway != nil {
		s.gateway.Start(func(leg pbx.LegID, digits string) {
			s.exchanges[leg.Place()].DigitsHeard(leg, digits)
		})
	}
	return nil
}

// shareAudio binds the one port of all audio, if there is to be one, where clients of this
// machine hear it.
func (s *Server) shareAudio() error {
	if s.opts.AudioPort == 0 {
		return nil
	}
	return s.gateway.Share(netip.AddrFrom4([4]byte{127, 0, 0, 1}))
}

// dismantle undoes build.
func (s *Server) dismantle() {
	s.stop()
	for _, at := range s.exchanges {
		at.Close()
	}
	if s.gateway != nil {
		s.gateway.Shutdown()
	}
}

// farewell is how long clients may take to answer that the server goes away: whoever
// reads does so within a round trip.
const farewell = 500 * time.Millisecond

// Close ends every connection with 'going away', every call and every timer, and
// waits for all that the server started; a client that does not read is left behind
// after half a second. A second call does nothing.
func (s *Server) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	for _, c := range s.conns {
		c.out.Finish(transport.GoingAway, "server is shutting down")
	}
	s.mu.Unlock()
	defer time.AfterFunc(farewell, s.stop).Stop()
	s.visitors.stop()
	s.poster.Close()
	_ = s.http.Close() // idle connections; sockets have left its care
	s.work.Wait()
	s.endSessions()
	s.dismantle()
}
