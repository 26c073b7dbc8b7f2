package tui

import (
	"time"

	"github.com/wtiphone/wtiphone/calls"
	"github.com/wtiphone/wtiphone/csta"
)

// State is what the screen shows.
type State struct {
	Station string // the number of the station
	Name    string // whose it is, "" where that is not known
	Board   calls.Board
	Agent   Agent
	Link    Link
}

// Agent is who is logged in at the station.
type Agent struct {
	ID      string          // "" while nobody is logged in
	State   csta.AgentState // "" while it is not known
	Mode    csta.WorkMode
	Reason  *int            // why not ready, where the switch tells
	Pending csta.AgentState // what the agent changes to when the call ends
	Skills  []csta.DeviceID
	Since   time.Time // of the present state
}

// LinkStatus says whether the phone is in touch with AES.
type LinkStatus string

// The link statuses. The zero value is Connecting.
const (
	Connecting LinkStatus = "connecting"
	Live       LinkStatus = "live"
	Healing    LinkStatus = "healing" // lost, and being made anew
	Lost       LinkStatus = "lost"
)

// Link is the session with AES.
type Link struct {
	Status LinkStatus
	Since  time.Time
	Why    string // it is not live, in words

	// Cut is the switch that AES has lost its own link to, "" for none: the session
	// with AES lives, but nothing can be asked of that switch or heard from it.
	Cut      string
	CutSince time.Time

	Missing string // what was not restored after the last loss, in words; "" for nothing
}

// StateMsg is the state to show from now on. The screen itself tells what changed
// since the one before: calls, agent and link need no [NoteMsg].
type StateMsg State

// NoteKind says how much a note matters.
type NoteKind int

// The kinds of notes.
const (
	Info NoteKind = iota
	Warning
	Failure
)

// NoteMsg is something that happened, for the list of the last events.
type NoteMsg struct {
	At   time.Time // zero is now
	Text string
	Kind NoteKind

	digits int         // how many it tells of, of those sent into a call
	call   csta.CallID // which that is
}
