package wti

import (
	"context"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// Defaults of [Options]. The session times are those that programs in the field
// use with DMCC; the server tells the actual duration, and that one counts.
const (
	DefaultDuration       = 180 * time.Second
	DefaultRequestTimeout = 10 * time.Second
	DefaultPingInterval   = 20 * time.Second
	DefaultBuffer         = 4096
	DefaultBackoff        = 100 * time.Millisecond
	DefaultMaxBackoff     = 30 * time.Second

	sessionPath = "/api/wti/session" // WTI forum
	restPath    = "/api/fe/v1"       // WTI forum
)

// Options configures [Dial]. User and Password are needed; all else has a default.
type Options struct {
	User     string
	Password csta.Secret

	AppID     string        // shown in AES's session list; default "wtiphone"
	Protocols []string      // protocol versions, the preferred first; default 10.2.0, 10.1.0
	Duration  time.Duration // of the session without a reset; default 180 s

	// Dialect fixes what is otherwise found out about the server's protocol.
	Dialect Dialect

	Pacing Pacing // how fast the switch is asked for things

	// Standby are further addresses of the same site, tried in order when the one in
	// use cannot be reached: a pair of AES is how sites run.
	Standby []string

	// CTILinks names the switch connections of AES whose CTI link the session follows:
	// [Status.CTI] tells its state, errors mention that it is down, and when it is back
	// what monitors missed is told in a [Gap]. AES is asked at the start and after each
	// loss; one that does not tell, or not this user, is not asked again. None follows
	// none.
	CTILinks []string

	// REST says where events are delivered if AES is reached over REST.
	REST REST

	RootCAs *x509.CertPool // who may have signed AES's certificate; nil means the system's

	RequestTimeout time.Duration // of a request whose context has no deadline; default 10 s
	PingInterval   time.Duration // between probes of a quiet connection; default 20 s
	Buffer         int           // events a monitor may lag behind; default 4096

	// Backoff is the longest pause before the second attempt to reconnect; it doubles
	// up to MaxBackoff. The first attempt is made at once, and each pause is random
	// within its bound so that many clients do not come back together. Default 100 ms
	// and 30 s.
	Backoff, MaxBackoff time.Duration

	Log *slog.Logger // session events; nil discards them

	// Tap sees every event as it is read, before it is routed; for tools that show the
	// protocol. It runs on the reader's goroutine: it must be quick and must not call
	// the session.
	Tap func(Event)

	// DialContext opens the connections to AES; nil means net.Dialer.
	DialContext func(ctx context.Context, network, address string) (net.Conn, error)
}

func (o Options) withDefaults() Options {
	if o.AppID == "" {
		o.AppID = "wtiphone"
	}
	if len(o.Protocols) == 0 {
		o.Protocols = []string{"10.2.0", "10.1.0"}
	}
	if o.Duration <= 0 {
		o.Duration = DefaultDuration
	}
	if o.RequestTimeout <= 0 {
		o.RequestTimeout = DefaultRequestTimeout
	}
	if o.PingInterval <= 0 {
		o.PingInterval = DefaultPingInterval
	}
	if o.Buffer <= 0 {
		o.Buffer = DefaultBuffer
	}
	o.Pacing = o.Pacing.withDefaults()
	if o.Backoff <= 0 {
		o.Backoff = DefaultBackoff
	}
	if o.MaxBackoff <= 0 {
		o.MaxBackoff = DefaultMaxBackoff
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// CheckAddress reports what is wrong with the words of an address, before anything is looked
// up or dialled. The error is an [ErrAddress] and does not quote the address.
func CheckAddress(address string) error {
	_, err := sessionURL(address)
	return err
}

// sessionURL completes an address: a missing path becomes that of the session
// endpoint for a WebSocket (ws, wss), that of the services for REST (http, https).
// Its errors do not quote the address, which may hold a password in the wrong place.
func sessionURL(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", fmt.Errorf("%w: not a URL; want wss://HOST, or https://HOST for REST",
			ErrAddress)
	}
	path, overREST := sessionPath, false
	switch u.Scheme {
	case "http", "https":
		path, overREST = restPath, true
	case "ws", "wss":
	default:
		return "", fmt.Errorf("%w: scheme %.12q; want wss://HOST, or https://HOST for REST",
			ErrAddress, u.Scheme)
	}
	switch {
	case u.Host == "":
		return "", fmt.Errorf("%w: it names no host", ErrAddress)
	case u.User != nil:
		return "", fmt.Errorf("%w: %s holds credentials: give them apart", ErrAddress, u.Host)
	case u.RawQuery != "" || u.Fragment != "":
		return "", fmt.Errorf("%w: %s has a query: it takes none", ErrAddress, u.Host)
	}
	if u.Path == "" || u.Path == "/" {
		u.Path = path
	}
	if overREST {
		u.Path = strings.TrimSuffix(u.Path, "/") // the name of the service is put behind it
	}
	return u.String(), nil
}
