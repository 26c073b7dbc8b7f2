package mockaes_test

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/rtpmedia"
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

// TestAudioOverUDP is the one test of audio that uses the real clock and network.
func TestAudioOverUDP(t *testing.T) {
	srv := mockaes.New(mockaes.Options{})
	if srv.Err != nil {
		t.Fatal(srv.Err)
	}
	defer srv.Close()
	p := register(t, srv, "1001", rtpmedia.Silence())
	p.call("1001", "7101")
	deadline := time.After(20 * time.Second)
	frames := time.NewTicker(50 * time.Millisecond)
	defer frames.Stop()
	var pcm []int16
	for len(pcm) < rtpmedia.SampleRate {
		select {
		case <-frames.C:
			pcm = append(pcm, p.heard()...)
		case <-deadline:
			t.Fatalf("%d samples came within 20 s", len(pcm))
		}
	}
	// A busy machine may lose a moment here and there, but not most of them.
	good, all := 0, 0
	for rest := pcm; len(rest) >= rtpmedia.FrameSamples; rest = rest[rtpmedia.FrameSamples:] {
		all++
		if share(rest[:rtpmedia.FrameSamples], 1004) > 0.9 {
			good++
		}
	}
	if good < all/2 {
		t.Errorf("only %d of %d frames are a tone of 1004 Hz", good, all)
	}
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
