package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
)

// told is what a verb says on stderr, line by line, and what it ends with.
type told struct {
	t     *testing.T
	lines <-chan string
	over  <-chan error  // closed behind it
	out   *bytes.Buffer // what it printed; to be read when it is over
}

// begin runs a verb against a mock until the test ends.
func begin(t *testing.T, srv *mockaes.Server, verb func() *cobra.Command, args ...string,
) told {
	t.Helper()
	t.Setenv("WTIPHONE_AES", srv.WTI)
	t.Setenv("WTIPHONE_USER", mockaes.DefaultUser.Name)
	t.Setenv("WTIPHONE_PASSWORD", string(mockaes.DefaultUser.Password))
	t.Setenv("WTIPHONE_SWITCH", "CM1")
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	cmd := verb() // looks into the environment for what its flags are by default
	cmd.SetArgs(args)
	var printed bytes.Buffer
	cmd.SetOut(&printed)
	cmd.SetErr(in)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	over := make(chan error, 1)
	go func() {
		err := cmd.ExecuteContext(ctx)
		_ = in.Close()
		over <- err
		close(over)
	}()
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			lines <- s.Text()
		}
	}()
	t.Cleanup(func() {
		cancel()
		<-over // an interrupt is how it ends
	})
	return told{t, lines, over, &printed}
}

// next wants the next line to begin so, and returns it.
func (o told) next(want string) (line string) {
	o.t.Helper()
	if line = <-o.lines; !strings.HasPrefix(line, want) {
		o.t.Fatalf("got  %s\nwant %s", line, want)
	}
	return line
}

func serving(t *testing.T) *mockaes.Server {
	t.Helper()
	srv, err := mockaes.Start(mockaes.Options{Silent: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Close)
	return srv
}

func TestWatchSaysThatItWatches(t *testing.T) {
	srv := serving(t)
	o := begin(t, srv, newWatch, "1001", "8001", "5001")
	o.next("wtiphone: watching 1001, 8001 and 5001")
	if n := srv.Cut(); n != 1 {
		t.Fatalf("%d connections were cut", n)
	}
	o.next("wtiphone: link lost, healing: ")
	o.next("wtiphone: link is live again, watching 1001, 8001 and 5001")
	srv.SetLink(false)
	o.next("wtiphone: link is live, CTI link to CM1 down since ")
	srv.SetLink(true)
	o.next("wtiphone: CTI link to CM1 is up again")
}

func TestAnswerTellsWhatBecomesOfTheLinks(t *testing.T) {
	srv := serving(t)
	o := begin(t, srv, newAnswer, "--station", "1001", "--media", "none")
	o.next("wtiphone: waiting for a call to 1001")
	o.goThroughLosses(srv)
}

// TestCallTellsWhatBecomesOfTheLinks while the called station rings, and nobody answers.
func TestCallTellsWhatBecomesOfTheLinks(t *testing.T) {
	srv := serving(t)
	rings := make(chan struct{}, 100)
	stop, err := srv.Switch().Monitor(csta.MonitorStart{
		Object: csta.MonitorObject{Device: "1002"},
	}, "test", func(csta.Event) { rings <- struct{}{} })
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	o := begin(t, srv, newCall, "1002", "--station", "1001", "--media", "none")
	<-rings
	o.goThroughLosses(srv)
}

// goThroughLosses has both links fail and come back, one after the other.
func (o told) goThroughLosses(srv *mockaes.Server) {
	o.t.Helper()
	srv.SetLink(false)
	o.next("wtiphone: link is live, CTI link to CM1 down since ")
	srv.SetLink(true)
	o.next("wtiphone: CTI link to CM1 is up again")
	srv.Cut()
	o.next("wtiphone: link lost, healing: ")
	o.next("wtiphone: link is live again")
}
