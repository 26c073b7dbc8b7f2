package main

import (
	"cmp"
	"crypto/tls"

	"github.com/spf13/pflag"

	"github.com/wtiphone/wtiphone/wti"
)

// restFlags say where AES delivers events when it is reached over REST.
type restFlags struct{ listen, url, cert, key string }

func (r *restFlags) register(f *pflag.FlagSet) {
	f.StringVar(&r.listen, "rest-listen", "",
		"with --aes https://...: address to await events at, for example :8443")
	f.StringVar(&r.url, "rest-url", "",
		"how AES reaches that address, for example https://desk.example.com:8443")
	f.StringVar(&r.cert, "rest-cert", "", "PEM file with the certificate for events over TLS")
	f.StringVar(&r.key, "rest-key", "", "PEM file with its key")
}

// options completes the flags from a profile.
func (r *restFlags) options(p profile) (wti.REST, error) {
	o := wti.REST{Listen: cmp.Or(r.listen, p.RESTListen), URL: cmp.Or(r.url, p.RESTURL)}
	certFile, keyFile := cmp.Or(r.cert, p.RESTCert), cmp.Or(r.key, p.RESTKey)
	switch {
	case certFile == "" && keyFile == "":
		return o, nil
	case certFile == "" || keyFile == "":
		return o, usagef("--rest-cert and --rest-key belong together")
	}
	cert, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return o, usagef("--rest-cert: %v", err)
	}
	o.Cert = &cert
	return o, nil
}
