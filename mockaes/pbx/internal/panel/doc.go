// Package panel is what the telephone of a station shows: lamps, display, ringer,
// hookswitch and buttons.
//
// Start with Of, which makes the panel of the states of a telephone's calls; Changes then
// tells what to say of it to monitors.
//
// The package does not know calls, devices or who is registered, and presses no button.
package panel
