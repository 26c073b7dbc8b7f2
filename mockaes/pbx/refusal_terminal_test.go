package pbx

import (
	"errors"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// stopped stops the stream that 1001 has in a call of its own, for MediaStart.
func (st *stage) stopped() csta.ConnectionID {
	st.Helper()
	st.register("1001")
	call := st.call("1001", "7100")
	_, err := st.s.MediaStop(csta.MediaStop{Connection: call}, "1001")
	st.ok(err)
	return call
}

// streamed asks for a stream to begin or to end, as an owner.
func streamed(
	owner string, start bool, id csta.ConnectionID, to *csta.MediaInfo,
) func(*Switch) error {
	return func(s *Switch) error {
		if !start {
			_, err := s.MediaStop(csta.MediaStop{Connection: id}, owner)
			return err
		}
		_, err := s.MediaStart(csta.MediaStart{
			Connection: id, Descriptor: csta.MediaDescriptor{Local: to},
		}, owner)
		return err
	}
}

func TestStreamsThatDoNotFitAreRefused(t *testing.T) {
	nowhere := &csta.MediaInfo{RTP: csta.IPAddress{Address: "192.0.2.9", Port: 70000}}
	strange := &csta.MediaInfo{
		RTP: csta.IPAddress{Address: "192.0.2.9", Port: 7000}, Codecs: []string{"g729"},
	}
	redirect := func(local *csta.MediaInfo, back bool) func(*stage) func(*Switch) error {
		return func(st *stage) func(*Switch) error {
			st.register("1001")
			return func(s *Switch) error {
				return s.RedirectMedia(csta.RedirectMedia{
					Device: "1001", Local: local, Previous: back,
				}, "1001")
			}
		}
	}
	refuseAll(t, []refusal{
		{"starting what was not stopped", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			return streamed("1001", true, st.call("1001", "7100"), nil)
		}},
		{"starting somebody else's stream", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			return streamed("another", true, st.stopped(), nil)
		}},
		{"starting a stream to no port", "operation/invalidParameterValue", func(
			st *stage,
		) func(*Switch) error {
			return streamed("1001", true, st.stopped(), nowhere)
		}},
		{"starting a stream in no common codec", "operation/invalidParameterValue", func(
			st *stage,
		) func(*Switch) error {
			return streamed("1001", true, st.stopped(), strange)
		}},
		{"starting the stream of a call on hold", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			call := st.stopped()
			st.hold(call)
			return streamed("1001", true, call, nil)
		}},
		{"stopping a stream twice", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			return streamed("1001", false, st.stopped(), nil)
		}},
		{"stopping somebody else's stream", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			st.register("1001")
			return streamed("another", false, st.call("1001", "7100"), nil)
		}},
		{"stopping the stream of who has none", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			return streamed("1001", false, st.call("1001", "7100"), nil)
		}},
		{
			"moving a stream to nowhere in particular", "operation/invalidParameterValue",
			redirect(nil, false),
		},
		{"moving a stream to no port", "operation/invalidParameterValue", redirect(nowhere, false)},
		{
			"moving a stream into no common codec", "operation/invalidParameterValue",
			redirect(strange, false),
		},
		{
			"moving a stream back that was not moved", "operation/invalidParameterValue",
			redirect(nil, true),
		},
	})
}

// broken is an ear that opens no stream.
type broken struct{ *ear }

func (broken) Open(LegID, csta.MediaInfo, Terms) (Near, error) {
	return Near{}, errors.New("there is no port left")
}

func TestAStreamThatCannotBeOpenedStaysAsItWas(t *testing.T) {
	st := newStage(t, DefaultLab())
	call := st.stopped()
	st.s.media = broken{st.media}
	other := &csta.MediaInfo{RTP: csta.IPAddress{Address: "192.0.2.9", Port: 7000}}
	start := streamed("1001", true, call, other)
	st.refuses(csta.ResourceOutOfServe, func() error { return start(st.s) })
	st.s.media = st.media
	st.ok(start(st.s))
	st.wantHeard("when there is a port", call.Call, map[string]string{"1001": "echo"})
}

