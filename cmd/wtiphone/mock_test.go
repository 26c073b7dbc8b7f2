package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"testing"
)

// TestTheMockSaysWhereItIsAndEndsWell runs the server as a process of its own.
func TestTheMockSaysWhereItIsAndEndsWell(t *testing.T) {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path)
	cmd.Args = []string{"wtiphone", "mock", "--listen", "127.0.0.1:0"}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	first, err := lines.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var ready map[string]any
	if err := json.Unmarshal(first, &ready); err != nil {
		t.Fatalf("%s: %v", first, err)
	}
	for _, key := range []string{"ready", "wti", "rest", "admin", "ca"} {
		if _, ok := ready[key]; !ok || len(ready) != 5 {
			t.Errorf("%s: want the five members ready, wti, rest, admin and ca", first)
		}
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(lines)
	if err != nil || len(rest) != 0 {
		t.Errorf("after the first line came %q (%v)", rest, err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("ended with %v", err)
	}
}
