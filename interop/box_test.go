//go:build unix

package interop_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/mockaes"
)

// idleLimit is how long the boxes let a connection be quiet.
const idleLimit = 2 * time.Second

// pings come often enough for that; half of it is how long an answer may take.
const pings = 800 * time.Millisecond

// box is a reverse proxy that ends TLS, with a certificate of a CA of its own, and
// begins it anew towards AES.
type box struct {
	name    string
	file    string // of the program
	conf    func(b *boxed) (text string, args []string)
	reloads bool // it takes a new configuration without ending
}

var boxes = []box{
	{"nginx", "nginx", nginx, true},
	{"haproxy", "haproxy", haproxy, false},
}

// boxed is a running box.
type boxed struct {
	box
	t        *testing.T
	dir      string
	at       string // host and port where it listens
	upstream string // host and port of AES
	process  *program
	roots    *x509.CertPool // with the box's CA
}

// before puts a box before srv.
func (b box) before(t *testing.T, srv *mockaes.Server) *boxed {
	t.Helper()
	if _, err := exec.LookPath(b.file); err != nil {
		t.Skipf("%s is not installed", b.file)
	}
	r := &boxed{box: b, t: t, dir: t.TempDir(), at: freePort(t), roots: x509.NewCertPool()}
	r.upstream = srv.URL[len("https://"):]
	r.write("aes-ca.pem", srv.CA)
	ca, cert, key := certificate(t)
	r.write("ca.pem", ca)
	r.write("box.pem", append(cert, key...))
	r.roots.AppendCertsFromPEM(ca)
	text, _ := b.conf(r)
	r.write("box.conf", []byte(text))
	r.run()
	return r
}

func (r *boxed) path(name string) string { return filepath.Join(r.dir, name) }

func (r *boxed) write(name string, data []byte) {
	r.t.Helper()
	if err := os.WriteFile(r.path(name), data, 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// run starts the box and waits until it listens.
func (r *boxed) run() {
	r.t.Helper()
	_, args := r.conf(r)
	r.process = start(r.t, nil, r.file, args...)
	happens(r.t, r.name+" listens", func() bool {
		select {
		case <-r.process.done:
			r.t.Fatalf("%s ended: %v\n%s", r.name, r.process.err, r.process.errs.all())
		default:
		}
		c, err := net.Dial("tcp", r.at)
		if err == nil {
			_ = c.Close()
		}
		return err == nil
	})
}

// restart ends the box, and with it every connection, and starts it again.
func (r *boxed) restart() {
	r.t.Helper()
	r.process.signal(r.t, syscall.SIGTERM)
	<-r.process.done
	r.run()
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// certificate makes a CA and a certificate of it for this host, all in PEM.
func certificate(t *testing.T) (ca, cert, key []byte) {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	issuer := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "a site's own CA"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageCertSign, IsCA: true, BasicConstraintsValid: true,
	}
	caDER, err := x509.CreateCertificate(rand.Reader, issuer, issuer, caKey.Public(), caKey)
	must(err)
	leafKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "the box"},
		NotBefore: issuer.NotBefore, NotAfter: issuer.NotAfter,
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	leafDER, err := x509.CreateCertificate(rand.Reader, leaf, issuer, leafKey.Public(), caKey)
	must(err)
	keyDER, err := x509.MarshalECPrivateKey(leafKey)
	must(err)
	armour := func(kind string, der []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
	}
	return armour("CERTIFICATE", caDER), armour("CERTIFICATE", leafDER),
		armour("EC PRIVATE KEY", keyDER)
}
