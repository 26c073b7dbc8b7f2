//go:build unix

package interop_test

import (
	"testing"
	"time"
)

// overREST has a fake take clients over REST, at an address of this host.
const overREST = "--transport=rest"

// restMoods are what an AES may do over REST. A connection that is cut while nothing is
// asked, or that falls silent, costs nobody a session there: requests choose another, and
// events have their own.
var restMoods = []mood{
	{name: "as it comes"},
	{name: "a monitor is started by MonitorStart alone", args: []string{"--monitor=MonitorStart"}},
	{
		name: "a monitor is started by MonitorDevice alone",
		args: []string{"--monitor=MonitorDevice"},
	},
	{name: "numbers are strings", args: []string{"--numbers=string"}},
	{name: "every payload of an event is a string", args: []string{"--payload=all"}},
	{
		name: "a session lives 6 s without a reset",
		args: []string{"--session=6"}, stay: 7500 * time.Millisecond,
	},
	{
		name: "connections are cut while nothing is asked",
		args: []string{"--session=6", "--cut-seconds=3", "--times=1"}, stay: 6 * time.Second,
	},
	{
		name: "an answer is cut off, and the session lives on",
		args: []string{
			"--session=6", "--cut-request=ResetApplicationSessionTimer", "--times=1",
			"--sessions=timer",
		},
		stay: 4 * time.Second, breaks: 1, every: true,
	},
	{
		name: "an answer is cut off, and the session with it",
		args: []string{
			"--session=6", "--cut-request=ResetApplicationSessionTimer", "--times=1",
			"--sessions=socket",
		},
		stay: 4 * time.Second, breaks: 1, every: true,
	},
	{
		name: "connections fall silent",
		args: []string{"--session=6", "--silent-seconds=3", "--times=1"}, stay: 9 * time.Second,
	},
}

// eachOverREST runs f against both servers in each mood over REST.
func eachOverREST(t *testing.T, f func(t *testing.T, m maker, mood mood)) {
	var moods []mood
	for _, m := range restMoods {
		m.args = append([]string{overREST}, m.args...)
		moods = append(moods, m)
	}
	each(t, moods, f)
}

func TestOverRESTACallLivesThroughEveryMood(t *testing.T) {
	t.Parallel()
	eachOverREST(t, func(t *testing.T, m maker, mood mood) {
		mood.stay = max(mood.stay, 500*time.Millisecond)
		callThrough(t, m, mood)
	})
}

func TestOverRESTWatchSaysEveryEvent(t *testing.T) {
	t.Parallel()
	eachOverREST(t, watchThrough)
}
