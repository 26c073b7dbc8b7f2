package pbx

import (
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// maxPlays bounds the files of one message, repetitions among them.
const maxPlays = 100

// voice is the voice unit of a registration with server media.
type voice struct {
	says      string   // what is being played; empty: nothing
	files     []string // that are still to be played
	byDigit   bool     // a digit ends the message
	timer     *timer
	limit     *timer // the message's duration
	paused    bool
	begun     time.Time     // when the file would have begun had there been no pause
	skip      time.Duration // of the file, that was played before the pause
	recording string        // the file; empty: none
	deaf      bool          // the recording is paused
	dub       string        // what is recorded instead of what is heard; empty: nothing
	dubs      *timer
}

// voiceOf finds the registration whose voice unit a connection means, in a call.
func (s *Switch) voiceOf(id csta.ConnectionID) (*registration, error) {
	d, err := s.telephone(id.Device)
	if err != nil {
		return nil, err
	}
	for _, r := range s.regs[d.ext] {
		if r.mode == csta.MediaServer && r.instance == instanceOf(id.Device) {
			if r.party == nil {
				return nil, csta.Refuse(csta.NoActiveCall)
			}
			return r, nil
		}
	}
	return nil, csta.Refuse(csta.InvalidObjectState)
}

// PlayMessage plays files into the call of a terminal with server media.
func (s *Switch) PlayMessage(req csta.PlayMessage) error {
	s.mu.Lock()
	defer s.unlock()
	r, err := s.voiceOf(req.Over)
	if err != nil {
		return err
	}
	if r.voice.says != "" {
		return csta.Refuse(csta.ResourceBusy)
	}
	files := req.Private.Files
	if len(files) == 0 {
		files = []string{req.Message}
	}
	times := 1
	if n := req.Private.Count; n != nil {
		times = *n
	}
	if times < 1 || times > maxPlays || times*len(files) > maxPlays || req.Duration < 0 {
		return csta.Refuse(csta.ValueOutOfRange)
	}
	for _, file := range files {
		if _, ok := s.lengthOf("wav:" + file); !ok {
			return csta.Refuse(csta.InvalidFile)
		}
	}
	r.voice.files = slices.Repeat(files, times)
	r.voice.byDigit = orZero(orZero(req.Termination).DTMFDetected)
	if req.Duration > 0 {
		s.setLimit(r, time.Duration(req.Duration)*time.Millisecond)
	}
	s.tellStream(r, func(m csta.Monitored) csta.Event {
		return csta.Playing{VoiceEvent: r.voiceEvent(m, "")}
	})
	s.playNext(r)
	return nil
}

func (s *Switch) lengthOf(says string) (time.Duration, bool) {
	if v, ok := s.media.(Voices); ok {
		return v.Length(says)
	}
	return 0, false
}

// playNext plays the next file of a message, or ends it.
func (s *Switch) playNext(r *registration) {
	if len(r.voice.files) == 0 {
		s.stopPlaying(r, "endOfMessageDetected")
		return
	}
	r.voice.says = "wav:" + r.voice.files[0]
	r.voice.files = r.voice.files[1:]
	r.voice.begun, r.voice.skip, r.voice.paused = s.clock.Now(), 0, false
	length, _ := s.lengthOf(r.voice.says)
	r.voice.timer = s.after(length, jobVoice, func() { s.playNext(r) })
	s.touchCall(r.party.call)
}

func (s *Switch) stopPlaying(r *registration, cause csta.EventCause) {
	if r.voice.says == "" {
		return
	}
	r.voice.timer.stop()
	r.voice.limit.stop()
	r.voice.says, r.voice.files, r.voice.paused = "", nil, false
	s.touchCall(r.party.call)
	s.tellStream(r, func(m csta.Monitored) csta.Event {
		return csta.VoiceStopped{VoiceEvent: r.voiceEvent(m, cause)}
	})
}

// voiceEvent is what an event of the voice unit carries: a connection without a call
// (DMCC samples).
func (r *registration) voiceEvent(m csta.Monitored, cause csta.EventCause) csta.VoiceEvent {
	return csta.VoiceEvent{
		Monitored: m, Connection: csta.ConnectionID{Device: r.id()}, Message: "0", Cause: cause,
	}
}

// interruptVoice ends messages that a digit ends.
func (s *Switch) interruptVoice(d *device) {
	for _, r := range s.regs[d.ext] {
		if r.voice.byDigit {
			s.stopPlaying(r, "dTMFDigitDetected")
		}
	}
}

// endVoice ends all that a voice unit does, when its call has ended.
func (s *Switch) endVoice(r *registration) {
	s.stopPlaying(r, csta.CauseNormalClearing)
	s.stopRecording(r, csta.CauseNormalClearing)
}

// StopPlaying ends the message of a terminal with server media.
func (s *Switch) StopPlaying(req csta.StopPlaying) error {
	s.mu.Lock()
	defer s.unlock()
	r, err := s.playing(req.Connection)
	if err == nil {
		s.stopPlaying(r, csta.CauseNormal)
	}
	return err
}

// speaks is what the voice unit says now, and how much of it has been said before.
func (v *voice) speaks() (says string, skip time.Duration) {
	if v.paused {
		return "", 0
	}
	return v.says, v.skip
}
