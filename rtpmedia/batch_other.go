//go:build !linux

package rtpmedia

import (
	"errors"
	"net"
	"net/netip"
	"time"
)

// batch is not implemented here, so that no [Trunk] can be opened.
type batch struct{ polled }

func newBatch(*net.UDPConn) (*batch, error) { return nil, errors.ErrUnsupported }

func (*batch) read() (int, error) { return 0, errors.ErrUnsupported }

func (*batch) from(int) netip.AddrPort { return netip.AddrPort{} }

func (*batch) datagram(int, time.Time) ([]byte, time.Duration) { return nil, 0 }

func (*batch) full() bool { return false }

func (*batch) put([]byte, netip.AddrPort) {}

func (*batch) flush() int { return 0 }
