package mockaes

import (
	"cmp"
	"log/slog"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
	"github.com/wtiphone/wtiphone/mockaes/pbx/clock"
)

// Options configures [Start] and [New]. The zero value is the default lab on a free
// port of this machine.
type Options struct {
	// Listen is where to listen; "" is 127.0.0.1:0.
	Listen string
	// InMemory opens no port at all: only [Server.Dial] reaches the server. It makes
	// a server work inside a testing/synctest bubble.
	InMemory bool
	// TLS serves wss and https, with a certificate of a CA made for this server
	// ([Server.CA]).
	TLS bool

	Lab *pbx.Lab // nil is pbx.DefaultLab
	// Switches are further switches behind the same AES, each with a name and a node of
	// its own, and a link of its own. Where their tie trunks lead is checked.
	Switches []pbx.Lab

	Clock clock.Clock // nil is clock.Real
	// Seed is that of traffic and the switch's chances, and if it is not 0 also that of
	// session ids and tokens: then two runs have the same journal, and whoever knows
	// the seed knows the tokens.
	Seed   uint64
	Quirks []string // names from dialect.Quirks
	Users  []User   // none is user cti with password cti-secret
	Limits Limits
	// Licences is what may be used of AES's licences; none is no end of them.
	Licences Licences

	// Targets says where events of sessions over REST may be posted to.
	Targets Targets

	// Traffic is customers who call in by themselves; nil is none.
	Traffic *Traffic
	// Silent leaves the audio out: registrations work, but nothing is to be heard.
	Silent bool
	// AudioDir is where wav:FILE finds files; "" allows the sounds that come with the
	// package only.
	AudioDir string
	// AudioPort is the UDP port, an even one, by which the audio of all terminals goes; their
	// reports go by the next. Zero gives each stream ports of its own, as a switch does.
	// It needs Linux, and terminals that hear at different addresses.
	AudioPort uint16
	// Log takes what happens; nil discards it.
	Log *slog.Logger
}

// User is a CTI user, as administered on AES.
type User struct {
	Name     string
	Password csta.Secret
	// Devices are the extensions that the user may control; none means all
	// (unrestricted access, in AES's words). 1001:CM2 is that of one switch alone.
	Devices []string
}

// DefaultUser is who may log in where Options name nobody.
var DefaultUser = User{Name: "cti", Password: "cti-secret"}

// Limits bounds what clients can make a server hold. Zero fields have defaults.
type Limits struct {
	Sockets         int // connections at a time; 1000
	Sessions        int // sessions at a time; 1000
	Monitors        int // in all sessions; 50,000
	SessionMonitors int // in one session; 10,000
	Frame           int // bytes of a received frame; 1 MiB
	OutboxFrames    int // frames waiting for a slow client; 16,384
	OutboxBytes     int // the same in bytes; 16 MiB
	Journal         int // entries; 4096
	JournalBytes    int // of those; 16 MiB

	MinDuration  time.Duration // of a session; 30 s
	MaxDuration  time.Duration // of a session; 2 h
	CleanupDelay time.Duration // a session outlives its connection so long; 60 s
	StartTimeout time.Duration // a connection without a session lives so long; 60 s
	WriteTimeout time.Duration // of one frame; 10 s
}

func (l Limits) withDefaults() Limits {
	def := func(v *int, d int) { *v = cmp.Or(*v, d) }
	span := func(v *time.Duration, d time.Duration) { *v = cmp.Or(*v, d) }
	def(&l.Sockets, 1000)
	def(&l.Sessions, 1000)
	def(&l.Monitors, 50_000)
	def(&l.SessionMonitors, 10_000)
	def(&l.Frame, 1<<20)
	def(&l.OutboxFrames, 1<<14)
	def(&l.OutboxBytes, 16<<20)
	def(&l.Journal, 1<<12)
	def(&l.JournalBytes, 16<<20)
	span(&l.MinDuration, 30*time.Second)
	span(&l.MaxDuration, 2*time.Hour)
	span(&l.CleanupDelay, time.Minute)
	span(&l.StartTimeout, time.Minute)
	span(&l.WriteTimeout, 10*time.Second)
	return l
}

func (o Options) withDefaults() Options {
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	if o.Lab == nil {
		lab := pbx.DefaultLab()
		o.Lab = &lab
	}
	if o.Clock == nil {
		o.Clock = clock.Real()
	}
	if len(o.Users) == 0 {
		o.Users = []User{DefaultUser}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Limits = o.Limits.withDefaults()
	return o
}
