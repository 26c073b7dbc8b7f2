package protocol

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/coder/websocket"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/sourcegraph/jsonrpc2"

	"github.com/wtiphone/wtiphone/bench/feed"
	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

func dial(b *testing.B, address string) *websocket.Conn {
	ws, _, err := websocket.Dial(b.Context(), address, nil)
	if err != nil {
		b.Fatal(err)
	}
	ws.SetReadLimit(1 << 20)
	b.Cleanup(func() { _ = ws.CloseNow() })
	return ws
}

// bareClient reads messages and drops them: what the WebSocket alone can do.
func bareClient(b *testing.B, f *feed.Feed) client {
	ws := dial(b, f.URL(feed.Bare))
	tick, count := counter(b.Context())
	go func() {
		for {
			if _, _, err := ws.Read(b.Context()); err != nil {
				return
			}
			tick()
		}
	}()
	return client{"bare", feed.Bare, count}
}

// wtiClient is a session of ours with one monitor, whose events somebody consumes.
func wtiClient(b *testing.B, f *feed.Feed) client {
	s, err := wti.Dial(b.Context(), f.URL(feed.WTI), wti.Options{
		User: "cti", Password: "secret", Buffer: 2 * window,
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	m, err := s.Monitor(b.Context(), csta.MonitorStart{
		Object: csta.MonitorObject{Device: "1001:CM1:0.0.0.0:0"},
	})
	if err != nil {
		b.Fatal(err)
	}
	tick, count := counter(b.Context())
	go func() {
		for ev, err := range m.Events(b.Context()) {
			if _, ok := ev.Event.(csta.Delivered); !ok || err != nil {
				return
			}
			tick()
		}
	}()
	return client{"wti", feed.WTI, count}
}

// ethereumClient is a subscription whose channel takes typed events.
func ethereumClient(b *testing.B, f *feed.Feed) client {
	c, err := rpc.DialWebsocket(b.Context(), f.URL(feed.Ethereum), "")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(c.Close)
	events := make(chan *delivered, 1024)
	if _, err := c.Subscribe(b.Context(), "wti", events, "events"); err != nil {
		b.Fatal(err)
	}
	tick, count := counter(b.Context())
	go func() {
		for {
			select {
			case ev := <-events:
				if ev.Connection.CallID == "" {
					return
				}
				tick()
			case <-b.Context().Done():
				return
			}
		}
	}()
	return client{"ethereum", feed.Ethereum, count}
}

// stream is jsonrpc2's view of the WebSocket that our session uses.
type stream struct{ ws *websocket.Conn }

func (s stream) ReadObject(v any) error {
	_, data, err := s.ws.Read(context.Background())
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

func (s stream) WriteObject(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.ws.Write(context.Background(), websocket.MessageText, data)
}

func (s stream) Close() error { return s.ws.CloseNow() }

// handler is called by the connection's reader. That is cheaper than to hand events to a
// consumer, as the others do.
type handler struct{ tick func() }

func (h handler) Handle(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) {
	var ev delivered
	if json.Unmarshal(*r.Params, &ev) == nil && ev.Connection.CallID != "" {
		h.tick()
	}
}

// jsonrpcClient decodes notifications into typed events.
func jsonrpcClient(b *testing.B, f *feed.Feed) client {
	tick, count := counter(b.Context())
	c := jsonrpc2.NewConn(b.Context(), stream{dial(b, f.URL(feed.JSONRPC2))}, handler{tick})
	b.Cleanup(func() { _ = c.Close() })
	return client{"jsonrpc2", feed.JSONRPC2, count}
}
