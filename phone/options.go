package phone

import (
	"log/slog"
	"net/netip"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/rtpmedia"
)

// Options configures [Open]. Switch and Station are needed.
type Options struct {
	Switch  string // the switch connection's name at AES
	Station string // the extension

	// Media says where the audio goes; empty means that the station's telephone
	// keeps it and nothing is registered.
	Media        csta.MediaMode
	SecurityCode csta.Secret // of the station, to register
	Telecommuter string      // the telephone to call, in TELECOMMUTER mode
	// Codecs are those to offer, by their DMCC tokens, the preferred first; g711U and g711A
	// if empty. With a Capture they may be such as are not coded here: see
	// [rtpmedia.CanCapture].
	Codecs []string
	// Encryption is how audio may be protected, by DMCC tokens, the preferred first:
	// "srtp-aescm128-hmac80", and "none" for the clear; none alone if empty. The switch's
	// ip-codec-set has to allow it as well.
	Encryption []string
	// PlainRTCP leaves the reports of protected audio in the clear, for switches that do.
	PlainRTCP bool

	// Address is where the switch shall send audio: an address of this host that
	// its media gateways can reach. See [LocalAddress].
	Address          netip.Addr
	PortMin, PortMax uint16 // for RTP and RTCP; zero lets the system choose

	// Latch sends audio to where it comes from rather than to where the switch says, for
	// media gateways behind a translator of addresses: see [rtpmedia.Config].
	Latch bool
	// JitterDelay is how long audio is held before it is heard; 0 is 40 ms.
	JitterDelay time.Duration
	Capture     *rtpmedia.Capture // takes the datagrams of the audio; nil takes none
	// Recorder takes both sides of what is said, at the highest rate of the Codecs; nil takes
	// none.
	Recorder *rtpmedia.Recorder

	// Listen opens the sockets of the audio; nil means UDP. Tests replace it.
	Listen func(netip.AddrPort) (rtpmedia.PacketConn, error)

	Source rtpmedia.Source // what the far end hears; nil is silence
	Sink   rtpmedia.Sink   // where its audio goes; nil discards it

	AgentID  string
	Password csta.HexSecret // the agent's
	ManualIn bool           // after-call work comes by itself after each call

	// Notify sees every state and the event that led to it, in order. It runs on
	// the phone's own goroutine: it must be quick and must not call a verb.
	Notify func(Update)

	// OnDigit is told of each digit that the far end sends by RFC 4733, when its key goes
	// down and when it is up again. It runs on the goroutine that receives audio and must
	// not wait; nil for nobody.
	OnDigit func(rtpmedia.Digit)

	AgentPoll time.Duration // how often to ask for the agent's state; default 5 s

	Log *slog.Logger // nil discards
}

func (o Options) withDefaults() Options {
	if len(o.Codecs) == 0 {
		o.Codecs = []string{"g711U", "g711A"}
	}
	if len(o.Encryption) == 0 {
		o.Encryption = []string{"none"}
	}
	if o.AgentPoll <= 0 {
		o.AgentPoll = 5 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Notify == nil {
		o.Notify = func(Update) {}
	}
	return o
}

// rate is the highest of the codecs that are offered, in samples a second.
func (o Options) rate() int {
	rate := rtpmedia.SampleRate
	for _, name := range o.Codecs {
		if c, err := rtpmedia.CodecByName(name); err == nil { // others are only captured
			rate = max(rate, c.SampleRate())
		}
	}
	return rate
}
