package pbx

import (
	"strings"
	"time"

	"github.com/wtiphone/wtiphone/csta"
)

// maxTones bounds what a collector keeps; older tones are lost.
const maxTones = 256

// toneCollector keeps the DTMF digits that a registered station hears until the
// criteria for their retrieval are met.
type toneCollector struct {
	tones  string
	number int           // retrieve at so many; 0: no matter
	flush  string        // retrieve at this digit; empty: none
	first  time.Duration // without any digit; 0: for ever
	next   time.Duration // without another digit; 0: for ever
	timer  *timer
}

// collector finds the station whose tones a request speaks of.
func (s *Switch) collector(o csta.CallObject) (*device, error) {
	id := o.Device
	if o.Call != nil {
		id = o.Call.Device
	}
	return s.telephone(id)
}

// ToneCollectionStart begins to collect the digits that a registered station hears.
func (s *Switch) ToneCollectionStart(req csta.ToneCollectionStart) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.collector(req.Object)
	if err != nil {
		return err
	}
	if d.station.tones != nil {
		return csta.Refuse(csta.InvalidObjectState)
	}
	d.station.tones = &toneCollector{}
	return nil
}

// ToneCollectionStop ends a collection. What is in the buffer is lost.
func (s *Switch) ToneCollectionStop(req csta.ToneCollectionStop) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.collecting(req.Object)
	if err != nil {
		return err
	}
	d.station.tones.timer.stop()
	d.station.tones = nil
	return nil
}

// ToneCollectionFlushBuffer empties the buffer of a collection.
func (s *Switch) ToneCollectionFlushBuffer(req csta.ToneCollectionFlushBuffer) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.collecting(req.Object)
	if err != nil {
		return err
	}
	t := d.station.tones
	if req.SendEvent {
		s.retrieveTones(d, csta.BufferFlushed)
	}
	t.tones = ""
	t.timer.stop()
	if req.ClearCriteria {
		d.station.tones = &toneCollector{}
	}
	return nil
}

// ToneRetrievalCriteria says when collected digits are delivered.
func (s *Switch) ToneRetrievalCriteria(req csta.ToneRetrievalCriteria) error {
	s.mu.Lock()
	defer s.unlock()
	d, err := s.collecting(req.Object)
	if err != nil {
		return err
	}
	flush := strings.ToUpper(req.FlushCharacter)
	switch {
	case req.Number < 0 || req.Number > maxTones, req.InitialTimeout < 0,
		req.InterdigitTimeout < 0:
		return csta.Refuse(csta.ValueOutOfRange)
	case len(flush) > 1 || strings.Trim(flush, "0123456789*#ABCD") != "":
		return csta.Refuse(csta.InvalidParameterValue)
	}
	t := d.station.tones
	t.timer.stop()
	t.number, t.flush = req.Number, flush
	t.first = time.Duration(req.InitialTimeout) * time.Millisecond
	t.next = time.Duration(req.InterdigitTimeout) * time.Millisecond
	held := t.tones
	t.tones = ""
	s.waitTones(d, t.first)
	s.collect(d, held)
	return nil
}

// collecting finds a station that collects.
func (s *Switch) collecting(o csta.CallObject) (*device, error) {
	d, err := s.collector(o)
	if err == nil && d.station.tones == nil {
		return nil, csta.Refuse(csta.InvalidObjectState)
	}
	return d, err
}

// waitTones delivers what there is when no digit comes in time.
func (s *Switch) waitTones(d *device, wait time.Duration) {
	d.station.tones.timer.stop()
	if wait > 0 {
		d.station.tones.timer = s.after(wait, jobTonesStale, func() {
			s.retrieveTones(d, csta.CollectTimeout)
		})
	}
}

// hearTones lets the parties of a call, but for the one that dialled, hear digits.
func (s *Switch) hearTones(c *call, by *party, digits string) {
	for _, p := range c.parties {
		if p == by || p.dev.kind != stationKind || p.state != csta.Connected {
			continue
		}
		for _, digit := range digits {
			p.dev.tellFeature(func(m csta.Monitored) csta.Event {
				return csta.ToneDetected{
					Monitored: m, Device: csta.Party(p.dev.id), Tone: string(digit),
				}
			})
		}
		s.interruptVoice(p.dev)
		if p.dev.station.tones != nil {
			s.collect(p.dev, digits)
		}
	}
}

func (s *Switch) collect(d *device, digits string) {
	t := d.station.tones
	for _, digit := range digits {
		if len(t.tones) >= maxTones {
			t.tones = t.tones[1:]
		}
		t.tones += string(digit)
		switch {
		case t.flush == string(digit):
			s.retrieveTones(d, csta.FlushCharReceived)
		case t.number > 0 && len(t.tones) >= t.number:
			s.retrieveTones(d, csta.CharCountReceived)
		default:
			s.waitTones(d, t.next)
		}
	}
}

// retrieveTones delivers the collected digits, the flush character among them.
func (s *Switch) retrieveTones(d *device, cause csta.ToneCollectionCause) {
	t := d.station.tones
	tones := t.tones
	t.tones = ""
	t.timer.stop()
	d.tellFeature(func(m csta.Monitored) csta.Event {
		return csta.TonesRetrieved{
			Monitored: m, Device: csta.Party(d.id), Cause: cause, Tones: tones,
		}
	})
}
