package wti_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/wti"
)

// Dial, monitor a device, and answer the first call.
func Example() {
	aes := mockaes.New(mockaes.Options{Silent: true}) // instead of a real one
	defer aes.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	s, err := wti.Dial(ctx, aes.WTI, wti.Options{User: "cti", Password: "cti-secret"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	reply, err := wti.Do(ctx, s, csta.GetDeviceID{SwitchName: "CM1", Extension: "1001"})
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := s.Monitor(ctx, csta.MonitorStart{
		Object: csta.MonitorObject{Device: reply.Device},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := aes.Switch().IncomingCall(pbx.IncomingCall{To: "1001"}); err != nil {
		fmt.Println(err)
		return
	}
	for ev, err := range m.Events(ctx) {
		if err != nil {
			fmt.Println(err)
			return
		}
		switch ev := ev.Event.(type) {
		case csta.Delivered:
			fmt.Println("a call for", ev.Called.Device.Extension())
			_, err = wti.Do(ctx, s, csta.AnswerCall{Target: ev.Connection})
		case csta.Established:
			fmt.Println("answered at", ev.Answering.Device.Extension())
			_, err = wti.Do(ctx, s, csta.ClearConnection{Target: ev.Connection})
		case csta.ConnectionCleared:
			fmt.Println("over")
			return
		}
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	// Output:
	// a call for 1001
	// answered at 1001
	// over
}

// What the server refuses is a fault with a code.
func ExampleDo() {
	aes := mockaes.New(mockaes.Options{Silent: true})
	defer aes.Close()
	ctx := context.Background()
	s, err := wti.Dial(ctx, aes.WTI, wti.Options{User: "cti", Password: "cti-secret"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	_, err = wti.Do(ctx, s, csta.GetDeviceID{SwitchName: "CM1", Extension: "9999"})
	if fault, ok := errors.AsType[*csta.Fault](err); ok {
		fmt.Println(fault.Code == csta.InvalidDeviceID)
	}
	// Output: true
}

// A server that wants the token in each request is found out by its refusal.
func ExampleSession_Findings() {
	aes := mockaes.New(mockaes.Options{Silent: true, Quirks: []string{"token=header.token"}})
	defer aes.Close()
	ctx := context.Background()
	s, err := wti.Dial(ctx, aes.WTI, wti.Options{User: "cti", Password: "cti-secret"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	reply, err := wti.Do(ctx, s, csta.GetDeviceID{SwitchName: "CM1", Extension: "1001"})
	fmt.Println(reply.Device, err, s.Findings())
	// Output: 1001:CM1:0.0.0.0:0 <nil> [token=header.token]
}

// A monitor of two events tells of no others, whatever a filter means to the server.
func ExampleSession_MonitorOnly() {
	aes := mockaes.New(mockaes.Options{Silent: true, Quirks: []string{"filter=csta"}})
	defer aes.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	s, err := wti.Dial(ctx, aes.WTI, wti.Options{User: "cti", Password: "cti-secret"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	m, err := s.MonitorOnly(ctx, csta.MonitorStart{
		Object: csta.MonitorObject{Device: "1001:CM1::0"},
	}, csta.Originated{}, csta.Established{})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := wti.Do(ctx, s, csta.MakeCall{From: "1001", To: "7101"}); err != nil {
		fmt.Println(err)
		return
	}
	for ev, err := range m.Events(ctx) {
		fmt.Println(ev.EventName(), err)
		if ev.EventName() == "EstablishedEvent" {
			return
		}
	}
	// Output:
	// OriginatedEvent <nil>
	// EstablishedEvent <nil>
}
