// Package wire is the envelope of Avaya's Web Telephony Interface: a JSON object
// with a header and a payload, one in each WebSocket message.
//
//	{"header":{"invokeId":1,"request":"MakeCall","headerType":"request","version":"v2"},
//	 "payload":{"callingDevice":"1001:CM1:0.0.0.0:0","calledDirectoryNumber":"1002"}}
//
// headerType names the member that holds the message's name; the header has to
// come first (WTI forum). Start with [Parse] for what arrives and [Encode] for
// what leaves. Client and server share the package, so that there is one place
// that knows the envelope.
//
// It does not look into payloads (package csta does), does not limit the size of a
// frame (the reader of the connection does), and does no I/O.
package wire
