package mockaes_test

import (
	"errors"
	"net"
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/mockaes"
)

func TestAnAudioPortThatCannotBeHadIsToldAtTheStart(t *testing.T) {
	busy, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	taken := busy.LocalAddr().(*net.UDPAddr).AddrPort().Port() &^ 1
	for name, c := range map[string]struct {
		options mockaes.Options
		want    string
	}{
		"another program has it": {mockaes.Options{AudioPort: taken}, "already in use"},
		"it is odd":              {mockaes.Options{AudioPort: 40001}, "not even"},
		"it is to be silent":     {mockaes.Options{AudioPort: 40000, Silent: true}, "no audio"},
		"there is no UDP at all": {mockaes.Options{AudioPort: 40000, InMemory: true}, "by UDP"},
	} {
		srv, err := mockaes.Start(c.options)
		if err == nil {
			srv.Close()
		}
		if errors.Is(err, errors.ErrUnsupported) {
			continue // of ports that are shared
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", name, err, c.want)
		}
	}
}
