//go:build unix

package interop_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"sync"
	"syscall"
	"testing"

	"github.com/tidwall/gjson"
)

// maker is one of the fake AES servers, and why it cannot run here, if so.
type maker struct {
	name  string
	start func() (command []string, missing string)
}

var makers = []maker{
	{"node", sync.OnceValues(node)},
	{"python", sync.OnceValues(python)},
}

func node() (command []string, missing string) {
	if _, err := exec.LookPath("node"); err != nil {
		return nil, "node is not installed"
	}
	if exec.Command("node", "-e", `require("ws")`).Run() != nil {
		return nil, "npm's ws is not installed, or NODE_PATH does not name its directory"
	}
	return []string{"node", "fake_aes.mjs"}, ""
}

func python() (command []string, missing string) {
	// Debian's own Python, which has Debian's modules, may not be the first one found.
	for _, path := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(path, "-c", "import websockets.legacy.server").Run() == nil {
			return []string{path, "fake_aes.py"}, ""
		}
	}
	return nil, "python3-websockets is not installed"
}

// fake is a running fake AES.
type fake struct {
	*program
	aes string // where it is
}

// serve starts a server in a mood.
func (m maker) serve(t *testing.T, mood ...string) *fake {
	t.Helper()
	command, missing := m.start()
	if missing != "" {
		t.Skip(missing)
	}
	args := append(slices.Clone(command[1:]), mood...)
	env := []string{"NODE_PATH=" + os.Getenv("NODE_PATH")}
	f := &fake{program: start(t, env, command[0], args...)}
	lines := f.out.await(t, "the fake AES", func(lines []string) bool { return len(lines) > 0 })
	f.aes = gjson.Get(lines[0], "wti").Str
	t.Cleanup(func() {
		for _, line := range f.errs.all() {
			t.Errorf("the fake AES failed: %s", line)
		}
	})
	return f
}

// fact is a line that a fake prints: what it did, for a test to compare with.
type fact struct {
	Fact    string `json:"fact"` // request, event, session, cut, silent
	Name    string `json:"name"`
	Device  string `json:"device"`
	Call    string `json:"call"`
	Sent    bool   `json:"sent"` // of an event: there was a socket to send it to
	Session string `json:"session"`
	How     string `json:"how"` // of a session: started, reset, expired, lost, stopped
}

// facts ends the server and returns all that it had to say.
func (f *fake) facts(t *testing.T) (all []fact) {
	t.Helper()
	f.signal(t, syscall.SIGTERM)
	<-f.done
	for _, line := range f.out.all() {
		var f fact
		if json.Unmarshal([]byte(line), &f) == nil && f.Fact != "" {
			all = append(all, f)
		}
	}
	return all
}

func count(all []fact, fits func(fact) bool) (n int) {
	for _, f := range all {
		if fits(f) {
			n++
		}
	}
	return n
}

func isBreak(f fact) bool { return f.Fact == "cut" || f.Fact == "silent" }

func asked(name string) func(fact) bool {
	return func(f fact) bool { return f.Fact == "request" && f.Name == name }
}

// client starts a verb of the program against the server.
func (f *fake) client(t *testing.T, verb string, args ...string) *program {
	t.Helper()
	return start(t, clientEnv(f.aes), wtiphone, append([]string{verb, "-v"}, args...)...)
}

func clientEnv(aes string) []string {
	return []string{
		"WTIPHONE_AES=" + aes, "WTIPHONE_USER=cti", "WTIPHONE_SWITCH=CM1", "TERM=xterm",
		"WTIPHONE_PASSWORD=cti-secret", "WTIPHONE_STATION_CODE=123456",
		"WTIPHONE_AGENT_PASSWORD=4321",
	}
}
