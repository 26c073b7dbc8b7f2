package pbx

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wtiphone/wtiphone/csta"
)

func TestTheMessageLampIsOneOfTheTelephones(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.register("1001")
	st.watch("1001")
	set := func(on bool) {
		st.says("message lamp %v", on)
		st.ok(st.s.SetMessageWaitingIndicator(csta.SetMessageWaitingIndicator{
			Device: "1001", On: on,
		}))
	}
	// lamps is what GetLampMode says of the lamps that are red: of the others, call
	// appearances have (Avaya's sample programs: green).
	lamps := func() (red []csta.LampMode) {
		r, err := st.s.GetLampMode(csta.GetLampMode{Device: "1001"})
		st.ok(err)
		for _, item := range r.List {
			if *item.Color == csta.LampRed && item.Button == "" {
				red = append(red, item.Mode)
			}
		}
		return red
	}
	if diff := cmp.Diff([]csta.LampMode{csta.LampOff}, lamps()); diff != "" {
		t.Error(diff)
	}
	set(true)
	if diff := cmp.Diff([]csta.LampMode{csta.LampSteady}, lamps()); diff != "" {
		t.Error(diff)
	}
	set(false)
	st.holds([]claim{{"the lamp is lit and put out, and both are told once", []string{
		"1001 MessageWaiting", "1001 LampMode lamp 262 L=- mode 3",
		"1001 MessageWaiting", "1001 LampMode lamp 262 L=- mode 2",
	}, nil}})
	if n := len(slices.DeleteFunc(st.lines, func(line string) bool {
		return line == "" || line[0] != ' '
	})); n != 4 {
		t.Errorf("%d events, want 4: %q", n, st.lines)
	}

	info, err := st.s.GetLampInformation(csta.GetLampInformation{Device: "1001", Lamp: "262"})
	st.ok(err)
	if len(info.List) != 1 || info.List[0].Label != "Message" {
		t.Errorf("got %+v", info.List)
	}
	device, err := st.s.GetPhysicalDeviceInformation(csta.GetPhysicalDeviceInformation{
		Device: "1001",
	})
	st.ok(err)
	if *device.MaxLamps != 4 || *device.MaxButtons != 7 {
		t.Errorf("%d lamps, %d buttons; want 3 appearances and the message lamp, "+
			"3 appearances and 4 buttons", *device.MaxLamps, *device.MaxButtons)
	}
	state, err := st.s.GetMessageWaitingIndicator(csta.GetMessageWaitingIndicator{
		Device: "1001",
	})
	st.ok(err)
	if state.On || state.Lamp == nil || !*state.Lamp {
		t.Errorf("got %+v", state)
	}
}

func TestATelephoneIsToldOfItsMessageLampWhenItRegisters(t *testing.T) {
	st := newStage(t, DefaultLab())
	st.ok(st.s.SetMessageWaitingIndicator(csta.SetMessageWaitingIndicator{
		Device: "1001", On: true,
	}))
	st.watch("1001")
	st.register("1001")
	st.holds([]claim{{
		"a message that came before lights the lamp",
		[]string{"1001 LampMode lamp 262 L=- mode 3"},
		nil,
	}})
}
