package interop_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// TestThePlainPhoneIsWorkedByKeysThroughALoss: log in, go ready, dial the echo, be cut,
// hang up, quit; each step when the phone has said that the last one is done.
func TestThePlainPhoneIsWorkedByKeysThroughALoss(t *testing.T) {
	t.Parallel()
	const linked = "linked to AES"
	for _, m := range makers {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			server := m.serve(t, "--cut-seconds=5", "--times=1") // far behind the dialling
			screen, keys, done := terminal(t, server.aes)

			for _, step := range []struct {
				keys, says string
				times      int // since the beginning
			}{
				{"", linked, 1},
				{"l", "agent 4001: aux", 1},
				{"r", "agent 4001: ready", 1},
				{"d", "", 0},
				{"7100\r", "7100 in call", 1},
				{"", linked, 2},
				{"h", "ended after", 1},
			} {
				if _, err := keys.WriteString(step.keys); err != nil {
					t.Fatal(err)
				}
				screen.await(t, step.says, func(lines []string) bool {
					return strings.Count(strings.Join(lines, "\n"), step.says) >= step.times
				})
			}
			if _, err := keys.WriteString("q"); err != nil {
				t.Fatal(err)
			}
			if err := <-done; err != nil {
				t.Errorf("the phone ended with %v", err)
			}
		})
	}
}

// terminal runs the softphone on a terminal of its own. What it says comes in lines;
// what is written to keys is typed; done gets how it ended.
func terminal(t *testing.T, aes string) (screen *tail, keys *os.File, done <-chan error) {
	t.Helper()
	keys, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminal can be made: %v", err)
	}
	t.Cleanup(func() { _ = keys.Close() })
	slave := openSlave(t, keys)
	cmd := exec.Command(wtiphone, "phone", "--plain", "--station", "1001", "--agent", "4001",
		"--mic", "silence", "--speaker", "null")
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()},
		clientEnv(aes)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = slave.Close() // the phone has it
	screen = newTail()
	ended, gone := make(chan error, 1), make(chan struct{})
	go func() { // ends with the process, which the cleanup waits for
		defer close(gone)
		_, _ = io.Copy(screen, keys) // it fails when the phone's end is closed
		screen.finish()
		ended <- cmd.Wait()
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-gone
	})
	return screen, keys, ended
}

func openSlave(t *testing.T, master *os.File) *os.File {
	t.Helper()
	raw, err := master.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	number, failure := 0, error(nil)
	err = raw.Control(func(fd uintptr) {
		if failure = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0); failure != nil {
			return
		}
		size := &unix.Winsize{Row: 24, Col: 80}
		if failure = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, size); failure != nil {
			return
		}
		number, failure = unix.IoctlGetInt(int(fd), unix.TIOCGPTN)
	})
	if err != nil || failure != nil {
		t.Skipf("no terminal can be made: %v, %v", err, failure)
	}
	path := fmt.Sprintf("/dev/pts/%d", number)
	slave, err := os.OpenFile(path, os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return slave
}
