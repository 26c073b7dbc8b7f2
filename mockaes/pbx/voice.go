package pbx

import (
	"slices"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// invalidFile refuses a file that cannot be played (DMCC schema).
const invalidFile csta.FaultCode = "operation/invalidFile"

// maxPlays bounds the files of one message, repetitions among them.
const maxPlays = 100

// voice is the voice unit of a registration with server media.
type voice struct {
	says      string   // what is being played; empty: nothing
	files     []string // that are still to be played
	byDigit   bool     // a digit ends the message
	timer     *timer
	limit     *timer // the message's duration
	recording string // the file; empty: none
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
	if times < 1 || times*len(files) > maxPlays || req.Duration < 0 {
		return csta.Refuse(csta.ValueOutOfRange)
	}
	for _, file := range files {
		if _, ok := s.lengthOf("wav:" + file); !ok {
			return csta.Refuse(invalidFile)
		}
	}
	r.voice.files = slices.Repeat(files, times)
	r.voice.byDigit = isTrue(orZero(req.Termination).DTMFDetected)
	if req.Duration > 0 {
		limit := time.Duration(req.Duration) * time.Millisecond
		r.voice.limit = s.after(limit, jobVoice, func() {
			s.stopPlaying(r, "durationExceeded")
		})
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
	r.voice.says, r.voice.files = "", nil
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
	r, err := s.voiceOf(req.Connection)
	if err == nil && r.voice.says == "" {
		return csta.Refuse(csta.InvalidObjectState)
	}
	if err == nil {
		s.stopPlaying(r, csta.CauseNormal)
	}
	return err
}

// RecordMessage records what a terminal with server media hears.
func (s *Switch) RecordMessage(req csta.RecordMessage) (csta.MessageRecorded, error) {
	s.mu.Lock()
	defer s.unlock()
	var none csta.MessageRecorded
	r, err := s.voiceOf(req.Call)
	if err != nil {
		return none, err
	}
	recorder, ok := s.media.(Recorder)
	switch {
	case !ok:
		return none, csta.Refuse(csta.ServiceNotSupported)
	case r.voice.recording != "":
		return none, csta.Refuse(csta.ResourceBusy)
	}
	file := req.Private.File
	if file == "" {
		file = r.dev.ext + "-" + s.clock.Now().UTC().Format("20060102150405") + ".wav"
	}
	if err := recorder.Record(r.leg, file); err != nil {
		s.log.Warn("recording could not begin", "device", r.dev.ext, "error", err)
		return none, csta.Refuse(invalidFile)
	}
	r.voice.recording = file
	s.tellStream(r, func(m csta.Monitored) csta.Event {
		return csta.Recording{VoiceEvent: r.voiceEvent(m, "")}
	})
	return csta.MessageRecorded{Message: "0", Private: csta.RecordedPrivate{File: file}}, nil
}

// StopRecording ends the recording of a terminal with server media.
func (s *Switch) StopRecording(req csta.StopRecording) error {
	s.mu.Lock()
	defer s.unlock()
	r, err := s.voiceOf(req.Connection)
	if err == nil && r.voice.recording == "" {
		return csta.Refuse(csta.InvalidObjectState)
	}
	if err == nil {
		s.stopRecording(r, csta.CauseNormal)
	}
	return err
}

func (s *Switch) stopRecording(r *registration, cause csta.EventCause) {
	if r.voice.recording == "" {
		return
	}
	r.voice.recording = ""
	s.media.(Recorder).StopRecording(r.leg)
	s.tellStream(r, func(m csta.Monitored) csta.Event {
		return csta.VoiceStopped{VoiceEvent: r.voiceEvent(m, cause)}
	})
}
