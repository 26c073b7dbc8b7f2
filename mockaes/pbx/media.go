package pbx

import (
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// LegID names one end of audio for the [Media]: the stream of a registered terminal
// during one call, or an outside party. It keeps its value when calls are merged,
// and is never used twice.
type LegID uint64

// Place is that of the switch whose leg it is ([Options]).
func (id LegID) Place() int { return int(id >> placeBits) }

// Media makes audible what the switch decides. Its methods are called while the
// switch is locked: they must be quick and must not call the switch back before they
// return. nil is a switch without sound.
type Media interface {
	// Open makes the switch's end of a registered terminal's stream. far is what the
	// terminal registered; near goes to the terminal in a MediaStarted.
	Open(leg LegID, far csta.MediaInfo, terms Terms) (near Near, err error)
	// Close ends what Open began.
	Close(leg LegID)
	// Route says what each party of a call hears from now on. It is called again
	// with all parties whenever that changes; no parties: the call is over. When two
	// calls are merged, the one that does not live on is routed with no parties.
	Route(call csta.CallID, parties []Heard)
	// Digits plays DTMF digits, which another party of their call sends, to legs.
	Digits(to []LegID, digits string, tone, pause time.Duration)
}

// Terms are what the switch and a terminal have agreed on for a stream.
type Terms struct {
	Codec       string // DMCC token
	Encryption  string // DMCC token; "none" is a stream in the clear
	PayloadType int    // of RTP, instead of the codec's own; 0: that
	PlainRTCP   bool   // reports are in the clear, whatever protects the audio
}

// Near is the switch's end of a stream.
type Near struct {
	csta.MediaInfo
	Keys Keys
}

// Keys protect a stream, as its terminal sees it: it transmits with the one and receives
// with the other. All are empty for a stream in the clear.
type Keys struct{ TransmitKey, TransmitSalt, ReceiveKey, ReceiveSalt []byte }

// Addresses is what a [Media] implements besides if it does not send to every address.
type Addresses interface {
	// CheckFar tells why it does not send to a terminal that is there, nil if it does.
	// Terminals are refused for that reason when they register.
	CheckFar(far csta.MediaInfo) error
}

// Voices is what a [Media] implements besides if it can play files for terminals with
// server media.
type Voices interface {
	// Length is how long it takes to say what a Heard says; false if it cannot be said.
	Length(says string) (time.Duration, bool)
}

// Recorder is what a [Media] implements besides if it can record for terminals with
// server media.
type Recorder interface {
	// Record writes what a leg hears into a file until StopRecording.
	Record(leg LegID, file string) error
	StopRecording(leg LegID)
	// PauseRecording leaves what is heard out of the file, or no longer.
	PauseRecording(leg LegID, pause bool)
	// Dub writes what says means, again and again, for what is heard; empty ends it.
	Dub(leg LegID, says string)
	// DeleteRecording deletes a file that Record wrote and that has been stopped.
	DeleteRecording(file string) error
}

// PartyKind says what a party is for the [Media].
type PartyKind string

// The kinds of parties.
const (
	Terminal     PartyKind = "terminal" // a stream that was opened
	OutsideParty PartyKind = "outside"  // speaks Says and hears; there is no stream.
	// A terminal with server media is of that kind: the voice unit speaks for it.
	TieLine PartyKind = "tie" // says what the leg at the other switch hears
)

// Heard is one party of a call, and what it hears.
type Heard struct {
	Leg    LegID
	Kind   PartyKind
	Device csta.DeviceID
	Far    LegID         // of a tie line: the leg at the other switch; 0: not known yet
	Says   string        // what it says, without a stream: wav:FILE, tone:HZ, dtmf:DIGITS, silence
	Skip   time.Duration // of what it says, that it has said before
	From   []LegID       // whose voices it hears
	Play   Play          // what the switch plays to it besides
	Muted  bool          // nobody hears it: it listens only
}

// Play is a sound with a beginning. Two equal values are one playing: it goes on.
type Play struct {
	// Sound is none if empty. Besides those below and those of announcements it can be
	// any csta.TelephonyTone that an application asked for.
	Sound   Sound
	Started time.Time
}

// The sounds that the switch makes on its own, besides those of announcements.
const (
	DialTone  Sound = "dial"
	Ringback  Sound = "ringback"
	BusyTone  Sound = "busy"
	Reorder   Sound = "reorder"
	Intercept Sound = "intercept"
	Music     Sound = "music"
)
