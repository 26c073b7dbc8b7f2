package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/lab"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"wtiphone": main})
}

// TestScripts runs the program as its user does, against a mock of its own. The
// scripts read as sessions in a shell; 'exits N' runs a command that must end with
// that code, 'json FILE PATH WANT' looks into what it printed, and 'serve LAB' has a mock
// with a lab of its own take the place of the other.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			srv, err := mockaes.Start(mockaes.Options{})
			if err != nil {
				return err
			}
			e.Defer(srv.Close)
			e.Setenv("WTIPHONE_AES", srv.WTI)
			e.Setenv("REST", srv.REST)
			e.Setenv("XDG_CONFIG_HOME", e.WorkDir)
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "json": jsonHas, "serve": serve,
		},
	})
}

func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: serve LAB")
	}
	o, err := lab.Parse([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	srv, err := mockaes.Start(o)
	ts.Check(err)
	ts.Defer(srv.Close)
	ts.Setenv("WTIPHONE_AES", srv.WTI)
}

// exits runs a command and checks its exit code. What it printed is in the files
// out and errs.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	ts.Setenv("LAST", strings.Join(args[1:], " "))
	var out, errs bytes.Buffer
	path, err := exec.LookPath(args[1])
	ts.Check(err)
	cmd := exec.Command(path, args[2:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = ts.Getenv("WORK"), &out, &errs
	cmd.Env = environment(ts)
	code := 0
	if err := cmd.Run(); err != nil {
		e, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		code = e.ExitCode()
	}
	ts.Check(os.WriteFile(ts.MkAbs("out"), out.Bytes(), 0o644))
	ts.Check(os.WriteFile(ts.MkAbs("errs"), errs.Bytes(), 0o644))
	ts.Logf("exit %d\n[stdout]\n%s[stderr]\n%s", code, &out, &errs)
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
	if strings.Contains(errs.String(), "goroutine ") {
		ts.Fatalf("a stack trace was shown")
	}
}

func environment(ts *testscript.TestScript) []string {
	env := []string{"PATH=" + os.Getenv("PATH")}
	for _, key := range []string{
		"WTIPHONE_AES", "XDG_CONFIG_HOME", "HOME", "WTIPHONE_PASSWORD",
		"WTIPHONE_STATION_CODE",
	} {
		if v := ts.Getenv(key); v != "" {
			env = append(env, key+"="+v)
		}
	}
	return env
}

// jsonHas checks a member of the JSON object in a file; the path is dotted.
func jsonHas(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: json FILE PATH WANT")
	}
	var v any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &v))
	for _, key := range strings.Split(args[1], ".") {
		object, _ := v.(map[string]any)
		v = object[key]
	}
	text, err := json.Marshal(v)
	ts.Check(err)
	if got := strings.Trim(string(text), `"`); (got == args[2]) == neg {
		ts.Fatalf("%s is %s, want %s", args[1], got, args[2])
	}
}
