// Package link carries messages from one switch to another: each takes its time, and they
// arrive in the order in which they were sent.
//
// Start with New, and Take what arrives.
//
// The package does not know what the messages say, and never calls a switch while it holds
// its lock.
package link
