package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/wti"
)

// hangUpLimit bounds how long leaving a call may take, healing included.
const hangUpLimit = 10 * time.Second

// hangUp leaves the call if it still goes on and returns its last state. It has a
// time of its own: an interrupt must not leave the call standing, nor must a
// connection that is lost at this moment. To clear a connection twice does no harm:
// one that is gone is refused, and then the board is about to say so.
func hangUp(p *phone.Phone, id csta.CallID) (calls.Call, error) {
	ctx, cancel := context.WithTimeout(context.Background(), hangUpLimit)
	defer cancel()
	lost := false
	for {
		c, going, err := reachable(ctx, p, id)
		if err != nil || !going {
			return c, err
		}
		err = p.HangUp(ctx, c.Own)
		_, refused := errors.AsType[*csta.Fault](err)
		switch {
		case errors.Is(err, wti.ErrConnectionLost):
			lost = true
			continue
		case err != nil && !(lost && refused):
			return c, err
		}
		state, err := p.Await(ctx, func(s phone.State) bool {
			_, going := find(s.Board, id)
			return !going
		})
		c, _ = find(state.Board, id)
		if err != nil {
			err = fmt.Errorf("call %s was hung up and should have ended: %w", id, err)
		}
		return c, err
	}
}

// reachable waits until the call is over or can be spoken of with AES. A link that is
// lost for good is no error: the call's last state is what there is.
func reachable(ctx context.Context, p *phone.Phone, id csta.CallID,
) (c calls.Call, going bool, err error) {
	state, err := p.Await(ctx, func(s phone.State) bool {
		_, going := find(s.Board, id)
		return !going || s.Link.State == wti.Live
	})
	c, going = find(state.Board, id)
	switch {
	case state.Link.Lost != nil:
		return c, false, nil
	case err != nil && state.Link.Why != nil:
		err = state.Link.Why // tells more than that the time was up
	}
	return c, going, err
}
