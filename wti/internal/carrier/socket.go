package carrier

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/coder/websocket"
)

// socket is one WebSocket. It is the only place that knows the library.
type socket struct {
	ws  *websocket.Conn
	buf bytes.Buffer // of the one reader
}

// keptBuffer bounds what a socket keeps for its next frame after a long one.
const keptBuffer = 64 << 10

// openSocket performs the handshake with an Authorization header. AES wants the
// credentials at the upgrade and again for the session, which here is the same
// header: a WebSocket message has none (WTI forum; reading R1 of the sources).
func openSocket(ctx context.Context, address, token string, c Config) (Carrier, error) {
	client, transport := c.client()
	transport.DisableKeepAlives = true
	authorization := c.basic()
	if token != "" {
		authorization = "Bearer " + token
	}
	ws, response, err := websocket.Dial(ctx, address, &websocket.DialOptions{
		HTTPClient: client,
		HTTPHeader: http.Header{"Authorization": {authorization}},
	})
	if err != nil {
		e := &Refusal{Err: plain(err)}
		if response != nil {
			e.Status = response.StatusCode
		}
		return nil, e
	}
	ws.SetReadLimit(FrameLimit)
	return &socket{ws: ws}, nil
}

// Read returns the next text message. Watching a context would cost the library more
// than the frame does.
func (s *socket) Read() ([]byte, error) {
	kind, r, err := s.ws.Reader(context.Background())
	if err != nil {
		return nil, err
	}
	if kind != websocket.MessageText {
		return nil, errors.New("wti: server sent a binary message")
	}
	s.buf.Reset()
	if _, err := s.buf.ReadFrom(r); err != nil {
		return nil, err
	}
	data := bytes.Clone(s.buf.Bytes())
	if s.buf.Cap() > keptBuffer {
		s.buf = bytes.Buffer{}
	}
	return data, nil
}

func (s *socket) Write(ctx context.Context, _ string, frame []byte) error {
	return s.ws.Write(ctx, websocket.MessageText, frame)
}

// Ping waits for a pong.
func (s *socket) Ping(ctx context.Context, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return s.ws.Ping(ctx)
}

// Ordered is true: a socket is one line.
func (s *socket) Ordered() bool { return true }

// Bye closes with the handshake, Abandon without.
func (s *socket) Bye() { _ = s.ws.Close(websocket.StatusNormalClosure, "") }

func (s *socket) Abandon() { _ = s.ws.CloseNow() }
