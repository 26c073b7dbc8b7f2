package main

import (
	"path/filepath"
	"testing"

	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/wti"
)

func TestTheMocksCAIsAFileForOtherVerbs(t *testing.T) {
	srv, err := mockaes.Start(mockaes.Options{TLS: true, Silent: true})
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Close()
	m := mockFlags{tls: true, caFile: filepath.Join(t.TempDir(), "ca.pem")}
	for range 2 { // a file of an earlier run is replaced
		if err := m.check(mockaes.Options{}); err != nil {
			t.Fatal(err)
		}
		if err := m.saveCA(srv); err != nil {
			t.Fatal(err)
		}
	}
	pool, err := readCA(m.caFile)
	if err != nil {
		t.Fatal(err)
	}
	s, err := wti.Dial(t.Context(), srv.WTI, wti.Options{
		User: "cti", Password: "cti-secret", RootCAs: pool,
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
}
