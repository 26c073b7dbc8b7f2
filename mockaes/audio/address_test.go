package audio

import (
	"strings"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
)

func TestAddressesThatAreNotSentTo(t *testing.T) {
	here := csta.IPAddress{Address: "127.0.0.1", Port: 4000}
	away := csta.IPAddress{Address: "192.0.2.1", Port: 4000}
	for _, c := range []struct {
		name     string
		a        csta.IPAddress
		onlyHere bool
		says     string
	}{
		{"this machine", here, true, ""},
		{"another machine", away, false, ""},
		{"another machine, by a server for its own", away, true, "another machine"},
		{"a group", csta.IPAddress{Address: "224.0.1.75", Port: 4000}, false, "multicast"},
		{"everybody", csta.IPAddress{Address: "255.255.255.255", Port: 4}, false, "broadcast"},
		{"nobody", csta.IPAddress{Address: "0.0.0.0", Port: 4000}, false, "unspecified"},
		{"a zone", csta.IPAddress{Address: "fe80::1%lo", Port: 4000}, false, "zone"},
		{"a port that is none", csta.IPAddress{Address: "127.0.0.1"}, false, "no port"},
	} {
		g := NewGateway(Options{OnlyHere: c.onlyHere})
		good := here
		for _, far := range []csta.MediaInfo{{RTP: c.a}, {RTP: good, RTCP: c.a}} {
			err := g.CheckFar(far)
			if c.says == "" && err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			if c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
				t.Errorf("%s: %v, want %q", c.name, err, c.says)
			}
		}
	}
	g := NewGateway(Options{})
	six := csta.IPAddress{Address: "::1", Port: 4001}
	if err := g.CheckFar(csta.MediaInfo{RTP: here, RTCP: six}); err == nil {
		t.Error("reports go to another family than audio")
	}
}
