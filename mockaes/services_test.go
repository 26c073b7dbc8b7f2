package mockaes

import (
	"reflect"
	"testing"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes/pbx"
)

// TestEveryServiceOfTheSwitchIsServed looks for requests among the parameters of the
// switch's methods.
func TestEveryServiceOfTheSwitchIsServed(t *testing.T) {
	found := 0
	methods := reflect.TypeFor[*pbx.Switch]()
	for i := range methods.NumMethod() {
		method := methods.Method(i)
		if method.Type.NumIn() < 2 {
			continue
		}
		request, ok := reflect.Zero(method.Type.In(1)).Interface().(csta.Message)
		if !ok {
			continue
		}
		found++
		if services[request.Service()] == nil {
			t.Errorf("%s is not in the table of services", request.Service())
		}
	}
	if found < 20 {
		t.Errorf("only %d services were found in the switch", found)
	}
}

func TestAliasesAreOfServices(t *testing.T) {
	for alias, name := range aliases {
		if services[name] == nil || services[alias] == nil {
			t.Errorf("%s, also called %s, is not in the table of services", name, alias)
		}
	}
}

func TestSubjectIsTheFirstDevice(t *testing.T) {
	own := csta.ConnectionID{Call: "1", Device: "1001:CM1::0"}
	other := csta.ConnectionID{Call: "2", Device: "1002:CM1::0"}
	if got := subjectOf[csta.MakeCall]()(csta.MakeCall{From: "1001", To: "1002"}); got != "1001" {
		t.Errorf("MakeCall acts for %q", got)
	}
	transfer := csta.TransferCall{Held: own, Active: other}
	if got := subjectOf[csta.TransferCall]()(transfer); got != own.Device {
		t.Errorf("TransferCall acts for %q", got)
	}
	if got := subjectOf[csta.CleanupSession]()(csta.CleanupSession{}); got != "" {
		t.Errorf("CleanupSession acts for %q", got)
	}
}
