package pbx

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// center is a call center of a given size whose agents answer at once, so that it is
// the queue of Erlang's theory: calls arrive as a Poisson process, talking lasts an
// exponential time, and so does patience.
type center struct {
	s        *Switch
	clock    *clock.Virtual
	rng      *rand.Rand
	rate     float64 // calls a second
	talk     time.Duration
	patience time.Duration // 0: for ever

	arrived        map[csta.CallID]time.Time
	calls, delayed int
	answered, gone int
	waited         time.Duration
}

const centerVDN = "80001"

func newCenter(t testing.TB, agents int, seed uint64) *center {
	t.Helper()
	lab := Lab{
		Skills:      []Skill{{Extension: "50001"}},
		Vectors:     []Vector{{Number: 1, Steps: []string{"queue-to skill 50001", "stop"}}},
		VDNs:        []VDN{{Extension: centerVDN, Vector: 1}},
		TrunkGroups: []TrunkGroup{{Number: 1, Members: 2000}},
	}
	for i := range agents {
		lab.Stations = append(lab.Stations, Station{
			Extension: fmt.Sprint(10001 + i), AutoAnswer: true,
		})
		lab.Agents = append(lab.Agents, Agent{
			ID: fmt.Sprint(40001 + i), Skills: []AgentSkill{{Skill: "50001"}},
		})
	}
	c := &center{
		clock: clock.NewVirtual(start), rng: rand.New(rand.NewPCG(seed, 1)),
		arrived: map[csta.CallID]time.Time{},
	}
	s, err := New(lab, Options{Clock: c.clock, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	c.s = s
	for i := range agents {
		_, err := s.SetAgentState(csta.SetAgentState{
			Device: csta.DeviceID(fmt.Sprint(10001 + i)), State: csta.LogOn,
			AgentID: fmt.Sprint(40001 + i),
			Private: csta.SetAgentPrivate{WorkMode: csta.AutoIn},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err = s.Monitor(csta.MonitorStart{
		Object: csta.MonitorObject{Device: centerVDN}, Type: csta.CallMonitor,
	}, "1", c.event)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *center) event(ev csta.Event) {
	switch ev := ev.(type) {
	case csta.QueuedEvent:
		c.arrived[ev.Connection.Call] = c.clock.Now()
		c.delayed++
	case csta.Established:
		c.answered++
		if at, waited := c.arrived[ev.Connection.Call]; waited {
			c.waited += c.clock.Now().Sub(at)
			delete(c.arrived, ev.Connection.Call)
		}
	case csta.CallCleared:
		if at, waited := c.arrived[ev.Call.Call]; waited {
			c.waited += c.clock.Now().Sub(at)
			delete(c.arrived, ev.Call.Call)
			c.gone++
		}
	}
}

func (c *center) exponential(mean time.Duration) time.Duration {
	return max(time.Duration(c.rng.ExpFloat64()*float64(mean)), time.Microsecond)
}

// arrive places a call and arranges for the next one.
func (c *center) arrive() {
	in := IncomingCall{To: centerVDN, Talk: c.exponential(c.talk)}
	if c.patience > 0 {
		in.Patience = c.exponential(c.patience)
	}
	if _, err := c.s.IncomingCall(in); err == nil {
		c.calls++
	}
	mean := time.Duration(float64(time.Second) / c.rate)
	c.clock.AfterFunc(c.exponential(mean), c.arrive)
}

// run lets the center warm up, and then measures it for a while.
func (c *center) run(warm, measured time.Duration) {
	c.arrive()
	c.clock.Advance(warm)
	c.calls, c.delayed, c.answered, c.gone, c.waited = 0, 0, 0, 0, 0
	clear(c.arrived)
	c.clock.Advance(measured)
}

// erlangC is the probability of having to wait with n agents and a load in erlang.
func erlangC(n int, load float64) float64 {
	b := 1.0 // Erlang B by its recursion
	for k := 1; k <= n; k++ {
		b = load * b / (float64(k) + load*b)
	}
	rho := load / float64(n)
	return b / (1 - rho*(1-b))
}

// erlangA is, for n agents, arrivals of rate lambda, service of rate mu and patience
// of rate theta, the probability of having to wait and of giving up: the stationary
// distribution of the birth-death chain, summed until nothing is left to add.
func erlangA(n int, lambda, mu, theta float64) (wait, giveUp float64) {
	p, total, full, lost := 1.0, 1.0, 0.0, 0.0
	for k := 1; k < 100_000; k++ {
		p *= lambda / (math.Min(float64(k), float64(n))*mu + math.Max(float64(k-n), 0)*theta)
		total += p
		if k >= n {
			full += p
			lost += p * float64(k-n) * theta
		}
		if k > n && p < 1e-15*total {
			break
		}
	}
	return full / total, lost / total / lambda
}

// sample is a mean over independent days, with the standard error of it.
type sample []float64

func (s sample) mean() (mean, half float64) {
	for _, x := range s {
		mean += x / float64(len(s))
	}
	var v float64
	for _, x := range s {
		v += (x - mean) * (x - mean) / float64(len(s)-1)
	}
	// Student's t for 99 % and 7 degrees of freedom: eight days.
	return mean, 3.499 * math.Sqrt(v/float64(len(s)))
}

const erlangDays = 8

func wantWithin(t *testing.T, what string, measured sample, theory float64) {
	t.Helper()
	mean, half := measured.mean()
	t.Logf("%s: measured %.4f ± %.4f, theory %.4f", what, mean, half, theory)
	if math.Abs(mean-theory) > half {
		t.Errorf("%s: measured %.4f ± %.4f, theory %.4f", what, mean, half, theory)
	}
}

func TestWaitingFollowsErlangC(t *testing.T) {
	const agents, talk = 10, 3 * time.Minute
	for _, load := range []float64{6, 8, 9} {
		t.Run(fmt.Sprintf("%g erlang", load), func(t *testing.T) {
			var waits, seconds sample
			for day := range uint64(erlangDays) {
				c := newCenter(t, agents, day)
				c.rate, c.talk = load/talk.Seconds(), talk
				c.run(2*time.Hour, 24*time.Hour)
				waits = append(waits, float64(c.delayed)/float64(c.calls))
				seconds = append(seconds, c.waited.Seconds()/float64(c.calls))
				c.s.Close()
			}
			wait := erlangC(agents, load)
			wantWithin(t, "probability of waiting", waits, wait)
			wantWithin(t, "mean wait in seconds", seconds,
				wait*talk.Seconds()/(agents-load))
		})
	}
}

func TestImpatienceFollowsErlangA(t *testing.T) {
	const agents, talk, patience = 10, 3 * time.Minute, time.Minute
	for _, load := range []float64{8, 10, 12} {
		t.Run(fmt.Sprintf("%g erlang", load), func(t *testing.T) {
			var waits, lost sample
			for day := range uint64(erlangDays) {
				c := newCenter(t, agents, 100+day)
				c.rate, c.talk, c.patience = load/talk.Seconds(), talk, patience
				c.run(2*time.Hour, 24*time.Hour)
				waits = append(waits, float64(c.delayed)/float64(c.calls))
				lost = append(lost, float64(c.gone)/float64(c.calls))
				c.s.Close()
			}
			wait, giveUp := erlangA(agents, load/talk.Seconds(), 1/talk.Seconds(),
				1/patience.Seconds())
			wantWithin(t, "probability of waiting", waits, wait)
			wantWithin(t, "probability of giving up", lost, giveUp)
		})
	}
}

func TestTheTheoryIsTheBooks(t *testing.T) {
	// Erlang C for 10 agents and 8 erlang is 0.4092 in the usual tables; with
	// patience that hardly ends, Erlang A is the same.
	if got := erlangC(10, 8); math.Abs(got-0.4092) > 0.0001 {
		t.Errorf("Erlang C: %.4f", got)
	}
	if wait, _ := erlangA(10, 8, 1, 1e-9); math.Abs(wait-0.4092) > 0.0001 {
		t.Errorf("Erlang A without impatience: %.4f", wait)
	}
}
