package mockaes

import (
	"context"
	"crypto/x509"
	"net"
	"net/netip"

	"github.com/wtiphone/wtiphone/mockaes/internal/transport"
)

// Targets is where clients may have events posted to, with the targetUrl of their
// requests: by default to this machine alone, and never to the server itself.
type Targets struct {
	Anywhere bool           // other machines, too
	RootCAs  *x509.CertPool // who may have signed their certificates; nil means the system's
	// Dial replaces TCP and the rules for it. Servers in memory need it.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

func (t Targets) poster(own net.Addr) transport.PosterOptions {
	p := transport.PosterOptions{Anywhere: t.Anywhere, Roots: t.RootCAs, Dial: t.Dial}
	p.Own, _ = netip.ParseAddrPort(own.String()) // none in memory
	return p
}
