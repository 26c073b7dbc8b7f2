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
// The package does not read lab files, does not carry audio (it only says what is
// to be heard), and knows nothing of sessions, users and their rights.
package pbx
