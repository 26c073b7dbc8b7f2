package rtpmedia

import (
	"unsafe"

	"github.com/wtiphone/wtiphone/rtpmedia/internal/fetch"
)

// Between two frames of a session its thread serves a thousand others, so that nothing of
// it is in the processor's cache when it has its turn, and each line of 64 bytes has to come
// from far: 150 ns, where a whole frame that finds all of them at hand takes 650. So
//
//   - what each packet and frame needs of a session stands together, at its beginning and in
//     its receiver, and what is needed now and then is behind it;
//   - the few packets that are held lie in one place with their payloads (package jitter);
//   - what serves one session after the other is there once: desk, parcel, batch;
//   - the sessions that have their turn together are fetched together, before the first
//     of them is served: first what is known of all of them, then what that points to. So
//     the memory of many comes at the same time.
//
// A packet that comes needs two parts of a session and so does a frame: of its beginning and
// of the receiver. Both need the buffer.
const (
	packetSize  = unsafe.Offsetof(layout.out)
	packetInEnd = unsafe.Offsetof(layout.in.player)

	frameSize  = unsafe.Offsetof(layout.control) + unsafe.Sizeof(layout.control.due)
	frameIn    = unsafe.Offsetof(layout.in.eventType)
	frameInEnd = packetInEnd + unsafe.Offsetof(layout.in.player.sound) + soundSize
)

// soundSize is what of sound is needed while nothing is lost.
const soundSize = 64

var layout Session // for its offsets

// fetchForPacket asks for what a packet needs that s gets soon.
func (s *Session) fetchForPacket() {
	fetch.Memory(unsafe.Pointer(s), packetSize)
	fetch.Memory(unsafe.Pointer(&s.in), packetInEnd)
	s.in.buffer.Fetch()
}

// fetchForPackets asks for what packets need that these sessions get soon. Some may be nil.
func fetchForPackets(all []*Session) {
	for _, s := range all {
		if s != nil {
			s.fetchForPacket()
		}
	}
	for _, s := range all {
		if s != nil {
			s.fetchRoom()
		}
	}
}

// fetchRoom asks for what the former points to.
func (s *Session) fetchRoom() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.in.buffer.FetchRoom()
}

// fetchForFrame asks for what the next frame needs.
func (s *Session) fetchForFrame() {
	fetch.Memory(unsafe.Pointer(s), frameSize)
	fetch.Memory(unsafe.Add(unsafe.Pointer(&s.in), frameIn), frameInEnd-frameIn)
	s.in.buffer.Fetch()
}

// fetchSound is fetchRoom for the next frame. The caller holds mu.
func (s *Session) fetchSound() {
	if s.in.player.heard {
		s.in.player.sound.Fetch()
	}
	s.in.buffer.FetchHeld()
}
