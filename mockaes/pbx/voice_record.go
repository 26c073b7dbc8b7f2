package pbx

import (
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

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
		return none, csta.Refuse(csta.InvalidFile)
	}
	r.voice.recording, r.voice.deaf = file, false
	s.recordings[file] = true
	s.tellRecording(r)
	return csta.MessageRecorded{Message: "0", Private: csta.RecordedPrivate{File: file}}, nil
}

func (s *Switch) tellRecording(r *registration) {
	s.tellStream(r, func(m csta.Monitored) csta.Event {
		return csta.Recording{VoiceEvent: r.voiceEvent(m, "")}
	})
}

// recording finds the voice unit of a connection that records.
func (s *Switch) recording(id csta.ConnectionID) (*registration, error) {
	r, err := s.voiceOf(id)
	if err == nil && r.voice.recording == "" {
		return nil, csta.Refuse(csta.InvalidObjectState)
	}
	return r, err
}

// StopRecording ends the recording of a terminal with server media.
func (s *Switch) StopRecording(req csta.StopRecording) error {
	s.mu.Lock()
	defer s.unlock()
	r, err := s.recording(req.Connection)
	if err == nil {
		s.stopRecording(r, csta.CauseNormal)
	}
	return err
}

func (s *Switch) stopRecording(r *registration, cause csta.EventCause) {
	if r.voice.recording == "" {
		return
	}
	r.voice.dubs.stop()
	r.voice.recording, r.voice.dub = "", ""
	s.media.(Recorder).StopRecording(r.leg)
	s.tellStream(r, func(m csta.Monitored) csta.Event {
		return csta.VoiceStopped{VoiceEvent: r.voiceEvent(m, cause)}
	})
}

// SuspendRecording leaves out of a recording what is heard from now on.
func (s *Switch) SuspendRecording(req csta.SuspendRecording) error {
	return s.pauseRecording(req.Connection, true)
}

// ResumeRecording goes on with a paused recording.
func (s *Switch) ResumeRecording(req csta.ResumeRecording) error {
	return s.pauseRecording(req.Connection, false)
}

func (s *Switch) pauseRecording(id csta.ConnectionID, pause bool) error {
	s.mu.Lock()
	defer s.unlock()
	r, err := s.recording(id)
	switch {
	case err != nil:
		return err
	case pause && r.voice.deaf:
		return csta.Refuse(csta.MsgSuspended)
	case !pause && !r.voice.deaf:
		return csta.Refuse(csta.NotAbleToResume)
	}
	r.voice.deaf = pause
	s.media.(Recorder).PauseRecording(r.leg, pause)
	if !pause {
		s.tellRecording(r)
		return nil
	}
	s.tellStream(r, func(m csta.Monitored) csta.Event {
		return csta.RecordSuspended{VoiceEvent: r.voiceEvent(m, "")}
	})
	return nil
}

// StartDubbing makes a recording take a file, again and again, for what is heard: until
// StopDubbing, or for the duration.
func (s *Switch) StartDubbing(req csta.StartDubbing) error {
	s.mu.Lock()
	defer s.unlock()
	r, err := s.recording(req.Connection)
	switch {
	case err != nil:
		return err
	case r.voice.dub != "":
		return csta.Refuse(csta.ResourceBusy)
	case req.Duration < 0:
		return csta.Refuse(csta.ValueOutOfRange)
	}
	says := "wav:" + req.Message
	if _, ok := s.lengthOf(says); !ok {
		return csta.Refuse(csta.InvalidFile)
	}
	r.voice.dub = req.Message
	s.media.(Recorder).Dub(r.leg, says)
	if req.Duration > 0 {
		d := time.Duration(req.Duration) * time.Millisecond
		r.voice.dubs = s.after(d, jobVoice, func() { s.stopDubbing(r) })
	}
	return nil
}

// StopDubbing lets a recording take what is heard again.
func (s *Switch) StopDubbing(req csta.StopDubbing) error {
	s.mu.Lock()
	defer s.unlock()
	r, err := s.recording(req.Connection)
	switch {
	case err != nil:
		return err
	case r.voice.dub == "", req.Message != "" && req.Message != r.voice.dub:
		return csta.Refuse(csta.InvalidObjectState)
	}
	s.stopDubbing(r)
	return nil
}

func (s *Switch) stopDubbing(r *registration) {
	r.voice.dubs.stop()
	r.voice.dub = ""
	s.media.(Recorder).Dub(r.leg, "")
}

// DeleteMessage deletes a file that was recorded here; it touches no other.
func (s *Switch) DeleteMessage(req csta.DeleteMessage) error {
	s.mu.Lock()
	defer s.unlock()
	file := req.Private.File
	if file == "" {
		file = req.Message
	}
	if !s.recordings[file] {
		return csta.Refuse(csta.InvalidFile)
	}
	for _, list := range s.regs {
		for _, r := range list {
			if r.voice.recording == file {
				return csta.Refuse(csta.ResourceBusy)
			}
		}
	}
	if err := s.media.(Recorder).DeleteRecording(file); err != nil {
		s.log.Warn("recording could not be deleted", "error", err)
		return csta.Refuse(csta.ResourceBusy)
	}
	delete(s.recordings, file)
	return nil
}
