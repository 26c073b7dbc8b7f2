//go:build unix

package interop_test

import (
	"testing"
	"time"
)

// mood is a way in which an AES may behave, as far as the sources leave it open, or in
// which a network does.
type mood struct {
	name   string
	args   []string
	breaks int           // how often the connection is lost
	stay   time.Duration // how long a call must last to live through it
	every  bool          // each break is one loss: none falls into a healing
}

// dialects are what the sources leave open. The other fake's default is the other
// choice, so that each way is taken somewhere.
var dialects = []mood{
	{name: "as it comes"},
	{name: "a monitor is started by MonitorStart alone", args: []string{"--monitor=MonitorStart"}},
	{
		name: "a monitor is started by MonitorDevice alone",
		args: []string{"--monitor=MonitorDevice"},
	},
	{name: "every payload is a string", args: []string{"--payload=all"}},
	{name: "no payload is a string", args: []string{"--payload=none"}},
	{name: "numbers are strings", args: []string{"--numbers=string"}},
	{
		name: "strings and numbers alike are strings",
		args: []string{"--payload=all", "--numbers=string"},
	},
	{name: "events are called DeliveredEvent", args: []string{"--names=suffix"}},
	{name: "events are called Delivered", args: []string{"--names=bare"}},
	{name: "device ids are wrapped", args: []string{"--devices=wrapped"}},
	{name: "device ids are bare", args: []string{"--devices=bare"}},
	{name: "requests need the token", args: []string{"--token=member"}},
}

// failures are what networks and servers do to a connection.
var failures = []mood{
	{
		name: "a session lives 6 s without a reset",
		args: []string{"--session=6"}, stay: 7500 * time.Millisecond,
	},
	{
		name: "sockets are cut, and the session with them",
		args: []string{"--cut-seconds=1.5", "--times=2", "--sessions=socket"},
		stay: 4 * time.Second, breaks: 2, every: true,
	},
	{
		name: "sockets are cut, and the session lives on",
		args: []string{"--cut-seconds=1.5", "--times=2", "--sessions=timer"},
		stay: 4 * time.Second, breaks: 2, every: true,
	},
	{
		name: "sockets are cut after every 26 messages",
		args: []string{"--cut-messages=26", "--times=3"},
		stay: 3 * time.Second, breaks: 1,
	},
	{
		name: "a socket falls silent, pings included",
		args: []string{"--silent-seconds=2", "--times=1", "--session=6"},
		stay: 9 * time.Second, breaks: 1, every: true,
	},
}

// each runs f against both servers in each mood, all at a time.
func each(t *testing.T, moods []mood, f func(t *testing.T, m maker, mood mood)) {
	for _, maker := range makers {
		for _, mood := range moods {
			t.Run(maker.name+"/"+mood.name, func(t *testing.T) {
				t.Parallel()
				f(t, maker, mood)
			})
		}
	}
}
