// Package wti is a client of Avaya AES's Web Telephony Interface: call control as
// JSON over a WebSocket, or over REST.
//
//	s, err := wti.Dial(ctx, "wss://aes.example.com", wti.Options{User: "cti", Password: secret})
//	reply, err := wti.Do(ctx, s, csta.GetDeviceID{SwitchName: "CM1", Extension: "1001"})
//	m, err := s.Monitor(ctx, csta.MonitorStart{Object: csta.MonitorObject{Device: reply.Device}})
//	for ev, err := range m.Events(ctx) { ... }
//	defer s.Close()
//
// [Dial] connects with Basic credentials and starts an application session; the
// session's timer is reset for as long as it lives. [Do] sends one request and waits
// for its typed answer, a [*csta.Fault], or the context. Events reach the [Monitor] they
// were sent for, in the order of the wire.
//
// An address with https chooses REST: AES posts events to a listener of ours ([REST]),
// in the order in which it posts them; an event and the answer to a request may overtake
// each other. What AES could not deliver is lost, and nobody is told.
//
// Errors can be told apart: [ErrUnauthorized], [ErrUnreachable], [ErrClosed],
// [ErrConnectionLost], [ErrTooSlow], and *csta.Fault for what the server refuses.
//
// The package knows nothing of the state of calls (package calls) nor of audio.
package wti
