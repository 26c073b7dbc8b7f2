package phone

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// State is all that is known of the device at one moment. It is a value: it may be
// kept.
type State struct {
	Board calls.Board
	Agent Agent
	Media Media
	Link  Link
}

// Agent is who works at the device, as the switch tells it.
type Agent struct {
	ID      string          // "" while nobody is logged in
	State   csta.AgentState // "" while it is not known
	Mode    csta.WorkMode
	Reason  *int            // why not ready, where the switch tells
	Pending csta.AgentState // what the agent changes to when the call ends
	Skills  []csta.DeviceID
	Since   time.Time // of the present state, when it was first seen
}

// Media is the device's audio.
type Media struct {
	Registered bool
	Active     bool   // audio flows, as far as the switch is concerned
	Codec      string // of the stream, while it is active
	Encryption string // of the stream, by its DMCC token; empty in the clear
	Trouble    string // what keeps audio from flowing, in words; "" for nothing

	// Unregistered says that the switch has ended the registration, or did not renew it
	// after a loss: no audio comes before [Phone.Register].
	Unregistered bool
}

// Link is the connection to AES. Lost says why nothing more will be heard; while
// the session heals the rest of a [State] is what was last known.
type Link struct {
	wti.Status
	Lost    error
	Missing []error // what could not be restored after the last loss, registrations apart
}

// Update is a state and what led to it.
type Update struct {
	State State
	Event wti.Event // its Event is nil where no event led here
}

// board is the phone's state and those who wait for it to change. Only the phone's
// own goroutines publish.
type board struct {
	notify func(Update)

	order   sync.Mutex // keeps updates in the order of the states
	mu      sync.Mutex // guards what follows
	state   State
	waiters map[*waiter]struct{}
}

// waiter is one [Phone.Await]. Whoever removes it from the map sends, once.
type waiter struct {
	fits func(State) bool
	got  chan State // room for one
}

func (b *board) now() State {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state
}

// change publishes the state that f makes of the present one. Every waiter sees
// every state, so that none can be missed however short it is.
func (b *board) change(ev wti.Event, f func(*State)) {
	b.order.Lock()
	defer b.order.Unlock()
	b.mu.Lock()
	f(&b.state)
	state := b.state
	for w := range b.waiters {
		if w.fits(state) || state.Link.Lost != nil {
			delete(b.waiters, w)
			w.got <- state
		}
	}
	b.mu.Unlock()
	b.notify(Update{State: state, Event: ev})
}

// State is the present state.
func (p *Phone) State() State { return p.board.now() }

// Await waits for a state that fits, the present one included. It fails with the
// context, or when the connection is lost: then the state is the last one, and the error
// says what it is like.
func (p *Phone) Await(ctx context.Context, fits func(State) bool) (State, error) {
	w := &waiter{fits: fits, got: make(chan State, 1)}
	b := &p.board
	b.mu.Lock()
	if state := b.state; fits(state) || state.Link.Lost != nil {
		b.mu.Unlock()
		return awaited(state, fits)
	}
	b.waiters[w] = struct{}{}
	b.mu.Unlock()
	select {
	case state := <-w.got:
		return awaited(state, fits)
	case <-ctx.Done():
		b.mu.Lock()
		delete(b.waiters, w)
		state := b.state
		b.mu.Unlock()
		return state, inVain(state, ctx.Err())
	}
}

func awaited(state State, fits func(State) bool) (State, error) {
	if !fits(state) {
		return state, inVain(state, state.Link.Lost)
	}
	return state, nil
}

// inVain is the error of a wait: why it ended, and what there was instead.
func inVain(state State, why error) error {
	return fmt.Errorf("phone: waited in vain: %w; there is: %v", why, state)
}

// String is the state in a line, for errors and logs: the link, the agent, the calls with
// the states of the own connection and of the others, and what keeps audio from flowing.
func (s State) String() string {
	parts := []string{"link " + cmp.Or(string(s.Link.State), "unknown")}
	if s.Link.Lost != nil {
		parts[0] = "link lost"
	}
	if s.Agent.State != "" {
		parts = append(parts, strings.TrimSpace("agent "+s.Agent.ID)+" "+string(s.Agent.State))
	}
	for _, c := range s.Board.Calls() {
		text := fmt.Sprintf("call %s %s", c.ID, c.State)
		for _, p := range c.Parties {
			text += fmt.Sprintf(", %s %s", calls.Name(p.Device), p.State)
		}
		parts = append(parts, text)
	}
	if len(s.Board.Calls()) == 0 {
		parts = append(parts, "no calls")
	}
	if s.Media.Trouble != "" {
		parts = append(parts, "audio: "+s.Media.Trouble)
	}
	return strings.Join(parts, "; ")
}
