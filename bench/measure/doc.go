// Package measure collects what benchmarks measure in several rounds and reports
// medians, because the machines that they run on are rarely quiet.
//
// Start with a [Series]: add figures under their units, one of each in a round, and
// report them at the end. [CPU] tells what the process has used, which other programs on
// the machine change much less than they change the time that passes, and [Child] puts the
// other end into a process of its own.
//
// It does not judge: no figure is compared with a limit here.
package measure
