// Package csta is the vocabulary of Avaya's Web Telephony Interface: device
// and connection identifiers, connection states, causes, faults, and every
// request and event as a Go value.
//
// Names are those of ECMA-269 and ECMA-323 (CSTA phase III) as Avaya's DMCC
// schema spells them, misspellings included, because they travel on the wire.
// A service is a request type that knows its wire name and its answer type;
// an event is one of a closed set, and what is not in the set arrives as
// [Unknown] with its content untouched.
//
// Encoding is encoding/json: members keep the order in which the fields stand.
// Decoding is [Decode], which accepts every spelling that the public sources
// leave open: member names in any case, numbers and booleans as text, a device
// identifier bare or wrapped, a list as an array, a single object or a wrapper,
// private data nested or hoisted.
//
// The package does no I/O, starts no goroutine and knows no clock. The envelope
// around a message is internal/wire; sending one is package wti.
package csta
