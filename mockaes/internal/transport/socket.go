package transport

import (
	"context"
	"errors"
	"net/http"

	"github.com/coder/websocket"
)

// The close codes in use (RFC 6455 §7.4.1); SessionExpired is of the private
// range. Which codes AES uses is not public.
const (
	NormalClosure   = int(websocket.StatusNormalClosure)
	GoingAway       = int(websocket.StatusGoingAway)
	UnsupportedData = int(websocket.StatusUnsupportedData)
	InvalidPayload  = int(websocket.StatusInvalidFramePayloadData)
	PolicyViolation = int(websocket.StatusPolicyViolation)
	InternalError   = int(websocket.StatusInternalError)
	SessionExpired  = 4001
)

// ErrBinary is a message that is not text.
var ErrBinary = errors.New("a binary message")

// Socket is a WebSocket; nothing else knows the library.
type Socket struct{ ws *websocket.Conn }

// Upgrade makes a socket of a request, or answers why not. Browsers on this
// machine may connect from pages of other ports: that is where a WTI client in
// the making is served from. pong decides, ping by ping, whether to answer.
func Upgrade(w http.ResponseWriter, r *http.Request, maxFrame int,
	pong func() bool,
) (Socket, error) {
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		OriginPatterns: []string{"localhost", "localhost:*", "127.0.0.1", "127.0.0.1:*"},
		OnPingReceived: func(context.Context, []byte) bool { return pong() },
	})
	if err != nil {
		return Socket{}, err
	}
	ws.SetReadLimit(int64(maxFrame))
	return Socket{ws}, nil
}

// Read waits for the next message.
func (s Socket) Read(ctx context.Context) ([]byte, error) {
	kind, data, err := s.ws.Read(ctx)
	if err == nil && kind != websocket.MessageText {
		err = ErrBinary
	}
	return data, err
}

// Write sends a text.
func (s Socket) Write(ctx context.Context, frame []byte) error {
	return s.ws.Write(ctx, websocket.MessageText, frame)
}

// Close says why, and waits for the peer to do the same, for seconds at most.
func (s Socket) Close(code int, reason string) {
	const maxReason = 123 // bytes: RFC 6455 §5.5
	_ = s.ws.Close(websocket.StatusCode(code), reason[:min(len(reason), maxReason)])
}

// Cut closes the connection under the protocol's feet.
func (s Socket) Cut() { _ = s.ws.CloseNow() }
