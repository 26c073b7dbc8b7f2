// Package csta is the vocabulary of Avaya's Web Telephony Interface: device
// and connection identifiers, connection states, causes, faults, and every
// request and event as a Go value. WTI has no public schema, so its comments say
// where a statement comes from and how far to trust it.
//
// Names are those of ECMA-269 and ECMA-323 (CSTA phase III) as Avaya's DMCC
// schema spells them, misspellings included, because they travel on the wire.
// A service is a request type that knows its wire name and its answer type;
// an event is one of a closed set, and what is not in the set arrives as
// [Unknown] with its content untouched. [Services] and [Events] list them all,
// with a sentence and an example of each; testdata/catalog.txt is what the types
// are held to.
//
// Encoding is encoding/json: members keep the order in which the fields stand.
// Start with [DecodeEvent] and [DecodeFault] for what a server sends by itself or
// refuses, and with [Decode] for anything else. They accept every spelling that the
// public sources leave open: a payload as an object or a string that holds one, member
// names in any case, numbers and booleans as text and the reverse, a device identifier
// bare or wrapped, a party that is not known in four forms, a list as an array, a
// single element or a wrapper, private data nested or hoisted, hexadecimal text as it
// is. Unknown members are passed over, unknown values kept. Time and memory are bounded
// by the length of what is decoded, and nesting by a constant.
//
// The package does no I/O, starts no goroutine and knows no clock. The envelope
// around a message is internal/wire; sending one is package wti.
package csta
