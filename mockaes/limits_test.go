package mockaes_test

import (
	"bufio"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wtiphone/wtiphone/mockaes"
)

func TestAPageCannotReachAServerOfThisMachineByItsOwnName(t *testing.T) {
	srv, err := mockaes.Start(mockaes.Options{Silent: true})
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Close()
	for host, want := range map[string]int{
		"localhost:80": 101, "127.0.0.1": 101, "[::1]:80": 101, "evil.test": 403,
		"127.0.0.1.evil.test:80": 403,
	} {
		transport := &http.Transport{DialContext: srv.Dial}
		ws, response, err := websocket.Dial(t.Context(), srv.WTI, &websocket.DialOptions{
			HTTPClient: &http.Client{Transport: transport}, Host: host,
			HTTPHeader: http.Header{
				"Authorization": {goodBasic},
				"Origin":        {"http://" + host}, // the two agree, as with a rebound name
			},
		})
		if response == nil {
			t.Fatal(err)
		}
		if response.StatusCode != want {
			t.Errorf("by the name of %q: HTTP %d, want %d", host, response.StatusCode, want)
		}
		if ws != nil {
			_ = ws.CloseNow()
		}
		transport.CloseIdleConnections()
	}
}

func TestASessionHasNoEndlessRowOfListeners(t *testing.T) {
	bubble(t, mockaes.Options{Silent: true}, func(t *testing.T, srv *mockaes.Server) {
		c := login(t, srv)
		start := func() string {
			frame := c.ask("CallInformationEventsStart", `{}`)
			return string(frame.Payload)
		}
		for i := range 1000 {
			reply := start()
			if strings.Contains(reply, "CSTAException") {
				t.Fatalf("listener %d: %s", i, reply)
			}
		}
		if reply := start(); !strings.Contains(reply, "resourceLimitExceeded") {
			t.Errorf("one too many: %s", reply)
		}
		reply := c.ask("SystemRegister", `{}`)
		if !strings.Contains(string(reply.Payload), "resourceLimitExceeded") {
			t.Errorf("one too many of another kind: %s", reply.Payload)
		}
		c.must("CallInformationEventsStop", `{"eventListenerId":"1"}`, nil)
		if reply := start(); strings.Contains(reply, "CSTAException") {
			t.Errorf("after one was stopped: %s", reply)
		}
	})
}

func TestABodyThatDoesNotComeIsNotWaitedFor(t *testing.T) {
	bubble(t, mockaes.Options{Silent: true}, func(t *testing.T, srv *mockaes.Server) {
		conn, err := srv.Dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		began := time.Now()
		_, _ = io.WriteString(conn, "POST /mock/calls HTTP/1.1\r\nHost: aes.test\r\n"+
			"Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{")
		reply, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = reply.Body.Close()
		if waited := time.Since(began); waited != 10*time.Second || reply.StatusCode != 400 {
			t.Errorf("HTTP %d after %v", reply.StatusCode, waited)
		}
	})
}

func TestAnIdleConnectionIsClosed(t *testing.T) {
	bubble(t, mockaes.Options{Silent: true}, func(t *testing.T, srv *mockaes.Server) {
		conn, err := srv.Dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		began := time.Now()
		_, _ = io.WriteString(conn, "GET /nothing HTTP/1.1\r\nHost: aes.test\r\n\r\n")
		if _, err := io.Copy(io.Discard, conn); err != nil {
			t.Fatal(err)
		}
		if idle := time.Since(began); idle != 30*time.Second {
			t.Errorf("it was closed after %v", idle)
		}
	})
}

func TestStrangersAreCounted(t *testing.T) {
	o := mockaes.Options{Silent: true, Limits: mockaes.Limits{Sockets: 1}}
	bubble(t, o, func(t *testing.T, srv *mockaes.Server) {
		for i := range 258 {
			conn, err := srv.Dial(t.Context(), "", "")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			if i < 257 {
				continue
			}
			if _, err := conn.Read(make([]byte, 1)); err != io.EOF {
				t.Errorf("connection %d: %v", i, err)
			}
		}
	})
}
