//go:build !linux

package rtpmedia

import (
	"errors"
	"net"
)

// poll is not implemented here: goroutines wait at the sockets.
func poll(*net.UDPConn) (polled, error) { return nil, errors.ErrUnsupported }

// message is for sockets that are polled.
type message struct{}
