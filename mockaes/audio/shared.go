package audio

import (
	"fmt"
	"log/slog"
	"net/netip"

	"github.com/wtiphone/wtiphone/rtpmedia"
)

// trunks are the shared ports at each address of this machine that terminals reach.
type trunks map[netip.Addr]*rtpmedia.Trunk

// close gives the ports back. The sessions have to be closed before.
func (t trunks) close(log *slog.Logger) {
	for _, trunk := range t {
		if err := trunk.Close(); err != nil {
			log.Warn("shared ports were not closed in order", slog.Any("error", err))
		}
	}
}

// Share binds the shared ports at an address of this machine before the first stream
// wants them, so that who has chosen a port that is taken hears of it at once.
func (g *Gateway) Share(local netip.Addr) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, err := g.shared(local); err != nil {
		return fmt.Errorf("audio: Share: %w", err)
	}
	return nil
}

// ports are those of another stream. The caller holds mu.
func (g *Gateway) ports(local netip.Addr) (rtpmedia.Config, error) {
	c := rtpmedia.Config{Log: g.opts.Log}
	if g.opts.Port == 0 {
		c.Address, c.Listen, c.Engine = local, g.opts.Listen, g.paced()
		return c, nil
	}
	var err error
	c.Trunk, err = g.shared(local)
	return c, err
}

// shared returns the shared ports at an address. The caller holds mu.
func (g *Gateway) shared(local netip.Addr) (*rtpmedia.Trunk, error) {
	port := g.opts.Port
	switch {
	case g.trunks[local] != nil:
		return g.trunks[local], nil
	case g.opts.Listen != nil:
		return nil, fmt.Errorf("port %d cannot be shared on a network of one's own", port)
	case port%2 != 0 || port == 0:
		return nil, fmt.Errorf("port %d is not even: RTP wants an even one", port)
	}
	t, err := rtpmedia.OpenTrunk(rtpmedia.TrunkConfig{
		Engine: g.paced(), Address: local, PortMin: port, PortMax: port + 1, Log: g.opts.Log,
	})
	if err != nil {
		return nil, fmt.Errorf("ports %d and %d: %w", port, port+1, err)
	}
	g.trunks[local] = t
	return t, nil
}
