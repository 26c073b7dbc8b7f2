// Package filter decides which events a monitor is sent.
//
// Start with New, from the request that starts the monitor; Passes then decides on each
// event. In which member of a filter an event is spoken of is one table, in member.go.
//
// The package does not know monitors or devices, and delivers nothing.
package filter
