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
// What the public sources leave open is a row in a table ([Quirks]); the default is
// AES 10.2 as far as it is known. Requests change the state of a [pbx.Switch] or are
// refused with the fault that fits it; nothing is canned.
//
// Beside the telephony, /mock is an interface for tests and people: callers from
// outside, the state of the switch, a journal, connections to cut.
//
// It does not serve REST, does not encrypt audio, and is no place for secrets: it is
// a laboratory, and by default reachable from its own machine alone.
package mockaes
