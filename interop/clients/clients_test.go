package clients

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// lab adds a VDN whose vector asks a client.
const lab = `base: default
vdns:
  - {extension: 8002, name: Support, vector: 2}
  - {extension: 8005, name: Adjunct, vector: 5}
vectors:
  - number: 2
    steps:
      - collect 1 digits after announcement 7002
      - queue-to skill 5002 pri m
      - wait-time 60 secs hearing music
      - goto step 3 if unconditionally
  - number: 5
    steps:
      - adjunct routing link 1
      - wait-time 60 secs hearing ringback
      - busy
`

// wtiphone is the path of the program under test.
var wtiphone string

// TestMain builds the program once. Stories wait for real time to pass, so more of them
// are played at a time than there are processors.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "4"); err != nil {
		panic(err) // the flag is the testing package's own
	}
	os.Exit(run(m))
}

// lookAtSources visits every directory of the module, which is how the go command
// learns what a cached result rests on: it does not see what other processes read.
func lookAtSources() error {
	return filepath.WalkDir("../..", func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == ".git" {
			return fs.SkipDir
		}
		return err
	})
}

func run(m *testing.M) int {
	if err := lookAtSources(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	dir, err := os.MkdirTemp("", "clients")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	wtiphone = filepath.Join(dir, "wtiphone")
	build := exec.Command("go", "build", "-o", wtiphone, "../../cmd/wtiphone")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // as it is shipped
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "the program was not built: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// serve starts wtiphone mock and returns its addresses.
func serve(t *testing.T) (wti, admin string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "lab.yaml")
	if err := os.WriteFile(file, []byte(lab), 0o600); err != nil {
		t.Fatal(err)
	}
	mock := exec.Command(wtiphone, "mock", "--listen", "127.0.0.1:0", "--lab", file)
	mock.Stderr = os.Stderr
	out, err := mock.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := mock.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = mock.Process.Signal(os.Interrupt)
		if err := mock.Wait(); err != nil {
			t.Errorf("the mock ended with %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var ready struct{ WTI, Admin string }
	if err := json.Unmarshal(line, &ready); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return ready.WTI, ready.Admin
}

// client is a WTI client of others' making.
type client struct {
	name    string
	command []string // what the story and its arguments are appended to
	dials   string   // a script that works if its tool for digits is there; "" needs none
}

// clients finds what the clients need. Debian's own Python may not be the first in the path.
func clients() (found []client) {
	for _, path := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(path, "-c", "import websockets").Run() == nil {
			found = append(found, client{
				"Python",
				[]string{path, "-B", "client.py"},
				"import gi; gi.require_version('Gst', '1.0')",
			})
			break
		}
	}
	_ = os.Getenv("NODE_PATH") // so that the go command knows what the result rests on
	if exec.Command("node", "-e", "require('ws')").Run() == nil {
		found = append(found, client{"Node", []string{"node", "client.mjs"}, ""})
	}
	return found
}

// forEach runs a test for each client that is there, and skips those that are not.
func forEach(t *testing.T, test func(t *testing.T, c client)) {
	t.Helper()
	found := make(map[string]client)
	for _, c := range clients() {
		found[c.name] = c
	}
	for name, lacks := range map[string]string{
		"Python": "python3-websockets is not installed",
		"Node":   "Node or its ws is not installed, or NODE_PATH does not lead to it",
	} {
		t.Run(name, func(t *testing.T) {
			c, here := found[name]
			if !here {
				t.Skip(lacks)
			}
			test(t, c)
		})
	}
}

// play lets the client play a story with a mock of its own.
func (c client) play(t *testing.T, story string, options string) {
	t.Helper()
	wti, admin := serve(t)
	command := append(slices.Clone(c.command), story, wti, admin, options)
	run := exec.CommandContext(t.Context(), command[0], command[1:]...)
	run.WaitDelay = 10 * time.Second
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestConversations(t *testing.T) {
	forEach(t, func(t *testing.T, c client) {
		for _, story := range []string{"queue", "transfer", "conference", "agent", "route"} {
			t.Run(story, func(t *testing.T) {
				t.Parallel()
				c.play(t, story, "{}")
			})
		}
		t.Run("echo", func(t *testing.T) {
			t.Parallel()
			needTools(t, "ffmpeg")
			c.play(t, "echo", "{}")
		})
	})
}
