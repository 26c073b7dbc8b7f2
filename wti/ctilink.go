package wti

import (
	"fmt"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// CTIState is what AES says of its link to a switch.
type CTIState string

// The states of a CTI link. While it is down AES refuses what needs the switch, and what
// happens there is told to nobody.
const (
	CTIUnknown CTIState = "" // AES has not said, or does not
	CTIUp      CTIState = "up"
	CTIDown    CTIState = "down"
)

// CTILink is AES's link to one switch.
type CTILink struct {
	Switch string // as in [Options.CTILinks]
	State  CTIState
	Since  time.Time // when the session learned of the state
}

// CTIError is what a request fails with while a CTI link is down: the refusal, or that
// there was no answer, and the link that is likely to blame. It is an [ErrCTIDown].
type CTIError struct {
	Link CTILink
	Err  error
}

// Error is the failure, and the link's state behind it.
func (e *CTIError) Error() string {
	return fmt.Sprintf("%v (the CTI link to %s is down since %s)",
		e.Err, e.Link.Switch, e.Link.Since.Format(time.TimeOnly))
}

// Unwrap returns the failure.
func (e *CTIError) Unwrap() error { return e.Err }

// Is reports that the error is an [ErrCTIDown].
func (e *CTIError) Is(target error) bool { return target == ErrCTIDown }

// linkLoss is the cause of a gap: links that were down.
type linkLoss struct{ links []CTILink }

func (e linkLoss) Error() string {
	var names []string
	for _, l := range e.links {
		names = append(names, l.Switch)
	}
	return "wti: the CTI link to " + strings.Join(names, " and ") + " was down"
}

func (e linkLoss) Is(target error) bool { return target == ErrCTIDown }

// serves reports whether a device is reached over the link, as far as its id tells.
func (l CTILink) serves(device csta.DeviceID) bool {
	name := device.SwitchName()
	return name == "" || strings.EqualFold(name, l.Switch)
}
