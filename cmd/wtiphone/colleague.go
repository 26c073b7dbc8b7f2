package main

import (
	"context"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/phone"
	"github.com/wtiphone/wtiphone/rtpmedia"
	"github.com/wtiphone/wtiphone/wti"
)

// thinks is how long the demo's colleague lets the phone ring.
const thinks = 2 * time.Second

// colleague works at station 1002 of the demo: answers whoever calls and says back
// what is said, so that a consultation has somebody to talk to. It ends with the
// context.
func colleague(ctx context.Context, srv *mockaes.Server) error {
	p := builtinMock()
	session, err := wti.Dial(ctx, srv.WTI, wti.Options{User: p.User, Password: p.password})
	if err != nil {
		return err
	}
	defer func() { _ = session.Close() }()
	local, err := phone.LocalAddress(hostOf(srv.WTI))
	if err != nil {
		return err
	}
	echo := rtpmedia.Echo()
	desk, err := phone.Open(ctx, session, phone.Options{
		Switch: p.Switch, Station: demoColleague, SecurityCode: p.stationCode,
		Media: csta.MediaClient, Address: local, Source: echo, Sink: echo,
	})
	if err != nil {
		return err
	}
	defer func() { _ = desk.Close() }()
	for {
		state, err := desk.Await(ctx, func(s phone.State) bool {
			_, rings := s.Board.Alerting()
			return rings
		})
		if err != nil {
			return err
		}
		ringing, _ := state.Board.Alerting()
		select {
		case <-time.After(thinks):
		case <-ctx.Done():
			return ctx.Err()
		}
		// The caller may have given up; then there is nothing to answer.
		_ = desk.Answer(ctx, ringing.Own)
	}
}
