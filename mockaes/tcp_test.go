package mockaes_test

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/wtiphone/wtiphone/mockaes"
)

func TestOverTCP(t *testing.T) {
	srv := mockaes.New(mockaes.Options{})
	if srv.Err != nil {
		t.Fatal(srv.Err)
	}
	defer srv.Close()
	if !strings.HasPrefix(srv.WTI, "ws://127.0.0.1:") ||
		!strings.HasSuffix(srv.WTI, "/api/wti/session") || srv.CA != nil {
		t.Errorf("it is at %s, CA %q", srv.WTI, srv.CA)
	}
	ws, response, err := websocket.Dial(t.Context(), srv.WTI, &websocket.DialOptions{
		HTTPHeader: http.Header{"Authorization": {goodBasic}},
	})
	if err != nil {
		t.Fatal(err, response)
	}
	c := &client{t: t, ws: ws}
	c.start()
	c.device("1001")
	_ = ws.Close(websocket.StatusNormalClosure, "")
}

func TestOverTLS(t *testing.T) {
	srv := mockaes.New(mockaes.Options{TLS: true})
	if srv.Err != nil {
		t.Fatal(srv.Err)
	}
	defer srv.Close()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(srv.CA) {
		t.Fatalf("no certificate in %q", srv.CA)
	}
	if _, err := dialTLS(t, srv, nil); err == nil {
		t.Error("a client that does not know the CA was content")
	}
	ws, err := dialTLS(t, srv, pool)
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t: t, ws: ws}
	c.start()
	_ = ws.Close(websocket.StatusNormalClosure, "")
}

func dialTLS(t *testing.T, srv *mockaes.Server, pool *x509.CertPool) (*websocket.Conn, error) {
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
	defer transport.CloseIdleConnections()
	ws, _, err := websocket.Dial(t.Context(), srv.WTI, &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: transport},
		HTTPHeader: http.Header{"Authorization": {goodBasic}},
	})
	return ws, err
}
