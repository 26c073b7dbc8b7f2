package feed

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"

	"github.com/coder/websocket"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/internal/wire"
)

// variable says to a test binary that it is to be a feed.
const variable = "WTIPHONE_BENCH_FEED"

// Main serves and does not return if this process was begun by [Start]. Otherwise it
// does nothing.
func Main() {
	if os.Getenv(variable) == "" {
		return
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// server is what the process of a feed does.
type server struct {
	mu    sync.Mutex
	conns map[string]net.Conn // the last of each kind of client
}

// connection is the key of a request's connection in its context.
type connection struct{}

func serve() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := &server{conns: make(map[string]net.Conn)}
	mux := http.NewServeMux()
	for _, kind := range []string{Bare, WTI, Ethereum, JSONRPC2} {
		mux.HandleFunc("GET "+kind, s.client)
	}
	mux.HandleFunc("POST /push", s.push)
	h := &http.Server{
		Handler: mux,
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, connection{}, c)
		},
	}
	fmt.Println(listener.Addr())
	go func() {
		// The input ends when the process that started this one does.
		_, _ = os.Stdin.Read(make([]byte, 1))
		_ = h.Close()
	}()
	if err := h.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return nil
}

// client answers what a client asks until it goes.
func (s *server) client(w http.ResponseWriter, r *http.Request) {
	ws, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = ws.CloseNow() }()
	s.mu.Lock()
	s.conns[r.URL.Path] = r.Context().Value(connection{}).(net.Conn)
	s.mu.Unlock()
	for {
		_, data, err := ws.Read(context.Background())
		if err != nil {
			return
		}
		reply, err := Answer(r.URL.Path, data)
		if err != nil {
			return
		}
		if ws.Write(context.Background(), websocket.MessageText, reply) != nil {
			return
		}
	}
}

// push sends events to the last client of a kind.
func (s *server) push(w http.ResponseWriter, r *http.Request) {
	kind := r.FormValue("kind")
	n, err := strconv.Atoi(r.FormValue("n"))
	message, unknown := Message(kind, Payload())
	s.mu.Lock()
	conn := s.conns[kind]
	s.mu.Unlock()
	if err != nil || unknown != nil || conn == nil {
		http.Error(w, "no such client", http.StatusBadRequest)
		return
	}
	const each = 64 // frames a write
	one := framed(message)
	many := bytes.Repeat(one, each)
	for ; n > 0 && err == nil; n -= each {
		_, err = conn.Write(many[:min(n, each)*len(one)])
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// subscription is the id of the one that a client of kind [Ethereum] has.
const subscription = "0x1"

// Answer is what a server says to a request of a kind of client.
func Answer(kind string, data []byte) ([]byte, error) {
	if kind == Ethereum {
		var call struct {
			ID json.RawMessage `json:"id"`
		}
		if err := json.Unmarshal(data, &call); err != nil {
			return nil, err
		}
		return fmt.Appendf(nil, `{"jsonrpc":"2.0","id":%s,"result":"%s"}`,
			call.ID, subscription), nil
	}
	f, err := wire.Parse(data)
	if err != nil {
		return nil, err
	}
	var payload any
	switch f.Name {
	case csta.StartApplicationSession{}.Service():
		payload = csta.SessionStarted{SessionID: "S1", Token: "t", ActualDuration: 7200}
	case "MonitorDevice", csta.MonitorStart{}.Service():
		ref := csta.DecodeEvent(EventName, Payload()).CrossRef()
		payload = csta.MonitorStarted{CrossRefID: ref}
	}
	return wire.Encode(wire.Header{
		Kind: wire.Response, Name: f.Name, InvokeID: f.InvokeID,
	}, payload)
}
