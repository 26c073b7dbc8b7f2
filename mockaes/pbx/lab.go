package pbx

import (
	"time"

	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// DefaultName is what a switch is called whose lab has no name for it.
const DefaultName = "CM1"

// Lab says what there is in a switch. [New] checks it.
type Lab struct {
	Name          string // of the switch, as in device ids; CM1 if empty
	Node          int    // network node number, the first five digits of a UCID; 1 if 0
	Stations      []Station
	Agents        []Agent
	Skills        []Skill
	HuntGroups    []HuntGroup
	VDNs          []VDN
	Vectors       []Vector
	Announcements []Announcement
	TrunkGroups   []TrunkGroup
	Uniform       []dialplan.Uniform
	Outside       []Outside
	DialPlan      dialplan.Plan
	Features      Features
}

// Station is an extension with a telephone.
type Station struct {
	Extension    string
	Name         string
	SecurityCode string // needed to register; compared as it is
	SetType      string // the model of the telephone; 9608 if empty
	Appearances  int    // calls it can have at once; 3 if 0. The last is kept for dialling out
	AutoAnswer   bool   // answers by itself when idle
	// Coverage are the numbers that take calls when the station is busy, does not
	// answer within CoverAfter, or sends all calls away; each is tried in turn.
	Coverage   []string
	CoverAfter time.Duration // 12 s (two rings) if 0
	Bridges    []string      // stations whose calls can be answered here as well
	Pickup     int           // the group within which calls are picked up; 0: none
}

// HuntGroup is a number shared by stations without agents: the first idle one is
// rung. Groups with a queue are skills.
type HuntGroup struct {
	Extension string
	Name      string
	Members   []string // stations
	Circular  bool     // the one after the last that was rung comes first
	Coverage  []string // numbers that take calls when nobody is idle
}

// Agent is a person who can log in at any station.
type Agent struct {
	ID       string
	Name     string
	Password string // empty: none is asked for
	Skills   []AgentSkill
}

// AgentSkill is what an agent can do.
type AgentSkill struct {
	Skill string // its extension
	Level int    // 1 is the best; 1 if 0
}

// Selection says how a skill chooses among free agents.
type Selection string

// The ways of choosing.
const (
	MostIdle  Selection = "ucd-mia" // who has been idle the longest; the default
	BestLevel Selection = "ead-mia" // the best level first, then the longest idle
)

// Skill is a group of agents with a queue (a hunt group with ACD, on CM).
type Skill struct {
	Extension string
	Name      string
	Selection Selection
	RONA      time.Duration // redirect on no answer after so long; 0: ring for ever
	TimedACW  time.Duration // after-call work ends by itself after so long; 0: it does not
}

// VDN is a vector directory number: a number that starts a vector.
type VDN struct {
	Extension string
	Name      string
	Vector    int
}

// Vector is a program for calls, one step a line, in the words of Communication
// Manager: see package vector.
type Vector struct {
	Number int
	Name   string
	Steps  []string
}

// Sound names what an announcement plays, for a [Media].
type Sound string

// The sounds that are not recordings.
const (
	Echo    Sound = "echo"    // what the listener says comes back
	Silence Sound = "silence" // nothing is heard
)

// Announcement is a number that answers and plays.
type Announcement struct {
	Extension string
	Name      string
	Sound     Sound         // echo, silence, tone:HZ, wav:FILE; what it means is up to the Media
	Length    time.Duration // 0: it never ends
}

// TrunkGroup is a bundle of lines to the outside, or (a tie trunk group) to another
// switch; see [Join] and [dialplan.Uniform].
type TrunkGroup struct {
	Number  int
	Name    string
	Members int  // calls it can carry at once
	Analog  bool // the far end's alerting and answer are not signalled
	// To is the name of the switch at the other end; empty: the public network.
	To      string
	ToGroup int // the number of the group at that switch; the same number if 0
}

// Answer says what an outside party does with a call.
type Answer string

// What an outside party can do.
const (
	Answers     Answer = "answer"      // the default
	IsBusy      Answer = "busy"        // the far end is busy
	NeverAnswer Answer = "no-answer"   // it rings and rings
	Unallocated Answer = "unallocated" // there is no such number
)

// Outside says how numbers outside the switch behave when they are called.
// Numbers that no entry matches answer after three seconds and stay.
type Outside struct {
	Number string // as dialled; a * at the end stands for any rest
	Name   string
	Answer Answer
	// Progress is what the network says instead of signalling that it rings or is busy;
	// empty: it signals.
	Progress Progress
	After    time.Duration // from the call to the answer
	Talk     time.Duration // it hangs up so long after the answer; 0: it stays
	Says     string        // what it says, for a Media: wav:FILE, tone:HZ, dtmf:DIGITS, silence
}

// Features are the choices that an administrator, a release or a guess decides on.
// The zero value is what we believe a current Communication Manager does.
type Features struct {
	// MergeKeepsActive keeps the id of the active call when a transfer or
	// conference merges two calls; else that of the held one is kept. Clients must
	// read it from the event either way.
	MergeKeepsActive bool
	// DivertedToAll sends Diverted to every monitored party of the call; else only
	// to the monitors of the device that the call leaves.
	DivertedToAll bool
	// OnlyLogins sends AgentLoggedOn and AgentLoggedOff to monitors of skills, and
	// no other event about agents to anybody, as WTI promises; clients must poll.
	OnlyLogins bool
	// FilterSuppresses reads true in a monitor's filter as 'do not send', as plain
	// CSTA does, unless the request says invertFilter.
	FilterSuppresses bool
	// ECMAEvents sends besides what Communication Manager is known to send: Offered before
	// Delivered, DigitsDialed, Bridged, CallInformation, and ReRoute for a route that does
	// not work (ECMA-269).
	ECMAEvents bool
	// ReachedByProgress sends NetworkReached over a digital trunk only when the network
	// reports progress; else also when the trunk is seized, as over an analog one.
	ReachedByProgress bool
	// Shuffle gives both ends of a call other addresses when it is answered:
	// MediaStopped and MediaStarted once more.
	Shuffle bool
	// ConferenceSize is the number of parties a call can have; 6 if 0.
	ConferenceSize int
	// Registrations is the number for one extension; 3 if 0 (10 from AES 8.0.1). Device
	// instances count from 0 to one less.
	Registrations int
	// RegisterTime is how long the switch takes to register a terminal; 0: no time.
	RegisterTime time.Duration
	// OutstandingRegistrations is how many it can be busy with at a time; 20 if 0. One
	// more is refused.
	OutstandingRegistrations int
	// Codecs are those that the switch speaks, the preferred first; g711U and g711A
	// if empty.
	Codecs []string
	// Encryption is how audio can be protected, by DMCC tokens (CM: ip-codec-set):
	// srtp-aescm128-hmac80, and none for the clear; none alone if empty. The first that a
	// terminal offers of these is taken, and a terminal that offers nothing has none.
	Encryption []string
	// PlainRTCP leaves the reports of protected audio in the clear, as many H.323 systems
	// do.
	PlainRTCP bool
	// Base64Keys writes keys in base64; else in hexadecimal digits. No source says which
	// AES does.
	Base64Keys bool
	// EncryptedType is the RTP payload type of protected audio; 0 is that of the codec.
	EncryptedType int
}
