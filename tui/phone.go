package tui

import (
	"context"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// Phone is what the screen asks the switch for. Each call blocks until the switch has
// answered or ctx is done; the screen runs it outside of its own loop, with a
// deadline. Success means that the switch agreed: that something happened is told
// by a [StateMsg].
type Phone interface {
	Dial(ctx context.Context, number string) (csta.ConnectionID, error)
	Answer(ctx context.Context, own csta.ConnectionID) error
	HangUp(ctx context.Context, own csta.ConnectionID) error
	Hold(ctx context.Context, own csta.ConnectionID) error
	Retrieve(ctx context.Context, own csta.ConnectionID) error
	Digits(ctx context.Context, digits string) error

	// Consult holds the active call and places another about it; the four below it
	// are about these two.
	Consult(ctx context.Context, number string) (csta.ConnectionID, error)
	Transfer(ctx context.Context) error
	Conference(ctx context.Context) error
	Cancel(ctx context.Context) error
	Swap(ctx context.Context) error
	BlindTransfer(ctx context.Context, number string) error

	// Register takes the audio over again after the switch has ended that.
	Register(ctx context.Context) error

	Login(ctx context.Context) error
	Logout(ctx context.Context) error
	Ready(ctx context.Context) error
	Aux(ctx context.Context, reason int) error // 0 gives no reason
	AfterCallWork(ctx context.Context) error
}

// Audio is what the screen shows of a call's audio. Its methods return at once.
type Audio interface {
	Levels() Levels
	Mute(on bool)
}

// Levels is the audio at one moment.
type Levels struct {
	Active    bool // audio flows; the rest means nothing otherwise
	Muted     bool // the far end hears silence
	Protected bool // nobody in between can listen: SRTP
	Recorded  bool // both sides are kept in a file

	// Unregistered is that no audio comes before the station is registered again.
	Unregistered bool

	In, Out float64 // dBFS of what is heard and what is sent; -Inf is silence

	Lost, Received uint64 // packets, of those from the far end
	Jitter         time.Duration
	MOS            *float64 // estimated listening quality, 1 to 5; nil where unknown
	Warning        string   // what is wrong, in words; "" for nothing
}
