package phone

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// ErrNothingToDo says that no call is in a state that the verb needs. Nothing was
// asked of the switch.
var ErrNothingToDo = errors.New("no call is in the state that this needs")

// Dial places a call and returns the own connection in it.
func (p *Phone) Dial(ctx context.Context, number string) (csta.ConnectionID, error) {
	to, err := p.destination(ctx, number)
	if err != nil {
		return csta.ConnectionID{}, err
	}
	made, err := wti.Do(ctx, p.session, csta.MakeCall{
		From: p.device, To: to, AutoOriginate: "doNotPrompt",
	})
	if err != nil {
		return csta.ConnectionID{}, fmt.Errorf("phone: dial %s: %w", number, err)
	}
	p.placed(calls.Placement{
		Connection: made.Connection, UCID: made.Private.Linkage.UCID(), Called: to,
	})
	return made.Connection, nil
}

// placed puts on the board what the answer to a request for a call says; the events
// of the call may come before or after it.
func (p *Phone) placed(pl calls.Placement) {
	at := time.Now()
	p.board.change(wti.Event{At: at}, func(s *State) { s.Board = s.Board.Placed(pl, at) })
}

// destination turns a dialled number into a device id. A server without that
// service gets the number as it is.
func (p *Phone) destination(ctx context.Context, number string) (csta.DeviceID, error) {
	number = strings.TrimSpace(number)
	if number == "" {
		return "", errors.New("phone: dial: no number given")
	}
	p.idsMu.Lock()
	id, ok := p.ids[number]
	p.idsMu.Unlock()
	if ok {
		return id, nil
	}
	reply, err := wti.Do(ctx, p.session, csta.GetThirdPartyDeviceID{
		SwitchName: p.o.Switch, Extension: number,
	})
	switch {
	case isUnsupported(err):
		return csta.DeviceID(number), nil
	case err != nil:
		return "", fmt.Errorf("phone: dial %s: %w", number, err)
	}
	p.idsMu.Lock()
	p.ids[number] = reply.Device
	p.idsMu.Unlock()
	return reply.Device, nil
}

// Answer connects an alerting call.
func (p *Phone) Answer(ctx context.Context, own csta.ConnectionID) error {
	return p.ask(ctx, "answer", csta.AnswerCall{Target: own})
}

// HangUp leaves a call.
func (p *Phone) HangUp(ctx context.Context, own csta.ConnectionID) error {
	return p.ask(ctx, "hang up", csta.ClearConnection{Target: own})
}

// Hold puts a call on hold.
func (p *Phone) Hold(ctx context.Context, own csta.ConnectionID) error {
	return p.ask(ctx, "hold", csta.HoldCall{Target: own})
}

// Retrieve comes back to a held call.
func (p *Phone) Retrieve(ctx context.Context, own csta.ConnectionID) error {
	return p.ask(ctx, "retrieve", csta.RetrieveCall{Target: own})
}

// Deflect sends an alerting call elsewhere.
func (p *Phone) Deflect(ctx context.Context, own csta.ConnectionID, number string) error {
	to, err := p.destination(ctx, number)
	if err != nil {
		return err
	}
	return p.ask(ctx, "deflect", csta.DeflectCall{Target: own, To: to})
}

// ask sends a request that is answered with nothing.
func (p *Phone) ask(ctx context.Context, verb string, req csta.Request[csta.Empty]) error {
	_, err := wti.Do(ctx, p.session, req)
	return verbError(verb, err)
}

// Consult holds the active call and places another to a colleague; it returns the
// own connection in the new one.
func (p *Phone) Consult(ctx context.Context, number string) (csta.ConnectionID, error) {
	active, ok := p.State().Board.Active()
	if !ok {
		return csta.ConnectionID{}, verbError("consult", ErrNothingToDo)
	}
	to, err := p.destination(ctx, number)
	if err != nil {
		return csta.ConnectionID{}, err
	}
	made, err := wti.Do(ctx, p.session, csta.ConsultationCall{Existing: active.Own, To: to})
	if err != nil {
		return csta.ConnectionID{}, fmt.Errorf("phone: consult %s: %w", number, err)
	}
	p.placed(calls.Placement{
		Connection: made.Initiated, UCID: made.Private.Linkage.UCID(), Called: to,
		Consults: active.ID,
	})
	return made.Initiated, nil
}

// pair is the held and the active connection that verbs on two calls need.
func (p *Phone) pair(can func(calls.Verbs) bool) (held, active csta.ConnectionID, err error) {
	verbs := p.State().Board.Can()
	if !can(verbs) {
		return held, active, ErrNothingToDo
	}
	return verbs.Held, verbs.Active, nil
}

// Transfer joins the held call with the consultation and leaves both.
func (p *Phone) Transfer(ctx context.Context) error {
	held, active, err := p.pair(func(v calls.Verbs) bool { return v.Transfer })
	if err == nil {
		_, err = wti.Do(ctx, p.session, csta.TransferCall{Held: held, Active: active})
	}
	return verbError("transfer", err)
}

// Conference joins the held call with the consultation and stays.
func (p *Phone) Conference(ctx context.Context) error {
	held, active, err := p.pair(func(v calls.Verbs) bool { return v.Conference })
	if err == nil {
		_, err = wti.Do(ctx, p.session, csta.ConferenceCall{Held: held, Active: active})
	}
	return verbError("conference", err)
}

// Cancel gives a consultation up and comes back to the held call.
func (p *Phone) Cancel(ctx context.Context) error {
	held, active, err := p.pair(func(v calls.Verbs) bool { return v.Cancel })
	if err == nil {
		_, err = wti.Do(ctx, p.session, csta.ReconnectCall{Active: active, Held: held})
	}
	return verbError("cancel", err)
}

// Swap holds the active call and comes back to the held one.
func (p *Phone) Swap(ctx context.Context) error {
	held, active, err := p.pair(func(v calls.Verbs) bool { return v.Swap })
	if err == nil {
		_, err = wti.Do(ctx, p.session, csta.AlternateCall{Held: held, Active: active})
	}
	return verbError("swap", err)
}

func verbError(verb string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("phone: %s: %w", verb, err)
}

// BlindTransfer sends the active call to a number without a consultation.
func (p *Phone) BlindTransfer(ctx context.Context, number string) error {
	active, ok := p.State().Board.Active()
	if !ok {
		return verbError("transfer", ErrNothingToDo)
	}
	to, err := p.destination(ctx, number)
	if err == nil {
		_, err = wti.Do(ctx, p.session, csta.SingleStepTransferCall{Active: active.Own, To: to})
	}
	return verbError("transfer to "+number, err)
}

// Digits sends DTMF digits into the active call.
func (p *Phone) Digits(ctx context.Context, digits string) error {
	active, ok := p.State().Board.Active()
	if !ok {
		return verbError("digits", ErrNothingToDo)
	}
	return p.ask(ctx, "digits", csta.GenerateDigits{
		Target: active.Own, Mode: "dTMF", Digits: digits,
	})
}
