package transport

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Secure wraps a listener in TLS, with a certificate for where it listens, and
// returns the CA's certificate in PEM. One that listens at all addresses is known by each
// of the machine's, and by its name.
func Secure(l net.Listener, now time.Time, addr string) (net.Listener, []byte, error) {
	hosts := []string{"localhost", "127.0.0.1", "::1", MemoryHost}
	if host, _, err := net.SplitHostPort(addr); err == nil && !slices.Contains(hosts, host) {
		hosts = append(hosts, host)
	}
	if at, err := netip.ParseAddrPort(l.Addr().String()); err == nil && at.Addr().IsUnspecified() {
		hosts = append(hosts, thisMachine()...)
	}
	config, ca, err := selfMade(now, hosts...)
	if err != nil {
		return nil, nil, err
	}
	return tls.NewListener(l, config), ca, nil
}

// thisMachine is by what others may reach a listener at all addresses: the machine's name
// and the addresses of its interfaces. What cannot be found out is left out.
func thisMachine() []string {
	var hosts []string
	// A certificate has names of ASCII alone (RFC 5280 §4.2.1.6).
	name, err := os.Hostname()
	if err == nil && name != "localhost" && !strings.ContainsFunc(name, outsideASCII) {
		hosts = append(hosts, name)
	}
	addresses, _ := net.InterfaceAddrs()
	for _, a := range addresses {
		if prefix, err := netip.ParsePrefix(a.String()); err == nil && !prefix.Addr().IsLoopback() {
			hosts = append(hosts, prefix.Addr().WithZone("").String())
		}
	}
	return hosts
}

func outsideASCII(r rune) bool { return r > unicode.MaxASCII }

// selfMade returns a TLS configuration with a certificate for hosts, and the CA
// that signed it, in PEM. Both are valid from a day before now, for ten years.
func selfMade(now time.Time, hosts ...string) (*tls.Config, []byte, error) {
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("key of the CA: %w", err)
	}
	ca := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "wtiphone mock AES CA"},
		NotBefore:             now.AddDate(0, 0, -1),
		NotAfter:              now.AddDate(10, 0, 0),
		KeyUsage:              x509.KeyUsageCertSign,
		IsCA:                  true,
		BasicConstraintsValid: true,
	}
	caDER, err := x509.CreateCertificate(rand.Reader, ca, ca, caKey.Public(), caKey)
	if err != nil {
		return nil, nil, fmt.Errorf("certificate of the CA: %w", err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("key of the server: %w", err)
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2),
		Subject:      pkix.Name{CommonName: "wtiphone mock AES"},
		NotBefore:    ca.NotBefore,
		NotAfter:     ca.NotAfter,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			leaf.IPAddresses = append(leaf.IPAddresses, ip)
		} else if host != "" {
			leaf.DNSNames = append(leaf.DNSNames, host)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, ca, key.Public(), caKey)
	if err != nil {
		return nil, nil, fmt.Errorf("certificate of the server: %w", err)
	}
	config := &tls.Config{
		Certificates: []tls.Certificate{{Certificate: [][]byte{der, caDER}, PrivateKey: key}},
		NextProtos:   []string{"http/1.1"}, // a WebSocket upgrade is not for HTTP/2
	}
	return config, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: caDER}), nil
}
