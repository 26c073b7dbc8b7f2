//go:build unix

package interop_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience bounds every wait for something that has to happen.
const patience = 40 * time.Second

// tail keeps the lines that are written to it and lets tests wait for them.
type tail struct {
	mu    sync.Mutex
	lines []string
	part  []byte
	more  chan struct{} // closed when there is more, and replaced
	over  bool
}

func newTail() *tail { return &tail{more: make(chan struct{})} }

// Write takes what a process says.
func (l *tail) Write(data []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.part = append(l.part, data...)
	for {
		line, rest, ok := bytes.Cut(l.part, []byte("\n"))
		if !ok {
			return len(data), nil
		}
		l.lines = append(l.lines, string(line))
		l.part = rest
		close(l.more)
		l.more = make(chan struct{})
	}
}

func (l *tail) finish() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over = true
	close(l.more)
	l.more = make(chan struct{})
}

func (l *tail) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lines[:len(l.lines):len(l.lines)]
}

// await waits until the lines fit, and returns them.
func (l *tail) await(t *testing.T, what string, fits func([]string) bool) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		l.mu.Lock()
		lines, over, more := l.lines[:len(l.lines):len(l.lines)], l.over, l.more
		l.mu.Unlock()
		if fits(lines) {
			return lines
		}
		if over || ctx.Err() != nil {
			t.Fatalf("waited for %s; there was only\n%s", what, strings.Join(lines, "\n"))
		}
		select {
		case <-more:
		case <-ctx.Done():
		}
	}
}

// program is a process that a test started. It is killed at the test's end at the
// latest.
type program struct {
	cmd       *exec.Cmd
	out, errs *tail
	done      chan struct{} // closed when it has ended
	err       error         // how, valid then
}

func start(t *testing.T, env []string, name string, args ...string) *program {
	t.Helper()
	p := &program{
		cmd: exec.Command(name, args...), out: newTail(), errs: newTail(),
		done: make(chan struct{}),
	}
	p.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}, env...)
	p.cmd.Stdout, p.cmd.Stderr = p.out, p.errs
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { // ends with the process, which the cleanup waits for
		p.err = p.cmd.Wait()
		p.out.finish()
		p.errs.finish()
		close(p.done)
	}()
	t.Cleanup(func() {
		_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // its workers, too
		<-p.done
		if t.Failed() {
			t.Logf("%s %s\n%s", name, strings.Join(args, " "), strings.Join(p.errs.all(), "\n"))
		}
	})
	return p
}

// signal asks the process for something, and exit waits for its end.
func (p *program) signal(t *testing.T, s os.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

func (p *program) exit(t *testing.T) (code int) {
	t.Helper()
	select {
	case <-p.done:
	case <-time.After(patience):
		t.Fatalf("%s does not end", p.cmd.Path)
	}
	if e, ok := errors.AsType[*exec.ExitError](p.err); ok {
		return e.ExitCode()
	}
	if p.err != nil {
		t.Fatal(p.err)
	}
	return 0
}