func TestTonesThatDoNotFitAreNotCollected(t *testing.T) {
	here := csta.CallObject{Device: "1001"}
	collecting := func(st *stage) {
		st.register("1001")
		st.ok(st.s.ToneCollectionStart(csta.ToneCollectionStart{Object: here}))
	}
	criteria := func(edit func(*csta.ToneRetrievalCriteria)) func(*stage) func(*Switch) error {
		return func(st *stage) func(*Switch) error {
			collecting(st)
			req := csta.ToneRetrievalCriteria{Object: here}
			edit(&req)
			return doing((*Switch).ToneRetrievalCriteria, req)
		}
	}
	idle := func(ask func(*Switch) error) func(*stage) func(*Switch) error {
		return func(st *stage) func(*Switch) error {
			st.register("1001")
			return ask
		}
	}
	refuseAll(t, []refusal{
		{"collecting twice", "stateIncompatibility/invalidObjectState", func(
			st *stage,
		) func(*Switch) error {
			collecting(st)
			return doing((*Switch).ToneCollectionStart, csta.ToneCollectionStart{Object: here})
		}},
		{"ending no collection", "stateIncompatibility/invalidObjectState", idle(
			doing((*Switch).ToneCollectionStop, csta.ToneCollectionStop{Object: here}),
		)},
		{"emptying no buffer", "stateIncompatibility/invalidObjectState", idle(doing(
			(*Switch).ToneCollectionFlushBuffer, csta.ToneCollectionFlushBuffer{Object: here},
		))},
		{"criteria of no collection", "stateIncompatibility/invalidObjectState", idle(doing(
			(*Switch).ToneRetrievalCriteria, csta.ToneRetrievalCriteria{Object: here},
		))},
		{"less than no tones", "operation/valueOutOfRange", criteria(
			func(c *csta.ToneRetrievalCriteria) { c.Number = -1 },
		)},
		{"more tones than the buffer holds", "operation/valueOutOfRange", criteria(
			func(c *csta.ToneRetrievalCriteria) { c.Number = 257 },
		)},
		{"a first tone before it is asked for", "operation/valueOutOfRange", criteria(
			func(c *csta.ToneRetrievalCriteria) { c.InitialTimeout = -1 },
		)},
		{"a next tone before the one before", "operation/valueOutOfRange", criteria(
			func(c *csta.ToneRetrievalCriteria) { c.InterdigitTimeout = -1 },
		)},
		{"two tones that end it", "operation/invalidParameterValue", criteria(
			func(c *csta.ToneRetrievalCriteria) { c.FlushCharacter = "##" },
		)},
		{"a tone that is none", "operation/invalidParameterValue", criteria(
			func(c *csta.ToneRetrievalCriteria) { c.FlushCharacter = "x" },
		)},
	})
}

func TestTelephonesThatAreNotThereAreNotOperated(t *testing.T) {
	seven := "7"
	for name, ask := range map[string]func(*Switch) error{
		"a button": doing((*Switch).ButtonPress, csta.ButtonPress{Device: "1001", Button: seven}),
		"a hook": doing((*Switch).SetHookswitchStatus, csta.SetHookswitchStatus{
			Device: "1001",
		}),
		"a ringer": doing((*Switch).SetRingerStatus, csta.SetRingerStatus{
			Device: "1001", Mode: csta.Ringing,
		}),
		"a display": asking((*Switch).GetDisplay, csta.GetDisplay{Device: "1001"}),
		"a lamp":    asking((*Switch).GetLampMode, csta.GetLampMode{Device: "1001"}),
		"a collection": doing((*Switch).ToneCollectionStart, csta.ToneCollectionStart{
			Object: csta.CallObject{Device: "1001"},
		}),
		"a collection by its call": doing((*Switch).ToneCollectionStart,
			csta.ToneCollectionStart{Object: csta.CallObject{
				Call: &csta.ConnectionID{Call: "1", Device: "1001"},
			}}),
		"audio": func(s *Switch) error {
			return s.RedirectMedia(csta.RedirectMedia{Device: "1001", Previous: true}, "me")
		},
		"an older registration": func(s *Switch) error {
			return s.UnregisterDevice(csta.UnregisterDevice{Device: "1001"}, "me")
		},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t, DefaultLab())
			st.refuses(csta.InvalidObjectState, func() error { return ask(st.s) })
		})
	}
}

// TestAnApplicationThatLeavesTakesItsWishesAlong registers, has digits collected and the
// telephone ring, unregisters, and registers anew.
func TestAnApplicationThatLeavesTakesItsWishesAlong(t *testing.T) {
	st := newStage(t, DefaultLab())
	here := csta.CallObject{Device: "1001"}
	for range 2 {
		st.register("1001")
		r, err := st.s.GetRingerStatus(csta.GetRingerStatus{Device: "1001"})
		st.ok(err)
		if r.List[0].Mode != csta.NotRinging {
			t.Error("it rings for nobody")
		}
		st.ok(st.s.SetRingerStatus(csta.SetRingerStatus{Device: "1001", Mode: csta.Ringing}))
		st.ok(st.s.ToneCollectionStart(csta.ToneCollectionStart{Object: here}))
		st.ok(st.s.ToneRetrievalCriteria(csta.ToneRetrievalCriteria{
			Object: here, InitialTimeout: 1000,
		}))
		st.s.Unregister(csta.UnregisterTerminal{Device: "1001"}, "1001")
	}
	st.watch("1001")
	st.lines = nil
	st.clock.Advance(time.Minute)
	if len(st.lines) > 0 {
		t.Errorf("digits are still collected: %v", st.lines)
	}
}
