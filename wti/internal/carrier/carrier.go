package carrier

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// FrameLimit bounds one message, in bytes. DMCC messages end at 64 KiB; WTI's limit
// is not known, and coder/websocket's default of 32 KiB would close the connection.
const FrameLimit = 1 << 20

// Carrier is one connection to a server. One goroutine reads and one writes.
type Carrier interface {
	// Read returns the next frame, or why there will be none. It ends with the carrier,
	// not with a context.
	Read() ([]byte, error)
	// Write sends the frame of a request; service is our name of it.
	Write(ctx context.Context, service string, frame []byte) error
	// Ping finds out whether the server is still there; it needs a reader beside it.
	Ping(ctx context.Context, limit time.Duration) error
	// Ordered reports whether events and answers are read in the server's order.
	Ordered() bool
	// Bye ends the connection politely, Abandon at once. Both wait for what the
	// carrier has started, and may be called more than once.
	Bye()
	Abandon()
}

// Config is what connections of a session have in common.
type Config struct {
	User     string
	Password csta.Secret
	RootCAs  *x509.CertPool // nil means the system's
	// DialContext opens the connection underneath; nil means net.Dialer.
	DialContext func(ctx context.Context, network, address string) (net.Conn, error)
	Door        *Door // where events are posted; REST only
}

// Refusal says why there is no connection.
type Refusal struct {
	Status int // of HTTP; 0 if there was no answer
	Err    error
}

// Error is the cause.
func (e *Refusal) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Refusal) Unwrap() error { return e.Err }

// Open connects to a complete address: ws and wss are a WebSocket, http and https
// REST. A token is that of a session to come back to; "" means the credentials. An
// error is a [*Refusal].
func Open(ctx context.Context, address, token string, c Config) (Carrier, error) {
	if IsREST(address) {
		return openREST(ctx, address, token, c)
	}
	return openSocket(ctx, address, token, c)
}

// IsREST reports whether an address is one of REST.
func IsREST(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}

// client makes an HTTP client that follows no redirect: it would carry the
// credentials to another host.
func (c Config) client() (*http.Client, *http.Transport) {
	transport := &http.Transport{
		DialContext:        c.DialContext,
		TLSClientConfig:    &tls.Config{RootCAs: c.RootCAs, MinVersion: tls.VersionTLS12},
		DisableCompression: true,
	}
	return &http.Client{
		Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}, transport
}

func (c Config) basic() string {
	text := c.User + ":" + string(c.Password)
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(text))
}

// plain is an error of net/http without the chain of 'failed to' around it.
func plain(err error) error {
	if inner, ok := errors.AsType[*url.Error](err); ok {
		return inner.Err
	}
	return err
}
