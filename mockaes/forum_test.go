package mockaes_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/mockaes"
)

// TestForumConversation lets a program that shares no code with us, on npm's ws,
// hold the conversation that the forum's thread describes.
func TestForumConversation(t *testing.T) {
	node, modules := nodeWithWS(t)
	srv := mockaes.New(mockaes.Options{})
	if srv.Err != nil {
		t.Fatal(srv.Err)
	}
	defer srv.Close()
	script, err := filepath.Abs("testdata/forum/client.js")
	if err != nil {
		t.Fatal(err)
	}
	run := func(password string) (string, error) {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		cmd := exec.CommandContext(ctx, node, script, srv.WTI, "cti", password, "1001", "7101")
		cmd.Env = append(os.Environ(), "NODE_PATH="+modules)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	got, err := run("cti-secret")
	const want = `{"step":"session","seconds":180}
{"step":"device","device":"1001:CM1:0.0.0.0:0"}
{"step":"monitor","monitor":"1"}
{"step":"events","events":["OriginatedEvent","EstablishedEvent","ConnectionClearedEvent"]}
{"step":"closed","code":1000}
`
	if err != nil || got != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
	}
	// The slip in the thread's listing: the word password instead of what it holds.
	if got, err := run("password"); err == nil || strings.TrimSpace(got) != "HTTP 401" {
		t.Errorf("with a wrong password: %v %s", err, got)
	}
}

// nodeWithWS finds node, and the package ws where NODE_PATH has it or npm can get it.
func nodeWithWS(t *testing.T) (node, modules string) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	if path := os.Getenv("NODE_PATH"); path != "" {
		if _, err := os.Stat(filepath.Join(path, "ws")); err == nil {
			return node, path
		}
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		t.Skip("npm's package ws is not in NODE_PATH, and npm is not installed")
	}
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	install := exec.CommandContext(ctx, npm, "install", "--no-audit", "--no-fund", "--silent",
		"--fetch-retries", "0", "--prefix", dir, "ws@8")
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("npm could not get the package ws: %v %s", err, out)
	}
	return node, filepath.Join(dir, "node_modules")
}
