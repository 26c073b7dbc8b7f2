package mockaes_test

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// TestAudioGoesOverATie: 1001 of CM1 and 2001 of CM2 hear each other, music while one
// holds, and the digits that the other dials, once.
func TestAudioGoesOverATie(t *testing.T) {
	bubble(t, twoSites(), func(t *testing.T, srv *mockaes.Server) {
		a := register(t, srv, "1001", rtpmedia.Tone(500, -13))
		b := register(t, srv, "2001:CM2", rtpmedia.Tone(900, -13))
		id := a.call("1001", "2001")
		rings := connection(t, b.event("DeliveredEvent"), "connection")
		pass(time.Second)
		pcm := from(a.heard(), 500*time.Millisecond)
		if got := share(pcm, 440) + share(pcm, 480); got < 0.95 {
			t.Errorf("before the answer %.3f of what the caller hears is ringback", got)
		}
		b.must("AnswerCall", `{"callToBeAnswered":`+rings+`}`, nil)
		pass(2 * time.Second)
		atA, atB := from(a.heard(), time.Second), from(b.heard(), time.Second)
		if x, y := share(atA, 900), share(atB, 500); x < 0.99 || y < 0.99 {
			t.Errorf("%.3f at the caller and %.3f at the called party are the other's tone", x, y)
		}

		a.must("HoldCall", `{"callToBeHeld":`+id+`}`, nil)
		pass(time.Second)
		b.heard()
		pass(2 * time.Second)
		music := b.heard()
		if got := share(music, 500); got > 0.01 || rtpmedia.Level(music) < -45 {
			t.Errorf("on hold %.3f is the holder's tone, of %.1f dBFS", got, rtpmedia.Level(music))
		}
		a.must("RetrieveCall", `{"callToBeRetrieved":`+id+`}`, nil)
		pass(time.Second)
		b.heard()
		if err := a.rtp.SendDigits(t.Context(), "5"); err != nil {
			t.Fatal(err)
		}
		pass(time.Second)
		tones := 0
		for len(b.frames) > 0 {
			if frame := <-b.frames; frame.Name == "ToneDetectedEvent" {
				tones++
			}
		}
		if tones != 1 {
			t.Errorf("%d tones were detected at the other switch, want one", tones)
		}
		a.hangUp(id)
		pass(time.Second)
		if legs := srv.State().Audio; len(legs) != 0 {
			t.Errorf("legs are left: %+v", legs)
		}
	})
}

// TestACustomerIsHeardAtTheOtherSite: a customer who called CM1 is transferred to CM2.
func TestACustomerIsHeardAtTheOtherSite(t *testing.T) {
	bubble(t, twoSites(), func(t *testing.T, srv *mockaes.Server) {
		a := register(t, srv, "1001", rtpmedia.Silence())
		b := register(t, srv, "1001:CM2", rtpmedia.Tone(700, -13))
		_, err := srv.Switch().IncomingCall(pbx.IncomingCall{
			From: "+15550100123", To: "1001", Says: "wav:customer-invoice",
		})
		if err != nil {
			t.Fatal(err)
		}
		rings := connection(t, a.event("DeliveredEvent"), "connection")
		a.must("AnswerCall", `{"callToBeAnswered":`+rings+`}`, nil)
		second := connection(t, a.ask("ConsultationCall",
			`{"existingCall":`+rings+`,"consultedDevice":"71001"}`).Payload, "initiatedCall")
		b.must("AnswerCall", `{"callToBeAnswered":`+
			connection(t, b.event("DeliveredEvent"), "connection")+`}`, nil)
		pass(time.Second)
		b.heard()
		a.must("TransferCall", `{"heldCall":`+rings+`,"activeCall":`+second+`}`, nil)
		pass(5 * time.Second)
		said := from(speech(t, "customer-invoice"), time.Second)
		if got := likeness(said, b.heard()); got < 0.99 {
			t.Errorf("what the other site hears correlates with %.4f", got)
		}
		for _, leg := range srv.State().Audio {
			if leg.Stream == nil && leg.Switch == "CM1" && leg.Heard > 4*time.Second {
				return
			}
		}
		t.Errorf("the customer hears nobody: %+v", srv.State().Audio)
	})
}

// TestAnEchoAtTheOtherSite: an announcement of CM2 says what the caller says.
func TestAnEchoAtTheOtherSite(t *testing.T) {
	o := twoSites()
	o.Switches[0].Announcements = []pbx.Announcement{
		{Extension: "2900", Sound: pbx.Echo}, {Extension: "2901", Sound: "tone:1004"},
	}
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		said := speech(t, "customer-order")
		p := register(t, srv, "1001", rtpmedia.FromPCM(said))
		id := p.call("1001", "2900")
		pass(4 * time.Second)
		if got := likeness(from(said, time.Second), p.heard()); got < 0.995 {
			t.Errorf("the echo correlates with %.4f", got)
		}
		p.hangUp(id)
		pass(time.Second)
		p.heard()
		p.call("1001", "2901")
		pass(2 * time.Second)
		if got := share(from(p.heard(), time.Second), 1004); got < 0.99 {
			t.Errorf("%.3f of what is heard is the other switch's announcement", got)
		}
	})
}

// TestTheOtherSitesVectorCollectsDialledDigits: the menu of CM2 takes what is dialled by
// RFC 4733 at CM1.
func TestTheOtherSitesVectorCollectsDialledDigits(t *testing.T) {
	o := twoSites()
	far := &o.Switches[0]
	far.Announcements = []pbx.Announcement{{Extension: "2900", Sound: "wav:menu"}}
	far.VDNs = append(far.VDNs, pbx.VDN{Extension: "2800", Vector: 2})
	far.Vectors = append(far.Vectors, pbx.Vector{Number: 2, Steps: []string{
		"collect 1 digits after announcement 2900",
		"route-to number 2002 with cov n if digit = 2",
	}})
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		p := register(t, srv, "1001", rtpmedia.Silence())
		other := login(t, srv)
		other.monitor(other.device("2002:CM2"))
		p.call("1001", "2800")
		pass(8 * time.Second)
		if got := likeness(from(speech(t, "menu"), time.Second), p.heard()); got < 0.99 {
			t.Errorf("the menu correlates with %.4f", got)
		}
		if err := p.rtp.SendDigits(t.Context(), "2"); err != nil {
			t.Fatal(err)
		}
		ev := decoded[csta.Delivered](t, other.event("DeliveredEvent"))
		if e := ev.Private.Entered; e == nil || e.Data != "2" {
			t.Errorf("entered: %+v", e)
		}
	})
}
