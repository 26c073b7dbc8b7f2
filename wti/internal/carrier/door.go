package carrier

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/internal/wire"
)

const (
	doorQueue = 1024 // events that wait for the session's reader, who never waits
	doorConns = 256  // connections at a time; AES needs a few
	doorLimit = 10 * time.Second
)

var errFlood = errors.New("wti: events came faster than they could be taken")

// posted is an event with the secret that it came by.
type posted struct {
	secret string
	frame  []byte
}

// DoorOptions says where a [Door] is.
type DoorOptions struct {
	Listener net.Listener     // owned by the door from now on
	URL      string           // how the server reaches it; "" is the listener's address
	Cert     *tls.Certificate // nil is clear text
	Log      *slog.Logger
}

// Door takes the events that a server posts to a session: at a path that nobody can
// guess, and that changes with each application session. It outlives connections, as
// the server's monitors do. AES is thought to post the events of a monitor one after
// the other; if it does not, nothing in them tells their order.
type Door struct {
	base   string
	log    *slog.Logger
	server *http.Server
	events chan posted // from the handlers to the carrier that is bound; never closed
	wg     sync.WaitGroup

	mu      sync.Mutex
	secret  string // "" before there is a session: nothing is taken
	session string // whose secret it is
	keeper  *rest  // whose connection is lost if events are
	conns   int
}

// OpenDoor starts to listen. Nothing is taken before a session is started.
func OpenDoor(o DoorOptions) (*Door, error) {
	scheme := "http"
	listener := o.Listener
	if o.Cert != nil {
		scheme = "https"
		listener = tls.NewListener(listener, &tls.Config{
			Certificates: []tls.Certificate{*o.Cert}, MinVersion: tls.VersionTLS12,
		})
	}
	base, err := doorURL(scheme, o.URL, o.Listener.Addr())
	if err != nil {
		_ = o.Listener.Close() // it was not used
		return nil, err
	}
	d := &Door{base: base, log: o.Log, events: make(chan posted, doorQueue)}
	d.server = &http.Server{
		Handler: d, ConnState: d.count,
		ReadHeaderTimeout: doorLimit, ReadTimeout: doorLimit, WriteTimeout: 2 * doorLimit,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
	}
	d.wg.Go(func() { _ = d.server.Serve(listener) }) // it ends when the door is closed
	return d, nil
}

// doorURL is the address that the server is told, without a slash at its end.
func doorURL(scheme, given string, at net.Addr) (string, error) {
	if given == "" {
		if addr, err := netip.ParseAddrPort(at.String()); err == nil &&
			addr.Addr().IsUnspecified() {
			return "", fmt.Errorf("events are awaited at %v: say how AES reaches it", at)
		}
		return scheme + "://" + at.String(), nil
	}
	u, err := url.Parse(given)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" ||
		u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("address for events %q: want http://HOST:PORT or https://HOST:PORT",
			given)
	}
	return strings.TrimSuffix(u.String(), "/"), nil
}

// ServeHTTP takes one event. A proxy may have put its own path in front.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secret := path.Base(r.URL.Path)
	switch {
	case !d.admits(secret):
		http.NotFound(w, r)
		return
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, FrameLimit))
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		w.WriteHeader(http.StatusRequestEntityTooLarge)
	case err != nil:
		w.WriteHeader(http.StatusBadRequest)
	default:
		w.WriteHeader(d.take(secret, body))
	}
}

// take puts an event in line and returns the status of HTTP for it. Answers do not
// come this way: whoever posts one wants to be taken for the server.
func (d *Door) take(secret string, body []byte) int {
	frame, err := wire.Parse(body)
	if err != nil || frame.Kind != wire.Event && frame.Kind != wire.Request {
		d.log.Warn("posted event was not understood", "err", err, "bytes", len(body))
		return http.StatusBadRequest
	}
	select {
	case d.events <- posted{secret, body}:
		return http.StatusOK
	default:
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.keeper != nil {
		d.keeper.die(errFlood) // healing says what may have been missed
	}
	return http.StatusServiceUnavailable
}

// admits reports whether a path is that of the present session.
func (d *Door) admits(secret string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.secret != "" && subtle.ConstantTimeCompare([]byte(d.secret), []byte(secret)) == 1
}

// open gives a session a path of its own; one that is taken up again keeps its path.
func (d *Door) open(session string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if session == "" || session != d.session || d.secret == "" {
		d.session, d.secret = session, rand.Text()
	}
}

// target is where the server shall post the present session's events.
func (d *Door) target() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.base + "/" + d.secret
}

// keep makes a connection the one that ends when events are lost.
func (d *Door) keep(r *rest) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.keeper = r
}

// leave is the opposite of keep.
func (d *Door) leave(r *rest) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.keeper == r {
		d.keeper = nil
	}
}

// count bounds the connections, whoever opens them.
func (d *Door) count(c net.Conn, state http.ConnState) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch state {
	case http.StateNew:
		if d.conns++; d.conns > doorConns {
			_ = c.Close()
		}
	case http.StateClosed:
		d.conns--
	}
}

// Close takes no more events and waits for those that are being read. A nil door has
// nothing to close.
func (d *Door) Close() {
	if d == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if d.server.Shutdown(ctx) != nil {
		_ = d.server.Close()
	}
	d.wg.Wait()
}
