package mockaes

import (
	"context"
	"errors"
	"net/http"

	"github.com/coder/websocket"
)

// The close codes in use (RFC 6455 §7.4.1); sessionExpired is of the private
// range. Which codes AES uses is not public.
const (
	normalClosure   = int(websocket.StatusNormalClosure)
	goingAway       = int(websocket.StatusGoingAway)
	unsupportedData = int(websocket.StatusUnsupportedData)
	invalidPayload  = int(websocket.StatusInvalidFramePayloadData)
	policyViolation = int(websocket.StatusPolicyViolation)
	internalError   = int(websocket.StatusInternalError)
	sessionExpired  = 4001
)

// errBinary is a message that is not text.
var errBinary = errors.New("a binary message")

// socket is a WebSocket; nothing else in the package knows the library.
type socket struct{ ws *websocket.Conn }

// upgrade makes a socket of a request, or answers why not. Browsers on this
// machine may connect from pages of other ports: that is where a WTI client in
// the making is served from. pong decides, ping by ping, whether to answer.
func upgrade(w http.ResponseWriter, r *http.Request, maxFrame int,
	pong func() bool,
) (socket, error) {
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		OriginPatterns: []string{"localhost", "localhost:*", "127.0.0.1", "127.0.0.1:*"},
		OnPingReceived: func(context.Context, []byte) bool { return pong() },
	})
	if err != nil {
		return socket{}, err
	}
	ws.SetReadLimit(int64(maxFrame))
	return socket{ws}, nil
}

// read waits for the next message.
func (s socket) read(ctx context.Context) ([]byte, error) {
	kind, data, err := s.ws.Read(ctx)
	if err == nil && kind != websocket.MessageText {
		err = errBinary
	}
	return data, err
}

func (s socket) write(ctx context.Context, frame []byte) error {
	return s.ws.Write(ctx, websocket.MessageText, frame)
}

// close says why, and waits for the peer to do the same, for seconds at most.
func (s socket) close(code int, reason string) {
	const maxReason = 123 // bytes: RFC 6455 §5.5
	_ = s.ws.Close(websocket.StatusCode(code), reason[:min(len(reason), maxReason)])
}

// cut closes the connection under the protocol's feet.
func (s socket) cut() { _ = s.ws.CloseNow() }
