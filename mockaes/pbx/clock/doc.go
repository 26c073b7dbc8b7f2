// Package clock is the time of a simulated switch, and of what stands around it: the real
// one, or one that is advanced by hand.
//
// Start with NewVirtual, whose Advance runs a day of calls in a second, or with Real. Who
// has much to do later, under a lock of its own, keeps it on an Agenda.
//
// The package knows no zones and no calendar, and never sleeps.
package clock
