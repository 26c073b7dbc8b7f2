package pbx

import (
	"cmp"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// Options configures [New]. The zero value is ready to use.
type Options struct {
	Clock clock.Clock  // nil is clock.Real
	Seed  uint64       // of what is left to chance: the first call id. 0: that is 1
	Media Media        // nil: nothing is to be heard
	Log   *slog.Logger // nil discards
	// Place tells the switches of one server apart, from 0: the ids of legs, of routing
	// registrations and of their dialogues are unlike those of other places.
	Place int
}

// Switch is a simulated Communication Manager. Its methods may be called from any
// goroutine. Every change of state, and every event about it, happens under one
// lock; timers take it too.
type Switch struct {
	clock    clock.Clock
	media    Media
	log      *slog.Logger
	lab      Lab
	features Features

	mu       sync.Mutex // guards everything below
	closed   bool
	agenda   *clock.Agenda // the timers that are running
	devices  map[string]*device
	stations []*device
	agents   []*agent
	skills   []*skill
	trunks   []*trunkGroup
	vectors  map[int]program
	calls    map[csta.CallID]*call
	order    []*call // calls, the oldest first
	lastCall int
	lastLeg  LegID
	lastTie  uint64
	ties     map[string]*tieEnd // calls over tie trunks, by reference
	unsent   []unsent           // messages of an image, until there is somebody to take them
	place    uint64
	turn     uint64 // counts what must be in order within one instant
	legs     map[LegID]*party
	regs     map[string][]*registration // by extension

	enrolments []*enrolment // registrations that are outstanding, the oldest first

	recordings map[string]bool // files that were recorded

	routers   []*router
	dialogues map[csta.RouteCrossRefID]*dialogue

	touchedCalls    []*call
	touchedStations []*device
}

// New builds the switch of a lab. An error names the mistake in the lab.
func New(lab Lab, o Options) (*Switch, error) {
	if o.Clock == nil {
		o.Clock = clock.Real()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	lab.Name = cmp.Or(lab.Name, DefaultName)
	lab.Node = cmp.Or(lab.Node, 1)
	lab.Features = lab.Features.withDefaults()
	lab.DialPlan = lab.DialPlan.OrNorthAmerica()
	lab.Stations = slices.Clone(lab.Stations) // security codes can change
	s := &Switch{
		clock: o.Clock, media: o.Media, log: o.Log, lab: lab, features: lab.Features,
		devices: map[string]*device{},
		vectors: map[int]program{},
		calls:   map[csta.CallID]*call{},
		ties:    map[string]*tieEnd{},
		place:   uint64(o.Place) << placeBits,
		legs:    map[LegID]*party{},
		regs:    map[string][]*registration{},

		dialogues: map[csta.RouteCrossRefID]*dialogue{}, recordings: map[string]bool{},
	}
	s.agenda = clock.NewAgenda(o.Clock, s.wake)
	s.lastLeg = LegID(s.place)
	if o.Seed != 0 {
		s.lastCall = rand.New(rand.NewPCG(o.Seed, 0)).IntN(maxCall)
	}
	if err := s.build(); err != nil {
		return nil, err
	}
	return s, nil
}

// Close ends all that the switch would still do on its own: when it has returned, no
// timer runs any more.
func (s *Switch) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.agenda.Close()
	for _, g := range s.trunks {
		if g.wire != nil {
			g.wire.Close()
		}
	}
}

// unlock ends an operation: what follows from its changes happens first.
func (s *Switch) unlock() {
	s.settle()
	s.mu.Unlock()
}

// settle draws the consequences of what was touched until there are none left:
// agents become busy or free, queued calls are served, streams are opened and
// closed, and the media learn who hears whom.
func (s *Switch) settle() {
	for len(s.touchedStations) > 0 {
		d := s.touchedStations[0]
		s.touchedStations = s.touchedStations[1:]
		d.touched = false
		if a := d.station.agent; a != nil {
			s.settleAgent(a)
		}
		s.settleStreams(d)
		s.settlePanel(d)
	}
	s.touchedStations = nil
	for _, c := range s.touchedCalls {
		c.touched = false
		s.routeMedia(c)
		s.settleTies(c)
	}
	s.touchedCalls = s.touchedCalls[:0]
}

// touch notes that p changed, for settle.
func (s *Switch) touch(p *party) {
	s.touchCall(p.call)
	if p.dev.kind == stationKind {
		s.touchStation(p.dev)
	}
}

func (s *Switch) touchCall(c *call) {
	if !c.touched {
		c.touched = true
		s.touchedCalls = append(s.touchedCalls, c)
	}
}

func (s *Switch) touchStation(d *device) {
	if !d.touched {
		d.touched = true
		s.touchedStations = append(s.touchedStations, d)
	}
}

// placeBits is how many bits of an id the places of switches leave for counting.
const placeBits = 40

// nextID is an id that no other switch of a server gives.
func (s *Switch) nextID() string { return strconv.FormatUint(s.place|s.nextTurn(), 10) }

// nextTurn numbers what happens, for whatever has to be in order within an instant.
func (s *Switch) nextTurn() uint64 {
	s.turn++
	return s.turn
}
