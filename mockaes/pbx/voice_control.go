package pbx

import (
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// playing finds the voice unit of a connection that plays something.
func (s *Switch) playing(id csta.ConnectionID) (*registration, error) {
	r, err := s.voiceOf(id)
	if err == nil && r.voice.says == "" {
		return nil, csta.Refuse(csta.InvalidObjectState)
	}
	return r, err
}

// SuspendPlaying pauses the message of a terminal with server media.
func (s *Switch) SuspendPlaying(req csta.SuspendPlaying) error {
	s.mu.Lock()
	defer s.unlock()
	r, err := s.playing(req.Connection)
	switch {
	case err != nil:
		return err
	case r.voice.paused:
		return csta.Refuse(csta.MsgSuspended)
	}
	r.voice.timer.stop()
	r.voice.paused, r.voice.skip = true, s.clock.Now().Sub(r.voice.begun)
	s.touchCall(r.party.call)
	s.tellStream(r, func(m csta.Monitored) csta.Event {
		return csta.PlaySuspended{VoiceEvent: r.voiceEvent(m, "")}
	})
	return nil
}

// ResumePlaying goes on with a paused message where it was.
func (s *Switch) ResumePlaying(req csta.ResumePlaying) error {
	s.mu.Lock()
	defer s.unlock()
	r, err := s.playing(req.Connection)
	switch {
	case err != nil:
		return err
	case !r.voice.paused:
		return csta.Refuse(csta.NotAbleToResume)
	}
	r.voice.paused, r.voice.begun = false, s.clock.Now().Add(-r.voice.skip)
	length, _ := s.lengthOf(r.voice.says)
	r.voice.timer = s.after(max(0, length-r.voice.skip), jobVoice, func() { s.playNext(r) })
	s.touchCall(r.party.call)
	s.tellStream(r, func(m csta.Monitored) csta.Event {
		return csta.Playing{VoiceEvent: r.voiceEvent(m, "")}
	})
	return nil
}

// Stop ends what the voice unit of a terminal plays, records, or both.
func (s *Switch) Stop(req csta.Stop) error {
	return either(req.Private.What,
		func() error { return s.StopPlaying(csta.StopPlaying{Connection: req.Connection}) },
		func() error { return s.StopRecording(csta.StopRecording{Connection: req.Connection}) })
}

// Suspend pauses what the voice unit of a terminal plays, records, or both.
func (s *Switch) Suspend(req csta.Suspend) error {
	return either(req.Private.What,
		func() error { return s.SuspendPlaying(csta.SuspendPlaying{Connection: req.Connection}) },
		func() error {
			return s.SuspendRecording(csta.SuspendRecording{Connection: req.Connection})
		})
}

// Resume goes on with what [Switch.Suspend] has paused.
func (s *Switch) Resume(req csta.Resume) error {
	if req.Duration < 0 {
		return csta.Refuse(csta.ValueOutOfRange)
	}
	play := func() error {
		err := s.ResumePlaying(csta.ResumePlaying{Connection: req.Connection})
		if err == nil && req.Duration > 0 {
			s.limitPlaying(req.Connection, time.Duration(req.Duration)*time.Millisecond)
		}
		return err
	}
	return either(req.Private.What, play, func() error {
		return s.ResumeRecording(csta.ResumeRecording{Connection: req.Connection})
	})
}

// limitPlaying ends a message d from now.
func (s *Switch) limitPlaying(id csta.ConnectionID, d time.Duration) {
	s.mu.Lock()
	defer s.unlock()
	if r, err := s.playing(id); err == nil {
		s.setLimit(r, d)
	}
}

func (s *Switch) setLimit(r *registration, d time.Duration) {
	r.voice.limit.stop()
	r.voice.limit = s.after(d, jobVoice, func() { s.stopPlaying(r, "durationExceeded") })
}

// either does what a word chooses, which no source spells out: play or record, in any
// form of the verb. Without it both are done, and one of them has to be possible.
func either(what string, play, record func() error) error {
	switch word := strings.ToLower(what); {
	case strings.HasPrefix(word, "play"):
		return play()
	case strings.HasPrefix(word, "record"):
		return record()
	case word != "":
		return csta.Refuse(csta.InvalidParameterValue)
	}
	err, other := play(), record()
	if other == nil {
		return nil
	}
	return err
}
