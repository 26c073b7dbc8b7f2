package measure

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Child starts the test binary again as a process of its own, with a variable of the
// environment ("NAME=value") that tells its TestMain what to be. It returns the words of the
// first line that the process prints, and its id. The process has to end when its standard
// input does, which is when the test is over; what it says of errors goes to ours.
func Child(t testing.TB, variable string) (words []string, pid int) {
	t.Helper()
	process := exec.CommandContext(t.Context(), os.Args[0])
	process.Env = append(os.Environ(), variable)
	process.Stderr = os.Stderr
	input, err := process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = input.Close()
		_ = process.Wait()
	})
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(line), process.Process.Pid
}
