package transport

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

const (
	postTries = 3
	postPause = 200 * time.Millisecond // before the second try; then it doubles
	postLimit = 5 * time.Second        // of one try
)

// PosterOptions says where frames may be posted to.
type PosterOptions struct {
	Anywhere bool           // to other machines, too
	Own      netip.AddrPort // where the server itself listens
	Roots    *x509.CertPool // who may have signed the targets' certificates; nil: the system's
	// Dial replaces TCP and its rules; for tests.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Poster posts frames to addresses that clients name. What a client may name is
// limited, since it could be any service that this machine reaches: this machine
// alone unless that is lifted, never the server itself, and no redirect is followed.
type Poster struct {
	client *http.Client
	ctx    context.Context // ends when the poster is closed
	stop   context.CancelFunc
}

// NewPoster returns a poster; close it.
func NewPoster(o PosterOptions) *Poster {
	p := &Poster{}
	p.ctx, p.stop = context.WithCancel(context.Background())
	dial := o.Dial
	if dial == nil {
		// The address is checked where the connection is made, behind the resolver.
		dial = (&net.Dialer{
			Control: func(_, address string, _ syscall.RawConn) error { return o.allow(address) },
		}).DialContext
	}
	p.client = &http.Client{
		Timeout: postLimit,
		Transport: &http.Transport{
			DialContext: dial, MaxIdleConnsPerHost: 4, IdleConnTimeout: 10 * time.Second,
			TLSClientConfig: &tls.Config{RootCAs: o.Roots, MinVersion: tls.VersionTLS12},
		},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
	return p
}

// errForbidden is why an address is not posted to.
var errForbidden = errors.New("events are not posted there")

// allow judges an address that a name was resolved to.
func (o PosterOptions) allow(address string) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	ip := to.Addr().Unmap()
	here := ip.IsLoopback() || ip.IsUnspecified()
	switch {
	case here && to.Port() == o.Own.Port():
		return fmt.Errorf("%w: it is the server itself", errForbidden)
	case !here && !o.Anywhere:
		return fmt.Errorf("%w: %v is not on this machine", errForbidden, ip)
	}
	return nil
}

// CheckTarget says what is wrong with an address that a client names.
func CheckTarget(target string) error {
	u, err := url.Parse(target)
	switch {
	case err != nil:
		return errors.New("targetUrl is no address")
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return errors.New("targetUrl has to be http://HOST/PATH or https://HOST/PATH")
	case u.User != nil:
		return errors.New("targetUrl holds credentials")
	}
	return nil
}

// Post posts a frame. A target that is not there, or has an error of its own, is tried
// again a little later, and then the frame is given up.
func (p *Poster) Post(target string, frame []byte) error {
	pause := postPause
	for try := 1; ; try++ {
		again, err := p.try(target, frame)
		if err == nil || !again || try == postTries {
			return err
		}
		select {
		case <-time.After(pause):
			pause *= 2
		case <-p.ctx.Done():
			return err
		}
	}
}

// try posts once, and reports whether another try could help.
func (p *Poster) try(target string, frame []byte) (again bool, err error) {
	req, err := http.NewRequestWithContext(p.ctx, http.MethodPost, target, bytes.NewReader(frame))
	if err != nil {
		return false, err
	}
	req.Header.Set("Content-Type", "application/json")
	response, err := p.client.Do(req)
	if err != nil {
		return !errors.Is(err, errForbidden), err
	}
	_, _ = io.CopyN(io.Discard, response.Body, 4<<10) // so that the connection can be used again
	_ = response.Body.Close()
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return response.StatusCode >= 500, fmt.Errorf("HTTP %d", response.StatusCode)
	}
	return false, nil
}

// Close gives up what is being posted.
func (p *Poster) Close() {
	p.stop()
	p.client.CloseIdleConnections()
}
