//go:build unix

package interop_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// wtiphone is the path of the program under test.
var wtiphone string

// TestMain builds the program once. Most of what the tests do is to wait for somebody
// else's clock, so more of them run at a time than there are processors.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "12"); err != nil {
		panic(err) // the flag is the testing package's own
	}
	os.Exit(run(m))
}

// lookAtSources visits every directory of the module, which is how the go command
// learns what a cached result rests on: it does not see what other processes read.
func lookAtSources() error {
	return filepath.WalkDir("..", func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == ".git" {
			return fs.SkipDir
		}
		return err
	})
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "interop")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := lookAtSources(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	wtiphone = filepath.Join(dir, "wtiphone")
	build := exec.Command("go", "build", "-o", wtiphone, "../cmd/wtiphone")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // as it is shipped
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "the program was not built: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}
