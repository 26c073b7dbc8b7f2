package wti_test

import (
	"context"
	"net"
	"strings"
	"sync/atomic"
)

type dialer = func(ctx context.Context, network, address string) (net.Conn, error)

// fork sends what is meant for a host called standby to the second server.
func fork(first, second *aes) dialer {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if strings.HasPrefix(address, "standby") {
			return second.dial(ctx, network, address)
		}
		return first.dial(ctx, network, address)
	}
}

// freezing makes the first connection fall silent, without an end, once frozen.
func freezing(a *aes, frozen *atomic.Bool) dialer {
	var conns atomic.Int32
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := a.dial(ctx, network, address)
		if err == nil && conns.Add(1) == 1 {
			return &freezer{Conn: c, frozen: frozen}, nil
		}
		return c, err
	}
}

// freezer swallows what is written to it.
type freezer struct {
	net.Conn
	frozen *atomic.Bool
}

func (f *freezer) Write(b []byte) (int, error) {
	if f.frozen.Load() {
		return len(b), nil
	}
	return f.Conn.Write(b)
}
