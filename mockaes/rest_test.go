package mockaes_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// restClient speaks REST by hand: it shares no code with package wti.
type restClient struct {
	t             *testing.T
	srv           *mockaes.Server
	http          *http.Client
	authorization string
}

func newREST(t *testing.T, srv *mockaes.Server) *restClient {
	transport := &http.Transport{DialContext: srv.Dial}
	t.Cleanup(transport.CloseIdleConnections)
	return &restClient{t, srv, &http.Client{Transport: transport}, goodBasic}
}

// post sends a body and returns status, content type and body of the answer.
func (c *restClient) post(service, body string) (int, string, string) {
	c.t.Helper()
	req, err := http.NewRequest(http.MethodPost, c.srv.REST+"/"+service, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Authorization", c.authorization)
	response, err := c.http.Do(req)
	if err != nil {
		return 0, "", err.Error()
	}
	defer func() { _ = response.Body.Close() }()
	text, _ := io.ReadAll(response.Body)
	return response.StatusCode, response.Header.Get("Content-Type"), string(text)
}

// start opens a session, whose token the client uses from then on.
func (c *restClient) start() (id string) {
	c.t.Helper()
	c.authorization = goodBasic
	status, _, text := c.post("StartApplicationSession", `{"ApplicationID":"test"}`)
	var started struct{ Token, SessionID string }
	if err := json.Unmarshal([]byte(text), &started); err != nil || status != http.StatusOK {
		c.t.Fatalf("HTTP %d: %s", status, text)
	}
	c.authorization = "Bearer " + started.Token
	return started.SessionID
}

func (c *restClient) must(service, body string) string {
	c.t.Helper()
	status, _, text := c.post(service, body)
	if status != http.StatusOK {
		c.t.Fatalf("%s %s: HTTP %d: %s", service, body, status, text)
	}
	return text
}

// tellREST is the part of the quirks' story that is told over REST.
func tellREST(t *testing.T, srv *mockaes.Server) (heard []string) {
	c := newREST(t, srv)
	defer c.http.CloseIdleConnections()
	for _, step := range []struct{ service, body string }{
		{"StartApplicationSession", `{"ApplicationID":""}`},
		{"Fly", `{}`},
	} {
		status, kind, text := c.post(step.service, step.body)
		heard = append(heard, fmt.Sprint(status, " ", kind, " ", text))
	}
	return heard
}

// mailbox takes events that are posted to it, in memory.
type mailbox struct {
	conns  chan net.Conn
	gone   chan struct{}
	once   sync.Once
	status func(n int) int // of the nth event, from 1

	mu  sync.Mutex
	got []string
}

func newMailbox(t *testing.T, status func(n int) int) *mailbox {
	b := &mailbox{conns: make(chan net.Conn), gone: make(chan struct{}), status: status}
	server := &http.Server{Handler: b}
	t.Cleanup(func() { _ = server.Close() })
	go func() { _ = server.Serve(b) }()
	return b
}

func (b *mailbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	b.mu.Lock()
	b.got = append(b.got, r.URL.Path+" "+string(body))
	n := len(b.got)
	b.mu.Unlock()
	w.WriteHeader(b.status(n))
}

func (b *mailbox) texts() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.got
}

func (b *mailbox) Accept() (net.Conn, error) {
	select {
	case c := <-b.conns:
		return c, nil
	case <-b.gone:
		return nil, net.ErrClosed
	}
}

func (b *mailbox) Close() error {
	b.once.Do(func() { close(b.gone) })
	return nil
}

func (b *mailbox) Addr() net.Addr { return &net.TCPAddr{} }

func (b *mailbox) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case b.conns <- server:
		return client, nil
	case <-b.gone:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// inMail runs f with a server in memory that posts events to a mailbox.
func inMail(t *testing.T, status func(int) int,
	f func(t *testing.T, srv *mockaes.Server, c *restClient, b *mailbox),
) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := newMailbox(t, status)
		srv := mockaes.New(mockaes.Options{
			InMemory: true, Silent: true, Targets: mockaes.Targets{Dial: b.dial},
		})
		if srv.Err != nil {
			t.Fatal(srv.Err)
		}
		t.Cleanup(func() {
			srv.Close()
			pass(time.Second) // net/http lingers where it has not read all of a body
		})
		c := newREST(t, srv)
		c.start()
		f(t, srv, c, b)
	})
}

func always(status int) func(int) int { return func(int) int { return status } }

func incoming(t *testing.T, srv *mockaes.Server) {
	t.Helper()
	_, err := srv.Switch().IncomingCall(pbx.IncomingCall{From: "+15550100123", To: "1001"})
	if err != nil {
		t.Fatal(err)
	}
}
