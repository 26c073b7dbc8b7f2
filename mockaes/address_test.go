package mockaes_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/mockaes"
)

func TestRegisteringWithAnAddressThatIsNotSentTo(t *testing.T) {
	srv, err := mockaes.Start(mockaes.Options{}) // on the loopback interface
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Close()
	c := login(t, srv)
	for _, tt := range []struct{ rtp, rtcp, says string }{
		{"127.0.0.1", "127.0.0.1", ""},
		{"192.0.2.7", "127.0.0.1", "another machine"},
		{"127.0.0.1", "192.0.2.7", "another machine"},
		{"127.255.255.255", "127.0.0.1", "broadcast"},
		{"0.0.0.0", "127.0.0.1", "another machine"},
		{"::1", "127.0.0.1", "another family"},
	} {
		var reply struct {
			Code   int
			Reason string
		}
		c.must("RegisterTerminal", fmt.Sprintf(`{"device":"1001:CM1::0",`+
			`"loginInfo":{"password":"123456","mediaMode":"CLIENT","forceLogin":true},`+
			`"localMediaInfo":{"rtpAddress":{"address":%q,"port":"4000"},`+
			`"rtcpAddress":{"address":%q,"port":"4001"},"codecList":["g711U"]}}`,
			tt.rtp, tt.rtcp), &reply)
		if (reply.Code == 1) != (tt.says == "") || !strings.Contains(reply.Reason, tt.says) {
			t.Errorf("RTP at %s, RTCP at %s: code %d, %q", tt.rtp, tt.rtcp,
				reply.Code, reply.Reason)
		}
	}
}

func TestAServerAtAllAddressesSaysHowThisMachineReachesIt(t *testing.T) {
	for _, tt := range []struct{ listen, want string }{
		{"0.0.0.0:0", "ws://127.0.0.1:"},
		{":0", "ws://127.0.0.1:"},
		{"127.0.0.1:0", "ws://127.0.0.1:"},
	} {
		t.Run(tt.listen, func(t *testing.T) {
			srv, err := mockaes.Start(mockaes.Options{Listen: tt.listen})
			if err != nil {
				t.Fatal(err)
			}
			defer srv.Close()
			if !strings.HasPrefix(srv.WTI, tt.want) {
				t.Errorf("got %s", srv.WTI)
			}
			login(t, srv).device("1001")
		})
	}
}

func TestACertificateIsForAllThatReachTheServer(t *testing.T) {
	name, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	hosts := []string{"localhost", "127.0.0.1", name}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		if prefix, err := netip.ParsePrefix(a.String()); err == nil && prefix.Addr().Is4() {
			hosts = append(hosts, prefix.Addr().String())
		}
	}
	for listen, only := range map[string]int{"0.0.0.0:0": len(hosts), "127.0.0.1:0": 2} {
		srv, err := mockaes.Start(mockaes.Options{Listen: listen, TLS: true, Silent: true})
		if err != nil {
			t.Fatal(err)
		}
		defer srv.Close()
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(srv.CA)
		at, err := url.Parse(srv.URL)
		if err != nil {
			t.Fatal(err)
		}
		for i, host := range hosts {
			conn, err := tls.Dial("tcp", at.Host, &tls.Config{RootCAs: roots, ServerName: host})
			known := i < only || host == "localhost" || host == "127.0.0.1"
			if (err == nil) != known {
				t.Errorf("at %s, by the name of %s: %v", listen, host, err)
			}
			if err == nil {
				_ = conn.Close()
			}
		}
	}
}
