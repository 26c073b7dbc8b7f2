// Package vector reads call vectors: the programs that a Communication Manager runs
// for calls to a VDN, in the words of its own administration screens.
//
// Start with Parse, which takes one step a line and says which line is wrong and
// what was expected there. The steps are:
//
//	announcement 7001
//	collect 4 digits after announcement 7002
//	queue-to skill 5001 pri m
//	check skill 5002 pri h if available-agents > 0
//	wait-time 30 secs hearing music
//	goto step 5 if calls-queued in skill 5001 > 10
//	goto vector 2 @step 1 if time-of-day is fri 17:00 to mon 08:00
//	route-to number 1010 with cov y if digit = 2
//	route-to digits with cov y
//	adjunct routing link 1
//	busy
//	disconnect after announcement 7003
//	stop
//
// Conditions are unconditionally, calls-queued, oldest-call-wait, staffed-agents,
// available-agents, time-of-day and digits. An empty line and a line that begins
// with # are steps that do nothing, so that numbers stay as they are written.
//
// The package knows words and numbers only. It does not know which skills and
// announcements there are, and does not run anything.
package vector
