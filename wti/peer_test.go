package wti_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"
	"github.com/tidwall/gjson"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// aes is a server that a test scripts by hand, over pipes, so that time stands
// still in a synctest bubble. It is not package mockaes: that one behaves.
type aes struct {
	t      *testing.T
	pipes  chan net.Conn
	gone   chan struct{} // closed when nobody accepts any more
	once   sync.Once
	server *http.Server
	wg     sync.WaitGroup
	serve  func(*peer)

	mu       sync.Mutex
	headers  []http.Header // of each upgrade
	password string
	noTokens bool // none is accepted
}

// peer is one accepted connection.
type peer struct {
	t  *testing.T
	ws *websocket.Conn
}

func newAES(t *testing.T, serve func(*peer)) *aes {
	a := &aes{
		t: t, pipes: make(chan net.Conn), gone: make(chan struct{}),
		serve: serve, password: "good",
	}
	a.server = &http.Server{Handler: http.HandlerFunc(a.accept)}
	a.wg.Go(func() { _ = a.server.Serve(a) })
	t.Cleanup(func() {
		_ = a.server.Close()
		a.wg.Wait()
	})
	return a
}

// The three methods of net.Listener.
func (a *aes) Accept() (net.Conn, error) {
	select {
	case c := <-a.pipes:
		return c, nil
	case <-a.gone:
		return nil, net.ErrClosed
	}
}

func (a *aes) Close() error {
	a.once.Do(func() { close(a.gone) })
	return nil
}

func (a *aes) Addr() net.Addr { return &net.TCPAddr{} }

func (a *aes) dial(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case a.pipes <- server:
		return client, nil
	case <-a.gone:
		return nil, errors.New("connection refused")
	}
}

func (a *aes) accept(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.headers = append(a.headers, r.Header.Clone())
	a.mu.Unlock()
	bearer := strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ") && a.password == "good" &&
		!a.noTokens
	if user, password, _ := r.BasicAuth(); !bearer && (user != "cti" || password != a.password) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	ws, err := websocket.Accept(w, r, nil)
	if err != nil {
		a.t.Error(err)
		return
	}
	defer func() { _ = ws.CloseNow() }()
	a.serve(&peer{a.t, ws})
}

func (a *aes) open(t *testing.T) *wti.Session {
	t.Helper()
	s, err := wti.Dial(t.Context(), "ws://aes", a.options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func (a *aes) options() wti.Options {
	return wti.Options{User: "cti", Password: csta.Secret("good"), DialContext: a.dial}
}

// next is the next request's header and payload; a closed socket gives none.
func (p *peer) next() (header, payload gjson.Result) {
	_, data, err := p.ws.Read(context.Background())
	if err != nil {
		return
	}
	doc := gjson.ParseBytes(data)
	return doc.Get("header"), doc.Get("payload")
}

func (p *peer) write(text string) {
	_ = p.ws.Write(context.Background(), websocket.MessageText, []byte(text))
}

// reply answers a request with a payload, a JSON text.
func (p *peer) reply(header gjson.Result, payload string) {
	p.write(`{"header":{"invokeId":` + header.Get("invokeId").Raw + `,"headerType":"response",
 "response":"` + header.Get("request").Str + `"},"payload":` + payload + `}`)
}

func (p *peer) event(name, payload string) {
	p.write(`{"header":{"headerType":"event","event":"` + name + `","invokeId":9999},"payload":` +
		payload + `}`)
}

const started = `{"sessionID":"S-0","token":"t0ken","actualSessionDuration":180}`

// start answers the session's start with the payload as a string, as AES 10.2 does.
func (p *peer) start() {
	header, _ := p.next()
	quoted, _ := json.Marshal(started)
	p.reply(header, string(quoted))
}

// follow answers every request by a function until the socket is closed.
func (p *peer) follow(answer func(service string, payload gjson.Result) string) {
	for {
		header, payload := p.next()
		if !header.Exists() {
			return
		}
		if text := answer(header.Get("request").Str, payload); text != "" {
			p.reply(header, text)
		}
	}
}
