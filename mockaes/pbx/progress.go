package pbx

import (
	"fmt"
	"strings"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx/dialplan"
)

// Progress is what the network says of a call that goes on where no signalling can follow
// (Q.931 §4.5.23, progress indicator). A call to a digital far end makes none.
type Progress string

// The progress of calls.
const (
	// OffISDN: the call is not end-to-end ISDN (progress indicator 1).
	OffISDN Progress = "off-isdn"
	// FarNotISDN: the called end is not ISDN (progress indicator 2).
	FarNotISDN Progress = "not-isdn"
	// InBand: what is heard tells more, such as an announcement (progress indicator 8).
	InBand Progress = "in-band"
)

// described is the progress in the words of events.
func (p Progress) described() csta.ProgressDescription {
	switch p {
	case OffISDN:
		return csta.ProgressOffISDN
	case FarNotISDN:
		return csta.ProgressDestNotISDN
	}
	return csta.ProgressInband
}

// tellReached tells that a call has reached the network by a line: when the line is seized,
// and with the progress that a network reports. An ISDN trunk is said to report each
// PROGRESS message and an analog one its seizure (DEFINITY CallVisor ASAI Technical
// Reference, 555-230-220: Cut-Through and Trunk Seized); whether AES tells of the seizure of
// an ISDN trunk as well is open, see [Features.ReachedByProgress].
func (s *Switch) tellReached(
	p *party, cause csta.EventCause, progress csta.NetworkReachedPrivate,
) {
	c, id, line := p.call, p.id(), s.outsideID(p.dev.outside.trunk.name())
	s.tell(c, cause, func(h csta.CallEvent) csta.Event {
		return csta.NetworkReached{
			CallEvent: h, Connection: id, Interface: csta.Party(line), Calling: c.calling,
			Called: c.called, Redirection: csta.Redirection(c.redirected), Private: progress,
		}
	})
}

// progresses reports whether a call to the outside goes on without signalling, and tells so:
// nothing is told of its alerting, and of a busy or unallocated number only by tones. The
// answer is signalled all the same. That the message comes from the network that serves the
// called end is inferred.
func (s *Switch) progresses(p *party) bool {
	o := p.dev.outside
	if o.lab.Progress == "" {
		return false
	}
	s.tellReached(p, csta.CauseNetworkSignal, csta.NetworkReachedPrivate{
		Location: csta.ProgressPublicRemote, Description: o.lab.Progress.described(),
	})
	switch o.lab.Answer {
	case IsBusy:
		p.play = Play{Sound: BusyTone, Started: s.clock.Now()}
	case Unallocated:
		p.play = Play{Sound: Intercept, Started: s.clock.Now()}
	case NeverAnswer:
	default:
		s.answersLater(p)
	}
	s.touchCall(p.call)
	return true
}

// checkOutside finds numbers outside that are none or there twice, and behaviour of theirs
// that there is not.
func (s *Switch) checkOutside() error {
	seen := make(map[string]bool)
	for i, o := range s.lab.Outside {
		entry := "outside number " + o.Number
		prefix, open := strings.CutSuffix(o.Number, "*")
		switch {
		case !dialplan.Dialable(prefix) && !(open && (prefix == "" || prefix == "+")):
			return s.mistake(item("Outside", i, ".Number"),
				fmt.Sprintf("outside number %q", o.Number),
				"not a number, or the beginning of one before a *")
		case seen[o.Number]:
			return s.mistake(item("Outside", i, ".Number"), entry,
				"it is there already, and the first entry counts: want it once")
		case o.After < 0 || o.Talk < 0:
			return s.mistake(item("Outside", i, ""), entry, "want no negative times")
		}
		seen[o.Number] = true
		switch o.Answer {
		case "", Answers, IsBusy, NeverAnswer, Unallocated:
		default:
			return s.mistake(item("Outside", i, ".Answer"), entry,
				"no answer %q: want %s, %s, %s or %s", o.Answer, Answers, IsBusy, NeverAnswer,
				Unallocated)
		}
		switch o.Progress {
		case "", OffISDN, FarNotISDN, InBand:
		default:
			return s.mistake(item("Outside", i, ".Progress"), entry,
				"no progress %q: want %s, %s or %s", o.Progress, OffISDN, FarNotISDN, InBand)
		}
	}
	return nil
}
