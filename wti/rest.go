package wti

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/netip"
	"net/url"

	"github.com/wtiphone/wtiphone/wti/internal/carrier"
)

// REST says where AES delivers events to a session over REST, which opens no
// connection that they could come back on. The path is the session's own secret; with
// Cert nobody on the way can read it, or the events.
type REST struct {
	// Listen is the address to listen at, for example ":8443". Empty is a free port of
	// this host's loopback, if that is where AES is; any other AES has to be given one.
	Listen string
	// URL is how AES reaches the listener, for example https://desk.example.com:8443;
	// empty means by the address that is listened at. A proxy's path may stand in it.
	URL string
	// Cert is the listener's certificate; nil means clear text.
	Cert *tls.Certificate
	// Listener takes the place of Listen. The session closes it.
	Listener net.Listener
}

// openDoor listens for events if one of the addresses is reached over REST. No door
// means that none is.
func (o Options) openDoor(addresses []string) (*carrier.Door, error) {
	var address string
	for _, a := range addresses {
		if carrier.IsREST(a) {
			address = a
			break
		}
	}
	if address == "" {
		return nil, nil
	}
	listener, err := o.REST.listen(address)
	if err != nil {
		return nil, err
	}
	door, err := carrier.OpenDoor(carrier.DoorOptions{
		Listener: listener, URL: o.REST.URL, Cert: o.REST.Cert, Log: o.Log,
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoListener, err)
	}
	return door, nil
}

func (r REST) listen(address string) (net.Listener, error) {
	if r.Listener != nil {
		return r.Listener, nil
	}
	at := r.Listen
	if at == "" {
		if !isLoopback(address) {
			return nil, fmt.Errorf("%w: say where %s delivers them (Options.REST)",
				ErrNoListener, address)
		}
		at = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", at)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoListener, err)
	}
	return listener, nil
}

// isLoopback reports whether an address is one of this host, by its words alone.
func isLoopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
}
