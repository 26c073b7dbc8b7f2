package mockaes_test

import (
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// from cuts off the beginning.
func from(pcm []int16, start time.Duration) []int16 {
	return pcm[min(len(pcm), int(start*rtpmedia.SampleRate/time.Second)):]
}

func TestMilliwattIsHeard(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		p := register(t, srv, "1001", rtpmedia.Silence())
		id := p.call("1001", "7101")
		pass(3 * time.Second)
		pcm := from(p.heard(), time.Second)
		if got := share(pcm, 1004); got < 0.999 {
			t.Errorf("%.4f of what was heard is a tone of 1004 Hz", got)
		}
		// 0 dBm0 is 3.17 dB below a full-scale sine (G.711).
		if got := rtpmedia.Level(pcm); got < -3.4 || got > -2.9 {
			t.Errorf("its level is %.2f dBFS", got)
		}
		p.hangUp(id)
		p.event("MediaStopEvent")
		if got := p.rtp.Stats(); got.Lost != 0 || got.Received < 100 {
			t.Errorf("%d packets came, %d were lost", got.Received, got.Lost)
		}
	})
}

func TestEchoReturnsWhatWasSaid(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		said := speech(t, "customer-order")
		p := register(t, srv, "1001", rtpmedia.FromPCM(said))
		p.call("1001", "7100")
		pass(4 * time.Second)
		if got := likeness(from(said, time.Second), p.heard()); got < 0.995 {
			t.Errorf("the echo correlates with %.4f", got)
		}
	})
}

func TestSilenceIsSilent(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		p := register(t, srv, "1001", rtpmedia.Tone(500, -10))
		p.call("1001", "7102")
		pass(3 * time.Second)
		if got := rtpmedia.Level(from(p.heard(), 0)); got > -60 {
			t.Errorf("%.1f dBFS were heard", got)
		}
	})
}

func TestTwoPartiesHearEachOtherAndHoldIsSilence(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		a := register(t, srv, "1001", rtpmedia.Tone(500, -13))
		b := register(t, srv, "1002", rtpmedia.Tone(900, -13))
		id := a.call("1001", "1002")
		rings := connection(t, b.event("DeliveredEvent"), "connection")
		pass(time.Second)
		if got := share(from(a.heard(), 500*time.Millisecond), 900); got > 0.01 {
			t.Errorf("the caller hears the called party before the answer: %.3f", got)
		}
		b.must("AnswerCall", `{"callToBeAnswered":`+rings+`}`, nil)
		pass(2 * time.Second)
		atA, atB := from(a.heard(), time.Second), from(b.heard(), time.Second)
		if x, y := share(atA, 900), share(atB, 500); x < 0.99 || y < 0.99 {
			t.Errorf("%.3f at the caller and %.3f at the called party are the other's tone", x, y)
		}
		a.must("HoldCall", `{"callToBeHeld":`+id+`}`, nil)
		pass(time.Second)
		a.heard()
		b.heard()
		pass(time.Second)
		if got := share(b.heard(), 500); got > 0.01 {
			t.Errorf("on hold, %.3f is still the holder's tone", got)
		}
		a.must("RetrieveCall", `{"callToBeRetrieved":`+id+`}`, nil)
		pass(2 * time.Second)
		if got := share(from(b.heard(), time.Second), 500); got < 0.99 {
			t.Errorf("retrieved, %.3f is the holder's tone", got)
		}
	})
}

func TestRingbackIsHeardBeforeTheAnswer(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		p := register(t, srv, "1001", rtpmedia.Silence())
		p.call("1001", "1002")
		pass(1500 * time.Millisecond)
		pcm := from(p.heard(), 500*time.Millisecond)
		if got := share(pcm, 440) + share(pcm, 480); got < 0.95 {
			t.Errorf("%.3f of it is ringback", got)
		}
	})
}

func TestAgentHearsTheCustomerAndTheCustomerTheAgent(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		p := register(t, srv, "1001", rtpmedia.Tone(700, -13))
		p.must("SetAgentState", `{"device":"1001:CM1::0","requestedAgentState":"loggedOn",`+
			`"agentID":"4001","password":"34333231"}`, nil)
		p.must("SetAgentState", `{"device":"1001:CM1::0","requestedAgentState":"ready"}`, nil)
		_, err := srv.Switch().IncomingCall(pbx.IncomingCall{
			From: "+15550100123", To: "8001", Says: "wav:customer-invoice",
		})
		if err != nil {
			t.Fatal(err)
		}
		rings := connection(t, p.event("DeliveredEvent"), "connection")
		p.must("AnswerCall", `{"callToBeAnswered":`+rings+`}`, nil)
		pass(5 * time.Second)
		said := from(speech(t, "customer-invoice"), time.Second)
		if got := likeness(said, p.heard()); got < 0.99 {
			t.Errorf("what the agent hears correlates with %.4f", got)
		}
		var loudest, seconds float64
		for _, leg := range srv.State().Audio {
			if leg.Stream == nil {
				loudest, seconds = leg.Loudest, leg.Heard.Seconds()
			}
		}
		if seconds < 4 || loudest < -14 || loudest > -12 {
			t.Errorf("the customer heard %.1f s, at most %.1f dBFS", seconds, loudest)
		}
	})
}

func TestDialledDigitsReachTheSwitch(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		p := register(t, srv, "1001", rtpmedia.Silence())
		other := login(t, srv)
		other.monitor(other.device("1010"))
		p.call("1001", "8002") // support: 2 is the operator at 1010
		pass(8 * time.Second)
		if got := likeness(from(speech(t, "menu"), time.Second), p.heard()); got < 0.99 {
			t.Errorf("the menu correlates with %.4f", got)
		}
		if err := p.rtp.SendDigits(t.Context(), "2"); err != nil {
			t.Fatal(err)
		}
		other.event("DeliveredEvent")
	})
}

func TestDigitsOfASwitchAreHeard(t *testing.T) {
	bubble(t, mockaes.Options{}, func(t *testing.T, srv *mockaes.Server) {
		a := register(t, srv, "1001", rtpmedia.Silence())
		b := register(t, srv, "1002", rtpmedia.Silence())
		dialled := make(chan rune, 8)
		b.rtp.OnDigit(func(d rtpmedia.Digit) {
			if d.Ended {
				dialled <- d.Digit
			}
		})
		id := a.call("1001", "1002")
		rings := connection(t, b.event("DeliveredEvent"), "connection")
		b.must("AnswerCall", `{"callToBeAnswered":`+rings+`}`, nil)
		pass(time.Second)
		a.must("GenerateDigits",
			`{"connectionToSendDigits":`+id+`,"charactersToSend":"42#"}`, nil)
		if got := string([]rune{<-dialled, <-dialled, <-dialled}); got != "42#" {
			t.Errorf("got %q", got)
		}
	})
}
