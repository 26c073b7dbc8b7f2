package main

import (
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/wti"
)

// TestWhatToDoAboutAnAESThatIsNotReached dials Go's own web server, in the wrong way.
func TestWhatToDoAboutAnAESThatIsNotReached(t *testing.T) {
	clear := httptest.NewServer(http.NotFoundHandler())
	defer clear.Close()
	secured := httptest.NewUnstartedServer(http.NotFoundHandler())
	secured.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that are to fail
	secured.StartTLS()
	defer secured.Close()
	trusted := x509.NewCertPool()
	trusted.AddCert(secured.Certificate())
	at := func(scheme string, srv *httptest.Server) string {
		_, host, _ := strings.Cut(srv.URL, "://")
		return scheme + "://" + host
	}
	_, port, _ := strings.Cut(strings.TrimPrefix(secured.URL, "https://"), ":")
	for _, tt := range []struct{ name, address, want string }{
		{"an unknown CA", at("wss", secured), "--ca FILE"},
		{"an unknown CA over REST", at("https", secured), "--ca FILE"},
		{"clear text to a port with TLS", at("ws", secured), "begins with wss:// or https://"},
		{"TLS to a port without", at("wss", clear), "no TLS is spoken there"},
		{"REST with TLS to a port without", at("https", clear), "no TLS is spoken there"},
		{"a name that the certificate lacks", "wss://localhost:" + port, "as its cert"},
		{"nobody there", "ws://127.0.0.1:1", "check the address"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := wti.Options{User: "cti", Password: "x"}
			o.REST.Listen = "127.0.0.1:0"
			if strings.Contains(tt.name, "name") {
				o.RootCAs = trusted
			}
			s, err := wti.Dial(t.Context(), tt.address, o)
			if err == nil {
				_ = s.Close()
				t.Fatal("a session")
			}
			if got := explain(err); !strings.Contains(got, tt.want) {
				t.Errorf("%s\nwant %q", got, tt.want)
			}
			if code := exitCode(t.Context(), err); code != exitUnreachable {
				t.Errorf("exit code %d: %v", code, err)
			}
		})
	}
}

func TestAStationInACallIsExplained(t *testing.T) {
	err := &csta.Fault{Code: csta.InvalidObjectState}
	if got := explain(err); !strings.Contains(got, "a station that is in a call") {
		t.Error(got)
	}
}
