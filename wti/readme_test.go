package wti_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/wtiphone/wtiphone/csta"
	"github.com/wtiphone/wtiphone/mockaes"
	"github.com/wtiphone/wtiphone/wti"
)

// callTheEcho places a call at wss://aes.example.com and waits for its answer.
func callTheEcho(ctx context.Context, address string, o wti.Options) error {
	s, err := wti.Dial(ctx, address, o) // Options{User: "ctiuser", Password: secret, RootCAs: pool}
	if err != nil {
		return err // errors.Is(err, wti.ErrUnauthorized), wti.ErrUnreachable
	}
	defer s.Close()
	station, err := wti.Do(ctx, s, csta.GetDeviceID{SwitchName: "CM1", Extension: "1001"})
	if err != nil {
		return err
	}
	monitor, err := s.Monitor(ctx, csta.MonitorStart{
		Object: csta.MonitorObject{Device: station.Device},
	})
	if err != nil {
		return err
	}
	call, err := wti.Do(ctx, s, csta.MakeCall{From: station.Device, To: "7100"})
	if err != nil {
		return err // a *csta.Fault, if the switch refuses
	}
	for ev, err := range monitor.Events(ctx) {
		if err != nil {
			return err
		}
		switch ev := ev.Event.(type) {
		case csta.Established:
			fmt.Println(call.Connection.Call, "was answered by", ev.Answering.Device.Extension())
			return nil
		case wti.Gap:
			fmt.Println("events may have been missed between", ev.From, "and", ev.To)
		}
	}
	return nil
}

// The README's example, with a mock AES in the place of a real one.
func Example_readme() {
	aes := mockaes.New(mockaes.Options{Silent: true})
	defer aes.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	err := callTheEcho(ctx, aes.WTI, wti.Options{User: "cti", Password: "cti-secret"})
	if err != nil {
		fmt.Println(err)
	}
	// Output: 1 was answered by 7100
}

// TestTheReadmeShowsWhatCompiles holds each Go block of the README against the code above.
func TestTheReadmeShowsWhatCompiles(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile("readme_test.go")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(readme), "\n```go\n")[1:]
	if len(blocks) == 0 {
		t.Fatal("the README has no Go in it")
	}
	for _, block := range blocks {
		block, _, _ = strings.Cut(block, "```")
		if !strings.Contains(string(code), block) {
			t.Errorf("this compiles nowhere: change it in wti/readme_test.go as well\n%s", block)
		}
	}
}
