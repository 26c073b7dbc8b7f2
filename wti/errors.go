package wti

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/wtiphone/wtiphone/wti/internal/carrier"
)

// What can be wrong with a session. Compare with errors.Is.
var (
	ErrAddress        = errors.New("wti: address of AES")
	ErrClosed         = errors.New("wti: session is closed")
	ErrConnectionLost = errors.New("wti: connection lost")
	ErrUnauthorized   = errors.New("wti: credentials refused")
	ErrUnreachable    = errors.New("wti: AES not reached")
	ErrTooSlow        = errors.New("wti: consumer too slow, its events were given up")
	ErrTerminated     = errors.New("wti: session terminated by the server")
	ErrMonitorStopped = errors.New("wti: monitor stopped by the server")
	ErrCTIDown        = errors.New("wti: CTI link between AES and the switch is down")
	ErrNotRegistered  = errors.New("wti: not registered again")
	ErrNoListener     = errors.New("wti: no listener for events over REST")
)

// DialError says why no session could be opened. It is [ErrUnauthorized] for HTTP
// 401 and 403, else [ErrUnreachable].
type DialError struct {
	Address string // without credentials
	Status  int    // the HTTP status that refused the session, 0 for none
	Err     error
}

// dialError makes a [DialError] of a carrier's refusal; other errors stay as they are.
// Over REST it is the start of the session that is refused, not the connection.
func dialError(address string, err error) error {
	if r, ok := errors.AsType[*carrier.Refusal](err); ok {
		return &DialError{Address: address, Status: r.Status, Err: r.Err}
	}
	return err
}

// Error names the address and the cause.
func (e *DialError) Error() string {
	if e.Status != 0 {
		return fmt.Sprintf("wti: %s answered HTTP %d %s instead of opening a session",
			e.Address, e.Status, http.StatusText(e.Status))
	}
	return fmt.Sprintf("wti: %s: %v", e.Address, e.Err)
}

// Unwrap returns the cause.
func (e *DialError) Unwrap() error { return e.Err }

// Is sorts the error under one of the sentinels.
func (e *DialError) Is(target error) bool {
	if e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden {
		return target == ErrUnauthorized
	}
	return target == ErrUnreachable
}

// LostError is what a request in flight ends with when its connection dies.
type LostError struct {
	Sent bool // it had gone out: the server may have carried it out
	Err  error
}

// Error says whether the request may have been carried out.
func (e *LostError) Error() string {
	if e.Sent {
		return fmt.Sprintf("%v after the request was sent (it may have been carried out): %v",
			ErrConnectionLost, e.Err)
	}
	return fmt.Sprintf("%v before the request was sent: %v", ErrConnectionLost, e.Err)
}

// Unwrap returns the cause.
func (e *LostError) Unwrap() error { return e.Err }

// Is reports that the error is an [ErrConnectionLost].
func (e *LostError) Is(target error) bool { return target == ErrConnectionLost }
