package feed

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// Feed is a running feed.
type Feed struct {
	process *exec.Cmd
	input   io.Closer
	host    string
}

// Start begins a feed, in a process of its own that ends with [Feed.Close] or with this
// one. The error is that of the process.
func Start(ctx context.Context) (*Feed, error) {
	f := &Feed{process: exec.CommandContext(ctx, os.Args[0])}
	f.process.Env = append(os.Environ(), variable+"=1")
	f.process.Stderr = os.Stderr
	input, err := f.process.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("feed: Start: %w", err)
	}
	f.input = input
	output, err := f.process.StdoutPipe()
	if err == nil {
		err = f.process.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("feed: Start: %w", err)
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		_ = f.Close() // it has said why
		return nil, fmt.Errorf("feed: Start: %w", err)
	}
	f.host = strings.TrimSpace(line)
	return f, nil
}

// URL is the address for a kind of client.
func (f *Feed) URL(kind string) string { return "ws://" + f.host + kind }

// Push lets the feed send n events to the client of a kind that connected last, and
// returns when the socket has taken them.
func (f *Feed) Push(ctx context.Context, kind string, n int) error {
	form := url.Values{"kind": {kind}, "n": {strconv.Itoa(n)}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost,
		"http://"+f.host+"/push?"+form.Encode(), nil)
	if err != nil {
		return fmt.Errorf("feed: Push: %w", err)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("feed: Push: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("feed: Push: %s", response.Status)
	}
	return nil
}

// Close ends the process and waits for it.
func (f *Feed) Close() error {
	_ = f.input.Close()
	return f.process.Wait()
}
