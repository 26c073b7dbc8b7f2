// Package event is RFC 4733: telephone events in RTP packets of their own,
// which is how digits travel without being heard.
//
// A [Sender] says for each packet time what to send until the events that it
// was given are over; a [Receiver] makes of the packets that come, repeated,
// lost or out of order, one start and one end for each event.
//
// The package reads and writes payloads. It does not number or send packets and
// knows nothing of the network: that is the caller's.
package event
