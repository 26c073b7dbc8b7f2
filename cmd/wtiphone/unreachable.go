package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"strings"

	"github.com/wtiphone/wtiphone/wti"
)

// unreachable is what to do about an AES that could not be talked to.
func unreachable(err error) string {
	dial, _ := errors.AsType[*wti.DialError](err)
	_, foreign := errors.AsType[x509.UnknownAuthorityError](err)
	_, misnamed := errors.AsType[x509.HostnameError](err)
	_, noTLS := errors.AsType[tls.RecordHeaderError](err)
	switch {
	case foreign:
		return "give the CA that signed AES's certificate: --ca FILE (PEM)"
	case misnamed:
		return "name AES in --aes as its certificate does"
	case noTLS, dial != nil && strings.Contains(err.Error(), "HTTP response to HTTPS client"):
		return "no TLS is spoken there: ws:// or http:// is in the clear, or it is another port"
	case dial != nil && inTheClear(dial.Address) && (dial.Status == http.StatusBadRequest ||
		strings.Contains(err.Error(), "malformed HTTP response")):
		return "if TLS is spoken there, the address begins with wss:// or https://"
	}
	return "check the address (--aes), or start a mock with 'wtiphone mock'"
}

func inTheClear(address string) bool {
	return strings.HasPrefix(address, "ws://") || strings.HasPrefix(address, "http://")
}
