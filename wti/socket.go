package wti

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
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
func openSocket(ctx context.Context, address, authorization string, o Options) (*socket, error) {
	transport := &http.Transport{
		DialContext:       o.DialContext,
		TLSClientConfig:   &tls.Config{RootCAs: o.RootCAs, MinVersion: tls.VersionTLS12},
		DisableKeepAlives: true,
	}
	client := &http.Client{
		Transport: transport,
		// A redirect would carry the credentials to another host.
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
	ws, response, err := websocket.Dial(ctx, address, &websocket.DialOptions{
		HTTPClient: client,
		HTTPHeader: http.Header{"Authorization": {authorization}},
	})
	if err != nil {
		e := &DialError{Address: address, Err: err}
		if inner, ok := errors.AsType[*url.Error](err); ok {
			e.Err = inner.Err // without the chain of 'failed to' around it
		}
		if response != nil {
			e.Status = response.StatusCode
		}
		return nil, e
	}
	ws.SetReadLimit(readLimit)
	return &socket{ws: ws}, nil
}

func basic(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

// read returns the next text message. It has one caller and ends with the socket, not
// with a context: watching one would cost the library more than the frame does.
func (s *socket) read() ([]byte, error) {
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

func (s *socket) write(ctx context.Context, data []byte) error {
	return s.ws.Write(ctx, websocket.MessageText, data)
}

// ping waits for a pong; it needs a reader running beside it.
func (s *socket) ping(ctx context.Context, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return s.ws.Ping(ctx)
}

// bye closes with the handshake, abandon without.
func (s *socket) bye() { _ = s.ws.Close(websocket.StatusNormalClosure, "") }

func (s *socket) abandon() { _ = s.ws.CloseNow() }
