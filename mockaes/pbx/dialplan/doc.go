// Package dialplan is what a simulated switch knows of numbers: which texts are numbers, how
// those outside are dialled, and which belong to other switches.
//
// Start with Plan, which converts between what is dialled and worldwide numbers, and with
// Uniform, one entry of the plan for other switches.
//
// The package does not know which numbers a switch has, nor where a call goes.
package dialplan
