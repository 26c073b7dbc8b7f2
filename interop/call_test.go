//go:build unix

package interop_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// report is what 'call --json' prints, as documented for its users.
type report struct {
	Call        string  `json:"call"`
	Established bool    `json:"established"`
	Seconds     float64 `json:"seconds"`
	Media       struct {
		Codec          string
		Sent, Received int
	} `json:"media"`
}

func TestACallIsEstablishedHeardAndClearedInEveryDialect(t *testing.T) {
	t.Parallel()
	each(t, dialects, func(t *testing.T, m maker, mood mood) {
		mood.stay = 500 * time.Millisecond
		callThrough(t, m, mood)
	})
}

func TestACallLivesThroughEveryFailure(t *testing.T) {
	t.Parallel()
	each(t, failures, callThrough)
}

func callThrough(t *testing.T, m maker, mood mood) {
	server := m.serve(t, mood.args...)
	call := server.client(t, "call", "7100", "--station", "1001", "--json",
		"--mic", "tone:440", "--for", mood.stay.String())
	if code := call.exit(t); code != 0 {
		t.Fatalf("exit code %d, want 0", code)
	}
	var r report
	if err := json.Unmarshal([]byte(strings.Join(call.out.all(), "")), &r); err != nil {
		t.Fatal(err)
	}
	if !r.Established || r.Seconds < mood.stay.Seconds()-0.1 {
		t.Errorf("got %+v, want a call of %v", r, mood.stay)
	}
	// 50 packets a second leave; the echo sends each back. A connection that is lost
	// has nothing to do with the audio, which goes on.
	if least := int(mood.stay.Seconds() * 50 / 2); r.Media.Received < least {
		t.Errorf("%d packets were heard, want %d at least", r.Media.Received, least)
	}
	told := server.facts(t)
	if n := count(told, asked("MakeCall")); n != 1 {
		t.Errorf("the call was asked for %d times", n)
	}
	if n := count(told, isBreak); n < mood.breaks {
		t.Errorf("the connection was lost %d times, want %d: the mood was not tried",
			n, mood.breaks)
	}
	if n := count(told, expired); n > 0 && mood.breaks == 0 {
		t.Errorf("%d sessions expired though they can be reset", n)
	}
}

func expired(f fact) bool { return f.Fact == "session" && f.How == "expired" }

// TestACallIsClearedThoughTheConnectionIsLostAtThatMoment: the request was carried
// out, its answer never came, and nothing is left standing.
func TestACallIsClearedThoughTheConnectionIsLostAtThatMoment(t *testing.T) {
	t.Parallel()
	for _, m := range makers {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			server := m.serve(t, "--cut-request=ClearConnection", "--times=1")
			call := server.client(t, "call", "7100", "--station", "1001", "--for", "300ms")
			if code := call.exit(t); code != 0 {
				t.Errorf("exit code %d, want 0", code)
			}
			told := server.facts(t)
			if n := count(told, isBreak); n != 1 {
				t.Errorf("the connection was lost %d times, want once", n)
			}
			if n := count(told, asked("ClearConnection")); n > 2 {
				t.Errorf("the call was cleared %d times", n)
			}
		})
	}
}

// TestACallThatMayHaveBeenPlacedIsNotPlacedAgain: nobody knows whether it was, so
// the program says so and leaves the decision to its user.
func TestACallThatMayHaveBeenPlacedIsNotPlacedAgain(t *testing.T) {
	t.Parallel()
	for _, m := range makers {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			server := m.serve(t, "--cut-request=MakeCall", "--times=1")
			call := server.client(t, "call", "7100", "--station", "1001", "--for", "300ms")
			if code := call.exit(t); code != 3 {
				t.Errorf("exit code %d, want 3", code)
			}
			said := strings.Join(call.errs.all(), "\n")
			if !strings.Contains(said, "may have been carried out") {
				t.Errorf("said only\n%s", said)
			}
			if n := count(server.facts(t), asked("MakeCall")); n != 1 {
				t.Errorf("the call was asked for %d times", n)
			}
		})
	}
}
