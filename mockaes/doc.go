// Package mockaes is a mock of Avaya's Application Enablement Services with a
// simulated Communication Manager behind it and real RTP: a server that WTI clients
// of any language can be written and tested against, without a telephone switch.
//
//	srv := mockaes.New(mockaes.Options{})
//	defer srv.Close()
//	// srv.WTI is ws://127.0.0.1:PORT/api/wti/session, user cti, password cti-secret
//
// It insists on what AES insists on: credentials at the upgrade, the header first, a
// session before anything else, a session that ends when its timer is not reset.
// What the public sources leave open is a row in a table ([dialect.Quirks]); the default is
// AES 10.2 as far as it is known. Requests change the state of a [pbx.Switch] or are
// refused with the fault that fits it; nothing is canned.
//
// Inside a testing/synctest bubble use Options.InMemory, [Server.Dial] as the DialContext
// of a client, and [Server.ListenPacket] for its audio: ten minutes of calls take
// milliseconds.
//
// Options.Switches are further switches behind the same AES, each with a CTI link of its
// own. Device ids carry the name of their switch; calls between them go over tie trunks.
//
// Beside the telephony, /mock is an interface for tests and people on the same machine:
// GET /mock lists what it does. It brings callers from outside, tells the state and the
// journal, cuts connections, and restarts AES; docs/mock.md explains it.
//
// Callers say wav:NAME (customer-order, customer-invoice, customer-address, or a file
// in Options.AudioDir), tone:HZ[@DBFS], dtmf:DIGITS or silence.
//
// The same services are served over REST, at /api/fe/v1: events are posted to the
// targetUrl that a client names, on this machine unless [Targets] allow more.
//
// It is no place for secrets: it is a laboratory, and by default reachable from its own
// machine alone.
package mockaes
