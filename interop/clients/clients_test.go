package clients

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
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
      - wait-time 10 secs hearing ringback
      - busy
`

// program builds wtiphone.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "wtiphone")
	build := exec.Command("go", "build", "-o", path, "../../cmd/wtiphone")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// serve starts wtiphone mock and returns its addresses.
func serve(t *testing.T, path string) (wti, admin string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "lab.yaml")
	if err := os.WriteFile(file, []byte(lab), 0o600); err != nil {
		t.Fatal(err)
	}
	mock := exec.Command(path, "mock", "--listen", "127.0.0.1:0", "--lab", file)
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

// python finds one that has websockets: Debian's own may not be the first in the path.
func python(t *testing.T) string {
	t.Helper()
	for _, path := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(path, "-c", "import websockets").Run() == nil {
			return path
		}
	}
	t.Skip("python3-websockets is not installed")
	return ""
}

func TestPython(t *testing.T) {
	python := python(t)
	path := program(t)
	for story, needs := range map[string]string{
		"queue": "", "transfer": "", "conference": "", "agent": "", "route": "",
		"media": "ffmpeg",
	} {
		t.Run(story, func(t *testing.T) {
			if _, err := exec.LookPath(needs); needs != "" && err != nil {
				t.Skipf("%s is not installed", needs)
			}
			wti, admin := serve(t, path)
			client := exec.CommandContext(t.Context(), python, "client.py", story, wti, admin)
			client.WaitDelay = 10 * time.Second
			if out, err := client.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
