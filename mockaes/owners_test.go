package mockaes

import (
	"testing"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

func TestWhatIsHandedBackAndForthDoesNotGrow(t *testing.T) {
	srv, err := Start(Options{InMemory: true, Silent: true})
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Close()
	one := &session{server: srv, owners: []*owner{{}}}
	two := &session{server: srv, owners: []*owner{{}}}
	register := func(h *session) (r csta.TerminalRegistered) {
		err := srv.Switch().Register(csta.RegisterTerminal{
			Device: "1001:CM1::0",
			Login: csta.LoginInfo{
				Password:  csta.Secret(pbx.DefaultLab().Stations[0].SecurityCode),
				MediaMode: csta.MediaNone,
			},
		}, h.owners[0], func(a csta.TerminalRegistered) { r = a })
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if got := register(one); got.Code != csta.NormalRegister {
		t.Fatalf("%+v", got)
	}
	srv.mu.Lock()
	defer srv.mu.Unlock()
	for range 100 {
		one.handOver(two)
		two.handOver(one)
	}
	if len(one.owners) != 2 || len(two.owners) != 1 {
		t.Errorf("%d and %d owners, want 2 and 1", len(one.owners), len(two.owners))
	}
	holding := 0
	for _, o := range one.owners {
		if srv.Switch().Holds(o) {
			holding++
		}
	}
	if holding != 1 {
		t.Errorf("%d owners hold the registration", holding)
	}
}
