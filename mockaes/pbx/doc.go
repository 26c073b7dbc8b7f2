// Package pbx is a simulated Communication Manager: stations, agents, skills, VDNs
// with vectors, announcements, trunks and the calls between them, with time that
// can be stepped. It has no network in it.
//
// Start with New(DefaultLab(), Options{}). Each service of the Web Telephony
// Interface is a method that takes the csta request and gives the csta answer, or a
// *csta.Fault that fits the state; a refused request changes nothing. Monitor
// delivers the events that come out of changes of state. Callers from outside come
// in with IncomingCall. A Media, if there is one, is told what every party hears.
//
// State tells what there is at one moment; Save and Restore carry a whole switch over
// to another one. Time is that of package clock: the real one, or a virtual one that is
// advanced by hand and runs a day of calls in a second. Two runs with one seed are alike.
//
// Several switches are joined by tie trunks with Join: calls between them keep their
// UCID, user data and caller. Each has a lock of its own, and tells the other what
// happens by messages that take time.
//
// Where the public sources leave open what a Communication Manager does, the choice
// is a field of Features.
//
// What needs neither the state nor the lock of a switch is in packages below: time in clock,
// numbers in dialplan, vectors as they are written in vector, and in internal/filter,
// internal/panel and internal/link which events a monitor is sent, what a telephone shows,
// and messages between switches. The rest is methods on one state. Files tell by their
// names what they are about:
//
//	switch, timer                what holds it together: the lock, what follows a change
//	lab*, check*, state          the lab, the switch that is built from it, what it shows
//	device, call, ids            what there is, and how requests name it
//	offer, resolve, originate    how a call gets from one number to another
//	merge*, bridge, pickup       calls that become one, and who else can answer
//	monitor, events, ecma        what is told, and to whom
//	agent, skill, vdn*, adjunct  distribution of calls
//	outside, incoming, trunk     the public network; progress is what it reports
//	tie*, lookahead              other switches
//	register, enrol, endpoint    terminals and their registrations, till unregister
//	media*, stream, terms        audio, as a Media is told of it
//	voice*, digits, tone*        messages, recordings, digits
//	panel, button, hardware      telephones
//	image, save, restore*        the whole as JSON, and back
//	service_*                    the other services, by chapter
//
// The package does not read lab files, does not carry audio (it only says what is
// to be heard), and knows nothing of sessions, users and their rights.
package pbx
